"""How text becomes the terms of the index, and a query's words the terms to look for.

Every word is kept as it stands, folded (no case, no accents), and once more as its English stem where
that differs. What people write with signs is kept with them too: ``C++``, ``R&D``, ``U.S.``, ``$14.3``,
``49%``, ``#tag``. Words joined by hyphens are separate words side by side, so that both ``GPT-4`` and
``gpt`` find "GPT-4", and one word as well, so that ``email`` finds "e-mail". A word in capitals is kept as
such too, so that "US" can be told from "us". ``&`` is the word "and"; an emoji is a word. Scripts without
spaces are kept by character and by pair of neighbours.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.text.folding import fold
from sources.text.words import APOSTROPHES, MARKS, UNSPACED, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

ANALYSIS_VERSION = 5
STEM_MARK = "~"  # stands before a stem in the dictionary; no word holds it
CAPITALS_MARK = "^"  # stands before a word that is written in capitals; no word holds it
LONGEST_TERM = 64  # code points; longer runs are cut, in texts and in queries alike

# Soft hyphens and joiners are marks inside words, which the expression for Latin text does not know.
_NOT_LATIN = re.compile(r"[^\u0000-\u02ff\u2000-\u2bff]|[\u00ad\u200c\u200d]")


_HYPHENS = "-‐‑"
# Emoji and dingbats, without the tones of skin, which fold to nothing.
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001f3fa\U0001f400-\U0001faff"


def _pattern(letter: str, before: str) -> re.Pattern[str]:
    """Build the expression for words; ``letter`` is one letter, ``before`` what may stand before it."""
    return re.compile(
        rf"""
          {before}
        | (?P<initials>(?<!{letter})(?:
              (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!{letter}))?  # U.S., e.g
            | (?:[^\W\d_]{{1,3}}\.){{2,}}(?!{letter})  # Ph.D., B.Sc.
            | (?:[A-Z][a-z]{{0,2}}\.)+[A-Z][a-z]{{0,2}}(?!{letter}|\.)  # Ph.D, M.Sc
          ))
        | (?:[$€£¥₹₩₽¢]|(?<![#@])(?<!{letter})[#@])?
          (?: \d+(?>(?:[.,٫٬]\d+)+)
            | (?<!{letter}){letter}{{1,4}}(?:&{letter}{{1,4}})+(?!{letter})
            | (?>{letter}+)(?>(?:[{APOSTROPHES}]{letter}+)*)
          )
          (?:(?:%|\+\+|\#|\+)(?![+#]|{letter}))?
        | &
        | [{_PICTURES}]
        """,
        re.VERBOSE,
    )


# Latin text needs only this one; the full expression takes forty times as long to compile.
_LATIN = _pattern(r"[^\W_]", "(?P<unspaced>(?!))")


@lru_cache(maxsize=1)
def _full() -> re.Pattern[str]:
    return _pattern(rf"(?:[^\W_{UNSPACED}]|[{MARKS}])", f"(?P<unspaced>[{UNSPACED}])")


def is_latin(text: str, start: int = 0, end: int | None = None) -> bool:
    """Tell whether all of ``text[start:end]`` is Latin script, signs and punctuation."""
    return _NOT_LATIN.search(text, start, len(text) if end is None else end) is None


def _words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (_LATIN if is_latin(text, start, end) else _full()).finditer(text, start, end)


_LEADING = "$€£¥₹₩₽¢#@"
_TRAILING = "%+#"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Token(NamedTuple):
    """A word of a text: its place, its folded form, the form with its signs, and further spellings.

    ``written`` equals ``norm`` for a word without signs; ``also`` are forms under which it is found too
    (``us`` for "U.S.", ``email`` for both words of "e-mail").
    """

    start: int
    end: int
    norm: str
    written: str
    also: tuple[str, ...]

    @property
    def has_signs(self) -> bool:
        """Tell whether the word was written with signs that narrow what it means."""
        return self.written != self.norm


class Forms(NamedTuple):
    """The forms of one word as it is in a text."""

    norm: str
    written: str
    also: tuple[str, ...]


@lru_cache(maxsize=1 << 15)
def forms(raw: str) -> Forms:
    """Return the forms of a word of a spaced script, given as it is in the text."""
    if raw == "&":
        return Forms("and", "and", ())
    whole = fold(raw) or raw  # marks without a letter fold to nothing
    bare = whole.strip(_LEADING).rstrip(_TRAILING) or whole
    if "." in bare and bare[0].isalpha():
        norm = bare.strip(".")[:LONGEST_TERM]
        joined = norm.replace(".", "")
        return Forms(norm, norm, (joined, *_in_capitals(raw, joined)))
    norm = _THOUSANDS.sub("", bare) if "," in bare else bare
    if norm.endswith("'s") and len(norm) > 2:
        norm = norm[:-2]
    head, apostrophe, tail = norm.partition("'")
    norm = norm[:LONGEST_TERM]
    also: tuple[str, ...] = _in_capitals(raw, norm)
    if apostrophe:
        of_tail = (tail[:LONGEST_TERM],) if len(head) <= 2 and len(tail) >= 3 else ()
        also = (*of_tail, norm.replace("'", ""), *also)
    if bare == whole:
        return Forms(norm, norm, also)
    written = whole.replace(bare, norm, 1) if len(bare) <= LONGEST_TERM else norm
    return Forms(norm, written, also)


def _in_capitals(raw: str, norm: str) -> tuple[str, ...]:
    """Return the form of a word in capitals that says so; nothing for any other word."""
    return (CAPITALS_MARK + norm,) if len(norm) > 1 and raw.isupper() else ()


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the words of ``text[start:end]`` in order; offsets are into ``text``."""
    stop = len(text) if end is None else end
    run: list[Token] = []  # words joined by hyphens
    for match in _words(text, start, stop):
        if match["unspaced"] is None:
            token = Token(match.start(), match.end(), *forms(match[0]))
        else:
            token = _unspaced(text, match.start(), stop)
        if run and not _is_hyphen(text, run[-1].end, token.start):
            yield from _joined_too(run)
            run.clear()
        run.append(token)
    yield from _joined_too(run)


def _is_hyphen(text: str, end: int, start: int) -> bool:
    return end + 1 == start and text[end] in _HYPHENS


def _joined_too(run: list[Token]) -> list[Token]:
    """Return words joined by hyphens, the first and the last to be found as one word too."""
    joined = compound(tuple(token.norm for token in run)) if len(run) > 1 else None
    if joined is not None:
        for place in (0, -1):
            run[place] = run[place]._replace(also=(*run[place].also, joined))
    return run


@lru_cache(maxsize=1 << 12)
def compound(words: tuple[str, ...]) -> str | None:
    """Return the one word that words joined by hyphens are without them; None for what is none.

    ``10-12`` and ``24-hour`` are no words.
    """
    joined = "".join(words)
    return joined[:LONGEST_TERM] if words[0].isalpha() and joined.isalnum() else None


def _unspaced(text: str, place: int, stop: int) -> Token:
    """Make the token of one character of a script without spaces; the written form is the pair."""
    norm = fold(text[place]) or text[place]
    if place + 1 < stop and is_unspaced(text[place + 1]):
        return Token(place, place + 1, norm, norm + fold(text[place + 1]), ())
    return Token(place, place + 1, norm, norm, ())


@lru_cache(maxsize=1 << 12)
def is_unspaced(character: str) -> bool:
    """Tell whether a character belongs to a script that writes words without spaces between them."""
    if character < UNSPACED[0]:
        return False  # the expression takes long to compile, and few texts need it
    return re.match(f"[{UNSPACED}]", character) is not None


def word_terms(norm: str) -> tuple[str, ...]:
    """Return the dictionary terms under which all words with the stem of ``norm`` are found."""
    root = stem(norm)
    return (root, STEM_MARK + root) if stem(root) == root else (STEM_MARK + root,)


@lru_cache(maxsize=1 << 16)
def _terms_of(raw: str) -> tuple[tuple[str, ...], str | None]:
    norm, written, also = forms(raw)
    terms = tuple(dict.fromkeys((norm, written, *also)))
    root = stem(norm)
    return terms, None if root == norm else STEM_MARK + root


class Analysed(NamedTuple):
    """The terms of one field of one source: positions by word, and how often each stem occurs."""

    positions: dict[str, list[int]]
    stems: dict[str, int]
    length: int  # in words


def analyse(text: str) -> Analysed:
    """Take a whole text apart; positions count words from 0."""
    positions: dict[str, list[int]] = {}
    stems: dict[str, int] = {}
    place, end = -1, -1
    run: list[str] = []  # words joined by hyphens
    for place, match in enumerate(_words(text, 0, len(text))):
        if len(run) > 1 and not _is_hyphen(text, end, match.start()):
            _join(run, place - 1, positions, stems)
        if end < 0 or not _is_hyphen(text, end, match.start()):
            run.clear()
        end = match.end()
        if match["unspaced"] is None:
            run.append(forms(match[0]).norm)
            terms, root = _terms_of(match[0])
            if root is not None:
                stems[root] = stems.get(root, 0) + 1
        else:
            token = _unspaced(text, match.start(), len(text))
            run.append(token.norm)
            terms = (token.norm,) if token.written == token.norm else (token.norm, token.written)
        for term in terms:
            found = positions.get(term)
            if found is None:
                positions[term] = [place]
            else:
                found.append(place)
    if len(run) > 1:
        _join(run, place, positions, stems)
    return Analysed(positions, stems, place + 1)


def _join(run: list[str], last: int, positions: dict[str, list[int]], stems: dict[str, int]) -> None:
    """Add the one word that words joined by hyphens are too, where they begin and where they end."""
    joined = compound(tuple(run))
    if joined is not None:
        positions.setdefault(joined, []).extend((last - len(run) + 1, last))
        root = stem(joined)
        if root != joined:
            stems[STEM_MARK + root] = stems.get(STEM_MARK + root, 0) + 1


def fingerprint() -> str:
    """Return what tells one way of analysing from another, so that an index made otherwise is noticed."""
    probe = (
        "The U.S. runners' R&D cost $1,400.5 (49%) in C++; l'Oréal flies to a Straße, naïvely in Łódź;"
        " half a ½, adding ads internationally; an e-mail & a Ph.D. for O'Neill ✔ ١٢"
    )
    analysed = analyse(probe)
    described = repr((ANALYSIS_VERSION, sorted(analysed.positions), sorted(analysed.stems)))
    return f"{zlib.crc32(described.encode()):08x}"


# An exact amount is a range of one value, so that ``$14.3bn``, ``14.3 billion dollars`` and ``$14,300m`` are
# one and the same term, and a range in a text is found by whatever overlaps it.

_DIGITS = 16  # hexadecimal, of a double
_SIGN = 1 << 63
_ALL = (1 << 64) - 1


class Amount(NamedTuple):
    """A value of a unit (an ISO 4217 code, ``percent``, ``percentage points``), or a range of values."""

    unit: str
    low: float
    high: float


def amount_term(amount: Amount) -> str:
    """Return the term of an amount; terms of one unit are in the order of their least values."""
    return f"{unit_term(amount.unit)}{_sortable(amount.low)}{_sortable(amount.high)}"


def unit_term(unit: str) -> str:
    """Return what the terms of all amounts of a unit begin with."""
    return f"{unit.casefold().replace(' ', '-')}="


def amount_of(term: str) -> Amount | None:
    """Return the amount that a term stands for; None for any other text."""
    unit, equals, digits = term.rpartition("=")
    if not equals or len(digits) != 2 * _DIGITS:
        return None
    try:
        low, high = (_value(digits[at : at + _DIGITS]) for at in (0, _DIGITS))
    except ValueError:
        return None
    return Amount(unit, low, high)


def bounds_of(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range of a figure: its own when both ends are said, else just its value."""
    return (value, value) if low is None or high is None else (low, high)


def _sortable(value: float) -> str:
    (bits,) = struct.unpack(">Q", struct.pack(">d", value + 0.0))
    return f"{(bits ^ _ALL) if bits & _SIGN else (bits | _SIGN):016x}"


def _value(digits: str) -> float:
    bits = int(digits, 16)
    bits = bits & ~_SIGN if bits & _SIGN else bits ^ _ALL
    (value,) = struct.unpack(">d", struct.pack(">Q", bits))
    return float(value)
