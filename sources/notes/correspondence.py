"""Which words of a former text are in a later one, in the same order.

Where the former text is still known, this tells a passage from its twins: what stands at a place of the
later text may be explained by another place of the former one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣]|[^\W぀-ヿ㐀-鿿가-힣]+")
_PASSES = 6  # runs of passages in another order that are looked for
_NEAR, _COMPANY = 6, 4  # words around a word, and how many of those at least must be matched with it
_REACH = 6  # matched words on each side between which a passage is looked for


class Kept(NamedTuple):
    """Where the words of a passage stand now, and what share of its characters' words that are, 0 to 1."""

    span: Span
    share: float


class Correspondence:
    """The longest common sequence of words of two texts; made once for all passages of a source.

    Takes time proportional to the product of the numbers of words that differ: some 25 ms for 5,000 words.
    """

    def __init__(self, former: str, text: str) -> None:
        self.former, self.text = former, text
        self._old = [match.span() for match in _WORD.finditer(former)]
        self._new = [match.span() for match in _WORD.finditer(text)]
        numbers: dict[str, int] = {}
        old, new = (
            [numbers.setdefault(words[start:end], len(numbers)) for start, end in spans]
            for words, spans in ((former, self._old), (text, self._new))
        )
        self._pairs = _in_order(old, new, range(len(old)), range(len(new)))  # in the order of both
        self._to_new: dict[int, int] = {}
        self._to_old: dict[int, int] = {}
        pairs = self._pairs
        self.reordered = 0  # words of passages that are in another order now
        for turn in range(_PASSES):
            held = _in_company(pairs)
            self.reordered += len(held) if turn else 0
            self._to_new.update(held)
            self._to_old.update((there, here) for here, there in held)
            # What is left of both may hold passages that are in another order now.
            old_left = [place for place in range(len(old)) if place not in self._to_new]
            new_left = [place for place in range(len(new)) if place not in self._to_old]
            if not held or len(old_left) < _COMPANY or len(new_left) < _COMPANY:
                break
            pairs = _in_order(old, new, old_left, new_left)

    def kept(self, span: Span) -> Kept | None:
        """Return where the words of ``span`` of the former text stand; None when not one of them does.

        An edge whose word is gone is where the nearest matched word outside of the passage leaves off.
        """
        words = self._words_in(self._old, span)
        matched = self._together([word for word in words if word in self._to_new], 2 * len(words) + _NEAR)
        if not matched:
            return None
        size = sum(self._length(word) for word in words)
        share = sum(self._length(word) for word in matched) / size
        start, end = self._start(words, matched), self._end(words, matched)
        return Kept(Span(start, end), share) if start < end else None

    def window(self, span: Span) -> Span:
        """Return the part of the later text where ``span`` of the former one is to be looked for first."""
        before = bisect_left(self._pairs, span.start, key=lambda pair: self._old[pair[0]][1])
        after = bisect_left(self._pairs, span.end, key=lambda pair: self._old[pair[0]][0])
        low, high = before - _REACH, after + _REACH - 1
        start = self._new[self._pairs[low][1]][0] if low >= 0 else 0
        end = self._new[self._pairs[high][1]][1] if high < len(self._pairs) else len(self.text)
        return Span(start, end)

    def explained(self, place: Span, span: Span) -> float:
        """Return the share of the words at ``place`` of the later text that come from outside of ``span``."""
        words = self._words_in(self._new, place)
        if not words:
            return 0.0
        own = set(self._words_in(self._old, span))
        others = sum(1 for word in words if self._to_old.get(word, -1) not in own and word in self._to_old)
        return others / len(words)

    def _together(self, matched: list[int], reach: int) -> list[int]:
        """Return the most of the matched words that stand near each other in the later text."""
        groups: list[list[int]] = []
        for word in sorted(matched, key=self._to_new.__getitem__):
            if groups and self._to_new[word] - self._to_new[groups[-1][-1]] <= reach:
                groups[-1].append(word)
            else:
                groups.append([word])
        groups.sort(key=len)
        return sorted(groups[-1]) if groups else []

    def _start(self, words: range, matched: list[int]) -> int:
        first = self._new[self._to_new[matched[0]]][0]
        if matched[0] == words[0]:
            return first
        before = self._to_new.get(words[0] - 1)
        if before is not None:
            # What stands between the neighbour and the first word that is left takes the lost words' place.
            following = before + 1
            return self._new[following][0] if following < len(self._new) else first
        lost = self._old[matched[0]][0] - self._old[words[0]][0]
        return self._new[self._nearest_word(first - lost, self._to_new[matched[0]])][0]

    def _end(self, words: range, matched: list[int]) -> int:
        last = self._new[self._to_new[matched[-1]]][1]
        if matched[-1] == words[-1]:
            return last
        after = self._to_new.get(words[-1] + 1)
        if after is not None:
            return self._new[after - 1][1]
        lost = self._old[words[-1]][1] - self._old[matched[-1]][1]
        return self._new[self._nearest_word(last + lost, self._to_new[matched[-1]])][1]

    def _nearest_word(self, at: int, known: int) -> int:
        """Return the word of the later text nearest to ``at``, not on the other side of word ``known``."""
        place = bisect_left(self._new, (at, at))
        place = min(max(place, 0), len(self._new) - 1)
        return min(place, known) if at <= self._new[known][0] else max(place, known)

    def _words_in(self, spans: list[tuple[int, int]], span: Span) -> range:
        first = bisect_right(spans, span.start, key=lambda word: word[1])
        last = bisect_left(spans, span.end, key=lambda word: word[0])
        return range(first, max(first, last))

    def _length(self, word: int) -> int:
        start, end = self._old[word]
        return end - start


def _in_order(
    old: Sequence[int], new: Sequence[int], old_places: Sequence[int], new_places: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the places of equal words in both texts, among those given, in the order of both."""
    # Only texts that changed come here, and a search should not pay for loading it.
    from rapidfuzz.distance import Indel

    edits = Indel.opcodes([old[place] for place in old_places], [new[place] for place in new_places])
    return [
        (old_places[edit.src_start + step], new_places[edit.dest_start + step])
        for edit in edits
        if edit.tag == "equal"
        for step in range(edit.src_end - edit.src_start)
    ]


def _in_company(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs with others beside them in both texts: a word alone is matched by chance."""
    held: list[tuple[int, int]] = []
    at = 0
    while at < len(pairs):
        here, there = pairs[at]
        run = 1
        while at + run < len(pairs) and pairs[at + run] == (here + run, there + run):
            run += 1
        if run >= _COMPANY:
            held += pairs[at : at + run]
            at += run
            continue
        company = sum(
            abs(other_here - here) <= _NEAR and abs(other_there - there) <= _NEAR
            for other_here, other_there in pairs[max(0, at - _NEAR) : at + _NEAR + 1]
        )
        if company >= _COMPANY:
            held.append((here, there))
        at += 1
    return held
