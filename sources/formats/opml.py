"""OPML: a list of feeds, as feed readers write it; the files that it names are read in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.formats.parsing import one_line
from sources.formats.xml_tree import PROLOGUE, all_of, attribute, without_declaration, xml_tree

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = frozenset({".opml"})
_ROOT = re.compile(PROLOGUE + r"<opml\b", re.DOTALL | re.IGNORECASE)


class Outline(NamedTuple):
    """A feed of the list: its address, or the path of a file as it is written, and its title."""

    address: str
    title: str | None


def matches(text: str) -> bool:
    """Tell a list of feeds by its root element."""
    return _ROOT.match(text[:20_000]) is not None


def outlines(text: str, path: Path | None) -> tuple[Outline, ...]:
    """Return the feeds of a list, each once; raises Malformed for what is no XML."""
    root = xml_tree(without_declaration(text).encode(), path=path)
    found: dict[str, Outline] = {}
    for each in all_of(root, "outline"):
        address = attribute(each, "xmlUrl") or attribute(each, "xmlurl")
        if address:
            title = one_line(attribute(each, "title") or attribute(each, "text"), "title")
            found.setdefault(address, Outline(address, title))
    return tuple(found.values())
