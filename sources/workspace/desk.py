"""The workspace: the evidence in a library's texts, worked out when it is first asked for and then kept."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sources.errors import RequestError, UnknownReference
from sources.model import Ref, Span
from sources.workspace.cache import Cache
from sources.workspace.codec import Codec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.alignment import Alignment
    from sources.evidence.attributions import Attribution
    from sources.evidence.columns import Columns
    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.dates import DateMention
    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.figures import Figure
    from sources.evidence.lineage import (
        ClaimOrigins,
        FoundPassage,
        FoundReuse,
        Lineage,
        LineageStory,
        ReusePair,
    )
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.quotes import Quote
    from sources.evidence.timeline import Event
    from sources.library import Library
    from sources.model import Correction, CorrectionAct, Note, Source
    from sources.notes.export import NoteCollection
    from sources.workspace.facts import Facts
    from sources.workspace.fingerprint_store import FingerprintStore
    from sources.workspace.labelling import Labelling
    from sources.workspace.naming import Naming
    from sources.workspace.voices import Voices

CACHE = "cache.db"
FINGERPRINTS = "fingerprints.db"
MOST_IN_LINEAGE = 300  # sources whose lineage is worked out at once
MOST_COMPARED = 50  # sources at once: their pairs grow with the square
AHEAD = 100  # texts of a story up to which it is read as a whole before it is asked for
_REMEMBERED = 256  # answers kept in memory
_Found = TypeVar("_Found")

# The evidence modules are loaded by the question that needs them: a search that only opens the library, or
# a compare that needs no names, must not pay for all of them.
# ruff: noqa: PLC0415


def _never() -> bool:
    return False


class Workspace:
    """What can be known from the texts of ``library``.

    Every method may raise UnknownReference, and the errors of LibraryError. The kept evidence is in
    ``cache.db`` beside the library, by the texts it was found in and the version of the method; without
    that file everything works, only slower. May be used by several threads.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._cache = Cache(library.folder / CACHE)
        self._answers: OrderedDict[tuple[str, str], object] = OrderedDict()
        self._lock = threading.Lock()
        self._naming: Naming | None = None

    def sentences(self, ref: Ref) -> tuple[Span, ...]:
        """Return the sentences of a source."""
        from sources.text.sentences import split_sentences

        source = self.library.source(ref)
        return self._remembered(
            "sentences", _fingerprint([source]), lambda: tuple(split_sentences(source.text, source.zones))
        )

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

    def quotes(self, ref: Ref) -> tuple[Quote, ...]:
        """Return the direct quotes of a source with their speakers."""
        return self._quotes(self.library.source(ref))

    def quote_families(self, slug: str) -> tuple[QuoteFamily, ...]:
        """Return what is quoted in the sources of a story, the variants of one utterance together.

        The summary has no say. Of a story with more than ``AHEAD`` texts every source is read alone.
        """
        texts = (text for text in self.library.texts(slug) if text.ref.number is not None)
        if self._is_small(slug):
            return self._voices().families(list(texts))
        return tuple(family for text in texts for family in self._voices().families([text]))

    def quote_families_of(self, ref: Ref) -> tuple[QuoteFamily, ...]:
        """Return those families of its story that a source quotes, each with all its variants.

        The summary is read alone, and so is a source of a story with more than ``AHEAD`` texts.
        """
        if ref.number is None or not self._is_small(ref.story):
            return self._voices().families([self.library.source(ref)])
        self.library.source(ref)
        return tuple(
            family
            for family in self.quote_families(ref.story)
            if any(variant.ref == ref for variant in family.variants)
        )

    def credit_chains(self, slug: str) -> tuple[CreditChain, ...]:
        """Return on whom the sources of a story lean, claim by claim, the origin of each at the root.

        The summary has no say. Empty for a story of more than ``AHEAD`` texts, in which nothing is followed.
        """
        if not self._is_small(slug):
            return ()
        return self._voices().chains(
            [text for text in self.library.texts(slug) if text.ref.number is not None]
        )

    def attributions(self, ref: Ref) -> tuple[Attribution, ...]:
        """Return who is credited in a source, by which word, and on whom they lean."""
        return self._voices().attributions(self.library.source(ref))

    def _voices(self) -> Voices:
        from sources.workspace.voices import Voices

        return Voices(self._found, self._known_entities, self._quotes)

    def _known_entities(self, texts: list[Source]) -> tuple[Entity, ...]:
        """Return whom texts of one story name, as the user corrected it."""
        from sources.evidence.entities.corrections import corrected

        return corrected(self._entities(texts), self.library.corrections(texts[0].ref.story))

    def figures(self, ref: Ref) -> tuple[Figure, ...]:
        """Return the money, shares, counts and durations of a source."""
        return self._facts.figures(self.library.source(ref))

    def dates(self, ref: Ref) -> tuple[DateMention, ...]:
        """Return the dates of a source, resolved against its own."""
        return self._facts.dates(self.library.source(ref))

    def figure_matrix(self, slug: str) -> tuple[MatrixRow, ...]:
        """Return what is measured in a story and what each of its sources gives for it.

        The summary has no say. Of a story with more than ``AHEAD`` texts every source is a story of its own:
        nobody waits for an archive to be held against itself.
        """
        if self._is_small(slug):
            return self._facts.matrix(list(self.library.texts(slug)), self.entities(slug))
        return tuple(row for text in self.library.texts(slug) for row in self._matrix_alone(text))

    def timeline(self, slug: str) -> tuple[Event, ...]:
        """Return what happened when, as the sources of a story say; the summary has no say.

        Of a story with more than ``AHEAD`` texts nothing is merged: every source is read alone.
        """
        if self._is_small(slug):
            return self._facts.timeline(list(self.library.texts(slug)), self.entities(slug))
        events = [
            event
            for text in self.library.texts(slug)
            for event in self._facts.timeline([text], self._entities([text]))
        ]
        return tuple(
            sorted(events, key=lambda event: (event.start or event.end or "9999", str(event.status)))
        )

    def figures_of(self, ref: Ref) -> tuple[MatrixRow, ...]:
        """Return those rows of its story's matrix in which a source has a say, each with its mentions there.

        The status of a row is that of the whole story; the summary is read alone.
        """
        if ref.number is None or not self._is_small(ref.story):
            return self._matrix_alone(self.library.source(ref))
        found, text = [], self.library.source(ref).text
        for row in self.figure_matrix(ref.story):
            here = tuple(
                replace(value, text=text[mentions[0].start : mentions[0].end], mentions=mentions)
                for value in row.values
                if (mentions := tuple(mention for mention in value.mentions if mention.ref == ref))
            )
            if here:
                found.append(replace(row, values=here))
        return tuple(found)

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

    def columns(self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = _never) -> Columns | None:
        """Return ``refs`` laid side by side in columns, the first of them leading; None when cancelled.

        Raises RequestError for fewer than two different sources, and for more than ``MOST_COMPARED``.
        """
        from sources.evidence import alignment, columns, edits

        sources = self._to_compare(refs)
        context = self._context(sources)
        return self._found(
            f"{len(sources)} columns {columns.METHOD_VERSION} of alignment {alignment.METHOD_VERSION} "
            f"with edits {edits.METHOD_VERSION}",
            [*sources, *context],
            Codec(columns.Columns, columns.Row, columns.Cell, edits.Edit, Ref, Span),
            lambda _: columns.align_many(sources, context=context, cancelled=cancelled),
        )

    def said_alone(self, ref: Ref, *, cancelled: Callable[[], bool] = _never) -> tuple[Span, ...] | None:
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
            lambda _: alignment.said_alone(source, others, context=texts, cancelled=cancelled),
        )

    def shared_with_first(self, refs: Sequence[Ref]) -> tuple[ReusePair | None, ...]:
        """Return what the first of some sources shares with each of the others; None for no passage."""
        from sources.evidence.lineage.sharing import shared_by
        from sources.evidence.lineage.texts import read_texts

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

    def lineage(
        self,
        slug: str,
        refs: Sequence[Ref] = (),
        *,
        cancelled: Callable[[], bool] = _never,
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
        self, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = _never
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

    def prepare(self, slug: str, *, cancelled: Callable[[], bool] = _never) -> None:
        """Work out and keep what the screens ask of a story: names, quotes, figures, matrix and timeline.

        A story of more than ``AHEAD`` texts is left until it is asked for: an archive is read source by
        source, and adding to it must not take minutes. Evidence of texts that have gone is dropped.
        """
        self.tidy()
        if not self._is_small(slug):
            return
        for source in self.library.texts(slug):
            if cancelled():
                return
            self._quotes(source)
            self._facts.figures(source)
        self.entities(slug)
        if not cancelled():
            self.figure_matrix(slug)
            self.timeline(slug)

    def tidy(self) -> None:
        """Drop the kept evidence of texts that are no longer in the library."""
        self._cache.keep_only(self.library.text_sums())
        if (self.library.folder / FINGERPRINTS).exists():
            self._fingerprints().catch_up(self.library)

    def clear(self) -> None:
        """Drop all kept evidence."""
        with self._lock:
            self._answers.clear()
        self._cache.clear()
        self._fingerprints().clear()

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the kept evidence, a sentence each; nothing when all is well."""
        return (*self._cache.problems(), *self._fingerprints().problems())

    @property
    def labelling(self) -> Labelling:
        """What can be asked of the labelled spans: agreement, disagreements, company, suggestions."""
        from sources.workspace.labelling import Labelling

        return Labelling(self.library, self.sentences, self.entities)

    def collect(self, notes: Sequence[Note]) -> NoteCollection:
        """Gather what an export of ``notes`` tells about their sources and stories."""
        from sources.workspace.gathering import gather_notes

        return gather_notes(self.library, notes)

    def _is_small(self, slug: str) -> bool:
        return self.library.count(slug) <= AHEAD

    def _entities(self, texts: list[Source]) -> tuple[Entity, ...]:
        if self._naming is None:
            from sources.workspace.naming import Naming

            self._naming = Naming(self.library, self._cache, self._found)
        return self._naming.entities(texts)

    def _quotes(self, source: Source) -> tuple[Quote, ...]:
        from sources.evidence import quotes

        return self._found(
            f"quotes {quotes.METHOD_VERSION}",
            [source],
            Codec(quotes.Quote, Span),
            lambda texts: quotes.find_quotes(texts[0]),
        )

    def _matrix_alone(self, source: Source) -> tuple[MatrixRow, ...]:
        return self._facts.matrix([source], self._entities([source]))

    @property
    def _facts(self) -> Facts:
        from sources.workspace.facts import Facts

        return Facts(self._found)

    def _alignment(self, a: Source, b: Source, context: list[Source]) -> Alignment:
        from sources.evidence import alignment, edits

        return self._found(
            f"alignment {alignment.METHOD_VERSION} with edits {edits.METHOD_VERSION}",
            [a, b, *context],
            Codec(alignment.Alignment, alignment.AlignedRow, edits.Edit, Ref, Span),
            lambda _: alignment.align(a, b, context=context),
        )

    def _found(
        self,
        method: str,
        sources: list[Source],
        codec: Codec,
        find: Callable[[list[Source]], _Found],
    ) -> _Found:
        """Return what ``find`` finds in ``sources``, from memory or the cache where it is there."""
        key = _fingerprint(sources)

        def from_cache_or_anew() -> _Found:
            written = self._cache.get(method, key)
            if written is not None:
                try:
                    return cast("_Found", codec.decode(written))
                except (ValueError, TypeError):
                    pass  # written by another version of the class: it is replaced below
            found = find(sources)
            if found is not None:  # what was cancelled is not known
                self._cache.put(
                    method, key, codec.encode(found), {source.origin.sha256 for source in sources}
                )
            return found

        return self._remembered(method, key, from_cache_or_anew)

    def _remembered(self, method: str, key: str, make: Callable[[], _Found]) -> _Found:
        place = (method, key)
        with self._lock:
            if place in self._answers:
                self._answers.move_to_end(place)
                return cast("_Found", self._answers[place])
        made = make()
        if made is None:
            return made
        with self._lock:
            self._answers[place] = made
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return made


def _fingerprint(sources: Sequence[Source]) -> str:
    """Return a key that changes with anything that evidence in ``sources`` may depend on."""
    digest = hashlib.sha256()
    for source in sources:
        facts: tuple[Any, ...] = (
            str(source.ref),
            source.origin.sha256,
            source.title,
            source.publisher,
            source.author,
            source.date,
            source.language,
            [(zone.kind.value, zone.start, zone.end) for zone in source.zones],
        )
        digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
