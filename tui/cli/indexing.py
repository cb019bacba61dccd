"""Keeping the search index in step with the library after a change, with progress for who looks on."""

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
    """Open the library's index; raises IndexTrouble."""
    return SearchIndex.open(library.folder / INDEX_FOLDER, library, progress=index_progress(console))


def bring_index_up(console: Console, library: Library) -> None:
    """Let the index learn what changed in the library, and say so where it had to be built anew."""
    index = open_index(console, library)
    try:
        caught_up = index.catch_up(progress=index_progress(console))
    finally:
        index.close()
        console.end_progress()
    if caught_up.rebuilt and caught_up.reason:
        console.say(f"The search index was built anew: {caught_up.reason}")


def index_progress(console: Console) -> Callable[[IndexProgress], None]:
    """Return what shows the progress of indexing."""

    def show(progress: IndexProgress) -> None:
        console.progress(f"indexing {progress.done} of {progress.total}")

    return show
