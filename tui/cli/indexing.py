"""Opening the search index in step with the library, with progress for who looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import SearchIndex
from sources.errors import IndexTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from index import CatchUp, IndexProgress
    from sources.library import Library
    from tui.cli.console import Console

INDEX_FOLDER = "index"


def open_index(console: Console, library: Library) -> SearchIndex:
    """Open the library's index and bring it in step; say so where it had to be built anew.

    Raises IndexTrouble.
    """
    index, report, is_first = _opened(console, library)
    if report.rebuilt and not is_first:
        console.say(f"The search index was built anew. {report.reason or ''}".rstrip())
    elif report.reason and not is_first:
        console.say(report.reason)
    return index


def bring_index_up(console: Console, library: Library) -> None:
    """Let the index learn what changed in the library; raises IndexTrouble where it cannot be written."""
    index, report, _ = _opened(console, library)
    try:
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
