"""Word edits between two passages, and the longest rising chain that keeps an order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz.distance import Indel

from sources.model import Span
from sources.text.folding import fold
from sources.text.tokens import words_and_signs
from sources.text.words import LONG_WORD, STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def rising_chain(places: Sequence[int]) -> list[int]:
    """Return which of ``places`` make its longest strictly rising chain, as indices in order.

    Patience sorting: for each length, the smallest place in which a chain of it can end.
    """
    ends: list[int] = []
    last: list[int] = []  # which place that is
    earlier: list[int] = []
    for number, place in enumerate(places):
        length = bisect_left(ends, place)
        earlier.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length] = place
            last[length] = number
    chain: list[int] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(number)
        number = earlier[number]
    return chain[::-1]


# What changed between two passages, word by word.
#
# The longest common subsequence of words (Hyyrö's bit-parallel method, as rapidfuzz has it), tidied so
# that a reader sees whole changes and not every article that happens to stand in both. Very long
# passages are first cut at words that occur once in each, as in patience sorting, so that memory stays
# small.

Operation = Literal["equal", "insert", "delete", "replace"]

_SLIVER = 3  # an equal run is dropped when the changes on both sides are this many times as long
_LARGEST_TABLE = 1 << 28  # bits of the table that rapidfuzz fills: 32 MB


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from passage ``a`` to passage ``b``; an insertion has an empty span in ``a``.

    ``equal`` means equal but for case, accents, white space and the shape of quotes.
    """

    op: Operation
    a: Span
    b: Span


class _Piece(NamedTuple):
    """A word or a sign of a passage, folded; ``light`` ones say nothing when they alone are equal."""

    start: int
    form: str
    light: bool


class _EditRun(NamedTuple):
    """A run of pieces ``a[a0:a1]`` and ``b[b0:b1]``, equal or not."""

    a0: int
    a1: int
    b0: int
    b1: int
    equal: bool


def word_edits(text_a: str, span_a: Span, text_b: str, span_b: Span) -> tuple[Edit, ...]:
    """Return the edits from one passage to the other, in order, covering both spans without gaps."""
    a = _pieces(text_a, span_a)
    b = _pieces(text_b, span_b)
    runs = _tidied(list(_runs(a, b)), a, b)
    edits = [_edit(run, a, b, span_a, span_b) for run in runs]
    return tuple(_with_spaces_outside(edits, text_a, text_b))


@lru_cache(maxsize=1 << 12)
def _pieces(text: str, span: Span) -> tuple[_Piece, ...]:
    """Return the pieces of a passage, which is held against one of each other text of its story."""
    return tuple(_Piece(start, *_form(written)) for start, written in words_and_signs(text, span))


def _form(written: str) -> tuple[str, bool]:
    return _remembered_form(written) if len(written) <= LONG_WORD else _folded_form(written)


def _folded_form(written: str) -> tuple[str, bool]:
    """Return what a word or sign is compared by, and whether it says nothing when it alone is equal."""
    form = fold(written) or written
    return form, form in STOP_WORDS or not any(letter.isalnum() for letter in form)


_remembered_form = lru_cache(maxsize=1 << 16)(_folded_form)


def _runs(a: Sequence[_Piece], b: Sequence[_Piece]) -> Iterator[_EditRun]:
    """Yield the equal and unequal runs of two passages, in order."""
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(piece.form, len(numbers)) for piece in a]
    right = [numbers.setdefault(piece.form, len(numbers)) for piece in b]
    for a0, a1, b0, b1 in _parts(left, right):
        if (a1 - a0) * (b1 - b0) > _LARGEST_TABLE:
            yield from _ends_of_run(left, right, _EditRun(a0, a1, b0, b1, equal=False))
            continue
        for code in Indel.opcodes(left[a0:a1], right[b0:b1]):
            same = code.tag == "equal"
            in_a = a0 + code.src_start, a0 + code.src_end
            in_b = b0 + code.dest_start, b0 + code.dest_end
            yield _EditRun(*in_a, *in_b, equal=same)


def _ends_of_run(left: list[int], right: list[int], run: _EditRun) -> Iterator[_EditRun]:
    """Yield what two passages too long to compare share at their beginnings and ends, and the rest."""
    a0, a1, b0, b1, _ = run
    before = 0
    while a0 + before < a1 and b0 + before < b1 and left[a0 + before] == right[b0 + before]:
        before += 1
    after = 0
    while (
        a1 - after > a0 + before
        and b1 - after > b0 + before
        and left[a1 - after - 1] == right[b1 - after - 1]
    ):
        after += 1
    yield _EditRun(a0, a0 + before, b0, b0 + before, equal=True)
    yield _EditRun(a0 + before, a1 - after, b0 + before, b1 - after, equal=False)
    yield _EditRun(a1 - after, a1, b1 - after, b1, equal=True)


def _parts(left: list[int], right: list[int]) -> Iterator[tuple[int, int, int, int]]:
    """Cut two long passages at words that occur once in each and come in the same order."""
    if len(left) * len(right) <= _LARGEST_TABLE:
        yield 0, len(left), 0, len(right)
        return
    a0 = b0 = 0
    for a1, b1 in _anchors(left, right):
        if (a1 - a0) * (b1 - b0) >= _LARGEST_TABLE >> 8:
            yield a0, a1, b0, b1
            a0, b0 = a1, b1
    yield a0, len(left), b0, len(right)


def _anchors(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Return the longest rising chain of places of words that occur once on each side."""
    count_left = Counter(left)
    count_right = Counter(right)
    place_right = {word: place for place, word in enumerate(right) if count_right[word] == 1}
    pairs = [
        (place, place_right[word])
        for place, word in enumerate(left)
        if count_left[word] == 1 and word in place_right
    ]
    return [pairs[number] for number in rising_chain([place for _, place in pairs])]


def _tidied(runs: list[_EditRun], a: Sequence[_Piece], b: Sequence[_Piece]) -> list[_EditRun]:
    """Join neighbouring changes, over equal words between them that say nothing or are too few to matter."""
    joined = _joined([run for run in runs if run.a0 < run.a1 or run.b0 < run.b1], a, lambda _: False)
    sizes = [_size(run, a, b) for run in joined]

    def is_sliver(number: int) -> bool:
        return _SLIVER * sizes[number] <= min(sizes[number - 1], sizes[number + 1])

    return _joined(joined, a, is_sliver)


def _joined(runs: list[_EditRun], a: Sequence[_Piece], is_sliver: Callable[[int], bool]) -> list[_EditRun]:
    tidy: list[_EditRun] = []
    for number, run in enumerate(runs):
        equal = run.equal
        if equal and 0 < number < len(runs) - 1:
            equal = not (all(piece.light for piece in a[run.a0 : run.a1]) or is_sliver(number))
        if tidy and tidy[-1].equal == equal:
            tidy[-1] = tidy[-1]._replace(a1=run.a1, b1=run.b1)
        else:
            tidy.append(run._replace(equal=equal))
    return tidy


def _size(run: _EditRun, a: Sequence[_Piece], b: Sequence[_Piece]) -> int:
    """Return how many words of a run say something, on the side where these are more."""
    return max(sum(not piece.light for piece in side) for side in (a[run.a0 : run.a1], b[run.b0 : run.b1]))


def _edit(run: _EditRun, a: Sequence[_Piece], b: Sequence[_Piece], span_a: Span, span_b: Span) -> Edit:
    in_a = _stretch(a, span_a, run.a0, run.a1)
    in_b = _stretch(b, span_b, run.b0, run.b1)
    op: Operation = "replace"
    if run.equal:
        op = "equal"
    elif run.a0 == run.a1:
        op = "insert"
    elif run.b0 == run.b1:
        op = "delete"
    return Edit(op, in_a, in_b)


def _stretch(pieces: Sequence[_Piece], span: Span, first: int, last: int) -> Span:
    """Return the span of some pieces with the white space behind them."""
    if not pieces:
        return span
    borders = [
        span.start if number == 0 else span.end if number == len(pieces) else pieces[number].start
        for number in (first, last)
    ]
    return Span(*borders)


def _with_spaces_outside(edits: list[Edit], text_a: str, text_b: str) -> list[Edit]:
    """Give the white space behind both sides of a replacement to the equal words that follow."""
    for number in range(len(edits) - 1):
        edit, following = edits[number], edits[number + 1]
        if edit.op != "replace" or following.op != "equal":
            continue
        end_a = edit.a.start + len(edit.a.of(text_a).rstrip())
        end_b = edit.b.start + len(edit.b.of(text_b).rstrip())
        if end_a < edit.a.end and end_b < edit.b.end:
            edits[number] = Edit("replace", Span(edit.a.start, end_a), Span(edit.b.start, end_b))
            edits[number + 1] = Edit("equal", Span(end_a, following.a.end), Span(end_b, following.b.end))
    return edits
