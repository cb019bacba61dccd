"""A small grammar of speech clauses: noun phrases, the verbs of saying, and whose verb it is.

A sentence is read as a row of words, each with a kind that one letter stands for: ``P`` a person's name,
``w`` a plain word, ``v`` a finite verb of saying. The rules are expressions over that row of letters, so that
"a noun phrase, an apposition between commas, and its verb" is written down as just that. The letters:

``P O L E`` names of persons, organisations, places, others; ``N`` another word with a capital; ``w`` a word;
``n`` a number; ``d q`` determiners, those that stand alone too; ``g`` a possessive; ``p`` a pronoun;
``r`` a relative; ``f c s`` prepositions, conjunctions, subordinators; ``v b i`` verbs of saying, finite, bare
and in -ing; ``y`` another finite verb; ``x`` an auxiliary; ``a t`` adverbs, times; ``k`` a particle; ``h`` a
handle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities import EntityKind
from sources.evidence.word_lists import calendar, given_names, plain_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW = 320  # characters looked at on either side of a quote

_CAPITAL = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Prof|St|Lt|Col|Sgt|Capt|Jr|Sr|Inc|Corp|Co|Ltd|Rev|Hon|[A-Z])\."
    r"|[^\W\d_a-zß-öø-ÿ][\w&]{0,40}(?:\.\w{1,20}){0,4}(?:['’-](?!s\b)\w{1,30}){0,4})"
)
_PARTICLE = r"(?:de|da|del|della|di|du|van|von|der|den|bin|al|el|la|le|of|the|and|&)"
NAME = rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,6}}"

_TOKEN = re.compile(
    r"(?P<possessive>['’]s\b|(?<=s)['’](?=[ \u00a0][^\W\d_]))"
    r"|(?P<word>@\w+|(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Prof|St|Lt|Col|Sgt|Capt|Jr|Sr|Inc|Corp|Co|Ltd|Rev|Hon|No|vs"
    r"|Fr|Maj|Adm|Messrs)\.(?=\s)|(?:[^\W\d_]\.){1,4}(?=[\s,;]|$)(?<=[^\W\d_a-z]\.)"
    r"|[^\W_][\w&]*(?:[.'’-](?!s\b)[^\W_][\w&]*)*)"
    r"|(?P<mark>--|[^\w\s])"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[^\W\d_a-zß-öø-ÿ]|[\"“‘«\[(@]|\d)|\n")
_ABBREVIATED = re.compile(
    r"(?:^|[^\w.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Lt|Col|Sgt|Capt|Rev|Hon|Maj|Adm|Fr|U\.S|No"
    r"|vs)$"
)
_LONGEST_ABBREVIATION = 6  # characters, the one before it included

_PRONOUNS = {
    "he": "he", "she": "she", "they": "they", "we": "we", "i": "i", "it": "it", "er": "he", "elle": "she",
    "il": "he", "sie": "she", "ella": "she", "él": "he", "ela": "she", "ele": "he",
}  # fmt: skip
_FRENCH_INVERSION = re.compile(r"(?:(?P<verb>[^\W\d_]+)-)?(?:t-)?(?P<pronoun>elle|il)s?$")
_MARKS = {
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‟": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "‘": '"', "’": '"', "'": '"', "—": "-", "–": "-", "--": "-", "‑": "-", "[": "(", "]": ")",
    "?": "!", "…": "!", "、": ",", "，": ",", "：": ":",
}  # fmt: skip
_KIND_OF_ENTITY = {EntityKind.PERSON: "P", EntityKind.ORGANISATION: "O", EntityKind.PLACE: "L"}


@cache
def _kinds_of_words() -> dict[str, str]:
    """Return the letter for each word that has one by itself, in small letters; the later rows win."""
    listed = {name: words("clause-words.txt", name) for name in (
        "particles", "prepositions", "conjunctions", "subordinators", "relatives", "auxiliaries", "adverbs",
        "determiners", "quantifiers", "times", "verbs",
    )}  # fmt: skip
    rows = (
        ("y", listed["verbs"]),
        ("k", listed["particles"]),
        ("v", words("speech-verbs.txt", "finite") | words("speech-verbs.txt", "rare")),
        ("b", words("speech-verbs.txt", "bare")),
        ("i", words("speech-verbs.txt", "participles") | words("speech-verbs.txt", "rare participles")),
        ("f", listed["prepositions"]),
        ("c", listed["conjunctions"]),
        ("s", listed["subordinators"]),
        ("r", listed["relatives"]),
        ("x", listed["auxiliaries"]),
        ("a", listed["adverbs"]),
        ("d", listed["determiners"]),
        ("q", listed["quantifiers"]),
        ("t", listed["times"] | {word.lower() for word in calendar()}),
        ("p", frozenset(_PRONOUNS)),
    )
    return {word: letter for letter, some in rows for word in some}


class Word(NamedTuple):
    """A word or mark of a sentence: where it stands, how it is written, the letter of its kind."""

    start: int
    end: int
    text: str
    kind: str


class NamedSpan(NamedTuple):
    """Where a text names something, and of what kind that is."""

    start: int
    end: int
    kind: EntityKind


@dataclass(frozen=True)
class Clause:
    """A stretch of a text as a row of words, and the letters of their kinds."""

    words: tuple[Word, ...]
    kinds: str
    text: str
    start: int

    def written(self, first: int, last: int) -> str:
        """Return what words ``first`` up to, not including ``last`` are, as the text has them."""
        begin, end = self.words[first].start - self.start, self.words[last - 1].end - self.start
        return " ".join(self.text[begin:end].split())


class Phrase(NamedTuple):
    """A noun phrase that may be a speaker.

    ``text`` is the name, where the phrase ends in one or one stands beside it, else the whole description;
    ``start`` to ``end`` where that stands in the text. ``kind`` is the letter of the name, ``p`` for a
    pronoun, ``w`` for a description, whose ``head`` is its noun in small letters. ``first`` and ``last`` are
    the words of the whole phrase in its clause.
    """

    text: str
    start: int
    end: int
    kind: str
    head: str
    first: int
    last: int

    @property
    def is_name(self) -> bool:
        """Whether it is a name."""
        return self.kind in "PONLEh"


def read_clause(text: str, start: int, end: int, named: Sequence[NamedSpan] = ()) -> Clause:
    """Read a stretch of a text as words; ``named`` are the spans in it that name something, in order."""
    found: list[Word] = []
    place, names = start, iter(named)
    name = next(names, None)
    while place < end:
        while name is not None and name.start < place:
            name = next(names, None)
        stop = end if name is None or name.end > end else name.start
        for match in _TOKEN.finditer(text, place, stop):
            _add(found, match)
        place = stop
        if name is not None and stop == name.start and name.end <= end:
            found.append(Word(name.start, name.end, text[name.start : name.end], _named_kind(text, name)))
            place = name.end
    return Clause(tuple(found), "".join(word.kind for word in found), text[start:end], start)


def _named_kind(text: str, name: NamedSpan) -> str:
    if text[name.start : name.end] in calendar():
        return "t"
    return _KIND_OF_ENTITY.get(name.kind, "E")


def _add(found: list[Word], match: re.Match[str]) -> None:
    """Add the word of a match, of the kind that it has behind those before it."""
    start, end, written = match.start(), match.end(), match.group()
    if match.lastgroup == "possessive":
        found.append(Word(start, end, written, "g"))
        return
    if match.lastgroup == "mark":
        found.append(
            Word(start, end, written, _MARKS.get(written, written if written in ',.:;!()"-' else "#"))
        )
        return
    inverted = _FRENCH_INVERSION.match(written) if "-" in written else None
    if inverted is not None:
        verb = inverted["verb"] or ""
        if _kind(verb, None) == "v":
            found.append(Word(start, start + len(verb), verb, "v"))
        found.append(Word(match.start() + inverted.start("pronoun"), end, inverted["pronoun"], "p"))
        return
    found.append(Word(start, end, written, _kind(written, found[-1] if found else None, found)))


def _kind(  # noqa: PLR0911 - what tells, in order
    written: str, before: Word | None, row: Sequence[Word] = ()
) -> str:
    first = written[0]
    if first == "@":
        return "h"
    if first.isdigit():
        return "n"
    lower = written.lower()
    kind = _kinds_of_words().get(lower)
    if first.isupper():
        sentence_start = before is None or before.kind in '.!:"-('
        if (
            kind is not None
            and (sentence_start or written in ("I", "He", "She", "It"))
            and kind not in "kbvy"
        ):
            return kind
        if kind == "v" and written.isupper() and len(written) > 2 and before is not None:
            return kind  # "… SAID ADA MOSS"
        if sentence_start and not written.isupper() and (lower in plain_words() or lower in human_nouns()):
            return "w"
        surname = before is not None and before.kind == "N" and written in given_names()  # "Ajmal Jan"
        return "t" if kind == "t" and written in calendar() and not surname else "N"
    if kind in ("v", "b", "i", "y"):
        return _verb_or_noun(lower, kind, before, row)
    if kind is not None:
        return kind
    if lower.endswith("ly") and len(lower) > 4:
        return "a"
    if _PAST.search(lower) and before is not None and before.kind in "PONEhpwg" and "-" not in lower:
        return "w" if before.kind == "g" or (before.kind == "w" and _opens_phrase(row)) else "y"
    return "w"


_PAST = re.compile(r"[^e]ed$")


def _opens_phrase(row: Sequence[Word]) -> bool:
    """Tell whether the word before stands first behind an article, so that a participle may follow it."""
    return len(row) > 1 and row[-2].kind == "d" and row[-1].text.endswith(("ly", "-"))


def _verb_or_noun(lower: str, kind: str, before: Word | None, row: Sequence[Word]) -> str:
    """Return the kind of a word that is a verb, unless it stands as a noun or an adjective does."""
    if before is None:
        return kind
    if before.kind in "dg" and lower not in ("said", "says") and lower[-1] != "é":  # a déclaré
        return "w"
    if lower in words("speakers.txt", "noun-cues") or kind == "b":
        if before.kind in "wn" and len(row) > 1 and row[-2].kind in "dg" and row[-2].text.lower() in _OWNERS:
            return "w"  # "his recent remarks"
        if before.kind == "f" and before.text.lower() != "to":
            return "w"  # "in reports", "of claims"
    if kind == "b" and before.kind in "PONLE":
        return "w"  # "AOE state coordinator": one name has no bare verb
    return kind


_OWNERS = frozenset(("his", "her", "its", "their", "my", "our", "’s", "'s"))

# The grammar. A core is what stands around the noun of a phrase; a phrase is cores that prepositions join.
_CORE = (
    r"(?:[dqna]*(?:[PONLEwnhk]|q(?=[faxvr,]|$)|(?<=[PONE])c(?=[PON])|g(?=[PONLEwnatdb])|(?<=[dwg])b(?=[vyf,])"
    r"|(?<=n)-(?=w)|t(?=w))+)"
)
_ATTACHED = rf"(?:f{_CORE})"
_PHRASE = rf"{_CORE}{_ATTACHED}*"
_BRACKETS = r"(?:\([^)]{0,12}\))?"
_CORE_AHEAD = re.compile(_CORE)
_PHRASE_BEFORE = re.compile(rf"(?P<phrase>{_PHRASE}){_BRACKETS}$")
_BETWEEN = re.compile(r"(?:,f[dw]{0,2}[tn]+,|f[dw]{0,2}[tn]+|[axt])*$")  # "on Monday", "has also"
_NAME_AT_END = re.compile(r"(?:P|h|O|L|E|[N](?:[Nk]|c(?=N))*(?<=N))$")
_APPOSED = re.compile(rf"(?P<phrase>{_PHRASE})")
_OPENS_INSERTION = "fsriwdnPONLEyax"
_HEAD_PREPOSITIONS = frozenset(("of", "for", "at", "from", "with", "in", "on", "to"))
_CLOSE_PREPOSITIONS = frozenset(("of", "for", "at", "from", "with"))


@cache
def human_nouns() -> frozenset[str]:
    """Return nouns for persons and for groups of persons, in small letters."""
    rows = (
        ("cues.txt", "person-before"), ("cues.txt", "person-described"), ("cues.txt", "person-after"),
        ("cues.txt", "of-person"), ("cues.txt", "company-nouns"), ("cues.txt", "of-team"),
        ("speakers.txt", "person"),
    )  # fmt: skip
    other = words("speakers.txt", "no-person")
    return frozenset().union(*(words(*row) for row in rows)) - other | {
        word.lower() for word in words("titles.txt", "strong") | words("titles.txt", "weak")
    }


_AGENT = re.compile(
    r"(?:man|woman|men|women|person|people|ist|ists|ian|ians|ee|ees|er|ers|or|ors|eur|ant|ants|ent|ents)$"
)


def is_human(head: str) -> bool:
    """Tell whether a noun means a person, by lists and by how it ends: "the striker", "a lobbyist"."""
    if head in human_nouns() or head.rpartition("-")[2] in human_nouns():
        return True
    if head in words("speakers.txt", "no-person") or head.removesuffix("s") in words(
        "speakers.txt", "no-person"
    ):
        return False
    single = head.removesuffix("s")
    return single in human_nouns() or (len(single) > 4 and _AGENT.search(single) is not None)


def is_group(head: str) -> bool:
    """Tell whether a noun means an organisation or a body that speaks: "the company", "the ministry"."""
    single = head.removesuffix("s")
    groups = words("cues.txt", "company-before") | words("cues.txt", "company-described")
    return any(one in groups or one in words("speakers.txt", "bodies") for one in (head, single))


def is_document(head: str) -> bool:
    """Tell whether a noun means something written that can be quoted: "the report", "his letter"."""
    return head in words("speakers.txt", "documents") or head.removesuffix("s") in words(
        "speakers.txt", "documents"
    )


def phrase_of(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return what the words ``first`` up to ``last`` name or describe; None where nobody can be meant."""
    while first < last and clause.kinds[first] == "a":
        first += 1
    core = _CORE_AHEAD.match(clause.kinds, first, last)
    if core is None:
        return None
    end = core.end()
    while end > first and clause.kinds[end - 1] in "ta":
        end -= 1
    if end <= first:
        return None
    owned = clause.kinds.rfind("g", first, end) + 1
    begin = max(first, owned)
    name = _NAME_AT_END.search(clause.kinds, begin, end)
    if name is not None and not (begin == name.start() and owned and clause.kinds[begin] in "OLE"):
        named = _named(clause, first, begin, name.start(), end, last)
        if named is not None:
            return named
    if clause.kinds[end - 1] not in "wbqNPOLEk" or clause.kinds[begin:end].strip("da") == "":
        return None
    return _description(clause, first, end, last)


def _named(clause: Clause, first: int, begin: int, start: int, end: int, last: int) -> Phrase | None:
    """Return the name that a core ends in, None where its last word is an office: "Harcourt CEO"."""
    written = [word.text for word in clause.words[start:end]]
    if clause.kinds[start] == "N":
        titles = words("titles.txt", "strong") | words("titles.txt", "honorifics")
        if written[-1].rstrip(".") in titles and (len(written) > 1 or begin < start):
            return None
        for number in range(len(written) - 2, -1, -1):
            if written[number].rstrip(".") in titles and written[number + 1][0].isupper():
                start += number + 1
                break
        if end - start == 1 and (
            clause.words[start].text.lower() in words("common-words.txt", "function")
            or clause.words[start].text in calendar()
        ):
            return None
    kind = clause.kinds[start]
    stop = end
    if kind == "N" and begin == start and end < last and clause.words[end].text == "of":
        following = _CORE_AHEAD.match(clause.kinds, end + 1, last)
        lone = end - start == 1 or clause.kinds[first] == "d"
        if following is not None and lone and clause.kinds[end + 1] in "NLOPE":
            stop = following.end()  # "the Bank of Saltmarsh"
    text = clause.written(start, stop)
    return Phrase(text, clause.words[start].start, clause.words[stop - 1].end, kind, "", first, last)


def _description(clause: Clause, first: int, end: int, last: int) -> Phrase:
    head = clause.words[end - 1].text.lower()
    stop = end
    while stop < last and clause.words[stop].text in _CLOSE_PREPOSITIONS:
        following = _CORE_AHEAD.match(clause.kinds, stop + 1, last)
        if following is None:
            break
        stop = following.end()
    text = clause.written(first, stop)
    return Phrase(text, clause.words[first].start, clause.words[stop - 1].end, "w", head, first, last)


def _pronoun(clause: Clause, at: int) -> Phrase:
    word = clause.words[at]
    return Phrase(word.text, word.start, word.end, "p", _PRONOUNS.get(word.text.lower(), "who"), at, at + 1)


def phrase_before(clause: Clause, end: int) -> Phrase | None:
    """Return the noun phrase that ends right before word ``end``, a pronoun among them."""
    if end > 0 and clause.kinds[end - 1] == "p":
        return _pronoun(clause, end - 1)
    match = _PHRASE_BEFORE.search(clause.kinds, 0, end)
    if match is None:
        return None
    first, last = match.start(), match.end("phrase")
    if first > 0 and clause.kinds[first - 1] == "f":
        return _after_fronted(clause, first, last)
    return phrase_of(clause, first, last)


def _after_fronted(clause: Clause, first: int, last: int) -> Phrase | None:
    """Return what a phrase that a preposition governs leaves as the subject before a verb.

    That is the name behind a fronted phrase that no comma closes ("In a statement Varga"), or what a
    participle describes ("a letter sent by Varga").
    """
    if clause.kinds[last - 2 : last] == "wP":
        return phrase_of(clause, last - 1, last)
    participle = re.search(r"ya*f$", clause.kinds[:first])
    return phrase_before(clause, participle.start()) if participle is not None else None


def subject_of(clause: Clause, verb: int) -> Phrase | None:
    """Return the subject of the verb at word ``verb``, None where it is not plain to see."""
    end = _BETWEEN.search(clause.kinds, 0, verb).start()  # type: ignore[union-attr]
    if end == 0:
        return None
    before = clause.kinds[end - 1]
    if before == "r":
        return _antecedent(clause, end - 1)
    if before == "c" or (before == "," and clause.kinds[end - 2 : end - 1] in ("v", "y")):
        return main_subject(clause, end - 1)
    if before in ",-":
        return _before_insertion(clause, end - 1)
    if before in '".:;!':
        return None
    phrase = phrase_before(clause, end)
    if phrase is not None and phrase.first > 0 and clause.kinds[phrase.first - 1] in "xyv":
        relative = clause.kinds.rfind("r", 0, phrase.first)
        if relative > 0 and "," not in clause.kinds[relative : phrase.first]:
            return _antecedent(clause, relative)
    return phrase


def _antecedent(clause: Clause, relative: int) -> Phrase | None:
    """Return whom "who" at a word means; it is where it stands itself that the text names the speaker."""
    end = relative - (clause.kinds[relative - 1 : relative] == ",")
    phrase = _named_beside(clause, phrase_before(clause, end))
    if phrase is None:
        return None
    word = clause.words[relative]
    return phrase._replace(start=word.start, end=word.end)


def _before_insertion(clause: Clause, closing: int) -> Phrase | None:
    """Return the subject that words between two commas follow: "Tom Hale, Harcourt CEO, says"."""
    mark, found = clause.kinds[closing], None
    opening = clause.kinds.rfind(mark, 0, closing)
    while opening > 0:
        inserted = clause.kinds[opening + 1 : closing]
        if _HAS_VERB.search(_RELATIVE_CLAUSE.sub("", inserted)) and inserted[0] not in "safx":
            relative = clause.kinds.rfind("r,s", 0, opening)  # "Ada Moss, who, as a pilot, led it, said"
            if relative > 0:
                return _antecedent(clause, relative)
            break
        if inserted[:1] and inserted[0] in _OPENS_INSERTION:
            phrase = phrase_before(clause, opening)
            if phrase is not None and not clause.kinds.endswith("r,s", 0, phrase.first):
                phrase = _apposed(clause, phrase, opening + 1, closing)
                if _is_whole_name(phrase) or phrase.kind == "p":
                    return phrase
                found = found or phrase
        opening = clause.kinds.rfind(mark, 0, opening)
    if found is not None:
        return found
    if clause.kinds[:1] not in ("f", "s") and not _HAS_VERB.search(clause.kinds[:closing]):
        return main_subject(clause, closing)  # "Ada Moss of the old pilots' union, explained"
    joined = clause.kinds.rfind("c", 0, closing)  # "… and, after a pause, said"
    return main_subject(clause, joined) if joined > 0 and "," in clause.kinds[joined:closing] else None


_RELATIVE_CLAUSE = re.compile(r"r[^,]*")
_HAS_VERB = re.compile(r"[vyx]")


def _is_whole_name(phrase: Phrase) -> bool:
    """Tell whether a phrase is a person's name, or one of several words that may be."""
    return phrase.kind in "Ph" or (phrase.kind == "N" and " " in phrase.text)


def _apposed(clause: Clause, phrase: Phrase, first: int, last: int) -> Phrase:
    """Return the name that stands in apposition to a phrase without one, else the phrase."""
    if _is_whole_name(phrase):
        return phrase
    for begin, end in reversed(_between_commas(clause.kinds, first, last)):
        if clause.kinds[begin : begin + 1] in ("", "f", "s", "r", "a", "i", "x"):
            continue
        match = _APPOSED.match(clause.kinds, begin, end)
        if match is None or match.end() < end:
            continue
        other = phrase_of(clause, begin, match.end())
        if other is not None and _is_whole_name(other):
            return other._replace(first=phrase.first, last=last)
    return phrase


def _between_commas(kinds: str, first: int, last: int) -> list[tuple[int, int]]:
    found = []
    while first < last:
        stop = kinds.find(",", first, last)
        stop = last if stop < 0 else stop
        found.append((first, stop))
        first = stop + 1
    return found


def _named_beside(clause: Clause, phrase: Phrase | None) -> Phrase | None:
    """Return the name in front of which a phrase stands in apposition: "Tom Hale, the lawyer who said"."""
    if phrase is None or phrase.kind != "w" or phrase.first < 2 or clause.kinds[phrase.first - 1] != ",":
        return phrase
    other = phrase_before(clause, phrase.first - 1)
    return other if other is not None and other.kind in "PN" else phrase


_LED_IN = re.compile(r'[",.\-(]*(?:[fsatix]|w(?=[f]))[^"]*?,(?=[^,]*[vyxw])')
_OPENING = re.compile(r'[",.!\-c]*')
_SUBJECT = re.compile(rf"(?P<phrase>{_PHRASE})")


def main_subject(clause: Clause, end: int | None = None) -> Phrase | None:
    """Return the subject of a sentence, by where it stands: what no preposition governs before its verb."""
    stop = len(clause.kinds) if end is None else end
    opening = _OPENING.match(clause.kinds, 0, stop)
    at = opening.end() if opening is not None else 0
    if end is None and '"' in clause.kinds[:at] and clause.kinds[at : at + 1] in ("v", "y"):
        return phrase_after(clause, at + 1)  # "…," said Varga
    credited = _credited_at_end(clause) if end is None else None
    if credited is not None:
        return credited
    led_in = _LED_IN.match(clause.kinds, at, stop)
    if led_in is not None:
        at = led_in.end()
    while at < stop and clause.kinds[at] in 'sat,c"':
        at += 1
    if at < stop and clause.kinds[at] == "p":
        return _pronoun(clause, at)
    match = _SUBJECT.match(clause.kinds, at, stop)
    if match is None:
        return None
    phrase = phrase_of(clause, match.start(), match.end())
    if led_in is not None and clause.kinds[match.end() : match.end() + 1] in (",", "r"):
        named = phrase_of(clause, led_in.start() + 1, match.start() - 1)
        if named is not None and named.kind == "P" and clause.kinds[led_in.start()] == "f":
            return named  # "For Ada Moss, a lawyer who sails, it is late"
    if phrase is None or match.end() >= stop or clause.kinds[match.end()] != ",":
        return phrase
    closing = clause.kinds.find(",", match.end() + 1, stop)
    if closing < 0:
        return phrase
    return _apposed(clause, phrase, match.end() + 1, closing)._replace(last=closing + 1)


_CREDIT_AT_END = re.compile(
    rf",(?:v(?P<after>a*(?:{_PHRASE}|p))(?=[,.;:!rft]|$)|(?P<before>{_PHRASE}|p)v(?=a*(?:[.!]|[ft][^,v]*[.!]?$|$)))"
)


def _credited_at_end(clause: Clause) -> Phrase | None:
    """Return who is said to say the whole of a sentence without marks: "It will be late, said Ada Moss"."""
    if clause.kinds[:1] == '"':
        return None
    match = _CREDIT_AT_END.search(clause.kinds)
    if match is None:
        return None
    if match["after"] is not None:
        phrase = phrase_after(clause, match.start("after"))
    else:
        first, last = match.span("before")
        phrase = _pronoun(clause, first) if clause.kinds[first] == "p" else phrase_of(clause, first, last)
    described = phrase is not None and (is_human(phrase.head) or is_group(phrase.head))
    return phrase if phrase is not None and (described or phrase.kind in "pPO") else None


_ENDS_APPOSITION = re.compile(r"[,.;:!srfaxt\-\")]|$")
_AFTER_VERB = re.compile(r"a*")


def phrase_after(clause: Clause, first: int) -> Phrase | None:
    """Return the noun phrase that begins at word ``first``: "said the mayor, Ines Varga"."""
    first = _AFTER_VERB.match(clause.kinds, first).end()  # type: ignore[union-attr]
    if clause.kinds[first : first + 1] == "p":
        return _pronoun(clause, first)
    match = _SUBJECT.match(clause.kinds, first)
    if match is None:
        return None
    phrase = phrase_of(clause, first, match.end())
    if phrase is not None and clause.kinds[match.end() : match.end() + 1] == "c":
        return _with_second_office(clause, phrase, match.end() + 1)
    if phrase is None or clause.kinds[match.end() : match.end() + 1] != ",":
        return phrase
    begin = match.end() + 1
    other = _APPOSED.match(clause.kinds, begin)
    if other is None or not _ENDS_APPOSITION.match(clause.kinds, other.end()):
        return phrase
    return _apposed(clause, phrase, begin, other.end())


def _with_second_office(clause: Clause, phrase: Phrase, second: int) -> Phrase:
    """Return the name behind two offices that one person holds: "chairman and chief executive Ada Moss"."""
    match = _SUBJECT.match(clause.kinds, second)
    other = phrase_of(clause, second, match.end()) if match is not None else None
    bare = phrase.kind == "w" and clause.kinds[phrase.first] not in "dqn" and is_human(phrase.head)
    led_by_office = other is not None and other.kind in "PN" and clause.words[second].start < other.start
    if other is None or not (bare and led_by_office) or phrase.head.endswith("s"):
        return phrase
    return other._replace(first=phrase.first)


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences between ``start`` and ``end``."""
    found, begin = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        if text[match.start()] == "." and _ABBREVIATED.search(
            text, max(start, match.start() - _LONGEST_ABBREVIATION), match.start()
        ):
            continue
        if match.end() > begin:
            found.append((begin, match.end()))
        begin = match.end()
    if begin < end:
        found.append((begin, end))
    return found


def ends_a_sentence(gap: str) -> bool:
    """Tell whether what stands before a quote ends a sentence, so that the quote begins another."""
    return gap.rstrip().endswith((".", "!", "?", "…"))
