"""Names: the persons, organisations, places, products and events of a story, and where each is named."""

from sources.evidence.entities.finder import METHOD_VERSION, find_entities
from sources.evidence.entities.model import Entity, EntityKind, Mention

__all__ = ["METHOD_VERSION", "Entity", "EntityKind", "Mention", "find_entities"]
