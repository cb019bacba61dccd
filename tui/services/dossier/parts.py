"""Parts that the sections of a dossier's page are made of: tables, legends, what is known of a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.notes.export.bylines import one_line
from sources.notes.export.citations import web_address
from sources.text.cleaning import sha256_of
from tui.services.dossier.markup import Markup, element, joined, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.model import Source
    from tui.services.dossier.markup import Child

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def facts_of(source: Source) -> Iterator[Child]:
    """Yield the names and values of what is known of a source."""
    address = web_address(source.url)
    linked: Child = one_line(source.url)
    if address is not None:
        linked = element("a", {"href": address, "rel": "noopener noreferrer"}, address)
    known: Sequence[tuple[str, Child]] = (
        ("Name", str(source.ref)),
        ("Publisher", one_line(source.publisher)),
        ("Author", one_line(source.author)),
        ("Date", one_line(source.date)),
        ("Address", linked),
        ("SHA-256", element("code", None, sha256_of(shown(source.text)))),
    )
    for name, value in known:
        if value:
            yield [element("dt", None, name), element("dd", {"dir": "auto"}, value)]


def legend(*told: Child) -> Markup:
    """Return what tells how a section is read."""
    return element("p", {"class": "legend"}, told)


def small(*told: Child) -> Markup:
    """Return a line in small letters."""
    return element("p", {"class": "small"}, told)


def counted(count: int, what: str) -> str:
    """Return ``1 note`` or ``2 notes``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def language_of(source: Source) -> str | None:
    """Return the language of a source, where it is named as pages name it."""
    return source.language if source.language and _LANGUAGE.fullmatch(source.language) else None


def apart(parts: Iterable[Markup]) -> Markup:
    """Return parts with commas between them."""
    return Markup(", ".join(parts))


def table(headings: Sequence[Child], rows: Iterable[Markup], told: str, name: str = "plain") -> Markup:
    """Return a table under what it tells, in a region that scrolls where it is wider than the page."""
    head = element("tr", None, (element("th", {"scope": "col"}, heading) for heading in headings))
    drawn = element("table", {"class": name}, element("thead", None, head), element("tbody", None, rows))
    above = legend(told) if told else None
    return joined([above, wide(told or "Table", drawn)])


def wide(told: str, content: Markup) -> Markup:
    """Return what may be wider than the page as a region that scrolls, by keys too."""
    return element("div", {"class": "wide", "role": "region", "aria-label": told, "tabindex": 0}, content)
