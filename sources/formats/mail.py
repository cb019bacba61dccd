"""Mail: one message as a mail program saves it (.eml), or a box of many (mbox), a source a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sources.errors import EmptyInput, Malformed, TooLarge
from sources.formats import html
from sources.formats.article import SINGLE
from sources.formats.parsing import FieldError, date_field, one_line, partition
from sources.model import ParsedFile, ParsedSource
from sources.text.boilerplate import muted_stretches
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

NAME = "mail"
SUFFIXES = frozenset({".eml", ".mbox"})
MOST_PARTS = 1_000  # of one message
MOST_MESSAGES = 20_000  # of one file
MOST_HEADERS = 100_000  # of a message and all of its parts
_LONGEST_HEADER = 10_000  # characters of one that is read; the time for it grows with its square
MOST_CONTAINERS = 100  # of one message: parts that hold others
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{0,60}:(?:[ \t].*)?\n(?:[ \t].+\n)*){3,}\s*\n?")
_TELLING = re.compile(
    r"^(?:From|Date|Subject|MIME-Version|Message-ID|Received|Return-Path):", re.MULTILINE | re.IGNORECASE
)
_SEAM = re.compile(r"^From [^\n]{1,300}\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)", re.MULTILINE)
_TELLING_HEADERS = 3  # of a message, whatever it is in
_PLAIN_ENOUGH = frozenset({"", "7bit", "8bit", "binary"})


def matches(text: str, path: Path | None) -> bool:
    """Tell mail by its headers, three of which only mail has; in a file named so, by any."""
    if _SEAM.match(text):
        return True
    head = _HEADERS.match(text[:40_000])
    named = path is not None and path.suffix.lower() in SUFFIXES
    return named or (
        head is not None and len({each.lower() for each in _TELLING.findall(head[0])}) >= _TELLING_HEADERS
    )


def parse(text: str, path: Path | None) -> ParsedFile:
    """Read all messages of a file; raises EmptyInput where none has a text."""
    seams = [match.span() for match in _SEAM.finditer(text)] or [(0, 0)]
    if len(seams) > MOST_MESSAGES:
        raise TooLarge(f"holds more than {MOST_MESSAGES:,} messages", path=path)
    ends = [start for start, _ in seams[1:]] + [len(text)]
    parsed_sources, failures = [], []
    for number, ((_, start), end) in enumerate(zip(seams, ends, strict=True), 1):
        try:
            parsed_sources.append(_parsed(text[start:end], f"{number}" if len(seams) > 1 else SINGLE, path))
        except (EmptyInput, Malformed, TooLarge) as error:
            if len(seams) == 1 and not isinstance(error, EmptyInput):
                raise
            failures.append(f"message {number}: {error.reason}")
    if not parsed_sources:
        raise EmptyInput("is mail without a text", path=path)
    single = len(parsed_sources) == 1
    return ParsedFile(
        NAME,
        tuple(parsed_sources),
        title=parsed_sources[0].title if single else None,
        failures=tuple(failures),
    )


def read_message(data: bytes, path: Path | None) -> EmailMessage:
    """Return a message with its parts; raises Malformed for one whose parts are in each other without end.

    Raises it too for too many headers.
    """
    from email import message_from_bytes, policy

    headers = 0

    class Counting(policy.EmailPolicy):
        def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
            nonlocal headers
            headers += 1
            if headers > MOST_HEADERS:
                raise Malformed(f"has more than {MOST_HEADERS:,} headers", path=path)
            name, value = super().header_source_parse(sourcelines)
            return name, value[:_LONGEST_HEADER]

    bounded: Any = Counting()
    if len(_CONTAINER.findall(data)) > MOST_CONTAINERS:  # the library reads them one in the other
        raise Malformed(f"has more than {MOST_CONTAINERS} messages or parts that hold others", path=path)
    message: EmailMessage = message_from_bytes(data, policy=bounded)
    return message


def _parsed(written: str, key: str, path: Path | None) -> ParsedSource:
    from email.utils import parseaddr

    message = read_message(written.encode(), path)
    texts = {part.get_content_type(): part for part in _text_parts(message)}
    page, plain = texts.get("text/html"), texts.get("text/plain")
    if page is not None:
        said = html.parse(clean_text(_content(page)), path).sources[0]
        text, zones = said.text, said.zones
    else:
        text = clean_text(_content(plain)).strip() if plain is not None else ""
        zones = partition(text, muted_stretches(text))
    if not text.strip():
        raise EmptyInput("has no text", path=path)
    name, address = parseaddr(str(message.get("From", "")))
    try:
        date = date_field(str(message.get("Date", "")) or None)
    except FieldError:
        date = None
    return ParsedSource(
        text=text,
        zones=zones,
        key=one_line(str(message.get("Message-ID", "")), "id") or key,
        title=one_line(str(message.get("Subject", "")), "title"),
        publisher=one_line(name or address, "publisher"),
        date=date,
    )


def _text_parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the text parts of a message that are no attachments, the last of each kind first."""
    found: list[EmailMessage] = []
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            found.append(part)
    return found[::-1]


def _content(part: EmailMessage) -> str:
    """Return what a part says; the file was decoded as a whole, so only what is coded within it is left."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() in _PLAIN_ENOUGH:
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # of an unknown encoding, or of other bytes than it says
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
