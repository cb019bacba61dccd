"""Names: the persons, organisations, places, products and events of a story, and where each is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.evidence.entities.model import Entity, EntityKind, Mention

if TYPE_CHECKING:
    from sources.evidence.entities.finder import find_entities

__all__ = ["Entity", "EntityKind", "Mention", "find_entities"]


def __getattr__(name: str) -> Any:
    # Names that were found before, and recognizers, are read without the engine that finds names.
    if name == "find_entities":
        from sources.evidence.entities.finder import find_entities

        return find_entities
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
