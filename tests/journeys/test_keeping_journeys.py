"""What is kept in a real terminal: in two windows, in every size, with other keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_two_windows_on_one_library_stay_in_step(
    terminal: Terminal, second: Terminal, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    terminal.opens_demo(library, (120, 40))
    second.start("demo", "--library", str(library), size=(80, 24))
    second.sees("Northport")
    second.keys("4").sees("[4 Notes]")
    terminal.keys("a").sees("Note on harbour-deal/1")
    terminal.type("seen from both sides").keys("C-s").misses("Note on harbour-deal/1")
    second.sees("seen from both sides")
    second.keys("x").misses("seen from both sides")
    terminal.keys("4").misses("seen from both sides")
    second.keys("u").sees("seen from both sides")
    terminal.sees("seen from both sides")
    second.quits()
    terminal.quits()


def test_a_storm_of_sizes_while_keys_come_leaves_the_screen_whole(terminal: Terminal, tmp_path: Path) -> None:
    terminal.opens_demo(tmp_path / "library", (120, 40))
    for view in ("1", "3", "4"):
        terminal.keys(view)
        for width, height in ((60, 20), (200, 50), (80, 24), (61, 21), (119, 39), (120, 40), (160, 20)):
            terminal.resize(width, height).keys("j", "Tab")
    terminal.keys("1")
    for width, height in ((60, 20), (80, 24), (200, 50)):
        terminal.resize(width, height)
        screen = terminal.sees("[1 Read]", "search the library", "? help  q")
        lines = screen.splitlines()
        assert len(lines) == height
        assert max(map(len, lines)) <= width
    terminal.sees("Demo (fictional)", "harbour-deal/1", "Evidence", "Ada Moss told anyone")
    terminal.quits()


STORM = ((60, 20), (200, 50), (80, 24), (40, 10), (61, 21), (119, 39), (160, 20), (120, 40))


def test_a_storm_of_sizes_while_texts_are_compared_and_results_gone_through(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.opens_demo(tmp_path / "library", (120, 40))
    terminal.keys("M")
    for number in (2, 3, 4):
        terminal.keys("]").sees(f"▸ harbour-deal/{number}")
        terminal.keys("M").sees(f"◆{number}")
    terminal.keys("c").sees("harbour-deal/1 ↔ 2 ↔ 3 ↔ 4", "difference 1 of")
    for width, height in STORM:
        terminal.resize(width, height).keys("n", "l", "j")
    for width, height in ((80, 24), (200, 50), (120, 40)):
        terminal.resize(width, height)
        screen = terminal.sees("[2 Compare]", "harbour-deal/1 ↔ 2 ↔ 3 ↔ 4", "search the library", "? help  q")
        assert max(map(len, screen.splitlines())) <= width
    terminal.keys("/").type("crane").sees("“crane”", "+2 copies")
    terminal.keys("Enter").sees("▸ “crane”")
    for width, height in STORM:
        terminal.resize(width, height).keys("j")
    terminal.keys(*"jjjjjjjjjj").sees("›")
    for width, height in ((80, 24), (200, 50), (120, 40)):
        terminal.resize(width, height)
        screen = terminal.sees("▸ “crane”", "/ crane", "›", "? help  q")
        assert max(map(len, screen.splitlines())) <= width
    terminal.keys("Enter").sees("▸ harbour-deal/", "hit 1/")
    terminal.quits()


def test_keys_of_ones_own_hold_and_a_clash_is_told(
    terminal: Terminal, tmp_path: Path, home_of_its_own: Path
) -> None:
    settings = home_of_its_own / ".config" / "crossread" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nhelp = "f2"\nnext-source = "C-n"\nadd = "c"\n'.replace("C-n", "ctrl+n"))
    terminal.start("demo", "--library", str(tmp_path / "library"), size=(80, 24))
    terminal.sees("c is", "already", "f2 help")
    terminal.keys("1").sees("Ada Moss told anyone")
    terminal.keys("C-n").sees("▸ harbour-deal/2")
    terminal.keys("?", "F2").sees("type to search keys and signs")
    terminal.type("add sources").sees("  A   ", "Add sources. Add files")
    terminal.keys("Escape", "Escape").misses("┃ Help")
    terminal.quits()
