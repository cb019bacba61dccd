"""Which words of a story can stand for each other, and how near their meanings are."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sources.evidence.sparse_rows import expanded
from sources.evidence.thesaurus import bases_of, related
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.sparse_rows import Numbers, Weights

_SAME_ROOT = 0.8  # of words of which one is derived from the other, beside 1 of forms of one word
_THESAURUS = 0.75  # times how near a word of the thesaurus is, whose words have other meanings as well
_LONG_ROOT, _SHORT_ROOT = 6, 4
_LARGEST_FAMILY = 32  # words; what more begin with is no root


@lru_cache(maxsize=1 << 14)
def root_of(norm: str) -> str:
    """Return the beginning that words of one family share: ``acqui`` of acquire and acquisition."""
    one = stem(norm)
    return one[:_LONG_ROOT] if len(norm) > _LONG_ROOT else one[: max(_SHORT_ROOT, len(norm) - 2)]


class Kinship:
    """The words of a story by what they mean, and for each those that can stand for it.

    ``forms`` are normalised words, ``meant`` the number of what each means.
    """

    def __init__(self, forms: Sequence[str], meant: Sequence[int]) -> None:
        self._forms: dict[int, list[str]] = defaultdict(list)
        self._bases: dict[str, set[int]] = defaultdict(set)
        self._roots: dict[str, set[int]] = defaultdict(set)
        self._kin: dict[int, tuple[list[int], list[float]]] = {}
        for form, number in zip(forms, meant, strict=True):
            if not form.isalpha():  # a number, or the name of one of many things: "row17"
                continue
            self._forms[number].append(form)
            self._roots[root_of(form)].add(number)
            for base in bases_of(form):
                self._bases[base].add(number)

    def _of(self, number: int) -> tuple[list[int], list[float]]:
        """Return the numbers of what can stand for a meaning, itself first, and how near each is."""
        kin = self._kin.get(number)
        if kin is None:
            found: dict[int, float] = {number: 1.0}
            for form in self._forms.get(number, ()):
                root = self._roots[root_of(form)]
                near = dict.fromkeys(root, _SAME_ROOT) if len(root) <= _LARGEST_FAMILY else {}
                for base, nearness in related(form).items():
                    for other in self._bases.get(base, ()):
                        near[other] = max(_THESAURUS * nearness, near.get(other, 0.0))
                near.update((other, 1.0) for base in bases_of(form) for other in self._bases[base])
                for other, nearness in near.items():
                    found[other] = max(nearness, found.get(other, 0.0))
            kin = self._kin[number] = list(found), list(found.values())
        return kin

    def reached(
        self, rows: Numbers, columns: Numbers, weights: Weights, width: int
    ) -> tuple[Numbers, Numbers, Weights]:
        """Return, for cells in order of row, the cells of all words that can stand for theirs.

        Of several that reach one word the nearest counts; ``width`` is above all columns.
        """
        kinds, place = np.unique(columns, return_inverse=True)
        kin = [self._of(number) for number in kinds.tolist()]
        sizes = np.array([len(numbers) for numbers, _ in kin], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        reached = np.array([number for numbers, _ in kin for number in numbers], dtype=np.int64)
        nearness = np.array([near for _, some in kin for near in some], dtype=np.float64)
        run, cell = expanded(starts[place], sizes[place])
        keys = rows[run] * width + reached[cell]
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        if not len(keys):
            return keys, keys, weights
        heads = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        found = np.maximum.reduceat((weights[run] * nearness[cell])[order], heads)
        return keys[heads] // width, keys[heads] % width, found
