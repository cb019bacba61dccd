"""The app in a real terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_a_first_run_from_the_bundled_story_to_a_note_and_back(terminal: Terminal, tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    terminal.start("--library", library, size=(80, 24))
    terminal.sees("This library is empty", "Look at the demo story")
    terminal.keys("j", "Enter").sees("demo story (fictional)")
    terminal.begins_to_read()
    terminal.keys("/").type("glass wall").sees("“glass wall”", "found")
    terminal.keys("Enter").sees("▸ “glass wall”")
    terminal.keys("Enter").sees("hit 1/")
    terminal.keys("n").sees("hit 2/")
    terminal.keys("a").sees("Note on harbour-deal/")
    terminal.type("worth a call").keys("C-s").misses("Note on harbour-deal/")
    terminal.keys("4").sees("worth a call")
    terminal.keys("Q").sees("This library is empty", "Take the tour")
    terminal.keys("C-q")
    assert terminal.exit_code() == 0
    terminal.stop()

    terminal.start("demo", size=(80, 24))
    terminal.sees("worth a call", "demo story (fictional)")
    terminal.keys("1").sees("hit 2/", "/ glass wall")
    terminal.keys("C-q")
    assert terminal.exit_code() == 0


def test_the_window_is_resized_while_two_texts_are_compared(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start("demo", "--library", str(tmp_path / "library"), size=(200, 50))
    terminal.begins_to_read()
    terminal.keys("]").sees("▸ harbour-deal/2")
    terminal.keys("M").sees("◆")
    for number in range(3, 8):
        terminal.keys("]").sees(f"▸ harbour-deal/{number}")
    terminal.keys("c").sees("▸ harbour-deal/2 ↔ harbour-deal/7", "Evidence")
    for size in ((80, 24), (40, 10), (120, 40), (200, 50)):
        terminal.resize(*size)
        screen = terminal.sees("harbour-deal/2", "search")
        assert max(map(len, screen.splitlines())) <= size[0]
    terminal.sees("▸ harbour-deal/2 ↔ harbour-deal/7", "Evidence", "row 1 of")
    terminal.keys("q").sees("▸ harbour-deal/7")
    terminal.keys("q").sees("▸ harbour-deal/6")
    terminal.keys("C-q")
    assert terminal.exit_code() == 0


def test_without_colour_the_focus_is_still_to_be_seen(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start("demo", "--library", str(tmp_path / "library"), size=(80, 24), environment="NO_COLOR=1")
    terminal.begins_to_read()
    terminal.keys("/").type("title:(").sees("^ ")
    terminal.keys("Escape").sees("▸ harbour-deal/1")
    terminal.keys("BTab").sees("▸ Demo", "  harbour-deal/1")
    terminal.keys("?").sees("Help")
    terminal.keys("Escape", "C-q")
    assert terminal.exit_code() == 0


def test_a_library_that_is_none_is_named_and_ends_with_its_code(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "library.db").write_bytes(b"this is no database" * 100)
    terminal.start("--library", str(folder), size=(80, 24))
    terminal.sees("library.db", "Quit")
    terminal.keys("Enter")
    assert terminal.exit_code() == 4


def test_all_of_five_hundred_texts_added_in_the_app_are_found(terminal: Terminal, tmp_path: Path) -> None:
    lines = [
        {"title": f"Ferry {number:03}", "text": f"The ferry number{number:03} left the harbour on time."}
        for number in range(500)
    ]
    texts = tmp_path / "texts.jsonl"  # one file is one change, which is more than one process writes alone
    texts.write_text("\n".join(map(json.dumps, lines)))
    terminal.start("--library", str(tmp_path / "library"), size=(100, 30))
    terminal.sees("This library is empty")
    terminal.keys("A").sees("Add sources")
    terminal.type(str(texts)).keys("Enter").sees("500")
    terminal.keys("Escape", "Escape").misses("Add sources")
    terminal.keys("/").type("number499").sees("“number499” · 1 found", "Ferry 499")
    terminal.keys("C-q")
    assert terminal.exit_code() == 0
