"""Words with their true places, and the forms under which two words of two texts count as the same."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from sources.text.folding import fold
from sources.text.words import APOSTROPHES, HYPHENS, IDEOGRAPHS, LONG_WORD, MARKS, MARKS_OF_UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.model import Span, Zone

_LETTER = rf"(?:[^\W_{IDEOGRAPHS}]++|[{MARKS}{MARKS_OF_UNSPACED}])"

_TOKEN = re.compile(
    rf"""
      [{IDEOGRAPHS}]
    | (?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?      # U.S., e.g., U.S.A
    | (?:[A-Z]{{1,3}}(?=[$£€¥]))?[$£€¥₹₩₽¢]\d+(?:[.,]\d+)*(?:[^\W\d_]+)?   # $14.3, US$14.3bn
    | \d+(?:[.,:/]\d+)+(?:%|{_LETTER}+)?                          # 1,000 14.3% 12:30 1/2
    | (?<![^\W_])[A-Za-z](?:\+\+|\#)(?![^\W_])                    # C++, F#
    | (?>{_LETTER}+)
      (?> (?: (?:[{APOSTROPHES}{HYPHENS}&] | \.(?=[a-z0-9])) {_LETTER}+ )* )
      (?: % )?                                                    # 49%
    """,
    re.VERBOSE,
)

_WORD_OR_SIGN = re.compile(rf"{_TOKEN.pattern} | \S", re.VERBOSE)


class Token(NamedTuple):
    """A word, number or ideograph: its place in the text, and the form it is compared by."""

    start: int
    end: int
    norm: str


def normalised(word: str) -> str:
    """Return the form by which a word is compared: folded, no possessive, no thousands separators."""
    return _remembered(word) if len(word) <= LONG_WORD else _normalised(word)


def _normalised(word: str) -> str:
    norm = fold(word)
    if norm.endswith("'s") and len(norm) > 2:
        norm = norm[:-2]
    if norm[-1:] == "." and norm.count(".") > 1:
        norm = norm[:-1]
    if "," in norm:
        norm = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", norm)
    return norm or word


_remembered = lru_cache(maxsize=1 << 16)(_normalised)


def tokenize(text: str, span: Span | None = None) -> list[Token]:
    """Return the words of ``text``, or of ``span`` of it, in order, with offsets into ``text``.

    Inner apostrophes, hyphens, ampersands and periods belong to a word (U.S., GPT-4, R&D), a currency
    sign or percent sign to its number; each ideograph or kana is a token of its own.
    """
    return list(_tokens(text, 0, len(text)) if span is None else _tokens(text, span.start, span.end))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield Token(match.start(), match.end(), normalised(match[0]))


def norms(text: str, span: Span) -> list[str]:
    """Return only the comparable forms of the words of a span, in order; the quickest way to them."""
    return [normalised(word) for word in written_words(text, span)]


def written_words(text: str, span: Span) -> list[str]:
    """Return the words of a span as they are written, in order."""
    found: list[str] = _TOKEN.findall(text, span.start, span.end)
    return found


def words_and_signs(text: str, span: Span) -> list[tuple[int, str]]:
    """Return where each word, and each sign between words, of a span begins and what stands there."""
    return [(match.start(), match[0]) for match in _WORD_OR_SIGN.finditer(text, span.start, span.end)]


def count_words(text: str, zones: Sequence[Zone] = ()) -> int:
    """Return the number of words of ``text`` outside its muted zones; without zones, of all of it."""
    shown = [text[zone.start : zone.end] for zone in zones if not zone.kind.muted] if zones else [text]
    return sum(map(_count_words, shown))


_AROUND_WORDS = ".,;:!?\"'()[]“”‘’—–…"


def _count_words(text: str) -> int:
    """Count by pieces between white space, which no word reaches across: most are one plain word."""
    pieces = text.split()
    count = len(pieces)
    others = [*filterfalse(str.isalpha, pieces)]
    if not text.isascii():
        others += filter(str.isalpha, filterfalse(str.isascii, pieces))
    for piece in others:
        bare = piece.strip(_AROUND_WORDS)
        if not (bare.isalpha() and bare.isascii()):
            count += len(_TOKEN.findall(piece)) - 1
    return count
