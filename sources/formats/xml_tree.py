"""XML from outside as a tree: no entities, nothing loaded, bounded in depth and size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sources.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

DEEPEST = 200  # elements in each other
MOST_ELEMENTS = 2_000_000
# What may be before the outermost element: instructions, the declaration among them, and comments.
PROLOGUE = r"\s*(?:<\?.{0,2000}?\?>\s*|<!--.{0,4000}?-->\s*)*"
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")


class _Refused(Exception):
    """The document holds what is not read; the text is a clause."""


def xml_tree(data: bytes, *, part: str = "", path: Path | None = None) -> Element:
    """Return the root of a document; names are ``namespace}name``, as `local` reads them.

    Raises Malformed, which names the ``part`` of the file, for what is no XML, declares entities, or is
    beyond the bounds.
    """
    within = f"{part} in it " if part else ""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    builder = TreeBuilder()
    open_elements = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_elements, elements
        open_elements += 1
        elements += 1
        if open_elements > DEEPEST:
            raise _Refused(f"nests more than {DEEPEST} elements in each other")
        if elements > MOST_ELEMENTS:
            raise _Refused(f"has more than {MOST_ELEMENTS:,} elements")
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal open_elements
        open_elements -= 1
        builder.end(name)

    def refuse(*_: object) -> None:
        raise _Refused("declares entities, which are not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - it takes no name
    except _Refused as error:
        raise Malformed(f"{within}{error}", path=path) from None
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last two of its encoding
        raise Malformed(f"{within}is not XML: {error}", path=path) from None
    return builder.close()


def without_declaration(text: str) -> str:
    """Return a document without its first line, which says how it was encoded before it was decoded."""
    found = _DECLARATION.match(text)
    return text[found.end() :] if found else text


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute, of whatever namespace; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def all_of(element: Element, *names: str) -> Iterator[Element]:
    """Yield the element and those below it, in order, that have one of these names."""
    return (each for each in element.iter() if local(each) in names)


def outermost(element: Element, *names: str, but: Container[str] = ()) -> Iterator[Element]:
    """Yield those below the element of these names that are in no other such, nor in one of ``but``.

    However they are nested, what is in them comes once.
    """
    for each in element:
        name = local(each)
        if name in names:
            yield each
        elif name not in but:
            yield from outermost(each, *names, but=but)


def text_of(element: Element) -> str:
    """Return all text of an element, on one line."""
    return " ".join("".join(element.itertext()).split())
