"""What is left when a process that writes the index is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from tests.index.shelf import put_texts

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

KILLS = int(os.environ.get("CROSSREAD_KILLS", "60"))

WRITER = """
import sys
from pathlib import Path
from index import SearchIndex
from sources.library import Library

library = Library.open(Path(sys.argv[1]))
index = SearchIndex.open(library.folder / "index", library)
print("ready", flush=True)
while True:
    index.rebuild()
    print("again", flush=True)
"""


def killed_while_writing(library: Library, after: float) -> None:
    """Let a process write the index again and again, and kill it at some moment."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(library.folder)], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


def check(library: Library, folder: Path) -> None:
    with SearchIndex.open(folder, library) as index:
        done = index.catch_up()
        assert not done.rebuilt, done.reason
        assert index.search("ferry").total == 40
        assert index.search("number:7 ferry").total == 1
        assert index.problems() == ()


def searching(
    library: Library,
    folder: Path,
    stop: threading.Event,
    answers: Counter[tuple[int, bool]],
    failures: list[str],
) -> None:
    """Search until told to stop, as the app does beside a command that writes."""
    with SearchIndex.open(folder, library) as index:
        while not stop.is_set():
            try:
                results = index.search("ferry")
            except Exception as error:
                failures.append(repr(error))
            else:
                answers[results.total, results.whole] += 1
        done = index.catch_up()
        if done.rebuilt:
            failures.append(f"built again: {done.reason}")


@pytest.fixture
def filled(library: Library) -> Library:
    put_texts(library, "s", {f"k{n}": f"The ferry number {n} sails. " + "Tide. " * n for n in range(40)})
    return library


@pytest.mark.long
def test_a_killed_writer_leaves_a_whole_generation(filled: Library, folder: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - not for secrets
    for _ in range(3):
        killed_while_writing(filled, chance.uniform(0.0, 0.4))
        check(filled, folder)


@pytest.mark.slow
def test_a_hundred_killed_writers_leave_whole_generations(filled: Library, folder: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    for _ in range(100):
        killed_while_writing(filled, chance.uniform(0.0, 0.6))
        check(filled, folder)
    assert list(folder.parent.glob("index.damaged-*")) == []


@pytest.mark.slow
def test_readers_never_fail_while_writers_are_killed(filled: Library, folder: Path) -> None:
    SearchIndex.open(folder, filled).close()
    stop = threading.Event()
    answers: Counter[tuple[int, bool]] = Counter()
    failures: list[str] = []
    reader = threading.Thread(target=searching, args=(filled, folder, stop, answers, failures))
    reader.start()
    chance = random.Random(7)  # noqa: S311 - not for secrets
    for _ in range(KILLS):
        killed_while_writing(filled, chance.uniform(0.0, 0.5))
    stop.set()
    reader.join(60)
    assert failures == []
    assert set(answers) == {(40, True)}
    assert answers.total() > KILLS
    check(filled, folder)
    assert list(folder.parent.glob("index.damaged-*")) == []
