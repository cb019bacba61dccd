"""Zones account for every character, whatever was marked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sources.formats.parsing import lines_of, partition
from sources.model import Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = st.lists(
    st.builds(Zone, st.sampled_from(list(ZoneKind)), st.integers(-3, 40), st.integers(-3, 40)), max_size=8
)


def assert_partition(text: str, zones: Sequence[Zone]) -> None:
    assert zones[0].start == 0
    assert zones[-1].end == len(text)
    assert all(zone.start < zone.end for zone in zones)
    assert all(before.end == after.start for before, after in pairwise(zones))


@given(st.text("ab \n", min_size=1, max_size=40), MARKS)
def test_zones_partition_any_text(text: str, marked: list[Zone]) -> None:
    assert_partition(text, partition(text, marked))


def test_a_line_feed_belongs_to_the_zone_before_it() -> None:
    text = "Headline\n\nBody.\nCredit\nMore."
    zones = partition(text, [Zone(ZoneKind.HEADING, 0, 8), Zone(ZoneKind.CREDIT, 16, 22)])
    assert [(zone.kind.value, text[zone.start : zone.end]) for zone in zones] == [
        ("heading", "Headline\n\n"),
        ("body", "Body.\n"),
        ("credit", "Credit\n"),
        ("body", "More."),
    ]


def test_of_two_that_overlap_the_first_keeps_the_ground() -> None:
    zones = partition("abcdef", [Zone(ZoneKind.CREDIT, 2, 5), Zone(ZoneKind.CAPTION, 1, 3)])
    assert [(zone.kind.value, zone.start, zone.end) for zone in zones] == [
        ("body", 0, 1),
        ("caption", 1, 3),
        ("credit", 3, 5),
        ("body", 5, 6),
    ]


@given(st.lists(st.text("ab ", max_size=5), max_size=6))
def test_lines_are_the_lines(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    assert [span.of(text) for span in lines_of(text)] == lines
