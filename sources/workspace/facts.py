"""The figures and dates in a library's texts, worked out once, and what they make of a story."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sources.model import Ref, Span
from sources.workspace.codec import Codec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.dates import DateMention
    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.figures import Figure
    from sources.evidence.timeline import Event
    from sources.model import Source
    from sources.workspace.naming import Finder

# Each question loads its own method: their patterns take a reader's time to compile.
# ruff: noqa: PLC0415


class Facts:
    """Finds figures and dates and holds those of texts together; ``found`` works out or remembers."""

    def __init__(self, found: Finder) -> None:
        self._found = found

    def figures(self, source: Source) -> tuple[Figure, ...]:
        """Return the money, shares, counts and durations of a source."""
        from sources.evidence import figures

        codec = Codec(figures.Figure, figures.FigureKind, Span)
        method = f"figures {figures.METHOD_VERSION}"
        return self._found(method, [source], codec, lambda texts: figures.find_figures(texts[0]))

    def dates(self, source: Source) -> tuple[DateMention, ...]:
        """Return the dates of a source."""
        from sources.evidence import dates

        codec = Codec(dates.DateMention, dates.Precision)
        method = f"dates {dates.METHOD_VERSION}"
        return self._found(method, [source], codec, lambda texts: dates.find_dates(texts[0]))

    def matrix(self, texts: list[Source], entities: Sequence[Entity]) -> tuple[MatrixRow, ...]:
        """Return what is measured in texts that are read together; ``entities`` are theirs."""
        from sources.evidence import dates, figure_matrix, figures

        codec = Codec(
            figure_matrix.MatrixRow,
            figure_matrix.MatrixValue,
            figure_matrix.MatrixMention,
            figure_matrix.Status,
            figures.FigureKind,
            Ref,
        )
        versions = "/".join(room.METHOD_VERSION for room in (figures, dates, figure_matrix))
        method = f"figure matrix {versions} {_mark(entities)}"
        return self._found(method, texts, codec, lambda read: figure_matrix.figure_matrix(read, entities))

    def timeline(self, texts: list[Source], entities: Sequence[Entity]) -> tuple[Event, ...]:
        """Return what happened when in texts that are read together; ``entities`` are theirs."""
        from sources.evidence import dates, timeline

        codec = Codec(
            timeline.Event, timeline.EventMention, timeline.EventStatus, dates.Precision, Ref, Span
        )  # fmt: skip
        method = f"timeline {dates.METHOD_VERSION}/{timeline.METHOD_VERSION} {_mark(entities)}"
        return self._found(method, texts, codec, lambda read: timeline.timeline(read, entities))


def _mark(entities: Sequence[Entity]) -> str:
    """Return what changes when the user or the library's usage of words makes other entities of the names."""
    said = repr([(each.id, [(mention.ref, mention.start) for mention in each.mentions]) for each in entities])
    return f"{zlib.crc32(said.encode('utf-8', 'surrogatepass')):08x}"
