"""Opening the search index in step with the library, with progress for who looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import SearchIndex

if TYPE_CHECKING:
    from collections.abc import Callable

    from index import IndexProgress
    from sources.library import Library
    from tui.cli.console import Console

INDEX_FOLDER = "index"


def open_index(console: Console, library: Library) -> SearchIndex:
    """Open the library's index and bring it in step; say so where it had to be built anew.

    Raises IndexTrouble.
    """
    folder = library.folder / INDEX_FOLDER
    is_first = not folder.exists()
    index = SearchIndex.open(folder, library, progress=index_progress(console))
    report = index.catch_up(progress=index_progress(console))
    console.end_progress()
    if report.rebuilt and not is_first:
        console.say(f"The search index was built anew. {report.reason or ''}".rstrip())
    elif report.reason and not is_first:
        console.say(report.reason)
    return index


def bring_index_up(console: Console, library: Library) -> None:
    """Let the index learn what changed in the library; raises IndexTrouble."""
    open_index(console, library).close()


def index_progress(console: Console) -> Callable[[IndexProgress], None]:
    """Return what shows the progress of indexing."""

    def show(progress: IndexProgress) -> None:
        console.progress(f"indexing {progress.done} of {progress.total}")

    return show
