"""Names: the persons, organisations, places, products and events of a story, and where each is named."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.model import Ref

__all__ = ["Entity", "EntityKind", "Mention"]


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

    ``id`` is a slug of the name that was found, unique within the story; ``aliases`` are the other forms
    under which it is named; ``mentions`` stand in the order of the sources and of their texts. ``pinned`` is
    what the user wants on top.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    pinned: bool = False

    @property
    def count(self) -> int:
        """Return how many mentions there are."""
        return len(self.mentions)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Return the sources that name it, each once, in order."""
        return tuple(dict.fromkeys(mention.ref for mention in self.mentions))


def identifier_of(name: str, taken: set[str]) -> str:
    """Return a slug of a name that is not taken yet; of a name in no Latin letters, a short hash."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if not slug:
        slug = "name-" + hashlib.sha256(name.encode()).hexdigest()[:8]
    identifier, number = slug, 2
    while identifier in taken:
        identifier, number = f"{slug}-{number}", number + 1
    taken.add(identifier)
    return identifier
