"""Notes by a user's own template: Jinja2 in its sandbox, without files, modules or anything else to reach."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.notes.export import as_html, as_json
from sources.notes.export.as_markdown import escape as markdown
from sources.notes.export.citations import escape_tex as tex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.notes.export import NoteCollection

MOST_CHARACTERS = 50_000_000  # of what a template makes
_MARKUP = (".html", ".htm", ".xml", ".xhtml", ".svg")
_TEMPLATE_ENDINGS = (".j2", ".jinja", ".jinja2")


def render(template: str, name: str, collection: NoteCollection) -> str:
    """Return what ``template`` makes of the notes; ``name`` is its file's, and ends as what it makes.

    Values are escaped where that is ``.html``, ``.xml`` and the like (a ``.j2`` behind it does not count).
    Templates see ``notes`` and ``sources``, as the JSON export has them, and ``titles`` of stories by slug;
    filters are Jinja's own, ``markdown`` (escapes a line), ``html`` (a note's Markdown as HTML), ``tex`` and
    ``json``. Raises RequestError, with the line where it is known.
    """
    # Only templates need it, and it takes a while.
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    environment = ImmutableSandboxedEnvironment(
        autoescape=suffix_of(name) in _MARKUP,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "markdown": lambda value: markdown(str(value)),
        "html": lambda value: Markup(as_html.words(str(value))),  # noqa: S704 - escaped in there
        "tex": lambda value: tex(str(value)),
        "json": lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True),
    }
    try:
        pieces = environment.from_string(template).generate(_values(collection))
        return "".join(_limited(pieces, name))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"{name}, line {line}" if line else name
        raise RequestError(f"{place}: {_sentence(error.message)}") from error
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise RequestError(f"{name}: {_sentence(str(error))}") from error


def suffix_of(name: str) -> str:
    """Return the suffix of what a template of that name makes, with the dot."""
    path = PurePath(name.lower())
    path = path.with_suffix("") if path.suffix in _TEMPLATE_ENDINGS else path
    return path.suffix or ".txt"


def _sentence(message: str | None) -> str:
    return f"{(message or 'it cannot be carried out').rstrip('.')}."


def _limited(pieces: Iterator[str], name: str) -> Iterator[str]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_CHARACTERS:
            raise RequestError(f"{name} makes more than {MOST_CHARACTERS:,} characters.")
        yield piece


def _values(collection: NoteCollection) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(as_json.write_notes(collection))
    sources = {source["ref"]: source for source in known["sources"]}
    nothing = dict.fromkeys(("title", "publisher", "author", "date", "url"))
    for note in known["notes"]:
        note["source"] = sources.get(note["ref"], {"ref": note["ref"]} | nothing)
    return {
        "notes": known["notes"],
        "sources": known["sources"],
        "titles": {slug: title or slug for slug, title in sorted(collection.titles.items())},
    }
