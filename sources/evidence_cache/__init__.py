"""The evidence in a library: which texts a question is about, and what is made of the answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from sources.errors import RequestError, UnknownReference
from sources.evidence_cache import questions as asked
from sources.evidence_cache.answers import Answers
from sources.text.reading_view import WITH_LINKS, words_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.evidence.alignment import Alignment
    from sources.evidence.attributions import Attribution
    from sources.evidence.audit import Audit
    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.dates import DateMention
    from sources.evidence.dates.publication import Publication
    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.figures import Figure
    from sources.evidence.lineage import Lineage, ReusePair
    from sources.evidence.lineage.event_groups import EventGroup
    from sources.evidence.lineage.origins import ClaimOrigins
    from sources.evidence.lineage.retelling_links import NearestKin
    from sources.evidence.lineage.text_reuse import FoundPassage, FoundReuse
    from sources.evidence.multi_alignment import Columns
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.quotes import Quote
    from sources.evidence.said_alone import UniqueSentences
    from sources.evidence.timeline import Event
    from sources.evidence_cache.reuse import WinnowingStore
    from sources.model import Ref, Source, Span


WHOLE_STORIES = 100  # texts of a story up to which it is read as a whole
MOST_PREPARED = 1_000_000  # code points of a story, half a minute's work; a long novel has as many
MOST_COMPARED = 50  # sources at once: their pairs grow with the square
FINGERPRINTS = "fingerprints.db"  # beside the library
MOST_IN_LINEAGE = 300  # sources whose lineage is worked out at once

_Part = TypeVar("_Part")

# The evidence is loaded by the question that needs it.


class EvidenceCache(Answers):
    """The evidence in the texts of ``library``.

    A story of more than ``WHOLE_STORIES`` texts is an archive: each source of it is read alone, since nobody
    waits for it to be held against itself. A summary has no say in what a story's sources say. Every method
    may raise UnknownReference, and the errors of LibraryError.
    """

    def sentences(self, ref: Ref) -> tuple[Span, ...]:
        """Return the sentences of a source."""
        return self.ask(asked.SENTENCES, [self.library.source(ref)])

    def figures(self, ref: Ref) -> tuple[Figure, ...]:
        """Return the money, shares, counts and durations of a source."""
        return self.ask(asked.FIGURES, [self.library.source(ref)])

    def dates(self, ref: Ref) -> tuple[DateMention, ...]:
        """Return the dates of a source, resolved against its own, or what it or its story tells of that."""
        return self.ask(asked.DATES, [self.library.source(ref)], beside=self._beside_undated(ref))

    def publication(self, ref: Ref) -> Publication | None:
        """Return when a source was published, as far as it or its story tells."""
        from sources.evidence.dates.publication import publication_of

        return publication_of(self.library.source(ref), self._beside_undated(ref))

    def _beside_undated(self, ref: Ref) -> list[Source]:
        """Return the sources of a story that may tell when one of them, that has no date, was published."""
        undated = ref.number is not None and self.library.source(ref).date is None
        return list(self._sources(ref.story)) if undated and self._is_whole(ref.story) else []

    def quotes(self, ref: Ref) -> tuple[Quote, ...]:
        """Return the direct quotes of a source with their speakers."""
        beside = (
            list(self._sources(ref.story)) if ref.number is not None and self._is_whole(ref.story) else ()
        )
        return self.ask(asked.QUOTES, [self.library.source(ref)], beside=beside)

    def attributions(self, ref: Ref) -> tuple[Attribution, ...]:
        """Return who is credited in a source, by which word, and on whom they lean."""
        return self.ask(asked.ATTRIBUTIONS, [self.library.source(ref)])

    def entities(self, slug: str) -> tuple[Entity, ...]:
        """Return whom and what a story names, its summary included, as the user corrected it."""
        return self.ask(asked.ENTITIES, list(self.library.texts(slug)))

    def entities_of(self, ref: Ref) -> tuple[Entity, ...]:
        """Return those entities of its story that a source names, each with its mentions there."""
        source = self.library.source(ref)
        alone = ref.version is not None or not self._is_whole(ref.story)
        known = self.ask(asked.ENTITIES, [source]) if alone else self.entities(ref.story)
        here = (
            replace(entity, mentions=tuple(mention for mention in entity.mentions if mention.ref == ref))
            for entity in known
        )
        return tuple(entity for entity in here if entity.mentions)

    def figure_matrix(self, slug: str) -> tuple[MatrixRow, ...]:
        """Return what is measured in a story and what each of its sources gives for it."""
        if self._is_whole(slug):
            return self.ask(asked.FIGURE_MATRIX, list(self.library.texts(slug)))
        return self._one_by_one(asked.FIGURE_MATRIX, self.library.texts(slug))

    def figures_of(self, ref: Ref) -> tuple[MatrixRow, ...]:
        """Return those rows of its story's matrix in which a source has a say, each with its mentions there.

        The status of a row is that of the whole story; the summary and an earlier version are read alone.
        """
        source = self.library.source(ref)
        if self._is_read_alone(ref):
            return self.ask(asked.FIGURE_MATRIX, [source])
        found = []
        for row in self.figure_matrix(ref.story):
            here = tuple(
                replace(value, text=words_at(source, mentions[0].start, mentions[0].end), mentions=mentions)
                for value in row.values
                if (mentions := tuple(mention for mention in value.mentions if mention.ref == ref))
            )
            if here:
                found.append(replace(row, values=here))
        return tuple(found)

    def timeline(self, slug: str) -> tuple[Event, ...]:
        """Return what happened when, as the sources of a story say; of an archive nothing is merged."""
        if self._is_whole(slug):
            return self.ask(asked.TIMELINE, list(self.library.texts(slug)))
        events = self._one_by_one(asked.TIMELINE, self.library.texts(slug))
        return tuple(
            sorted(events, key=lambda event: (event.start or event.end or "9999", str(event.status)))
        )

    def quote_families(self, slug: str) -> tuple[QuoteFamily, ...]:
        """Return what is quoted in the sources of a story, the variants of one utterance together."""
        texts = self._sources(slug)
        if self._is_whole(slug):
            return self.ask(asked.QUOTE_FAMILIES, list(texts))
        return self._one_by_one(asked.QUOTE_FAMILIES, texts)

    def quote_families_of(self, ref: Ref) -> tuple[QuoteFamily, ...]:
        """Return those families of its story that a source quotes, each with all its variants.

        The summary and an earlier version are read alone.
        """
        source = self.library.source(ref)
        if self._is_read_alone(ref):
            return self.ask(asked.QUOTE_FAMILIES, [source])
        return tuple(
            family
            for family in self.quote_families(ref.story)
            if any(variant.ref == ref for variant in family.variants)
        )

    def credit_chains(self, slug: str) -> tuple[CreditChain, ...]:
        """Return on whom the sources of a story lean, claim by claim, the origin of each at the root.

        Empty for an archive, in which nothing is followed.
        """
        return self.ask(asked.CREDIT_CHAINS, list(self._sources(slug))) if self._is_whole(slug) else ()

    def compare(self, refs: Sequence[Ref]) -> tuple[Alignment, ...]:
        """Return the alignments of every pair of ``refs``, in their order.

        Raises RequestError for fewer than two different sources, and for more than ``MOST_COMPARED``.
        """
        sources = self._to_compare(refs)
        context = self._context(sources)
        return tuple(self.ask(asked.ALIGNMENT, pair, beside=context) for pair in combinations(sources, 2))

    def compare_with_story(self, ref: Ref, slug: str) -> tuple[Alignment, ...]:
        """Return the alignments of a source with each other source of a story, in their order.

        Raises RequestError for no source, and for more than ``WHOLE_STORIES``.
        """
        others = [other for other in self.library.refs(slug) if other != ref and other.number is not None]
        if not others or len(others) > WHOLE_STORIES:
            raise RequestError(
                f"Comparing with a story takes one of up to {WHOLE_STORIES} other sources; "
                f"{slug} has {len(others)}: name sources of it instead."
            )
        source, *rest = (self.library.source(each) for each in (ref, *others))
        context = self._context([source, *rest])
        return tuple(self.ask(asked.ALIGNMENT, (source, other), beside=context) for other in rest)

    def columns(self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = asked.never) -> Columns | None:
        """Return ``refs`` laid side by side in columns, the first of them leading; None when cancelled.

        Raises RequestError for fewer than two different sources, and for more than ``MOST_COMPARED``.
        """
        sources = self._to_compare(refs)
        return self.ask(asked.COLUMNS, sources, beside=self._context(sources), cancelled=cancelled)

    def said_alone(self, ref: Ref, *, cancelled: Callable[[], bool] = asked.never) -> UniqueSentences | None:
        """Return the sentences of a source that no other source of its story has in any form.

        None when cancelled, for a source of an archive, which would take too long, for the only one, and for
        one version of a source.
        """
        if ref.version is not None or not self._is_whole(ref.story):
            return None
        source, texts = self.library.source(ref), list(self._sources(ref.story))
        if all(text.ref == ref for text in texts):
            return None
        return self.ask(asked.SAID_ALONE, [source], beside=texts, cancelled=cancelled)

    def shared_with_first(self, refs: Sequence[Ref]) -> tuple[ReusePair | None, ...]:
        """Return what the first of some sources shares with each of the others; None for no passage."""
        from sources.evidence.lineage.text_reuse import read_texts, shared_by

        first, *others = read_texts(self.library.source(ref) for ref in refs)
        return tuple(shared_by(first, other) for other in others)

    def lineage(
        self,
        slug: str,
        refs: Sequence[Ref] = (),
        *,
        cancelled: Callable[[], bool] = asked.never,
        progress: Callable[[str], None] | None = None,
    ) -> Lineage | None:
        """Return who stems from whom among the sources of a story, or among some of them; None if cancelled.

        ``progress`` is told what is being done. Raises RequestError where more than ``MOST_IN_LINEAGE``
        sources would have to be compared: a choice has to be made.
        """
        sources = self._in_lineage(slug, refs)
        return self.ask(asked.LINEAGE, sources, cancelled=cancelled, progress=progress)

    def claim_origins(self, slug: str, claim: str, refs: Sequence[Ref] = ()) -> ClaimOrigins | None:
        """Return who states ``claim`` in a story, or in some of its sources, and on which origins it stands.

        None where it is no claim, since nothing in it says anything. Raises RequestError as `lineage` does.
        """
        from sources.evidence.lineage.finder import find_claim_origins

        lineage = self.lineage(slug, refs)
        if lineage is None or not claim.strip():
            return None
        story = asked.lineage_story(self._in_lineage(slug, refs), self.ask)
        return find_claim_origins(story, claim, lineage.groups)

    def elsewhere(
        self, passage: str, *, ref: Ref | None = None, span: Span | None = None
    ) -> tuple[FoundPassage, ...]:
        """Return where else in the library a passage is, word for word or with a few words changed.

        ``ref`` and ``span`` are the place that it was taken from, if it was taken from one. Raises
        RequestError for a passage of less than five words.
        """
        from sources.evidence_cache.reuse import elsewhere

        beside = self.library.refs(ref.story) if ref is not None and self._is_whole(ref.story) else ()
        here = (ref, span) if ref is not None and span is not None else None
        return elsewhere(self.library, self._fingerprints(), passage, here=here, beside=beside)

    def reuse_of(
        self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = asked.never
    ) -> tuple[FoundReuse, ...]:
        """Return which of some new sources are for a good part in others, and in which most of all.

        The fingerprints of the library are brought up to date by that.
        """
        from sources.evidence_cache.reuse import reuse_of_all

        return reuse_of_all(self.library, self._fingerprints(), refs, cancelled)

    def stories_for(
        self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = asked.never
    ) -> tuple[NearestKin, ...]:
        """Return to which stories new sources that are alone in theirs seem to belong, by their kin there."""
        from sources.evidence_cache.reuse import stories_for

        return stories_for(self.library, self._fingerprints(), refs, cancelled)

    def event_groups(
        self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = asked.never
    ) -> tuple[EventGroup, ...]:
        """Return which of some new sources that are alone in their stories tell one event."""
        from sources.evidence_cache.reuse import event_groups_of

        return event_groups_of(self.library, refs, cancelled)

    def prepare(self, slug: str, *, cancelled: Callable[[], bool] = asked.never) -> None:
        """Work out and keep what the screens ask of a story: names, quotes, figures, matrix and timeline.

        An archive or a very long story is left until it is asked for: adding to it must not take minutes.
        Evidence of texts that have gone is dropped.
        """
        self.tidy()
        if not self._is_whole(slug):
            return
        sources = list(self._sources(slug))
        if sum(len(source.text) for source in sources) > MOST_PREPARED:
            return
        for source in self.library.texts(slug):
            if cancelled():
                return
            self.ask(asked.QUOTES, [source], beside=sources if source.ref.number is not None else ())
            self.ask(asked.FIGURES, [source])
        self.entities(slug)
        if not cancelled():
            self.figure_matrix(slug)
            self.timeline(slug)

    def tidy(self) -> None:
        """Drop the kept evidence of texts that are no longer in the library, and what other code found."""
        self._store.keep_only(self.library.text_sums(), self._methods_in_use)
        if (self.library.folder / FINGERPRINTS).exists():
            self._fingerprints().catch_up(self.library)

    def clear(self) -> None:
        """Drop all kept evidence."""
        self._forget()
        self._fingerprints().clear()

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the kept evidence, a sentence each; nothing when all is well."""
        return (*self._store.problems(), *self._fingerprints().problems())

    def _is_read_alone(self, ref: Ref) -> bool:
        return ref.number is None or ref.version is not None or not self._is_whole(ref.story)

    def _is_whole(self, slug: str) -> bool:
        return self.library.count(slug) <= WHOLE_STORIES

    def _sources(self, slug: str) -> Iterator[Source]:
        return (text for text in self.library.texts(slug) if text.ref.number is not None)

    def _one_by_one(
        self, question: asked.Question[tuple[_Part, ...]], texts: Iterable[Source]
    ) -> tuple[_Part, ...]:
        return tuple(part for text in texts for part in self.ask(question, [text]))

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
            slug for slug in dict.fromkeys(source.ref.story for source in sources) if self._is_whole(slug)
        ]
        return [text for slug in slugs for text in self.library.texts(slug)]

    def audit(
        self, text: Source, sources: Sequence[Source], *, cancelled: Callable[[], bool] = lambda: False
    ) -> Audit | None:
        """Hold a text against sources, by their numbers; None when ``cancelled`` became true.

        The places in the answer are those of the texts themselves, the view of a text being what is read.
        """
        origin = replace(text.origin, format=f"{text.origin.format}{WITH_LINKS}")  # links may be citations
        return self.ask(asked.AUDIT, [replace(text, origin=origin), *sources], cancelled=cancelled)

    def audit_elsewhere(
        self, text: Source, sources: Sequence[Source], *, cancelled: Callable[[], bool] = lambda: False
    ) -> Audit | None:
        """Hold a text against sources that it does not cite, whatever numbers are in it."""
        return self.ask(asked.AUDIT_ELSEWHERE, [text, *sources], cancelled=cancelled)

    def _in_lineage(self, slug: str, refs: Sequence[Ref]) -> list[Source]:
        listed = [ref for ref in self.library.refs(slug) if ref.number is not None]
        unknown = [ref for ref in refs if ref not in listed]
        if unknown:
            raise UnknownReference(f"There is no source {unknown[0]} in {slug}.")
        wanted = [ref for ref in listed if not refs or ref in refs]
        if len(wanted) > MOST_IN_LINEAGE:
            raise RequestError(
                f"{slug} has {len(wanted):,} sources; choose at most {MOST_IN_LINEAGE} of them to compare."
            )
        return [self.library.source(ref) for ref in wanted]

    def _fingerprints(self) -> WinnowingStore:
        from sources.evidence_cache.reuse import WinnowingStore

        return WinnowingStore(self.library.folder / FINGERPRINTS)
