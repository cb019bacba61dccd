"""Where in a text a figure can be at all: one quick pass over its words."""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.evidence.units import (
    CODES,
    CURRENCY_NAMES,
    PARTS_IN_WORDS,
    SIGNS,
    TENS_IN_WORDS,
    UNITS_IN_WORDS,
    VULGAR_FRACTIONS,
)

_PIECE = re.compile(rf"[^\W\d_]+|\d[\d.,]*|[{''.join(sorted({sign[-1] for sign in SIGNS}))}%]")
_UNIT, _NUMBER, _PART, _VAGUE, _ARTICLE = 1, 2, 3, 4, 5
_UNIT_WORDS = "per percent pct percentage basis prozent pour por cent cents pence rs kr"
_OF_WORD = (
    dict.fromkeys(("a", "an"), _ARTICLE)
    | dict.fromkeys((*UNITS_IN_WORDS, *TENS_IN_WORDS), _NUMBER)
    | dict.fromkeys((form for part in PARTS_IN_WORDS for form in (part, f"{part}s")), _PART)
    | dict.fromkeys(("dozens", "scores", "hundreds", "thousands", "millions", "billions"), _VAGUE)
    | dict.fromkeys((form for name in CURRENCY_NAMES for form in (name.split()[0], f"{name}s")), _UNIT)
    | dict.fromkeys(_UNIT_WORDS.split(), _UNIT)
    | dict.fromkeys((*SIGNS, "%"), _UNIT)
)


class Triggers(NamedTuple):
    """The places, in order, of units, numbers, words for parts, and words such as ``hundreds``."""

    units: list[int]
    numbers: list[int]
    parts: list[int]
    vague: list[int]


class _Classes(dict[str, int]):
    """What each piece of a text is, worked out when it is first met; at most so many are kept."""

    _MOST = 100_000

    def __missing__(self, piece: str) -> int:
        if piece[0].isdigit() or piece in VULGAR_FRACTIONS:
            return _NUMBER
        found = _UNIT if piece in CODES else _OF_WORD.get(piece.lower(), 0)
        if len(self) < self._MOST:
            self[piece] = found
        return found


_CLASSES = _Classes()


def find_triggers(text: str, start: int, end: int) -> Triggers:
    """Find where figures can be between ``start`` and ``end``."""
    units: list[int] = []
    numbers: list[int] = []
    parts: list[int] = []
    vague: list[int] = []
    places = (None, units, numbers, parts, vague)
    for match in _PIECE.finditer(text, start, end):
        found = _CLASSES[match[0]]
        if not found:
            continue
        if found == _ARTICLE:
            if text.startswith(" hundred", match.end()):
                numbers.append(match.start())
            continue
        kept = places[found]
        if kept is not None:
            kept.append(match.start())
    return Triggers(units, numbers, parts, vague)
