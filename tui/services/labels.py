"""Labels over the texts of a library: how far coders agree, where not, which labels occur together."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.errors import RequestError, UnknownReference
from sources.evidence.entities.corrections import entity_named
from sources.library.label_repository import Mark
from sources.model import Anchor, LabelChoice, Span
from sources.notes.labelling.adjudication import (
    CodedPassage,
    find_agreed,
    find_coded_passages,
    find_disagreements,
)
from sources.notes.labelling.agreement import Agreement, find_agreement
from sources.notes.labelling.co_occurrence import CoOccurrence, find_co_occurrences
from sources.notes.labelling.units import LabelledText, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence_cache import EvidenceCache
    from sources.model import Label, LabelSpan, Ref, Settlement


class Readership(StrEnum):
    """Which texts a coder is taken to have read: those with a span of theirs, or all of the story."""

    LABELLED = "labelled"
    ALL = "all"


class Labelling:
    """What can be asked of the labelled spans of a library, over the evidence in its texts.

    Labels go by their names, and a label stands for those under it. Every method may raise UnknownReference,
    and the errors of LibraryError.
    """

    def __init__(self, evidence: EvidenceCache) -> None:
        self._library = evidence.library
        self._evidence = evidence

    def labels(self, names: Sequence[str]) -> tuple[Label, ...]:
        """Return the labels of these names and all under them, all labels without a name."""
        codebook = self._library.codebook()
        if not names:
            return codebook.labels
        chosen = []
        for name in names:
            label = codebook.named(name)
            if label is None:
                raise UnknownReference(f"There is no label {name} in the codebook; labels add makes one.")
            chosen.append(label)
        return codebook.family(chosen)

    def choice(
        self, where: Ref | str | None, *, labels: Sequence[str] = (), coder: str | None = None
    ) -> LabelChoice:
        """Return the choice of the marked spans of a story, by its slug, or a source that fit what is given.

        Raises UnknownReference for a label, story or source that is not there.
        """
        ids = tuple(label.id for label in self.labels(labels)) if labels else ()
        if isinstance(where, str):
            self._library.entries(where)
            return LabelChoice(story=where, labels=ids, coder=coder)
        if where is not None:
            self._library.source(where)
        return LabelChoice(ref=where, labels=ids, coder=coder)

    def agreement(
        self,
        slug: str,
        *,
        coders: Sequence[str] = (),
        labels: Sequence[str] = (),
        unit: UnitKind = UnitKind.CHARACTERS,
        readership: Readership = Readership.LABELLED,
    ) -> Agreement:
        """Measure how far coders agree in a story, all who marked spans there or those named.

        Labels that nobody gave are left out unless they are named. Raises RequestError for fewer than two
        coders.
        """
        who = self._coders(slug, coders)
        texts = self._texts(slug, who, readership)
        given = {span.label for text in texts for coder in who for span in text.coders.get(coder, ())}
        names = [label.name for label in self.labels(labels) if labels or label.name in given]
        return find_agreement(texts, who, names, unit)

    def disagreements(
        self, slug: str, *, coders: Sequence[str] = (), readership: Readership = Readership.LABELLED
    ) -> tuple[CodedPassage, ...]:
        """Return where coders disagree in a story, in the order of the texts, with what was settled since.

        Raises RequestError for fewer than two coders.
        """
        who = self._coders(slug, coders)
        texts = self._texts(slug, who, readership)
        return find_disagreements(texts, who, self._library.settlements(slug))

    def agreed(self, slug: str, *, readership: Readership = Readership.LABELLED) -> tuple[LabelSpan, ...]:
        """Return the spans that hold in a story: settled ones, and those on which all coders agree."""
        who = self._library.coders(slug)
        texts = self._texts(slug, who, readership)
        return find_agreed(find_coded_passages(texts, who, self._library.settlements(slug)))

    def adjudicate(
        self,
        passage: CodedPassage,
        *,
        by: str,
        like: str | None = None,
        holds: Sequence[tuple[str, Span]] = (),
    ) -> Settlement:
        """Settle a disagreement: as coder ``like`` has it, or with the spans ``holds`` and their labels.

        With neither, nothing there has a label. Raises RequestError for a coder who did not read the text
        or a span that is none in it.
        """
        if like is not None:
            given = next((given for given in passage.coder_spans if given.coder == like), None)
            if given is None:
                raise RequestError(f"{like} labelled nothing in {passage.ref}.")
            marks = [Mark(span.label, span.ref, span.target.anchor) for span in given.spans]
        else:
            text = self._library.source(passage.ref).text
            for _, span in holds:
                if not 0 <= span.start < span.end <= len(text):
                    raise RequestError(f"{passage.ref} has no passage from {span.start} to {span.end}.")
            marks = [Mark(label, passage.ref, Anchor.at(text, span)) for label, span in holds]
        return self._library.adjudicate_labels([span.id for span in passage.spans], marks, by=by)

    def co_occurrences(
        self, where: Ref | str, *, labels: Sequence[str] = (), coder: str | None = None
    ) -> tuple[CoOccurrence, ...]:
        """Return which labels stand together in a story, by its slug, or a source, and how often."""
        spans = self._library.label_spans(self.choice(where, labels=labels, coder=coder))
        return find_co_occurrences(self._labelled(spans))

    def suggest_entity(self, label: str, slug: str, name: str, *, coder: str) -> tuple[LabelSpan, ...]:
        """Suggest a label for all mentions of an entity in a story; return what is new.

        ``name`` is the entity's id, its name or an alias. Raises RequestError where there is none.
        """
        entity = entity_named(self._evidence.entities(slug), name)
        spans = [(mention.ref, Span(mention.start, mention.end)) for mention in entity.mentions]
        return self.suggest(label, spans, coder=coder, origin=f"entity: {entity.name}")

    def suggest(
        self, label: str, places: Iterable[tuple[Ref, Span]], *, coder: str, origin: str
    ) -> tuple[LabelSpan, ...]:
        """Suggest a label for passages in one change; return what is new. ``origin`` says where from."""
        grouped: defaultdict[Ref, list[Span]] = defaultdict(list)
        for ref, span in places:
            grouped[ref].append(span)
        marks = [
            Mark(label, source.ref, Anchor.at(source.text, span))
            for source in sorted(
                self._library.sources(list(grouped)), key=lambda source: _reading_order(source.ref)
            )
            for span in sorted(set(grouped[source.ref]))
        ]
        return self._library.suggest_labels(marks, coder=coder, origin=origin)

    def _coders(self, slug: str, named: Sequence[str]) -> tuple[str, ...]:
        self._library.entries(slug)
        known = self._library.coders(slug)
        for name in named:
            if name not in known:
                raise UnknownReference(f"Nobody called {name} labelled anything in {slug}.")
        who = tuple(dict.fromkeys(named)) or known
        if len(who) < 2:
            there = f"labelled by {', '.join(known)}" if known else "not labelled"
            raise RequestError(f"Agreement takes at least two coders; {slug} is {there}.")
        return who

    def _texts(self, slug: str, coders: Sequence[str], readership: Readership) -> list[LabelledText]:
        spans = [span for span in self._library.label_spans(LabelChoice(story=slug)) if span.coder in coders]
        labelled = {text.ref: text for text in self._labelled(spans)}
        if readership is Readership.LABELLED:
            return list(labelled.values())
        texts = []
        for ref in self._library.refs(slug):
            given = labelled[ref].coders if ref in labelled else {}
            sentences = labelled[ref].sentences if ref in labelled else self._evident(ref)
            texts.append(LabelledText(ref, sentences, {coder: given.get(coder, ()) for coder in coders}))
        return texts

    def _labelled(self, spans: Iterable[LabelSpan]) -> list[LabelledText]:
        """Return the texts that are there with the spans of each coder in them."""
        grouped: defaultdict[Ref, defaultdict[str, list[LabelSpan]]] = defaultdict(lambda: defaultdict(list))
        for span in spans:
            grouped[span.ref][span.coder].append(span)
        present = set(self._library.refs())
        return [
            LabelledText(ref, self._evident(ref), {coder: tuple(each) for coder, each in coders.items()})
            for ref, coders in grouped.items()
            if ref in present
        ]

    def _evident(self, ref: Ref) -> tuple[Span, ...]:
        """Return the sentences of a source outside its muted zones."""
        muted = [zone for zone in self._library.source(ref).zones if zone.kind.muted]
        return tuple(
            sentence
            for sentence in self._evidence.sentences(ref)
            if not any(zone.start < sentence.end and sentence.start < zone.end for zone in muted)
        )


def _reading_order(ref: Ref) -> tuple[str, bool, int]:
    return ref.story, ref.number is None, ref.number or 0
