"""Opening the search index in step with the library, with progress for who looks on."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index import CatchUp, SearchIndex
from sources.errors import IndexTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index import IndexProgress
    from sources.library import Library
    from tui.cli.console import Console

INDEX_FOLDER = "index"
_TURNS = 5  # how often what others added meanwhile is taken in
PATIENCE = 1.0  # seconds that a search waits for the index to be brought in step


def _tell(console: Console, report: CatchUp) -> None:
    if report.rebuilt:
        console.say(f"The search index was built anew. {report.reason or ''}".rstrip())
    elif report.reason:
        console.say(report.reason)


def _tell_end(console: Console, step: _Step) -> None:
    """Tell how it ended, after the answer; trouble with the index is no failure of the search any more."""
    try:
        report = step.report()
    except IndexTrouble as error:
        console.say(str(error))
    else:
        _tell(console, report)


@contextmanager
def searchable_index(console: Console, library: Library) -> Iterator[SearchIndex]:
    """Give the library's index, in step where that takes no longer than people like to wait.

    Otherwise searches are answered from what there is, and it is brought in step to the end afterwards.
    Raises IndexTrouble.
    """
    folder = library.folder / INDEX_FOLDER
    is_first = not folder.exists()
    index = SearchIndex(folder, library)
    step = _Step(console, index)
    try:
        in_time = step.wait(PATIENCE)
        if in_time:
            report = step.report()
            if not is_first:
                _tell(console, report)
        yield index
        if not in_time:
            console.out.flush()
            step.wait(None)
            _tell_end(console, step)
    finally:
        index.close()


class _Step:
    """Brings an index in step beside the searches; its progress is shown while somebody waits for it."""

    def __init__(self, console: Console, index: SearchIndex) -> None:
        self._console = console
        self._index = index
        self._show = index_progress(console)
        self._waits = True
        self._report = CatchUp(rebuilt=False, reason=None, changed=0, removed=0)
        self._trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._report = self._index.catch_up(progress=self._progress)
        except BaseException as error:  # whoever waits for it raises it again
            self._trouble = error

    def _progress(self, progress: IndexProgress) -> None:
        if self._waits:
            self._show(progress)

    def wait(self, seconds: float | None) -> bool:
        """Wait until it is done, or so long; tell whether it is done."""
        self._waits = True
        self._thread.join(seconds)
        self._waits = False
        self._console.end_progress()
        return not self._thread.is_alive()

    def report(self) -> CatchUp:
        """Return what was done; raises what went wrong."""
        if self._trouble is not None:
            raise self._trouble
        return self._report


def bring_index_up(console: Console, library: Library) -> None:
    """Let the index learn what changed in the library; raises IndexTrouble where it cannot be written.

    What another process adds meanwhile is taken in as well, since that one may not wait so long.
    """
    index, report, _ = _opened(console, library)
    try:
        read_on(console, index)
        for _ in range(_TURNS):
            state = index.freshness()
            if report.failed or not (state.behind or state.unread):
                break
            index.catch_up(progress=index_progress(console))
            read_on(console, index)
    finally:
        index.close()
    if report.failed and report.reason:
        raise IndexTrouble(report.reason)
    if report.reason and not report.rebuilt:
        console.say(report.reason)


def rebuild(console: Console, index: SearchIndex) -> None:
    """Make the index anew, with all that is found in it; raises IndexTrouble."""
    index.rebuild(progress=index_progress(console))
    read_on(console, index)


def read_on(console: Console, index: SearchIndex) -> None:
    """Read the evidence of texts whose words alone are indexed; raises IndexTrouble."""
    index.read_on(progress=index_progress(console, "reading names, quotes and figures:"))
    console.end_progress()


def _opened(console: Console, library: Library) -> tuple[SearchIndex, CatchUp, bool]:
    """Return the index, what was done to bring it in step, and whether there was none before."""
    folder = library.folder / INDEX_FOLDER
    is_first = not folder.exists()
    index = SearchIndex.open(folder, library, progress=index_progress(console))
    report = index.catch_up(progress=index_progress(console))
    console.end_progress()
    return index, report, is_first


def index_progress(console: Console, doing: str = "indexing") -> Callable[[IndexProgress], None]:
    """Return what shows the progress of indexing."""

    def show(progress: IndexProgress) -> None:
        console.progress(f"{doing} {progress.done} of {progress.total}")

    return show
