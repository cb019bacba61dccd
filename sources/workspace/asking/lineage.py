"""Who stems from whom, and where else in the library a passage stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError, UnknownReference
from sources.model import Ref, Span
from sources.workspace.asking.voices import AskingVoices
from sources.workspace.codec import Codec
from sources.workspace.remembering import never

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.lineage import ClaimOrigins, FoundPassage, FoundReuse, Lineage, LineageStory
    from sources.model import Source
    from sources.workspace.fingerprint_store import FingerprintStore

FINGERPRINTS = "fingerprints.db"
MOST_IN_LINEAGE = 300  # sources whose lineage is worked out at once

# The evidence modules are loaded by the question that needs them: a search that only opens the library, or
# a compare that needs no names, must not pay for all of them.
# ruff: noqa: PLC0415


class AskingLineage(AskingVoices):
    """What is asked of copies, rewrites and origins."""

    def lineage(
        self,
        slug: str,
        refs: Sequence[Ref] = (),
        *,
        cancelled: Callable[[], bool] = never,
        progress: Callable[[str], None] | None = None,
    ) -> Lineage | None:
        """Return who stems from whom among the sources of a story, or among some of them; None if cancelled.

        ``progress`` is told what is being done. Raises RequestError where more than ``MOST_IN_LINEAGE``
        sources would have to be compared: a choice has to be made.
        """
        from sources.evidence import alignment, attributions, entities, quotes
        from sources.evidence import lineage as engine

        story = self._lineage_story(slug, refs)

        def find(_: list[Source]) -> Lineage | None:
            found = engine.find_lineage(story, cancelled=cancelled, progress=progress)
            return None if cancelled() else found

        versions = (
            engine.METHOD_VERSION, attributions.METHOD_VERSION, alignment.METHOD_VERSION,
            entities.METHOD_VERSION, quotes.METHOD_VERSION,
        )  # fmt: skip
        codec = Codec(*engine.VALUES, Ref, Span)
        return self._found(f"lineage {' '.join(versions)}", list(story.sources), codec, find)

    def claim_origins(self, slug: str, claim: str, refs: Sequence[Ref] = ()) -> ClaimOrigins | None:
        """Return who states ``claim`` in a story, or in some of its sources, and on which origins it stands.

        None where it is no claim, since nothing in it says anything. Raises RequestError as `lineage` does.
        """
        from sources.evidence import lineage as engine

        lineage = self.lineage(slug, refs)
        if lineage is None or not claim.strip():
            return None
        return engine.find_claim_origins(self._lineage_story(slug, refs), claim, lineage.groups)

    def elsewhere(
        self, passage: str, *, ref: Ref | None = None, span: Span | None = None
    ) -> tuple[FoundPassage, ...]:
        """Return where else in the library a passage stands, word for word or with a few words changed.

        ``ref`` and ``span`` are the place that it was taken from, if it was taken from one. Raises
        RequestError for a passage of less than five words.
        """
        from sources.workspace.reuse import elsewhere

        beside = self.library.refs(ref.story) if ref is not None and self._is_small(ref.story) else ()
        here = (ref, span) if ref is not None and span is not None else None
        return elsewhere(self.library, self._fingerprints(), passage, here=here, beside=beside)

    def reuse_of(
        self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = never
    ) -> tuple[FoundReuse, ...]:
        """Return which of some new sources stand for a good part in others, and in which most of all.

        The fingerprints of the library are brought up to date by that.
        """
        from sources.workspace.reuse import reuse_of_all

        return reuse_of_all(self.library, self._fingerprints(), refs, cancelled)

    def _fingerprints(self) -> FingerprintStore:
        from sources.workspace.fingerprint_store import FingerprintStore

        return FingerprintStore(self.library.folder / FINGERPRINTS)

    def _lineage_story(self, slug: str, refs: Sequence[Ref]) -> LineageStory:
        from sources.evidence.lineage import LineageStory

        listed = [ref for ref in self.library.refs(slug) if ref.number is not None]
        unknown = [ref for ref in refs if ref not in listed]
        if unknown:
            raise UnknownReference(f"There is no source {unknown[0]} in {slug}.")
        wanted = [ref for ref in listed if not refs or ref in refs]
        if len(wanted) > MOST_IN_LINEAGE:
            raise RequestError(
                f"{slug} has {len(wanted):,} sources; choose at most {MOST_IN_LINEAGE} of them to compare."
            )
        sources = tuple(self.library.source(ref) for ref in wanted)
        return LineageStory(
            sources,
            find_entities=lambda: self._entities(list(sources)),
            quotes_of=self._quotes,
        )
