"""The file formats that are read: a module each, and here their table in the order they are tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.errors import EmptyInput, Malformed, RequestError
from sources.formats import article, html, json_lines, mail, markdown, plain_text, story_page, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sources.model import ParsedFile


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how it is told, and how a cleaned text in it is read.

    ``stream`` reads a file of any size from its lines, where the format allows that.
    """

    name: str
    description: str
    matches: Callable[[str, Path | None], bool]
    parse: Callable[[str, Path | None], ParsedFile]
    stream: Callable[[Iterable[bytes], Path | None], Iterator[ParsedFile]] | None = None


# The first that matches reads the text; plain text matches everything and stays last.
FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            json_lines.NAME,
            "JSON Lines, one text a line",
            json_lines.matches,
            json_lines.parse,
            json_lines.stream,
        ),
        Format(tables.JSON, "a JSON document with records", tables.matches_json, tables.parse_json),
        Format(tables.CSV, "a table of texts", tables.matches_csv, tables.parse_csv),
        Format(mail.NAME, "a message or a box of messages", mail.matches, mail.parse),
        Format(html.NAME, "a saved web page", html.matches, html.parse),
        Format(
            story_page.NAME, "an aggregator's page of numbered sources", story_page.matches, story_page.parse
        ),
        Format(markdown.NAME, "Markdown, with or without front matter", markdown.matches, markdown.parse),
        Format(article.NAME, "one article as copied from its page", article.matches, article.parse),
        Format(plain_text.NAME, "plain text", plain_text.matches, plain_text.parse),
    )
}


RECORDS = frozenset({json_lines.NAME, tables.JSON, tables.CSV})  # formats in which a record says its story
# What begins so is text only to a program that writes it.
_REFUSED = {
    r"{\rtf": "is Rich Text, which is not read: save it as plain text, Markdown or a web page",
    "%!PS": "is PostScript, which is not read: save it as plain text or a web page",
    "BEGIN:VCARD": "is a card of addresses",
    "BEGIN:VCALENDAR": "is a calendar",
}


def find_format(name: str) -> Format:
    """Return the format called ``name``; raises RequestError when there is none."""
    found = FORMATS.get(name)
    if found is None:
        raise RequestError(f"There is no format {name!r}: choose one of {', '.join(FORMATS)}.")
    return found


def recognise(text: str, path: Path | None) -> Format:
    """Return the first format that ``text`` is in."""
    return next(each for each in FORMATS.values() if each.matches(text, path))


def parse(text: str, *, path: Path | None, name: str | None = None) -> ParsedFile:
    """Read a cleaned text in the format called ``name``, or in the first one that matches.

    Raises RequestError for a format that is none, and InputError, with the place, for a text that cannot be
    read; nothing else.
    """
    chosen = find_format(name) if name is not None else None
    if not text.strip():
        raise EmptyInput("holds nothing but white space", path=path)
    refused = next((why for begins, why in _REFUSED.items() if text.lstrip().startswith(begins)), None)
    if refused is not None and chosen is None:
        raise Malformed(refused, path=path)
    return (chosen or recognise(text, path)).parse(text, path)
