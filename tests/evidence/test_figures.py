"""Amounts of money and shares, with their hedges and ranges, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.figures import FigureKind
from sources.evidence.figures.finder import find_amounts, find_figures
from sources.model import Zone, ZoneKind
from tests.evidence.stories import source

EXACT = [
    ("It cost $14.3 billion.", "$14.3 billion", 14_300_000_000.0, "USD"),
    ("It cost US$200m.", "US$200m", 200_000_000.0, "USD"),
    ("It cost A$4.50.", "A$4.50", 4.5, "AUD"),
    ("It cost €5m, they say.", "€5m", 5_000_000.0, "EUR"),
    ("It cost £1,234,567.89.", "£1,234,567.89", 1_234_567.89, "GBP"),
    ("It cost ¥300bn.", "¥300bn", 300e9, "JPY"),
    ("It cost ₹5 lakh crore.", "₹5 lakh crore", 5e12, "INR"),
    ("It cost Rs 20 crore.", "Rs 20 crore", 200e6, "INR"),
    ("It cost CHF 20m.", "CHF 20m", 20e6, "CHF"),
    ("It cost 20m CHF.", "20m CHF", 20e6, "CHF"),
    ("It cost 3 trillion yen.", "3 trillion yen", 3e12, "JPY"),
    ("It cost three million Canadian dollars.", "three million Canadian dollars", 3e6, "CAD"),
    ("It cost half a billion euros.", "half a billion euros", 5e8, "EUR"),
    ("It was a 200-million-dollar deal.", "200-million-dollar", 2e8, "USD"),
    ("It cost 14,3 Milliarden Euro.", "14,3 Milliarden Euro", 14.3e9, "EUR"),
    ("It cost 1.000.000 €.", "1.000.000 €", 1e6, "EUR"),
    ("It cost 50 cents.", "50 cents", 0.5, "USD"),
    ("A 49% stake.", "49%", 49.0, "percent"),
    ("A 7.5 per cent share.", "7.5 per cent", 7.5, "percent"),
    ("Some forty-five percent of it.", "forty-five percent", 45.0, "percent"),
    ("Up 3 percentage points.", "3 percentage points", 3.0, "percentage points"),
    ("It fell (-0.16%).", "-0.16%", -0.16, "percent"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit"), EXACT)
def test_reads_amounts(text: str, span: str, value: float, unit: str) -> None:
    (figure,) = find_figures(source(text))
    assert (figure.text, figure.value, figure.unit) == (span, value, unit)
    assert text[figure.start : figure.end] == span
    assert figure.kind == (FigureKind.PERCENT if unit.startswith("percent") else FigureKind.MONEY)


HEDGED = [
    ("about $5m", "about", None, None),
    ("at least $5m", "at least", 5e6, None),
    ("just over $5m", "just over", 5e6, None),
    ("more than $5m", "more than", 5e6, None),
    ("up to $5m", "up to", None, 5e6),
    ("as high as $5m", "as high as", None, 5e6),
    ("nearly $5m", "nearly", None, 5e6),
    ("no more than $5m", "no more than", None, 5e6),
    ("no less than $5m", "no less than", 5e6, None),
    ("paid $5m or more", "or more", 5e6, None),
    ("paid $5m+ for it", "+", 5e6, None),
    ("paid $5m", None, None, None),
]


@pytest.mark.parametrize(("text", "hedge", "low", "high"), HEDGED)
def test_hedges_set_bounds(text: str, hedge: str | None, low: float | None, high: float | None) -> None:
    (figure,) = find_figures(source(f"They paid {text}." if "paid" not in text else f"They {text}."))
    assert (figure.text.rstrip("+"), figure.hedge, figure.low, figure.high) == ("$5m", hedge, low, high)


RANGES = [
    ("$14bn-15bn", 14e9, 15e9),
    ("$14-$15 billion", 14e9, 15e9),
    ("$500 million to $1 billion", 500e6, 1e9),
    ("14 to 15 percent", 14.0, 15.0),
    ("14%-15%", 14.0, 15.0),
    ("15 million to 20 million dollars", 15e6, 20e6),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_ranges_are_one_figure(text: str, low: float, high: float) -> None:
    (figure,) = find_figures(source(f"They expect {text} this year."))
    assert (figure.text, figure.low, figure.high, figure.value) == (text, low, high, low)


def test_between_joins_and_from_to_does_not() -> None:
    (joined,) = find_figures(source("It is between $3 and $4 million."))
    assert (joined.low, joined.high) == (3e6, 4e6)
    before, after = find_figures(source("Its value rose from $14 billion to $29 billion."))
    assert (before.value, after.value) == (14e9, 29e9)


def test_vague_amounts_have_bounds() -> None:
    (figure,) = find_figures(source("It resulted in tens of millions of dollars."))
    assert (figure.text, figure.low, figure.high) == ("tens of millions of dollars", 10e6, 100e6)


def test_numbers_without_a_unit_are_not_figures() -> None:
    text = (
        "On 12 June 2031 GPT-4 ranked 14th of 2016, call +1 555 0100, room 49, 3-1, 200 pounds of flour; "
        "they won 12 and lost 5; a $ sign; 100% pure."
    )
    assert [figure.text for figure in find_amounts(source(text))] == ["100%"]


def test_a_number_that_goes_on_is_no_range() -> None:
    assert [figure.text for figure in find_amounts(source("He paid $5 to 10 people."))] == ["$5"]


def test_muted_zones_are_skipped() -> None:
    text = "Subscribe for $5.\nThe port cost $9m."
    zones = (Zone(ZoneKind.BOILERPLATE, 0, 18), Zone(ZoneKind.BODY, 18, len(text)))
    assert [figure.text for figure in find_figures(source(text, zones=zones))] == ["$9m"]
    assert find_figures(source(text, zones=(Zone(ZoneKind.CREDIT, 0, len(text)),))) == ()


pieces = st.sampled_from(
    [
        "$",
        "5",
        "14.3",
        " ",
        "%",
        "to",
        "-",
        "billion",
        "bn",
        "€",
        "from",
        "between",
        "and",
        "per cent",
        "percent",
        "of",
        "tens",
        "millions",
        "dollars",
        "a",
        "hundred",
        "+",
        "1,000",
        "\n",
        "Rs",
        "half",
        "US",
        "about",
        "up to",
        "−",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=25), st.sampled_from(["", " "]))
def test_figures_are_true_ordered_and_apart(words: list[str], between: str) -> None:
    text = between.join(words)
    last = 0
    for figure in find_figures(source(text)):
        assert text[figure.start : figure.end] == figure.text
        assert figure.start >= last
        assert figure.low is None or figure.high is None or figure.low <= figure.value <= figure.high
        last = figure.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for figure in find_figures(source(text)):
        assert text[figure.start : figure.end] == figure.text


BAD_INPUT = [
    ("公司宣布以$4.2 billion收购，涨幅12%。", ["$4.2 billion", "12%"]),
    ("قالت الشركة إنها ستدفع $5 million مقابل 49% من الأسهم", ["$5 million", "49%"]),
    (
        "Der Konzern zahlt 4,2 Milliarden Euro, also 12,5 Prozent mehr.",
        ["4,2 Milliarden Euro", "12,5 Prozent"],
    ),
    ("THE PORT COST $4.2 BILLION, 12 PER CENT MORE THAN PLANNED.", ["$4.2 BILLION", "12 PER CENT"]),
    ("| price | $1,200 |\n| share | 14% |\n|-------|-----|", ["$1,200", "14%"]),
    ("for i in range(10): print('%d' % i, $HOME, x[3] * 2.5e3)", []),
    ("$" * 10_000, []),
    ("$ " * 10_000, []),
    ("5%" * 3, ["5%", "5%", "5%"]),
    ("1," * 5_000, []),
]


@pytest.mark.parametrize(("text", "spans"), BAD_INPUT, ids=range(len(BAD_INPUT)))
def test_other_languages_tables_code_and_noise(text: str, spans: list[str]) -> None:
    assert [figure.text for figure in find_amounts(source(text))] == spans
