"""How labels and labelled spans are shown: as JSON, or for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.labels import SpanStatus
from sources.model import NoteState
from tui.cli.console import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.labels import Codebook, Label, LabelSpan
    from tui.cli.console import Console

_LONGEST = 200  # code points of a quote that are shown


def label_object(label: Label, codebook: Codebook) -> dict[str, Any]:
    """Return a label as it stands in JSON documents."""
    above = codebook.parent_of(label)
    return {
        "id": label.id,
        "name": label.name,
        "meaning": label.meaning,
        "colour": label.colour,
        "key": label.key,
        "parent": None if above is None else above.name,
        "path": list(codebook.path(label)),
        "created": label.created,
        "modified": label.modified,
    }


def span_object(span: LabelSpan) -> dict[str, Any]:
    """Return a labelled span as it stands in JSON documents."""
    anchor = span.target.anchor
    return {
        "id": span.id,
        "ref": str(span.ref),
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "label": span.label,
        "coder": span.coder,
        "status": span.status.value,
        "origin": span.origin or None,
        "settlement": span.settlement,
        "state": span.target.state.value,
        "confidence": span.target.confidence,
        "version": span.target.version,
        "created": span.created,
        "modified": span.modified,
    }


def show_codebook(console: Console, codebook: Codebook, counts: dict[str, int]) -> None:
    """Write the labels as a tree in a table; ``counts`` are the marked spans of each."""
    columns = [
        Column("LABEL", 20),
        Column("KEY"),
        Column("COLOUR"),
        Column("SPANS", right=True),
        Column("MEANING", 20),
    ]
    rows = [
        (
            "  " * codebook.depth(label) + label.name,
            label.key or "",
            label.colour or "",
            str(counts.get(label.name, 0)),
            label.meaning,
        )
        for label in codebook
    ]
    console.table(columns, rows)


def show_spans(console: Console, spans: Sequence[LabelSpan]) -> None:
    """Write labelled spans as a table."""
    columns = [
        Column("ID", right=True),
        Column("WHERE", 16),
        Column("LABEL", 12),
        Column("CODER", 8),
        Column("PASSAGE", 20),
    ]
    console.table(
        columns,
        [(str(span.id), place(span), span.label + _remark(span), span.coder, quoted(span)) for span in spans],
    )


def place(span: LabelSpan) -> str:
    """Return where a span stands, for people."""
    return f"{span.ref} {span.span.start}-{span.span.end}"


def quoted(span: LabelSpan) -> str:
    """Return the words of a span, cut where they are many."""
    quote = span.target.anchor.quote
    return quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"


def span_objects(spans: Iterable[LabelSpan]) -> list[dict[str, Any]]:
    """Return labelled spans as they stand in JSON documents."""
    return [span_object(span) for span in spans]


def _remark(span: LabelSpan) -> str:
    remarks = [
        "" if span.status is SpanStatus.MARKED else span.status.value,
        "" if span.target.state is NoteState.ANCHORED else span.target.state.value,
    ]
    told = ", ".join(remark for remark in remarks if remark)
    return f" ({told})" if told else ""
