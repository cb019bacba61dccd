"""Dated copies of all notes beside the database, as JSON Lines that outlive this program.

A copy is ``notes/notes-YYYYMMDDTHHMMSSZ.jsonl`` in the library's folder: a line about the copy, then one line
a note, those in the bin too (docs/notes.md describes them). It appears whole or not at all. Kept are the
last ten, of those of one minute the latest, and the last of each day for a month.
"""

from __future__ import annotations

import json
import math
import os
import re
import time
from calendar import timegm
from typing import TYPE_CHECKING, Any

from sources.frozen import frozen
from sources.model import Anchor, Note, NoteState, Ref, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER = "notes"
SCHEMA = "crossread/notes-copy/1"
LAST, DAYS = 10, 31
_NAME = re.compile(r"notes-(\d{8})T(\d{4})\d\dZ\.jsonl")


@frozen
class Copy:
    """A copy that is there: its file, and the notes' change number when it was written."""

    path: Path
    change: int


def write(folder: Path, notes: Iterable[Note], change: int, moment: str) -> Path:
    """Write a copy of ``notes`` at ``moment`` (ISO 8601, UTC) and drop those beyond; raises OSError."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    notes = tuple(notes)
    target = place / f"notes-{re.sub('[-:]', '', moment)}.jsonl"
    beside = place / f".{target.name}.{os.getpid()}.tmp"
    head = {"schema": SCHEMA, "written": moment, "change": change, "notes": len(notes)}
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            for line in (head, *map(_note_object, notes)):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    for name in superfluous([path.name for path in place.iterdir()], moment):
        (place / name).unlink(missing_ok=True)
    return target


def superfluous(names: Iterable[str], moment: str) -> tuple[str, ...]:
    """Return those names of copies that need not be kept any more at ``moment``."""
    copies = sorted((name for name in names if _NAME.fullmatch(name)), reverse=True)
    kept: set[str] = set()
    minutes: set[tuple[str, ...]] = set()
    days: set[str] = set()
    oldest = time.strftime(
        "%Y%m%d", time.gmtime(timegm(time.strptime(moment[:10], "%Y-%m-%d")) - DAYS * 86400)
    )
    for name in copies:
        found = _NAME.fullmatch(name)
        day, minute = found.groups() if found else ("", "")
        if (day, minute) not in minutes and len(minutes) < LAST:
            minutes.add((day, minute))
            kept.add(name)
        if day not in days and day >= oldest:
            days.add(day)
            kept.add(name)
    return tuple(name for name in copies if name not in kept)


def age(folder: Path) -> float:
    """Return how many seconds ago the newest copy was written; infinite without any."""
    try:
        return max(0.0, time.time() - _paths(folder)[0].stat().st_mtime)
    except (OSError, IndexError):
        return math.inf


def newest(folder: Path) -> Copy | None:
    """Return the newest copy that can be read; None without any."""
    for path in _paths(folder):
        try:
            with path.open(encoding="utf-8") as file:
                head = json.loads(file.readline())
            return Copy(path, int(head["change"]))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return None


def all_notes(folder: Path) -> tuple[Note, ...]:
    """Return each note that any copy holds, as the newest has it, without lines that cannot be read."""
    found: dict[str, Note] = {}
    for path in _paths(folder):
        for note in _read(path):
            found.setdefault(note.uid, note)
    return tuple(sorted(found.values(), key=lambda note: note.id))


def _paths(folder: Path) -> list[Path]:
    place = folder / FOLDER
    if not place.is_dir():
        return []
    return sorted((path for path in place.iterdir() if _NAME.fullmatch(path.name)), reverse=True)


def _read(path: Path) -> Iterator[Note]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return
    for line in lines[1:]:
        try:
            yield _note(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue


def _note_object(note: Note) -> dict[str, Any]:
    return {
        "uid": note.uid,
        "id": note.id,
        "created": note.created,
        "modified": note.modified,
        "removed": note.removed,
        "text": note.text,
        "tags": note.tags,
        "labels": note.labels,
        "colour": note.colour,
        "pinned": note.pinned,
        "relation": note.relation,
        "coder": note.coder,
        "version": note.version,
        "targets": [_target_object(target) for target in note.targets],
    }


def _target_object(target: Target) -> dict[str, Any]:
    return {
        "ref": str(target.ref),
        **_anchor_object(target.anchor),
        "state": target.state.value,
        "confidence": target.confidence,
        "source_version": target.version,
        "made": None if target.made is None else _anchor_object(target.made),
        "made_version": target.made_version,
    }


def _anchor_object(anchor: Anchor) -> dict[str, Any]:
    return {name: getattr(anchor, name) for name in ("start", "end", "quote", "prefix", "suffix")}


def _note(line: dict[str, Any]) -> Note:
    return Note(
        id=int(line["id"]),
        text=str(line["text"]),
        tags=tuple(map(str, line["tags"])),
        labels=tuple(map(str, line["labels"])),
        created=str(line["created"]),
        modified=str(line["modified"]),
        targets=tuple(_target(target) for target in line["targets"]),
        colour=line["colour"],
        pinned=bool(line["pinned"]),
        relation=line["relation"],
        coder=line["coder"],
        version=int(line["version"]),
        uid=str(line["uid"]),
        removed=line["removed"],
    )


def _target(written: dict[str, Any]) -> Target:
    name = str(written["ref"])
    made = written["made"]
    return Target(
        Ref.parse(name) or Ref.of_story(name),
        _anchor(written),
        NoteState(written["state"]),
        float(written["confidence"]),
        int(written["source_version"]),
        None if made is None else _anchor(made),
        int(written["made_version"]),
    )


def _anchor(written: dict[str, Any]) -> Anchor:
    return Anchor(
        int(written["start"]),
        int(written["end"]),
        str(written["quote"]),
        str(written["prefix"]),
        str(written["suffix"]),
    )
