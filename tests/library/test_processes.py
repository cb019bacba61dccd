"""Several processes at one library, and processes that die."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from sources.errors import LibraryDamaged
from sources.library import Library
from tests.library.parsed_files import FERRY, article, put

if TYPE_CHECKING:
    from pathlib import Path

# Takes parcels of thirty texts in, one after the other, and says when it begins and how far it is.
WRITER = """
import sys
from pathlib import Path
from sources.library import Library
from tests.library.parsed_files import put, records

name, folder = sys.argv[1], Path(sys.argv[2])
with Library.open(folder) as library:
    print("open", flush=True)
    for number in range(int(sys.argv[3])):
        texts = [f"{name} {number} {line}. " + "The tide came in. " * 200 for line in range(30)]
        put(library, records(*texts), slug=f"{name}-{number}", path=f"/in/{name}-{number}.jsonl")
        print(number, flush=True)
"""


def writer(name: str, folder: Path, parsed_files: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, name, str(folder), str(parsed_files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def whole_parcels(library: Library) -> set[str]:
    """Return the stories, having made sure that each holds all of its texts."""
    stories = library.stories()
    assert {story.sources for story in stories} <= {30}
    for story in stories:
        assert len([source for source in library.texts(story.slug) if len(source.text) > 3000]) == 30
    return {story.slug for story in stories}


def test_two_processes_write_at_once_and_nothing_is_lost(library: Library) -> None:
    put(library, article(FERRY), slug="mine")
    writers = [writer(name, library.folder, 6) for name in ("ebb", "flow")]
    seen = []
    while any(process.poll() is None for process in writers):
        seen.append(library.change_number)
        library.entries()
        time.sleep(0.02)
    for process in writers:
        process.communicate()
        assert process.returncode == 0
    assert seen == sorted(seen)
    assert library.change_number == 13
    library.remove("mine")
    assert whole_parcels(library) == {f"{name}-{number}" for name in ("ebb", "flow") for number in range(6)}
    assert library.check() == ()


@pytest.mark.slow
@pytest.mark.parametrize("attempt", range(20))
def test_a_killed_writer_leaves_each_parcel_whole_or_not_at_all(tmp_path: Path, attempt: int) -> None:
    folder = tmp_path / "library"
    process = writer("tide", folder, 1000)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(random.Random(attempt).uniform(0, 0.8))  # noqa: S311 - a moment, not a secret
    process.kill()
    said = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    with Library.open(folder) as library:
        assert library.check() == ()
        there = whole_parcels(library)
        assert {f"tide-{number}" for number in said} <= there
        assert len(there) <= len(said) + 1


@pytest.mark.slow
@pytest.mark.parametrize("attempt", range(20))
def test_a_writer_killed_while_the_library_is_made_leaves_none_or_one(tmp_path: Path, attempt: int) -> None:
    folder = tmp_path / "library"
    process = writer("tide", folder, 1)
    while not folder.exists():
        time.sleep(0.001)
    time.sleep(random.Random(attempt).uniform(0, 0.03))  # noqa: S311 - a moment, not a secret
    process.kill()
    process.communicate()
    try:
        with Library.open(folder) as library:
            assert library.check() == ()
    except LibraryDamaged as error:  # pragma: no cover - tells what went wrong
        pytest.fail(str(error))
