"""Keys and pastes in the order in which they came, each on what those before it made of the screen."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from tui.app.prefixes import (
    MOST_PRESSES,
    Meanings,
    Prefixes,
    Press,
    command_of,
    is_numbered,
    is_step,
    with_alt,
)
from tui.app.repainting import RepaintingApp
from tui.app.widgets.cells import Drawn
from tui.services.actions import ACTIONS, with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import ActiveBinding
    from textual.message_pump import MessagePump

    from tui.app.workers import Appointment, Clock
    from tui.services.actions import Action

_PATIENCE = 0.5  # seconds; what is busy for longer does not hold the keys up any further


class KeyOrderApp(RepaintingApp):
    """An app whose keys and pastes take effect in the order in which they came."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.prefixes = Prefixes()
        self.prefix_changed: Callable[[], None] = lambda: None  # shows which keys wait for another
        self.where: Callable[[], object] = lambda: None  # what is another when a step led anywhere
        self._wait: Appointment | None = None  # of digits, for what they count
        self._waiting: deque[Press | events.Paste] = deque()
        self._way: tuple[Widget, bool] | None = None  # where the last key went, and whether it came up again
        self._behind_since: float | None = None
        self._scheduled = False  # whether the next key is to be looked at already
        self._stood: object = None  # where the user was before the last key of those that were counted

    # What the app says to that

    @property
    def commands(self) -> Sequence[Action]:
        """All that can be done, with the keys that the user has for it."""
        return ACTIONS

    def shows_old(self, *, again: bool) -> bool:
        """Tell whether what keys act on is not shown yet; ``go_on`` is to be called when it may be.

        A key that was counted, and is pressed ``again``, acts on what the one before it opens.
        """
        del again
        return False

    # The way of a key

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back until the one before it has come all its way, and what it acts on is shown."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(Press(event) if isinstance(event, events.Key) else event)
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
        first = self._waiting[0]
        if not _leaves(first) and self._is_behind(first):
            return
        self._waiting.popleft()
        try:
            if not isinstance(first, Press):
                await self._hand_over(first)
            elif first.settled:
                await self._press(first)
            else:
                self._take(first.event)
        finally:
            self.go_on()

    async def _hand_over(self, event: events.Event) -> None:
        if self.screen.focused is None:
            # It may just have been opened, and be about to choose its focus.
            await _caught_up(self.screen, self.clock.for_eyes(_PATIENCE))
        self._way = (self.screen.focused or self.screen, False)
        await super().on_event(event)

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

    def _is_behind(self, first: Press | events.Paste) -> bool:
        if not self.shows_old(again=isinstance(first, Press) and first.again):
            self._behind_since = None
            return False
        if self._behind_since is None:
            self._behind_since = self.clock.now()
            self.clock.after(self, _PATIENCE, self.go_on)
        return self.clock.now() < self._behind_since + _PATIENCE

    # Keys that wait for others

    def ask(self, sign: str, then: Callable[[str], bool]) -> None:
        """Have ``then`` called with the next character, and show ``sign`` until it comes."""
        self.prefixes.ask(sign, then)
        self.prefix_changed()

    def _take(self, key: events.Key) -> None:
        """Let a key be what it is together with those before it."""
        shown, meanings = self.prefixes.shown, Meanings(self.screen)
        if meanings.prefixed and not meanings.taken(key):
            key = with_alt(key)
        self._waiting.extendleft(reversed(self.prefixes.take(key, meanings)))
        if self._wait is not None:
            self._wait.stop()
        seconds = self.prefixes.wait
        self._wait = None if seconds is None else self.clock.after(self, seconds, self._wait_is_over)
        if self.prefixes.shown != shown:
            self.prefix_changed()

    def _wait_is_over(self) -> None:
        self._waiting.extendleft(reversed(self.prefixes.end()))
        self.prefix_changed()
        self.go_on()

    async def _press(self, press: Press) -> None:
        """Press a key, a command that was counted again and again, and a motion so many steps at once."""
        bound = self.screen.active_bindings.get(press.event.key) if press.times else None
        if bound is not None and not command_of(bound.binding.action):
            self._way = (self.screen.focused or self.screen, False)
            await self._move(bound, press.times)
            return
        if press.again or bound is not None:
            stood, self._stood = self._stood, self.where()
            if press.steps and stood == self._stood:
                self._waiting = deque(one for one in self._waiting if not getattr(one, "steps", False))
                return
        if bound is not None:
            further = Press(press.event, settled=True, again=True, steps=is_step(bound.binding.action))
            for _ in range(min(press.times, MOST_PRESSES) - 1):
                self._waiting.appendleft(further._replace(event=press.event.copy()))
        await self._hand_over(press.event)

    async def _move(self, bound: ActiveBinding, times: int) -> None:
        action, node = bound.binding.action, bound.node
        if is_numbered(action) and isinstance(node, Drawn):
            node.go_to_line(times)
            return
        for _ in range(times):
            await self.run_action(action, node)


def commands_of(node: MessagePump) -> Sequence[Action]:
    """Return all that can be done in the app of a widget, with the user's own keys."""
    app = node.app
    return app.commands if isinstance(app, KeyOrderApp) else ACTIONS


def key_of(node: MessagePump, command: str) -> str:
    """Return the key that a command has in the app of a widget, to be named in a sentence."""
    return with_keys(f"{{{command}}}", commands_of(node))


def _leaves(first: Press | events.Paste) -> bool:
    """Tell a key that acts on nothing that is shown, and has to work at once."""
    return isinstance(first, Press) and first.event.key == "escape"


async def _caught_up(node: MessagePump, patience: float) -> None:
    """Wait until a widget has dealt with everything that was sent to it."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), patience)
