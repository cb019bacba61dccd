"""The timeline of a story: what happened when, merged over its sources."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.context_vectors import (
    Partition,
    Vector,
    clause_around,
    context_vector,
    context_window,
    dot,
    names_by_ref,
    pairs_within_reach,
    telling_words,
    weighted_by_rarity,
)
from sources.evidence.dated_clauses import predicate_at
from sources.evidence.dates import DateMention, Precision
from sources.evidence.dates.calendar import MONTHS, days_in_words
from sources.evidence.dates.finder import find_dates
from sources.evidence.dates.publication import publication_of
from sources.model import Span
from sources.text.sentences import split_sentences
from sources.text.tokens import norms, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.context_vectors import Names
    from sources.evidence.dated_clauses import Predicate
    from sources.evidence.entities import Entity
    from sources.model import Ref, Source


class EventStatus(StrEnum):
    """What the sources make of when something happened."""

    AGREE = "agree"  # at least two say so in words of their own
    CONFLICT = "conflict"  # two give dates that exclude one another
    SINGLE = "single"  # one says it, or one and its copies
    OPEN = "open"  # nobody can say when: the source has no date, or the words are too vague


@dataclass(frozen=True, slots=True)
class EventMention:
    """A date in a source: ``text`` stands at ``start`` to ``end``, in the sentence at ``sentence``.

    ``first`` and ``last`` are the ISO 8601 days between which it lies, None where that end is open;
    ``open_because`` says why both are. ``copied`` is set where an earlier source has the sentence.
    """

    ref: Ref
    start: int
    end: int
    text: str
    sentence: Span
    first: str | None
    last: str | None
    copied: bool
    open_because: str | None

    @property
    def when(self) -> str:
        """The days, or what is said where nobody can tell the days."""
        if self.first is None and self.last is None:
            return f"“{' '.join(self.text.split())}”"
        return days_in_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with all places that say when; ``text`` is the sentence that says it best.

    ``start`` and ``end`` are the first and last day on which it can have happened, as narrow as its mentions
    make it; of conflicting dates those that most sources give. ``id`` is unique within the story.
    """

    id: str
    start: str | None
    end: str | None
    precision: Precision
    text: str
    status: EventStatus
    mentions: tuple[EventMention, ...]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Return the sources that tell of it, each once, in the order of its mentions."""
        return tuple(dict.fromkeys(mention.ref for mention in self.mentions))

    @property
    def whens(self) -> tuple[str, ...]:
        """When it was; where dates conflict, the one that most sources give and then the others.

        Other days that its sentence names ("opened in 1901 and closed in 1974") follow the first after a
        comma.
        """
        said = tuple(dict.fromkeys(mention.when for mention in self.mentions))
        main = days_in_words(self.start, self.end) if self.start or self.end else said[0]
        if self.status is EventStatus.CONFLICT:
            return (main, *(other for other in said if other != main))
        first, last = self.start or _FIRST, self.end or _LAST
        apart = [
            mention.when
            for mention in self.mentions
            if (mention.first or mention.last)
            and ((mention.first or _FIRST) > last or (mention.last or _LAST) < first)
        ]
        return (", ".join(dict.fromkeys((main, *apart))),)


# The timeline of a story: what happened when, as far as its sources say.
#
# Each date is held together with the words around it. Two places tell of the same event when their dates
# can both be true and their words, and those of the events that they are in by then, are alike. A year or a
# day that is written out takes less likeness than a range.
#
# Dates that exclude one another are most often those of two events, however alike the words: what is told on
# Monday is told again on Tuesday. Only proof makes one event of them, with dates in conflict: both are the
# day of the same verb of the same subject or object, which happens once, both are exact, near one another or
# a slip apart, no source tells of both, and where one is counted from the day of its source or is still to
# come, both sources are of one day.

_SAME_DAYS, _SHARED_DAYS, _OTHER_DAYS = 0.2, 0.34, 0.5  # likeness needed to be the same event
_EXACT = {Precision.DAY: 1, Precision.MONTH: 31, Precision.YEAR: 366}  # days that a date takes up
_NEAR = 12  # how often a date fits between two that may be one, told wrongly. Not measured
_WIDTHS = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.RANGE)
_FIRST, _LAST = "0001-01-01", "9999-12-31"
_NAMES_ITS_DAYS = re.compile(rf"\b(?:\d{{4}}|\d+[./-]\d+|{'|'.join(MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A date in its sentence; ``published`` is the day of its source."""

    ref: Ref
    published: str | None
    date: DateMention
    sentence: Span
    said: str  # the sentence as it is written
    wording: str  # the same without case and signs
    terms: Vector

    @property
    def days(self) -> tuple[str, str]:
        """Return the first and last day that it can be, however far where an end is open."""
        return self.date.first or _FIRST, self.date.last or _LAST

    @property
    def is_counted(self) -> bool:
        """Tell whether it is counted from the day of its source: "on Friday", not "on 12 June"."""
        return not _NAMES_ITS_DAYS.search(self.date.text)

    @property
    def is_ahead(self) -> bool:
        """Tell whether it was to come when its source was published."""
        return self.published is not None and (self.date.first or _FIRST) > self.published


def timeline(sources: Sequence[Source], entities: Sequence[Entity] = ()) -> tuple[Event, ...]:
    """Return the events of a story in the order of time, those of which nobody can say when at the end.

    ``entities`` are those of the story; with them a name counts as what it names. Muted zones are left out,
    and so is the story's own summary unless it comes alone.
    """
    names = names_by_ref(entities)
    spoken = [source for source in sources if source.ref.number is not None] or sources
    places = [place for source in spoken for place in _places(source, names.get(source.ref, []))]
    copies: dict[tuple[str, str, tuple[str, str]], list[_Place]] = defaultdict(list)
    for place in places:
        copies[place.wording, place.date.text, place.days].append(place)
    groups = list(copies.values())
    firsts = [group[0] for group in groups]
    vectors = weighted_by_rarity([(place.wording, place.terms) for place in firsts])
    events = _Events(vectors)
    first_of: dict[tuple[Ref, Span], int] = {}
    for number, group in enumerate(groups):
        for place in group:
            events.join(first_of.setdefault((place.ref, place.sentence), number), number)
    pairs = sorted(_pairs(firsts, vectors), reverse=True)
    for pair in pairs:
        if pair.needed < _OTHER_DAYS and events.likeness(pair.one, pair.other) >= pair.needed:
            events.join(pair.one, pair.other)
    disputes = _Disputes(places, {source.ref: source.text for source in spoken}, entities)
    disputed = [pair for pair in pairs if disputes.proven(firsts[pair.one], firsts[pair.other])]
    for pair in disputed:
        events.join(pair.one, pair.other)
    in_dispute = {events.group_of(pair.one) for pair in disputed}
    told = [
        _event(
            [place for number in sorted(numbers) for place in groups[number]],
            disputed=events.group_of(numbers[0]) in in_dispute,
        )
        for numbers in events.groups()
    ]
    told.sort(key=_order)
    return tuple(_named(told))


def _places(source: Source, names: Names) -> Iterator[_Place]:
    sentences = split_sentences(source.text, source.zones)
    starts = [sentence.start for sentence in sentences]
    written: dict[int, tuple[str, str]] = {}
    known = publication_of(source)
    published = str(known.first) if known is not None and known.first == known.last else None
    for found in find_dates(source):
        number = bisect_right(starts, found.start) - 1
        if number < 0 or found.end > sentences[number].end:
            continue
        sentence, span = sentences[number], Span(found.start, found.end)
        if number not in written:
            said = source.text[sentence.start : sentence.end]
            written[number] = said, " ".join(norms(source.text, sentence))
        near = context_window(span, sentence)
        clause = clause_around(source.text, span, near)
        words = telling_words(near, names, tokenize(source.text, near))
        terms = context_vector(source.text, span, clause, words, span).terms
        yield _Place(source.ref, published, found, sentence, *written[number], terms)


class _Pair(NamedTuple):
    """Two places by number, how alike their words are, and how alike they have to be for one event."""

    likeness: float
    needed: float
    one: int
    other: int


def _pairs(places: Sequence[_Place], vectors: Sequence[Vector]) -> Iterator[_Pair]:
    """Yield the pairs whose words are alike enough that they may tell of the same event."""
    for one, other in pairs_within_reach(len(places)):
        first, second = places[one], places[other]
        if first.wording == second.wording:
            continue
        if not (first.date.resolved and second.date.resolved):
            if first.date.resolved != second.date.resolved or first.date.text != second.date.text:
                continue
            needed = _SAME_DAYS
        elif first.days == second.days:
            needed = _SAME_DAYS
        else:
            needed = _SHARED_DAYS if _overlap(first, second) else _OTHER_DAYS
        likeness = dot(vectors[one], vectors[other])
        if likeness >= needed:
            yield _Pair(likeness, needed, one, other)


def _overlap(one: _Place, other: _Place) -> bool:
    (first, last), (begin, end) = one.days, other.days
    return first <= end and begin <= last


class _Events(Partition):
    """Places in groups, with the sum of the words of each group."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        super().__init__(len(vectors))
        self._sums: list[Vector] = [dict(vector) for vector in vectors]

    def likeness(self, one: int, other: int) -> float:
        """Return the cosine of the words of two groups."""
        first, second = self._sums[self.group_of(one)], self._sums[self.group_of(other)]
        length = math.sqrt(dot(first, first) * dot(second, second))
        return dot(first, second) / length if length else 0.0

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        first, second = self.group_of(one), self.group_of(other)
        if first != second:
            for term, weight in self._sums[second].items():
                self._sums[first][term] = self._sums[first].get(term, 0.0) + weight
        super().join(first, second)


class _Disputes:
    """Proof that two dates exclude one another although they are told of the same event."""

    def __init__(
        self, places: Iterable[_Place], texts: Mapping[Ref, str], entities: Sequence[Entity]
    ) -> None:
        self._texts = texts
        self._names = names_by_ref(entities)
        self._kinds = {entity.id: entity.kind for entity in entities}
        self._told: dict[Ref, list[_Place]] = defaultdict(list)
        for place in places:
            self._told[place.ref].append(place)
        self._predicates: dict[tuple[Ref, int], Predicate | None] = {}

    def proven(self, one: _Place, other: _Place) -> bool:
        """Tell whether there is proof of it."""
        return (
            one.ref != other.ref
            and not _overlap(one, other)
            and _nearly(one.date, other.date)
            and _comparable(one, other)
            and self._same(one, other)
            and self._once(one)
            and self._once(other)
            and not any(
                _overlap(place, far) and self._same(place, far)
                for near, far in ((one, other), (other, one))
                for place in self._told[near.ref]
            )
        )

    def _same(self, one: _Place, other: _Place) -> bool:
        predicate, others = self._predicate(one), self._predicate(other)
        return predicate is not None and others is not None and predicate.is_also(others)

    def _once(self, place: _Place) -> bool:
        predicate = self._predicate(place)
        return predicate is not None and predicate.once

    def _predicate(self, place: _Place) -> Predicate | None:
        key = place.ref, place.date.start
        if key not in self._predicates:
            dates = [
                Span(each.date.start, each.date.end)
                for each in self._told[place.ref]
                if each.sentence == place.sentence
            ]
            span = Span(place.date.start, place.date.end)
            names = self._names.get(place.ref, [])
            self._predicates[key] = predicate_at(
                self._texts[place.ref], span, place.sentence, names, self._kinds, dates
            )
        return self._predicates[key]


def _nearly(one: DateMention, other: DateMention) -> bool:
    """Tell whether two exact dates are near one another, or differ in day, month or year alone."""
    if not {one.precision, other.precision} <= _EXACT.keys() or one.first is None or other.first is None:
        return False
    width = max(_EXACT[one.precision], _EXACT[other.precision])
    apart = abs((date.fromisoformat(one.first) - date.fromisoformat(other.first)).days)
    parts = zip(one.first.split("-"), other.first.split("-"), strict=True)
    return apart <= _NEAR * width or (width == 1 and sum(mine != others for mine, others in parts) == 1)


def _comparable(one: _Place, other: _Place) -> bool:
    """Tell whether the days of two sources cannot be why their dates differ."""
    if one.published == other.published:
        return True
    return not any(place.is_counted or place.is_ahead for place in (one, other))


def _event(places: list[_Place], *, disputed: bool) -> Event:
    """Make an event of all its places, which are put in the order of the sources."""
    places = sorted(places, key=lambda place: (place.ref.number or 0, place.date.start))
    copied = _copies(places)
    resolved = [place for place in places if place.date.resolved]
    mentions = tuple(
        EventMention(
            place.ref,
            place.date.start,
            place.date.end,
            place.date.text,
            place.sentence,
            place.date.first,
            place.date.last,
            is_copy,
            place.date.open_because,
        )
        for place, is_copy in zip(places, copied, strict=True)
    )
    if not resolved:
        return Event("", None, None, Precision.OPEN, places[0].said, EventStatus.OPEN, mentions)
    best = _narrowest(resolved)
    voices = {
        place.ref
        for place, is_copy in zip(places, copied, strict=True)
        if not is_copy and _overlap(place, best)
    }
    several = EventStatus.AGREE if len(voices) > 1 else EventStatus.SINGLE
    status = EventStatus.CONFLICT if disputed else several
    start, end, precision = best.date.first, best.date.last, best.date.precision
    return Event("", start, end, precision, best.said, status, mentions)


def _copies(places: Sequence[_Place]) -> list[bool]:
    seen: dict[str, Ref] = {}
    return [seen.setdefault(place.wording, place.ref) != place.ref for place in places]


def _narrowest(places: Sequence[_Place]) -> _Place:
    """Return the place with the narrowest date, of the dates that most sources give."""
    says = Counter(days for _, days in {(place.ref, place.days) for place in places})
    return min(
        places,
        key=lambda place: (
            _WIDTHS.index(place.date.precision) if place.date.precision in _WIDTHS else len(_WIDTHS),
            -says[place.days],
        ),
    )


def _order(event: Event) -> tuple[bool, str, str]:
    return event.status is EventStatus.OPEN, event.start or event.end or _LAST, event.end or _LAST


def _named(events: Sequence[Event]) -> Iterator[Event]:
    seen: Counter[str] = Counter()
    for event in events:
        name = event.start or event.end or "open"
        seen[name] += 1
        identifier = name if seen[name] == 1 else f"{name}-{seen[name]}"
        yield Event(
            identifier, event.start, event.end, event.precision, event.text, event.status, event.mentions
        )
