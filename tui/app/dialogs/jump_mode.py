"""Jump mode: a letter over each place that can be reached, typed to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.app.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Offset

LETTERS = "asdfghjklqwertyuiopzxcvbnm"  # those under the fingers first


def labels_for(count: int) -> list[str]:
    """Return labels for so many places: as many as can of one letter, which come first, the others of two."""
    most = len(LETTERS)
    firsts = next((each for each in range(most) if most - each + each * most >= count), most)
    singles = LETTERS[: most - firsts]
    pairs = [first + second for first in LETTERS[most - firsts :] for second in LETTERS]
    return [*singles, *pairs][:count]


class JumpMode(Dialog[int | None]):
    """Shows labels at places of the screen, and hands back the number of the one that was typed."""

    CSS_PATH = "jump_mode.tcss"

    def __init__(self, places: Sequence[Offset]) -> None:
        super().__init__()
        self._labels = labels_for(len(places))
        self._places = places[: len(self._labels)]
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Lay out the labels, each over the first letters of what it leads to."""
        for label, place in zip(self._labels, self._places, strict=True):
            shown = Static(Content(label), classes="jump-label", markup=False)
            shown.styles.offset = (place.x, place.y)
            shown.styles.width = len(label)
            yield shown

    def on_key(self, event: events.Key) -> None:
        """Take a letter; any other key, or one that no label goes on with, ends it."""
        event.stop()
        event.prevent_default()
        self._typed += event.character or " "
        if self._typed in self._labels:
            self.dismiss(self._labels.index(self._typed))
        elif any(label.startswith(self._typed) for label in self._labels):
            for label, shown in zip(self._labels, self.query(Static), strict=True):
                shown.display = label.startswith(self._typed)
        else:
            self.dismiss(None)

    def on_click(self) -> None:
        """End at a click."""
        self.dismiss(None)
