"""The table of all signs that the screen shows: where each stands, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LOOKS = frozenset({"underlined", "bold", "italic", "reversed"})  # how words look; no sign stands there
# What a sign may be drawn as, where it is not drawn as itself.
_DRAWN = {"▁": "▁▂▃▄▅▆▇", "[-": ("[-",), "{+": ("{+",)}


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign; its place is a pane's id, or ``list``, ``title`` or ``text``, with a heading for people."""

    sign: str
    meaning: str
    place: str
    heading: str


def _read() -> Iterator[Sign]:
    """Yield the signs of the table beside this module; it says what its columns are."""
    place = heading = ""
    for line in Path(__file__).with_name("signs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and ": " in line and line.endswith("]"):
            place, _, heading = line.strip("[]").partition(": ")
        elif line and not line.startswith("#"):
            sign, _, meaning = line.partition(" | ")
            yield Sign(sign, meaning, place, heading)


SIGNS: tuple[Sign, ...] = tuple(_read())


def signs_by_heading() -> dict[str, tuple[Sign, ...]]:
    """Return all signs by what they stand in, in the order of the table."""
    found: dict[str, list[Sign]] = {}
    for sign in SIGNS:
        found.setdefault(sign.heading, []).append(sign)
    return {heading: tuple(members) for heading, members in found.items()}


def signs_on(drawn: Mapping[str, Iterable[str]]) -> tuple[Sign, ...]:
    """Return the signs that are on a screen: ``drawn`` are the lines of each place that is shown."""
    shown = {place: "\n".join(lines) for place, lines in drawn.items()}
    letters = {place: _letters(place) for place in shown}
    return tuple(
        sign
        for sign in SIGNS
        if sign.place in shown and _is_in(sign.sign, shown[sign.place], letters[sign.place])
    )


def _letters(place: str) -> frozenset[str]:
    return frozenset(sign.sign for sign in SIGNS if sign.place == place and sign.sign.isalpha())


def _is_in(sign: str, text: str, letters: frozenset[str]) -> bool:
    """Tell whether a sign is in a text; letters only where they stand alone or among others of their kind."""
    if not text.strip():
        return False
    if sign in LOOKS:
        return True
    if not sign.isalpha() or sign == "ⁿ":
        return any(each in text for each in _DRAWN.get(sign, (sign,)))
    if len(sign) > 1:
        return re.search(rf"(?<![\w:]){sign}\b", text) is not None  # is:orphan is a filter
    return any(sign in word and set(word) <= letters for word in re.findall(r"\w+", text))


def sign_tables() -> str:
    """Return the signs as Markdown, a table a place, as the page of signs shows them."""
    parts = []
    for heading, signs in signs_by_heading().items():
        rows = [
            f"| {sign.sign if sign.sign in LOOKS else _code(sign.sign)} | {sign.meaning} |" for sign in signs
        ]
        parts.append("\n".join([f"## {heading}\n", "| sign | means |", "|---|---|", *rows]))
    return "\n" + "\n\n".join(parts) + "\n\n"


def _code(sign: str) -> str:
    return f"`{sign}`"
