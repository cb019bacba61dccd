"""What a hedged or rounded value still agrees with, at both sides of every edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.evidence.figure_matrix.values import ranges_overlap, value_range
from sources.evidence.figures.finder import find_amounts
from tests.evidence.stories import source

if TYPE_CHECKING:
    from sources.evidence.figures import Figure


def figure(said: str) -> Figure:
    (found,) = find_amounts(source(f"It cost {said}."))
    return found


def agrees(one: str, other: str) -> bool:
    there, back = value_range(figure(one)), value_range(figure(other))
    assert ranges_overlap(there, back) == ranges_overlap(back, there)
    return ranges_overlap(there, back)


# What is said, the least and the most that still agree with it, and the nearest that do not.
EDGES = [
    *(
        (f"{about} $100", ("$90", "$110"), ("$89", "$111"))
        for about in ("about", "around", "roughly", "some")
    ),
    *((f"{least} $100", ("$100", "$150"), ("$99", "$151")) for least in ("at least", "more than", "over")),
    *(
        (f"{nearly} $100", ("$90", "$100"), ("$89", "$101"))
        for nearly in ("nearly", "almost", "close to", "just under", "shy of")
    ),
    *((f"{most} $100", ("$50", "$100"), ("$49", "$101")) for most in ("up to", "less than", "well under")),
    ("between $90 and $120", ("$90", "$120"), ("$89", "$121")),
    ("$100", ("$100", "$100"), ("$99", "$101")),
    ("$1 million", ("$900,000", "$1,100,000"), ("$899,999", "$1,100,001")),
    ("$4.2 million", ("$4,150,000", "$4,250,000"), ("$4,149,999", "$4,250,001")),
    ("$4.25 million", ("$4,245,000", "$4,255,000"), ("$4,244,999", "$4,255,001")),
    ("49%", ("48.5%", "49.5%"), ("48.4%", "49.6%")),
]


@pytest.mark.parametrize(("said", "inside", "outside"), EDGES, ids=[edge[0] for edge in EDGES])
def test_a_value_agrees_up_to_the_edge_of_what_was_said(
    said: str, inside: tuple[str, str], outside: tuple[str, str]
) -> None:
    assert [agrees(said, other) for other in inside] == [True, True]
    assert [agrees(said, other) for other in outside] == [False, False]


@pytest.mark.parametrize(
    ("percent", "expected"),
    [("30%", False), ("31.7%", False), ("31.9%", True), ("34.7%", True), ("34.9%", False)],
)
def test_a_share_in_words_is_off_by_a_point_and_a_half_at_most(percent: str, expected: bool) -> None:  # noqa: FBT001
    (third,) = find_amounts(source("A third of the fleet sailed."))
    assert ranges_overlap(value_range(third), value_range(figure(percent))) is expected
