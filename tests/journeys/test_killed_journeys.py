"""An app that is killed in a real terminal, and comes back to where it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sources.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def session(home: Path) -> dict[str, Any]:
    """Return what is saved of where the user is."""
    files = list((home / ".local" / "state" / "crossread" / "sessions").glob("*.json"))
    found: dict[str, Any] = json.loads(files[0].read_text("utf-8")) if files else {}
    return found


def noted(screen: str) -> list[str]:
    """Return how the editor of a note begins: what it stands on, and the words."""
    lines = screen.splitlines()
    row = next(number for number, line in enumerate(lines) if "Note on" in line)
    column = lines[row].index("Note on")
    return [line[column : column + 40].rstrip() for line in lines[row : row + 5]]


def test_a_killed_app_comes_back_to_the_text_the_place_and_half_a_note(
    terminal: Terminal, tmp_path: Path, home_of_its_own: Path, size: tuple[int, int]
) -> None:
    library = tmp_path / "library"
    terminal.opens_demo(library, size)
    terminal.keys("]").sees("▸ harbour-deal/2")
    terminal.keys("M").sees("◆")
    terminal.keys("]").sees("▸ harbour-deal/3")
    terminal.type("4j")
    terminal.waits_until(
        lambda: (kept := session(home_of_its_own)).get("source") == "harbour-deal/3" and kept["cursor"],
        "the place to be kept",
    )
    terminal.keys("a").sees("Note on harbour-deal/3")
    before = noted(terminal.type("Half a tho").sees("Half a tho"))

    def is_kept() -> bool:
        with Library.open(library) as opened:
            return [draft.fields.text for draft in opened.drafts()] == ["Half a tho"]

    terminal.waits_until(is_kept, "the words to be kept")
    terminal.killed()

    terminal.start("demo", "--library", str(library), size=size)
    terminal.sees("▸ harbour-deal/3", "[1 Read]", "◆")
    assert noted(terminal.keys("a").sees("Note on harbour-deal/3", "Half a tho")) == before
    terminal.type("ught").keys("C-s").misses("Note on harbour-deal/3")
    terminal.keys("4").sees("Half a thought")
    terminal.quits()
