"""The timeline of a story: what happened when, merged over its sources."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.evidence.context_vectors import (
    Partition,
    Vector,
    context_vector,
    dot,
    names_by_ref,
    pairs_within_reach,
    weighted_by_rarity,
)
from sources.evidence.dates import DateMention, Precision
from sources.evidence.dates.finder import find_dates
from sources.model import Span
from sources.text.sentences import split_sentences
from sources.text.tokens import norms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.context_vectors import Names
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


# The timeline of a story: what happened when, as far as its sources say.
#
# Each date is held together with the words around it. Two places tell of the same event when their dates
# can both be true and their words are alike; when the words are very much alike but the dates exclude
# one another, it is one event with conflicting dates. A year or a day that is written out takes less
# likeness than a range.

_SAME_DAYS, _SHARED_DAYS, _OTHER_DAYS = 0.2, 0.34, 0.5  # likeness needed to be the same event
_WIDTHS = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.RANGE)
_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class _Place:
    """A date in its sentence."""

    ref: Ref
    date: DateMention
    sentence: Span
    said: str  # the sentence as it is written
    wording: str  # the same without case and signs
    terms: Vector

    @property
    def days(self) -> tuple[str, str]:
        """Return the first and last day that it can be, however far where an end is open."""
        return self.date.first or _FIRST, self.date.last or _LAST


def timeline(sources: Sequence[Source], entities: Sequence[Entity] = ()) -> tuple[Event, ...]:
    """Return the events of a story in the order of time, those of which nobody can say when at the end.

    ``entities`` are those of the story; with them a name counts as what it names. Muted zones are left out,
    and so is the story's own summary unless it comes alone.
    """
    names = names_by_ref(entities)
    spoken = [source for source in sources if source.ref.number is not None] or sources
    places = [place for source in spoken for place in _places(source, names.get(source.ref, []))]
    copies: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in places:
        copies[place.wording, place.date.text].append(place)
    groups = list(copies.values())
    firsts = [group[0] for group in groups]
    vectors = weighted_by_rarity([(place.wording, place.terms) for place in firsts])
    parts = Partition(len(firsts))
    first_of: dict[str, int] = {}
    for number, place in enumerate(firsts):
        parts.join(first_of.setdefault(place.wording, number), number)
    for _, one, other in sorted(_alike(firsts, vectors)):
        parts.join(one, other)
    events = [
        _event([place for number in sorted(numbers) for place in groups[number]])
        for numbers in parts.groups()
    ]
    events.sort(key=_order)
    return tuple(_named(events))


def _places(source: Source, names: Names) -> Iterator[_Place]:
    sentences = split_sentences(source.text, source.zones)
    starts = [sentence.start for sentence in sentences]
    written: dict[int, tuple[str, str]] = {}
    for date in find_dates(source):
        number = bisect_right(starts, date.start) - 1
        if number < 0 or date.end > sentences[number].end:
            continue
        sentence, span = sentences[number], Span(date.start, date.end)
        if number not in written:
            said = source.text[sentence.start : sentence.end]
            written[number] = said, " ".join(norms(source.text, sentence))
        terms = context_vector(source.text, span, sentence, names, span).terms
        yield _Place(source.ref, date, sentence, *written[number], terms)


def _alike(places: Sequence[_Place], vectors: Sequence[Vector]) -> Iterator[tuple[float, int, int]]:
    """Yield the pairs that may tell of the same event, with how much likeness they have to spare."""
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
        spare = dot(vectors[one], vectors[other]) - needed
        if spare >= 0:
            yield -spare, one, other


def _overlap(one: _Place, other: _Place) -> bool:
    (first, last), (begin, end) = one.days, other.days
    return first <= end and begin <= last


def _event(places: list[_Place]) -> Event:
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
    status = _status(places, copied)
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


def _status(places: Sequence[_Place], copied: Sequence[bool]) -> EventStatus:
    said: dict[tuple[Ref, str], list[_Place]] = defaultdict(list)
    for place in places:
        if place.date.resolved:
            said[place.ref, place.wording].append(place)
    told = list(said.items())
    if any(
        one[0] != other[0] and _exclude(dates, others) and not _bridged(dates, others, said.values())
        for number, (one, dates) in enumerate(told)
        for other, others in told[number + 1 :]
    ):
        return EventStatus.CONFLICT
    voices = {place.ref for place, is_copy in zip(places, copied, strict=True) if not is_copy}
    return EventStatus.AGREE if len(voices) > 1 else EventStatus.SINGLE


def _exclude(ones: Sequence[_Place], others: Sequence[_Place]) -> bool:
    """Tell whether no date of one sentence can be one of another's."""
    return not any(_overlap(one, other) for one in ones for other in others)


def _bridged(ones: Sequence[_Place], others: Sequence[_Place], said: Iterable[Sequence[_Place]]) -> bool:
    """Tell whether a sentence with several dates has joined two that tell of one of them each."""
    return any(
        not _exclude(ones, [first]) and not _exclude(others, [second]) and not _overlap(first, second)
        for dates in said
        if len(dates) > 1
        for first in dates
        for second in dates
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


# When something happened, in words: the shortest way to write the days that are known.


def days(first: str | None, last: str | None) -> str:
    """Return the shortest way to write the ISO days from ``first`` to ``last``; None is an open end."""
    if first is None or last is None:
        return f"… {last}" if first is None else f"{first} …"
    if first == last:
        return first
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} … {last[:4]}"
    month_over = last[8:] in {"28", "29", "30", "31"} and first.endswith("-01") and first[:7] == last[:7]
    return first[:7] if month_over else f"{first} … {last}"


def when(mention: EventMention) -> str:
    """Return the days of a mention, or what it says where nobody can tell the days."""
    if mention.first is None and mention.last is None:
        return f"“{' '.join(mention.text.split())}”"
    return days(mention.first, mention.last)


def whens(event: Event) -> tuple[str, ...]:
    """Return when an event was; where dates conflict, the one that most sources give and then the others.

    Other days that its sentence names ("opened in 1901 and closed in 1974") follow the first after a comma.
    """
    said = tuple(dict.fromkeys(when(mention) for mention in event.mentions))
    main = days(event.start, event.end) if event.start or event.end else said[0]
    if str(event.status) != "conflict":
        first, last = event.start or _FIRST, event.end or _LAST
        apart = [
            when(mention)
            for mention in event.mentions
            if (mention.first or mention.last)
            and ((mention.first or _FIRST) > last or (mention.last or _LAST) < first)
        ]
        return (", ".join(dict.fromkeys((main, *apart))),)
    return (main, *(other for other in said if other != main))


# The timeline of a story: what happened when, merged over its sources.

__all__ = ["Event", "EventMention", "EventStatus", "timeline"]
