"""Markdown with front matter: its blocks become zones, its text stays as it is in the file."""

from __future__ import annotations

import re
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import yaml
from markdown_it import MarkdownIt

from sources.errors import Malformed
from sources.formats.article import SINGLE
from sources.formats.parsing import FieldError, address_field, date_field, lines_of, one_line, partition
from sources.model import ParsedFile, ParsedSource, Span, Zone, ZoneKind
from sources.text.boilerplate import muted_stretches
from sources.text.headlines import split_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from markdown_it.token import Token


_OPENING = re.compile(r"\s*---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FIRST_FIELD = re.compile(r"\s*(?:#.*\n\s*)*[\w.-]+[ \t]*:(?:\s|$)")
_LONGEST = 64 * 1024
_MOST_PEOPLE = 20


class FrontMatter(NamedTuple):
    """What a file says about itself, by the fields of `ParsedSource`.

    ``end`` is where its text begins, 0 when there is no front matter.
    """

    end: int = 0
    fields: Mapping[str, str | None] = MappingProxyType({})
    warnings: tuple[str, ...] = ()


class _Loader(yaml.SafeLoader):
    """The safe loader, leaving dates as they are written, so that a wrong one can be named."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name and the shape are the library's
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_front_matter(text: str, path: Path | None) -> FrontMatter:
    """Read the block between ``---`` lines at the head of ``text``.

    Fields of a wrong type are left empty, with a warning. Raises Malformed for a block that is no YAML and
    for a date that is none.
    """
    opening = _OPENING.match(text)
    if not opening or not _FIRST_FIELD.match(text, opening.end()):
        return FrontMatter()
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return FrontMatter(warnings=("the front matter has no closing line and was read as text",))
    fields = _fields(text[opening.end() : closing.start()], text[: opening.end()].count("\n"), path)
    end = min(closing.end() + 1, len(text))
    return _told(fields, end, path)


def _fields(block: str, lines_above: int, path: Path | None) -> dict[str, object]:
    try:
        loaded = _Loader(block).get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else lines_above + min(mark.line, block.rstrip().count("\n")) + 1
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise Malformed(f"the front matter is no YAML: {problem}", path=path, line=line) from None
    except (ValueError, TypeError, OverflowError, RecursionError, AttributeError):
        raise Malformed("the front matter holds a value that cannot be read", path=path) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise Malformed("the front matter is not a list of fields", path=path, line=lines_above + 1)
    return {str(name).lower(): value for name, value in loaded.items() if isinstance(name, str)}


def _told(fields: dict[str, object], end: int, path: Path | None) -> FrontMatter:
    warnings: list[str] = []

    def read(*names: str) -> str | None:
        name = next((each for each in names if fields.get(each) is not None), None)
        if name is None:
            return None
        try:
            return _people(fields[name], name) if name.startswith("author") else one_line(fields[name], name)
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
        date = date_field(day)
    except FieldError as error:
        raise Malformed(f"front matter: {error}", path=path) from None
    read_fields = {
        "title": read("title", "headline"),
        "publisher": read("publisher", "site", "site_name", "publication"),
        "author": read("author", "authors", "byline"),
        "date": date,
        "url": read_address(),
        "language": read("language", "lang"),
    }
    return FrontMatter(end, read_fields, tuple(warnings))


def _people(value: object, name: str) -> str | None:
    """Read one author, or a list of them."""
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, list):
        return one_line(value, name)
    people = [
        one_line(each.get("name") if isinstance(each, dict) else each, name) for each in value[:_MOST_PEOPLE]
    ]
    return ", ".join(person for person in people if person) or None


# Markdown: its blocks become zones, its text stays as it is in the file, marks and all.
#
# Front matter, code blocks, HTML blocks, rules and link definitions are boilerplate: they say nothing
# that the source says. A paragraph that is only an image is a caption.

NAME = "markdown"
_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
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
    if path is not None and path.suffix.lower() in _SUFFIXES:
        return True
    if path is not None and path.suffix.lower() == ".txt":
        return False
    opening = text[:80_000]
    if _HEADING.match(opening):
        return True
    return opening.lstrip().startswith("---\n") and "\n---" in opening.lstrip()[4:]


def parse(text: str, path: Path | None) -> ParsedFile:
    """Read one cleaned Markdown file; raises Malformed for front matter that cannot be read."""
    front = read_front_matter(text, path)
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
    parsed = ParsedSource(text=text, zones=partition(text, marked), key=SINGLE, **about)  # type: ignore[arg-type]  # each by its name
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
