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
    listed,
    load,
    offset,
    peek,
    string,
    strings,
)
from sources.text.cleaning import text_sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LISTS = ("spans", "label", "labels", "entities")  # what tells most comes first
_NAMES = ("label", "labels", "entity", "entity_group", "type", "tag")  # of a span's label, or several
_TURNED_DOWN = frozenset({"reject", "rejected", "ignore", "ignored", "discarded", "skipped"})


def fits_labelled(text: str) -> bool:
    """Tell whether the first line is a text with a list of spans."""
    value = next((task for _, task, _ in _tasks(text)), None)
    return isinstance(value, dict) and isinstance(value.get("text"), str) and _listed(value) is not None


def _tasks(text: str) -> Iterator[tuple[str, Any, str]]:
    """Yield each text with its place and, where it cannot be read, the reason.

    They are lines, or one list, as Label Studio and Prodigy's databases are exported.
    """
    text = text.lstrip("\ufeff")
    whole = peek(text) if text.lstrip().startswith("[") else None
    if isinstance(whole, list):
        for number, value in enumerate(whole, 1):
            yield from ((f"item {number}", task, "") for task in _completed(value))
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield f"line {number}", None, f"this is not JSON: {getattr(error, 'msg', 'nested too deep')}"
            else:
                yield from ((f"line {number}", task, "") for task in _completed(value))


def _completed(value: Any) -> Iterator[Any]:
    """Yield a text with spans as it is, and a task of Label Studio once for each time it was annotated."""
    data = value.get("data") if isinstance(value, dict) else None
    if not isinstance(data, dict) or not isinstance(value.get("annotations"), list):
        yield value
        return
    for done in value["annotations"]:
        results = done.get("result") if isinstance(done, dict) else None
        spans = [each.get("value") for each in listed(results) if isinstance(each, dict)]
        by = done.get("completed_by") if isinstance(done, dict) else None
        coder = string(by.get("email")) if isinstance(by, dict) else f"annotator {by}" if by else ""
        yield {
            **{name: data.get(name) for name in ("text", "url", "title")},
            "spans": [span for span in spans if isinstance(span, dict) and "start" in span],
            "coder": coder,
            "was_cancelled": isinstance(done, dict) and done.get("was_cancelled"),
        }


def read_labelled(text: str, path: Path | str) -> ReadNotes:
    """Read all spans: ``[start, end, label]``, or objects with ``start``, ``end`` and ``label``.

    Offsets are code points into the line's ``text``. Raises Malformed where no line can be read.
    """
    spans: list[ImportedSpan] = []
    refused: list[Refused] = []
    lines = 0
    for place, value, reason in _tasks(text):
        lines += 1
        if reason:
            refused.append(Refused(place, reason))
            continue
        for found in _labelled_spans(value, place):
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
    marked = _listed(value) if isinstance(value, dict) else None
    if not isinstance(text, str) or marked is None:
        yield Refused(line, "it has no text with a list of labelled spans")
        return
    if _is_turned_down(value):
        yield Refused(line, "its annotator rejected it")
        return
    sha256 = text_sum(text)
    for count, span in enumerate(marked, 1):
        place = f"{line}, span {count}"
        start, end, labels, facts = _taken_apart(span)
        if start is None or end is None or not start < end <= len(text) or not labels:
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
        coder = string(facts.get("coder")) or string(value.get("coder")) or None
        for label in labels:
            yield ImportedSpan(label, target, place, coder, string(facts.get("uid")))


def _is_turned_down(value: dict[str, Any]) -> bool:
    """Tell whether a line was rejected or left out by whoever annotated it, as Prodigy and others mark it."""
    said = {string(value.get(name)).lower() for name in ("answer", "status")}
    return bool(said & _TURNED_DOWN) or value.get("was_cancelled") is True


def _taken_apart(span: Any) -> tuple[int | None, int | None, list[str], dict[str, Any]]:
    if isinstance(span, list) and len(span) == 3:
        return offset(span[0]), offset(span[1]), _labels(span[2]), {}
    if isinstance(span, dict):
        start = span.get("start", span.get("start_offset"))
        end = span.get("end", span.get("end_offset"))
        named = next((span[name] for name in _NAMES if span.get(name)), None)
        return offset(start), offset(end), _labels(named), span
    return None, None, [], {}


def _labels(value: Any) -> list[str]:
    return [label for label in dict.fromkeys(strings(value)) if label]


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
