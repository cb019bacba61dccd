"""What is written to the terminal: only the cells that look otherwise than they do by now.

Textual writes a whole widget again where anything in it changed, such as a text in which the cursor moved on;
over a slow line that is seen. Here an update is held against what the terminal was told before.
"""

from __future__ import annotations

from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.strip import Strip

from tui.app.widgets.cells import NOT_PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from textual.screen import Screen


_NEAR = 8  # cells; to go on behind so many costs as much as to write them


class Written:
    """The cells of the terminal by rows, each with its style, as far as they were written."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Any]] = {}

    def forget(self) -> None:
        """Write everything again, whatever the terminal shows."""
        self._rows.clear()

    def sequences(self, update: CompositorUpdate, console: Console) -> str:
        """Return what to write for an update."""
        if isinstance(update, ChopsUpdate):
            return "".join(
                self._changes(y, x, strip if end <= stop else strip.crop(0, stop - x), console)
                for y, start, stop in update.spans
                for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False)
                if strip is not None and x < stop and end > start
            )
        if isinstance(update, LayoutUpdate):
            left, top = update.region.offset
            rows = enumerate(map(Strip.join, update.strips), top)
            return "".join(self._changes(y, left, row, console) for y, row in rows)
        self.forget()
        return update.render_segments(console)

    def _note(self, y: int, x: int, strip: Strip) -> list[int]:
        """Take down a piece of a row, and return which of its cells have changed."""
        row, width = self._rows.setdefault(y, []), strip.cell_length
        if NOT_PLAIN.search(strip.text) is None:
            cells: list[Any] = [cell for text, style, _ in strip for cell in zip(text, repeat(style))]
        else:
            cells = [tuple(strip)] * width
        row += [None] * (x + width - len(row))
        changed = [at for at in range(width) if row[x + at] != cells[at]]
        row[x : x + width] = cells
        return changed

    def _changes(self, y: int, x: int, strip: Strip, console: Console) -> str:
        changed = self._note(y, x, strip)
        runs = _runs(changed)
        if changed and NOT_PLAIN.search(strip.text) is not None:
            # Terminals differ in how wide such characters are: what is right of them is unknown from now on.
            runs = [(0, strip.cell_length)]
            del self._rows[y][x + strip.cell_length :]
        return "".join(
            Control.move_to(x + start, y).segment.text + strip.crop(start, end).render(console)
            for start, end in runs
        )


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return from where to where a row is written; what lies between two places and is short goes along."""
    gaps = [(at, after) for at, after in pairwise(places) if after - at > _NEAR]
    starts, ends = [*places[:1], *(after for _, after in gaps)], [*(at for at, _ in gaps), *places[-1:]]
    return [(start, end + 1) for start, end in zip(starts, ends, strict=True)]


class RepaintingApp(App[None]):
    """An app that writes what has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._written = Written()

    def on_mount(self) -> None:
        """Write everything again when another program has had the terminal."""
        self.app_suspend_signal.subscribe(self, lambda _app: self._written.forget())

    def on_resize(self) -> None:
        """Write everything again: terminals do as they like with what they show when their size changes."""
        self._written.forget()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate) and not self.is_inline:
            renderable = _Update(self._written, renderable)
        super()._display(screen, renderable)


class _Update(CompositorUpdate):
    """An update that becomes sequences when it is written, which Textual may decide not to do."""

    def __init__(self, written: Written, update: CompositorUpdate) -> None:
        self._written = written
        self._update = update

    def render_segments(self, console: Console) -> str:
        return self._written.sequences(self._update, console)
