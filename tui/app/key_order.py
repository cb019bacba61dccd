"""Keys and pastes in the order in which they came, each on what those before it made of the screen."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from tui.app.workers import Clock

_PATIENCE = 0.5  # seconds; what is busy for longer does not hold the keys up any further


class KeyOrderApp(App[None]):
    """An app whose keys and pastes take effect in the order in which they came."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self._waiting: deque[events.Event] = deque()
        self._way: tuple[Widget, bool] | None = None  # where the last key went, and whether it came up again
        self._behind_since: float | None = None
        self._scheduled = False  # whether the next key is to be looked at already

    def shows_old(self) -> bool:
        """Tell whether what keys act on is not shown yet; ``go_on`` is to be called when it may be."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back until the one before it has come all its way, and what it acts on is shown."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        if len(self._waiting) == 1:
            await self._hand_on()

    async def _scheduled_hand_on(self) -> None:
        self._scheduled = False
        await self._hand_on()

    async def _hand_on(self) -> None:
        if not self._waiting:
            return
        if self._way is not None:
            await self._all_the_way(*self._way)
            return
        if not _leaves(self._waiting[0]) and self._is_behind():
            return
        event = self._waiting.popleft()
        try:
            if self.screen.focused is None:
                # It may just have been opened, and be about to choose its focus.
                await _caught_up(self.screen, self.clock.for_eyes(_PATIENCE))
            self._way = (self.screen.focused or self.screen, False)
            await super().on_event(event)
        finally:
            self.go_on()

    def go_on(self) -> None:
        """Have the next key looked at, if one waits, and once however often this is called.

        Each look has to come after what the look before it had the app do: a second one in the queue would
        come between a key and what it is bound to.
        """
        if self._waiting and not self._scheduled:
            self._scheduled = True
            self.call_later(self._scheduled_hand_on)

    async def _all_the_way(self, start: Widget, came_up: bool) -> None:  # noqa: FBT001 - unpacked
        for node in start.ancestors_with_self:
            if isinstance(node, Widget):
                await _caught_up(node, self.clock.for_eyes(_PATIENCE))
        # A key that bubbled up is in the app's own queue by now; what it is bound to may be another message.
        self._way = None if came_up else (start, True)
        self.go_on()

    def _is_behind(self) -> bool:
        if not self.shows_old():
            self._behind_since = None
            return False
        if self._behind_since is None:
            self._behind_since = self.clock.now()
            self.clock.after(self, _PATIENCE, self.go_on)
        return self.clock.now() < self._behind_since + _PATIENCE


def _leaves(event: events.Event) -> bool:
    """Tell a key that acts on nothing that is shown, and has to work at once."""
    return isinstance(event, events.Key) and event.key == "escape"


async def _caught_up(node: MessagePump, patience: float) -> None:
    """Wait until a widget has dealt with everything that was sent to it."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), patience)
