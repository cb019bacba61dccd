"""Comparing and lineage in a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_from_four_marked_texts_to_the_map_and_to_where_else_a_sentence_stands(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.start("demo", "--library", str(tmp_path / "library"), size=(120, 40))
    terminal.begins_to_read()
    for number in range(2, 15):
        terminal.keys("]").sees(f"▸ harbour-deal/{number} ")
        if number in {2, 7, 10, 14}:
            terminal.keys("M")
    terminal.sees("◆4")
    terminal.keys("c").sees("harbour-deal/2 ↔ 7 ↔ 10 ↔ 14", "row 1 of", "100% of 7 in 2")
    terminal.keys("n").sees("difference 1 of")
    terminal.keys("=").sees("unlocked", "= levels all here")
    terminal.keys("l", "G").misses("difference 1 of")
    terminal.keys("=").misses("unlocked")
    terminal.resize(80, 24).sees("+2")
    terminal.keys("|").misses("+2")
    terminal.keys("|").sees("+2")
    terminal.resize(120, 40).misses("+2")
    terminal.keys("3").sees("14 listed → 12 distinct texts", "▸ Sources")
    terminal.keys("9").sees("▸ 9 Lineage", "2 of 14 copied")
    terminal.keys("9", "Tab").sees("▸ Overlap")
    terminal.keys("Enter").sees("2 and 10:", "copy")
    terminal.keys("N", "Enter").sees("▸ harbour-deal/2 ↔ harbour-deal/7", "row 1 of")
    terminal.keys("G").misses("row 1 of")
    terminal.keys("W").sees("From harbour-deal/2", "Where else it is", "harbour-deal/10", "Who says it")
    terminal.keys("Enter").misses("Where else it is")
    terminal.sees("▸ harbour-deal/")
    terminal.keys("C-q")
    assert terminal.exit_code() == 0
