"""Keys act strictly one after another, however fast they come.

Textual hands a key to whatever has the focus, and runs bindings only when the key has bubbled back up. Keys
that follow at once are handed over meanwhile, to what had the focus before: after ``/`` the first letters
would reach the text, not the search line. Here a key waits until the one before it has had its effect.
"""

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

_PATIENCE = 0.5  # seconds; a widget that is busy for longer does not hold the keys up any further


class KeyOrderApp(App[None]):
    """An app whose keys and pastes take effect in the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Event] = deque()
        self._handed_to: Widget | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back until the one before it has come all its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        first = not self._waiting or self._waiting[0] is event
        if not first or self._handed_to is not None:
            if event not in self._waiting:
                self._waiting.append(event)
            if first:
                await self._all_the_way(self._handed_to)
                self._handed_to = None
            # Behind the key before it, which by now stands in the app's own queue if it bubbled up.
            self.post_message(event)
            return
        if self._waiting:
            self._waiting.popleft()
        if self.screen.focused is None:
            await _caught_up(self.screen)  # it may just have been opened, and be about to choose its focus
        self._handed_to = self.screen.focused or self.screen
        await super().on_event(event)

    async def _all_the_way(self, start: Widget | None) -> None:
        for node in start.ancestors_with_self if start is not None else ():
            if isinstance(node, Widget):
                await _caught_up(node)


async def _caught_up(node: MessagePump) -> None:
    """Wait until a widget has dealt with everything that was sent to it."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _PATIENCE)
