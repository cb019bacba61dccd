"""The evidence in the texts that are shown, and what the rest of their story says to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sources.model import CorrectionAct
from tui.app.views.figure_values import rivals_of
from tui.app.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix import MatrixRow, MatrixValue
    from sources.evidence.figures import Figure
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.evidence.quotes import Quote
    from sources.model import Correction, Ref
    from tui.services import EvidenceCache

KIND_LETTERS = {"person": "P", "organisation": "O", "place": "L", "product": "T", "event": "E", "other": "·"}
DISSENT = "≠"


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What the whole story has to say of a text's evidence; empty for a story too large to be read at once.

    ``measured`` and ``uttered`` are by the place of the figure or quote in the text; ``hidden`` are the
    corrections by which the user hid entities.
    """

    refs: tuple[Ref, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    measured: Mapping[int, tuple[MatrixRow, MatrixValue]] = field(default_factory=dict)
    uttered: Mapping[int, tuple[QuoteFamily, QuoteVariant]] = field(default_factory=dict)
    hidden: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """What is known from one text, or from those that are compared; ``length`` is that of the one text."""

    refs: tuple[Ref, ...] = ()
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    length: int = 0
    story: StoryContext = field(default_factory=StoryContext)

    def entity_marks(self, ref: Ref, isolated: str | None) -> list[Mark]:
        """Return the marks of all entities in a text, or of one alone."""
        return [
            Mark(mention.start, mention.end, MarkKind.ENTITY, KIND_LETTERS.get(str(entity.kind), "·"))
            for entity in self.entities
            if isolated is None or entity.id == isolated
            for mention in entity.mentions
            if mention.ref == ref
        ]

    def figure_marks(self) -> list[Mark]:
        """Return the marks of the figures."""
        return [Mark(figure.start, figure.end, MarkKind.FIGURE) for figure in self.figures]

    def dissent_marks(self) -> list[Mark]:
        """Return the marks of the figures that another source contradicts."""
        return [
            Mark(figure.start, figure.end, MarkKind.DISSENT, DISSENT)
            for figure in self.figures
            if (known := self.story.measured.get(figure.start)) and rivals_of(*known)
        ]

    def quote_marks(self) -> list[Mark]:
        """Return the marks of the quotes."""
        return [Mark(quote.start, quote.end, MarkKind.QUOTE) for quote in self.quotes]

    def entity(self, identifier: str) -> Entity | None:
        """Return the entity with this id, with all its mentions in the story where these are known."""
        known = self.story.entities.get(identifier)
        return known or next((entity for entity in self.entities if entity.id == identifier), None)

    def entity_at(self, ref: Ref, offset: int) -> Entity | None:
        """Return the entity with a mention at an offset."""
        for entity in self.entities:
            if any(one.ref == ref and one.start <= offset < one.end for one in entity.mentions):
                return entity
        return None


def text_evidence(cache: EvidenceCache, refs: tuple[Ref, ...]) -> TextEvidence:
    """Return the evidence of one text, or the entities of several with their mentions in these."""
    by_id: dict[tuple[str, str], Entity] = {}
    for ref in refs:
        for entity in cache.entities_of(ref):
            known = by_id.get((ref.story, entity.id))
            by_id[ref.story, entity.id] = (
                replace(known, mentions=(*known.mentions, *entity.mentions)) if known else entity
            )
    entities = tuple(by_id.values())
    if len(refs) != 1:
        return TextEvidence(refs, entities)
    ref = refs[0]
    length = len(cache.library.source(ref).text)
    return TextEvidence(refs, entities, cache.figures(ref), cache.quotes(ref), length)


def story_context(cache: EvidenceCache, ref: Ref) -> StoryContext:
    """Return what the story of a text has to say of its evidence."""
    from tui.services.evidence import WHOLE_STORIES

    library, slug = cache.library, ref.story
    hidden = tuple(one for one in library.corrections(slug) if one.act is CorrectionAct.HIDE)
    refs = library.refs(slug)
    if len(refs) > WHOLE_STORIES:
        return StoryContext(hidden=hidden)
    measured = {
        mention.start: (row, value)
        for row in cache.figure_matrix(slug)
        for value in row.values
        for mention in value.mentions
        if mention.ref == ref
    }
    uttered = {
        variant.start: (family, variant)
        for family in cache.quote_families(slug)
        for variant in family.variants
        if variant.ref == ref
    }
    entities = {entity.id: entity for entity in cache.entities(slug)}
    return StoryContext(refs, entities, measured, uttered, hidden)
