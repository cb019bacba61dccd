"""A file of the index that is cut off while somebody reads it: an error or an answer, never a crash."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from tests.index.shelf import put_texts
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

pytestmark = pytest.mark.slow

CUTTER = "import os, sys; os.truncate(sys.argv[1], int(sys.argv[2]))"
READER = """
import sys, time
from pathlib import Path
from index import SearchIndex
from sources.library import Library

library = Library.open(Path(sys.argv[1]))
largest = Path(sys.argv[2])
size = largest.stat().st_size
with SearchIndex.open(library.folder / "index", library) as index:
    assert index.search("w7x9").total == 1
    print("ready", flush=True)
    until = time.monotonic() + float(sys.argv[3])
    while largest.exists() and largest.stat().st_size == size and time.monotonic() < until:
        for word in ("w7x9", "w2*", '"w3x1 w3x2"', "w5x5 OR w6x6"):
            results = index.search(word)
            assert results.total or results.state
    for _ in range(50):
        results = index.search("w7x9")
        assert results.total == 1 or results.state
    index.catch_up()
    assert index.search("w7x9").total == 1
print("well")
"""


def filled(library: Library, folder: Path) -> Path:
    """Put texts in that take a file which is mapped; return the file."""
    put_texts(library, "s", {str(n): " ".join(f"w{n}x{m}" for m in range(500)) for n in range(300)})
    SearchIndex.open(folder, library).close()
    largest = max(folder.glob("*.seg"), key=lambda path: path.stat().st_size)
    assert largest.stat().st_size > 1 << 20, "only larger files are mapped"
    return largest


def test_a_file_that_is_cut_off_while_it_is_searched_is_no_crash(library: Library, folder: Path) -> None:
    largest = filled(library, folder)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(library.folder), str(largest), str(PATIENCE)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    # In the midst of whatever search is under way.
    subprocess.run([sys.executable, "-c", CUTTER, str(largest), "4096"], check=True, timeout=3 * PATIENCE)
    said, complaints = reader.communicate(timeout=3 * PATIENCE)
    assert (reader.returncode, said) == (0, "well\n"), complaints[-2000:]


def test_an_index_at_rest_lets_a_file_be_cut_off_with_its_next_search(library: Library, folder: Path) -> None:
    largest = filled(library, folder)
    with SearchIndex.open(folder, library) as opened:
        assert opened.search("w7x9").total == 1
        cutter = subprocess.Popen([sys.executable, "-c", CUTTER, str(largest), "4096"])
        deadline = time.monotonic() + PATIENCE
        while cutter.poll() is None and time.monotonic() < deadline:
            results = opened.search("w7x9")
            assert results.total == 1 or results.state
        assert cutter.wait(PATIENCE) == 0
        opened.catch_up()
        assert opened.search("w7x9").total == 1
        assert opened.problems() == ()
