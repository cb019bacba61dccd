"""WACZ: a web archive in a ZIP file: WARC files, and a list of which of their records are pages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urldefrag

from sources.errors import Malformed
from sources.formats import warc
from sources.formats.parsing import FieldError, one_line, parse_date
from sources.formats.zipped import ZippedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sources.model import ParsedFile

NAME = "wacz"
SUFFIXES = frozenset({".wacz"})
LONGEST_LINE = 4 * 1024 * 1024  # bytes of the list for one page, which may have its text too
_FIRST_PART = re.compile(
    rb"PK\x03\x04.{26}(?:archive/[^/]{1,200}\.warc|pages/pages\.jsonl|indexes/index\.)", re.DOTALL
)
_WARC = re.compile(r"archive/.+\.w?arc(?:\.gz)?", re.IGNORECASE)
_LIST = re.compile(r"pages/[^/]+\.jsonl", re.IGNORECASE)


def matches(head: bytes, path: Path | None) -> bool:
    """Tell a web archive by its first part, or by the file's name."""
    named = path is not None and path.suffix.lower() in SUFFIXES
    return _FIRST_PART.match(head) is not None or (named and head.startswith(b"PK"))


def read(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Yield the pages that the archive lists, or all where it lists none; raises what `warc.read` raises."""
    document = ZippedDocument(file, path, "WACZ")
    names = sorted(filter(_WARC.fullmatch, document.names))
    if not names:
        raise Malformed("is not a WACZ file: it has no WARC file in archive/", path=path)
    listed = _listed(document) or None
    missing = {page.address for page in (listed or {}).values()}
    yield from warc.pages(map(document.stream, names), path, warc.Reading(NAME, listed, missing))


def _listed(document: ZippedDocument) -> dict[str, warc.ListedPage]:
    """Return the pages of the lists, by their addresses without fragments."""
    found: dict[str, warc.ListedPage] = {}
    for name in sorted(filter(_LIST.fullmatch, document.names)):
        with document.stream(name) as lines:
            for _ in range(warc.MOST_RECORDS):
                if not (line := lines.readline(LONGEST_LINE)):
                    break
                if (page := _page(line)) is not None:
                    found.setdefault(urldefrag(page.address).url, page)
    return found


def _page(line: bytes) -> warc.ListedPage | None:
    """Read a line of a list; None for the first one, which tells of the list, and for what is no page."""
    try:
        said = json.loads(line)
        address = one_line(said["url"], "url")
        title, saved = (one_line(said.get(name), name) for name in ("title", "ts"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, FieldError):
        return None
    return None if address is None else warc.ListedPage(address, title, parse_date(saved or ""))
