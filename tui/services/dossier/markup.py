"""Markup: HTML and SVG built as values, so that no text from outside can become markup.

`verification` reads back only what is written here: names in ASCII, attributes in double quotes, every
element closed.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VOID = frozenset(("meta", "br", "hr"))
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"
Attributes: TypeAlias = "Mapping[str, str | int | float | None]"


def element(name: str, attributes: Attributes | None = None, *children: Child) -> Markup:
    """Return an element; a child is escaped unless it is `Markup`, and None is nothing.

    Attributes that are None are left out; those of an empty string stand.
    """
    written = "".join(
        f' {_named(key)}="{escape(shown(str(value)))}"'
        for key, value in (attributes or {}).items()
        if value is not None
    )
    if name in VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{_named(name)}{written}>{joined(children)}</{name}>")


def joined(children: Child) -> Markup:
    """Return what children are together."""
    if children is None:
        return Markup()
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(shown(children), quote=False))
    return Markup("".join(map(joined, children)))


def shown(text: str) -> str:
    """Return ``text`` with a stand-in for each sign that could steer a screen or turn what is read around.

    As long as it was, so that spans stay true; the identity on a cleaned text.
    """
    if printable(text) == text:
        return text
    return "".join(sign if printable(sign) else "\ufffd" for sign in text)


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} names no element or attribute")
    return name
