"""The search index of a library: opening, searching, keeping in step."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Self

from index.index_sync import IndexSync, needs_merging
from index.interface import TIME_LIMIT, Cancelled, CatchUp, Deadline, Freshness, Results, never
from index.manifest import latest_generation
from index.query import parse
from sources import logs
from sources.errors import CrossreadError, IndexTrouble, QueryError
from sources.model import SORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.interface import IndexProgress
    from index.manifest import Manifest
    from index.reader import IndexReader
    from index.search import Request
    from sources.library import Library
    from sources.model import Ref

_PATIENCE = 1.0  # seconds that a search waits for a damaged index to be built again
_TURN = 0.02  # seconds between two looks whether a waiting search was cancelled
_BEHIND = "The library has changed since it was indexed; the answers are from before."
_UNREAD = "Names, quotes and figures of {} are still to be read; words are found in all."
READ_TOGETHER = 8192  # texts that are read for evidence in one commit


class SearchIndex:
    """The index of one library; it may be used by several threads, and by several processes at once.

    Searches of one object take turns; one that nobody waits for any more gives its turn up.
    """

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = folder
        self._library = library
        self._upkeep = IndexSync(folder, library)
        self._turn = threading.Lock()
        self._reader: IndexReader | None = None
        self._manifest: Manifest | None = None
        self._unreported = CatchUp()
        self._stepping = threading.Lock()  # held by who brings the index in step
        self._mending: threading.Thread | None = None
        self._trouble = ""  # why the index could not be mended
        self._rescue: IndexReader | None = None  # what is searched meanwhile

    @classmethod
    def open(
        cls,
        folder: Path,
        library: Library,
        *,
        progress: Callable[[IndexProgress], None] | None = None,
    ) -> Self:
        """Open the index in ``folder``, which lies in the library's own, and bring it in step.

        An index that is missing, damaged, of another library or of another version is built again. While
        another process is writing, the index is opened as it is. Raises IndexTrouble when there is
        nothing to answer from.
        """
        index = cls(folder, library)
        index._unreported = index._step(progress)
        return index

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the files go; closing twice does no harm."""
        with self._turn:
            self._drop_reader()
        self._upkeep.rest()

    # Keeping in step

    def catch_up(self, *, progress: Callable[[IndexProgress], None] | None = None) -> CatchUp:
        """Take in what changed in the library.

        Returns all that was done since the index was opened or since the last call, so that the caller
        learns of a rebuilding at opening as well. Raises IndexTrouble.
        """
        done = self._step(progress)
        before, self._unreported = self._unreported, CatchUp()
        return CatchUp(
            rebuilt=done.rebuilt or before.rebuilt,
            reason=done.reason or before.reason,
            changed=done.changed + before.changed,
            removed=done.removed + before.removed,
            failed=done.failed or before.failed,
        )

    def read_on(self, *, progress: Callable[[IndexProgress], None] | None = None) -> int:
        """Read the names, quotes and figures of texts whose words alone are indexed yet, until all are.

        Of very many texts at once only the words are indexed at first, so that they are found soon. Returns
        how many are left: some are when another process is writing, or the library has changed meanwhile.
        Raises IndexTrouble when the index cannot be written; what ``progress`` raises ends the reading, and
        what was read until then stays read.
        """
        try:
            while True:
                read, left = self._upkeep.read_evidence(READ_TOGETHER, progress)
                if not (read and left):
                    return left
        except OSError as error:
            raise IndexTrouble(
                f"The search index could not be written to {self._folder} ({error.strerror})."
            ) from error
        finally:
            self._upkeep.rest()

    def rebuild(self, *, progress: Callable[[IndexProgress], None] | None = None) -> CatchUp:
        """Make the index again; searches go on with the old one meanwhile. Raises IndexTrouble."""
        done = self._upkeep.rebuild("It was asked for.", progress)
        self._unreported = CatchUp()
        return done

    def freshness(self) -> Freshness:
        """Tell how far the index is in step with the library; never builds anything."""
        try:
            with self._turn:
                reader, manifest = self._current()
                count = reader.count
        except CrossreadError:
            raise
        except Exception as error:
            if not self._upkeep.is_damage(error):
                raise
            return Freshness(0, 0, "The search index cannot be read; the next search builds it again.")
        changes = self._library.changes_since(manifest.change)
        behind = len(changes.changed) + len(changes.removed)
        if manifest.change == self._library.change_number and manifest.unread:
            unread = manifest.unread_texts
            note = f"in step with the library, {_texts(unread)} still to be read for names"
            return Freshness(count, 0, note, unread)
        if manifest.change == self._library.change_number:
            return Freshness(count, 0, f"in step with the library, {_texts(count)}")
        return Freshness(count, behind, f"{_texts(count)}, {behind} behind the library")

    def lacking(self) -> tuple[tuple[Ref, str], ...]:
        """Return the texts that could not be read in full, and what the index lacks of each.

        That is LACKS_WORDS or LACKS_EVIDENCE. Reads what is stored of every text; raises IndexTrouble.
        """
        with self._turn:
            reader, _ = self._current()
            found = [reader.stored(number) for number in reader.documents()]
        return tuple((stored.ref, stored.lacks) for stored in found if stored.lacks)

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the index, a sentence each; nothing when all is well.

        Reads every file; what is merely behind the library is no problem.
        """
        from index.reader import CHECKED_IN_FULL, NotUsable, open_newest

        try:
            reader, manifest = open_newest(self._folder, self._upkeep.examined, read_up_to=CHECKED_IN_FULL)
        except (NotUsable, CrossreadError) as error:
            return (str(error),)
        try:
            return tuple(_disagreements(reader, manifest, self._library))
        finally:
            reader.close()

    # Searching

    def search(  # noqa: PLR0913 - all that may be asked of a search
        self,
        query: str,
        *,
        story: str | None = None,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        all_copies: bool = False,
        facets: int = 0,
        unfinished: bool = False,
        cancelled: Callable[[], bool] = never,
        deadline: float = TIME_LIMIT,
    ) -> Results:
        """Return one page of what ``query`` finds.

        ``sort`` is one of SORTS; with ``all_copies`` near copies are hits of their own; ``facets`` is
        how many values of each facet are wanted. An ``unfinished`` query is still being typed: what is open
        in it is closed, and its last word stands for all that begin so as well, at least for the most
        frequent; where some were left out the answer is not ``whole``. ``cancelled`` is asked often, and an
        answer nobody waits for is empty.
        After ``deadline`` seconds the answer is what was found until then. A damaged index is built again
        beside the searches, which are answered from what of it is whole, or else from some of the texts;
        ``state`` says so. Raises QueryError for a query that cannot be read, and IndexTrouble when there is
        nothing to answer from.
        """
        if sort not in SORTS:
            raise QueryError(
                f"there is no order {sort}", query=query, position=0, hint=f"use {', '.join(SORTS)}"
            )
        from index.search import Request

        node = parse(query, unfinished=unfinished)
        request = Request(query, node, story, max(limit, 0), max(offset, 0), sort, all_copies, facets)
        answer = partial(self._answer, request, cancelled, deadline)
        try:
            try:
                return answer()
            except (CrossreadError, Cancelled):
                raise
            except Exception as error:
                with self._turn:
                    self._drop_reader()
                damaged = self._upkeep.is_damage(error)
            if not damaged:  # what is there now may be another generation; a bug is met again
                return answer()
            if self._mended(min(_PATIENCE, deadline / 2)):
                return answer()
            return self._rescued_answer(request, cancelled, deadline / 2)
        except Cancelled:
            return Results(query, 0, (), None, "The search was cancelled.", whole=False)

    def _mended(self, seconds: float) -> bool:
        """Have a damaged index built again beside the searches; tell whether it is there already."""
        if self._mending is None or not self._mending.is_alive():
            self._mending = threading.Thread(target=self._mend, daemon=True)
            self._mending.start()
        self._mending.join(seconds)
        return not self._mending.is_alive() and not self._trouble

    def _mend(self) -> None:
        self._trouble = ""
        try:
            with self._stepping:
                self._unreported = self._upkeep.replace_damaged("The search index was damaged.")
        except CrossreadError as error:
            self._trouble = str(error)
        except Exception as error:  # a thread's errors are seen by nobody else
            said = logs.record(error, "The search index was built again.")
            self._trouble = f"The search index could not be built again: {said}."

    def _rescued_answer(self, request: Request, cancelled: Callable[[], bool], deadline: float) -> Results:
        """Answer from what is whole of the index, or from some of the texts, while it is built again."""
        from index.search import search

        with self._turn:
            if self._rescue is None:
                self._rescue = self._upkeep.rescued(deadline / 2)
            results = search(self._rescue, self._library, request, Deadline(deadline, cancelled))
            count = self._rescue.count
        doing = self._trouble or "The search index is being built again."
        return results._replace(state=f"{doing} {count} of {_texts(self._library.count())} were searched.")

    def _answer(self, request: Request, cancelled: Callable[[], bool], deadline: float) -> Results:
        from index.search import search

        while not self._turn.acquire(timeout=_TURN):
            if cancelled():
                raise Cancelled
        try:
            reader, manifest = self._current()
            results = search(reader, self._library, request, Deadline(deadline, cancelled))
        finally:
            self._turn.release()
        if results.state:
            return results
        if manifest.change != self._library.change_number:
            return results._replace(state=_BEHIND)
        if unread := manifest.unread_texts:
            return results._replace(state=_UNREAD.format(_texts(unread)))
        return results

    # With the turn taken

    def _step(self, progress: Callable[[IndexProgress], None] | None) -> CatchUp:
        """Bring the files in step, and make sure that they can be read."""
        with self._stepping:
            done = self._upkeep.catch_up(progress)
            if self._is_readable(done):
                return done
            return self._upkeep.replace_damaged("The search index was damaged.", progress)

    def _is_readable(self, done: CatchUp) -> bool:
        """Open what is there after something was done; tells whether that went well."""
        with self._turn:
            try:
                reader, manifest = self._current()
                if done.changed or done.rebuilt:
                    from index.near_duplicates import near_duplicates

                    near_duplicates(reader)  # so that no search has to wait for it
                if done.changed and needs_merging(manifest):
                    threading.Thread(target=self._tidy, daemon=True).start()
            except CrossreadError:
                raise
            except Exception as error:
                self._drop_reader()
                if not self._upkeep.is_damage(error):
                    raise
                return False
        return True

    def _current(self) -> tuple[IndexReader, Manifest]:
        """Return a reader of the newest generation; whatever is raised means that it is damaged."""
        if (
            self._reader is not None
            and self._manifest is not None
            and self._reader.generation == latest_generation(self._folder)
        ):
            return self._reader, self._manifest
        self._drop_reader()
        from index.reader import open_newest

        self._reader, self._manifest = open_newest(self._folder, self._upkeep.examined)
        if self._rescue is not None:
            self._rescue.close()
            self._rescue = None
        return self._reader, self._manifest

    def _tidy(self) -> None:
        """Merge segments while nobody waits; whatever comes in between, the next change starts it again."""
        try:
            self._upkeep.tidy()
        except (CrossreadError, OSError):
            pass  # as above
        except Exception as error:  # a thread's errors are seen by nobody else
            logs.record(error, "Segments of the search index were merged.")

    def _drop_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._reader = self._manifest = None


def _disagreements(reader: IndexReader, manifest: Manifest, library: Library) -> list[str]:
    """Compare what is stored in the index with the library, text by text."""
    if manifest.change != library.change_number:
        return []
    indexed = {reader.stored(number).ref: reader.stored(number).sha256 for number in reader.documents()}
    problems = []
    for ref in library.refs():
        sha256 = indexed.pop(ref, None)
        if sha256 is None:
            problems.append(f"{ref} is not in the search index.")
        elif sha256 != library.source(ref).origin.sha256:
            problems.append(f"{ref} has another text in the search index.")
    problems.extend(
        f"{ref} is in the search index but not in the library." for ref in sorted(map(str, indexed))
    )
    return problems


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count} texts"
