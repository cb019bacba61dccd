"""Notes of other programs: W3C Web Annotations, exports of Readwise (CSV) and of Hypothesis (JSON)."""

from __future__ import annotations

import csv
import html
import io
import re
import uuid
from typing import TYPE_CHECKING, Any

from sources.errors import Malformed
from sources.model import COLOURS, NoteFields
from sources.notes.export.as_json import ANNOTATION_CONTEXT, PREFIX, SOURCE_PREFIX
from sources.notes.importing import (
    ImportedNote,
    ImportedTarget,
    ReadNotes,
    Refused,
    listed,
    load,
    peek,
    select,
    string,
    strings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_OWN_NOTE = "urn:crossread:note:"
_NO_TEXT = {"Image", "Video", "Sound", "Dataset"}
_ELEMENT = re.compile(r"<[^<>]*>")
_MANY = {"Composite", "List", "Independents", "Choice"}
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:crossread:imported:annotation")


class _Untaken(Exception):
    """Why an annotation is not taken, as the rest of a sentence."""


def fits_annotations(text: str) -> bool:
    """Tell whether this is an annotation, a page or a collection of them."""
    value = peek(text)
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return False
    kinds = strings(first.get("type"))
    return any(kind.startswith("Annotation") for kind in kinds) or ANNOTATION_CONTEXT in strings(
        first.get("@context")
    )


def read_annotations(text: str, path: Path | str) -> ReadNotes:
    """Read a collection, a page, a list or a single annotation; raises Malformed for what is no JSON."""
    notes, refused = [], []
    for number, value in enumerate(_annotations(load(text, path)), 1):
        place = f"annotation {number}"
        try:
            notes.append(_note(value, place))
        except _Untaken as reason:
            refused.append(Refused(place, str(reason)))
    return ReadNotes("jsonld", tuple(notes), (), tuple(refused))


def _annotations(value: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _annotations(each, depth)
        return
    kinds = strings(value.get("type")) if isinstance(value, dict) else []
    if depth < 3 and "AnnotationCollection" in kinds and "first" in value:
        yield from _annotations(value["first"], depth + 1)
    elif depth < 3 and ("AnnotationCollection" in kinds or "AnnotationPage" in kinds) and "items" in value:
        yield from _annotations(value["items"], depth + 1)
    elif "AnnotationCollection" not in kinds or value.get("total"):
        yield value


def _note(value: Any, place: str) -> ImportedNote:
    if not isinstance(value, dict) or "Annotation" not in strings(value.get("type")):
        raise _Untaken(
            "its annotations are in another file" if isinstance(value, str) else "it is not an annotation"
        )
    targets = tuple(target for each in listed(value.get("target")) for target in _targets(each))
    if not targets:
        raise _Untaken("it speaks of nothing")
    texts, tags, labels = _bodies(value)
    colour = string(value.get(f"{PREFIX}:colour"))
    fields = NoteFields(
        "\n\n".join(texts),
        tuple(tags),
        tuple(labels),
        colour if colour in COLOURS else None,
        value.get(f"{PREFIX}:pinned") is True,
        string(value.get(f"{PREFIX}:relation")) or None,
        _creator(value.get("creator")),
    )
    return ImportedNote(
        _uid(value), fields, targets, place, string(value.get("created")) or None,
        string(value.get("modified")) or None,
    )  # fmt: skip


def _uid(value: dict[str, Any]) -> str:
    name = string(value.get("id"))
    if name.startswith("urn:uuid:"):
        try:
            return uuid.UUID(name[len("urn:uuid:") :]).hex
        except ValueError:
            pass
    if not name:
        name = repr(sorted((key, repr(part)) for key, part in value.items()))
    return uuid.uuid5(_SPACE, name.removeprefix(_OWN_NOTE)).hex


def _targets(value: Any) -> Iterator[ImportedTarget]:
    if isinstance(value, str):
        yield _whole(value, None)
        return
    if not isinstance(value, dict):
        raise _Untaken("its target is neither an address nor an object")
    kinds = set(strings(value.get("type")))
    if kinds & _MANY:
        for each in listed(value.get("items")):
            yield from _targets(each)
        return
    if kinds & _NO_TEXT:
        raise _Untaken(f"it is about something that is not a text ({', '.join(sorted(kinds & _NO_TEXT))})")
    source = value.get("source", value.get("id"))
    if isinstance(source, dict):
        source = source.get("id")
    address = string(source)
    if not address:
        raise _Untaken("its target has no address")
    ref = string(value.get(f"{PREFIX}:ref")) or None
    found = select(
        value.get("selector"),
        url=None if address.startswith(SOURCE_PREFIX) else address,
        ref=ref or (address[len(SOURCE_PREFIX) :] if address.startswith(SOURCE_PREFIX) else None),
        title=string(value.get(f"{PREFIX}:title")) or None,
    )
    if isinstance(found, str):
        raise _Untaken(found)
    yield found


def _whole(address: str, title: str | None) -> ImportedTarget:
    if address.startswith(SOURCE_PREFIX):
        return ImportedTarget(None, address[len(SOURCE_PREFIX) :], title)
    return ImportedTarget(address, None, title)


def _bodies(value: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """Return an annotation's texts, tags and labels."""
    texts, tags, labels = strings(value.get("bodyValue")), [], []
    motivations = strings(value.get("motivation"))
    for body in _plain_bodies(value.get("body")):
        if isinstance(body, str):
            texts.append(f"<{body}>" if re.fullmatch(r"[a-z][\w+.-]*:[^\s<>]+", body) else body)
            continue
        said = string(body.get("value"))
        if string(body.get("format")) == "text/html":
            said = html.unescape(_ELEMENT.sub("", said))
        purposes = strings(body.get("purpose")) or motivations
        if said and "tagging" in purposes:
            tags.append(said)
        elif said and "classifying" in purposes:
            labels.append(said)
        elif said:
            texts.append(said)
        elif address := string(body.get("id")) or string(body.get("source")):
            texts.append(f"<{address}>")
    return texts, tags, labels


def _plain_bodies(value: Any, depth: int = 0) -> Iterator[Any]:
    for body in listed(value):
        if isinstance(body, dict) and set(strings(body.get("type"))) & _MANY and depth < 10:
            yield from _plain_bodies(body.get("items"), depth + 1)
        elif isinstance(body, str | dict):
            yield body


def _creator(value: Any) -> str | None:
    first = listed(value)[0] if listed(value) else None
    if isinstance(first, dict):
        first = string(first.get("name")) or string(first.get("nickname")) or string(first.get("id"))
    return first if isinstance(first, str) and first else None


_READWISE = uuid.uuid5(uuid.NAMESPACE_URL, "https://readwise.io")
_NEEDED = {"Highlight", "Book Title"}
_ADDRESS = ("Source URL", "Document URL", "URL")
_TAGS = re.compile(r"[,\s]+")


def fits_readwise(text: str) -> bool:
    """Tell whether the first row has the names of such an export."""
    head = text.lstrip("\ufeff")[:4000].splitlines()
    return bool(head) and set(next(csv.reader(head[:1]), [])) >= _NEEDED


def read_readwise(text: str, path: Path | str) -> ReadNotes:
    """Read all highlights; raises Malformed for a table that is not one of Readwise."""
    try:
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    except csv.Error as error:
        raise Malformed(f"this table cannot be read: {error}.", path=path) from None
    if rows and not set(rows[0]) >= _NEEDED:
        raise Malformed(f"it has no columns {' and '.join(sorted(_NEEDED))}.", path=path)
    notes, refused = [], []
    for number, row in enumerate(rows, 2):
        place = f"row {number}"
        quote = _cell(row, "Highlight")
        if not quote:
            refused.append(Refused(place, "it has no highlight"))
        else:
            notes.append(_highlight(row, quote, place))
    return ReadNotes("readwise", tuple(notes), (), tuple(refused))


def _highlight(row: dict[str, str | None], quote: str, place: str) -> ImportedNote:
    title = _cell(row, "Book Title")
    name = "\n".join([title, _cell(row, "Book Author"), quote, _cell(row, "Location")])
    colour = _cell(row, "Color").lower()
    url = next((found for column in _ADDRESS if (found := _cell(row, column))), None)
    moment = _cell(row, "Highlighted at").replace(" ", "T", 1) or None
    fields = NoteFields(
        _cell(row, "Note"),
        tuple(tag for tag in _TAGS.split(_cell(row, "Tags")) if tag),
        colour=colour if colour in COLOURS else None,
    )
    target = ImportedTarget(url, None, title or None, quote)
    return ImportedNote(uuid.uuid5(_READWISE, name).hex, fields, (target,), place, moment, moment)


def _cell(row: dict[str, str | None], column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""


_HYPOTHESIS = uuid.uuid5(uuid.NAMESPACE_URL, "https://hypothes.is")
_USER = re.compile(r"(?:acct:)?([^@]+)(?:@.*)?")


def fits_hypothesis(text: str) -> bool:
    """Tell whether this is such an export."""
    rows = _rows(peek(text))
    return bool(rows) and isinstance(rows[0], dict) and isinstance(rows[0].get("uri"), str)


def read_hypothesis(text: str, path: Path | str) -> ReadNotes:
    """Read all annotations; replies are refused, since a note is no thread. Raises Malformed."""
    notes, refused = [], []
    for number, row in enumerate(_rows(load(text, path)), 1):
        place = f"annotation {number}"
        found = _hypothesis_note(row, place)
        if isinstance(found, str):
            refused.append(Refused(place, found))
        else:
            notes.append(found)
    return ReadNotes("hypothesis", tuple(notes), (), tuple(refused))


def _rows(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = value.get("annotations", value.get("rows"))
    return value if isinstance(value, list) else []


def _hypothesis_note(row: Any, place: str) -> ImportedNote | str:
    if not isinstance(row, dict):
        return "it is not an annotation"
    if row.get("references"):
        return "it is a reply to another annotation"
    url = string(row.get("uri"))
    if not url:
        return "it has no address"
    document = row.get("document")
    title = string(document.get("title")) if isinstance(document, dict) else ""
    targets: list[ImportedTarget] = []
    for target in listed(row.get("target")) or [{}]:
        selectors = target.get("selector") if isinstance(target, dict) else None
        found = select(selectors, url=url, title=title or None)
        if isinstance(found, str):
            return found
        targets.append(found)
    user = _USER.fullmatch(string(row.get("user")))
    fields = NoteFields(
        string(row.get("text")), tuple(strings(row.get("tags"))), coder=user[1] if user else None
    )
    name = string(row.get("id")) or f"{url} {string(row.get('created'))} {fields.text}"
    return ImportedNote(
        uuid.uuid5(_HYPOTHESIS, name).hex, fields, tuple(targets), place, string(row.get("created")) or None,
        string(row.get("updated")) or None,
    )  # fmt: skip
