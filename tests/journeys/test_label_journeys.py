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
    terminal.begins_to_read()
    terminal.keys("i").sees("No label has a key yet", "labelling as Ada")
    terminal.keys("I").sees("No labels yet")
    terminal.keys("a").sees("New label")
    terminal.type("claim").keys("Down")
    terminal.type("j").keys("Enter").misses("New label")
    terminal.sees(" j ", "claim")
    terminal.keys("Escape").misses("Codebook")
    terminal.sees("j  claim")
    terminal.keys("Down", "Down", "Down", "Down", "Down", "Down")
    terminal.keys("j").sees("labelling as Ada: claim", "│")
    terminal.keys("x").misses("labelling as Ada: claim")
    terminal.keys("u").sees("labelling as Ada: claim")
    terminal.keys("Escape").misses("labelling as Ada")
    terminal.keys("C-e").sees("enter export")
    terminal.keys(*["j"] * 9).sees("› labels   jsonl")
    terminal.keys("Tab", "Tab", "Tab", "Tab")
    target = tmp_path / "spans.jsonl"
    terminal.type(str(target)).keys("Enter").sees("Wrote")
    assert '"claim"' in target.read_text(encoding="utf-8")
    terminal.keys("Enter").sees("✗")
    terminal.keys("Escape").misses("┃ Export")
    terminal.keys("C-p").type("Import notes").sees("Take in notes and labels")
    terminal.keys("Enter").sees("Import notes and labels")
    terminal.type(str(target)).keys("Enter").sees("unchanged")
    terminal.keys("Escape", "C-q")
    assert terminal.exit_code() == 0
