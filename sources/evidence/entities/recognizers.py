"""Plug-in recognizers of names, and how their findings count as votes beside the grammar's."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sources.evidence.entities import EntityKind, kinds
from sources.evidence.entities.candidates import Name
from sources.evidence.entities.forms import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities.casing import StyledLine
    from sources.evidence.entities.forms import Form

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


# Other people's ways of finding names, as plug-ins whose findings count as votes.
#
# A package offers one under the entry-point group ``crossread.recognizers``: a class, or a function,
# that takes nothing and gives an object with the attributes of `Recognizer`. It is loaded when names are
# looked for, never before. What it finds is weighed with everything else that a story tells; it has no
# last word.

GROUP = "crossread.recognizers"
_EDGES = re.compile(r"^[\W_]+|(?:['’]s)?[^\w.!)]*$")


class Recognizer(Protocol):
    """What a plug-in has to offer."""

    @property
    def name(self) -> str:
        """What it is called in messages; with ``version`` it is part of the key of kept evidence."""

    @property
    def version(self) -> str:
        """To be changed whenever it may find something else, the version of its model included."""

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels that it gives, each with the kind it stands for: person, organisation, place, ..."""

    def available(self) -> bool:
        """Tell whether it can work here: what it needs is installed."""

    def recognize(self, texts: Sequence[str]) -> Iterable[Iterable[tuple[int, int, str]]]:
        """Return for each text its names as start, end (code points, half-open) and label."""


class Recognized(NamedTuple):
    """A span that a recognizer found: ``source`` is the number of the text among those that were read."""

    source: int
    start: int
    end: int
    kind: EntityKind


class RecognizerTrouble(Exception):
    """A recognizer failed: its name, and why in a few words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The recognizer {name} was left out: {reason}.")
        self.name = name


def load_recognizers() -> tuple[tuple[Recognizer, ...], tuple[RecognizerTrouble, ...]]:
    """Return the recognizers that are installed and available here, by name, and those that failed."""
    ready: list[Recognizer] = []
    troubles: list[RecognizerTrouble] = []
    for point in _installed():
        try:
            recognizer: Recognizer = point.load()()
            _require_known_kinds(recognizer)
            if recognizer.available():
                ready.append(recognizer)
        except Exception as error:  # whatever other people's code raises
            troubles.append(RecognizerTrouble(point.name, _reason(error)))
    return tuple(ready), tuple(troubles)


@cache
def _installed() -> tuple[EntryPoint, ...]:
    # Looking through all that is installed takes milliseconds, and does not change while the program runs.
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def recognized_by(recognizer: Recognizer, texts: Sequence[str]) -> tuple[Recognized, ...]:
    """Return the spans that a recognizer finds, without marks and possessives at their edges.

    Raises RecognizerTrouble when it fails or finds what cannot be.
    """
    try:
        _require_known_kinds(recognizer)
        answers = [list(spans) for spans in recognizer.recognize(texts)]
        if len(answers) != len(texts):
            raise ValueError(f"it gave {len(answers)} answers for {len(texts)} texts")  # noqa: TRY301 - as below
        return tuple(
            Recognized(number, *_trimmed(texts[number], start, end), EntityKind(recognizer.labels[label]))
            for number, spans in enumerate(answers)
            for start, end, label in spans
            if label in recognizer.labels
        )
    except Exception as error:
        raise RecognizerTrouble(recognizer.name, _reason(error)) from error


def _require_known_kinds(recognizer: Recognizer) -> None:
    for kind in recognizer.labels.values():
        EntityKind(kind)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start < end <= len(text):
        raise ValueError(f"it found a name from {start} to {end} in a text of {len(text)} characters")
    written = text[start:end]
    bare = _EDGES.sub("", written)
    if not bare:
        return start, end
    begin = start + written.index(bare)
    return begin, begin + len(bare)


def _reason(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:200].rstrip(".")
