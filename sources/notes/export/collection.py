"""What an export needs to know, gathered beforehand, so that writing it is pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.model import TargetKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Note, Ref, Source


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as a citation names it."""

    ref: Ref
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    url: str | None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span of a source that somebody gave a label; ``uid`` names it wherever it goes.

    ``comment`` and ``colour`` are those of the note that the label stands on, if it is one's.
    """

    ref: Ref
    start: int
    end: int
    label: str
    quote: str
    coder: str | None = None
    created: str = ""
    uid: str = ""
    comment: str = ""
    colour: str | None = None

    @property
    def name(self) -> str:
        """What names the span wherever it goes: its uid, or else where it stands and under what."""
        return self.uid or f"{self.ref} {self.start} {self.end} {self.label} {self.coder or ''}"


@dataclass(frozen=True, slots=True)
class Code:
    """A label as the codebook describes it; ``parent`` is the name of the label above it."""

    name: str
    meaning: str = ""
    colour: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class NoteCollection:
    """Notes with what is known of their stories' titles and their sources; what is missing was removed.

    ``texts`` holds the sources with their texts, for the formats that need them (`ExportFormat.texts`);
    ``labelled`` the spans under labels, and ``codes`` what the labels mean.
    """

    notes: tuple[Note, ...] = ()
    sources: Mapping[Ref, CitedSource] = field(default_factory=dict)
    titles: Mapping[str, str | None] = field(default_factory=dict)
    texts: Mapping[Ref, Source] = field(default_factory=dict)
    labelled: tuple[LabelledSpan, ...] = ()
    codes: tuple[Code, ...] = ()

    def in_order(self) -> tuple[Note, ...]:
        """Return the notes by where their first target stands, then by what names them."""
        return tuple(sorted(self.notes, key=_place))

    def cited(self) -> tuple[CitedSource, ...]:
        """Return the sources by story and number, summaries last."""
        return tuple(self.sources[ref] for ref in sorted(self.sources, key=ref_order))

    def spans_by_ref(self) -> dict[Ref, list[LabelledSpan]]:
        """Return the labelled spans of each source in order, the longer of two that begin alike first."""
        found: dict[Ref, list[LabelledSpan]] = {}
        for span in sorted(self.labelled, key=_span_order):
            found.setdefault(span.ref, []).append(span)
        return found


def labelled_by_notes(notes: tuple[Note, ...]) -> tuple[LabelledSpan, ...]:
    """Return the passages of ``notes`` that carry labels; lost passages are left out."""
    return tuple(
        LabelledSpan(
            target.ref, target.anchor.start, target.anchor.end, label, target.anchor.quote, note.coder,
            note.created, f"{note.uid}/{position}/{label}", note.text, note.colour,
        )
        for note in notes
        for position, target in enumerate(note.targets)
        if target.kind is TargetKind.PASSAGE and target.confidence > 0
        for label in note.labels
    )  # fmt: skip


def ref_order(ref: Ref) -> tuple[str, bool, int]:
    """Return the key that sorts refs by story, then number, the summary last."""
    return (ref.story, ref.number is None, ref.number or 0)


def _place(note: Note) -> tuple[object, ...]:
    first = note.targets[0]
    return (*ref_order(first.ref), first.anchor.start, note.id, note.uid)


def _span_order(span: LabelledSpan) -> tuple[object, ...]:
    return (*ref_order(span.ref), span.start, -span.end, span.label, span.coder or "", span.uid)


# The colours of notes and labels where a format needs them as values.

CODES = {
    "yellow": "#E3B505", "green": "#2E9E5B", "blue": "#2F6FDE", "pink": "#E06C9F", "purple": "#8A5CD1",
    "orange": "#E5812A", "red": "#D1383D", "grey": "#7D8590",
}  # fmt: skip
