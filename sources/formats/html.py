"""Saved web pages: the article with its headings, lists, tables and quotes, and what the page says of it.

Which part of a page is its article is found by trafilatura, weighed against others in docs/dependencies.md.
Menus, consent boxes, teasers, comments, scripts and styles are left out.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from sources.errors import EmptyInput, TooLarge
from sources.formats.article import SINGLE
from sources.formats.blocks import Block, put_together
from sources.formats.page_markup import page_pieces
from sources.formats.parsing import FieldError, address_field, one_line, parse_date
from sources.formats.visible_text import visible_text
from sources.model import ParsedFile, ParsedSource, ZoneKind
from sources.text.headlines import split_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "html"
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,4000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(?:p|div|span|h[1-6]|article|section|table|ul|ol|br|a|img)\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<html\b[^>]{0,2000}?\slang=[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", re.IGNORECASE
)
# What programs write that save a page: SingleFile, and browsers that save its pictures beside it.
_SAVED_BY = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S{1,2000})\s+"
    r"saved date:\s*(?P<date>[^\n<>]{10,100}?)\s*-->"
    r"|<!--\s*saved from url=\(\d{4}\)(?P<from>\S{1,2000})\s*-->"
)
_SAVED_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d\d)(\d\d)(?: \(.*\))?"
)
_OWN_LINE = frozenset({"lb", "p", "item", "row"})
_SHORTEST_ARTICLE = 250  # characters, as trafilatura has it; of a shorter one too much may be left out
_KINDS = {"head": ZoneKind.HEADING, "quote": ZoneKind.BLOCK_QUOTE}
_SIGN = re.compile(r"#{1,6} ")
# Of 60 saved news pages the richest has 3,200 tags. Looking for the article takes a time that grows with
# their square, a second for 30,000 links; taking all that is seen takes some seconds for 100,000 of any kind.
MOST_TAGS = 100_000
MOST_TAGS_OF_ARTICLE = 30_000
MOST_ATTRIBUTES = 10_000  # of one tag; the time for them grows with their square as well
_LONG_TAG = re.compile(r"<[A-Za-z](?>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_LONGEST_HEAD = 200_000  # code points


def matches(text: str, path: Path | None) -> bool:
    """Tell a page by how it begins, or by the file's name where it has tags."""
    if _BEGINS.match(text[:20_000]):
        return True
    return path is not None and path.suffix.lower() in SUFFIXES and _TAG.search(text[:20_000]) is not None


def parse(text: str, path: Path | None) -> ParsedFile:
    """Read one saved page; raises EmptyInput where it has no text outside menus and scripts, and TooLarge."""
    if text.count("<") > MOST_TAGS:
        raise TooLarge(f"has more than {MOST_TAGS:,} tags, too many for one page", path=path)
    if any(_attributes(tag[0]) > MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise TooLarge(f"has a tag of more than {MOST_ATTRIBUTES:,} attributes", path=path)
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    for talkative in ("trafilatura", "htmldate", "courlan"):  # what they warn of is no trouble of the user's
        logging.getLogger(talkative).setLevel(logging.CRITICAL)
    dates = {"original_date": True, "extensive_search": False}
    page: Any
    if text.count("<") > MOST_TAGS_OF_ARTICLE:
        page, blocks = extract_metadata(_head(text), date_config=dates), []
    else:
        page = bare_extraction(
            text,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
        blocks = list(_blocks(page.body)) if page is not None else []
    warnings: tuple[str, ...] = ()
    if sum(len(block.text) for block in blocks) < _SHORTEST_ARTICLE:
        blocks = [_paragraph(said) for said in visible_text(text, bare=True).split("\n\n")]
        warnings = ("no article was found in the page: all of its text was taken",)
    body, zones, _ = put_together(blocks)
    if not body:
        raise EmptyInput("is a web page without text", path=path)
    language = _LANGUAGE.search(text[:20_000])
    about = _about(page) if page is not None else {}
    saved = _saved(text[:20_000])
    about["url"] = about.get("url") or saved.get("url")
    parsed = ParsedSource(
        text=body,
        zones=zones,
        key=SINGLE,
        language=language[1] if language else None,
        accessed=saved.get("accessed"),
        pieces=page_pieces(text, body),
        **about,
    )
    return ParsedFile(format=NAME, sources=(parsed,), title=parsed.title, warnings=warnings)


def _attributes(tag: str) -> int:
    """Return how many attributes a tag may have, at most."""
    return len(_QUOTED.sub(" ", tag).split()) if len(tag) > MOST_ATTRIBUTES else 0


def _head(text: str) -> str:
    """Return what a page says of itself, before all that it shows."""
    end = _HEAD.search(text, 0, _LONGEST_HEAD)
    return text[: end.start() if end else _LONGEST_HEAD]


def _about(page: Any) -> dict[str, Any]:
    """Return what a page says of its article, by the fields of `ParsedSource`."""
    publisher = stated = one_line(page.sitename, "publisher")
    title = one_line(page.title, "title")
    if title is not None:
        bare, named = split_title(title)
        if publisher is None or named is not None:
            title, publisher = bare, publisher or named
        if publisher and (
            ending := re.search(rf"\s+[-–—|·:]\s+{re.escape(publisher)}$", title or "", re.IGNORECASE)
        ):
            title = (title or "")[: ending.start()]
    try:
        url = address_field(page.url)
    except FieldError:
        url = None
    authors = one_line(page.author, "author")
    return {
        "title": title,
        "publisher": publisher,
        "author": authors.replace("; ", ", ") if authors else None,
        "date": parse_date(page.date) if page.date else None,
        "url": url,
        "guessed": () if publisher == stated else ("publisher",),
    }


def _saved(opening: str) -> dict[str, str | None]:
    """Return from where and when a page was saved, as far as the program says that saved it."""
    found = _SAVED_BY.search(opening)
    if found is None:
        return {}
    try:
        url = address_field(found["url"] or found["from"])
    except FieldError:  # it was a file of the one who saved it
        url = None
    said = _SAVED_DATE.fullmatch(found["date"] or "")
    if said is None:
        return {"url": url, "accessed": parse_date(found["date"] or "")}
    month, day, year, time, hours, minutes = said.groups()
    return {"url": url, "accessed": parse_date(f"{day} {month} {year} {time} {hours}{minutes}")}


def _blocks(element: Any) -> Iterator[Block]:
    """Yield the blocks of an article as trafilatura gives it: a tree of few tags."""
    for child in element:
        if child.tag in {"body", "div", "main"}:
            yield from _blocks(child)
        elif child.tag == "list":
            items = [said for item in child if (said := _line(item))]
            yield Block("\n".join(f"- {said}" for said in items))
        elif child.tag == "table":
            rows = [" | ".join(said for cell in row if (said := _line(cell))) for row in child.iter("row")]
            yield Block("\n".join(row for row in rows if row))
        else:
            yield Block(_said(child), _KINDS.get(child.tag, ZoneKind.BODY))
        if child.tail and child.tail.strip():
            yield Block(" ".join(child.tail.split()))


def _said(element: Any) -> str:
    """Return the text of a block, each of its paragraphs and forced lines on a line of its own."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(said for line in lines if (said := " ".join(line.split())))


def _pieces(element: Any) -> Iterator[str]:
    for text, child in ((element.text, None), *((child.tail, child) for child in element)):
        if child is not None:
            apart = "\n" if child.tag in _OWN_LINE else ""
            yield from (apart, *_pieces(child), apart)
        yield " ".join((text or "").split("\n"))


def _line(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _paragraph(said: str) -> Block:
    sign = _SIGN.match(said)
    return Block(said[sign.end() :], ZoneKind.HEADING) if sign else Block(said.strip())
