"""Reading in a real terminal: counts, places, marks, the story's boxes, and the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_counts_named_places_and_what_is_known_of_a_mark(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal.opens_demo(tmp_path / "library", size)
    terminal.type("3j").keys("m").sees("m…")
    terminal.keys("a").sees("This place is a now")
    terminal.keys("G", "m", "b").sees("This place is b now")
    terminal.keys("'").sees("' a b…")
    terminal.keys("a").misses("' a b…")
    terminal.type("12G").keys("Enter")
    if size[0] < 120:
        terminal.sees("esc close", "organisation")
        terminal.keys("Escape").misses("esc close")
        terminal.keys("Enter").sees("esc close")
        terminal.keys("Enter").sees("▸ Evidence", "Entities")
        terminal.keys("q").sees("▸ harbour-deal/1")
    terminal.quits()


def test_the_boxes_of_a_story_by_their_digits_and_the_ways_back(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal.opens_demo(tmp_path / "library", size)
    terminal.keys("5").sees("▸ 5 Audit ━", "16 supported, 1 partly, 5 uncited", "n N next weak")
    terminal.keys("6").sees("▸ 6 Origins ━", "12")
    terminal.keys("7").sees("▸ 7 Figures ━", "$4.2")
    terminal.keys("8").sees("▸ 8 Quotes ━")
    terminal.keys("9").sees("▸ 9 Lineage ━", "2 of 14 copied")
    terminal.keys("C-o").sees("▸ 8 Quotes ━")
    terminal.keys("C-o").sees("▸ 7 Figures ━")
    terminal.keys("M-Right").sees("▸ 8 Quotes ━")
    terminal.keys("C-o", "C-o", "C-o", "C-o").sees("▸ harbour-deal/1", "Ada Moss told anyone")
    terminal.keys("?").sees("Help", "type to search keys and signs")
    terminal.type("undo").sees("› u ", "Undo the last change")
    terminal.keys("Escape").sees("▸ harbour-deal/1")
    terminal.quits()


def test_the_tour_is_gone_through_to_its_end(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal.start("demo", "--tour", "--library", str(tmp_path / "library"), size=size)
    terminal.sees("Tour ", "Search: Press / and type")
    terminal.keys("/").type("harbour").sees("Open a hit: ")
    terminal.keys("Enter").sees("▸ “harbour”")
    terminal.keys("Enter").sees("Next hit: ")
    terminal.keys("n").sees("Evidence: ")
    terminal.keys("e" if size[0] < 120 else "Tab").sees("The story: ")
    terminal.keys("3").sees("Compare: ")
    terminal.keys("j", "M", "j", "j", "j", "j", "j", "M", "c").sees("A disagreement: ")
    terminal.keys("7").sees("▸ 7 Figures ━", "≠")
    terminal.keys("Enter").sees("Write a note: ")
    terminal.keys("a").sees("Note on harbour-deal/")
    terminal.type("who is right?").keys("C-s").sees("Export: ")
    terminal.keys("C-e").sees("enter export")
    terminal.keys("Enter").sees("Wrote")
    terminal.keys("Escape").misses("enter export")
    terminal.sees("Help: ")
    terminal.keys("?").sees("type to search keys and signs")
    terminal.keys("Escape").sees("That was the tour")
    terminal.keys(*["Escape"] * 6).misses("That was the tour")
    terminal.quits()
