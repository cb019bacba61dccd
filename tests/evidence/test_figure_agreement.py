"""Whether figures of two sentences agree, and what it says that they do not."""

from __future__ import annotations

from collections import Counter

import pytest

from sources.evidence.figure_agreement import Agreement, agreement, is_same_amount, is_slip
from sources.evidence.sentence_reading import Amount, Sentence
from sources.model import Span

PLACE = Span(0, 1)


def saying(*figures: Amount) -> Sentence:
    return Sentence(PLACE, 0, 0, "", figures=figures)


def counted(unit: str) -> Amount:
    return Amount(unit, 310, PLACE, 2.0, "count")


def money(value: float, unit: str = "USD", tells: float = 2.0) -> Amount:
    return Amount(unit, value, PLACE, tells, "money")


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (money(4.2e6), money(4.2e6), Agreement(equal=2.0)),
        (money(4.2e6), money(4.2e6, tells=0.5), Agreement(equal=0.5)),
        (money(4.2e6), money(4.2e6, "EUR"), Agreement(equal=1.0)),  # of two currencies
        (
            counted("people"),
            counted("men"),
            Agreement(equal=2.0),
        ),
        (money(250e6), money(200e6), Agreement(close=0.8)),  # one digit and near: a slip
        (money(812e6), money(406e6), Agreement(close=0.5, apart=True)),
        (money(4.2e6), Amount("percent", 42.0, PLACE), Agreement()),
    ],
)
def test_what_figures_say_of_each_other(one: Amount, other: Amount, found: Agreement) -> None:
    assert agreement(saying(one), saying(other), Counter({"USD": 2})) == found


def test_a_unit_of_many_figures_says_little() -> None:
    few, many = (
        agreement(saying(money(812e6)), saying(money(406e6)), Counter({"USD": times})).close
        for times in (2, 20)
    )
    assert (few, many) == (0.5, 0.05)


def test_what_only_describes_something_is_no_figure_in_common() -> None:
    track = Amount("metres", 400, PLACE, 2.0, "measure", describes=True)
    assert agreement(saying(track), saying(track), Counter({"metres": 2})).equal == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (486e6, 484e6, False),  # both in three digits
        (484e6, 484.2e6, True),
        (118.4, 118, True),
        (24_810, 24_800, True),
        (24_810, 24_000, False),
        (0, 0, True),
    ],
)
def test_a_value_is_another_only_where_it_is_the_same_in_fewer_digits(
    one: float,
    other: float,
    same: bool,  # noqa: FBT001
) -> None:
    amounts = [Amount("USD", value, Span(0, 1)) for value in (one, other)]
    assert is_same_amount(*amounts) is same
    assert is_same_amount(*reversed(amounts)) is same


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        (240e6, 2.4e9, True),
        (124, 142, True),
        (1240, 1204, True),
        (12, 13, True),
        (12.5, 12.7, True),
        (10, 11, True),
        (8, 9, False),
        (124, 241, False),
        (1240, 2104, False),
        (12, 123, False),
        (5, 7, False),
    ],
)
def test_a_slip_is_one_digit_two_that_changed_places_or_a_power_of_ten(
    one: float,
    other: float,
    slip: bool,  # noqa: FBT001
) -> None:
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip
