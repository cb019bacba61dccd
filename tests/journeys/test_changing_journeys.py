"""What is taken in, taken out, corrected and written in a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_a_pasted_path_with_quotes_and_blanks_comes_in_and_is_removed_and_brought_back(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / 'what\'s "new" here'
    folder.mkdir()
    text = folder / "the pilot's “log” 7.txt"
    text.write_text(
        "Pilot keeps log of every berth\n\nThe pilot Enno Vask keeps a log of every berth.\n", "utf-8"
    )
    terminal.start("--library", str(tmp_path / "library"), size=size)
    terminal.sees("This library is empty")
    terminal.keys("A").sees("Add sources")
    terminal.paste(str(text)).sees("7.txt")
    terminal.keys("Enter").sees("1 added.")
    terminal.keys("Escape", "Escape").misses("┃ Add sources")
    terminal.keys("/").type("vask").sees("“vask” · 1 ", "Enno Vask keeps")
    terminal.keys("Enter", "Enter").sees("hit 1/1", "Enno Vask keeps a log")
    terminal.keys("X").sees("This text goes to the bin")
    terminal.keys("y").misses("Enno Vask keeps a log")
    terminal.keys("u", "/").type("vask").sees("“vask” · 1 ", "Enno Vask keeps")
    terminal.quits()


def test_two_names_are_merged_and_the_merge_is_kept(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal.opens_demo(tmp_path / "library", size)
    terminal.keys("e" if size[0] < 120 else "Tab").sees("▸ Evidence", "›  P Ada Moss")
    terminal.keys("J").sees("› ⊕P Ada Moss")
    terminal.keys("j", "J").sees("also Ada Moss, Moss, Okafor")
    terminal.keys("u").sees("  P Ada Moss")
    terminal.keys("U").sees("also Ada Moss, Moss, Okafor")
    terminal.quits()
    terminal.stop()

    terminal.start("demo", "--library", str(tmp_path / "library"), size=size)
    terminal.sees("Ada Moss told anyone")
    if size[0] < 120:
        terminal.keys("e")
    terminal.sees("P Lin Okafor")
    terminal.misses("P Ada Moss")
    terminal.quits()


def test_a_note_is_written_in_an_editor_exported_and_looked_at_in_the_file(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'Called her; she says “no”.\\n' >> \"$1\"\n", "utf-8")
    editor.chmod(0o755)
    terminal.opens_demo(tmp_path / "library", size, environment=f"EDITOR={editor}")
    terminal.keys("a").sees("Note on harbour-deal/1")
    terminal.type("Ask Moss.").keys("C-g").sees("Ask Moss.", "she says “no”.")
    terminal.keys("C-s").misses("Note on harbour-deal/1")
    terminal.keys("C-e").sees("› notes    markdown")
    terminal.keys("Tab", "Tab", "Tab", "Tab")
    target = tmp_path / "notes.md"
    terminal.paste(str(target)).keys("Enter").sees("Wrote")
    written = target.read_text("utf-8")
    assert all(words in written for words in ("Ask Moss.", "she says “no”.", "harbour-deal/1"))
    terminal.keys("Enter").sees("✗")  # never over a file that is there
    assert target.read_text("utf-8") == written
    terminal.keys("Escape").misses("┃ Export")
    terminal.quits()


def test_a_draft_is_audited_and_a_verdict_of_ones_own_is_kept(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Northport sold 49% of its harbour for $4.2 billion. The pilots got a brass band.\n", "utf-8"
    )
    terminal.opens_demo(tmp_path / "library", size)
    terminal.keys("D").sees("Audit a draft against harbour-deal")
    terminal.paste(str(draft)).keys("Enter").sees("▸ 5 Audit", "brass band")
    terminal.keys("j").sees("brass band")
    terminal.keys("E").sees("Your verdict")
    terminal.keys("G", "Tab").type("there was no band").keys("Enter").misses("Your verdict")
    terminal.sees("there was no band")
    terminal.quits()
