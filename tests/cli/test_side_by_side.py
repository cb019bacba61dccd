"""Several processes on one library at once, as people have them: the app open, commands that add."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from index import SearchIndex
from sources.library import Library
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "from tui.cli.main import main; raise SystemExit(main())"
RECORDS = 50


def archive(path: Path, mark: str) -> Path:
    """Write records that each hold the word ``mark``."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(RECORDS):
            text = f"The {mark} number {number} lay at the quay. " + f"Tide {number} came. " * 20
            file.write(
                json.dumps({"id": f"{mark}{number}", "title": f"{mark} {number}", "text": text}) + "\n"
            )
    return path


def adding(folder: Path, *paths: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "add", *map(str, paths), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CROSSREAD_LIBRARY": str(folder)},
    )


def done(process: subprocess.Popen[str]) -> Any:
    out, complaints = process.communicate(timeout=6 * PATIENCE)
    assert process.returncode == 0, complaints
    return json.loads(out)


@pytest.mark.long
def test_two_commands_that_add_at_once_both_get_all_in_and_leave_the_index_in_step(
    folder: Path, tmp_path: Path
) -> None:
    marks = ("barge", "tender")
    both = [adding(folder, archive(tmp_path / f"{mark}.jsonl", mark)) for mark in marks]
    for report in map(done, both):
        assert report["failed"] == []
        assert sum(len(story["added"]) for story in report["stories"]) == RECORDS
    with Library.open(folder) as library, SearchIndex(folder / "index", library) as index:
        assert library.count() == 2 * RECORDS
        state = index.freshness()
        assert (state.indexed, state.behind, state.unread) == (2 * RECORDS, 0, 0)
        assert [index.search(mark, all_copies=True).total for mark in marks] == [RECORDS, RECORDS]
        assert index.problems() == ()


@pytest.mark.long
def test_an_open_index_answers_beside_a_command_that_adds_and_finds_it_afterwards(
    story: Path, tmp_path: Path
) -> None:
    with Library.open(story) as library, SearchIndex.open(story / "index", library) as opened:
        before = opened.search("harbour").total
        assert before
        process = adding(story, archive(tmp_path / "barge.jsonl", "barge"))
        answers = set()
        while process.poll() is None:
            answers.add(opened.search("harbour").total)
        done(process)
        assert answers <= {before}
        opened.catch_up()
        assert opened.search("barge", all_copies=True).total == RECORDS
        assert opened.search("harbour").total == before
