"""WARC: the web pages of a web archive, each with its address and when it was saved."""

from __future__ import annotations

import logging
import re
import zlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from urllib.parse import urldefrag, urljoin

from sources.errors import EmptyInput, InputError, Malformed, NeedsPackage, TooLarge
from sources.formats import html
from sources.formats.parsing import FieldError, address_field, one_line, parse_date
from sources.model import ParsedFile, ParsedSource
from sources.text.cleaning import clean_text, decode, known_encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NAME = "warc"
SUFFIXES = frozenset({".warc", ".arc"})
MOST_RECORDS = 500_000
LARGEST_PAGE = 20 * 1024 * 1024  # bytes, unpacked
MOST_BYTES = 4 * 1024 * 1024 * 1024  # of all pages, unpacked
BATCH = 50  # pages a parcel
ONE_VISIT = timedelta(hours=1)  # between a record and the line of a list that tells of it, at most
_BEGINS = (b"WARC/", b"filedesc://")
_PAGE = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_CHARSET = re.compile(r"charset=[\"']?([\w:.-]{2,40})", re.IGNORECASE)


def matches(head: bytes, path: Path | None) -> bool:  # noqa: ARG001 - every format is asked the same way
    """Tell a web archive by how it begins, packed or not."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(_BEGINS)


class ListedPage(NamedTuple):
    """A page as the list of an archive has it: its address, its title, and when it was saved."""

    address: str
    title: str | None
    saved: str | None


@dataclass(slots=True)
class Reading:
    """What was read of an archive so far, and not handed on yet.

    With ``listed``, by addresses without fragments, only those pages are read, and where they lead to;
    ``missing`` are those of them that were not met yet.
    """

    name: str = NAME
    listed: dict[str, ListedPage] | None = None
    missing: set[str] = field(default_factory=set)
    parsed_sources: list[ParsedSource] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    texts: dict[str, set[str]] = field(default_factory=dict)  # by their addresses
    bare: int = 0
    left: int = MOST_BYTES

    def take(self, record: Any, number: int) -> None:
        """Read a record, if it is a page that was not seen yet."""
        address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
        page = ListedPage(address, None, None)
        if self.listed is not None:
            known = self.listed.get(urldefrag(address).url)
            if known is None:
                return
            self._follow(record, known)
            page = known
        if not _is_page(record):
            return
        self.missing.discard(page.address)
        data = record.content_stream().read(LARGEST_PAGE + 1)
        self.left -= len(data)
        try:
            parsed = _parsed(record, data, address, page)
        except EmptyInput:
            self.bare += 1
            return
        except InputError as error:
            self.failures.append(f"{one_line(address, 'url') or f'record {number}'}: {error.reason}")
            return
        texts = self.texts.setdefault(address, set())
        if parsed.text not in texts:
            texts.add(parsed.text)
            key = f"{address}~{len(texts)}" if len(texts) > 1 else address
            self.parsed_sources.append(replace(parsed, key=key))

    def _follow(self, record: Any, page: ListedPage) -> None:
        """Take the address that a listed one is redirected to for that of the page."""
        if self.listed is not None and record.rec_type == "response" and record.http_headers is not None:
            led = record.http_headers.get_header("Location")
            if led and str(record.http_headers.get_statuscode()).startswith("3"):
                there = urldefrag(urljoin(page.address, str(led))).url
                self.listed.setdefault(there, page)

    def parcel(self, *warnings: str) -> ParsedFile:
        """Return what was read, and begin again."""
        made = ParsedFile(
            self.name, tuple(self.parsed_sources), warnings=warnings, failures=tuple(self.failures)
        )
        self.parsed_sources, self.failures = [], []
        return made


def read(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Yield the pages of the archive; raises EmptyInput where it has none that says anything."""
    yield from pages([file], path, Reading())


def pages(files: Iterable[BinaryIO], path: Path | None, reading: Reading) -> Iterator[ParsedFile]:
    """Yield the pages of an archive that is in several files; raises what `read` raises."""
    some, number = False, 0
    for file in files:
        if number > MOST_RECORDS or reading.left <= 0:
            break
        records = _records(file, path)
        try:
            for record in records:
                number += 1
                if number > MOST_RECORDS or reading.left <= 0:
                    reading.failures.append(f"record {number}: the archive is too large: the rest was left")
                    break
                reading.take(record, number)
                if len(reading.parsed_sources) == BATCH:
                    some = True
                    yield reading.parcel()
        except InputError as error:
            reading.failures.append(f"record {number}: {error.reason}: the rest was left")
        except Exception as error:  # it raises whatever a damaged file leads to
            reading.failures.append(f"is damaged, or was cut off: the rest was left ({type(error).__name__})")
    left_out = {"without text, left out": reading.bare, "listed, and not in it as HTML": len(reading.missing)}
    warnings = [f"pages {what}: {count}" for what, count in left_out.items() if count]
    if not (some or reading.parsed_sources):
        if reading.failures:
            raise Malformed(reading.failures[-1], path=path)
        told = f" ({'; '.join(warnings)})" if reading.missing else ""
        raise EmptyInput(f"is a web archive without pages that have text{told}", path=path)
    yield reading.parcel(*warnings)


def _records(file: BinaryIO, path: Path | None) -> Any:
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    except ImportError:
        raise NeedsPackage("WARC", "warc", path=path) from None

    logging.getLogger("warcio").setLevel(
        logging.CRITICAL
    )  # what it mends on the way is no trouble of the user's

    class _Silent(ArchiveIterator):  # type: ignore[misc]  # the package has no types
        INC_RECORD = ""  # what it would write of a damaged record, to standard error

    return _Silent(file, arc2warc=True)


def _is_page(record: Any) -> bool:
    """Tell an answer, or a saved copy, that is a page; errors and redirections are none."""
    if record.rec_type == "resource":
        return _PAGE.match(str(record.rec_headers.get_header("Content-Type") or "")) is not None
    if record.rec_type != "response" or record.http_headers is None:
        return False
    stated = str(record.http_headers.get_header("Content-Type") or "")
    return str(record.http_headers.get_statuscode()) == "200" and _PAGE.match(stated) is not None


def _parsed(record: Any, data: bytes, address: str, page: ListedPage) -> ParsedSource:
    if len(data) > LARGEST_PAGE:
        raise TooLarge(f"is larger than {LARGEST_PAGE // 1024**2} MB")
    if not data.strip():
        raise EmptyInput("is empty")
    headers = record.http_headers or record.rec_headers
    charset = _CHARSET.search(str(headers.get_header("Content-Type") or ""))
    if charset is not None and known_encoding(charset[1]):
        text = data.decode(charset[1], "replace")
    else:
        text = decode(data)
    (parsed,) = html.parse(clean_text(text), None).sources
    try:
        url = address_field(address)
    except FieldError:
        url = None
    saved = parse_date(str(record.rec_headers.get_header("WARC-Date") or "")) or page.saved
    title = _title(parsed.title, page, saved)
    return replace(parsed, title=title, url=url or parsed.url, accessed=saved)


def _title(stated: str | None, page: ListedPage, saved: str | None) -> str | None:
    """Return the title of a page: what it states, or what the list has where that is another.

    A page may come with its site's name for a title, or with none, and readers see another. What was saved
    at another time may have had another title then, and the list is not asked.
    """
    if page.title is None or page.title == page.address or (stated and stated in page.title):
        return stated
    return page.title if stated is None or _apart(saved, page.saved) <= ONE_VISIT else stated


def _apart(saved: str | None, listed: str | None) -> timedelta:
    try:
        return abs(datetime.fromisoformat(saved or "") - datetime.fromisoformat(listed or ""))
    except (ValueError, TypeError):  # one is not known, or is a day
        return timedelta.max
