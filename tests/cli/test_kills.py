"""Killing ``add`` at any moment: what is in the library afterwards is whole, and adding again heals it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = 300
PROGRAM = "from tui.cli.main import main; raise SystemExit(main())"
WORDS = "the harbour board met and voted to keep its old crane while ships waited at a quay".split()  # noqa: SIM905
MARK = "gantryman"  # is in every record and in nothing else


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Make an archive of records to add beside the bundled story."""
    from sources import sample

    dice = random.Random(4)  # noqa: S311 - has to be the same archive each time
    archive = tmp_path_factory.mktemp("in") / "archive.jsonl"
    records = (
        {
            "id": str(number),
            "title": f"Report {number}",
            "text": f"{' '.join(dice.choices(WORDS, k=300))} {MARK}.",
        }
        for number in range(RECORDS)
    )
    archive.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return [str(sample.page_path()), str(sample.article_path()), str(archive)]


def command(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CROSSREAD_LIBRARY": str(folder / "library"), "HOME": str(folder)},
    )


def answer(folder: Path, *words: str) -> Any:
    process = command(folder, *words, "--json")
    out, _ = process.communicate()
    return json.loads(out) | {"status": process.returncode}


def sources(folder: Path) -> dict[str, int]:
    stories = answer(folder, "stories")["stories"]
    return {story["story"]: story["sources"] for story in stories}


@pytest.fixture(scope="module")
def whole(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Add everything once without being disturbed: how long that takes, and what is there then."""
    folder = tmp_path_factory.mktemp("whole")
    began = time.monotonic()
    assert answer(folder, "add", *inputs)["status"] == 0
    return {"seconds": time.monotonic() - began, "sources": sources(folder)}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("moment", range(20))
def test_adding_may_be_killed_at_any_moment(
    moment: int, inputs: list[str], whole: dict[str, Any], tmp_path: Path
) -> None:
    dice = random.Random(moment)  # noqa: S311 - a moment that failed has to come again
    process = command(tmp_path, "add", *inputs)
    time.sleep((moment + dice.random()) / 20 * whole["seconds"])
    process.kill()
    process.communicate()
    # Each file is there with all its sources or with none.
    kept = sources(tmp_path)
    assert kept.items() <= whole["sources"].items(), kept
    report = answer(tmp_path, "doctor")
    assert report["ok"], report
    assert answer(tmp_path, "search", MARK)["status"] == (0 if "archive" in kept else 1)
    assert answer(tmp_path, "add", *inputs)["failed"] == []
    assert sources(tmp_path) == whole["sources"]
    assert answer(tmp_path, "search", MARK)["total"] == RECORDS
    assert answer(tmp_path, "doctor")["ok"]
