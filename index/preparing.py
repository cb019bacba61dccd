"""Preparing texts for the index: in this process, or for very many in several.

Reading the evidence of a text takes several times as long as writing its postings, so that is what the
other processes do. They are fresh ones rather than forks, since the app has threads.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.schema import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

    from index.evidence_fields import Described
    from sources.model import Ref

SERIAL = 400  # texts after which starting other processes is worth their start
BATCH = 32  # texts that are handed over at once
_MOST_PROCESSES = 4
_AHEAD = 3  # batches that wait for each process, which bounds the memory

Prepared = tuple["Ref", dict[str, Any]]


def prepared(texts: Iterable[Described], *, serial: int = SERIAL) -> Iterator[Prepared]:
    """Yield the fields of all texts, in their order; the first ``serial`` are prepared in this process."""
    left = iter(texts)
    yield from _fields(islice(left, serial))
    batch = list(islice(left, BATCH))
    if not batch:
        return
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    executor = _executor(processes) if processes > 1 else None
    if executor is None:
        yield from _fields(batch)
        yield from _fields(left)
        return
    try:
        yield from _by_others(executor, batch, left, processes * _AHEAD)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _fields(texts: Iterable[Described]) -> Iterator[Prepared]:
    return ((described.ref, document(described)) for described in texts)


def _of_batch(batch: list[Described]) -> list[Prepared]:
    return list(_fields(batch))


def _executor(processes: int) -> Executor | None:
    """Return what runs functions in other processes; None where the system has no means for it."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few indexes are large
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    try:
        return ProcessPoolExecutor(
            processes,
            mp_context=get_context("spawn"),
            # An interruption is for the process that people look at.
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )
    except (OSError, ImportError, NotImplementedError):
        return None


def _by_others(
    executor: Executor, batch: list[Described], left: Iterator[Described], ahead: int
) -> Iterator[Prepared]:
    waiting: deque[tuple[list[Described], Future[list[Prepared]] | None]] = deque()
    while batch or waiting:
        while batch and len(waiting) < ahead:
            waiting.append((batch, _submitted(executor, _of_batch, batch)))
            batch = list(islice(left, BATCH))
        given, future = waiting.popleft()
        try:
            done = _of_batch(given) if future is None else future.result()
        except BrokenProcessPool:  # somebody killed one of them
            done = _of_batch(given)
        yield from done


def _submitted(
    executor: Executor, work: Callable[[list[Described]], list[Prepared]], batch: list[Described]
) -> Future[list[Prepared]] | None:
    try:
        return executor.submit(work, batch)
    except (BrokenProcessPool, RuntimeError):
        return None
