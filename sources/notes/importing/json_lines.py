"""JSON Lines: texts with labelled spans, and the notes of an earlier import that no source matched."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sources.errors import Malformed
from sources.model import CONTEXT, NoteFields
from sources.notes.importing import (
    ImportedNote,
    ImportedSpan,
    ImportedTarget,
    ReadNotes,
    Refused,
    load,
    offset,
    peek,
    string,
)
from sources.text.cleaning import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LISTS = ("spans", "label", "labels", "entities")  # what tells most comes first


def fits_labelled(text: str) -> bool:
    """Tell whether the first line is a text with a list of spans."""
    value = peek(text.lstrip("\ufeff").split("\n", 1)[0])
    return isinstance(value, dict) and isinstance(value.get("text"), str) and _listed(value) is not None


def read_labelled(text: str, path: Path | str) -> ReadNotes:
    """Read all spans: ``[start, end, label]``, or objects with ``start``, ``end`` and ``label``.

    Offsets are code points into the line's ``text``. Raises Malformed where no line can be read.
    """
    spans: list[ImportedSpan] = []
    refused: list[Refused] = []
    lines = 0
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        lines += 1
        try:
            value = load(line, path, number)
        except Malformed as error:
            refused.append(Refused(f"line {number}", error.reason.rstrip(".")))
            continue
        for found in _labelled_spans(value, f"line {number}"):
            if isinstance(found, Refused):
                refused.append(found)
            else:
                spans.append(found)
    if refused and not spans and len(refused) == lines:
        raise Malformed(f"no line of it holds a text with labelled spans ({refused[0].reason}).", path=path)
    return ReadNotes("jsonl", (), tuple(spans), tuple(refused))


def _listed(value: dict[str, Any]) -> list[Any] | None:
    return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)


def _labelled_spans(value: Any, line: str) -> Iterator[ImportedSpan | Refused]:
    text = value.get("text") if isinstance(value, dict) else None
    listed = _listed(value) if isinstance(value, dict) else None
    if not isinstance(text, str) or listed is None:
        yield Refused(line, "it has no text with a list of labelled spans")
        return
    sha256 = sha256_of(text)
    for count, span in enumerate(listed, 1):
        place = f"{line}, span {count}"
        start, end, label, facts = _taken_apart(span)
        if start is None or end is None or not start < end <= len(text) or not label:
            yield Refused(place, "it is not a span of the text with a label")
            continue
        quote = text[start:end]
        if string(facts.get("quote")) not in {"", quote}:
            yield Refused(place, "its quote is not what stands at its place")
            continue
        target = ImportedTarget(
            string(value.get("url")) or None, string(value.get("id")) or None,
            string(value.get("title")) or None, quote, text[max(0, start - CONTEXT) : start],
            text[end : end + CONTEXT], start, sha256,
        )  # fmt: skip
        yield ImportedSpan(label, target, place, string(facts.get("coder")) or None, string(facts.get("uid")))


def _taken_apart(span: Any) -> tuple[int | None, int | None, str, dict[str, Any]]:
    if isinstance(span, list) and len(span) == 3:
        return offset(span[0]), offset(span[1]), string(span[2]), {}
    if isinstance(span, dict):
        start = span.get("start", span.get("start_offset"))
        end = span.get("end", span.get("end_offset"))
        return offset(start), offset(end), string(span.get("label")), span
    return None, None, "", {}


SCHEMA = "crossread/aside/1"


def write_unmatched(kept: Iterable[tuple[ImportedNote | ImportedSpan, str]]) -> str:
    """Return a line for each note or span, with the reason why it was kept aside."""
    return "".join(
        json.dumps(
            {
                "schema": SCHEMA,
                "reason": reason,
                "kind": "span" if isinstance(each, ImportedSpan) else "note",
                **asdict(each),
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        + "\n"
        for each, reason in kept
    )


def fits_unmatched(text: str) -> bool:
    """Tell whether the first line is one of these."""
    value = peek(text.split("\n", 1)[0])
    return isinstance(value, dict) and value.get("schema") == SCHEMA


def read_unmatched(text: str, path: Path | str) -> ReadNotes:
    """Read all lines; raises Malformed where none can be read."""
    notes: list[ImportedNote] = []
    spans: list[ImportedSpan] = []
    refused: list[Refused] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = load(line, path, number)
            if value.pop("kind") == "span":
                spans.append(_unmatched_span(value))
            else:
                notes.append(_unmatched_note(value))
        except (Malformed, AttributeError, KeyError, TypeError, ValueError):
            refused.append(Refused(f"line {number}", "it is not what an import keeps aside"))
    if refused and not notes and not spans:
        raise Malformed("no line of it is what an import keeps aside.", path=path)
    return ReadNotes("aside", tuple(notes), tuple(spans), tuple(refused))


def _unmatched_note(value: dict[str, Any]) -> ImportedNote:
    fields = dict(value["fields"])
    fields |= {name: tuple(map(str, fields[name])) for name in ("tags", "labels")}
    fields["text"] = str(fields["text"])
    return ImportedNote(
        str(value["uid"]), NoteFields(**fields), tuple(map(_unmatched_target, value["targets"])),
        str(value["place"]), value["created"], value["modified"],
    )  # fmt: skip


def _unmatched_span(value: dict[str, Any]) -> ImportedSpan:
    return ImportedSpan(
        str(value["label"]), _unmatched_target(value["target"]), str(value["place"]), value["coder"],
        str(value["uid"]),
    )  # fmt: skip


def _unmatched_target(value: dict[str, Any]) -> ImportedTarget:
    def known(name: str) -> str | None:
        return None if value[name] is None else str(value[name])

    return ImportedTarget(
        known("url"), known("ref"), known("title"), str(value["quote"]), str(value["prefix"]),
        str(value["suffix"]), offset(value["start"]), known("sha256"),
    )  # fmt: skip
