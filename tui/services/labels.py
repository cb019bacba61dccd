"""Labels over the texts of a library: how far coders agree, where not, which labels occur together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.errors import RequestError, UnknownReference
from sources.evidence.entities.corrections import entity_named
from sources.library.label_repository import Mark
from sources.model import Anchor, LabelChoice, Span, SpanStatus, fold_label
from sources.notes.adjudication import (
    CodedPassage,
    find_agreed,
    find_coded_passages,
    find_disagreements,
)
from sources.notes.agreement import (
    Agreement,
    CoOccurrence,
    LabelledText,
    UnitKind,
    find_agreement,
    find_co_occurrences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index import SearchIndex
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from sources.model import Codebook, Label, LabelSpan, LabelTally, Ref, Settlement


__all__ = ["UnitKind"]


class Readership(StrEnum):
    """Which texts a coder is taken to have read: those with a span of theirs, or all of the story."""

    LABELLED = "labelled"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ListedLabel:
    """A label of the codebook with the name of the one above, its path of names, and its marked spans."""

    label: Label
    parent: str | None
    path: tuple[str, ...]
    spans: int


def listed(codebook: Codebook, labels: Iterable[Label], spans: Mapping[str, int]) -> tuple[ListedLabel, ...]:
    """Return labels of a codebook as they are listed; ``spans`` counts them by name."""
    found = []
    for label in labels:
        above = codebook.parent_of(label)
        name = None if above is None else above.name
        found.append(ListedLabel(label, name, tuple(codebook.path(label)), spans.get(label.name, 0)))
    return tuple(found)


def marked_spans(library: Library) -> Counter[str]:
    """Return how many spans coders marked with each label, by its name."""
    counts: Counter[str] = Counter()
    for tally in library.label_tallies():
        counts[tally.label] += tally.spans
    return counts


def outside_codebook(library: Library, codebook: Codebook) -> list[str]:
    """Return the labels of notes that the codebook has not, by name."""
    known = {fold_label(label.name) for label in codebook}
    words = {word for note in library.notes() for word in note.labels}
    return sorted(word for word in words if fold_label(word) not in known)


def move_before(library: Library, name: str, before: str) -> Label:
    """Put a label before another one, under the same label as that; raises UnknownReference."""
    codebook = library.codebook()
    beside = codebook.named(before)
    above = None if beside is None else codebook.parent_of(beside)
    return library.move_label(name, parent=None if above is None else above.name, before=before)


def mark(
    library: Library, place: tuple[Ref, Anchor], labels: Sequence[str], *, coder: str
) -> tuple[LabelSpan, ...]:
    """Give a passage labels in one change; raises UnknownReference and RequestError."""
    return library.mark_all([Mark(label, *place) for label in dict.fromkeys(labels)], coder=coder)


def waiting_suggestions(library: Library, names: Sequence[str], story: str | None) -> list[int]:
    """Return the ids of suggestions of these labels, all without a name; raises UnknownReference.

    A label stands for itself alone: what is accepted has to be what was said.
    """
    codebook = library.codebook()
    ids = []
    for name in names:
        label = codebook.named(name)
        if label is None:
            raise UnknownReference(f"There is no label {name} in the codebook.")
        ids.append(label.id)
    choice = LabelChoice(story=story, labels=tuple(ids), statuses=(SpanStatus.SUGGESTED,))
    return [span.id for span in library.label_spans(choice)]


def summed(tallies: Sequence[LabelTally], by: str) -> list[tuple[str, int, int]]:
    """Return spans and characters by label or coder, the most first, or by source in their order."""
    spans: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for tally in tallies:
        name = str(tally.ref) if by == "source" else tally.label if by == "label" else tally.coder
        spans[name] += tally.spans
        characters[name] += tally.characters
    if by == "source":
        order = [str(ref) for ref in sorted({tally.ref for tally in tallies}, key=_reading_order)]
    else:
        order = sorted(spans, key=lambda name: (-spans[name], name))
    return [(name, spans[name], characters[name]) for name in order]


class Labelling:
    """What can be asked of the labelled spans of a library, over the evidence in its texts.

    Labels go by their names, and a label stands for those under it. Every method may raise UnknownReference,
    and the errors of LibraryError.
    """

    def __init__(self, evidence: EvidenceCache) -> None:
        self.library = evidence.library
        self._evidence = evidence

    def labels(self, names: Sequence[str]) -> tuple[Label, ...]:
        """Return the labels of these names and all under them, all labels without a name."""
        codebook = self.library.codebook()
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
            self.library.entries(where)
            return LabelChoice(story=where, labels=ids, coder=coder)
        if where is not None:
            self.library.source(where)
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
        return find_disagreements(texts, who, self.library.settlements(slug))

    def agreed(self, slug: str, *, readership: Readership = Readership.LABELLED) -> tuple[LabelSpan, ...]:
        """Return the spans that hold in a story: settled ones, and those on which all coders agree."""
        who = self.library.coders(slug)
        texts = self._texts(slug, who, readership)
        return find_agreed(find_coded_passages(texts, who, self.library.settlements(slug)))

    def disagreement(
        self, slug: str, number: int, *, coders: Sequence[str] = (), readership: Readership
    ) -> CodedPassage:
        """Return the disagreement that one of its spans names by its id; raises UnknownReference."""
        for passage in self.disagreements(slug, coders=coders, readership=readership):
            if number in {span.id for span in passage.spans}:
                return passage
        raise UnknownReference(f"There is no disagreement {number} in {slug}.")

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
        or an unknown span.
        """
        if like is not None:
            given = next((given for given in passage.coder_spans if given.coder == like), None)
            if given is None:
                raise RequestError(f"{like} labelled nothing in {passage.ref}.")
            marks = [Mark(span.label, span.ref, span.target.anchor) for span in given.spans]
        else:
            text = self.library.source(passage.ref).text
            for _, span in holds:
                if not 0 <= span.start < span.end <= len(text):
                    raise RequestError(f"{passage.ref} has no passage from {span.start} to {span.end}.")
            marks = [Mark(label, passage.ref, Anchor.at(text, span)) for label, span in holds]
        return self.library.adjudicate_labels([span.id for span in passage.spans], marks, by=by)

    def co_occurrences(
        self, where: Ref | str, *, labels: Sequence[str] = (), coder: str | None = None
    ) -> tuple[CoOccurrence, ...]:
        """Return which labels are together in a story, by its slug, or a source, and how often."""
        spans = self.library.label_spans(self.choice(where, labels=labels, coder=coder))
        return find_co_occurrences(self._labelled(spans))

    def suggest_entity(self, label: str, slug: str, name: str, *, coder: str) -> tuple[LabelSpan, ...]:
        """Suggest a label for all mentions of an entity in a story; return what is new.

        ``name`` is the entity's id, its name or an alias. Raises RequestError where there is none.
        """
        entity = entity_named(self._evidence.entities(slug), name)
        spans = [(mention.ref, Span(mention.start, mention.end)) for mention in entity.mentions]
        return self.suggest(label, spans, coder=coder, origin=f"entity: {entity.name}")

    def suggest_found(
        self,
        label: str,
        index: SearchIndex,
        query: str,
        *,
        story: str | None,
        coder: str,
        extent: str = "sentences",
    ) -> tuple[LabelSpan, ...]:
        """Suggest a label for what a search finds, the ``words`` or their ``sentences``; return what is new.

        Raises QueryError and IndexTrouble.
        """
        from index.label_suggestions import Extent, passages_of_query

        places = passages_of_query(
            index, self.library, self._evidence.sentences, query, story=story, extent=Extent(extent)
        )
        return self.suggest(label, places, coder=coder, origin=f"search: {query}")

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
                self.library.sources(list(grouped)), key=lambda source: _reading_order(source.ref)
            )
            for span in sorted(set(grouped[source.ref]))
        ]
        return self.library.suggest_labels(marks, coder=coder, origin=origin)

    def _coders(self, slug: str, named: Sequence[str]) -> tuple[str, ...]:
        self.library.entries(slug)
        known = self.library.coders(slug)
        for name in named:
            if name not in known:
                raise UnknownReference(f"Nobody called {name} labelled anything in {slug}.")
        who = tuple(dict.fromkeys(named)) or known
        if len(who) < 2:
            there = f"labelled by {', '.join(known)}" if known else "not labelled"
            raise RequestError(f"Agreement takes at least two coders; {slug} is {there}.")
        return who

    def _texts(self, slug: str, coders: Sequence[str], readership: Readership) -> list[LabelledText]:
        spans = [span for span in self.library.label_spans(LabelChoice(story=slug)) if span.coder in coders]
        labelled = {text.ref: text for text in self._labelled(spans)}
        if readership is Readership.LABELLED:
            return list(labelled.values())
        texts = []
        for ref in self.library.refs(slug):
            given = labelled[ref].coders if ref in labelled else {}
            sentences = labelled[ref].sentences if ref in labelled else self._evident(ref)
            texts.append(LabelledText(ref, sentences, {coder: given.get(coder, ()) for coder in coders}))
        return texts

    def _labelled(self, spans: Iterable[LabelSpan]) -> list[LabelledText]:
        """Return the texts that are there with the spans of each coder in them."""
        grouped: defaultdict[Ref, defaultdict[str, list[LabelSpan]]] = defaultdict(lambda: defaultdict(list))
        for span in spans:
            grouped[span.ref][span.coder].append(span)
        present = set(self.library.refs())
        return [
            LabelledText(ref, self._evident(ref), {coder: tuple(each) for coder, each in coders.items()})
            for ref, coders in grouped.items()
            if ref in present
        ]

    def _evident(self, ref: Ref) -> tuple[Span, ...]:
        """Return the sentences of a source outside its muted zones."""
        muted = [zone for zone in self.library.source(ref).zones if zone.kind.muted]
        return tuple(
            sentence
            for sentence in self._evidence.sentences(ref)
            if not any(zone.start < sentence.end and sentence.start < zone.end for zone in muted)
        )


def _reading_order(ref: Ref) -> tuple[str, bool, int]:
    return ref.story, ref.number is None, ref.number or 0
