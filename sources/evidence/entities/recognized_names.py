"""What recognizers found, put together with the names of the grammar.

A span that meets no name is a name of its own; one that covers names wholly, and more, replaces them; one
that lies inside a name only votes for its kind.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities import kinds
from sources.evidence.entities.linking import key_of
from sources.evidence.entities.trimming import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities.casing import Line
    from sources.evidence.entities.linking import Form
    from sources.evidence.entities.recognizers import Recognized
    from sources.evidence.entities.values import EntityKind

_VOTE = 1.5  # the weight of one recognized mention
_MOST = 6.0  # of all of them together


class Told(NamedTuple):
    """A vote: the key of a name, and the number of a kind."""

    key: str
    kind: int


def with_recognized(
    found: list[Name], spans: Iterable[Recognized], lines: Sequence[Line], texts: Sequence[str]
) -> tuple[list[Name], tuple[Told, ...]]:
    """Return the names with those that were recognized, in order, and the votes for their kinds."""
    places = {source: list(row) for source, row in itertools.groupby(lines, key=lambda line: line.source)}
    starts = {source: [line.start for line in row] for source, row in places.items()}
    named = {source: list(row) for source, row in itertools.groupby(found, key=lambda name: name.line.source)}
    seen = {
        source: list(row)
        for source, row in itertools.groupby(sorted(set(spans)), key=lambda span: span.source)
    }
    merged: list[Name] = []
    told: list[Told] = []
    for source in sorted(named.keys() | seen.keys()):
        fresh: list[tuple[Name, EntityKind]] = []
        for span in seen.get(source, ()):
            place = bisect_right(starts.get(source, []), span.start) - 1
            if place >= 0 and span.end <= places[source][place].end:  # in no muted zone, over no line's end
                written = texts[source][span.start : span.end]
                fresh.append((_name(places[source][place], span, written), span.kind))
        merged += _merged(named.get(source, []), fresh, told)
    return merged, tuple(told)


def _name(line: Line, span: Recognized, text: str) -> Name:
    return Name(line, span.start, span.end, text, titled=False, role_after=False, quoted=False)


def _merged(names: list[Name], fresh: list[tuple[Name, EntityKind]], told: list[Told]) -> Iterator[Name]:
    """Yield the names of one source in order and add to ``told`` what each fresh one votes for."""
    place = end = 0
    for new, kind in fresh:
        if new.start < end:
            continue  # within what another recognizer found
        while place < len(names) and names[place].end <= new.start:
            yield names[place]
            place += 1
        stop = place
        while stop < len(names) and names[stop].start < new.end:
            stop += 1
        met, end = names[place:stop], new.end
        covered = all(new.start <= name.start and name.end <= new.end for name in met)
        if covered:
            yield new._replace(titled=any(name.titled for name in met))
            place = stop
        told.append(Told(key_of(new.text if covered else met[0].text), kinds.KINDS.index(kind)))
    yield from names[place:]


def vote_as_recognized(forms: Mapping[str, Form], told: Iterable[Told]) -> None:
    """Add the recognizers' votes to the forms."""
    cast: dict[Told, float] = defaultdict(float)
    for vote in told:
        cast[vote] = min(cast[vote] + _VOTE, _MOST)
    for (key, kind), weight in cast.items():
        if key in forms:
            forms[key].votes[kind] += weight
