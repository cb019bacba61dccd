"""Two changes of one text, made without knowing of each other, in one text that has both.

The method is diff3's (S. Khanna, K. Kunal, B. Pierce, "A formal investigation of diff3", FSTTCS 2007), line
by line: what only one side changed is taken from it, lines that both added at one place are all kept, and
where both changed the same lines, both readings are kept and marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST = "[changed twice; saved first:]"
SECOND = "[saved after it:]"
END = "[end of both]"


class Merged(NamedTuple):
    """A text with both changes, and at how many places they clashed and are marked."""

    text: str
    clashes: int


class _Chunk(NamedTuple):
    base: Sequence[str]
    first: Sequence[str]
    second: Sequence[str]


def merge_texts(base: str, first: str, second: str) -> Merged:
    """Return ``base`` with the changes that ``first`` and ``second`` made to it, each from ``base`` itself.

    ``first`` is the one that was saved first. Every line of either side that is not a line of the base is
    in the result. Takes time proportional to the changed lines of one side by those of the other.
    """
    if second in {first, base}:
        return Merged(first, 0)
    if first == base:
        return Merged(second, 0)
    lines: list[str] = []
    clashes = 0
    for chunk in _chunks(base.split("\n"), first.split("\n"), second.split("\n")):
        settled = _settled(chunk)
        if settled is None:
            settled = [FIRST, *chunk.first, SECOND, *chunk.second, END]
            clashes += 1
        lines += settled
    return Merged("\n".join(lines), clashes)


def merge_words(base: Sequence[str], first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Return the tags or labels of both sides, without those that either side took away."""
    kept = [word for word in first if word in second or word not in base]
    return tuple(dict.fromkeys([*kept, *(word for word in second if word in first or word not in base)]))


def _settled(chunk: _Chunk) -> list[str] | None:
    """Return the lines that stand for a chunk; None when both sides changed the same line."""
    base, first, second = (list(side) for side in chunk)
    if first in (second, base) or not base:
        return second if first in (second, base) else [*first, *second]
    if second == base:
        return first
    if len(base) == len(first) == len(second):
        # Changes to neighbouring lines have no untouched line between them, and yet do not clash.
        settled = []
        for line, one, other in zip(base, first, second, strict=True):
            if one != line and other not in (line, one):
                return None
            settled.append(other if one == line else one)
        return settled
    return None


def _chunks(base: Sequence[str], first: Sequence[str], second: Sequence[str]) -> Iterator[_Chunk]:
    """Yield the lines that both sides left alone, and between them what became of the others, in order."""
    in_first, in_second = _partners(base, first), _partners(base, second)
    at_base = at_first = at_second = 0
    for place in range(len(base)):
        one, other = in_first.get(place), in_second.get(place)
        if one is None or other is None:
            continue
        if (place, one, other) != (at_base, at_first, at_second):
            yield _Chunk(base[at_base:place], first[at_first:one], second[at_second:other])
        yield _Chunk(base[place : place + 1], first[one : one + 1], second[other : other + 1])
        at_base, at_first, at_second = place + 1, one + 1, other + 1
    yield _Chunk(base[at_base:], first[at_first:], second[at_second:])


def _partners(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Map each line of ``base`` that is in ``other``, in the same order, to its place there."""
    # Only two who edit one note at once need it, and a search should not pay for loading it.
    from rapidfuzz.distance import Indel

    numbers: dict[str, int] = {}
    one, two = ([numbers.setdefault(line, len(numbers)) for line in lines] for lines in (base, other))
    partners: dict[int, int] = {}
    for edit in Indel.opcodes(one, two):
        if edit.tag == "equal":
            partners.update(
                zip(
                    range(edit.src_start, edit.src_end),
                    range(edit.dest_start, edit.dest_end),
                    strict=True,
                )
            )
    return partners
