"""What an import kept aside because no source matched it: a line a note, to be imported again later."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sources.errors import Malformed
from sources.model import NoteFields
from sources.notes.importing.json_fields import load, offset, peek
from sources.notes.importing.model import ImportedNote, ImportedSpan, ImportedTarget, ReadNotes, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SCHEMA = "crossread/aside/1"


def write(kept: Iterable[tuple[ImportedNote | ImportedSpan, str]]) -> str:
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


def fits(text: str) -> bool:
    """Tell whether the first line is one of these."""
    value = peek(text.split("\n", 1)[0])
    return isinstance(value, dict) and value.get("schema") == SCHEMA


def read(text: str, path: Path | str) -> ReadNotes:
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
                spans.append(_span(value))
            else:
                notes.append(_note(value))
        except (Malformed, AttributeError, KeyError, TypeError, ValueError):
            refused.append(Refused(f"line {number}", "it is not what an import keeps aside"))
    if refused and not notes and not spans:
        raise Malformed("no line of it is what an import keeps aside.", path=path)
    return ReadNotes("aside", tuple(notes), tuple(spans), tuple(refused))


def _note(value: dict[str, Any]) -> ImportedNote:
    fields = dict(value["fields"])
    fields |= {name: tuple(map(str, fields[name])) for name in ("tags", "labels")}
    fields["text"] = str(fields["text"])
    return ImportedNote(
        str(value["uid"]), NoteFields(**fields), tuple(map(_target, value["targets"])),
        str(value["place"]), value["created"], value["modified"],
    )  # fmt: skip


def _span(value: dict[str, Any]) -> ImportedSpan:
    return ImportedSpan(
        str(value["label"]), _target(value["target"]), str(value["place"]), value["coder"],
        str(value["uid"]),
    )  # fmt: skip


def _target(value: dict[str, Any]) -> ImportedTarget:
    def known(name: str) -> str | None:
        return None if value[name] is None else str(value[name])

    return ImportedTarget(
        known("url"), known("ref"), known("title"), str(value["quote"]), str(value["prefix"]),
        str(value["suffix"]), offset(value["start"]), known("sha256"),
    )  # fmt: skip
