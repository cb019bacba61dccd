"""Tokens: the few words and signs of a text that numbers are made of, found in one quick pass."""

from __future__ import annotations

import re
from enum import IntEnum, auto
from typing import NamedTuple

from sources.evidence.figures.number_words import (
    DOZENS,
    FACTORS,
    PARTS_IN_WORDS,
    VULGAR_FRACTIONS,
    WORD_VALUES,
)
from sources.evidence.figures.units import CODES, SHORT_NAMES, SIGNS

LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"  # of scripts that part words by spaces
SIGN_ENDS = "".join(sorted({sign[-1] for sign in SIGNS}))
_PIECE = re.compile(rf"[{LETTERS}]+|\d+(?:[.,'’]\d+)*|[{SIGN_ENDS}{''.join(VULGAR_FRACTIONS)}]")
_VAGUE = {"dozens": (12.0, 96.0), "scores": (20.0, 100.0), "hundreds": (100.0, 1e3), "thousands": (1e3, 1e6),
          "millions": (1e6, 1e9), "billions": (1e9, 1e12), "tens": (10.0, 100.0)}  # fmt: skip
VAGUE_ENDS = _VAGUE


class TokenKind(IntEnum):
    """What a token is in a number."""

    DIGITS = auto()
    WORD = auto()  # zero to ninety
    SCALE = auto()
    DOZEN = auto()
    PART = auto()  # half, third, quarters
    FRACTION = auto()  # ½
    VAGUE = auto()  # hundreds
    FOLD = auto()  # threefold
    CURRENCY = auto()  # a sign or code that may stand before its number


class Token(NamedTuple):
    """A piece of a number with its place and value: that of a word, the factor of a scale word."""

    kind: TokenKind
    start: int
    end: int
    value: float
    word: str  # as it is written


class _Classes(dict[str, tuple[TokenKind, float] | None]):
    """What each piece of a text is, worked out when it is first met; at most so many are kept."""

    _MOST = 100_000

    def __missing__(self, piece: str) -> tuple[TokenKind, float] | None:
        if piece[0].isdigit():
            return TokenKind.DIGITS, 0.0
        found = _class_of(piece)
        if len(self) < self._MOST:
            self[piece] = found
        return found


def _class_of(piece: str) -> tuple[TokenKind, float] | None:
    small = piece.lower()
    if piece in VULGAR_FRACTIONS:
        return TokenKind.FRACTION, VULGAR_FRACTIONS[piece]
    if piece in SIGN_ENDS or piece in CODES or piece in SHORT_NAMES:
        return TokenKind.CURRENCY, 0.0
    if small in WORD_VALUES:
        return TokenKind.WORD, WORD_VALUES[small]
    if small in _VAGUE:
        return TokenKind.VAGUE, 0.0
    if small in FACTORS or small == "mil":
        return TokenKind.SCALE, FACTORS.get(small, 1e3)
    if small in DOZENS:
        return TokenKind.DOZEN, DOZENS[small]
    if small.endswith("fold") and small[:-4] in WORD_VALUES:
        return TokenKind.FOLD, WORD_VALUES[small[:-4]]
    part = PARTS_IN_WORDS.get(small.removesuffix("s")) or (2 if small == "halves" else None)
    return (TokenKind.PART, float(part)) if part else None


_CLASSES = _Classes()


def find_tokens(text: str, start: int, end: int) -> list[Token]:
    """Find the tokens between ``start`` and ``end``, in order."""
    return [
        Token(known[0], match.start(), match.end(), known[1], match[0])
        for match in _PIECE.finditer(text, start, end)
        if (known := _CLASSES[match[0]]) is not None
    ]
