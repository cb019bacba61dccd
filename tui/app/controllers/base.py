"""The controller: what every part of the app that acts on keys and messages is given to work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.app.messages import RefreshStatus
from tui.app.workers import LibraryWorkers
from tui.services.actions import with_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.layout import Layout
    from tui.app.messages import Message
    from tui.app.panes import Current, Panes
    from tui.app.state import AppState
    from tui.app.workers import Clock, Workers
    from tui.services.access import Services


PAUSE = 0.12  # seconds without a key before a search begins, or finding in a long text


@dataclass(frozen=True, slots=True)
class Context:
    """What controllers share; ``emit`` hands a message to others, ``report`` tells the user of an error."""

    state: AppState
    services: Services
    workers: Workers
    panes: Panes
    layout: Layout
    current: Current
    clock: Clock
    emit: Callable[[Message], None]
    report: Callable[[Exception], None]


class Controller:
    """Acts on the keys and messages of one subject; it knows no other controller."""

    def __init__(self, context: Context) -> None:
        self.state = context.state
        self.services = context.services
        self.workers = context.workers
        self.library = LibraryWorkers(context.workers, context.services)
        self.write = self.library.write
        self.panes = context.panes
        self.layout = context.layout
        self.current = context.current
        self.clock = context.clock
        self.emit = context.emit
        self.report = context.report

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part, by their names in the registry."""
        return {}

    def say(self, words: str) -> None:
        """Tell the user something in a corner, for a short while."""
        self.panes.notify(words, markup=False, timeout=self.clock.for_eyes(4))

    def key(self, command: str) -> str:
        """Return the key that a command has, as the user set it, to be named in a sentence."""
        return with_keys(f"{{{command}}}", self.services.commands)

    def refresh_status(self) -> None:
        """Bring the status line up to date."""
        self.emit(RefreshStatus())
