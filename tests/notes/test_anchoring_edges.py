"""How much evidence it takes to find a passage again: an example at either side of every edge.

Letters that stand for what changed are nowhere else, so that likeness is the share of those that stayed.
"""

from __future__ import annotations

import random
import string

import pytest

from sources.model import Anchor
from sources.notes.anchoring import find_anchor

CHANCE = random.Random(5)  # noqa: S311 - not for secrets
LETTERS = [character for character in string.ascii_lowercase if character not in "xyz"]


def letters(count: int) -> str:
    return "".join(CHANCE.choice(LETTERS) for _ in range(count))


BEFORE, AFTER, LEAD = letters(100), letters(100), letters(4000)


def is_found(quote: str, changed: str, before: int) -> bool:
    """Tell whether a quote is found ``changed``, after ``before`` of the hundred letters before it."""
    lead = " " * (100 - before)
    anchor = Anchor(100, 100 + len(quote), quote, BEFORE, AFTER)
    text = f"{lead}{BEFORE[100 - before :]}{changed}{'y' * 100}"
    return find_anchor(anchor, text).span is not None


def changed(quote: str, errors: int) -> str:
    middle = (len(quote) - errors) // 2
    return quote[:middle] + "z" * errors + quote[middle + errors :]


@pytest.mark.parametrize(("before", "found"), [(60, True), (59, False)])
def test_a_short_quote_word_for_word_needs_six_tenths_of_its_neighbours(before: int, found: bool) -> None:  # noqa: FBT001
    quote = letters(20)
    assert is_found(quote, quote, before) is found


@pytest.mark.parametrize(("before", "found"), [(75, True), (74, False)])
def test_a_short_quote_that_changed_needs_three_quarters_of_them(before: int, found: bool) -> None:  # noqa: FBT001
    quote = letters(23)
    assert is_found(quote, changed(quote, 1), before) is found


@pytest.mark.parametrize(("length", "found"), [(23, False), (24, True)])
def test_a_quote_is_short_below_twenty_four_letters(length: int, found: bool) -> None:  # noqa: FBT001
    quote = letters(length)
    assert is_found(quote, changed(quote, 1), 74) is found


@pytest.mark.parametrize(("before", "found"), [(76, True), (75, False)])
def test_quote_and_neighbours_together_need_to_be_alike(before: int, found: bool) -> None:  # noqa: FBT001
    # 50 of 92 for the quote, 20 for the words before it, 2 for its place: 0.62 is 57.04 of 92.
    quote = letters(100)
    assert is_found(quote, changed(quote, 20), before) is found


@pytest.mark.parametrize(("more", "found"), [(14, False), (15, True)])
def test_two_places_that_are_nearly_as_good_are_no_place(more: int, found: bool) -> None:  # noqa: FBT001
    # Of 400 letters each is worth 0.00136: 14 and what lies between the places are 0.0197, 15 are 0.0210.
    quote = letters(400)
    one, other = changed(quote, 20), changed(quote, 20 + more)
    anchor = Anchor(100, 500, quote, BEFORE, AFTER)
    text = f"{BEFORE}{one}{'y' * 100}{BEFORE}{other}{'y' * 100}{LEAD * 4}"
    assert (find_anchor(anchor, text).span is not None) is found


@pytest.mark.parametrize(("errors", "found"), [(50, True), (51, False)])
def test_at_most_half_of_a_quote_may_have_changed(errors: int, found: bool) -> None:  # noqa: FBT001
    quote = letters(100)
    anchor = Anchor(100, 200, quote, BEFORE, AFTER)
    assert (find_anchor(anchor, BEFORE + changed(quote, errors) + AFTER).span is not None) is found


@pytest.mark.parametrize(("errors", "found"), [(256, True), (257, False)])
def test_at_most_256_letters_may_have_changed(errors: int, found: bool) -> None:  # noqa: FBT001
    quote = letters(600)
    anchor = Anchor(100, 700, quote, BEFORE, AFTER)
    assert (find_anchor(anchor, BEFORE + changed(quote, errors) + AFTER).span is not None) is found


@pytest.mark.parametrize(("before", "found"), [(83, True), (82, False)])
def test_less_is_needed_where_the_text_before_explains_no_other_place(before: int, found: bool) -> None:  # noqa: FBT001
    # As above, with 45 letters changed: 0.5 is 46 of 92.
    quote = letters(100)
    text = f"{' ' * (100 - before)}{BEFORE[100 - before :]}{changed(quote, 45)}{'y' * 100}"
    anchor = Anchor(100, 200, quote, BEFORE, AFTER)
    assert (find_anchor(anchor, text, BEFORE + quote + AFTER).span is not None) is found
