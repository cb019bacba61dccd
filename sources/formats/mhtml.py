"""MHTML: a page as browsers save it in one file, as a mail with the page and its pictures as parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from sources.errors import EmptyInput, Malformed, TooLarge
from sources.formats import html
from sources.formats.mail import MOST_PARTS, read_message
from sources.formats.parsing import FieldError, address_field, date_field
from sources.text.cleaning import clean_text, decode_as, known_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from sources.model import ParsedFile

NAME = "mhtml"
SUFFIXES = frozenset({".mhtml", ".mht"})
LARGEST = 64 * 1024 * 1024  # bytes
_HEADER = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]{0,60}:|From )")
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^(?:snapshot-content-location:|from:\s*<?saved by\b|x-mimeole:|from:.{0,200}\bsaved by\b)",
    re.IGNORECASE | re.MULTILINE,
)


def matches(head: bytes, path: Path | None) -> bool:
    """Tell a saved page by headers that its browser wrote, or by the file's name."""
    if not _HEADER.match(head):
        return False
    named = path is not None and path.suffix.lower() in SUFFIXES
    opening = head[:8_000]
    return named or (_RELATED.search(opening) is not None and _SAVED.search(opening) is not None)


def read(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Read the page of the file; raises Malformed where there is none."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"is larger than {LARGEST // 1024 // 1024} MB", path=path)
    message = read_message(data, path)
    part = _main_part(message)
    if part is None:
        raise Malformed("holds no web page, or was cut off before it", path=path)
    page = html.parse(clean_text(_decoded(part, path)), path)
    address = _address(message.get("Snapshot-Content-Location")) or _address(part.get("Content-Location"))
    try:
        accessed = date_field(str(message.get("Date", "")) or None)
    except FieldError:
        accessed = None
    yield replace(
        page,
        format=NAME,
        sources=tuple(
            replace(parsed, url=parsed.url or address, accessed=accessed) for parsed in page.sources
        ),
    )


def _main_part(message: EmailMessage) -> EmailMessage | None:
    """Return the page: the part that the file calls its start, the one of its address, or the first."""
    pages: list[EmailMessage] = []
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            pages.append(part)
    start = message.get_param("start")
    location = str(message.get("Snapshot-Content-Location", "")).strip()
    for name, wanted in (("Content-ID", start), ("Content-Location", location)):
        if wanted and (found := next((p for p in pages if str(p.get(name, "")).strip() == wanted), None)):
            return found
    return pages[0] if pages else None


def _decoded(part: EmailMessage, path: Path | None) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    if not data.strip():
        raise EmptyInput("is a web page without text", path=path)
    stated = part.get_content_charset()
    if stated and known_encoding(stated):
        return data.decode(stated, "replace")
    return decode_as(data, path=path).text


def _address(stated: object) -> str | None:
    try:
        return address_field("".join(str(stated or "").split()) or None)
    except FieldError:
        return None
