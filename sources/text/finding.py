"""Where a text says something, in whatever spelling it was asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from sources.model import Span
from sources.text.folding import Folded, fold

_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,?\d{3})+(?!\d|,\d)")
_remembered = lru_cache(maxsize=2)(Folded)  # a reader looks in one text again with every key


def find_spans(text: str, wanted: str) -> tuple[Span, ...]:
    """Return where ``wanted`` stands in ``text``, both folded, in order.

    Its white space matches any white space, and its thousands may be separated or not.
    """
    words = fold(wanted).split()
    if not words:
        return ()
    pattern = re.compile(r"\s+".join(map(_pattern, words)))
    folded = _remembered(text)
    # Two places in one character, such as both letters of a ligature, are one.
    return tuple(dict.fromkeys(folded.span(*match.span()) for match in pattern.finditer(folded.text)))


def quoted_spans(text: str, quote: str) -> tuple[Span, ...]:
    """Return where ``quote`` stands in ``text`` word for word; where it never does, in any spelling."""
    exact = tuple(Span(*match.span()) for match in re.finditer(re.escape(quote), text)) if quote else ()
    return exact or find_spans(text, quote)


def loose(text: str) -> str:
    """Return ``text`` folded and with single spaces: two texts are equal so where each finds the other."""
    return " ".join(fold(text).split())


def _pattern(word: str) -> str:
    """Return the expression for a folded word."""
    parts: list[str] = []
    at = 0
    for number in _NUMBER.finditer(word):
        digits = number[0].replace(",", "")
        head = len(digits) % 3 or 3
        groups = [digits[:head], *(digits[place : place + 3] for place in range(head, len(digits), 3))]
        parts += (re.escape(word[at : number.start()]), ",?".join(groups))
        at = number.end()
    return "".join([*parts, re.escape(word[at:])])
