from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.index_sync
import index.search_index
import index.whoosh_engine.index_writer
import index.whoosh_engine.parallel_build
from index import SearchIndex
from index.analysis import analyse
from sources.errors import IndexTrouble
from tests.index.shelf import draft, put, put_texts
from tests.properties import dear

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.library import Library

TEXTS = {str(n): f"The ferry number{n} paid ${n}.5 million, said Ann Ferrier." for n in range(70)}


@pytest.fixture
def filled(library: Library) -> Library:
    put_texts(library, "s", TEXTS)
    return library


class Here:
    """Does the work of other processes in this one, but only when it is asked for what came of it."""

    def __init__(self, *, breaks: bool) -> None:
        self._breaks = breaks

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        from concurrent.futures.process import BrokenProcessPool

        future: Future[Any] = Future()
        if self._breaks:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(work())
        return future

    def shutdown(self, **_: object) -> None:
        pass


def fixed(executor: object) -> Any:
    """Return what always gives the same, and remembers that as the original does."""
    index.whoosh_engine.parallel_build.shut_down()
    return lru_cache(maxsize=1)(lambda: executor)


@pytest.fixture
def bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a few texts for very many."""
    monkeypatch.setattr(index.whoosh_engine.index_writer, "SERIAL", 5)
    monkeypatch.setattr(index.index_sync, "READ_AT_ONCE", 5)
    monkeypatch.setattr(index.whoosh_engine.parallel_build, "_SMALLEST", 9)


def check(opened: SearchIndex) -> None:
    assert opened.search("ferry", all_copies=True).total == 70
    assert opened.search("number33").total == 1
    assert opened.problems() == ()


@pytest.mark.usefixtures("bulk")
def test_many_texts_are_found_by_their_words_before_their_names_are_read(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    index.whoosh_engine.parallel_build.shut_down()
    with SearchIndex.open(folder, filled) as opened:
        check(opened)
        assert "70 texts are still to be read" in opened.search("ferry").state
        assert opened.search("person:ferrier").total == 0
        assert "70 texts" in opened.freshness().note
        steps: list[int] = []
        assert opened.read_on(progress=lambda state: steps.append(state.done)) == 0
        assert steps[-1] == 70
        check(opened)
        assert opened.search("ferry").state == ""
        assert opened.search("person:ferrier", all_copies=True).total == 70
        assert opened.read_on() == 0
    assert [path.name for path in folder.glob("part-*")] == []


@pytest.mark.long
@pytest.mark.usefixtures("bulk")
@pytest.mark.parametrize(
    "others", [Here(breaks=False), Here(breaks=True), None], ids=["work", "break", "are none"]
)
def test_an_index_is_whole_whatever_becomes_of_other_processes(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, others: Here | None
) -> None:
    monkeypatch.setattr(index.whoosh_engine.parallel_build, "executor", fixed(others))
    with SearchIndex.open(folder, filled) as opened:
        check(opened)
        assert opened.read_on() == 0
        check(opened)
        assert opened.search("person:ferrier", all_copies=True).total == 70


@pytest.mark.usefixtures("bulk")
def test_reading_on_goes_on_where_it_was_interrupted(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.whoosh_engine.parallel_build, "executor", fixed(None))
    monkeypatch.setattr(index.search_index, "READ_TOGETHER", 20)
    told = 0

    def interrupt(_: object) -> None:
        nonlocal told
        told += 1
        if told == 30:
            raise KeyboardInterrupt

    with SearchIndex.open(folder, filled) as opened:
        with pytest.raises(KeyboardInterrupt):
            opened.read_on(progress=interrupt)
        check(opened)
        assert "50 texts" in opened.search("ferry").state
        assert opened.search("person:ferrier", all_copies=True).total == 20
    with SearchIndex.open(folder, filled) as opened:
        assert opened.read_on() == 0
        assert opened.search("person:ferrier", all_copies=True).total == 70


@pytest.mark.usefixtures("bulk")
def test_changes_come_between_words_and_names(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.whoosh_engine.parallel_build, "executor", fixed(None))
    with SearchIndex.open(folder, filled) as opened:
        put(filled, "t", draft("The ferry paid $7 million, said Bo Lund.", "7"))
        assert opened.read_on() == 70, "an index that is behind is brought in step first"
        opened.catch_up()
        assert opened.search("person:lund").total == 1
        assert opened.read_on() == 0
        assert opened.search("person:ferrier", all_copies=True).total == 70
        assert opened.search("ferry", all_copies=True).total == 71
        assert opened.problems() == ()


@pytest.mark.usefixtures("bulk")
def test_a_full_disk_leaves_no_parts(filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.whoosh_engine.parallel_build, "executor", fixed(Here(breaks=False)))
    with SearchIndex.open(folder, filled) as opened:

        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(index.whoosh_engine.parallel_build, "merge_segments", full)
        with pytest.raises(IndexTrouble, match="No space"):
            opened.read_on()
        check(opened)
    assert [path.name for path in folder.glob("part-*")] == []


def test_the_names_of_the_other_texts_of_a_story_follow_what_a_new_one_tells(
    library: Library, folder: Path
) -> None:
    put_texts(
        library, "deal", {"a": "Moss signed on Friday, and the port was sold.", "b": "Ferries ran late."}
    )
    with SearchIndex.open(folder, library) as opened:
        assert opened.search('person:"ada moss"').total == 0
        put(library, "deal", draft('"We sell the port," said Ada Moss, the chief executive.', "c"))
        opened.catch_up()
        found = {str(hit.ref) for hit in opened.search('person:"ada moss"').hits}
        assert found == {"deal/1", "deal/3"}
        assert opened.problems() == ()
        library.remove(library.refs("deal")[2])
        opened.catch_up()
        assert opened.search('person:"ada moss"').total == 0
        assert opened.search("moss").total == 1
        assert opened.problems() == ()


@pytest.mark.usefixtures("bulk")
def test_names_follow_when_very_many_texts_come_at_once(library: Library, folder: Path) -> None:
    put_texts(library, "deal", {"a": "Moss signed on Friday, and the port was sold."})
    with SearchIndex.open(folder, library) as opened:
        put_texts(
            library, "deal", {str(n): f'"We sell port {n}," said Ada Moss, the chief.' for n in range(9)}
        )
        opened.catch_up()
        assert opened.search("port", all_copies=True).total == 10
        assert opened.read_on() == 0
        assert opened.search('person:"ada moss"', all_copies=True).total == 10
        assert opened.problems() == ()


_PIECES = st.sampled_from(
    ["The", "ran", ".", ",", "'s", "’", "“", "U.S.", "C++", "#tag", "$5", "é", "-", "R&D", "港口"]
)


@pytest.mark.long
@dear(100)
@given(st.lists(_PIECES | st.characters(), max_size=5).map("".join))
def test_a_plain_word_is_taken_apart_as_any_other(raw: str) -> None:
    piece = "".join(raw.split())
    analysed = analyse(piece)
    taken = index.whoosh_engine.parallel_build.analyse_piece(piece)
    if isinstance(taken, str):
        taken = index.whoosh_engine.parallel_build.analyse_piece(taken)
    assert not isinstance(taken, str)
    assert taken.words == analysed.length
    assert sorted(taken.placed) == sorted(
        (term, place) for term, places in analysed.positions.items() for place in places
    )
    assert sorted(taken.without_positions) == sorted(Counter(analysed.stems).elements())


def run_with_odd_errors(program: str, folder: Path) -> str:
    """Run a program whose standard error names no descriptor, as the app's does; return what it prints."""
    odd = "import io, os, sys\nclass Odd(io.StringIO):\n    def fileno(self): return -1\nsys.stderr = Odd()\n"
    few = (
        "import index.whoosh_engine.parallel_build, index.whoosh_engine.index_writer, index.index_sync\n"
        "os.cpu_count = lambda: 2\n"
    )
    few += "index.whoosh_engine.index_writer.SERIAL = 5\nindex.whoosh_engine.parallel_build._SMALLEST = 9\n"
    done = subprocess.run(
        [sys.executable, "-c", odd + few + program, str(folder)],
        capture_output=True, text=True, check=False, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


BUILD = """
from index import SearchIndex
from pathlib import Path
from sources.library import Library
folder = Path(sys.argv[1])
with Library.open(folder) as library, SearchIndex.open(folder / "index", library) as opened:
    print(opened.search("ferry", all_copies=True).total, opened.problems(), isinstance(sys.stderr, Odd))
"""


@pytest.mark.long
def test_processes_start_although_standard_error_names_no_descriptor(filled: Library) -> None:
    program = """
written = index.whoosh_engine.parallel_build.build_segments
def counted(executor, *rest):
    print(type(executor).__name__)
    return written(executor, *rest)
index.whoosh_engine.parallel_build.build_segments = counted
"""
    assert run_with_odd_errors(program + BUILD, filled.folder) == "ProcessPoolExecutor\n70 () True\n"


@pytest.mark.long
@pytest.mark.parametrize(
    "refusal",
    [
        "multiprocessing.resource_tracker.ensure_running = refuse",
        "multiprocessing.popen_spawn_posix.Popen._launch = refuse",
        "multiprocessing.spawn.get_executable = lambda: '/bin/false'",
    ],
    ids=["no means", "no process", "a process that ends at once"],
)
def test_all_is_indexed_where_no_process_starts(filled: Library, refusal: str) -> None:
    program = f"""
import multiprocessing.popen_spawn_posix, multiprocessing.resource_tracker, multiprocessing.spawn
def refuse(*_):
    raise BlockingIOError(11, "Resource temporarily unavailable")
{refusal}
"""
    assert run_with_odd_errors(program + BUILD, filled.folder) == "70 () True\n"


def test_what_was_read_in_several_commits_becomes_one_segment(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.index_sync.READ_AT_ONCE", 5)
    monkeypatch.setattr("index.search_index.READ_TOGETHER", 8)
    with SearchIndex.open(folder, filled) as opened:
        assert opened.freshness().unread == len(TEXTS)
        assert opened.read_on() == 0
        assert opened.search("figure:>$0.1m", all_copies=True).total == len(TEXTS)
        assert opened.problems() == ()
    assert len(list(folder.glob("*.seg"))) == 1
