"""Workers and the clock of the app: lanes in which the newest request wins, and time that a test may give."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump

    from tui.services import Library
    from tui.services.access import Services

    Work: TypeAlias = Callable[["Job"], "_Answer"]
    LibraryWork: TypeAlias = Callable[[Library], "_Answer"]
    Done: TypeAlias = Callable[["_Answer"], object]
    Failed: TypeAlias = Callable[[Exception], object]
    Send: TypeAlias = Callable[[Callable[[], object]], object]

_Answer = TypeVar("_Answer")

_PARTING = 2.0  # seconds that closing waits for the lanes before it leaves them behind


class Abandoned(BaseException):
    """Raised inside a piece of work to leave it, because nobody waits for it any more.

    It is no error: nobody who takes errors for trouble of his own should meet it.
    """


class Job:
    """A piece of work under way; it asks here whether anybody still waits for it."""

    def __init__(self, lane: Lane, generation: int, send: Send) -> None:
        self._lane = lane
        self._generation = generation
        self._send = send

    @property
    def cancelled(self) -> bool:
        """Tell whether something newer took its place."""
        return self._lane.generation != self._generation

    def still_wanted(self) -> None:
        """Leave the work by an exception when nobody waits for it any more."""
        if self.cancelled:
            raise Abandoned

    def tell(self, callback: Callable[[], None]) -> None:
        """Have the screen call ``callback`` soon, unless something newer took this work's place."""
        self._send(lambda: None if self.cancelled else callback())


@dataclass(slots=True)
class _Order:
    job: Job
    work: Work[Any]
    done: Done[Any]
    failed: Failed
    queued: bool


class Lane:
    """One daemon thread; ``generation`` counts the requests that replaced those before them."""

    def __init__(self, name: str, send: Send) -> None:
        self.generation = 0
        self._orders: deque[_Order] = deque()
        self._send = send
        self._wake = threading.Condition()
        self._working = False
        self._on_their_way = 0  # answers that the screen's thread has not taken yet
        self._closed = False
        # A daemon, so that leaving never waits for an answer that nobody will see; all writing that a
        # lane does is transactions.
        self._thread = threading.Thread(target=self._work, name=f"crossread {name}", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Tell whether something is under way or waits its turn, or an answer is not taken yet."""
        with self._wake:
            return self._working or bool(self._orders) or self._on_their_way > 0

    def add(self, work: Work[_Answer], done: Done[_Answer], failed: Failed, *, queued: bool) -> None:
        """Do ``work`` in place of whatever was asked before, or after all of it where it is queued."""
        with self._wake:
            if not queued:
                self.generation += 1
                self._orders = deque(order for order in self._orders if order.queued)
            job = Job(self, self.generation, self._send)
            self._orders.append(_Order(job, work, done, failed, queued))
            self._wake.notify()

    def drop(self) -> None:
        """Forget what is under way and what waits."""
        with self._wake:
            self.generation += 1
            self._orders.clear()

    def close(self) -> None:
        """Stop after what is under way."""
        with self._wake:
            self._closed = True
            self.generation += 1
            self._wake.notify()

    def wait(self, seconds: float) -> None:
        """Wait for the thread to end, at most ``seconds``."""
        self._thread.join(seconds)

    def _work(self) -> None:
        while True:
            with self._wake:
                self._working = False
                while not self._orders:
                    if self._closed:
                        return
                    self._wake.wait()
                order = self._orders.popleft()
                if self._closed and not order.queued:
                    continue
                self._working = True
            self._carry_out(order)

    def _carry_out(self, order: _Order) -> None:
        try:
            result = order.work(order.job)
        except Abandoned:
            return
        except Exception as error:  # whatever it was, the user is told
            trouble = error
            self._answer(order, lambda: order.failed(trouble))
        else:
            self._answer(order, lambda: order.done(result))

    def _answer(self, order: _Order, callback: Callable[[], object]) -> None:
        def taken() -> None:
            with self._wake:
                self._on_their_way -= 1
            if order.queued or not order.job.cancelled:
                callback()

        with self._wake:
            self._on_their_way += 1
            self._working = False
        self._send(taken)


class Workers:
    """The lanes of one app, made when they are first used."""

    def __init__(self, send: Send, failed: Failed) -> None:
        self._send = send
        self._failed = failed
        self._lanes: dict[str, Lane] = {}

    def run(self, lane: str, work: Work[_Answer], done: Done[_Answer], failed: Failed | None = None) -> None:
        """Do ``work`` in a lane in place of whatever it did before, then ``done`` on the screen's thread."""
        self._lane(lane).add(work, done, failed or self._failed, queued=False)

    def queue(
        self, lane: str, work: Work[_Answer], done: Done[_Answer], failed: Failed | None = None
    ) -> None:
        """Do ``work`` in a lane after what it has to do, then ``done`` on the screen's thread."""
        self._lane(lane).add(work, done, failed or self._failed, queued=True)

    def drop(self, lane: str) -> None:
        """Forget what a lane has to do."""
        if lane in self._lanes:
            self._lanes[lane].drop()

    def busy(self, *lanes: str) -> bool:
        """Tell whether one of the lanes (none given: any) has something to do."""
        return any(lane.busy for name, lane in self._lanes.items() if not lanes or name in lanes)

    def close(self) -> None:
        """Stop all lanes; what is queued is done first, for a short while at most."""
        for lane in self._lanes.values():
            lane.close()
        deadline = time.monotonic() + _PARTING
        for lane in self._lanes.values():
            lane.wait(max(0.0, deadline - time.monotonic()))

    def _lane(self, name: str) -> Lane:
        if name not in self._lanes:
            self._lanes[name] = Lane(name, self._send)
        return self._lanes[name]


class LibraryWorkers:
    """Reads and changes the library beside the screen."""

    def __init__(self, workers: Workers, services: Services) -> None:
        self._workers = workers
        self._services = services

    def read(
        self, lane: str, work: LibraryWork[_Answer], done: Done[_Answer], failed: Failed | None = None
    ) -> None:
        """Ask the library; a later question in the same lane takes its place."""
        library = self._services.require_library()
        self._workers.run(lane, lambda _job: work(library), done, failed)

    def write(self, work: LibraryWork[_Answer], done: Done[_Answer], failed: Failed | None = None) -> None:
        """Change the library, after all changes that were asked for before."""
        library = self._services.require_library()
        self._workers.queue("writing", lambda _job: work(library), done, failed)


# The app's time: what it does later or again and again it asks of one clock, which a test may give.


class Appointment(Protocol):
    """Something that happens later, unless it is stopped before."""

    def stop(self) -> None:
        """Let it not happen any more."""


class Clock:
    """The time of the machine, in seconds."""

    def now(self) -> float:
        """Return a time to measure others from; any thread may ask."""
        return time.monotonic()

    def after(self, node: MessagePump, seconds: float, callback: Callable[[], object]) -> Appointment:
        """Call back on a node once, in so many seconds; never, when the node has gone by then."""
        return node.set_timer(seconds, callback)

    def every(self, node: MessagePump, seconds: float, callback: Callable[[], object]) -> Appointment:
        """Call back on a node again and again, as long as it is there."""
        return node.set_interval(seconds, callback)

    def for_eyes(self, seconds: float) -> float:
        """Return how long what is meant for people is to take, which Textual measures by itself."""
        return seconds


def clock_of(node: MessagePump) -> Clock:
    """Return the clock of the app that a node is in."""
    clock = getattr(node.app, "clock", None)
    return clock if isinstance(clock, Clock) else Clock()
