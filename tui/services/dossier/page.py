"""The dossier as one page of HTML: it runs nothing, loads nothing, and can be checked."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sources.notes.export.bylines import one_line
from tui.services.dossier.markup import Markup, element
from tui.services.dossier.record import MARK, RECORD_ID, record_of, seal_place, sealed
from tui.services.dossier.sections import Sections

if TYPE_CHECKING:
    from tui.services.dossier import Dossier

_CHECKED = (
    "Made by crossread. This page runs nothing and loads nothing. Whoever has crossread can check that no"
    " word of it was changed: "
)
_SENT = ". That it is the page that was sent is shown by its seal, if its maker tells you theirs."


def write_dossier(dossier: Dossier) -> str:
    """Return the page; the same dossier gives the same bytes. Raises RequestError where it is too large."""
    page = Sections(dossier)
    sections = list(page.sections())
    title = one_line(dossier.title) or dossier.story
    listed = (element("li", None, element("a", {"href": f"#{name}"}, told)) for name, told, _ in sections)
    head = [
        Markup(MARK),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        element("title", None, title),
    ]
    style = Markup(_style())
    top = [
        element("a", {"class": "skip", "href": "#main"}, "Skip to the dossier"),
        element("h1", {"dir": "auto"}, title),
        element("p", {"class": "facts"}, page.facts()),
        page.told(),
        element("nav", {"aria-label": "Contents"}, element("ul", None, listed)),
    ]
    body = [
        element("section", {"id": name, "aria-labelledby": f"{name}-heading"},
                element("h2", {"id": f"{name}-heading"}, told), content)
        for name, told, content in sections
    ]  # fmt: skip
    record = element("template", {"id": RECORD_ID}, record_of(dossier, page.passages.shown))
    written = "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            element("meta", {"http-equiv": "Content-Security-Policy", "content": policy()}),
            *head,
            element("style", None, style),
            "</head>",
            "<body>",
            element("header", None, top),
            element("main", {"id": "main"}, body),
            record,
            "<footer>",
            element("p", None, _CHECKED, element("code", None, "crossread verify FILE"), _SENT),
            f"<p>Seal (SHA-256 of this file, with zeros for the seal): {seal_place()}",
        ]
    )  # fmt: skip
    return sealed(written)


@cache
def _style() -> str:
    return files("tui.services.dossier").joinpath("style.css").read_text("utf-8")


def policy() -> str:
    """Return the Content-Security-Policy of a page: its own style by hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
