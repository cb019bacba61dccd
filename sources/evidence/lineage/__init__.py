"""Who stems from whom: shared passages, rewrites, and the independent origins behind a story or a claim."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model import Ref, Span

__all__ = [
    "Containment",
    "Direction",
    "Lineage",
    "NameMismatch",
    "PassageKind",
    "RetellingLink",
    "ReuseKind",
    "ReusePair",
    "SharedEvidence",
    "SharedPassage",
    "SourcePlace",
    "StoryOrigin",
    "origins_told",
]


class ReuseKind(StrEnum):
    """How two texts share their words.

    A copy shares nearly all of both texts, a part some of it, perhaps reworked, and quotes only what is in
    quotation marks; a rewrite says the same in other words from beginning to end.
    """

    COPY = "copy"
    PARTIAL = "partial"
    QUOTES = "quotes"
    REWRITE = "rewrite"


@frozen
class Containment:
    """How much of each of two texts stands in the other: shares of its words, 0 to 1."""

    a_in_b: float
    b_in_a: float

    @property
    def larger(self) -> float:
        """Return the larger of the two shares."""
        return max(self.a_in_b, self.b_in_a)

    @property
    def smaller(self) -> float:
        """Return the smaller of the two shares."""
        return min(self.a_in_b, self.b_in_a)


class PassageKind(StrEnum):
    """How a passage is shared: in the same words, or in other words or another order."""

    VERBATIM = "verbatim"
    REWORKED = "reworked"


@frozen
class SharedPassage:
    """A passage of ``a`` and where it is in ``b``."""

    a: Span
    b: Span
    kind: PassageKind = PassageKind.VERBATIM


@frozen
class Direction:
    """Which of two texts the other stems from; ``basis`` is ``credit`` or ``date``."""

    earlier: Ref
    later: Ref
    basis: str


@frozen
class SourcePlace:
    """A span of a source and what stands there."""

    ref: Ref
    start: int
    end: int
    text: str


@frozen
class NameMismatch:
    """A name of a rewritten text that nobody else uses, and what is usually said instead.

    ``counterpart`` is where its kin says so; None where everybody does.
    """

    place: SourcePlace
    counterpart: SourcePlace | None
    usual: str


@frozen
class SharedEvidence:
    """What two texts have in common beside their theme, each as it stands in the first of them."""

    figures: tuple[str, ...]
    names: tuple[str, ...]
    quotes: tuple[str, ...]


@frozen
class ReusePair:
    """Two texts that share passages; ``a`` comes before ``b`` in the story.

    ``containment`` counts the words outside headings and muted zones that stand in shared passages of at
    least twelve words, ``outside_quotes`` only those outside quotation marks. ``background`` tells that the
    two are of one outlet and share no more than what it says in many of its texts.
    """

    a: Ref
    b: Ref
    containment: Containment
    outside_quotes: Containment
    kind: ReuseKind
    passages: tuple[SharedPassage, ...]
    background: bool = False
    direction: Direction | None = None


@frozen
class RetellingLink:
    """Two texts that tell the same in their own words: they stem from one origin, or one from the other.

    ``score`` is 0 to 1; ``rewrite`` tells that one of the two is the other said again in other words, from
    beginning to end.
    """

    a: Ref
    b: Ref
    score: float
    evidence: SharedEvidence
    rewrite: bool
    name_mismatches: tuple[NameMismatch, ...] = ()
    direction: Direction | None = None


@frozen
class StoryOrigin:
    """An independent first-hand voice: ``refs`` are the sources that stand on it.

    ``basis`` tells why: ``credited`` in the sentence or beside it, ``wire line`` where a text says whose it
    is, ``main credit`` of the text, ``statement`` of one body, ``own`` where the text credits nobody else.
    ``proved`` tells that words of a text say so: one that credits nobody may still stem from elsewhere.
    """

    name: str
    refs: tuple[Ref, ...]
    basis: str
    proved: bool = True


@frozen
class Lineage:
    """Who stems from whom among the texts of a story, listed by their refs.

    ``groups`` are the distinct texts: each a tuple of refs of which one is mostly another's copy.
    """

    listed: tuple[Ref, ...]
    groups: tuple[tuple[Ref, ...], ...]
    pairs: tuple[ReusePair, ...]
    links: tuple[RetellingLink, ...]
    origins: tuple[StoryOrigin, ...]


def origins_told(origins: Sequence[StoryOrigin]) -> str:
    """Return how many independent origins there are, in words: at most so many unless each is proved."""
    count = len(origins)
    most = "" if count <= 1 or all(origin.proved for origin in origins) else "at most "
    return f"{most}{count:,} independent {'origin' if count == 1 else 'origins'}"
