"""Quotes in which one of certain speakers says certain words.

Both fields are laid out in the same slots (see ``evidence_fields``): the words of a quote are in one slot
or several, and its speaker is in each of them. So a word was said by whoever is in its slot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import word_terms
from index.positions import PORTION, positions_in, starts_of, terms_of
from index.query.tree import STAR, And, BoolQuery, Fuzzy, Near, Or, Phrase, Prefix, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.interface import Deadline
    from index.query.tree import Node, Spoken, Worded
    from index.reader import IndexReader

SLOT = 128  # words

Slots = dict[int, set[int]]  # by document


class SpeakerSearch:
    """Counts words that are said by certain speakers, in some of the documents."""

    def __init__(
        self,
        reader: IndexReader,
        documents: Sequence[int],
        expanded: Callable[[Prefix | Fuzzy, Sequence[str]], list[str]],
        deadline: Deadline,
    ) -> None:
        """Look at ``documents`` (ascending) only; ``expanded`` returns the words a leaf stands for."""
        self._reader = reader
        self._documents = documents
        self._expanded = expanded
        self._deadline = deadline

    def counted(self, spoken: Spoken) -> dict[int, float]:
        """Return how often the words are said by the speakers, by document."""
        slots = self._slots(spoken.by)
        counts = {}
        for number, positions in self._positions("quote", spoken.part).items():
            here = slots.get(number, ())
            count = sum(place // SLOT in here for place in positions)
            if count:
                counts[number] = float(count)
        return counts

    def _slots(self, node: Node) -> Slots:
        """Return in which slots the speakers speak that ``node`` names."""
        match node:
            case And(parts):
                return _in_all([self._slots(part) for part in parts])
            case Or(parts):
                return _in_any([self._slots(part) for part in parts])
            case BoolQuery(should, must, must_not):
                found = [self._slots(part) for part in (must or should)]
                kept = _in_all(found) if must else _in_any(found)
                left_out = _in_any([self._slots(part) for part in must_not])
                return {number: slots - left_out.get(number, set()) for number, slots in kept.items()}
            case Word() | Phrase() | Prefix() | Near() | Fuzzy():
                found_positions = self._positions("speaker", node)
                return {
                    number: {place // SLOT for place in positions}
                    for number, positions in found_positions.items()
                }
            case _:
                return {}

    def _positions(self, field: str, leaf: Worded) -> dict[int, list[int]]:
        """Return where a leaf begins in a field, by document."""
        match leaf:
            case Phrase() | Near():
                return self._together(field, leaf)
            case Word():
                return self._any_of(field, (leaf.term,) if leaf.exact else word_terms(leaf.term))
            case _:
                return self._any_of(field, self._expanded(leaf, (field,)))

    def _any_of(self, field: str, terms: Iterable[str]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for term in terms:
            if self._deadline.spent():
                break
            for number, positions in positions_in(self._reader, field, term, self._documents).items():
                found.setdefault(number, []).extend(positions)
        return found

    def _starred(self, field: str, leaf: Worded, term: str) -> Sequence[str]:
        """Return what a word of a phrase stands for."""
        if not term.endswith(STAR):
            return (term,)
        unfinished = isinstance(leaf, Phrase) and leaf.unfinished
        prefix = Prefix(leaf.text, leaf.span, field, term.removesuffix(STAR), unfinished)
        return self._expanded(prefix, (field,))

    def _together(self, field: str, leaf: Phrase | Near) -> dict[int, list[int]]:
        starts = starts_of(leaf)
        lists = [self._any_of(field, self._starred(field, leaf, term)) for term in terms_of(leaf)]
        found = {}
        for done, number in enumerate(lists[0]):
            if done % PORTION == 0 and self._deadline.spent():
                break
            if all(number in positions for positions in lists):
                found[number] = sorted(starts([positions[number] for positions in lists]))
        return found


def _in_any(found: Iterable[Slots]) -> Slots:
    united: Slots = {}
    for slots in found:
        for number, here in slots.items():
            united[number] = united.get(number, set()) | here
    return united


def _in_all(found: Sequence[Slots]) -> Slots:
    common = dict(found[0])
    for slots in found[1:]:
        common = {number: here & slots[number] for number, here in common.items() if number in slots}
    return common
