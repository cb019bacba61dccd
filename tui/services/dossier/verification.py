"""Checks a dossier without the library that it came from: its seal, texts and passages, and what it shows.

A dossier is read as strictly as it is written: what `markup` does not write is a fault. So what is checked is
what a browser shows, and the time that it takes grows with the size alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import InputError, Malformed, NotFoundInput, TooLarge
from sources.text.cleaning import sha256_of
from tui.services.dossier import MOST_BYTES, SCHEMA
from tui.services.dossier.markup import VOID
from tui.services.dossier.record import MARK, RECORD_ID, seal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DEEPEST = 200  # elements within one another
_HEAD = 4_000  # bytes in which a dossier says that it is one
_TOKEN = re.compile(
    r"(?P<text>[^<]+)|<(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r'(?P<attributes>(?: [a-zA-Z-]+="[^"<>]*")*)(?: ?/)?>'
)
_ATTRIBUTE = re.compile(r' ([a-zA-Z-]+)="([^"]*)"')
_DOCTYPE = "<!DOCTYPE html>\n"


class Failure(NamedTuple):
    """What is wrong with a dossier, and with which of its texts, if with one."""

    ref: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of checking a dossier: how many passages it records, and what failed.

    ``seal`` is what it says of itself; who made it can tell whether that is the one they sent.
    """

    path: str
    passages: int
    texts: int
    failed: tuple[Failure, ...]
    seal: str | None

    @property
    def intact(self) -> bool:
        """Tell whether nothing failed."""
        return not self.failed


def verify_file(path: Path) -> Verification:
    """Check a dossier; raises InputError for a file that cannot be read, is too large, or is no dossier."""
    data = _read(path)
    sealed, seal = seal_of(data)
    if MARK.encode() not in data[:_HEAD] and sealed is None:
        raise Malformed("is not a dossier of crossread", path=path)
    failed: list[Failure] = []
    passages = texts = 0
    try:
        page = _read_page(data)
        record = _read_record(page.record)
        passages, texts = len(record.passages), len(record.texts)
        failed += _of_record(record)
        failed += _of_page(record, page)
    except _NotAsWritten as error:
        failed.append(Failure(None, str(error)))
    if sealed is None:
        failed.append(Failure(None, "its end is missing: the file was cut off or changed"))
    elif sealed != seal:
        failed.append(Failure(None, "it was changed: its SHA-256 is not the one that it is sealed with"))
    return Verification(str(path), passages, texts, tuple(dict.fromkeys(failed)), sealed)


def _read(path: Path) -> bytes:
    """Return the file's bytes, but never more than a dossier may have."""
    try:
        if path.is_dir():
            raise NotFoundInput("is a folder", path=path)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotFoundInput((error.strerror or str(error)).lower(), path=path) from error
    if len(data) > MOST_BYTES:
        raise TooLarge(f"is larger than a dossier may be ({MOST_BYTES / 1e6:,.0f} MB)", path=path)
    if not data:
        raise InputError("is empty", path=path)
    return data


class _NotAsWritten(Exception):
    """The page is not as `page` writes one; the text says how."""


@dataclass(frozen=True, slots=True)
class _PageRead:
    """What a page shows: the words of each text, and the words of each place that shows a passage."""

    record: str
    texts: tuple[tuple[str, str], ...]
    passages: tuple[tuple[str, str], ...]


def _read_page(data: bytes) -> _PageRead:
    try:
        written = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _NotAsWritten(f"byte {error.start + 1:,} is not UTF-8") from error
    if not written.startswith(_DOCTYPE):
        raise _NotAsWritten("it does not begin as a dossier does")
    reader = _Reader()
    at = len(_DOCTYPE)
    while at < len(written):
        found = _TOKEN.match(written, at)
        if found is None:
            raise _NotAsWritten(f"there is something at character {at + 1:,} that crossread does not write")
        reader.take(found)
        at = found.end()
    return reader.done()


class _Open(NamedTuple):
    """An element that is open: what it is shown as, and where its text begins among the parts."""

    name: str
    shows: tuple[str, str] | None
    begins: int


class _Reader:
    """Gathers what a page shows from its tokens."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._parts: list[str] = []
        self._shown: dict[str, list[tuple[str, str]]] = {"text": [], "passage": [], "record": []}

    def take(self, token: re.Match[str]) -> None:
        if token["text"] is not None:
            self._parts.append(unescape(token["text"]))
        elif token["end"]:
            self._close(token["name"])
        elif token["name"] not in VOID:
            self._open(token["name"], dict(_ATTRIBUTE.findall(token["attributes"])))

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self._stack) >= _DEEPEST:
            raise _NotAsWritten(f"more than {_DEEPEST} elements are within one another")
        if name == "script" or any(key.startswith("on") or key == "style" for key in attributes):
            raise _NotAsWritten("there is something in it that could run, or change what is seen")
        shows = next(
            (
                (kind, unescape(attributes[key]))
                for kind, key in (("text", "data-text"), ("passage", "data-passage"))
                if key in attributes
            ),
            None,
        )
        if name == "template" and attributes.get("id") == RECORD_ID:
            shows = ("record", RECORD_ID)
        self._stack.append(_Open(name, shows, len(self._parts)))

    def _close(self, name: str) -> None:
        if not self._stack or self._stack[-1].name != name:
            raise _NotAsWritten(f"an element {name} ends that did not begin")
        ended = self._stack.pop()
        if ended.shows is not None:
            kind, of = ended.shows
            self._shown[kind].append((of, "".join(self._parts[ended.begins :])))

    def done(self) -> _PageRead:
        if self._stack:
            raise _NotAsWritten(f"an element {self._stack[-1].name} does not end")
        if len(self._shown["record"]) != 1:
            raise _NotAsWritten("its record of texts and passages is missing")
        ((_, record),) = self._shown["record"]
        return _PageRead(record, tuple(self._shown["text"]), tuple(self._shown["passage"]))


class _Text(NamedTuple):
    ref: str
    sha256: str
    text: str


class _Passage(NamedTuple):
    ref: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Record:
    texts: tuple[_Text, ...]
    passages: tuple[_Passage, ...]


def _read_record(written: str) -> _Record:
    try:
        document = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise _NotAsWritten("its record of texts and passages is not JSON") from error
    try:
        if document["schema"] != SCHEMA:
            raise _NotAsWritten(f"its record is of another kind, {document['schema']!r:.60}")
        texts = tuple(_Text(**_only(text, ref=str, sha256=str, text=str)) for text in document["texts"])
        passages = tuple(
            _Passage(**_only(one, ref=str, start=int, end=int, words=str)) for one in document["passages"]
        )
    except (KeyError, TypeError) as error:
        raise _NotAsWritten("its record of texts and passages lacks something") from error
    return _Record(texts, passages)


def _only(found: Mapping[str, Any], **kinds: type) -> dict[str, Any]:
    for name, kind in kinds.items():
        if type(found[name]) is not kind:
            raise TypeError(name)
    return {name: found[name] for name in kinds}


def _of_record(record: _Record) -> Iterator[Failure]:
    """Yield what in the record does not hold: digests of texts, and passages that are not in them."""
    texts = {text.ref: text.text for text in record.texts}
    for ref, count in Counter(text.ref for text in record.texts).items():
        if count > 1:
            yield Failure(ref, f"{count} texts bear this name")
    for text in record.texts:
        if sha256_of(text.text) != text.sha256:
            yield Failure(text.ref, "its text is not the one of the recorded SHA-256")
    for one in record.passages:
        if one.ref not in texts:
            yield Failure(one.ref, "a passage of it is shown, and its text is not carried")
        elif not 0 <= one.start <= one.end <= len(texts[one.ref]):
            yield Failure(one.ref, f"a passage is beyond its text: {one.start} to {one.end}")
        elif texts[one.ref][one.start : one.end] != one.words:
            yield Failure(one.ref, f"at {one.start} to {one.end} it does not say {_cut(one.words)}")


def _of_page(record: _Record, page: _PageRead) -> Iterator[Failure]:
    """Yield what is shown otherwise than it is recorded."""
    shown = Counter(ref for ref, _ in page.texts)
    texts = {text.ref: text.text for text in record.texts}
    for ref in sorted(texts.keys() | shown.keys()):
        if shown[ref] != 1 or ref not in texts:
            yield Failure(ref, "its text is not shown once, as it is recorded")
    for ref, words in page.texts:
        if ref in texts and texts[ref] != words:
            yield Failure(ref, "its text is shown otherwise than it is recorded")
    seen = set()
    for number, words in page.passages:
        if not (number.isascii() and number.isdigit()) or not int(number[:9]) < len(record.passages):
            yield Failure(None, f"a passage is shown that is not recorded: {_cut(words)}")
            continue
        one = record.passages[int(number[:9])]
        seen.add(int(number[:9]))
        if one.words != words:
            yield Failure(one.ref, f"a passage is shown as {_cut(words)}, and recorded as {_cut(one.words)}")
    for place, one in enumerate(record.passages):
        if place not in seen:
            yield Failure(one.ref, f"a passage is recorded and not shown: {_cut(one.words)}")


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain if len(plain) <= 60 else plain[:59] + '…'}”"
