"""Markdown with front matter: its blocks become zones, its text stays as it is in the file."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import yaml
from markdown_it import MarkdownIt

from sources.formats.article import SINGLE
from sources.formats.parsing import (
    FieldError,
    address_field,
    date_field,
    lines_of,
    one_line,
    partition,
    people_field,
)
from sources.model import ParsedFile, ParsedSource, Span, Zone, ZoneKind
from sources.text.boilerplate import muted_stretches
from sources.text.headlines import split_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from markdown_it.token import Token


_OPENING = re.compile(r"\s*---[ \t]*\n")
_TOML_OPENING = re.compile(r"\s*\+\+\+[ \t]*\n")
_TOML_CLOSING = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FIRST_FIELD = re.compile(r"\s*(?:#.*\n\s*)*[\w.-]+[ \t]*:(?:\s|$)")
_LONGEST = 64 * 1024


class FrontMatter(NamedTuple):
    """What a file says about itself, by the fields of `ParsedSource`.

    ``end`` is where its text begins, 0 when there is no front matter.
    """

    end: int = 0
    fields: Mapping[str, str | None] = MappingProxyType({})
    warnings: tuple[str, ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    """Read the block between ``---`` lines at the head of ``text``, or that between ``+++`` lines.

    Fields that cannot be read are left empty, with a warning; a block that is no YAML is read line by line.
    """
    toml = _TOML_OPENING.match(text)
    opening = toml or _OPENING.match(text)
    if not opening or not (toml or _FIRST_FIELD.match(text, opening.end())):
        return FrontMatter()
    closing = (_TOML_CLOSING if toml else _CLOSING).search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return FrontMatter(warnings=("the front matter has no closing line and was read as text",))
    block = text[opening.end() : closing.start()]
    fields, warnings = _toml_fields(block) if toml else _fields(block)
    return _told(fields, min(closing.end() + 1, len(text)), warnings)


def _toml_fields(block: str) -> tuple[dict[str, object], list[str]]:
    try:
        loaded = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return {}, [f"the front matter is no TOML and was left out: {error}"]
    days = {name: value.isoformat() for name, value in loaded.items() if isinstance(value, date | datetime)}
    return {name.lower(): value for name, value in (loaded | days).items()}, []


def _fields(block: str) -> tuple[dict[str, object], list[str]]:
    """Return the fields of a YAML block, all values as they are written."""
    try:
        loaded = yaml.load(block, yaml.BaseLoader)  # noqa: S506 - it makes texts, lists and mappings only
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError, AttributeError):
        loaded = None
        if not block.strip():
            return {}, []
        found = {match["name"].lower(): _bare(match["value"]) for match in _FIELD.finditer(block)}
        return dict(found), ["the front matter is no YAML and was read line by line"]
    if not isinstance(loaded, dict):
        return {}, ["the front matter is not a list of fields and was left out"] if loaded else []
    known = {str(name).lower(): value for name, value in loaded.items() if isinstance(name, str)}
    return {name: None if value in _NOTHING else value for name, value in known.items()}, []


_FIELD = re.compile(r"^(?P<name>[\w-]+)[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
_NOTHING = ("", "~", "null", "Null", "NULL")


def _bare(value: str) -> str:
    """Return a value without the quotation marks around all of it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _told(fields: dict[str, object], end: int, warnings: list[str]) -> FrontMatter:

    def read(*names: str) -> str | None:
        name = next((each for each in names if fields.get(each) is not None), None)
        if name is None:
            return None
        try:
            return (people_field if name.startswith("author") else one_line)(fields[name], name)
        except FieldError as error:
            warnings.append(f"{error} and was left empty")
            return None

    def read_address() -> str | None:
        for name in ("url", "source_url", "link", "canonical_url", "source"):
            try:
                found = address_field(fields.get(name))
            except FieldError as error:
                if name != "source":
                    warnings.append(f"{error} and was left empty")
                continue
            if found:
                return found
        return None

    day = next(
        (fields[name] for name in ("date", "published", "pubdate") if fields.get(name) is not None), None
    )
    try:
        published = date_field(day)
    except FieldError as error:
        published = None
        warnings.append(f"{error} and was left empty")
    read_fields = {
        "title": read("title", "headline"),
        "publisher": read("publisher", "site", "site_name", "publication"),
        "author": read("author", "authors", "byline"),
        "date": published,
        "url": read_address(),
        "language": read("language", "lang"),
    }
    return FrontMatter(end, read_fields, tuple(warnings))


# Markdown: its blocks become zones, its text stays as it is in the file, marks and all.
#
# Front matter, code blocks, HTML blocks, rules and link definitions are boilerplate: they say nothing
# that the source says. A paragraph that is only an image is a caption.

NAME = "markdown"
SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HEADING = re.compile(r"\s*#{1,6}\s+\S")
_BLOCKS = {
    "heading_open": ZoneKind.HEADING,
    "blockquote_open": ZoneKind.BLOCK_QUOTE,
    "fence": ZoneKind.BOILERPLATE,
    "code_block": ZoneKind.BOILERPLATE,
    "html_block": ZoneKind.BOILERPLATE,
    "hr": ZoneKind.BOILERPLATE,
}
_IMAGE = r"!\[[^\]\n]{0,2000}\](?:\([^)\n]{0,4000}\)|\[[^\]\n]{0,400}\])"
_ONLY_IMAGES = re.compile(rf"\s*(?:\[?{_IMAGE}(?:\]\([^)\n]{{0,4000}}\))?\s*)+")
_IMAGES = re.compile(_IMAGE)
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,400}\]:\s*\S+.*")


def matches(text: str, path: Path | None) -> bool:
    """Tell Markdown by the file's name, by front matter, or by a heading in the first line."""
    if path is not None and path.suffix.lower() in SUFFIXES:
        return True
    if path is not None and path.suffix.lower() == ".txt":
        return False
    opening = text[:80_000]
    if _HEADING.match(opening):
        return True
    if _TOML_OPENING.match(opening):
        return _TOML_CLOSING.search(opening, 4) is not None
    return opening.lstrip().startswith("---\n") and "\n---" in opening.lstrip()[4:]


def parse(text: str, path: Path | None) -> ParsedFile:  # noqa: ARG001 - every format is asked the same way
    """Read one cleaned Markdown file."""
    front = read_front_matter(text)
    lines = list(lines_of(text, front.end))
    tokens = _block_tokens(text[front.end :])
    marked = [Zone(ZoneKind.BOILERPLATE, 0, front.end)] if front.end else []
    marked += _zones(text, lines, tokens)
    structured = [Span(zone.start, zone.end) for zone in marked]
    marked += [
        zone
        for zone in muted_stretches(text, front.end)
        if not any(Span(zone.start, zone.end).overlaps(one) for one in structured)
    ]
    title, publisher = front.fields.get("title"), front.fields.get("publisher")
    if title is None and (heading := _first_heading(tokens)):
        title, found = split_title(heading)
        publisher = publisher or found
    about = {**front.fields, "title": title, "publisher": publisher}
    guessed = tuple(name for name in ("title", "publisher") if about[name] != front.fields.get(name))
    parsed = ParsedSource(
        text=text,
        zones=partition(text, marked),
        key=SINGLE,
        guessed=guessed,
        **about,  # type: ignore[arg-type]  # each by its name
    )
    return ParsedFile(format=NAME, sources=(parsed,), title=title, warnings=front.warnings)


def _block_tokens(body: str) -> list[Token]:
    """Parse blocks only: what stands inside a line is not asked for, and costs most of the time."""
    return MarkdownIt("commonmark").enable("table").disable("inline").parse(body)


def _zones(text: str, lines: list[Span], tokens: list[Token]) -> Iterator[Zone]:
    covered = 0
    spoken_for: set[int] = set()
    for token in tokens:
        if token.map is None:
            continue
        first, end = token.map
        spoken_for.update(range(first, end) if token.level == 0 else ())
        if first < covered or not first < end <= len(lines):
            continue
        if kind := _BLOCKS.get(token.type):
            yield Zone(kind, lines[first].start, lines[end - 1].end)
            covered = end
        elif token.type == "inline":
            yield from _captions(text, lines[first].start, lines[end - 1].end)
    for at, line in enumerate(lines):
        if at not in spoken_for and _DEFINITION.fullmatch(line.of(text)):
            yield Zone(ZoneKind.BOILERPLATE, line.start, line.end)


def _captions(text: str, start: int, end: int) -> Iterator[Zone]:
    if "![" not in text[start:end]:
        return
    if _ONLY_IMAGES.fullmatch(text, start, end):
        yield Zone(ZoneKind.CAPTION, start, end)
        return
    for image in _IMAGES.finditer(text, start, end):
        yield Zone(ZoneKind.CAPTION, image.start(), image.end())


def _first_heading(tokens: list[Token]) -> str | None:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            spoken = MarkdownIt("commonmark").parseInline(inline.content[:2000])
            said = "".join(child.content for token in spoken for child in token.children or ())
            return " ".join(said.split()) or None
    return None
