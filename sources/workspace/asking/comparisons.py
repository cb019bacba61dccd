"""Texts laid side by side, and what only one of them says."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import Ref, Span
from sources.workspace.codec import Codec
from sources.workspace.remembering import AHEAD, Remembering, never

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.alignment import Alignment
    from sources.evidence.lineage import ReusePair
    from sources.evidence.multi_alignment import Columns
    from sources.model import Source

MOST_COMPARED = 50  # sources at once: their pairs grow with the square

# The evidence modules are loaded by the question that needs them: a search that only opens the library, or
# a compare that needs no names, must not pay for all of them.
# ruff: noqa: PLC0415


class AskingComparisons(Remembering):
    """What is asked of texts beside one another."""

    def compare(self, refs: Sequence[Ref]) -> tuple[Alignment, ...]:
        """Return the alignments of every pair of ``refs``, in their order.

        Raises RequestError for fewer than two different sources, and for more than ``MOST_COMPARED``.
        """
        sources = self._to_compare(refs)
        context = self._context(sources)
        return tuple(self._alignment(a, b, context) for a, b in combinations(sources, 2))

    def compare_with_story(self, ref: Ref, slug: str) -> tuple[Alignment, ...]:
        """Return the alignments of a source with each other source of a story, in their order.

        Raises RequestError when that are none or more than ``AHEAD``.
        """
        others = [other for other in self.library.refs(slug) if other != ref and other.number is not None]
        if not others or len(others) > AHEAD:
            raise RequestError(
                f"Comparing with a story takes one of up to {AHEAD} other sources; "
                f"{slug} has {len(others)}: name sources of it instead."
            )
        source, *rest = (self.library.source(each) for each in (ref, *others))
        context = self._context([source, *rest])
        return tuple(self._alignment(source, other, context) for other in rest)

    def columns(self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = never) -> Columns | None:
        """Return ``refs`` laid side by side in columns, the first of them leading; None when cancelled.

        Raises RequestError for fewer than two different sources, and for more than ``MOST_COMPARED``.
        """
        from sources.evidence import alignment, edits, multi_alignment

        sources = self._to_compare(refs)
        context = self._context(sources)
        return self._found(
            f"{len(sources)} columns {multi_alignment.METHOD_VERSION} "
            f"of alignment {alignment.METHOD_VERSION} "
            f"with edits {edits.METHOD_VERSION}",
            [*sources, *context],
            Codec(multi_alignment.Columns, multi_alignment.Row, multi_alignment.Cell, edits.Edit, Ref, Span),
            lambda _: multi_alignment.align_many(sources, context=context, cancelled=cancelled),
        )

    def said_alone(self, ref: Ref, *, cancelled: Callable[[], bool] = never) -> tuple[Span, ...] | None:
        """Return the sentences of a source that no other source of its story has in any form.

        The story's summary counts for nothing here, since it repeats what the sources say. None when
        cancelled, and for a story of more than ``AHEAD`` texts, which would take too long, or of one.
        """
        from sources.evidence import alignment

        if not self._is_small(ref.story):
            return None
        source = self.library.source(ref)
        texts = [text for text in self.library.texts(ref.story) if text.ref.number is not None]
        others = [text for text in texts if text.ref != ref]
        if not others:
            return None
        return self._found(
            f"said alone {alignment.METHOD_VERSION}",
            [source, *others],
            Codec(Span),
            lambda _: alignment.unique_sentences(source, others, context=texts, cancelled=cancelled),
        )

    def shared_with_first(self, refs: Sequence[Ref]) -> tuple[ReusePair | None, ...]:
        """Return what the first of some sources shares with each of the others; None for no passage."""
        from sources.evidence.lineage.sharing import read_texts, shared_by

        first, *others = read_texts(self.library.source(ref) for ref in refs)
        return tuple(shared_by(first, other) for other in others)

    def _to_compare(self, refs: Sequence[Ref]) -> list[Source]:
        wanted = list(dict.fromkeys(refs))
        if len(wanted) < 2:
            raise RequestError("Comparing takes at least two different sources.")
        if len(wanted) > MOST_COMPARED:
            raise RequestError(
                f"At most {MOST_COMPARED} sources can be compared at once, not {len(wanted)}: choose some."
            )
        return [self.library.source(ref) for ref in wanted]

    def _context(self, sources: Sequence[Source]) -> list[Source]:
        """Return the texts of the stories that ``sources`` come from, by which rare words are told.

        To read a whole archive for that would take longer than it helps.
        """
        slugs = [
            slug for slug in dict.fromkeys(source.ref.story for source in sources) if self._is_small(slug)
        ]
        return [text for slug in slugs for text in self.library.texts(slug)]

    def _alignment(self, a: Source, b: Source, context: list[Source]) -> Alignment:
        from sources.evidence import alignment, edits

        return self._found(
            f"alignment {alignment.METHOD_VERSION} with edits {edits.METHOD_VERSION}",
            [a, b, *context],
            Codec(alignment.Alignment, alignment.AlignedRow, edits.Edit, Ref, Span),
            lambda _: alignment.align(a, b, context=context),
        )
