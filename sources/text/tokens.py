"""Words with their true places, and the forms under which two words count as the same.

A token's ``norm`` is for comparing words of two texts; ``fold`` is the same folding for any text,
done character by character, so that a caller can map a place in the folded text back.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from sources.text.stemming import LONG_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.model import Span, Zone

_STOPWORDS = """
    a about above after again against all also am an and any are as at be because been before being
    below between both but by can cannot could did do does doing down during each few for from further
    had has have having he her here hers herself him himself his how i if in into is it its itself just
    may me might more most must my myself no nor not of off on once only or other our ours ourselves out
    over own same shall she should so some such than that the their theirs them themselves then there
    these they this those through to too under until up upon very was we were what when where which while
    who whom whose why will with would you your yours yourself yourselves i'm i've i'd i'll you're you've
    you'd you'll he'd he'll she'd she'll it'd it'll we're we've we'd we'll they're they've they'd they'll
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't
    shouldn't mustn't
"""
STOPWORDS: frozenset[str] = frozenset(_STOPWORDS.split())

# Vowel signs and accents are parts of words although they are not letters; the ranges are those of the
# scripts in which newspapers appear.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0963\u0971-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u102b-\u103e"
    "\u17b4-\u17d3\u200c\u200d\u00ad"
)
_IDEOGRAPH = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?:[^\W_{_IDEOGRAPH}]++|[{_MARKS}])"
_APOSTROPHE = "'’ʼ＇"
_HYPHEN = "\\-‐‑"

_TOKEN = re.compile(
    rf"""
      [{_IDEOGRAPH}]
    | (?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?      # U.S., e.g., U.S.A
    | (?:[A-Z]{{1,3}}(?=[$£€¥]))?[$£€¥₹₩₽¢]\d+(?:[.,]\d+)*(?:[^\W\d_]+)?   # $14.3, US$14.3bn
    | \d+(?:[.,:/]\d+)+(?:%|{_LETTER}+)?                          # 1,000 14.3% 12:30 1/2
    | (?<![^\W_])[A-Za-z](?:\+\+|\#)(?![^\W_])                    # C++, F#
    | (?>{_LETTER}+)
      (?> (?: (?:[{_APOSTROPHE}{_HYPHEN}&] | \.(?=[a-z0-9])) {_LETTER}+ )* )
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


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in "’‘ʼ＇‛`´":
            folded = "'"
        elif character in "“”„‟«»＂″":
            folded = '"'
        elif character in "‐‑‒–—−":
            folded = "-"
        elif character in "\u00ad\u200b\u200c\u200d\ufeff" or "\u0300" <= character <= "\u036f":
            folded = ""
        elif "\uac00" <= character <= "\ud7a3":
            folded = character
        else:
            parts = unicodedata.normalize("NFKD", character.casefold())
            folded = "".join(part for part in parts if not "\u0300" <= part <= "\u036f").casefold()
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return ``text`` without case, accents, curly quotes and kinds of dashes.

    The folding of a text is that of its characters, one after the other; a character may become none
    or several.
    """
    return text.lower() if text.isascii() and "`" not in text else text.translate(_FOLDING)


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
    return [normalised(word) for word in _TOKEN.findall(text, span.start, span.end)]


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
