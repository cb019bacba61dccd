"""Which of many texts tell one event: they name the same within a few days, and something else proves it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING

from sources.evidence.dates.calendar import MONTHS, WEEKDAYS
from sources.evidence.dates.publication import publication_of
from sources.evidence.lineage import SharedEvidence
from sources.evidence.lineage.retelling_links import names_in, read_traits, shared_evidence
from sources.evidence.lineage.text_reuse import body_spans
from sources.evidence.shared_passages import fingerprints
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sources.evidence.dates.publication import Publication
    from sources.evidence.lineage.retelling_links import Traits
    from sources.model import Ref, Source

# Chosen on twelve news events and ten political stories, half of which stand beside stories of the same
# persons; on as many others no group had texts of two events (docs/lineage.md).
_ALIKE = 0.2  # cosine of the names of two texts, each name weighed by how few texts have it
_ALIKE_UNDATED = 0.4  # where one of them does not say when it was published
_DAYS = 7  # between two texts of one event
_PROOFS = 1  # things besides names that both texts have
_PROOFS_UNDATED = 3
_QUOTED_PROOFS = 2  # at most, by quotes
_TITLE_WORDS = 2  # in both titles, that are one proof
_REUSED = 0.05  # share of the fingerprints of the shorter text that is one proof
_JOINED = 0.5  # of the texts of the smaller of two groups, how many surely tell what the larger one tells
_FEWEST_TEXTS = 60  # of two texts, what both name is no commoner than of sixty
_TOO_COMMON = 60  # texts; a name that more of them have brings no two together by itself
_SHOWN = 6  # names, figures, quotes
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Texts that tell one event, first the one that is most like the others, and what they share.

    ``reuse`` is how much of one of them, 0 to 1, stands in another.
    """

    refs: tuple[Ref, ...]
    shared: SharedEvidence
    reuse: float


@dataclass(frozen=True, slots=True)
class _Pair:
    one: int
    other: int
    score: float
    evidence: SharedEvidence
    reuse: float


def event_groups(
    sources: Sequence[Source], *, cancelled: Callable[[], bool] = lambda: False
) -> tuple[EventGroup, ...]:
    """Return which of ``sources`` tell one event, the largest groups first; each source is in one at most.

    A pair is looked at where rare names bring it together. What is not certain is in no group.
    """
    reader = _Reader(sources)
    pairs: list[_Pair] = []
    for one, other, score in _alike(sources, cancelled):
        if cancelled():
            return ()
        if (pair := reader.proven(one, other, score)) is not None:
            pairs.append(pair)
    groups = [_group(sources, members, pairs) for members in _joined(pairs)]
    return tuple(sorted(groups, key=lambda group: (-len(group.refs), group.refs[0].story)))


def _alike(sources: Sequence[Source], cancelled: Callable[[], bool]) -> list[tuple[int, int, float]]:
    """Return the pairs of texts whose names are alike, by their places, the likest first."""
    counted: list[Counter[str]] = []
    for source in sources:
        if cancelled():
            return []
        counted.append(Counter(trait.key for trait in names_in(source.text, body_spans(source))))
    holders: dict[str, list[int]] = {}
    for place, names in enumerate(counted):
        for name in names:
            holders.setdefault(name, []).append(place)
    total = max(_FEWEST_TEXTS, len(sources))
    vectors = [
        {name: (1 + log(count)) * log(total / len(holders[name])) for name, count in names.items()}
        for names in counted
    ]
    lengths = [_length(vector) for vector in vectors]
    products: defaultdict[tuple[int, int], float] = defaultdict(float)
    for name, held in holders.items():
        if 1 < len(held) <= _TOO_COMMON:
            for one, other in combinations(held, 2):
                products[one, other] += vectors[one][name] * vectors[other][name]
    # What common names can add is bounded, so that they are looked at in few pairs.
    common = [
        {name: weight for name, weight in vector.items() if len(holders[name]) > _TOO_COMMON}
        for vector in vectors
    ]
    bounds = [_length(vector) for vector in common]
    found = []
    for (one, other), product in products.items():
        least = _ALIKE * lengths[one] * lengths[other]
        if not product or product + bounds[one] * bounds[other] < least:
            continue
        a, b = common[one], common[other]
        whole = product + sum(weight * b[name] for name, weight in a.items() if name in b)
        if whole >= least:
            found.append((-whole / (lengths[one] * lengths[other]), one, other))
    return [(one, other, -score) for score, one, other in sorted(found)]


def _length(vector: dict[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))


class _Reader:
    """Reads of texts what may prove that two of them tell one event, each once and when it is asked for."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._published: dict[int, Publication | None] = {}
        self._traits: dict[int, Traits] = {}
        self._prints: dict[int, frozenset[int]] = {}
        self._titles: dict[int, set[str]] = {}

    def proven(self, one: int, other: int, score: float) -> _Pair | None:
        """Return two texts with alike names as a pair where it is certain that they tell one event."""
        days = self._days(one, other)
        if score < _ALIKE_UNDATED if days is None else days > _DAYS:
            return None
        a, b = self._traits_of(one), self._traits_of(other)
        shared = [trait for key, trait in a.first.items() if key in b.first]
        kinds = Counter(trait.kind for trait in shared if not _YEAR.fullmatch(trait.key))
        reuse = self._reuse(one, other)
        proofs = (
            kinds["figure"]
            + kinds["number"]
            + min(kinds["quote"], _QUOTED_PROOFS)
            + (len(self._title(one) & self._title(other)) >= _TITLE_WORDS)
            + (reuse >= _REUSED)
        )
        if proofs < (_PROOFS_UNDATED if days is None else _PROOFS):
            return None
        return _Pair(one, other, score, shared_evidence(a, b, shared), reuse)

    def _days(self, one: int, other: int) -> int | None:
        """Return how many days lie between two texts at least; None where one does not tell of its own."""
        a, b = self._published_of(one), self._published_of(other)
        return None if a is None or b is None else max((a.first - b.last).days, (b.first - a.last).days, 0)

    def _published_of(self, place: int) -> Publication | None:
        if place not in self._published:
            self._published[place] = publication_of(self._sources[place])
        return self._published[place]

    def _traits_of(self, place: int) -> Traits:
        if place not in self._traits:
            self._traits[place] = read_traits(self._sources[place])
        return self._traits[place]

    def _title(self, place: int) -> set[str]:
        if place not in self._titles:
            words = {token.norm for token in tokenize(self._sources[place].title or "")}
            self._titles[place] = words - STOP_WORDS
        return self._titles[place]

    def _reuse(self, one: int, other: int) -> float:
        a, b = (self._prints_of(place) for place in (one, other))
        return len(a & b) / min(len(a), len(b)) if a and b else 0.0

    def _prints_of(self, place: int) -> frozenset[int]:
        if place not in self._prints:
            self._prints[place] = fingerprints(self._sources[place])
        return self._prints[place]


def _joined(pairs: Sequence[_Pair]) -> list[list[int]]:
    """Return groups of texts: two groups are one where enough texts of the smaller pair with the larger."""
    group_of = {place: {place} for pair in pairs for place in (pair.one, pair.other)}
    partners: dict[int, set[int]] = {}
    for pair in pairs:
        partners.setdefault(pair.one, set()).add(pair.other)
        partners.setdefault(pair.other, set()).add(pair.one)
    grown = True
    while grown:
        grown = False
        for pair in pairs:
            smaller, larger = sorted((group_of[pair.one], group_of[pair.other]), key=len)
            if smaller is larger:
                continue
            sure = sum(len(partners[place] & larger) for place in smaller)
            if sure >= max(1, _JOINED * len(smaller)):
                larger |= smaller
                group_of.update(dict.fromkeys(smaller, larger))
                grown = True
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _group(sources: Sequence[Source], members: Sequence[int], pairs: Sequence[_Pair]) -> EventGroup:
    inside = [pair for pair in pairs if pair.one in members and pair.other in members]
    likeness: defaultdict[int, float] = defaultdict(float)
    for pair in inside:
        likeness[pair.one] += pair.score
        likeness[pair.other] += pair.score
    order = sorted(members, key=lambda place: (-likeness[place], place))
    return EventGroup(
        (sources[order[0]].ref, *(sources[place].ref for place in sorted(order[1:]))),
        SharedEvidence(
            _most_shared(pair.evidence.figures for pair in inside),
            _most_shared(pair.evidence.names for pair in inside),
            _most_shared(pair.evidence.quotes for pair in inside),
        ),
        round(max(pair.reuse for pair in inside), 4),
    )


def _most_shared(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    counted = Counter(word for words in lists for word in words if not _is_calendar(word))
    return tuple(word for word, _ in counted.most_common(_SHOWN))


def _is_calendar(words: str) -> bool:
    """Tell a year, or names of months and days, which say little to somebody who asks why."""
    return all(word in MONTHS or word in WEEKDAYS or _YEAR.fullmatch(word) for word in words.split())
