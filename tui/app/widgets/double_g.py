"""``gg``, the one key that takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual import events


class DoubleG:
    """Goes to the top at a second ``g``; another key, or leaving, forgets the first.

    A widget puts it before its other bases, binds ``g`` to ``first_g``, and has an ``action_first``.
    """

    _g_waiting = False

    def on_key(self, event: events.Key) -> None:
        """Forget a first ``g`` when another key follows."""
        if event.character != "g":
            self._g_waiting = False

    def on_blur(self) -> None:
        """Forget a first ``g``."""
        self._g_waiting = False

    def action_first_g(self) -> None:
        """Go to the top at the second ``g``."""
        if self._g_waiting:
            self.action_first()
        self._g_waiting = not self._g_waiting

    def action_first(self) -> None:
        """Go to the top."""
        raise NotImplementedError
