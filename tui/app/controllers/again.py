"""What the user changed last, to be done again at another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller

if TYPE_CHECKING:
    from collections.abc import Callable

# Commands that change something at once, without asking anything.
REPEATABLE = frozenset(
    {"mark", "toggle-read", "remove-note", "restore-note", "pin-note", "hide-entity", "pin-entity", "copies"}
)


class AgainController(Controller):
    """Keeps the last change that can be done again: a mark, a tick, a label, a pin, a removal."""

    _last: Callable[[], None] | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"again": self.repeat}

    def ran(self, command: str, handler: Callable[[], None]) -> None:
        """Take notice of a command that was run."""
        if command in REPEATABLE:
            self._last = handler

    def keep(self, change: Callable[[], None]) -> None:
        """Take notice of a change that can be done again."""
        self._last = change

    def repeat(self) -> None:
        """Do it again, on what the user is at now."""
        if self._last is None:
            self.say("Nothing to repeat yet: a mark, a tick, a label, a pin or a removal is repeated.")
        else:
            self._last()
