"""What the timeline of a story is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.evidence.dates import Precision
    from sources.model import Ref, Span


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
