from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from sources.notes.anchoring import nearest


@given(st.text("ab ", min_size=1, max_size=12), st.text("ab ", max_size=30), st.integers(0, 30))
def test_no_other_range_has_fewer_errors(pattern: str, text: str, near: int) -> None:
    match = nearest(pattern, text, near)
    ranges = [text[start:end] for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    assert match.errors == min(Levenshtein.distance(pattern, each) for each in ranges)
    assert Levenshtein.distance(pattern, text[match.start : match.end]) == match.errors


def test_of_equally_near_ranges_the_one_by_the_place_is_taken() -> None:
    assert nearest("tide", "tide tide tide", 10)[:2] == (10, 14)
    assert nearest("tide", "tide tide tide", 4)[:2] == (5, 9)
