"""Feeds: RSS, RDF, Atom and JSON Feed files, a source an entry.

Read with the standard library's parser, which is given no entity to expand; docs/dependencies.md weighs that.
What an entry holds is a fragment of a page, so that nothing is looked for in it but its paragraphs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sources.errors import EmptyInput, Malformed
from sources.formats.blocks import Block, put_together
from sources.formats.parsing import FieldError, address_field, date_field, one_line, people_field, why_no_json
from sources.formats.whole_page import whole_page
from sources.formats.xml_tree import attribute, local, outermost, text_of, without_declaration, xml_tree
from sources.model import ParsedFile, ParsedSource, ZoneKind
from sources.text.cleaning import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

NAME = "feed"
SUFFIXES, SHARED_SUFFIXES = frozenset({".rss", ".atom", ".rdf"}), frozenset({".xml"})
_BEFORE_ROOT = r"\s*(?:<\?.{0,2000}?\?>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE[^>\[]{0,500}>\s*)*"
_ROOT = re.compile(rf"{_BEFORE_ROOT}<(?:\w{{1,30}}:)?(rss|feed|RDF)\b", re.DOTALL)
_ROOTS = frozenset({"rss", "feed", "RDF"})
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_WHOLE = "http://purl.org/rss/1.0/modules/content/"
# What broken feeds have wrong most often: names of letters that only HTML knows, and a bare "&".
_LETTER = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
_BARE = re.compile(r"&(?!#?\w{1,30};)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_GAP = re.compile(r"\n\s*\n")
# What programs that make feeds put below an entry.
_BELOW = re.compile(
    r"The post .{1,300} (?:appeared first|first appeared) on .{1,200}\.?"
    r"|(?:(?:Continue|Keep) reading|Read (?:more|the (?:full|rest)|on))\b.{0,200}",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class _Entry:
    """An entry as its feed has it, its values not yet read."""

    key: str | None = None
    title: str | None = None
    content: list[Block] | None = None
    whole: bool = False  # the content is all of the text, and no summary
    url: str | None = None
    date: str | None = None
    author: object = None
    publisher: str | None = None
    language: str | None = None


@dataclass(slots=True)
class _Feed:
    """What a feed says of itself."""

    title: str | None
    url: str | None
    language: str | None
    author: object = None


def matches(text: str, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell a feed by its root element, or by the version of a JSON feed."""
    if text.lstrip()[:1] == "{":
        return _JSON_FEED.search(text[:4000]) is not None
    root = _ROOT.match(text[:20_000])
    return root is not None and (root[1] != "RDF" or "purl.org/rss/" in text[:20_000])


def parse(text: str, path: Path | None) -> ParsedFile:
    """Read a feed; raises Malformed for what is none, and EmptyInput where it has no entry."""
    warnings: list[str] = []
    if text.lstrip()[:1] == "{":
        feed, entries = _json_feed(text, path)
    else:
        root = _tree(text, path, warnings)
        if local(root) not in _ROOTS:
            raise Malformed(
                f"is not a feed: its outermost element is <{one_line(local(root), 'name')}>", path=path
            )
        channel = next((each for each in root if local(each) == "channel"), root)
        items = outermost(root, "item", "entry")
        feed = _about(channel)
        entries = [_entry(each, feed) for each in items if _space(each) == _space(channel)]
    if not entries:
        raise EmptyInput("is a feed without entries", path=path)
    found = list(_sources(feed, entries, warnings))
    if not found:
        raise EmptyInput("is a feed with empty entries only", path=path)
    short = sum(not entry.whole for entry in entries)
    if short:
        some = "all" if short == len(entries) else f"{short:,} of {len(entries):,}"
        warnings.append(f"{some} entries hold a summary or a title only; their pages have the rest")
    return ParsedFile(NAME, tuple(found), title=feed.title, warnings=tuple(warnings))


def _sources(feed: _Feed, entries: list[_Entry], warnings: list[str]) -> Iterator[ParsedSource]:
    taken: dict[str, list[str]] = {}
    for number, entry in enumerate(entries, 1):
        title = one_line(entry.title, "title")
        blocks = entry.content or ([Block(title, ZoneKind.HEADING)] if title else [])
        text, zones, _ = put_together(_told_apart(block) for block in blocks)
        if not text:
            warnings.append(f"entry {number} holds nothing and was left out")
            continue

        def read(value: object, reader: Any, number: int = number) -> str | None:
            try:
                found: str | None = reader(value)
            except FieldError as error:
                warnings.append(f"entry {number}: {error} and was left empty")
                return None
            return found

        url = read(urljoin(feed.url or "", entry.url) if entry.url else None, address_field)
        key = one_line(entry.key, "id") or url or sha256_of(title or text)[:16]
        texts = taken.setdefault(key, [])
        if text in texts:
            continue
        texts.append(text)
        yield ParsedSource(
            text=text,
            zones=zones,
            key=key if len(texts) == 1 else f"{key}~{len(texts)}",
            title=title,
            publisher=one_line(entry.publisher or feed.title, "publisher"),
            author=read(entry.author or feed.author, lambda value: people_field(value, "author")),
            date=read(entry.date, date_field),
            url=url,
            language=one_line(entry.language or feed.language, "language"),
            guessed=() if entry.publisher else ("publisher",),
        )


def _told_apart(block: Block) -> Block:
    below = _BELOW.fullmatch(block.text.strip()) is not None
    return block._replace(kind=ZoneKind.BOILERPLATE) if below else block


# XML: RSS of all versions, with or without RDF, and Atom.


def _tree(text: str, path: Path | None, warnings: list[str]) -> Element:
    text = without_declaration(text)
    try:
        return xml_tree(text.encode(), path=path)
    except Malformed:
        mended = _BARE.sub("&amp;", _LETTER.sub(lambda name: unescape(name[0]), text))
        if mended == text:
            raise
        root = xml_tree(mended.encode(), path=path)
        warnings.append("is not quite XML: a bare & or the name of a letter was mended")
        return root


def _space(element: Element) -> str:
    return str(element.tag).rpartition("}")[0]


def _child(element: Element, name: str, space: str | None = None) -> Element | None:
    wanted = _space(element) if space is None else space
    return next((each for each in element if local(each) == name and _space(each) == wanted), None)


def _words(element: Element, *names: str, space: str | None = None) -> str | None:
    for name in names:
        found = _child(element, name, space)
        if found is not None and (said := text_of(found)):
            return said
    return None


def _about(channel: Element) -> _Feed:
    language = _words(channel, "language") or _words(channel, "language", space=_DUBLIN_CORE)
    return _Feed(
        title=_title(_child(channel, "title")),
        url=_link(channel),
        language=language or attribute(channel, "lang") or None,
        author=_people(channel),
    )


def _entry(item: Element, feed: _Feed) -> _Entry:
    content = summary = None
    if _space(item) in _ATOM:
        content, summary = _child(item, "content"), _child(item, "summary")
    else:
        content, summary = _child(item, "encoded", _WHOLE), _child(item, "description")
    blocks = _blocks(content) or _blocks(summary)
    source = _child(item, "source")
    named = None if source is None else _words(source, "title") or (source.text or "").strip()
    return _Entry(
        key=_words(item, "guid", "id") or attribute(item, "about") or None,
        title=_title(_child(item, "title")),
        content=blocks,
        whole=bool(_blocks(content)),
        url=_link(item),
        date=_words(item, "pubDate", "published", "issued", "date")
        or _words(item, "date", space=_DUBLIN_CORE)
        or _words(item, "updated", "modified"),
        author=_people(item),
        publisher=named or _words(item, "publisher", space=_DUBLIN_CORE),
        language=attribute(item, "lang") or feed.language,
    )


def _title(element: Element | None) -> str | None:
    if element is None:
        return None
    said = " ".join("".join(element.itertext()).split())
    return " ".join(_TAG.sub("", said).split()) or None


def _people(element: Element) -> list[str]:
    """Return who wrote it: the names of Atom, or of RSS, where an address may be before a name."""
    names = []
    for each in element:
        if local(each) == "author" and _space(each) == _space(element):
            names.append(_words(each, "name") or text_of(each))
        elif local(each) == "creator" and _space(each) == _DUBLIN_CORE:
            names.append(text_of(each))
    in_brackets = (re.fullmatch(r"\S+@\S+ \((.{2,200})\)", name) for name in names)
    return [found[1] if found else name for found, name in zip(in_brackets, names, strict=True) if name]


def _link(element: Element) -> str | None:
    links = [each for each in element if local(each) == "link" and _space(each) == _space(element)]
    if _space(element) in _ATOM:
        chosen = [each for each in links if attribute(each, "rel") in {"", "alternate"}]
        return next((address for each in chosen if (address := attribute(each, "href"))), None)
    if written := next((said for each in links if (said := text_of(each))), None):
        return written
    guid = _child(element, "guid")
    permanent = guid is not None and attribute(guid, "isPermaLink") != "false"
    said = text_of(guid) if guid is not None and permanent else ""
    return said if said.startswith("http") else None


def _blocks(element: Element | None) -> list[Block]:
    """Return what an element holds: text, HTML that is written as text, or elements."""
    if element is None:
        return []
    if len(element):
        return whole_page(_markup(element))
    said = element.text or ""
    if attribute(element, "type") in {"text", "text/plain"} and _space(element) in _ATOM:
        return _paragraphs(said)
    return _fragment(said)


def _fragment(said: str) -> list[Block]:
    return whole_page(said) if _TAG.search(said) else _paragraphs(unescape(said))


def _paragraphs(said: str) -> list[Block]:
    return [Block(" ".join(part.split())) for part in _GAP.split(said) if part.strip()]


def _markup(element: Element) -> str:
    """Write the inside of an element as HTML again."""
    inner = "".join(
        f"<{local(each)}>{_markup(each)}</{local(each)}>{escape(each.tail or '')}" for each in element
    )
    return escape(element.text or "") + inner


# JSON Feed, versions 1 and 1.1.


def _json_feed(text: str, path: Path | None) -> tuple[_Feed, list[_Entry]]:
    try:
        loaded = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"is not JSON: {why_no_json(error)}", path=path) from None
    items = loaded.get("items") if isinstance(loaded, dict) else None
    if not isinstance(items, list):
        raise Malformed("is a JSON feed without items", path=path)
    feed = _Feed(
        title=_said(loaded, "title"),
        url=_said(loaded, "home_page_url") or _said(loaded, "feed_url"),
        language=_said(loaded, "language"),
        author=loaded.get("authors") or loaded.get("author"),
    )
    return feed, [_json_entry(item) for item in items if isinstance(item, dict)]


def _json_entry(item: dict[str, object]) -> _Entry:
    page, plain = _said(item, "content_html"), _said(item, "content_text")
    whole = whole_page(page) if page else _paragraphs(plain or "")
    number = item.get("id")
    return _Entry(
        key=str(number) if isinstance(number, str | int | float) else None,
        title=_said(item, "title"),
        content=whole or _paragraphs(_said(item, "summary") or ""),
        whole=bool(whole),
        url=_said(item, "url") or _said(item, "external_url"),
        date=_said(item, "date_published") or _said(item, "date_modified"),
        author=item.get("authors") or item.get("author"),
        language=_said(item, "language"),
    )


def _said(values: dict[str, object], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None
