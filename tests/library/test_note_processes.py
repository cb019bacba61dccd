"""Several processes at the notes of one library, and processes that die while they save."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import Anchor, NoteFields, Ref
from tests.library.parsed_files import FERRY, page, put

if TYPE_CHECKING:
    from pathlib import Path

ONE = Ref("saltmarsh", 1)

# Adds notes of its own and lines to note 1, from what it read a while before, until its time is over.
EDITOR = """
import sys, time
from dataclasses import replace
from pathlib import Path
from sources.library import Library
from sources.model import Anchor, NoteFields, Ref

name, folder, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
with Library.open(folder) as library:
    library._database._patience = 30
    until = time.monotonic() + seconds
    number = 0
    while time.monotonic() < until:
        base = library.note(1).fields
        time.sleep(0.01)
        line = f"{name} {number}"
        tags = (*base.tags, f"{name}{number}")
        library.save_note(1, base, replace(base, text=f"{base.text}\\n{line}", tags=tags))
        library.create_note(NoteFields(line), [(Ref("saltmarsh", 1), Anchor.whole())])
        number += 1
        print(number, flush=True)
"""

# Types into a draft, a word at a time, and saves every tenth word; says what is safe once it is.
TYPIST = """
import sys
from dataclasses import replace
from pathlib import Path
from sources.library import Library
from sources.model import NoteDraft

with Library.open(Path(sys.argv[1])) as library:
    note = library.note(1)
    base, words, kept = note.fields, note.text, None
    print("open", flush=True)
    for number in range(100_000):
        words += f" w{number}"
        fields = replace(base, text=words)
        draft = NoteDraft("note:1", fields, 1, base=base, base_version=note.version)
        assert library.save_draft(draft, over=kept) == "note:1"
        kept = fields
        print(f"draft {number}", flush=True)
        if number % 10 == 9:
            note = library.save_note(1, base, fields, draft="note:1").note
            base, words = note.fields, note.text
            print(f"saved {number}", flush=True)
"""


def together(folder: Path, seconds: float) -> None:
    """Let two processes write notes at once, and look that nothing of either is lost."""
    with Library.open(folder) as library:
        put(library, page(FERRY))
        library.create_note(NoteFields("both of us"), [(ONE, Anchor.whole())])
    editors = [
        subprocess.Popen(
            [sys.executable, "-c", EDITOR, name, str(folder), str(seconds)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("ebb", "flow")
    ]
    counts = {}
    for name, process in zip(("ebb", "flow"), editors, strict=True):
        said, _ = process.communicate(timeout=seconds + 120)
        assert process.returncode == 0
        counts[name] = int(said.split()[-1])
    with Library.open(folder) as library:
        shared, *own = library.notes()
        lines = {f"{name} {number}" for name, count in counts.items() for number in range(count)}
        assert {note.text for note in own} == lines
        assert lines <= set(shared.text.split("\n"))
        assert {line.replace(" ", "") for line in lines} == set(shared.tags)
        assert library.check() == ()


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    together(tmp_path / "library", 2)


@pytest.mark.slow
def test_two_who_write_at_once_for_a_while_lose_nothing(tmp_path: Path) -> None:
    together(tmp_path / "library", 20)


def kill_while_typing(folder: Path, after: float) -> None:
    """Kill a process that types, and look that all that it was told to be safe is there."""
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(after)
        process.kill()
        said = [line.split() for line in process.stdout.read().split("\n") if len(line.split()) == 2]
    with Library.open(folder) as library:
        assert library.check() == ()
        note, draft = library.note(1), library.draft("note:1")
        words = set((draft.fields.text if draft else note.text).split())
        assert {f"w{number}" for _, number in said} <= words
        if draft:
            library.save_note(1, draft.base or note.fields, draft.fields, draft="note:1")
        library.edit_note(1, text="begun")


@pytest.mark.slow
def test_who_is_killed_while_typing_loses_no_word_that_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        put(library, page(FERRY))
        library.create_note(NoteFields("begun"), [(ONE, Anchor.whole())])
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    for _ in range(20):
        kill_while_typing(folder, chance.uniform(0, 0.3))
