"""Labels, exports and imports in a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_from_an_empty_codebook_to_exported_labels(terminal: Terminal, tmp_path: Path) -> None:
    library = tmp_path / "library"
    terminal.start("demo", "--library", str(library), size=(80, 24), environment="CROSSREAD_CODER=Ada")
    terminal.sees("Ada Moss told anyone", "▸ harbour-deal/1")
    terminal.keys("i")
    terminal.sees("No label has a key yet", "labelling as Ada")
    terminal.keys("I")
    terminal.sees("No labels yet")
    terminal.keys("n")
    terminal.sees("New label")
    terminal.type("claim")
    terminal.keys("Down")
    terminal.type("j")
    terminal.keys("Enter")
    terminal.misses("New label")
    terminal.sees(" j ", "claim")
    terminal.keys("Escape")
    terminal.misses("Codebook")
    terminal.sees("j  claim")
    terminal.keys("Down", "Down", "Down", "Down", "Down", "Down")
    terminal.keys("j")
    terminal.sees("labelling as Ada: claim", "│")
    terminal.keys("BSpace")
    terminal.misses("labelling as Ada: claim")
    terminal.keys("C-z")
    terminal.sees("labelling as Ada: claim")
    terminal.keys("Escape")
    terminal.misses("labelling as Ada")
    terminal.keys("C-e")
    terminal.sees("enter export")
    terminal.keys("j", "j", "j", "j", "j", "j")
    terminal.sees("› labels   jsonl")
    terminal.keys("Tab", "Tab", "Tab")
    target = tmp_path / "spans.jsonl"
    terminal.type(str(target))
    terminal.keys("Enter")
    terminal.sees("Wrote")
    assert '"claim"' in target.read_text(encoding="utf-8")
    terminal.keys("Enter")
    terminal.sees("✗")
    terminal.keys("Escape")
    terminal.misses("enter export")
    terminal.keys("C-o")
    terminal.sees("Import notes and labels")
    terminal.type(str(target))
    terminal.keys("Enter")
    terminal.sees("unchanged")
    terminal.keys("Escape", "C-q")
    assert terminal.exit_code() == 0
