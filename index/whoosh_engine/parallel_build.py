"""Segments of many texts, written by several processes at once.

Each process takes a portion of the texts, reads them from the library itself and writes them as segments
beside those of the index; what the processes hand back are names of files and of texts. They are fresh ones
rather than forks, since the app has threads.
"""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache, partial
from io import UnsupportedOperation
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, TypeVar, cast

from index.analysis import LONGEST_TERM, STEM_MARK, analyse
from index.documents import add_analysable, documents
from index.whoosh_engine.merge_policy import SegmentSize, find_forced_merges
from index.whoosh_engine.schema import schema
from index.whoosh_engine.segment import SegmentFile
from index.whoosh_engine.segment_builder import Chunk
from index.whoosh_engine.segment_merger import merge_segments
from index.whoosh_engine.writer import DocumentBuffer
from sources import logs
from sources.library import Library
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from index.documents import Depth
    from sources.model import Ref

PART = "part-"  # what the names of files begin with that are in no generation yet
_LARGEST, _SMALLEST = 2000, 100  # texts of a portion
_ROUNDS = 4  # portions for each process, so that none waits long for the last
_MOST_PROCESSES = 4
_PUNCTUATION = ".,;:!?\"'()[]“”‘’—–…-"
_Made = TypeVar("_Made")


class Part(NamedTuple):
    """A segment that is in no generation yet, and how many documents it has."""

    path: Path
    documents: int


class Portion(NamedTuple):
    """What became of some texts: the segments they are in, and those that were there."""

    parts: tuple[Part, ...]
    refs: tuple[Ref, ...]


def analyse_piece(raw: str) -> Chunk | str:
    """Take a piece of text between white space apart, or name the plain word that it comes to.

    No word reaches across white space.
    """
    bare = raw.strip(_PUNCTUATION)
    if (
        bare.isascii() and bare.isalpha() and not bare.isupper()
    ):  # as most pieces are: one word, and no signs that belong to it
        word = bare.lower()[:LONGEST_TERM]
        if word != raw:
            return word
        root = stem(word)
        return Chunk(1, ((word, 0),), () if root == word else (STEM_MARK + root,))
    analysed = analyse(raw)
    placed = [(term, at) for term, positions in analysed.positions.items() for at in positions]
    stems = [root for root, count in analysed.stems.items() for _ in range(count)]
    return Chunk(analysed.length, placed, stems)


def processes() -> int:
    """Return how many processes may write at once."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


def build_segments(
    executor: Executor,
    library: Path,
    refs: Sequence[Ref],
    place: Path,
    depth: Depth,
    told: Callable[[int], None],
) -> tuple[tuple[Part, ...], tuple[Ref, ...]]:
    """Write the texts of the library in that folder into ``place``; return the segments and the texts there.

    ``told`` is told how many texts are done. Raises what writing raises, in whatever process it was.
    """
    size = max(_SMALLEST, min(_LARGEST, len(refs) // (processes() * _ROUNDS) + 1))
    works = [
        partial(write_portion, library, tuple(refs[first : first + size]), place, f"{PART}{first}", depth)
        for first in range(0, len(refs), size)
    ]
    parts: list[Part] = []
    there: list[Ref] = []
    try:
        for portion in _done(executor, works):
            parts += portion.parts
            there += portion.refs
            told(len(there))
    finally:
        _forget()
    weights = [SegmentSize(part.documents, part.documents, part.path.stat().st_size) for part in parts]
    groups = find_forced_merges(weights)
    merging = [partial(merge_parts, tuple(parts[at] for at in group), place) for group in groups]
    left = {at for at, _ in enumerate(parts)} - {at for group in groups for at in group}
    return (*_done(executor, merging), *(parts[at] for at in sorted(left))), tuple(there)


def write_portion(library: Path, refs: tuple[Ref, ...], place: Path, name: str, depth: Depth) -> Portion:
    """Write some texts as one segment, or several when they are long."""
    gathered_here = _gatherer()
    parts: list[Part] = []
    there: list[Ref] = []
    try:
        for ref, fields in documents(_library(library), refs, depth):
            add_analysable(gathered_here.add, fields)
            there.append(ref)
            if gathered_here.is_full:
                parts.append(_part(gathered_here, place / f"{name}-{len(parts)}"))
        if len(gathered_here):
            parts.append(_part(gathered_here, place / f"{name}-{len(parts)}"))
    except BaseException:
        gathered_here.forget()
        raise
    return Portion(tuple(parts), tuple(there))


def _part(documents_gathered: DocumentBuffer, path: Path) -> Part:
    with path.open("wb") as file:
        return Part(path, documents_gathered.write(file))


def merge_parts(parts: Sequence[Part], place: Path) -> Part:
    """Make one segment of several."""
    path = place / f"{parts[0].path.name}-merged"
    opened: list[SegmentFile] = []
    try:
        opened.extend(SegmentFile(part.path) for part in parts)
        with path.open("wb") as file:
            count = merge_segments(file, opened, [()] * len(opened))
    finally:
        for segment in opened:
            segment.close()
    for part in parts:
        part.path.unlink()
    return Part(path, count)


# What a process keeps from one portion to the next


def document_buffer() -> DocumentBuffer:
    """Return what gathers documents of the index's schema."""
    return DocumentBuffer(schema(), analyse_piece)


_gatherer = lru_cache(maxsize=1)(document_buffer)


_opened: dict[Path, Library] = {}  # one, which a process keeps for all the parts that it makes


def _library(folder: Path) -> Library:
    if folder not in _opened:
        _forget()
        _opened[folder] = Library.open(folder)
    return _opened[folder]


def _forget() -> None:
    """Let go of what this process keeps, if it had to do the work of others."""
    if _opened:
        _gatherer.cache_clear()
        _opened.popitem()[1].close()


# Processes


@lru_cache(maxsize=1)
def executor() -> Executor | None:
    """Return what runs functions in other processes; None where they cannot be started.

    It is kept, since the processes remember the words that they have seen, until it is dismissed.
    """
    if processes() < 2:
        return None
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    try:
        with _startable():
            return ProcessPoolExecutor(
                processes(),
                mp_context=get_context("spawn"),
                # An interruption is for the process that people look at.
                initializer=signal.signal,
                initargs=(signal.SIGINT, signal.SIG_IGN),
            )
    except Exception as error:  # whatever keeps processes from starting, one can do all the work
        logs.record(error, "Processes were to be started to write the search index; one writes all of it.")
        return None


def shut_down(*, wait: bool = False) -> None:
    """Let the other processes go, as soon as they have done what they are at; ``wait`` until then."""
    if executor.cache_info().currsize:
        kept = executor()
        executor.cache_clear()
        if kept is not None:
            kept.shutdown(wait=wait, cancel_futures=True)


def _done(executor: Executor, works: Sequence[Callable[[], _Made]]) -> Iterator[_Made]:
    """Yield what the works give, in their order; what other processes could not do is done here."""
    futures = _submitted(executor, works)
    whole = True
    for work, future in zip_longest(works, futures):
        try:
            yield work() if future is None else future.result()
        except (BrokenProcessPool, CancelledError) as error:  # one was killed, or did not start
            if whole:
                logs.record(error, "Other processes were writing the search index; the rest is written here.")
            whole = False
            shut_down(wait=True)  # none may still write the file that is written here now
            yield work()


def _submitted(executor: Executor, works: Sequence[Callable[[], _Made]]) -> list[Future[_Made]]:
    """Hand works to other processes, up to the first that none takes."""
    futures: list[Future[_Made]] = []
    try:
        with _startable():
            futures.extend(map(executor.submit, works))
    except Exception as error:  # the executor is broken, or the system lets no process start
        logs.record(error, "Another process was to write a part of the search index; it is written here.")
        # A process that did start may have taken the work all the same.
        executor.shutdown(wait=True, cancel_futures=True)
    return futures


@contextmanager
def _startable() -> Iterator[None]:
    """Let processes start although standard error is a stream that names no descriptor.

    Textual's says that its descriptor is -1, which Python would hand on to a process that it starts.
    """
    shown = sys.stderr
    try:
        described = shown is None or shown.fileno() >= 0
    except (OSError, ValueError):  # which Python expects of a stream without a descriptor
        described = True
    if described:
        yield
        return
    sys.stderr = stand_in = cast("TextIO", _WithoutDescriptor(shown))
    try:
        yield
    finally:
        if sys.stderr is stand_in:
            sys.stderr = shown


class _WithoutDescriptor:
    """A stream that says so when it has no descriptor."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def fileno(self) -> int:
        raise UnsupportedOperation("fileno")
