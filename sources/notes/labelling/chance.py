"""Agreement beyond chance: Cohen's kappa for two coders, Krippendorff's alpha for any number.

Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement
20 (1960); K. Krippendorff, Computing Krippendorff's alpha-reliability (2011); and for sets of labels the
distance of R. Passonneau, Measuring agreement on set-valued items (MASI) for semantic and pragmatic
annotation, LREC (2006).

Units are judged once by each coder. A unit's weight says how often it counts, so that a run of characters
that all were judged alike is one unit. Where everything was judged alike, chance explains it all, and no
coefficient can be told: that is None, not 1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

Distance: TypeAlias = "Callable[[Any, Any], float]"


def nominal_distance(a: Hashable, b: Hashable) -> float:
    """Return 0 for the same value and 1 for any other."""
    return 0.0 if a == b else 1.0


def masi_distance(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Return how far two sets of labels are apart, 0 to 1: sets that share labels are nearer than others."""
    if a == b:
        return 0.0
    shared = len(a & b)
    monotonic = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1.0 - shared / len(a | b) * (monotonic if shared else 0.0)


def cohen_kappa(units: Iterable[tuple[int, Hashable, Hashable]]) -> float | None:
    """Return kappa, at most 1, of units ``(weight, one coder's value, the other's)``; None as said above."""
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    total = same = 0
    for weight, a, b in units:
        first[a] += weight
        second[b] += weight
        total += weight
        same += weight if a == b else 0
    # In whole numbers, so that perfect agreement is exactly 1 and swapped coders agree exactly alike.
    by_chance = sum(count * second[value] for value, count in first.items())
    if total * total == by_chance:
        return None
    return (same * total - by_chance) / (total * total - by_chance)


def krippendorff_alpha(
    units: Iterable[tuple[int, Sequence[Hashable]]], distance: Distance = nominal_distance
) -> float | None:
    """Return alpha, at most 1, of units ``(weight, the values of those who judged it)``.

    A unit with fewer than two values says nothing of agreement and is left out. None as said above.
    """
    counts: Counter[Hashable] = Counter()
    coincidences: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for (values, judged), weight in _alike(units).items():
        for value, count in values:
            counts[value] += weight * count
            for other, others in values:
                if other != value:
                    coincidences[value, other] += weight * count * others / (judged - 1)
    total = sum(counts.values())
    observed = sum(count * distance(a, b) for (a, b), count in coincidences.items())
    # Distances are the same in both directions, and each is asked for once.
    expected = 2 * sum(counts[a] * counts[b] * distance(a, b) for a, b in combinations(counts, 2))
    if not expected:
        return None
    return 1.0 - (total - 1) * observed / expected


def _alike(
    units: Iterable[tuple[int, Sequence[Hashable]]],
) -> Counter[tuple[tuple[tuple[Hashable, int], ...], int]]:
    """Put units together that were judged alike: by how often each value was given, and by how many."""
    found: Counter[Any] = Counter()
    for weight, values in units:
        if len(values) > 1:
            found[frozenset(Counter(values).items()), len(values)] += weight
    return Counter({(tuple(values), judged): weight for (values, judged), weight in found.items()})
