"""Whether figures of two sentences agree: equal, rounded, a slip of one another, or of one unit and apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.sentence_reading import digits_of

if TYPE_CHECKING:
    from sources.evidence.sentence_reading import Amount, ReadSource, Sentence

NEAR_TIMES = 1.6  # the greater of two values for one thing is seldom more times the smaller
_FEW_DIGITS = 2
_OTHER_MONEY = 0.5  # what an amount tells that is of two currencies, beside one of the same
_SAME_VALUE = 0.005  # share by which values may differ that are written with other precision


class Agreement(NamedTuple):
    """What the figures of two sentences say of each other.

    ``equal`` is how much the one tells that both have, 0 to 2. ``close`` is, of two that differ in one unit,
    what share the smaller is of the other, times how seldom the unit is, up to 1 where nothing else has it.
    ``apart`` tells that units are all that they have in common, and no value is a slip of another.
    """

    equal: float = 0.0
    close: float = 0.0
    apart: bool = False


_NOTHING = Agreement()


def units_of(*texts: ReadSource) -> Counter[str]:
    """Return how many figures of texts are in each unit."""
    return Counter(figure.unit for text in texts for one in text.sentences for figure in one.figures)


def agreement(one: Sentence, other: Sentence, units: Counter[str]) -> Agreement:
    """Return what the figures of two sentences say; ``units`` are how many both texts have in each unit."""
    if not one.figures or not other.figures:
        return _NOTHING
    equal = close = 0.0
    differs = slipped = False
    for mine in one.figures:
        for theirs in other.figures:
            if is_same_amount(mine, theirs):
                equal = max(equal, _told_by(mine, theirs))
            elif mine.unit == theirs.unit:
                differs = True
                less, more = sorted((mine.value, theirs.value))
                close = max(close, 2.0 / units[mine.unit] * (less / more if less > 0 else 0.0))
                slipped = slipped or is_slip(mine.value, theirs.value)
    return Agreement(equal, close, differs and not equal and not slipped)


def _told_by(one: Amount, other: Amount) -> float:
    """Return how much it tells that two sentences have this figure."""
    if one.describes and other.describes:
        return 0.0
    two_currencies = one.unit != other.unit and one.family == "money"
    return min(one.tells, other.tells) * (_OTHER_MONEY if two_currencies else 1.0)


def is_same_amount(one: Amount, other: Amount) -> bool:
    """Tell whether two figures have one unit and one value, within the precision of writing.

    What one text calls by another unit of the same family has one value where it is more than a digit.
    """
    if one.value != other.value and one.unit == other.unit:
        return abs(one.value - other.value) <= _SAME_VALUE * abs(one.value) and is_rounded(
            one.value, other.value
        )
    if one.unit == other.unit:
        return True
    return (
        bool(one.family)
        and one.family == other.family
        and one.value == other.value
        and digits_of(one.value) >= _FEW_DIGITS
    )


def is_rounded(one: float, other: float) -> bool:
    """Tell whether one value is the other, written with fewer digits."""
    digits = min(digits_of(one), digits_of(other)) or 1
    return float(f"{one:.{digits}g}") == float(f"{other:.{digits}g}")


def is_slip(value: float, beside: float) -> bool:
    """Tell whether values differ by a power of ten, one digit or two neighbours that changed places.

    One digit of two is another number where the value is far off.
    """
    one, other = f"{value:.6f}", f"{beside:.6f}"
    digits, others = (written.replace(".", "").strip("0") for written in (one, other))
    if digits == others:
        return True
    if len(one) != len(other):
        return False
    places = [place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    first, last = places[0], places[-1]
    if first == last:
        told = max(len(digits), len(others))
        return told > _FEW_DIGITS or (
            told == _FEW_DIGITS and max(value, beside) <= NEAR_TIMES * min(value, beside)
        )
    return len(places) == 2 and last == first + 1 and one[first] == other[last] and one[last] == other[first]
