"""The speakers of a text: the full names that phrases stand for, and whom a pronoun means.

Who is a person is what the typed names of the story say. A pronoun means the nearest subject before it,
outside quotes, that fits it in number and gender; where none is plain to see, it stays a pronoun.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.clause_words import NamedSpan, read_clause, sentence_spans
from sources.evidence.entities import EntityKind
from sources.evidence.entities.persons import pronoun_of
from sources.evidence.noun_phrases import BOTH, phrase_after, phrase_of
from sources.evidence.speaker_nouns import gender_of_noun, is_group, is_human, is_plural
from sources.evidence.word_lists import is_demonym, titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.clause_words import Clause
    from sources.evidence.entities import Entity, Mention
    from sources.evidence.noun_phrases import Phrase
    from sources.evidence.quotation_marks import Quoted
    from sources.model import Ref

_HOSTS = re.compile(r"[^fsa][^vyx]*,$")  # a sentence into which "she said" is put between commas
_BACK = 1200  # characters looked through for whom a pronoun means
_SENTENCES_BACK = 6
_HE, _SHE = "he", "she"
_TITLES = {
    "Mr": _HE,
    "Sir": _HE,
    "Lord": _HE,
    "Ms": _SHE,
    "Mrs": _SHE,
    "Miss": _SHE,
    "Dame": _SHE,
    "Lady": _SHE,
}
_TITLED = re.compile(
    r"\b(?P<title>Mr|Ms|Mrs|Miss|Sir|Dame|Lady|Lord)\.?\s(?:[A-Z][\w’'-]*\.?\s){0,2}?(?P<last>[A-Z][\w’'-]+)"
)
_SAID_THAT = re.compile(
    r"\b(?:said|says|told [^,.]{1,40}|believes|believed|thinks|thought|recalled)(?: that)? $"
)
_TITLE_BEFORE = re.compile(r"\b(?P<title>Mr|Ms|Mrs|Miss|Sir|Dame|Lady|Lord)\.?\s$")
_LONGEST_TITLE = 6  # characters, the blank behind it included
_TAKEN_UP = re.compile(r"(?!, (?:his|her|their) )[^.!?:;\n\"“”]*?\b(?P<pronoun>he|she|his)\b")
_OF_ANOTHER = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ ){0,3}?[\w-]+,? $")
_TAKEN_UP_WITHIN = 100  # characters behind a name


class SpeakerNames:
    """The names of one text and the subjects of its sentences."""

    def __init__(self, text: str, ref: Ref, entities: Iterable[Entity], quoted: Sequence[Quoted]) -> None:
        self._text = _without_quotes(text, quoted)
        self._whole = text
        self._ref = ref
        self._told: dict[str, str | None] = {}  # he or she, by the names of those asked for
        self._by_last: dict[str, set[str]] = {}  # persons of the story by the last word of their names
        self._by_part: dict[str, set[str]] = {}  # persons by each word of their names
        rows: list[tuple[int, int, Entity]] = []
        for entity in entities:
            if entity.kind is EntityKind.PERSON:
                self._by_last.setdefault(entity.name.split()[-1], set()).add(entity.name)
            here = [one for one in entity.mentions if one.ref.number == ref.number and one.ref == ref]
            rows += [(mention.start, mention.end, entity) for mention in here]
            if here and entity.kind is EntityKind.PERSON:
                for part in {part for mention in here for part in mention.text.split()}:
                    if part[0].isupper() and len(part.strip(".")) > 1:
                        self._by_part.setdefault(part, set()).add(entity.name)
        rows.sort(key=lambda row: (row[0], -row[1]))
        self._mentions = _apart(rows)
        self._starts = [row[0] for row in self._mentions]
        self._named = [NamedSpan(start, end, entity.kind) for start, end, entity in self._mentions]
        self._outside = [name for name in self._named if not self._text[name.start : name.end].isspace()]
        self._genders = self._titled_genders()
        self._sentences: list[tuple[int, int]] | None = None
        self._clauses: dict[int, Clause] = {}
        self._apposed: dict[str, set[str]] | None = None

    def clause(self, start: int, end: int, *, whole: bool = False) -> Clause:
        """Read a stretch of the text as a clause; ``whole`` with what is quoted in it."""
        named = self._named if whole else self._outside
        first, last = bisect_left(named, (start,)), bisect_left(named, (end,))
        return read_clause(self._whole if whole else self._text, start, end, named[first:last], self._by_part)

    def full(self, phrase: Phrase) -> str:
        """Return the full name that a phrase names, the phrase itself when it describes somebody."""
        if phrase.kind == "w":
            return self._known_as(phrase) or self._only_one_before(phrase) or phrase.text
        entity = self._entity_at(phrase.start)
        if entity is not None and entity.kind in (EntityKind.PERSON, EntityKind.ORGANISATION):
            mine, theirs = _plain(phrase.text), _plain(entity.name)
            if entity.kind is EntityKind.PERSON and (mine <= theirs or theirs <= mine):
                return entity.name if len(theirs) >= len(mine) else phrase.text
        return self._person_called(phrase) or phrase.text

    def _person_called(self, phrase: Phrase) -> str | None:
        """Return the one person of whose name a word, or the word behind titles, is part."""
        *titled, last = phrase.text.split()
        known = self._by_part.get(last) or self._by_last.get(last) or set()
        return next(iter(known)) if len(known) == 1 and all(map(_is_title, titled)) else None

    def is_person(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names or describes one person."""
        if phrase.kind == "w":
            return (
                is_human(phrase.head)
                and not is_plural(phrase.text, phrase.head)
                and not is_group(phrase.head)
            )
        if phrase.kind == "N" and phrase.head != BOTH:
            return self._last(phrase) in self._genders or self._person_called(phrase) is not None
        return phrase.kind == "P"

    def meant(self, pronoun: str, position: int) -> tuple[str, Phrase] | None:
        """Return whom a pronoun at ``position`` means, None when that is open."""
        number = bisect_right(self._spans(), (position, len(self._text))) - 1
        spans, least = self._spans(), position - _BACK
        passed: set[str] = set()
        between = 0  # sentences, those left out that go on with the pronoun
        for back in range(_SENTENCES_BACK + 1):
            at = number - back
            if at < 0 or spans[at][1] < least:
                return None
            clause = self._sentence(at)
            if back == 0:
                clause = self.clause(spans[at][0], min(position, spans[at][1]))
                if _HOSTS.match(clause.kinds):
                    continue  # "One guest, she said, had left": the guest is somebody else
            found = self._fitting(clause, pronoun)
            if back == 0 and clause.kinds[-1:] not in ("", *",csv"):  # "sent Tom Hale a book he called"
                passed |= self._also_fitting(clause, pronoun)
            if len(found) > 1 or (found and passed - set(found)):
                return None  # somebody else who is named may be meant as well
            if pronoun != "it" and between > 1 and any(map(self._is_anybody, found.values())):
                return None
            if found:
                return next(iter(found.items()))
            if pronoun != "it" and self._may_be_meant(clause):
                return None
            passed |= self._also_fitting(clause, pronoun) if back else set()
            subject = main_subject(clause)
            between += subject is None or subject.head != pronoun
        return None

    def _is_anybody(self, phrase: Phrase) -> bool:
        """Tell whether a phrase only describes somebody, who may be a man or a woman."""
        return phrase.kind == "w" and self.gender(phrase) is None

    def subject_before(self, position: int) -> Phrase | None:
        """Return the subject of the sentence that ends before ``position``; who is asked, where it asks."""
        number = bisect_left(self._spans(), (position, 0)) - 1
        if number < 0:
            return None
        clause = self._sentence(number)
        for at, word in enumerate(clause.words):
            asked = phrase_after(clause, at + 1) if word.text in ("asked", "asks") else None
            if asked is not None and asked.kind == "P":
                return asked
        return main_subject(clause)

    def _fitting(self, clause: Clause, pronoun: str) -> dict[str, Phrase]:
        """Return whom a pronoun after a sentence can mean: its subject, else who no preposition governs.

        Several where another of them speaks in the sentence, or where its subject is none of them.
        """
        subject = main_subject(clause)
        found: dict[str, Phrase] = {}
        fits = subject is not None and subject.kind != "p" and self._fits(subject, pronoun)
        if subject is not None and (fits or (pronoun != "it" and _acts(clause, subject))):
            found[self.full(subject)] = subject
        if pronoun == "it" or (subject is not None and subject.head == pronoun):
            return found  # "She told Tom Hale of it. “…,” she said": it is she who goes on
        speakers = self._speakers(clause, pronoun)
        if found or speakers:
            return found if found.keys() & speakers.keys() else found | speakers
        for at, kind in enumerate(clause.kinds):
            object_of = at > 0 and clause.kinds[at + 1 : at + 2] == "f"  # "blaring Tom Hale on the stereo"
            introduced = _INTRODUCED.match(clause.kinds, at + 1) is not None
            passed = object_of or (_is_governed(clause, at) and not introduced)
            if kind != "P" or passed or _is_attribute(clause, at):
                continue
            phrase = phrase_of(clause, at, at + 1)
            if phrase is not None and phrase.kind == "P" and self._fits(phrase, pronoun):
                found.setdefault(self.full(phrase), phrase)
        return found

    def _speakers(self, clause: Clause, pronoun: str) -> dict[str, Phrase]:
        """Return the persons named in a sentence who say something in it, and whom a pronoun fits."""
        verbs = [at for at, kind in enumerate(clause.kinds) if kind == "v"]
        told = [subject_of(clause, at) for at in verbs]
        return {
            self.full(one): one
            for one in told
            if one is not None
            and one.kind == "P"
            and self._fits(one, pronoun)
            and clause.kinds[max(0, one.first - 1)] != "r"  # "a paper that Tom Hale wrote"
        }

    def _also_fitting(self, clause: Clause, pronoun: str) -> set[str]:
        """Return the persons whom a sentence names, not as its subject, and who fit a pronoun for sure."""
        subject = main_subject(clause)
        if pronoun == "it" or (subject is not None and subject.head == pronoun):
            return set()
        named = [
            phrase_of(clause, at, at + 1)
            for at, kind in enumerate(clause.kinds)
            if kind == "P" and not _is_attribute(clause, at)
        ]
        return {self.full(one) for one in named if one is not None and self._fits(one, pronoun)}

    def _may_be_meant(self, clause: Clause) -> bool:
        """Tell whether the subject of a sentence may be the person meant, so that nobody before it is."""
        subject = main_subject(clause)
        if subject is None or self.is_person(subject):
            return False
        return _is_like_a_person(clause, subject) or (subject.kind == "O" and is_human(subject.head))

    def _fits(self, phrase: Phrase, pronoun: str) -> bool:
        if pronoun == "it":
            return phrase.kind == "O" or (
                phrase.kind == "w" and is_group(phrase.head) and not is_plural(phrase.text, phrase.head)
            )
        if not self.is_person(phrase):
            return False
        return pronoun == "who" or self.gender(phrase) in (None, pronoun)

    def gender(self, phrase: Phrase) -> str | None:
        """Return "he" or "she" where the text tells which a person is, else None."""
        if phrase.kind == "w":
            return gender_of_noun(phrase.head)
        title = _TITLE_BEFORE.search(self._whole, max(0, phrase.start - _LONGEST_TITLE), phrase.start)
        titled = self._genders.get(self._last(phrase)) if title is None else _TITLES[title["title"]]
        entity = self._entity_at(phrase.start) if titled is None else None
        if entity is None or entity.kind is not EntityKind.PERSON:
            return titled
        if entity.name not in self._told:
            here = tuple(mention for mention in entity.mentions if mention.ref == self._ref)
            person = replace(entity, mentions=here)
            told = pronoun_of(person, {self._ref: self._whole})
            self._told[entity.name] = told if told is not None else self._pronoun_behind(here)
        return self._told[entity.name]

    def _pronoun_behind(self, mentions: Iterable[Mention]) -> str | None:
        """Return the pronoun that takes a person up within a sentence: "Varga wept as he spoke"."""
        told = []
        for mention in mentions:
            if _OF_ANOTHER.search(self._text, max(0, mention.start - 60), mention.start):
                continue
            following = bisect_right(self._starts, mention.start)
            stop = self._starts[following] if following < len(self._starts) else len(self._text)
            found = _TAKEN_UP.match(self._text, mention.end, min(stop, mention.end + _TAKEN_UP_WITHIN))
            said = found is not None and _SAID_THAT.search(self._text, mention.end, found.start("pronoun"))
            if found is not None and not said:  # "Ada Moss said he had left"
                told.append(_SHE if found["pronoun"] == "she" else _HE)
        return told[0] if len(set(told)) == 1 else None

    def _last(self, phrase: Phrase) -> str:
        return phrase.text.split()[-1]

    def _titled_genders(self) -> dict[str, str]:
        genders: dict[str, set[str]] = {}
        for match in _TITLED.finditer(self._whole):
            last = match["last"].removesuffix("’s").removesuffix("'s")
            genders.setdefault(last, set()).add(_TITLES[match["title"]])
        return {last: told.pop() for last, told in genders.items() if len(told) == 1}  # not of a couple

    def _entity_at(self, position: int) -> Entity | None:
        at = bisect_right(self._starts, position) - 1
        if at >= 0 and self._mentions[at][1] > position:
            return self._mentions[at][2]
        return None

    def _known_as(self, phrase: Phrase) -> str | None:
        """Return the one name of whom the text says that they are what a phrase says: "the striker"."""
        parts = phrase.text.lower().split()
        if len(parts) != 2 or parts[0] != "the" or not is_human(phrase.head):
            return None
        if self._apposed is None:
            self._apposed = self._appositions()
        names = self._apposed.get(phrase.head, ())
        return next(iter(names)) if len(names) == 1 else None

    def _only_one_before(self, phrase: Phrase) -> str | None:
        """Return who alone is named before a phrase for what somebody is in private: "the 24-year-old"."""
        first, _, rest = phrase.text.lower().partition(" ")
        if first != "the" or not (_PRIVATE.match(rest) or is_demonym(phrase.text.rpartition(" ")[2])):
            return None
        number = bisect_right(self._spans(), (phrase.start, len(self._text))) - 1
        subject = self.subject_before(self._spans()[number][0])
        begun = self._text.rfind("\n", 0, phrase.start)
        if subject is not None and subject.kind == "P" and subject.start > begun:
            return self.full(subject)
        last, named = bisect_left(self._starts, phrase.start), set()
        for start, end, entity in reversed(self._mentions[:last]):
            if start < phrase.start - _NEAR_BEFORE:
                break
            if entity.kind is EntityKind.PERSON and not self._text[start:end].isspace():
                named.add(entity.name)
        fits = len(named) == 1 and is_human(phrase.head) and not is_plural(phrase.text, phrase.head)
        return named.pop() if fits else None

    def _appositions(self) -> dict[str, set[str]]:
        """Return for each noun who is said to be one: "striker Tom Hale", "Hale, a striker"."""
        found: dict[str, set[str]] = {}
        for start, end, entity in self._mentions:
            if entity.kind is not EntityKind.PERSON:
                continue
            before = _NOUN_BEFORE.search(self._text, max(0, start - _NOUN_REACH), start)
            after = _NOUN_AFTER.match(self._text, end)
            aged = _AGE_AFTER.match(self._text, end)
            nouns = {match["noun"].lower() for match in (before, after) if match is not None}
            nouns |= {word.lower().rstrip(".") for word in self._text[start:end].split()[:-1]}
            nouns |= {office for noun in nouns for office in _OFFICES.get(noun, ())}
            nouns |= {f"{aged['years']}-year-old"} if aged is not None else set()
            for noun in filter(is_human, nouns):
                found.setdefault(noun, set()).add(entity.name)
        return found

    def _spans(self) -> list[tuple[int, int]]:
        if self._sentences is None:
            self._sentences = sentence_spans(self._text, 0, len(self._text))
        return self._sentences

    def _sentence(self, number: int) -> Clause:
        if number not in self._clauses:
            start, end = self._spans()[number]
            self._clauses[number] = self.clause(start, end)
        return self._clauses[number]


_NEAR_BEFORE = 600  # characters
_PRIVATE = re.compile(
    r"former |(?:[\w-]+ )*(?:\d+-year-old|(?:mum|mom|mother|dad|father)-of-\w+|teen|teenager|youngster"
    r"|pensioner|octogenarian|millionaire|billionaire|native|newcomer)$"
)
_LONGEST_SHORT_TITLE = 5  # letters that no title in capitals has any more: "DCI"
_NOUN_REACH = 64  # characters before a name
_NOUN_BEFORE = re.compile(
    r"(?<![\w’'-])(?P<noun>[A-Za-z][a-z-]{1,})\.?(?:\s(?:of|at|for|in|from)\s[^,.;:\n]{2,40})?,?\s$"
)
_AGE_AFTER = re.compile(r",\s(?P<years>\d{1,3}),")
# What the short form of a title says that somebody is.
_OFFICES = {
    "insp": ("inspector", "detective", "officer"),
    "inspector": ("detective", "officer"),
    "sgt": ("sergeant", "officer"),
    "sergeant": ("officer",),
    "detective": ("officer",),
    "constable": ("officer",),
    "pc": ("constable", "officer"),
    "lt": ("lieutenant", "officer"),
    "capt": ("captain",),
    "gen": ("general",),
    "sen": ("senator",),
    "rep": ("congressman", "congresswoman", "lawmaker"),
    "gov": ("governor",),
    "prof": ("professor",),
    "justice": ("judge",),
    "rev": ("reverend",),
    "cllr": ("councillor",),
}
_NOUN_AFTER = re.compile(
    r",\s(?:the|an?|his|her|its|their)\s(?:[a-z-]+\s){0,2}?(?P<noun>[a-z][a-z-]+)(?=,|\s(?:of|at|for|who))"
)


def _apart(rows: Iterable[tuple[int, int, Entity]]) -> list[tuple[int, int, Entity]]:
    """Return the mentions without those that lie in another."""
    kept: list[tuple[int, int, Entity]] = []
    for row in rows:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept


def _is_title(word: str) -> bool:
    """Tell whether a word before a name is a title: "Insp", "DI", "Mr."."""
    bare = word.rstrip(".")
    short = bare.isalpha() and bare.isupper() and len(bare) < _LONGEST_SHORT_TITLE
    return short or bare.lower() in _OFFICES or bare in titles()


def _plain(name: str) -> set[str]:
    return {part.strip(".").lower() for part in name.split()}


def _is_attribute(clause: Clause, at: int) -> bool:
    """Tell whether the name at a word only says which thing is meant: "the Moss plan", "Moss's"."""
    after = clause.kinds[at + 1 : at + 2]
    return after in ("g", "-") or (after == "w" and _OF_A_THING.search(clause.kinds, 0, at) is not None)


_INTRODUCED = re.compile(",(?:n,)?r")  # "It belonged to Ada Moss, 29, who was away"
_OF_A_THING = re.compile("d[wn]*$")


def _is_governed(clause: Clause, at: int) -> bool:
    """Tell whether a preposition or a relative governs the name at a word: "of the late Ada Moss"."""
    name = at
    while at > 0 and (clause.kinds[at - 1] in "NwdPna" or (clause.kinds[at - 1] == "c" and at < name)):
        at -= 1
    return at > 0 and clause.kinds[at - 1] in "fr"


def _acts(clause: Clause, subject: Phrase) -> bool:
    """Tell whether a name of no known kind says something, as a person does: "Varga called the plan"."""
    return clause.kinds[subject.last : subject.last + 1] == "v" and _is_like_a_person(clause, subject)


def _is_like_a_person(clause: Clause, subject: Phrase) -> bool:
    """Tell whether a subject is a name of no known kind that is written as one of a person is."""
    written = all(part[0].isupper() for part in subject.text.split())  # not "Sign up You agree"
    named = subject.kind == "N" and clause.kinds[subject.first] == "N" and not subject.text.endswith("s")
    return named and written and subject.head != BOTH


def _without_quotes(text: str, quoted: Sequence[Quoted]) -> str:
    """Return ``text``, equally long, with blanks for the words in quotation marks but their last mark."""
    parts, place = [], 0
    for quote in quoted:
        start, end = quote.inner(text)
        if end - start < 2 or start < place:
            continue
        parts += [text[place:start], _BLANKED.sub(" ", text[start : end - 1])]
        place = end - 1
    parts.append(text[place:])
    return "".join(parts)


_BLANKED = re.compile(r"[^\n]")
