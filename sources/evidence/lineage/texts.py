"""The words of a story's texts as lineage reads them: outside headings and muted zones, quoted or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.fingerprints import fingerprints
from sources.evidence.passages import Shingles
from sources.evidence.quotation_marks import quoted_spans
from sources.model import Span, Zone, ZoneKind
from sources.text.sentences import split_sentences
from sources.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.model import Ref, Source


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as a list of words: their places, and whether each stands in quotation marks."""

    source: Source
    starts: list[int]
    ends: list[int]
    quoted: list[bool]
    shingles: Shingles
    fingerprints: frozenset[int]

    @property
    def ref(self) -> Ref:
        """Return the ref of the source."""
        return self.source.ref

    @property
    def outside(self) -> int:
        """Return how many words stand outside quotation marks."""
        return len(self.quoted) - sum(self.quoted)

    def span(self, first: int, count: int) -> Span:
        """Return where ``count`` words from the word ``first`` on stand in the text."""
        return Span(self.starts[first], self.ends[first + count - 1])


def told_spans(source: Source) -> list[Span]:
    """Return the spans in which a source tells something: no headings unless there is nothing else."""
    return [Span(zone.start, zone.end) for zone in _told_zones(source)]


def told_sentences(source: Source) -> tuple[Span, ...]:
    """Return the sentences of those spans."""
    zones = _told_zones(source)
    return split_sentences(source.text, zones) if zones else ()


def _told_zones(source: Source) -> list[Zone]:
    if not source.zones:
        return [Zone(ZoneKind.BODY, 0, len(source.text))]
    lively = [zone for zone in source.zones if not zone.kind.muted]
    return [zone for zone in lively if zone.kind is not ZoneKind.HEADING] or lively


def read_texts(sources: Iterable[Source], *, numbers: dict[str, int] | None = None) -> list[ReadText]:
    """Read the words of several texts, numbered alike, so that they can be compared.

    ``numbers`` are those of words that are known already; new ones are put there too.
    """
    numbers = {} if numbers is None else numbers
    return [_read(source, numbers) for source in sources]


def _read(source: Source, numbers: dict[str, int]) -> ReadText:
    starts: list[int] = []
    ends: list[int] = []
    quoted: list[bool] = []
    words: list[int] = []
    for span in told_spans(source):
        marks = iter(quoted_spans(source.text, span.start, span.end))
        mark = next(marks, None)
        for token in tokenize(source.text, span):
            while mark is not None and mark.end <= token.start:
                mark = next(marks, None)
            starts.append(token.start)
            ends.append(token.end)
            quoted.append(mark is not None and mark.start <= token.start)
            words.append(numbers.setdefault(token.norm, len(numbers)))
    return ReadText(source, starts, ends, quoted, Shingles(words), fingerprints(source))
