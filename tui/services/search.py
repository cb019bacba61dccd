"""The search index of a library: opened in step with it, rebuilt, and asked."""

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
    from sources.model import Ref
    from tui.services.access import Audience

INDEX_FOLDER = "index"  # in the library's folder
PATIENCE = 1.0  # seconds that a search waits for the index to be brought in step
_TURNS = 5  # how often what others added meanwhile is taken in


def index_of(library: Library) -> SearchIndex:
    """Return the index of a library as it is, whether it is in step or not."""
    return SearchIndex(library.folder / INDEX_FOLDER, library)


@contextmanager
def searchable_index(audience: Audience, library: Library) -> Iterator[SearchIndex]:
    """Give the library's index, in step where that takes no longer than people like to wait.

    Otherwise searches are answered from what there is, and it is brought in step to the end afterwards.
    Raises IndexTrouble.
    """
    is_first = not (library.folder / INDEX_FOLDER).exists()
    index = index_of(library)
    step = _Step(audience, index)
    try:
        in_time = step.wait(PATIENCE)
        if in_time:
            _tell(audience, step.report(), is_first=is_first)
        yield index
        if not in_time:
            audience.answered()
            step.wait(None)
            try:
                _tell(audience, step.report(), is_first=is_first)
            except IndexTrouble as error:  # no failure of the search any more, which is answered
                audience.say(str(error))
    finally:
        index.close()


def _tell(audience: Audience, report: CatchUp, *, is_first: bool) -> None:
    if not report.rebuilt:
        if report.reason:
            audience.say(report.reason)
    elif not is_first:
        audience.say(f"The search index was built again. {report.reason or ''}".rstrip())


class _Step:
    """Brings an index in step beside the searches; its progress is shown while somebody waits for it."""

    def __init__(self, audience: Audience, index: SearchIndex) -> None:
        self._audience = audience
        self._index = index
        self._show = index_progress(audience)
        self._waits = True
        self._report = CatchUp()
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
        self._audience.end_progress()
        return not self._thread.is_alive()

    def report(self) -> CatchUp:
        """Return what was done; raises what went wrong."""
        if self._trouble is not None:
            raise self._trouble
        return self._report


def bring_index_up(audience: Audience, library: Library) -> None:
    """Let the index learn what changed in the library; raises IndexTrouble where it cannot be written.

    What another process adds meanwhile is taken in as well, since that one may not wait so long.
    """
    index = SearchIndex.open(library.folder / INDEX_FOLDER, library, progress=index_progress(audience))
    report = index.catch_up(progress=index_progress(audience))
    audience.end_progress()
    try:
        _read_on(audience, index)
        for _ in range(_TURNS):
            state = index.freshness()
            if report.failed or not (state.behind or state.unread):
                break
            index.catch_up(progress=index_progress(audience))
            _read_on(audience, index)
    finally:
        index.close()
    if report.failed and report.reason:
        raise IndexTrouble(report.reason)
    if report.reason and not report.rebuilt:
        audience.say(report.reason)


def rebuild(audience: Audience, library: Library) -> int:
    """Make the index again, with all that is found in it, and return its texts; raises IndexTrouble."""
    with index_of(library) as index:
        index.rebuild(progress=index_progress(audience))
        _read_on(audience, index)
        return index.freshness().indexed


def _read_on(audience: Audience, index: SearchIndex) -> None:
    """Read the evidence of texts whose words alone are indexed."""
    index.read_on(progress=index_progress(audience, "reading names, quotes and figures:"))
    audience.end_progress()


def index_progress(audience: Audience, doing: str = "indexing") -> Callable[[IndexProgress], None]:
    """Return what shows the progress of indexing."""

    def show(progress: IndexProgress) -> None:
        audience.progress(f"{doing} {progress.done} of {progress.total}")

    return show


def found_refs(
    index: SearchIndex, library: Library, query: str, story: str | None
) -> tuple[frozenset[Ref], str]:
    """Return all sources that a query finds, near copies too, and what is to be said of the index's state.

    Raises QueryError and IndexTrouble.
    """
    found = index.search(query, story=story, limit=library.count(story), all_copies=True)
    return frozenset(hit.ref for hit in found.hits), found.state
