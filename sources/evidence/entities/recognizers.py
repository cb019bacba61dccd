"""Plug-in recognizers of names: which are installed, and what they find."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sources.evidence.entities import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
