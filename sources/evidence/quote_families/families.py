"""Groups the quotes of a story into families: which of them are one utterance.

Sentences of quotes are put together by their words, the longest wording of an utterance leading; parts
of them follow, and a sentence that joins parts of two utterances belongs to both. Words alone do not
make one utterance: what two persons say alike stays apart, unless it is long and nearly word for word
the same and no source gives it to both, when one of the two is a shift.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.quote_families import QuoteFamily
from sources.evidence.quote_families.speakers import StorySpeakers
from sources.evidence.quote_families.variants import Utterance, variants_of
from sources.evidence.quote_families.wordings import (
    PART_COVERAGE,
    QuotedSentence,
    StoryQuote,
    Wordings,
    is_part,
    read_wordings,
)
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.quotes import Quote
    from sources.model import Ref, Source

# Not measured one by one: the bundled story and the stories of the tests have their families with them.
_UNKNOWN_PART = 0.85  # of the shorter wording, where one of two has no speaker of a known name
_SHIFTED = 0.9  # of the shorter wording, where the speakers are two
_SHIFTED_WORDS = 6  # that both have at least
_SHIFTED_CONTENT = 3  # of these, no stopwords
_SAME_SOURCE = 0.95  # where a source has the utterance already


def find_families(
    quoted: Sequence[tuple[Source, Sequence[Quote]]],
    entities: Sequence[Entity] = (),
    groups: Sequence[Sequence[Ref]] = (),
) -> tuple[QuoteFamily, ...]:
    """Find the families of the quotes of some sources, in the order in which they first appear.

    ``entities`` are those of the story, by which one speaker is known under several names; ``groups`` are
    the sources that are one text, whose later ones only copy. Words in marks that nobody said (see
    `Quote.direct`) belong to no family.
    """
    speakers = StorySpeakers(entities, {source.ref: source.text for source, _ in quoted})
    said: list[StoryQuote] = []
    texts: list[str] = []
    for source, quotes in quoted:
        for quote in quotes:
            if quote.direct:
                start, end = quote.words(source.text)
                said.append(StoryQuote(source.ref, quote, start, end, speakers.of(source.ref, quote)))
                texts.append(source.text)
    wordings = read_wordings(said, texts)
    found = _Grouping(said, wordings).groups()
    copied = {ref for group in groups for ref in list(group)[1:]}
    families = []
    for number, group in enumerate(found, 1):
        text, speaker, variants = variants_of(group, said, texts, copied)
        families.append(QuoteFamily(f"q{number}", text, speaker, variants))
    return tuple(families)


class _Family:
    """A family in the making: the wording that leads it and the units that belong to it."""

    def __init__(self, leader: int, key: str | None) -> None:
        self.leader = leader
        self.key = key
        self.units: list[QuotedSentence] = []
        self.merged: list[tuple[QuotedSentence, tuple[int, int]]] = []
        self.best: dict[Ref, float] = {}
        self.others: set[str] = set()  # to whom it is given besides


class _Grouping:
    def __init__(self, said: Sequence[StoryQuote], wordings: Wordings) -> None:
        self._said = said
        self._wordings = wordings
        self._led: dict[int, list[_Family]] = {}  # by leading wording
        self._holding: dict[int, list[_Family]] = {}  # by any wording

    def groups(self) -> list[Utterance]:
        """Put the units together and return the groups, in order."""
        units_of = self._wordings.units_of()
        words = self._wordings.words
        merged = {
            number: parts
            for number, units in enumerate(units_of)
            if len({self._said[unit.said].ref for unit in units}) == 1
            and (parts := self._wordings.merged_from(number))
        }
        order = sorted(range(len(words)), key=lambda number: (-len(words[number]), number))
        families: list[_Family] = []
        for number in order:
            if number in merged:
                continue
            # Those of a known speaker first, so that the others can follow them.
            for unit in sorted(units_of[number], key=lambda one: self._key(one) is None):
                families += self._place(unit)
        families = self._with_shifts(families)
        for number, parts in merged.items():
            families += self._place_merged(units_of[number], parts)
        return list(self._combined(families))

    def _key(self, unit: QuotedSentence) -> str | None:
        return self._said[unit.said].speaker.key

    def _place(self, unit: QuotedSentence) -> list[_Family]:
        """Put a unit into the family that it fits best; return the new one where it fits none."""
        key, ref = self._key(unit), self._said[unit.said].ref
        best: tuple[float, bool, int] | None = None
        chosen: _Family | None = None
        for family, coverage, shared in self._fitting(unit):
            same = key is not None and family.key == key
            if key is not None and family.key is not None and not same:
                continue
            if coverage < (PART_COVERAGE if same else _UNKNOWN_PART):
                continue
            if coverage < _SAME_SOURCE and family.best.get(ref, 0.0) >= coverage:
                continue
            rank = (coverage, same, shared)
            if best is None or rank > best:
                best, chosen = rank, family
        created = []
        if chosen is None or best is None:
            chosen, best = _Family(unit.wording, key), (1.0, True, 0)
            self._led.setdefault(unit.wording, []).append(chosen)
            created.append(chosen)
        chosen.units.append(unit)
        chosen.key = chosen.key or key
        chosen.best[ref] = max(chosen.best.get(ref, 0.0), best[0])
        self._holding.setdefault(unit.wording, []).append(chosen)
        return created

    def _fitting(self, unit: QuotedSentence) -> Iterator[tuple[_Family, float, int]]:
        words = self._wordings.words
        for family in self._led.get(unit.wording, ()):
            yield family, 1.0, len(words[unit.wording])
        for other, match in self._wordings.matches[unit.wording].items():
            if other in self._led and is_part(match, words[unit.wording], words[other], least=PART_COVERAGE):
                for family in self._led[other]:
                    yield family, match.coverage, match.shared

    def _with_shifts(self, families: list[_Family]) -> list[_Family]:
        """Join families of different speakers whose words are too much alike to be two utterances."""
        gone: set[int] = set()
        # The later and smaller ones join the others, so that whoever is named first and most stays.
        rank = {
            id(family): (len(family.best), tuple(-place for place in self._first(family)))
            for family in families
        }
        for family in sorted(families, key=lambda one: rank[id(one)]):
            for other in self._alike(family):
                if id(other) in gone or other is family or rank[id(other)] < rank[id(family)]:
                    continue
                if other.key is None or family.key is None or other.best.keys() & family.best.keys():
                    continue
                other.units += family.units
                other.best |= family.best
                other.others |= {family.key, *family.others}
                for unit in family.units:
                    self._holding[unit.wording].append(other)
                    self._holding[unit.wording].remove(family)
                gone.add(id(family))
                break
        return [family for family in families if id(family) not in gone]

    def _alike(self, family: _Family) -> Iterator[_Family]:
        words = self._wordings.words
        if self._is_distinctive(words[family.leader]):
            yield from self._led[family.leader]
        for wording, match in self._wordings.matches[family.leader].items():
            enough = match.shared >= _SHIFTED_WORDS and match.content >= _SHIFTED_CONTENT
            near = min(len(words[wording]), len(words[family.leader])) * 2 > len(words[family.leader])
            if enough and near and match.coverage >= _SHIFTED:
                yield from self._led.get(wording, ())

    @staticmethod
    def _is_distinctive(words: Sequence[str]) -> bool:
        content = sum(word not in STOP_WORDS for word in words)
        return len(words) >= _SHIFTED_WORDS and content >= _SHIFTED_CONTENT

    def _place_merged(
        self, units: Iterable[QuotedSentence], parts: Mapping[int, tuple[int, int]]
    ) -> list[_Family]:
        """Put the units of a merged sentence into each family that they take from."""
        created: list[_Family] = []
        for unit in units:
            key = self._key(unit)
            taken: dict[int, tuple[_Family, tuple[int, int]]] = {}
            for wording, run in parts.items():
                for family in self._holding.get(wording, ()):
                    if key is None or family.key is None or key in {family.key, *family.others}:
                        taken.setdefault(id(family), (family, run))
            if len(taken) < 2:
                created += self._place(unit)
                continue
            for family, run in taken.values():
                family.merged.append((unit, run))
        return created

    def _combined(self, families: Sequence[_Family]) -> Iterator[Utterance]:
        """Join the sentences that are only ever quoted together, and put all in order."""
        together: dict[object, list[_Family]] = {}
        for family in families:
            counted = Counter(unit.said for unit in family.units)
            alone = bool(family.merged) or max(counted.values()) > 1
            together.setdefault(id(family) if alone else frozenset(counted), []).append(family)
        groups = [
            Utterance(
                parts=[list(family.units) for family in sorted(group, key=self._first)],
                leaders=[self._wordings.words[family.leader] for family in sorted(group, key=self._first)],
                merged=[pair for family in group for pair in family.merged],
            )
            for group in together.values()
        ]
        return iter(sorted(groups, key=lambda group: min((u.said, u.start) for u in group.parts[0])))

    @staticmethod
    def _first(family: _Family) -> tuple[int, int]:
        return min((unit.said, unit.start) for unit in family.units)
