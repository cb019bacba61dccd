"""How what recognizers found counts: as names beside the grammar's, and as votes for their kinds."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.entities import EntityKind, kinds
from sources.evidence.entities.candidates import Name
from sources.evidence.entities.forms import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities.casing import StyledLine
    from sources.evidence.entities.forms import Form
    from sources.evidence.entities.recognizers import Recognized

_VOTE = 1.5  # the weight of one recognized mention
_MOST_VOTES = 6.0  # of all of them together


class RecognizedKind(NamedTuple):
    """A vote: the key of a name, and the number of a kind."""

    key: str
    kind: int


def with_recognized(
    found: list[Name], spans: Iterable[Recognized], lines: Sequence[StyledLine], texts: Sequence[str]
) -> tuple[list[Name], tuple[RecognizedKind, ...]]:
    """Return the names with those that were recognized, in order, and the votes for their kinds."""
    places = {source: list(row) for source, row in itertools.groupby(lines, key=lambda line: line.source)}
    starts = {source: [line.start for line in row] for source, row in places.items()}
    named = {source: list(row) for source, row in itertools.groupby(found, key=lambda name: name.line.source)}
    seen = {
        source: list(row)
        for source, row in itertools.groupby(sorted(set(spans)), key=lambda span: span.source)
    }
    merged: list[Name] = []
    recognized_kinds: list[RecognizedKind] = []
    for source in sorted(named.keys() | seen.keys()):
        fresh: list[tuple[Name, EntityKind]] = []
        for span in seen.get(source, ()):
            place = bisect_right(starts.get(source, []), span.start) - 1
            if place >= 0 and span.end <= places[source][place].end:  # in no muted zone, over no line's end
                written = texts[source][span.start : span.end]
                fresh.append((_name(places[source][place], span, written), span.kind))
        merged += _merged(named.get(source, []), fresh, recognized_kinds)
    return merged, tuple(recognized_kinds)


def _name(line: StyledLine, span: Recognized, text: str) -> Name:
    return Name(line, span.start, span.end, text, titled=False, role_after=False, quoted=False)


def _merged(
    names: list[Name], fresh: list[tuple[Name, EntityKind]], recognized_kinds: list[RecognizedKind]
) -> Iterator[Name]:
    """Yield the names of a source in order; add to ``recognized_kinds`` what each fresh one votes for."""
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
        recognized_kinds.append(
            RecognizedKind(key_of(new.text if covered else met[0].text), kinds.KINDS.index(kind))
        )
    yield from names[place:]


def vote_as_recognized(forms: Mapping[str, Form], recognized_kinds: Iterable[RecognizedKind]) -> None:
    """Add the recognizers' votes to the forms."""
    cast: dict[RecognizedKind, float] = defaultdict(float)
    for vote in recognized_kinds:
        cast[vote] = min(cast[vote] + _VOTE, _MOST_VOTES)
    for (key, kind), weight in cast.items():
        if key in forms:
            forms[key].votes[kind] += weight
