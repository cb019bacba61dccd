"""From the evidence to the texts and back in a real terminal: figures, texts side by side, lost notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("back", ["C-o", "BSpace"])
def test_from_the_figures_to_the_passage_and_back_to_the_cell(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int], back: str
) -> None:
    terminal.opens_demo(tmp_path / "library", size)
    terminal.keys("7").sees("▸ 7 Figures ━", "[≠$4.8bn]", "differs: 5 ")
    terminal.keys("Enter").sees("▸ harbour-deal/5", "great deal of money")
    terminal.keys(back).sees("▸ 7 Figures ━", "[≠$4.8bn]", "differs: 5 ")
    terminal.keys("n").sees("differs: 6 ")
    terminal.keys("Enter").sees("▸ harbour-deal/6")
    terminal.keys("j", back).sees("▸ 7 Figures ━", "differs: 6 ")
    terminal.keys(back).sees("▸ harbour-deal/1")
    terminal.quits()


def test_four_texts_are_compared_and_one_of_them_is_read_and_left(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal.opens_demo(tmp_path / "library", size)
    terminal.keys("M")
    for number in (2, 3, 4):
        terminal.keys("]").sees(f"▸ harbour-deal/{number}")
        terminal.keys("M").sees(f"◆{number}")
    terminal.keys("c").sees("harbour-deal/1 ↔ 2 ↔ 3 ↔ 4", "difference 1 of")
    screen = terminal.keys("n").sees("difference 2 of")
    assert max(map(len, screen.splitlines())) <= size[0]
    terminal.keys("1").sees("[1 Read]", "▸ harbour-deal/4")
    terminal.keys("2").sees("[2 Compare]", "harbour-deal/1 ↔ 2 ↔ 3 ↔ 4", "difference 2 of")
    terminal.keys("]").sees("▸ harbour-deal/1 ↔ harbour-deal/2")
    terminal.keys("[").sees("harbour-deal/1 ↔ 2 ↔ 3 ↔ 4")
    terminal.quits()


def test_a_lost_note_is_attached_to_another_passage(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    text = tmp_path / "tides.txt"
    lasting = "The harbour master kept one of the tables for himself. He says it was a gift."
    text.write_text(f"Tides of Cape Sorrow\n\nA whale was seen in the bay on Monday.\n\n{lasting}\n", "utf-8")
    terminal.start("--library", str(tmp_path / "library"), size=size)
    terminal.sees("This library is empty")
    terminal.keys("A").sees("Add sources")
    terminal.paste(str(text)).keys("Enter").sees("1 added.")
    terminal.keys("Escape", "Escape").misses("┃ Add sources")
    terminal.sees("A whale was seen")
    terminal.keys("f").type("whale").keys("Enter").misses("f find in")
    terminal.keys("a").sees("Note on ", "“A whale was seen")
    terminal.type("Who saw it?").keys("C-s").misses("Note on ")
    text.write_text(f"Tides of Cape Sorrow\n\n{lasting}\n", "utf-8")
    terminal.keys("A").sees("Add sources")
    terminal.paste(str(text)).keys("Enter").sees("1 changed")
    terminal.keys("Escape", "Escape").misses("┃ Add sources")
    terminal.keys("4").sees("Who saw it?", "Lost their passage")
    terminal.keys("t").sees("[1 Read]", "linking note 1")
    terminal.keys("G").keys("t").sees("The note is attached.")
    terminal.keys("4").sees("[4 Notes]", "Who saw it?", "“The harbour master")
    terminal.misses("Lost their passage")
    terminal.keys("u").sees("Lost their passage")
    terminal.quits()
