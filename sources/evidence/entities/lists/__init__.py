"""The word lists of the names engine, as data files beside this module, and how they are read.

A list is plain text: ``#`` starts a comment line, ``[name]`` starts a section. Items stand apart by white
space, or, in the lists of names with spaces inside, by semicolons and line ends.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


def _sections(file: str) -> dict[str, list[str]]:
    """Return the lines of each section of a list, comments left out."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in resources.files(__name__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@cache
def words(file: str, section: str) -> frozenset[str]:
    """Return the words of one section of a list, as they are written there."""
    return frozenset(word for line in _sections(file)[section] for word in line.split())


@cache
def names(file: str, *sections: str) -> frozenset[str]:
    """Return the names, perhaps of several words, in the sections of a list."""
    read = _sections(file)
    lines = [line for section in sections for line in read[section]]
    return frozenset(name.strip() for line in lines for name in line.split(";") if name.strip())


@cache
def same_names(file: str, section: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return rows of ``chosen name, other names`` from a section written as ``A = B; C``."""
    rows = []
    for line in _sections(file)[section]:
        chosen, _, others = line.partition("=")
        rows.append((chosen.strip(), tuple(other.strip() for other in others.split(";"))))
    return tuple(rows)
