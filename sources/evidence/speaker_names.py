"""The speakers of a text: the full names that phrases stand for, and whom a pronoun means.

Who is a person is what the typed names of the story say. A pronoun means the nearest subject before it,
outside quotes, that fits it in number and gender; where none is plain to see, it stays a pronoun.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.clause_words import NamedSpan, read_clause, sentence_spans
from sources.evidence.described_persons import OFFICES, DescribedPersons, Description
from sources.evidence.entities import EntityKind
from sources.evidence.noun_phrases import BOTH, phrase_after, phrase_of
from sources.evidence.speaker_genders import SpeakerGenders
from sources.evidence.speaker_nouns import is_document, is_group, is_human, is_plural, singular
from sources.evidence.word_lists import titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.clause_words import Clause
    from sources.evidence.entities import Entity
    from sources.evidence.noun_phrases import Phrase
    from sources.evidence.quotation_marks import Quoted
    from sources.model import Ref

_HOSTS = re.compile(r"[^fsa][^vyx]*,$")  # a sentence into which "she said" is put between commas
_BACK = 1200  # characters looked through for whom a pronoun means
_SENTENCES_BACK = 6
_HE, _SHE = "he", "she"


class SpeakerNames:
    """The names of one text and the subjects of its sentences."""

    def __init__(self, text: str, ref: Ref, entities: Iterable[Entity], quoted: Sequence[Quoted]) -> None:
        self._text = _without_quotes(text, quoted)
        self._whole = text
        self._ref = ref
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
        shared = {last for last, names in self._by_last.items() if len(names) > 1}
        self._genders = SpeakerGenders(self._text, text, ref, self._starts, shared)
        self._sentences: list[tuple[int, int]] | None = None
        self._clauses: dict[int, Clause] = {}
        self._persons: DescribedPersons | None = None

    def clause(self, start: int, end: int, *, whole: bool = False) -> Clause:
        """Read a stretch of the text as a clause; ``whole`` with what is quoted in it."""
        named = self._named if whole else self._outside
        first, last = bisect_left(named, (start,)), bisect_left(named, (end,))
        return read_clause(self._whole if whole else self._text, start, end, named[first:last], self._by_part)

    def full(self, phrase: Phrase) -> str:
        """Return the full name that a phrase names, the phrase itself when it describes somebody."""
        if phrase.kind == "w":
            return (
                self._one_of(phrase) if phrase.text.lower() == "one" else self._described(phrase)
            ) or phrase.text
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
            if phrase.text.lower() == "one":
                return self._one_of(phrase) is not None
            return (
                is_human(phrase.head)
                and not is_plural(phrase.text, phrase.head)
                and not is_group(phrase.head)
            )
        if phrase.kind == "N" and phrase.head != BOTH:
            titled = self._genders.is_titled(phrase.text.split()[-1])
            return titled or self._person_called(phrase) is not None
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
            found = self._fitting(clause, pronoun, near=back < 2)
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
        inserted = _INSERTED_CREDIT.search(clause.kinds)
        if inserted is not None:
            return phrase_after(clause, inserted.start("who"))  # "The roof, he says, was gone."
        for at, word in enumerate(clause.words):
            asked = phrase_after(clause, at + 1) if word.text in ("asked", "asks") else None
            if asked is not None and asked.kind == "P":
                return asked
        return main_subject(clause)

    def _fitting(self, clause: Clause, pronoun: str, *, near: bool) -> dict[str, Phrase]:
        """Return whom a pronoun after a sentence can mean: its subject, else who no preposition governs.

        Several where another of them speaks in the sentence, or where its subject is none of them.
        """
        subject = main_subject(clause)
        found: dict[str, Phrase] = {}
        fits = subject is not None and subject.kind != "p" and self._fits(subject, pronoun)
        if subject is not None and subject.kind == "w" and not near:
            fits = fits and not is_document(subject.head)  # another thing may have come between
        if subject is not None and (fits or (pronoun != "it" and _acts(clause, subject))):
            found[self.full(subject)] = subject
        if pronoun == "it" or (subject is not None and subject.head == pronoun):
            return found  # "She told Tom Hale of it. “…,” she said": it is she who goes on
        speakers = self._speakers(clause, pronoun)
        if found or speakers:
            return found if found.keys() & speakers.keys() else found | speakers
        for at, kind in enumerate(clause.kinds):
            object_of = at > 0 and clause.kinds[at + 1 : at + 2] == "f"  # "blaring Tom Hale on the stereo"
            introduced = _is_introduced(clause, at)
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
                phrase.kind == "w"
                and (is_group(phrase.head) or is_document(phrase.head))
                and not is_plural(phrase.text, phrase.head)
            )
        if not self.is_person(phrase):
            return False
        return pronoun == "who" or self.gender(phrase) in (None, pronoun)

    def gender(self, phrase: Phrase) -> str | None:
        """Return "he" or "she" where the text tells which a person is, else None."""
        return self._genders.of(phrase, self._entity_at(phrase.start) if phrase.kind != "w" else None)

    def _entity_at(self, position: int) -> Entity | None:
        at = bisect_right(self._starts, position) - 1
        if at >= 0 and self._mentions[at][1] > position:
            return self._mentions[at][2]
        return None

    def _described(self, phrase: Phrase, chained: int = 0) -> str | None:
        """Return the one person whom a description means: "the striker", of whom the text says so.

        Where it says so of several, or the description is one that a text calls somebody by whom it has
        just named ("the 24-year-old"), it is the subject of the sentence before.
        """
        description = Description(phrase.text, phrase.head)
        if not description.is_definite:
            return None
        if self._persons is None:
            self._persons = DescribedPersons()
            self._persons.read(self._text, self._mentions)
        names = self._persons.called(description) if description.is_bare else set()
        if len(names) == 1 and not description.more:
            return next(iter(names))
        if not (names or description.is_personal) or chained > _LONGEST_CHAIN:
            return None
        before = self._told_of_before(phrase, chained)
        if names:
            return before if before in names else next(iter(names)) if len(names) == 1 else None
        if before is None and description.is_private:
            return self._only_one_before(phrase)
        return before

    def _one_of(self, phrase: Phrase) -> str | None:
        """Return which of those one is whom the sentence before is about: "one team-mate"."""
        number = bisect_right(self._spans(), (phrase.start, len(self._text))) - 1
        subject = self.subject_before(self._spans()[number][0])
        if subject is None or subject.kind != "w":
            return None
        several = is_human(subject.head) and is_plural(subject.text, subject.head)
        return f"one {singular(subject.head)}" if several else None

    def _told_of_before(self, phrase: Phrase, chained: int) -> str | None:
        """Return the person whom the sentence before a phrase is about, where nobody else can be meant."""
        number = bisect_right(self._spans(), (phrase.start, len(self._text))) - 1
        subject = self.subject_before(self._spans()[number][0])
        if subject is None:
            return None
        begun = self._spans()[number - 1][0]
        between = self._text[subject.end : phrase.start]
        if between.count("\n") > _NEXT_PARAGRAPH or re.search(rf"\b{re.escape(phrase.head)}\b", between):
            return None
        if subject.kind == "p":
            meant = self.meant(subject.head, subject.start) if subject.head in (_HE, _SHE) else None
            name = meant[0] if meant is not None else None
        elif subject.kind == "w":
            name = self._described(subject, chained + 1)
        else:
            name = self.full(subject) if subject.kind == "P" else None
        others = {
            entity.name
            for first, _, entity in self._mentions[bisect_left(self._starts, begun) :]
            if first < phrase.start and entity.kind is EntityKind.PERSON and not self._text[first].isspace()
        }
        return name if name is not None and others <= {name} else None

    def _only_one_before(self, phrase: Phrase) -> str | None:
        """Return who alone is named before a phrase, near it."""
        last, named = bisect_left(self._starts, phrase.start), set()
        for start, end, entity in reversed(self._mentions[:last]):
            if start < phrase.start - _NEAR_BEFORE:
                break
            if entity.kind is EntityKind.PERSON and not self._text[start:end].isspace():
                named.add(entity.name)
        return named.pop() if len(named) == 1 else None

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
_INSERTED_CREDIT = re.compile(",(?P<who>p|P)v,(?=[xvyfc])")
_NEXT_PARAGRAPH = 2  # ends of lines, an empty one between
_LONGEST_CHAIN = 3  # descriptions that go back to a name one by one
_LONGEST_SHORT_TITLE = 5  # letters that no title in capitals has any more: "DCI"


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
    return short or bare.lower() in OFFICES or bare in titles()


def _plain(name: str) -> set[str]:
    return {part.strip(".").lower() for part in name.split()}


def _is_attribute(clause: Clause, at: int) -> bool:
    """Tell whether the name at a word only says which thing is meant: "the Moss plan", "Moss's"."""
    after = clause.kinds[at + 1 : at + 2]
    return after in ("g", "-") or (after == "w" and _OF_A_THING.search(clause.kinds, 0, at) is not None)


_INTRODUCED = re.compile(",(?:n,)?(?P<relative>r)")  # "It belonged to Ada Moss, 29, who was away"
_OF_PERSONS = frozenset(("who", "whose", "whom"))
_OF_A_THING = re.compile("d[wn]*$")


def _is_governed(clause: Clause, at: int) -> bool:
    """Tell whether a preposition or a relative governs the name at a word: "of the late Ada Moss"."""
    name = at
    while at > 0 and (clause.kinds[at - 1] in "NwdPna" or (clause.kinds[at - 1] == "c" and at < name)):
        at -= 1
    return at > 0 and clause.kinds[at - 1] in "fr"


def _is_introduced(clause: Clause, at: int) -> bool:
    """Tell whether a clause behind the name at a word says who that is: not "of Cnut, which fits"."""
    match = _INTRODUCED.match(clause.kinds, at + 1)
    return match is not None and clause.words[match.start("relative")].text in _OF_PERSONS


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
