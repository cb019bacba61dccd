"""What the evidence says of a source, as the values of fields: names, quotes with speakers, figures.

The values of one field are analysed one after another with a gap between them, so that no phrase and no
pair of near words reaches from one into the next. Quotes and their speakers are laid out in slots of the same
numbers (see ``spoken``), and their stems have positions as well, so that it can be told who says what.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import STEM_MARK, Amount, Analysed, amount_term, analyse, bounds_of
from index.speaker_search import SLOT
from sources import logs
from sources.errors import CrossreadError, UnknownReference
from sources.evidence.entities import EntityKind
from sources.evidence.entities.corrections import corrected
from sources.evidence.entities.finder import find_entities
from sources.evidence.figures.finder import find_amounts
from sources.evidence.quotation_marks import quoted_spans
from sources.evidence.quotes import find_quotes
from sources.evidence_cache import EvidenceCache
from sources.model import Origin, Ref, Source, Span
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.query.tree import Figures
    from sources.evidence.entities import Entity, Mention
    from sources.evidence.figures import Figure
    from sources.evidence.quotes import Quote
    from sources.library import Library
    from sources.model import Correction

GAP = 100  # words between two values of one field
WHOLE_STORIES = 100  # texts of a story up to which its names are looked for in all of it together
MOST_NAMES = 12  # of a source that are kept to be counted among hits
_FIELD_OF_KIND = {
    EntityKind.PERSON: "person",
    EntityKind.ORGANISATION: "org",
    EntityKind.PLACE: "place",
}
_OTHER = "thing"
_LONGEST_NAME = 80


class Described(NamedTuple):
    """A source, and whom and what it names; without ``named`` that is found in the source alone."""

    source: Source
    named: tuple[Entity, ...] | None = None

    @property
    def ref(self) -> Ref:
        """The source's name."""
        return self.source.ref


class EvidenceValues(NamedTuple):
    """The values of the evidence fields of one source.

    ``fields`` are the searched ones; ``names`` the most named persons, organisations, positions and others,
    most often named first, and ``named`` is a print of all of them.
    """

    fields: dict[str, Analysed]
    names: tuple[str, ...]
    named: str


def evidence_values(described: Described) -> EvidenceValues:
    """Find the evidence in a source and return it as values of fields."""
    source = described.source
    named = named_in(described)
    forms: dict[str, list[str]] = {"person": [], "org": [], "place": [], _OTHER: []}
    counts: Counter[str] = Counter()
    for entity in named:
        mentions = [mention.text for mention in entity.mentions]
        counts[entity.name[:_LONGEST_NAME]] += len(mentions)
        there = set(mentions)
        mentions += [form for form in (entity.name, *entity.aliases) if form not in there]
        forms[_FIELD_OF_KIND.get(entity.kind, _OTHER)] += mentions
    quotes = find_quotes(source, named)
    fields = {field: analyse_values(values) for field, values in forms.items()}
    fields["quote"], fields["speaker"] = _in_slots(quotes)
    fields["figure"] = _amounts(find_amounts(source))
    names = tuple(name for name, _ in counts.most_common(MOST_NAMES))
    return EvidenceValues(fields, names, print_of(named))


def named_in(described: Described) -> tuple[Entity, ...]:
    """Return whom and what a source names."""
    return find_entities([described.source]) if described.named is None else described.named


def print_of(named: Iterable[Entity]) -> str:
    """Return what tells whether a source names the same as before, by the same kinds and names."""
    described = [
        (one.name, one.kind.value, one.aliases, [(mention.start, mention.end) for mention in one.mentions])
        for one in named
    ]
    return f"{zlib.crc32(repr(described).encode('utf-8', 'replace')):08x}"


def _in_slots(quotes: Iterable[Quote]) -> tuple[Analysed, Analysed]:
    """Return the quotes, and their speakers at the beginning of each slot that their quotes reach into."""
    said: dict[str, list[int]] = {}
    said_by: dict[str, list[int]] = {}
    begin = words = names = 0
    for quote in quotes:
        length = _lay_out(quote.text, begin, said)
        words += length
        end = begin + max(length, 1)
        if quote.speaker:
            names += max(_lay_out(quote.speaker, slot, said_by) for slot in range(begin, end, SLOT))
        begin = -(-(end + GAP) // SLOT) * SLOT
    return Analysed(said, {}, words), Analysed(said_by, {}, names)


def _lay_out(text: str, begin: int, positions: dict[str, list[int]]) -> int:
    """Add the words of ``text`` and their stems to ``positions`` from ``begin`` on; return their number."""
    analysed = analyse(text)
    stems: dict[str, set[int]] = {}
    for term, here in analysed.positions.items():
        positions.setdefault(term, []).extend(begin + place for place in here)
        root = STEM_MARK + stem(term)
        if root in analysed.stems:
            stems.setdefault(root, set()).update(here)
    for root, found in stems.items():
        positions.setdefault(root, []).extend(begin + place for place in sorted(found))
    return analysed.length


def _amounts(figures: Iterable[Figure]) -> Analysed:
    """Return amounts as terms of a field, in the order of the text."""
    positions: dict[str, list[int]] = {}
    place = -1
    for place, figure in enumerate(figures):
        bounds = bounds_of(figure.value, figure.low, figure.high)
        positions.setdefault(amount_term(Amount(figure.unit, *bounds)), []).append(place)
    return Analysed(positions, {}, place + 1)


class Stories:
    """Whom and what the stories of a library name, so that each source is indexed with its story in mind."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._evidence = EvidenceCache(self._library)
        self._corrections: tuple[str, tuple[Correction, ...]] | None = None
        self._last: tuple[str, dict[Ref, tuple[Entity, ...]] | None] | None = None

    def described(self, texts: Iterable[Source]) -> Iterator[Described]:
        """Put beside each text whom and what its story names, where the story is small enough to be read."""
        for source in texts:
            named = self._named(source.ref.story)
            yield Described(source, self._alone(source) if named is None else named.get(source.ref, ()))

    def _alone(self, source: Source) -> tuple[Entity, ...] | None:
        """Return what a source names that is read without its story, where the user corrected any of it."""
        slug = source.ref.story
        if self._corrections is None or self._corrections[0] != slug:
            self._corrections = (slug, self._library.corrections(slug))
        said = self._corrections[1]
        return corrected(find_entities([source]), said) if said else None

    def _named(self, slug: str) -> dict[Ref, tuple[Entity, ...]] | None:
        """Return the names of a story; the last one is remembered, since texts come story by story."""
        if self._last is None or self._last[0] != slug:
            self._last = (slug, self._found(slug))
        return self._last[1]

    def _found(self, slug: str) -> dict[Ref, tuple[Entity, ...]] | None:
        try:
            if not 1 < self._library.count(slug) <= WHOLE_STORIES:
                return None
            return _by_ref(self._evidence.entities(slug))
        except UnknownReference:  # it went since
            return None
        except (CrossreadError, OSError):
            raise
        except Exception as error:  # whatever one text makes the evidence raise, the others go on
            logs.record(error, f"The texts of {slug} could not be read together.")
            return None


def _by_ref(named: Iterable[Entity]) -> dict[Ref, tuple[Entity, ...]]:
    """Give each source those entities that it names, with their mentions there."""
    found: dict[Ref, list[Entity]] = {}
    for entity in named:
        mentions: dict[Ref, list[Mention]] = {}
        for mention in entity.mentions:
            mentions.setdefault(mention.ref, []).append(mention)
        for ref, here in mentions.items():
            found.setdefault(ref, []).append(replace(entity, mentions=tuple(here)))
    return {ref: tuple(entities) for ref, entities in found.items()}


def analyse_values(values: Iterable[str]) -> Analysed:
    """Take several values of one field apart; the positions of each begin a gap after the one before."""
    positions: dict[str, list[int]] = {}
    stems: dict[str, int] = {}
    begin = length = 0
    for value in values:
        analysed = analyse(value)
        for term, here in analysed.positions.items():
            positions.setdefault(term, []).extend(place + begin for place in here)
        for root, count in analysed.stems.items():
            stems[root] = stems.get(root, 0) + count
        begin += analysed.length + GAP
        length += analysed.length
    return Analysed(positions, stems, length)


def amounts_in(text: str, wanted: Sequence[tuple[Figures, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of each amount that is wanted, with the number beside what wants it."""
    source = Source(Ref("text", 1), None, None, None, None, None, None, text, (), Origin(None, "", "text"))
    for figure in find_amounts(source):
        low, high = bounds_of(figure.value, figure.low, figure.high)
        for leaf, place in wanted:
            if (
                leaf.unit in {None, figure.unit}
                and (leaf.high is None or low <= leaf.high)
                and (leaf.low is None or high >= leaf.low)
            ):
                yield figure.start, figure.end, place


def quotes_in(text: str) -> list[Span]:
    """Return the spans of all quotes, with their marks."""
    return [Span(quote.start, quote.end) for quote in quoted_spans(text, 0, len(text))]
