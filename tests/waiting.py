"""Waiting for something to be seen, which a fixed pause can only guess at."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from tui.app.workers import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pytest
    from textual.app import App
    from textual.message_pump import MessagePump

PATIENCE = 20.0  # seconds; only a failing test waits that long
_LOOK = (0.002, 0.05)  # seconds between two looks at what a thread works at, at first and at last


class TextualTime:
    """Has Textual go on and draw as a test lets it, instead of by the clock and the load of the machine.

    Its pilot takes an app that gets no processor for one that has nothing to do. It draws at a pause, and
    when a test looks: what nobody sees between two keys is laid out, but not drawn.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        settle = self.settle
        # Sheets are parsed once, with the same colours: what is parsed is not changed any more.
        parsed: dict[object, Any] = {}
        parse_rules = Stylesheet._parse_rules

        def parse_once(sheet: Stylesheet, *what: Any, **more: Any) -> Any:
            key = (what, tuple(more.items()), tuple(sheet._variables.items()))
            if key not in parsed:
                parsed[key] = parse_rules(sheet, *what, **more)
            return parsed[key]

        async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
            await asyncio.sleep(delay or 0)
            await settle(pilot.app)
            screen_text(pilot)

        async def wait_for_screen(pilot: Pilot[Any], **_patience: float) -> bool:
            await settle(pilot.app)  # it is drawn when somebody looks
            return True

        async def wait_for_idle(*_seconds: float) -> None:
            await settle(active_app.get())

        draw = Compositor.render_update

        def draw_for_someone(what: Compositor, **how: Any) -> Any:
            if how.get("full"):
                return draw(what, **how)
            visible_screen_stack.set(how.get("screen_stack") or [])
            what._dirty_regions.clear()
            return None

        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(Compositor, "render_update", draw_for_someone)
        patch.setattr(Pilot, "pause", pause)
        patch.setattr(Pilot, "_wait_for_screen", wait_for_screen)
        patch.setattr("textual.app.wait_for_idle", wait_for_idle)
        patch.setattr("textual.screen.UPDATE_PERIOD", 1_000.0)

    @staticmethod
    async def settle(app: App[Any]) -> None:
        """Let the app do all that it has to do, until it waits for a key, a thread or a clock."""
        ready: Collection[object] = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        while True:
            await asyncio.sleep(0)
            if ready:
                continue
            if not app.screen_stack:
                return
            screen: Any = app.screen
            if not screen._update_timer._active.is_set():
                return
            screen._on_timer_update()


async def wait_until(
    pilot: Pilot[Any],
    condition: Callable[[], object],
    *,
    what: str = "",
    patience: float = PATIENCE,
    otherwise: Callable[[], object] = lambda: None,
    at_work: Callable[[], bool] = lambda: False,
) -> None:
    """Let the app run until ``condition()`` is true; fail with ``what`` when it never is.

    ``otherwise`` is called each time that it is not true yet. Patience is not lost while the app is at
    work in a thread, as ``at_work`` tells and a busy machine draws out, but for ten times as long at most.
    """
    began = waited_from = time.monotonic()
    look, seldom = _LOOK
    while True:
        await TextualTime.settle(pilot.app)
        if condition():
            return
        now = time.monotonic()
        if at_work():
            waited_from = now
        if now > min(waited_from + patience, began + 10 * patience):
            message = f"waited {patience:g} s in vain" + (f" for {what}" if what else "")
            raise AssertionError(message)
        otherwise()
        await asyncio.sleep(look)
        look = min(2 * look, seldom)


@dataclass(order=True)
class Due:
    """What a clock that is put by hand will call back, and when."""

    time: float
    number: int
    node: MessagePump = field(compare=False)
    callback: Callable[[], object] = field(compare=False)
    every: float | None = field(compare=False, default=None)
    stopped: bool = field(compare=False, default=False)

    def stop(self) -> None:
        self.stopped = True


class HandClock(Clock):
    """A clock on which time passes only as the test says, however long the machine takes."""

    def __init__(self) -> None:
        self._now = 0.0
        self._number = 0
        self._due: list[Due] = []

    def now(self) -> float:
        return self._now

    def after(self, node: MessagePump, seconds: float, callback: Callable[[], object]) -> Due:
        return self._put(Due(self._now + seconds, self._number, node, callback))

    def every(self, node: MessagePump, seconds: float, callback: Callable[[], object]) -> Due:
        return self._put(Due(self._now + seconds, self._number, node, callback, every=seconds))

    def for_eyes(self, seconds: float) -> float:
        return 100 * seconds

    def _put(self, due: Due) -> Due:
        self._number += 1
        heappush(self._due, due)
        return due

    def pass_by(self, seconds: float) -> None:
        """Let so many seconds pass at once."""
        self._pass_until(self._now + seconds)

    def pass_until_next(self, latest: float) -> None:
        """Let time pass until something happens, or until ``latest`` if that comes first."""
        while self._due and self._due[0].stopped:
            heappop(self._due)
        self._pass_until(min(latest, self._due[0].time if self._due else latest))

    def _pass_until(self, time: float) -> None:
        while self._due and self._due[0].time <= time:
            due = heappop(self._due)
            self._now = max(self._now, due.time)
            if due.stopped or not due.node.is_running:
                continue
            due.node.call_later(lambda due=due: None if due.stopped else due.callback())
            if due.every is not None:
                due.time += due.every
                heappush(self._due, due)
        self._now = max(self._now, time)


def screen_text(pilot: Pilot[Any]) -> str:
    """Return what the screen shows, one line a row, without styles and trailing blanks."""
    size = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips(size)
    return "\n".join(strip.text.rstrip() for strip in strips)
