"""Evidence: what is asked of a story or a source, with the texts that an answer is shown with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import RequestError
from sources.evidence_cache import MOST_IN_LINEAGE, WHOLE_STORIES, EvidenceCache
from sources.model import Ref, Span
from sources.notes.export.as_csv import write_table
from sources.text.cleaning import printable
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sources.evidence.alignment import Alignment
    from sources.evidence.attributions import Attribution
    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.lineage import Lineage
    from sources.evidence.lineage.origins import ClaimOrigins
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.said_alone import OtherFigure
    from sources.evidence.timeline import Event
    from sources.library import Library


__all__ = ["MOST_IN_LINEAGE", "WHOLE_STORIES"]

FIGURE_KINDS = ("money", "percent", "count", "date", "duration")
ENTITY_KINDS = ("person", "organisation", "place", "product", "event", "other")


def refs_of(library: Library, named: Ref | str) -> list[Ref]:
    """Return the texts of a source or a story; raises UnknownReference."""
    if isinstance(named, Ref):
        return [library.source(named).ref]
    return [entry.ref for entry in library.entries(named)]


# Texts beside one another


@dataclass(frozen=True, slots=True)
class SaidAlone:
    """The sentences of a source that no other of its story has in any form, and other figures of others."""

    ref: Ref
    spans: tuple[Span, ...]
    others: tuple[OtherFigure, ...]

    def other_figures(self, sentence: Span) -> str:
        """Return what others have instead of the figures of a sentence, such as ``£4.2m, £5m``."""
        return ", ".join(dict.fromkeys(one.text for one in self.others if one.span == sentence))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sources aligned two by two; ``texts`` are theirs, ``said_alone`` is of those that were named."""

    refs: tuple[Ref, ...]
    pairs: tuple[Alignment, ...]
    said_alone: tuple[SaidAlone, ...]
    texts: Mapping[Ref, str]


def compare(library: Library, refs: Sequence[Ref], *, against: str | None = None) -> Comparison:
    """Compare sources with one another, or the one with each other source of the story ``against``.

    Raises RequestError where that are too few or too many, and UnknownReference.
    """
    cache = EvidenceCache(library)
    if against is None:
        pairs, named = cache.compare(refs), tuple(refs)
        every = named
    else:
        pairs, named = cache.compare_with_story(refs[0], against), (refs[0],)
        every = (refs[0], *(pair.b for pair in pairs))
    texts = {ref: library.source(ref).text for ref in every}
    alone = tuple(found for ref in named if (found := said_alone(cache, ref)) is not None)
    return Comparison(every, pairs, alone, texts)


def said_alone(
    cache: EvidenceCache, ref: Ref, *, cancelled: Callable[[], bool] = lambda: False
) -> SaidAlone | None:
    """Return what a source alone says in its story; None for a summary, or when ``cancelled`` became true."""
    found = cache.said_alone(ref, cancelled=cancelled)
    return None if found is None else SaidAlone(ref, found.spans, found.others)


# Copies, origins and passages elsewhere


class Statement(NamedTuple):
    """A sentence that states a claim, and the origin on which it stands there."""

    ref: Ref
    start: int
    end: int
    text: str
    score: float
    origin: str
    basis: str


class PlaceElsewhere(NamedTuple):
    """A place where a passage is: how much of it, 0 to 1, and the words there."""

    ref: Ref
    span: Span
    share: float
    words: str


def sources_numbered(slug: str, numbers: str) -> list[Ref]:
    """Read ``1,3-9`` as sources of a story, none as all; raises RequestError."""
    chosen: list[Ref] = []
    for part in numbers.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not part:
            continue
        if not _is_number(first) or (dash and (not _is_number(last) or int(last) < int(first))):
            raise RequestError(f"{part!r} names no sources; write their numbers as in 1,3-9.")
        chosen += [Ref(slug, number) for number in range(int(first), int(last or first) + 1)]
    return chosen


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 7


def lineage(
    library: Library, slug: str, refs: Sequence[Ref], *, progress: Callable[[str], None] | None = None
) -> Lineage:
    """Return who stems from whom in a story, or among some of its sources.

    Raises RequestError where those are too many, and UnknownReference.
    """
    found = EvidenceCache(library).lineage(slug, refs, progress=progress)
    if found is None:
        raise AssertionError("nobody cancelled it")
    return found


def sentence_at(library: Library, ref: Ref, start: int) -> str:
    """Return the sentence of a source at an offset; raises RequestError where there is none."""
    source = library.source(ref)
    for span in EvidenceCache(library).sentences(ref):
        if span.start <= start < span.end:
            return span.of(source.text)
    raise RequestError(f"There is no sentence at {start} in {ref}.")


def claim_origins(
    cache: EvidenceCache, slug: str, claim: str, refs: Sequence[Ref] = ()
) -> tuple[ClaimOrigins | None, tuple[Statement, ...]]:
    """Return on which origins a claim is in a story, and the sentences that state it.

    None where the claim says nothing. Raises RequestError for too many sources, and UnknownReference.
    """
    found = cache.claim_origins(slug, claim, refs)
    if found is None:
        return None, ()
    texts = {ref: cache.library.source(ref).text for ref in {one.sentence.ref for one in found.stated}}
    stated = tuple(
        Statement(
            one.sentence.ref,
            *one.sentence.span,
            one.sentence.span.of(texts[one.sentence.ref]),
            one.sentence.score,
            one.origin,
            one.basis,
        )
        for one in found.stated
    )
    return found, stated


def elsewhere(
    cache: EvidenceCache, passage: str, *, ref: Ref | None = None, span: Span | None = None
) -> tuple[PlaceElsewhere, ...]:
    """Return where else in the library a passage is, and the words there.

    ``ref`` and ``span`` are the place that it was taken from, if it was taken from one. Raises RequestError
    for a passage of less than five words.
    """
    found = cache.elsewhere(passage, ref=ref, span=span)
    texts = {each: cache.library.source(each).text for each in {one.ref for one in found}}
    return tuple(PlaceElsewhere(one.ref, one.span, one.share, one.span.of(texts[one.ref])) for one in found)


# Names, figures, quotes and dates


def entities(
    library: Library, named: Ref | str, *, kind: str | None = None, most: int | None = None
) -> tuple[tuple[Entity, ...], tuple[str, ...]]:
    """Return whom and what a story or a source names, and what is to be told of recognizers that failed."""
    cache = EvidenceCache(library)
    refs_of(library, named)
    found = cache.entities_of(named) if isinstance(named, Ref) else cache.entities(named)
    chosen = [entity for entity in found if kind is None or str(entity.kind) == kind]
    return tuple(chosen[:most]), cache.new_troubles()


def figures(library: Library, named: Ref | str, *, kind: str | None = None) -> tuple[MatrixRow, ...]:
    """Return what is measured in a story, or in which a source has a say."""
    cache = EvidenceCache(library)
    refs_of(library, named)
    rows = cache.figures_of(named) if isinstance(named, Ref) else cache.figure_matrix(named)
    return tuple(row for row in rows if kind is None or str(row.kind) == kind)


def timeline(library: Library, slug: str) -> tuple[Event, ...]:
    """Return what happened when, as the sources of a story say."""
    library.entries(slug)
    return EvidenceCache(library).timeline(slug)


@dataclass(frozen=True, slots=True)
class FamilyHere:
    """A quote family with its variants in the texts asked about, and the other texts that have some."""

    family: QuoteFamily
    elsewhere: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit and the text that gives it."""

    ref: Ref
    attribution: Attribution


class Passage(NamedTuple):
    """A span of a text, if it is of one, and its words."""

    ref: Ref | None
    span: Span | None
    text: str


@dataclass(frozen=True, slots=True)
class QuotesFound:
    """What is quoted in some texts, and who is credited; ``scare`` are words in marks that nobody said."""

    families: tuple[FamilyHere, ...]
    attributions: tuple[Credited, ...]
    chains: tuple[CreditChain, ...]
    scare: tuple[Passage, ...]
    texts: Mapping[Ref, str]


def quotes(library: Library, named: Ref | str, *, speaker: str | None = None) -> QuotesFound:
    """Return the quotes and credits of a story or a source, or those of a speaker, by a part of the name."""
    cache, refs = EvidenceCache(library), refs_of(library, named)
    slug = named.story if isinstance(named, Ref) else named
    families = cache.quote_families_of(named) if isinstance(named, Ref) else cache.quote_families(named)
    credited = [Credited(ref, one) for ref in refs for one in cache.attributions(ref)]
    chains = [
        chain
        for chain in cache.credit_chains(slug)
        if any(ref in refs for link in chain.root.walk() for ref in link.refs)
    ]
    texts = {ref: library.source(ref).text for ref in refs}
    scare = [
        Passage(ref, Span(*one.words(texts[ref])), one.text)
        for ref in refs
        for one in cache.quotes(ref)
        if not one.direct
    ]
    if speaker:
        said = fold(speaker)
        families = tuple(family for family in families if said in fold(family.speaker or ""))
        credited = [one for one in credited if said in fold(one.attribution.credited)]
        chains = [chain for chain in chains if any(said in fold(link.name) for link in chain.root.walk())]
        scare = []
    here = tuple(
        FamilyHere(
            replace(family, variants=tuple(one for one in family.variants if one.ref in refs)),
            tuple(dict.fromkeys(one.ref for one in family.variants if one.ref not in refs)),
        )
        for family in families
    )
    return QuotesFound(here, tuple(credited), tuple(chains), tuple(scare), texts)


# Answers as CSV, for spreadsheets: no cell of a text that others wrote may become a formula there.


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Return a table as CSV (RFC 4180), with headings; a cell that would be a formula begins with ``'``."""
    shown = ([cell if isinstance(cell, int | float) else printable(cell) for cell in row] for row in rows)
    return write_table(headings, shown)
