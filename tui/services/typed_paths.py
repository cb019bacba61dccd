"""Paths as they are typed, pasted or dropped: several on a line, in quotes or with escaped blanks."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sources.text.folding import fold

_MOST_LISTED = 200  # names
_TO_ESCAPE = re.compile(r"([\s'\"\\])")
_QUOTES = "'\""


class Begun(NamedTuple):
    """The last path of a line: what stands before it, its folder as it is written, and its name so far."""

    before: str
    folder: str
    name: str

    def with_name(self, name: str) -> str:
        """Return the line with another name in the place of what was typed of it."""
        return self.before + _escaped(self.folder + name)


def paths_in(line: str) -> tuple[str, ...]:
    """Return the paths of a line, without quotes, ``file:`` and ``~``; one alone may have blanks."""
    whole = line.strip()
    if whole and os.path.lexists(_expanded(whole)):
        return (_expanded(whole),)
    return tuple(_expanded(word) for _, word in _words(line))


def pasted(text: str, before: str = "") -> str:
    """Return what is pasted or dropped behind ``before`` as the paths of a line, a line of it each.

    Quotes and ``file:`` go, blanks are escaped, and what begins a path of its own is parted from ``before``.
    Text that names nothing on disk stays as it is.
    """
    words: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        paths = paths_in(line)
        words += [line] if missing(paths) else map(_escaped, paths)
    whole = " ".join(words)
    begins = whole.startswith(("/", "~", "\\", *_QUOTES)) and not missing(paths_in(whole))
    return f" {whole}" if begins and before and not _ended(before) else whole


def missing(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of ``paths`` at which there is nothing; addresses are not looked at."""
    looked_at = (path for path in paths if "://" not in path and path != "-")
    return tuple(path for path in looked_at if not os.path.lexists(path))


def _escaped(path: str) -> str:
    return _TO_ESCAPE.sub(r"\\\1", path)


def begun(line: str) -> Begun:
    """Return the path that is being typed at the end of a line."""
    folder, slash, name = line.rpartition("/")
    if line[:1] not in (*_QUOTES, "") and " " in folder and Path(_expanded(folder + slash)).is_dir():
        return Begun("", folder + slash, name)  # typed with its blanks as they are
    words = _words(line)
    start, last = words[-1] if words and not _ended(line) else (len(line), "")
    folder, slash, name = _unaddressed(last).rpartition("/")
    return Begun(line[:start], folder + slash, name)


def names_for(line: str) -> tuple[str, ...]:
    """Return the names in the folder of the path being typed that have its letters in order, the best first.

    Folders end in a slash; hidden names come only after a dot.
    """
    typed = begun(line)
    wanted = fold(typed.name)
    ranked = sorted((rank, name) for name in _names(typed) if (rank := _rank(fold(name), wanted)) is not None)
    return tuple(name for _, name in ranked[:_MOST_LISTED])


def completed(line: str) -> str:
    """Return a line with its last path completed as far as all names that begin so have the same letters."""
    typed = begun(line)
    names = [name for name in _names(typed) if name.startswith(typed.name)]
    names = names or [name for name in _names(typed) if fold(name).startswith(fold(typed.name))]
    common = os.path.commonprefix(names)  # noqa: RUF071 - of letters is what is wanted
    if len(common) < len(typed.name):
        return line
    return typed.with_name(common)


def _words(line: str) -> list[tuple[int, str]]:
    """Return the words of a line with where they begin; within a word a quote is a letter."""
    words: list[tuple[int, str]] = []
    start, word, quote, escaped = -1, "", "", False
    for place, sign in enumerate(line):
        begins = start < 0
        if begins and not sign.isspace():
            start = place
        if escaped:
            word, escaped = word + sign, False
        elif sign == "\\":
            escaped = True
        elif quote and sign == quote:
            quote = ""
        elif begins and sign in _QUOTES:
            quote = sign
        elif sign.isspace() and not quote:
            if start >= 0:
                words.append((start, word))
            start, word = -1, ""
        else:
            word += sign
    if start >= 0:
        words.append((start, word))
    return words


def _ended(line: str) -> bool:
    """Tell whether the last word of a line is over: what is typed next begins another one."""
    return len(_words(line)) < len(_words(line + "x"))


def _unaddressed(word: str) -> str:
    return unquote(urlsplit(word).path) if word.startswith("file:/") else word


def _expanded(word: str) -> str:
    return os.path.expanduser(_unaddressed(word))  # noqa: PTH111 - keeps what is no path as it is


def _names(typed: Begun) -> list[str]:
    try:
        with os.scandir(_expanded(typed.folder) or ".") as found:
            return sorted(
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in found
                if typed.name.startswith(".") or not entry.name.startswith(".")
            )
    except (OSError, ValueError):
        return []


def _rank(name: str, wanted: str) -> tuple[int, int] | None:
    """Return how well a name answers: it begins so, has the letters together, or in order; None for none."""
    if wanted in name:
        return (0 if name.startswith(wanted) else 1, name.index(wanted))
    at = first = -1
    for letter in wanted:
        at = name.find(letter, at + 1)
        if at < 0:
            return None
        first = at if first < 0 else first
    return (2, at - first)
