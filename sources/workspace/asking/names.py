"""Whom and what the texts name, as the user corrected it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sources.workspace.remembering import Remembering

if TYPE_CHECKING:
    from sources.evidence.entities import Entity
    from sources.model import Correction, CorrectionAct, Ref, Source
    from sources.workspace.naming import Naming

# The evidence modules are loaded by the question that needs them: a search that only opens the library, or
# a compare that needs no names, must not pay for all of them.
# ruff: noqa: PLC0415


class AskingNames(Remembering):
    """What is asked of the names in a library."""

    _naming: Naming | None = None

    def entities(self, slug: str) -> tuple[Entity, ...]:
        """Return whom and what a story names, its summary included, as the user corrected it."""
        from sources.evidence.entities.corrections import corrected

        found = self._entities(list(self.library.texts(slug)))
        return corrected(found, self.library.corrections(slug))

    def entities_of(self, ref: Ref) -> tuple[Entity, ...]:
        """Return those entities of its story that a source names, each with its mentions there.

        A source of a story with more than ``AHEAD`` texts is read alone: nobody waits for an archive to be
        read through in order to open one text of it.
        """
        from sources.evidence.entities.corrections import corrected

        source = self.library.source(ref)
        if self._is_small(ref.story):
            known = self.entities(ref.story)
        else:
            known = corrected(self._entities([source]), self.library.corrections(ref.story))
        here = (
            replace(entity, mentions=tuple(mention for mention in entity.mentions if mention.ref == ref))
            for entity in known
        )
        return tuple(entity for entity in here if entity.mentions)

    def correct(
        self, act: CorrectionAct, slug: str, name: str, value: str = "", *, everywhere: bool = False
    ) -> Correction:
        """Let an entity of a story be as the user says, from now on, in that story or ``everywhere``.

        ``name`` is its id, its name or an alias; ``value`` is the other entity (merge), one of its forms
        (split), its new name (rename) or its kind (type). Raises RequestError where that makes no sense,
        with a sentence that says why.
        """
        from sources.workspace.correcting import wanted

        asked = wanted(act, self.entities(slug), name, value)
        return self.library.add_correction(
            act, asked.names, asked.value, story=None if everywhere else slug, forms=asked.forms
        )

    def undo_correction(self, correction_id: int | None = None) -> Correction:
        """Take back a correction, by default the last one; raises RequestError and UnknownReference."""
        return self.library.undo_correction(correction_id)

    def new_troubles(self) -> tuple[str, ...]:
        """Return what is to be told of recognizers that failed, a sentence each, every one once."""
        return self._naming.new_troubles() if self._naming is not None else ()

    def _entities(self, texts: list[Source]) -> tuple[Entity, ...]:
        if self._naming is None:
            from sources.workspace.naming import Naming

            self._naming = Naming(self.library, self._cache, self._found)
        return self._naming.entities(texts)

    def _known_entities(self, texts: list[Source]) -> tuple[Entity, ...]:
        """Return whom texts of one story name, as the user corrected it."""
        from sources.evidence.entities.corrections import corrected

        return corrected(self._entities(texts), self.library.corrections(texts[0].ref.story))
