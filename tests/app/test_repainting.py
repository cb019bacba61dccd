"""What is written to the terminal is what it does not show yet; it looks as if all had been written."""

from __future__ import annotations

import io
import random
import re
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.app.conftest import running
from tui.app.application import CrossreadApp
from tui.app.repainting import Written
from tui.app.widgets.cells import cells

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WIDTH = 30
CONSOLE = Console(file=io.StringIO(), color_system="truecolor", force_terminal=True)
STYLES = [Style(), Style(bold=True), Style(color="red", reverse=True)]
DRAW = Compositor.render_update  # before the tests' own time has it draw for those who look
_SEQUENCE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|(.)", re.DOTALL)


class Screen:
    """A terminal: what it shows by cells, each with how it looks."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}
        self._x = self._y = 0
        self._look = ""

    def write(self, sequences: str) -> None:
        for numbers, letter, character in _SEQUENCE.findall(sequences):
            if letter == "H":
                self._y, self._x = (int(number) - 1 for number in numbers.split(";"))
            elif letter == "m":
                self._look = "" if numbers == "0" else numbers
            elif character != "\n":
                for _ in range(cells(character)):
                    self.cells[self._x, self._y] = (character, self._look)
                    self._x += 1


def strip(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts])


def row_of(y: int, x: int, new: Strip) -> ChopsUpdate:
    """Return an update that has one piece of one row."""
    end = x + new.cell_length
    return ChopsUpdate([{}] * y + [{x: new}], [(y, x, end)], [[]] * y + [[end]])


def test_only_what_looks_otherwise_is_written() -> None:
    written = Written()
    written.sequences(LayoutUpdate([[strip(("a quiet line", STYLES[0]))]], Region(0, 0, 12, 1)), CONSOLE)
    assert written.sequences(row_of(0, 0, strip(("a quiet line", STYLES[0]))), CONSOLE) == ""
    assert written.sequences(row_of(0, 0, strip(("a quick line", STYLES[0]))), CONSOLE) == "\x1b[1;6Hck"
    bold = strip(("a ", STYLES[0]), ("quick", STYLES[1]), (" line", STYLES[0]))
    assert written.sequences(row_of(0, 0, bold), CONSOLE) == "\x1b[1;3H\x1b[1mquick\x1b[0m"
    assert written.sequences(row_of(0, 0, bold), CONSOLE) == ""
    written.forget()
    assert "quick" in written.sequences(row_of(0, 0, bold), CONSOLE)


def test_a_row_with_characters_of_which_terminals_think_differently_is_written_as_a_whole() -> None:
    written = Written()
    written.sequences(row_of(0, 0, strip(("東京 harbour", STYLES[0]), (" left", STYLES[0]))), CONSOLE)
    written.sequences(row_of(0, 17, strip(("| right", STYLES[0]))), CONSOLE)
    sent = written.sequences(row_of(0, 0, strip(("東京 harbour", STYLES[0]), (" lift", STYLES[0]))), CONSOLE)
    assert sent == "\x1b[1;1H東京 harbour lift"
    assert "| right" in written.sequences(row_of(0, 17, strip(("| right", STYLES[0]))), CONSOLE)


def test_many_updates_show_what_they_would_show_if_all_were_written() -> None:
    chance = random.Random(5)  # noqa: S311 - the same each time
    written, ours, theirs = Written(), Screen(), Screen()

    def piece(width: int) -> Strip:
        letters = "ab東" if chance.random() < 0.2 else "ab "
        text = ""
        while cells(text) < width:
            text += chance.choice(letters)
        text = text if cells(text) == width else f"{text[:-1]} "
        at = chance.randrange(len(text) + 1)
        return strip((text[:at], chance.choice(STYLES)), (text[at:], chance.choice(STYLES)))

    for turn in range(400):
        update: CompositorUpdate
        if turn % 100 == 0:
            rows = [[piece(10), piece(WIDTH - 10)] for _ in range(4)]
            update = LayoutUpdate(rows, Region(0, 0, WIDTH, 4))  # type: ignore[arg-type]
        else:
            cut = chance.choice([10, 20])
            chops: list[dict[int, Strip | None]] = [
                {0: piece(cut), cut: piece(WIDTH - cut)} for _ in range(4)
            ]
            spans = [(y, *chance.choice([(0, cut), (cut, WIDTH), (0, WIDTH)])) for y in range(4)]
            update = ChopsUpdate(chops, spans, [[cut, WIDTH]] * 4)
        theirs.write(update.render_segments(CONSOLE))
        ours.write(written.sequences(update, CONSOLE))
        assert ours.cells == theirs.cells


async def test_a_line_down_takes_a_few_hundred_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    display = CrossreadApp._display

    def noted(app: CrossreadApp, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate):
            sent.append(len(app._written.sequences(renderable, CONSOLE)))
        display(app, screen, renderable)

    monkeypatch.setattr(CrossreadApp, "_display", noted)
    monkeypatch.setattr(Compositor, "render_update", DRAW)
    async with running(folder) as driver:
        await driver.press("1")
        await driver.sees("▸ harbour-deal/1")
        for where in (driver.main.reader, driver.main.library_pane.listing):
            driver.main.set_focus(where)
            await driver.press("j")
            await driver.at_rest()
            spot = where.spot
            sent.clear()
            await driver.press("j")
            await driver.at_rest()
            assert where.spot != spot
            assert 0 < sum(sent) < 1500
