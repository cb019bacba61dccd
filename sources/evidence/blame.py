"""Who said something first, who took it over, and who changed it on the way: figures, quotes and claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from sources.evidence.figure_matrix import Status
from sources.evidence.sentence_reading import plain_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.lineage import Lineage
    from sources.evidence.multi_alignment import Columns
    from sources.evidence.quote_families import QuoteFamily
    from sources.model import Ref

FactKind = Literal["figure", "quote", "claim"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A place where something is said: ``start`` to ``end`` of version ``version`` of a source.

    ``date`` is the ISO 8601 day on which that version came out, None where nothing tells. ``changed`` tells
    that a figure or quote is another than at first, or that a statement was reworded in a text which stems
    from another; ``source`` is which text it was taken from, None where that is not proved.
    """

    ref: Ref
    version: int
    date: str | None
    start: int
    end: int
    text: str
    changed: bool = False
    source: Ref | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is said in a story: ``text`` as it was said ``first``, and who has said it after that.

    ``subject`` is what a figure is of, and empty else. ``sure`` tells that the order is proved: all others
    came out on later days, or stem from another that has it. Else it is not known who was first, and
    ``first`` is only the first by day and number.
    """

    id: str
    kind: FactKind
    subject: str
    text: str
    first: Saying
    taken_over: tuple[Saying, ...]
    sure: bool


class Place(NamedTuple):
    """Where something is said in the newest text of a source; places with one ``same`` say the same."""

    ref: Ref
    start: int
    end: int
    text: str
    same: object


class Origin(Protocol):
    """What tells when a source began to say something."""

    def began(self, place: Place) -> tuple[int, str | None]:
        """Return the earliest version that says what a place says, and the day on which that came out."""


def trace(
    rows: Iterable[MatrixRow],
    families: Iterable[QuoteFamily],
    columns: Columns | None,
    lineage: Lineage,
    texts: Mapping[Ref, str],
    origin: Origin,
) -> tuple[Fact, ...]:
    """Return what is said in a story with who said it first: figures, then quotes, then other sentences.

    ``columns`` are its sources side by side, ``texts`` their newest texts.
    """
    stems = {(one.later, one.earlier) for pair in lineage.pairs if (one := pair.direction) is not None}
    stems |= {(one.later, one.earlier) for link in lineage.links if (one := link.direction) is not None}
    tracer = _Tracer(stems, origin)
    facts = [
        tracer.fact(name, "figure", places, row.subject)
        for row in rows
        for name, places in _of_row(row, texts)
    ]
    quoted: set[tuple[Ref, int]] = set()
    for family in families:
        if places := _of_family(family):
            quoted.update((one.ref, one.start) for one in places)
            facts.append(tracer.fact(family.id, "quote", places))
    number = 0
    for places in _of_columns(columns, texts):
        inside = [any((one.ref, at) in quoted for at in range(one.start, one.end)) for one in places]
        if len(places) > 1 and not all(inside):
            number += 1
            facts.append(tracer.fact(f"claim-{number}", "claim", places))
    return tuple(sorted(facts, key=lambda fact: -len(fact.taken_over)))


def _of_row(row: MatrixRow, texts: Mapping[Ref, str]) -> Iterator[tuple[str, list[Place]]]:
    """Yield the facts of a row: one, or one a value where it is not proved that all are of one thing."""
    told = [
        [
            Place(one.ref, one.start, one.end, texts[one.ref][one.start : one.end], value.value)
            for one in value.mentions
            if one.ref in texts
        ]
        for value in row.values
        if not value.before
    ]
    if row.status in (Status.POSSIBLE, Status.NEARBY):
        yield from ((f"{row.id}.{place}", said) for place, said in enumerate(told, start=1) if said)
    elif places := [one for said in told for one in said]:
        yield row.id, places


def _of_family(family: QuoteFamily) -> list[Place]:
    return [
        Place(one.ref, one.start, one.end, one.text, bool(one.altered or one.left_out or one.shift))
        for one in family.variants
        if one.ref.number is not None
    ]


def _of_columns(columns: Columns | None, texts: Mapping[Ref, str]) -> Iterator[list[Place]]:
    if columns is None:
        return
    for row in columns.rows:
        cells = [
            (ref, cell.span) for ref, cell in zip(columns.refs, row.cells, strict=True) if cell is not None
        ]
        said = [(ref, span, span.of(texts[ref])) for ref, span in cells]
        yield [Place(ref, *span, words, plain_form(words)) for ref, span, words in said]


class _Tracer:
    """Puts the places where one thing is said in the order in which it was said.

    ``stems`` are pairs of texts of which the first is known to stem from the second.
    """

    def __init__(self, stems: set[tuple[Ref, Ref]], origin: Origin) -> None:
        self._stems = stems
        self._origin = origin

    def fact(self, name: str, kind: FactKind, places: Sequence[Place], subject: str = "") -> Fact:
        """Return what is said at some places, with where it was said first."""
        dated = [_Dated(place, *self._origin.began(place)) for place in places]
        dated.sort(key=lambda one: (one.day or "9999", one.place.ref.number or 0, one.place.start))
        first = self._first(dated)
        by_ref = {one.place.ref: one for one in reversed(dated)}
        later: dict[Ref, Saying] = {}
        sure = True
        for one in dated:
            ref = one.place.ref
            if ref == first.place.ref or ref in later:
                continue
            source = self._source(ref, (*reversed(tuple(later)), first.place.ref))
            # A statement in words of their own is no change of it; one in a text that was taken over is.
            model = first if kind != "claim" else by_ref.get(source) if source is not None else None
            differs = model is not None and one.place.same != model.place.same
            later[ref] = _said(one, changed=differs, source=source)
            sure = sure and (source is not None or bool(first.day and one.day and first.day < one.day))
        return Fact(name, kind, subject, first.place.text, _said(first), tuple(later.values()), sure)

    def _first(self, dated: Sequence[_Dated]) -> _Dated:
        """Return where it was said first: what that text stems from said it before, whatever the dates."""
        first = dated[0]
        refs = {one.place.ref for one in dated}
        while source := self._source(first.place.ref, refs):
            refs.discard(first.place.ref)
            first = next(one for one in dated if one.place.ref == source)
        return first

    def _source(self, ref: Ref, others: Iterable[Ref]) -> Ref | None:
        return next((other for other in others if (ref, other) in self._stems), None)


class _Dated(NamedTuple):
    place: Place
    version: int
    day: str | None


def _said(one: _Dated, *, changed: bool = False, source: Ref | None = None) -> Saying:
    place = one.place
    return Saying(place.ref, one.version, one.day, place.start, place.end, place.text, changed, source)
