"""Gathers the dossier of a story: its texts and notes, and the evidence in the places that it speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sources.evidence.lineage.drawing import heat_map, lineage_trees
from sources.evidence_cache import MOST_COMPARED, WHOLE_STORIES, EvidenceCache
from sources.model import Ref, Span
from tui.services.audit import audit_story
from tui.services.dossier import (
    Chain,
    Differing,
    Dossier,
    DriftHere,
    EventHere,
    FigureRow,
    FirstSaid,
    Held,
    Place,
    QuoteHere,
    SayingHere,
    Sentence,
    StatementHere,
    Value,
    Variant,
    Voice,
)
from tui.services.history import blame_story
from tui.services.original_places import OriginalPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sources.evidence.audit import Check
    from sources.evidence.credit_chains import ChainLink
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.evidence.timeline import Event
    from sources.library import Library
    from sources.notes.export import NoteCollection
    from tui.services.audit import CheckHere, SentenceHere

    Said = Callable[[Ref, int, int], Place]


def dossier_of(collection: NoteCollection) -> Dossier:
    """Return the dossier of a story without evidence: its texts and the notes on it."""
    slug, title = next(iter(collection.titles.items()))
    texts = sorted(
        collection.texts.values(), key=lambda text: (text.ref.number is not None, text.ref.number or 0)
    )
    notes = tuple(sorted(collection.notes, key=lambda note: note.id))
    return Dossier(slug, title, tuple(texts), notes, collection.sources)


def gather_dossier(library: Library, collection: NoteCollection) -> Dossier:
    """Return the dossier of the story in ``collection``, with its evidence.

    An archive has none: its texts are too many to be read as one story, which ``left_out`` tells.
    """
    plain = dossier_of(collection)
    slug, cache = plain.story, EvidenceCache(library)
    if len(plain.texts) > WHOLE_STORIES:
        told = f"{len(plain.texts):,} texts are too many for their evidence to be shown together."
        return replace(plain, left_out=(told,))
    texts = {text.ref: text.text for text in plain.texts}
    places = OriginalPlaces.in_sources(plain.texts)

    def said(ref: Ref, start: int, end: int) -> Place:
        return Place(ref, start, end, texts[ref][start:end], places.of(ref, start, end))

    with_evidence = replace(
        plain,
        figures=tuple(_figure(row, said) for row in cache.figure_matrix(slug)),
        firsts=_firsts(cache, plain, said),
        quotes=tuple(_quote(family, said) for family in cache.quote_families(slug)),
        chains=tuple(Chain(chain.claim, _voice(chain.root, said)) for chain in cache.credit_chains(slug)),
        events=tuple(_event(event, said) for event in cache.timeline(slug)),
    )
    return _with_verdicts(library, _with_lineage(cache, with_evidence), said)


def _firsts(cache: EvidenceCache, dossier: Dossier, said: Said) -> tuple[FirstSaid, ...]:
    """Return what several sources say, by who said it first; nothing where they are too many."""
    if len(dossier.sources) > MOST_COMPARED:
        return ()
    return tuple(
        FirstSaid(
            fact.kind,
            fact.subject,
            fact.sure,
            tuple(
                SayingHere(said(one.ref, one.start, one.end), one.date or "", one.changed, one.source)
                for one in (fact.first, *fact.taken_over)
            ),
        )
        for fact in blame_story(cache, dossier.story)
        if fact.taken_over
    )


def _with_lineage(cache: EvidenceCache, dossier: Dossier) -> Dossier:
    lineage = cache.lineage(dossier.story)
    if lineage is None:
        raise AssertionError("nobody cancelled it")
    return replace(
        dossier,
        origins=tuple(replace(one, name=_named(one.name)) for one in lineage.origins),
        overlap=heat_map(lineage),
        trees=tuple(replace(tree, name=_named(tree.name)) for tree in lineage_trees(lineage)),
    )


def _with_verdicts(library: Library, dossier: Dossier, said: Said) -> Dossier:
    if dossier.summary is None:
        return dossier
    ref = dossier.summary.ref
    audited = audit_story(library, dossier.story)
    if audited is None:
        raise AssertionError("nobody cancelled it")
    return replace(
        dossier,
        sentences=tuple(_sentence(one, ref, said) for one in audited.sentences),
        unjudged=audited.unjudged,
    )


def _named(name: str) -> str:
    """Return the name of a voice; a text without a publisher goes by its number."""
    ref = Ref.parse(name)
    return name if ref is None else f"source {ref.number or 'summary'}"


def _figure(row: MatrixRow, said: Said) -> FigureRow:
    values = tuple(
        Value(
            value.text,
            value.before,
            value.dissents,
            tuple(said(each.ref, each.start, each.end) for each in value.mentions),
        )
        for value in row.values
    )
    return FigureRow(str(row.kind), row.subject, str(row.status), values)


def _event(event: Event, said: Said) -> EventHere:
    places = dict.fromkeys(said(each.ref, *each.sentence) for each in event.mentions)
    return EventHere(event.whens, event.text, str(event.status), tuple(places))


def _sentence(here: SentenceHere, ref: Ref, said: Said) -> Sentence:
    found, overruled = here.sentence, here.overruled
    marker = found.marker
    return Sentence(
        said(ref, *found.span),
        here.verdict,
        None if marker is None else marker.text,
        marker.readings if marker is not None and here.unread else (),
        tuple(StatementHere(said(ref, *one.span), str(one.verdict)) for one in found.statements),
        tuple(_held(one, ref, said) for one in here.checks),
        tuple(_better(one, said) for one in found.best),
        tuple(map(_named, here.origins)),
        here.absent,
        None if overruled is None else str(found.verdict),
        "" if overruled is None else overruled.note,
    )


def _held(here: CheckHere, ref: Ref, said: Said) -> Held:
    check = here.check
    return Held(
        check.ref,
        str(check.verdict),
        check.support,
        _each(check.ref, check.evidence, said),
        _each(ref, check.missing, said),
        tuple(
            Differing(
                one.kind, said(ref, *one.said), None if one.source is None else said(check.ref, *one.source)
            )
            for one in check.differs
        ),
    )


def _better(check: Check, said: Said) -> Held:
    return Held(check.ref, str(check.verdict), check.support, _each(check.ref, check.evidence, said))


def _each(ref: Ref, spans: Iterable[Span], said: Said) -> tuple[Place, ...]:
    return tuple(said(ref, *span) for span in spans)


def _quote(family: QuoteFamily, said: Said) -> QuoteHere:
    return QuoteHere(
        family.text, family.speaker, tuple(_variant(one, family, said) for one in family.variants)
    )


def _variant(one: QuoteVariant, family: QuoteFamily, said: Said) -> Variant:
    return Variant(
        said(one.ref, one.start, one.end),
        str(one.kind),
        one.speaker,
        tuple(said(one.ref, *span) for span in one.altered),
        tuple(span.of(family.text) for span in one.left_out),
        one.shift,
        one.copied,
    )


def _voice(link: ChainLink, said: Said) -> Voice:
    return Voice(
        _named(link.name),
        str(link.kind),
        link.refs,
        None if link.ref is None or link.span is None else said(link.ref, *link.span),
        link.cue,
        tuple(
            DriftHere(
                str(drift.kind),
                said(drift.earlier_ref, *drift.earlier_span),
                said(drift.later_ref, *(drift.later_span if drift.later else _nothing(drift.later_span))),
            )
            for drift in link.drifts
        ),
        tuple(_voice(follower, said) for follower in link.followers),
    )


def _nothing(span: Span) -> Span:
    return Span(span.start, span.start)
