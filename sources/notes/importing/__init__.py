"""Taking notes in from elsewhere: what a file of them holds, the formats, and how others' JSON is read."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from sources.errors import Malformed
from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sources.model import NoteFields


@frozen
class ImportedTarget:
    """What a note from elsewhere speaks of: a passage, or all of a text where ``quote`` is empty.

    What is not known is None. ``ref`` is what the text was called in the library that it comes from;
    ``start`` is a code point offset into that text, and ``sha256`` the sum of all of it.
    """

    url: str | None = None
    ref: str | None = None
    title: str | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    sha256: str | None = None


@frozen
class ImportedNote:
    """A note from elsewhere; ``uid`` is the same whenever it comes, ``place`` is where in the file it is."""

    uid: str
    fields: NoteFields
    targets: tuple[ImportedTarget, ...]
    place: str
    created: str | None = None
    modified: str | None = None


@frozen
class ImportedSpan:
    """A labelled span from elsewhere; ``uid`` is that of `LabelledSpan.uid` where the file has it."""

    label: str
    target: ImportedTarget
    place: str
    coder: str | None = None
    uid: str = ""


@frozen
class Refused:
    """A part of a file that cannot be read or taken, and why, as the rest of a sentence."""

    place: str
    reason: str


@frozen
class ReadNotes:
    """What was read from a file."""

    format: str
    notes: tuple[ImportedNote, ...] = ()
    spans: tuple[ImportedSpan, ...] = ()
    refused: tuple[Refused, ...] = ()


def load(text: str, path: Path | str, line: int | None = None) -> Any:
    """Return the value of a JSON text; raises Malformed."""
    try:
        return json.loads(text)
    except ValueError as error:
        where = line if line is not None else getattr(error, "lineno", None)
        raise Malformed(f"this is not JSON: {getattr(error, 'msg', error)}.", path=path, line=where) from None
    except RecursionError:
        raise Malformed("its JSON is nested too deep.", path=path, line=line) from None


def peek(text: str) -> Any:
    """Return the value of a JSON text, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def listed(value: Any) -> list[Any]:
    """Return a list as it is, nothing as no values, and anything else as one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def string(value: Any) -> str:
    """Return a string as it is, the first of a list, and nothing for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, str) else ""


def strings(value: Any) -> list[str]:
    """Return the strings among a list, or the one that stands alone."""
    return [each for each in listed(value) if isinstance(each, str)]


def offset(value: Any) -> int | None:
    """Return an offset into a text, None where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def select(
    selectors: Any, *, url: str | None, ref: str | None = None, title: str | None = None
) -> ImportedTarget | str:
    """Return the passage that ``selectors`` point at, all of the text where there are none.

    Where none of them quotes text, return why the passage cannot be told, as the rest of a sentence.
    """
    flat = list(_flattened(selectors))
    if not flat:
        return ImportedTarget(url, ref, title)
    quoted = next((each for each in flat if string(each.get("exact"))), None)
    kinds = sorted({string(each.get("type")) or "selector" for each in flat})
    if quoted is None:
        return f"it points at its place by {', '.join(kinds)} alone, without the words there"
    position: dict[str, Any] = next(
        (each for each in flat if string(each.get("type")) == "TextPositionSelector"), {}
    )
    return ImportedTarget(
        url, ref, title, string(quoted["exact"]), string(quoted.get("prefix")), string(quoted.get("suffix")),
        offset(position.get("start")),
    )  # fmt: skip


def _flattened(selectors: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    for each in listed(selectors):
        if isinstance(each, str):
            yield {"type": "a selector that is elsewhere"}
        elif isinstance(each, dict) and depth < 10:
            yield each
            yield from _flattened(each.get("refinedBy"), depth + 1)


@frozen
class ImportFormat:
    """A format; reading it is pure.

    ``module`` is loaded when a file is looked at; its functions are ``fits_READER`` and ``read_READER``.
    """

    name: str
    description: str
    module: str
    reader: str

    def fits(self, text: str) -> bool:
        """Tell whether ``text`` looks like this format."""
        return cast("bool", self._function("fits")(text))

    def read(self, text: str, path: Path | str) -> ReadNotes:
        """Read ``text``; raises Malformed when none of it is of the format."""
        return cast("ReadNotes", self._function("read")(text, path))

    def _function(self, does: str) -> Any:
        return getattr(import_module(self.module), f"{does}_{self.reader}")


_ROOM = "sources.notes.importing"
FORMATS: dict[str, ImportFormat] = {
    each.name: each
    for each in (
        ImportFormat("aside", "what an earlier import kept aside", f"{_ROOM}.json_lines", "unmatched"),
        ImportFormat("jsonld", "W3C Web Annotations, as JSON-LD", f"{_ROOM}.annotations", "annotations"),
        ImportFormat("hypothesis", "an export of Hypothesis, as JSON", f"{_ROOM}.annotations", "hypothesis"),
        ImportFormat("jsonl", "texts with labelled spans, as JSON Lines", f"{_ROOM}.json_lines", "labelled"),
        ImportFormat("readwise", "an export of Readwise, as CSV", f"{_ROOM}.annotations", "readwise"),
    )
}


def read_notes(text: str, path: Path | str, name: str | None = None) -> ReadNotes:
    """Read ``text`` in the format ``name``, by default the first that fits; raises Malformed."""
    if not text.strip():
        raise Malformed("there is nothing in it.", path=path)
    if name is not None:
        return FORMATS[name].read(text, path)
    form = next((each for each in FORMATS.values() if each.fits(text)), None)
    if form is None:
        raise Malformed(f"this is not a known file of notes ({', '.join(FORMATS)}).", path=path)
    return form.read(text, path)
