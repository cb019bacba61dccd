"""What the names engine gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.model import Ref


class EntityKind(StrEnum):
    """What kind of thing a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    PRODUCT = "product"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a source that names something: ``text`` is what stands at ``start`` to ``end`` there."""

    ref: Ref
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name, and every place in a story where it is named.

    ``id`` is a slug of the name, unique within the story; ``aliases`` are the other forms under which it is
    named; ``mentions`` stand in the order of the sources and of their texts.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @property
    def count(self) -> int:
        """Return how many mentions there are."""
        return len(self.mentions)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Return the sources that name it, each once, in order."""
        return tuple(dict.fromkeys(mention.ref for mention in self.mentions))
