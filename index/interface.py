"""The index's values: what it answers with and by when, and what it stores of a source."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import OriginalPlace, Span


class Hit(NamedTuple):
    """A source that was found; ``highlights`` are spans of ``snippet``, in code points.

    ``copies`` are the other hits whose text is nearly the same, at most 200; they are not listed themselves.
    ``passage`` is from the first to the last hit of the best passage shown, None where the text has no hit;
    ``place`` is where that is in the original.
    """

    ref: Ref
    title: str | None
    publisher: str | None
    date: str | None
    url: str | None
    score: float
    snippet: str
    highlights: tuple[Span, ...]
    copies: tuple[Ref, ...]
    passage: Span | None = None
    place: OriginalPlace | None = None


class FacetValue(NamedTuple):
    """A value that hits have in common, how many have it, and what narrows a query to these."""

    value: str
    hits: int
    query: str


class Facet(NamedTuple):
    """The values of the hits in one respect: story, publisher, month, entity or tag."""

    name: str
    values: tuple[FacetValue, ...]


class Results(NamedTuple):
    """One page of hits; ``total`` counts all of them, near copies with the text that they are listed with.

    ``state`` is empty when the answer is whole and in step with the library, and else a sentence about
    what is missing; ``whole`` is false when the time was up, so that ``total`` is a lower bound. ``facets``
    are counted when they are asked for. ``begins`` tells of an unfinished query that its last word is none
    that is in the texts, but the beginning of some.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    suggestion: str | None
    state: str
    whole: bool = True
    facets: tuple[Facet, ...] = ()
    begins: bool = False


class IndexProgress(NamedTuple):
    """How many of the sources to index are done, and what for."""

    done: int
    total: int
    reason: str


class CatchUp(NamedTuple):
    """What was done to bring the index in step.

    ``reason`` is a sentence that says why it was built again, or why it could not be brought in step;
    ``failed`` when that was because it could not be written.
    """

    rebuilt: bool = False
    reason: str | None = None
    changed: int = 0
    removed: int = 0
    failed: bool = False

    @property
    def nothing(self) -> bool:
        """Tell whether there was nothing to do and nothing to say."""
        return not (self.rebuilt or self.reason or self.changed or self.removed)


class Freshness(NamedTuple):
    """How many texts are indexed, how many changes of the library are not, and a sentence about it.

    ``unread`` is of how many of the texts names, quotes and figures are still to be read.
    """

    indexed: int
    behind: int
    note: str
    unread: int = 0


# How long a search may take, and whether anyone still waits for it.


TIME_LIMIT = 2.0  # seconds


def never() -> bool:
    """Say that a search was not cancelled."""
    return False


class Cancelled(Exception):
    """Nobody waits for the answer any more; never leaves the index."""


class Deadline:
    """The time of one search; reading stops when it is spent, and the answer is then a part."""

    now = staticmethod(time.monotonic)  # in seconds; tests give their own

    def __init__(self, seconds: float = TIME_LIMIT, cancelled: Callable[[], bool] = never) -> None:
        self._end = self.now() + seconds
        self._cancelled = cancelled
        self.cut_short = False  # time ran out before all was read
        self.left_out = ""  # a sentence about words that a prefix stands for but that were not searched
        self.left_some = False  # such words were left out of a search that is still being typed

    def spent(self) -> bool:
        """Tell whether the time is up; raises Cancelled when nobody waits."""
        if self._cancelled():
            raise Cancelled
        if not self.cut_short and self.now() > self._end:
            self.cut_short = True
        return self.cut_short


# What is stored of a source in the index and what makes two indexes compatible; loads no engine.


SCHEMA_VERSION = 6  # to be raised whenever what ``schema`` writes changes
# What ``analysis.fingerprint`` returns, as a test makes sure; computing it would take a search's time.
ANALYSIS = "be4ca637"
# A digest of the fields of evidence that the bundled story has, as a test makes sure. Not the version of all
# code that fills them: to index an archive again for each change that changes no field takes too long.
EVIDENCE = "f1477409"


def schema_name() -> str:
    """Return the version of the schema, what the evidence finds, and the way of taking texts apart."""
    return f"{SCHEMA_VERSION}/{EVIDENCE}/{ANALYSIS}"


LACKS_EVIDENCE = "evidence"  # found by its words alone
LACKS_WORDS = "words"  # not even by those of all its fields


class StoredFields(NamedTuple):
    """What hits are sorted, counted and recognised by; the rest comes from the library.

    ``sketch`` is the fingerprint of the text (see ``prints``), ``names`` whom and what it names most,
    and ``named`` a print of all that it names, empty when that was not looked for yet. ``lacks`` says
    what could not be read of the text and so is not in the index, LACKS_WORDS or LACKS_EVIDENCE.
    """

    story: str
    number: int | None
    title: str
    publisher: str
    date: str
    sha256: str
    sketch: str
    names: tuple[str, ...]
    named: str = ""
    lacks: str = ""

    @property
    def ref(self) -> Ref:
        """The source's name."""
        return Ref(self.story, self.number)
