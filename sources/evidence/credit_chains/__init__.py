"""Chains of credits over a story: on whom each source leans for a claim, and where it grew on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Ref, Span

__all__ = [
    "ChainLink",
    "CreditChain",
    "Drift",
    "DriftKind",
    "VoiceKind",
]


class VoiceKind(StrEnum):
    """Who is credited: a source of the story, an outlet, somebody with a name, or people without one."""

    SOURCE = "source"
    OUTLET = "outlet"
    NAMED = "named"
    UNNAMED = "unnamed"


class DriftKind(StrEnum):
    """How a later text claims more than the one that it leans on.

    ``firmer``: what was considered is planned, what was planned will be ("considering" became "will");
    ``plan-became-fact``: what was only meant has happened; ``hedge-dropped``: "reportedly", or "about" before
    a figure, is gone; ``more-people``: more people are cited; ``confirmed``: what was said is confirmed.
    """

    FIRMER = "firmer"
    FACT = "plan-became-fact"
    HEDGE = "hedge-dropped"
    PEOPLE = "more-people"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Drift:
    """A claim that grew: ``earlier`` are the words of the text leaned on, ``later`` those that claim more.

    Each stands at its span of the source ``earlier_ref`` or ``later_ref``; ``later`` is empty and its span
    that of the sentence where something is left out.
    """

    kind: DriftKind
    earlier: str
    later: str
    earlier_ref: Ref
    earlier_span: Span
    later_ref: Ref
    later_span: Span


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A voice in a chain: its ``name``, and who leans on it (``followers``).

    ``refs`` are the sources that speak with this voice, copies of one text together; none where the story
    only hears of it. ``ref`` and ``span`` are the sentence that says so, ``credit`` the words in it that give
    the credit, and ``cue`` the word that credits; all None at the origin of a chain.
    """

    name: str
    kind: VoiceKind
    refs: tuple[Ref, ...]
    ref: Ref | None = None
    span: Span | None = None
    credit: Span | None = None
    cue: str | None = None
    drifts: tuple[Drift, ...] = ()
    followers: tuple[ChainLink, ...] = ()

    def walk(self) -> Iterator[ChainLink]:
        """Yield this link and all that lean on it."""
        yield self
        for follower in self.followers:
            yield from follower.walk()

    @property
    def depth(self) -> int:
        """Return how many voices stand between the origin and the last to tell it, both counted."""
        return 1 + max((follower.depth for follower in self.followers), default=0)


@dataclass(frozen=True, slots=True)
class CreditChain:
    """A claim and the tree of those who tell it, the origin at its root; ``claim`` is a sentence of it."""

    id: str
    claim: str
    root: ChainLink
