"""The words of a clause beside a quote: what kind of word each is, and where a sentence begins and ends.

A sentence is read as a row of words, each with a kind that one letter stands for, so that "a noun phrase, an
apposition between commas, and its verb" is an expression over that row. The letters:

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
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.evidence.entities import EntityKind
from sources.evidence.speaker_nouns import human_nouns, is_group
from sources.evidence.word_lists import calendar, given_names, plain_words, words

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

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
    r"|[$£€¥]?\d{1,3}(?:,\d{3})+|[$£€¥]?[^\W_][\w&]*(?:[.'’-](?!s\b)[^\W_][\w&]*)*)"
    r"|(?P<mark>--|[^\w\s])"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’'»)\]]*\s+(?=[^\W\d_a-zß-öø-ÿ]|[\"'“‘«\[(@]|\d)|\n")
_ABBREVIATED = re.compile(
    r"(?:^|[^\w.])(?:(?:[A-Z]\.){0,2}[A-Z]|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Lt|Col|Sgt|Capt|Rev|Hon|Maj|Adm|Fr|Mt|Ft|U\.S|No"
    r"|vs)$"
)
_BEGINS = re.compile(r"(?:He|She|It|They|We|But|And|The|In|On|At)\s")  # a sentence, after "the U.S."
_LONGEST_ABBREVIATION = 6  # characters, the one before it included

PRONOUNS = {
    "he": "he", "she": "she", "they": "they", "we": "we", "i": "i", "it": "it", "er": "he", "elle": "she",
    "il": "he", "sie": "she", "ella": "she", "él": "he", "ela": "she", "ele": "he",
}  # fmt: skip
_FRENCH_INVERSION = re.compile(r"(?:(?P<verb>[^\W\d_]+)-)?(?:t-)?(?P<pronoun>elle|il)s?$")
_MARKS = {
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‟": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "‘": '"', "—": "-", "–": "-", "--": "-", "‑": "-", "[": "(", "]": ")",
    "?": "!", "…": "!", "、": ",", "，": ",", "：": ":",
}  # fmt: skip
_APOSTROPHES = "'’"  # which close a quote as well
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
        ("b", words("speech-verbs.txt", "bare") | words("speakers.txt", "judging bare")),
        ("v", words("speech-verbs.txt", "finite") - words("speech-verbs.txt", "bare")),
        ("v", words("speech-verbs.txt", "rare") | words("speakers.txt", "judging") | {"read"}),
        ("i", words("speech-verbs.txt", "participles") | words("speech-verbs.txt", "rare participles")),
        ("i", words("speakers.txt", "judging participles")),
        ("f", listed["prepositions"]),
        ("c", listed["conjunctions"]),
        ("s", listed["subordinators"]),
        ("r", listed["relatives"]),
        ("x", listed["auxiliaries"]),
        ("a", listed["adverbs"]),
        ("d", listed["determiners"]),
        ("q", listed["quantifiers"]),
        ("t", listed["times"] | {word.lower() for word in calendar()}),
        ("p", frozenset(PRONOUNS)),
    )
    return {word: letter for letter, some in rows for word in some}


@cache
def _steady_kinds() -> dict[str, str]:
    """Return the letter for each mark, and for each word in small letters that has one wherever it stands."""
    words_alone = {
        word: kind
        for word, kind in _kinds_of_words().items()
        if kind in "fcsxatrk" and "-" not in word and word != "that"
    }
    return words_alone | {mark: mark for mark in ',.:;!()"-'} | _MARKS


class Word(NamedTuple):
    """A word or mark of a sentence: where it stands, how it is written, the letter of its kind."""

    start: int
    end: int
    text: str
    kind: str


class NamedSpan(NamedTuple):
    """Where a text names something, and of what kind that is; None where it is a number."""

    start: int
    end: int
    kind: EntityKind | Literal["date"] | None


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


def read_clause(
    text: str,
    start: int,
    end: int,
    named: Sequence[NamedSpan] = (),
    name_words: Container[str] = frozenset(),
) -> Clause:
    """Read a stretch of a text as words.

    ``named`` are the spans in it that name something, in order, ``name_words`` words of the names of persons:
    with a capital they are no common nouns ("Storm smiled").
    """
    found: list[Word] = []
    steady = _steady_kinds()
    # Where the text was blanked, as a citation is, its names are nobody's.
    place, names = start, (one for one in named if not text[one.start : one.end].isspace())
    name = next(names, None)
    while place < end:
        while name is not None and name.start < place:
            name = next(names, None)
        stop = end if name is None or name.end > end else name.start
        for match in _TOKEN.finditer(text, place, stop):
            known = steady.get(match.group())
            if known is None:
                _add(found, match, name_words)
            else:
                found.append(Word(match.start(), match.end(), match.group(), known))
        place = stop
        if name is not None and stop == name.start and name.end <= end:
            joined = _COMPOUNDED.match(text, name.end, end)  # "the Obama-era plan", "Paris-based"
            place = name.end if joined is None else joined.end()
            kind = _named_kind(text, name) if joined is None else "w"
            _put(found, Word(name.start, place, text[name.start : place], kind))
    kinds = "".join(word.kind for word in found)
    for verb in _VERB_BY_PLACE.finditer(kinds):
        found[verb.start()] = found[verb.start()]._replace(kind="y")
    return Clause(tuple(found), _VERB_BY_PLACE.sub("y", kinds), text[start:end], start)


_VERB_BY_PLACE = re.compile("(?<=p)w|(?<=[PNO])w(?=d)")  # "she owns", "Tom Hale steals the show"


_COMPOUNDED = re.compile(r"[-‑][a-z]{2,}\b")


def _named_kind(text: str, name: NamedSpan) -> str:
    if name.kind is None:
        return "n"
    if name.kind == "date" or text[name.start : name.end] in calendar():
        return "t"
    return _KIND_OF_ENTITY.get(name.kind, "E")


def _add(found: list[Word], match: re.Match[str], name_words: Container[str]) -> None:
    """Add the word of a match, of the kind that it has behind those before it."""
    start, end, written = match.start(), match.end(), match.group()
    if match.lastgroup == "possessive":
        found.append(Word(start, end, written, "g"))
        return
    if match.lastgroup == "mark":
        if written == "#":
            return  # of a hashtag, which is a word
        found.append(Word(start, end, written, '"' if written in _APOSTROPHES else "#"))
        return
    inverted = _FRENCH_INVERSION.match(written) if "-" in written else None
    if inverted is not None:
        verb = inverted["verb"] or ""
        if _kind(verb, None) == "v":
            found.append(Word(start, start + len(verb), verb, "v"))
        found.append(Word(match.start() + inverted.start("pronoun"), end, inverted["pronoun"], "p"))
        return
    kind = "N" if written in name_words else _kind(written, found[-1] if found else None, found)
    _put(found, Word(start, end, written, kind))


def _put(found: list[Word], word: Word) -> None:
    """Add a word; "that" before what begins a phrase of its own begins a clause: "that the mayor"."""
    begins = word.kind in "dpPONLEgq" or (word.kind == "w" and _PLURAL.search(word.text) is not None)
    if begins and found and found[-1].kind == "d" and found[-1].text == "that":
        found[-1] = found[-1]._replace(kind="s")
    found.append(word)


_PLURAL = re.compile(r"[^suai']s$")


def _kind(  # noqa: PLR0911 - what tells, in order
    written: str, before: Word | None, row: Sequence[Word] = ()
) -> str:
    first = written[0]
    if first == "@":
        return "h"
    lower = written.lower()
    if first.isdigit() or first in "$£€¥":
        return "w" if _AGED.search(lower) else "n"
    kind = _kinds_of_words().get(lower)
    if first.isupper():
        sentence_start = before is None or before.kind in '.!:"-('
        if (
            kind is not None
            and (sentence_start or written in ("I", "He", "She", "It"))
            and kind not in "kbvy"
        ):
            return kind
        if lower in ("said", "says", "told") and written.isupper() and before is not None:
            return "v"  # "… SAID ADA MOSS"
        plain = lower in plain_words() or lower in human_nouns() or _COMPOUND.search(written)
        participle = _PARTICIPLE.search(written) and written not in given_names()  # "Bruised but happy,"
        if sentence_start and not written.isupper() and (plain or participle):
            return "w"
        surname = before is not None and before.kind == "N" and written in given_names()  # "Ajmal Jan"
        return "t" if kind == "t" and written in calendar() and not surname else "N"
    if lower == "that" and before is not None and before.kind in "vbiy":
        return "s"
    if kind in ("v", "b", "i", "y"):
        return _verb_or_noun(lower, kind, before, row)
    if kind is not None:
        return kind
    if lower.endswith("ly") and len(lower) > 4 and not is_group(lower):
        return "a"
    return "y" if _PAST.search(lower) and "-" not in lower and _follows_a_subject(row) else "w"


_PAST = re.compile(r"(?:[^e]|\w{4}e)ed$")  # not "need", "indeed"
_COMPOUND = re.compile(r"\w-[a-z]+$")  # "Cross-examined", "Police-led"
_AGED = re.compile(r"-year-olds?$")


_PARTICIPLE = re.compile(r"\w{4}(?:ed|ing)$")


def _follows_a_subject(row: Sequence[Word]) -> bool:
    """Tell whether a row ends in what may be the subject of a verb, adverbs and times left out."""
    at = len(row) - 1
    while at > 0 and row[at].kind in "at":
        at -= 1
    return at >= 0 and row[at].kind in "PONEhpwq"


def _verb_or_noun(lower: str, kind: str, before: Word | None, row: Sequence[Word]) -> str:
    """Return the kind of a word that is a verb, unless it stands as a noun or an adjective does."""
    if before is None:
        return kind
    if before.kind in "dg" and lower not in ("said", "says") and lower[-1] != "é":  # a déclaré
        return "w"
    if lower in words("speakers.txt", "noun-cues") or kind == "b":
        if before.kind in "wn" and len(row) > 1 and row[-2].kind in "dg" and row[-2].text.lower() in _OWNERS:
            speaks = _PLURAL.search(before.text) or is_group(before.text) or before.text in human_nouns()
            return kind if speaks else "w"  # "his recent remarks", but "his mother claims"
        if _governor(row) not in ("", "to"):
            return "w"  # "in reports", "of media claims"
    if kind == "b" and before.kind in "PONLE":
        return "w"  # "AOE state coordinator": one name has no bare verb
    return kind


def _governor(row: Sequence[Word]) -> str:
    """Return the preposition that governs what a row of words ends in, "" where none does."""
    at = len(row) - 1
    while at >= 0 and row[at].kind in "wndN" and len(row) - at < 4:
        at -= 1
    return row[at].text.lower() if at >= 0 and row[at].kind == "f" else ""


_OWNERS = frozenset(("his", "her", "its", "their", "my", "our", "’s", "'s"))


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences between ``start`` and ``end``."""
    found, begin = [], start
    for match in _SENTENCE_END.finditer(text, start, end):
        abbreviated = text[match.start()] == "." and _ABBREVIATED.search(
            text, max(start, match.start() - _LONGEST_ABBREVIATION), match.start()
        )
        if abbreviated and "\n" not in match.group() and _BEGINS.match(text, match.end()) is None:
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
