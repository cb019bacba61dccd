"""Hedges: the words around a figure that say how exact it is, and the bounds that they set."""

from __future__ import annotations

import re

_LEAST = (
    "more than", "over", "above", "upward of", "upwards of", "in excess of", "at least", "at minimum",
    "a minimum of",
    "exceeding", "north of", "no less than", "no fewer than", "not less than", "as low as", "as little as",
    "as few as", "or more", "or higher", "plus", "+",
)  # fmt: skip
_MOST = (
    "less than", "fewer than", "under", "below", "shy of", "at most", "a maximum of", "up to", "as much as",
    "as high as", "as many as", "as big as", "as large as", "nearly", "almost", "close to", "south of",
    "no more than", "not more than", "or less", "or fewer", "or lower",
)  # fmt: skip
_OPEN = (
    "about", "around", "roughly", "approximately", "approx.", "approx", "circa", "ca.", "some",
    "an estimated",
    "estimated", "more or less", "~", "or so",
)  # fmt: skip
_AFTER = ("or more", "or higher", "or less", "or fewer", "or lower", "or so", "plus", "at least", "at most")
_STRENGTH = r"(?:(?:just|slightly|well|far|much|a little|a bit) )?"


def _any_of(hedges: tuple[str, ...]) -> str:
    return "|".join(re.escape(hedge) for hedge in sorted(hedges, key=len, reverse=True))


_BEFORE_FIGURE = re.compile(
    rf"(?:^|(?<=[\s(\"“‘—–-]))(?P<hedge>{_STRENGTH}(?:{_any_of((*_LEAST, *_MOST, *_OPEN))}))"
    r"(?: an?)?[ \u00a0]?$",
    re.IGNORECASE,
)
_AFTER_FIGURE = re.compile(rf"(?P<hedge>\+(?!\d)| (?:{_any_of(_AFTER)})\b)")
# "hand over $5m" is no hedge
_WITH_OVER = re.compile(
    r"\b(?:hand|turn|sign|take|took|taken|carr|pass)(?:s|es|ed|ing|ies|ied)? $", re.IGNORECASE
)
_STRENGTH_OF = re.compile(rf"^{_STRENGTH}")


def hedge_of(text: str, start: int, end: int, limits: tuple[int, int]) -> str | None:
    """Return the hedge of a figure at ``start`` to ``end`` in small letters, None where there is none.

    Nothing outside ``limits`` counts.
    """
    match = _BEFORE_FIGURE.search(text, max(limits[0], start - 32), start)
    if match is not None and match["hedge"].lower() == "over":
        verb = _WITH_OVER.search(text, max(limits[0], match.start() - 12), match.start())
        match = None if verb else match
    if match is None:
        match = _AFTER_FIGURE.match(text, end, limits[1])
    return match.group("hedge").strip().lower() if match is not None else None


def bounds(hedge: str | None, value: float) -> tuple[float | None, float | None]:
    """Return the lowest and highest that ``value`` may stand for by its hedge, None where it sets none."""
    bare = _STRENGTH_OF.sub("", hedge) if hedge is not None else ""
    return (value if bare in _LEAST else None), (value if bare in _MOST else None)
