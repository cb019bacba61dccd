"""The app's time: what it does later or again and again it asks of one clock, which a test may give."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump


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
