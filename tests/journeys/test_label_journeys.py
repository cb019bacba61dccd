"""Labels, exports and imports in a real terminal."""

from __future__ import annotations

import json
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


def test_fifty_sentences_are_labelled_one_after_the_other_and_exported(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    text = tmp_path / "log.txt"
    lines = [f"The ship number {number} left the quay at dawn." for number in range(1, 51)]
    text.write_text("Log of the quay\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    terminal.start("--library", str(tmp_path / "library"), size=size, environment="CROSSREAD_CODER=Ada")
    terminal.sees("This library is empty")
    terminal.keys("A").sees("Add sources")
    terminal.paste(str(text)).keys("Enter").sees("1 added.")
    terminal.keys("Escape", "Escape").misses("┃ Add sources")
    terminal.sees("The ship number 1 left")
    terminal.keys("i").sees("No label has a key yet")
    terminal.keys("I").sees("No labels yet")
    terminal.keys("a").sees("New label")
    terminal.type("sailed").keys("Down")
    terminal.type("s").keys("Enter").misses("New label")
    terminal.keys("Escape").misses("Codebook")
    terminal.sees("s  sailed")
    terminal.keys(")")
    terminal.type("s)" * 50).sees("The ship number 50 left")
    terminal.keys("(").sees("labelling as Ada: sailed")
    terminal.keys("Escape").misses("labelling as Ada")
    terminal.keys("I").sees("Codebook", "50")
    terminal.keys("Escape").misses("Codebook")
    terminal.keys("C-e").sees("enter export")
    terminal.keys(*["j"] * 9).sees("› labels   jsonl")
    target = tmp_path / "spans.jsonl"
    terminal.keys("Tab", "Tab", "Tab", "Tab").paste(str(target)).keys("Enter").sees("Wrote")
    (document,) = map(json.loads, target.read_text("utf-8").splitlines())
    found = [(span["label"], span["coder"], span["quote"]) for span in document["spans"]]
    assert found == [("sailed", "Ada", line) for line in lines]
    terminal.keys("Escape").misses("┃ Export")
    terminal.quits()
