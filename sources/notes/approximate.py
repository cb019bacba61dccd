"""Where a pattern stands in a text with the fewest errors.

The bit-parallel algorithm is that of G. Myers, "A fast bit-vector algorithm for approximate string matching
based on dynamic programming" (Journal of the ACM 46, 1999), with Python's integers as words of any length.
"""

from __future__ import annotations

from typing import NamedTuple

_FREE, _FIXED = 0, 1  # what a range costs for each code point of the text before it


class Match(NamedTuple):
    """A range of a text, and by how many changes of one code point each it differs from a pattern."""

    start: int
    end: int
    errors: int


def nearest(pattern: str, text: str, near: int) -> Match:
    """Return the range of ``text`` with the fewest errors; of equals, the one that starts near ``near``.

    ``pattern`` must not be empty. Takes time proportional to the length of ``text`` for patterns of usual
    length.
    """
    counts = _errors_by_end(pattern, text, _FREE)
    fewest = min(counts)
    wanted = near + len(pattern)
    ends = (place for place, count in enumerate(counts) if count == fewest)
    end = min(ends, key=lambda place: abs(place - wanted))
    reach = text[max(0, end - len(pattern) - fewest) : end]
    # Read backwards from the end just found, the same errors must be enough.
    backward = _errors_by_end(pattern[::-1], reach[::-1], _FIXED)
    starts = (end - length for length, count in enumerate(backward) if count == fewest)
    return Match(min(starts, key=lambda place: abs(place - near)), end, fewest)


def _errors_by_end(pattern: str, text: str, beginning: int) -> list[int]:
    """Return for each place in ``text`` the fewest errors of ``pattern`` against a range that ends there.

    The range begins anywhere (``_FREE``), or with the text (``_FIXED``).
    """
    size = len(pattern)
    mask, high = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for position, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << position
    more, less, errors = mask, 0, size  # vertical differences of +1 and of -1, as bits
    counts = [errors]
    for character in text:
        equal = places.get(character, 0)
        across = (((equal & more) + more) ^ more) | equal
        plus = less | (mask & ~(across | more))
        minus = more & across
        if plus & high:
            errors += 1
        elif minus & high:
            errors -= 1
        plus = plus << 1 | beginning
        down = equal | less
        more = ((minus << 1) | ~(down | plus)) & mask
        less = plus & down & mask
        counts.append(errors)
    return counts
