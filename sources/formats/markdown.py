"""Markdown: its blocks become zones, its text stays as it stands in the file, marks and all.

Front matter, code blocks, HTML blocks, rules and link definitions are boilerplate: they say nothing that the
source says. A paragraph that is only an image is a caption.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from sources.formats.article import SINGLE
from sources.formats.front_matter import read_front_matter
from sources.formats.zoning import lines_of, partition
from sources.model import Draft, Parcel, Zone, ZoneKind
from sources.text.publishers import split_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

    from sources.model import Span

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


def parse(text: str, path: Path | None) -> Parcel:
    """Read one cleaned Markdown file; raises Malformed for front matter that cannot be read."""
    front = read_front_matter(text, path)
    lines = list(lines_of(text, front.end))
    tokens = _block_tokens(text[front.end :])
    marked = [Zone(ZoneKind.BOILERPLATE, 0, front.end)] if front.end else []
    marked += _zones(text, lines, tokens)
    title, publisher = front.title, front.publisher
    if title is None and (heading := _first_heading(tokens)):
        title, found = split_title(heading)
        publisher = publisher or found
    draft = Draft(
        text=text,
        zones=partition(text, marked),
        key=SINGLE,
        title=title,
        publisher=publisher,
        author=front.author,
        date=front.date,
        url=front.url,
        language=front.language,
    )
    return Parcel(format=NAME, drafts=(draft,), title=title, warnings=front.warnings)


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
