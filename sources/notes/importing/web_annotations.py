"""W3C Web Annotations: crossread's own export, and that of any other program that keeps to the model."""

from __future__ import annotations

import html
import re
import uuid
from typing import TYPE_CHECKING, Any

from sources.model import COLOURS, NoteFields
from sources.notes.export.as_jsonld import CONTEXT, PREFIX, SOURCE_PREFIX
from sources.notes.importing.model import (
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
    return any(kind.startswith("Annotation") for kind in kinds) or CONTEXT in strings(first.get("@context"))


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
            "its annotations are in another file" if isinstance(value, str) else "it is no annotation"
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
        raise _Untaken(f"it speaks of something that is no text ({', '.join(sorted(kinds & _NO_TEXT))})")
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
