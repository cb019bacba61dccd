from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Ref
from tests.app.conftest import running
from tui.app.views.evidence import tab_names

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_click_opens_a_source_and_a_drag_resizes_the_panes(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.pilot.click("#library-list", offset=(8, 4))
        await driver.until(lambda: main.state.ref == Ref("harbour-deal", 4), "the fourth source")
        await driver.at_rest()
        width = main.query_one("#left").size.width
        await driver.pilot.mouse_down("#left-splitter", offset=(0, 5))
        await driver.pilot.hover("#left-splitter", offset=(9, 5))
        await driver.pilot.mouse_up("#left-splitter", offset=(9, 5))
        await driver.until(lambda: main.query_one("#left").size.width > width + 5, "a wider library")
        share = main.query_one("#left").size.width / 120
        await driver.pilot.resize_terminal(150, 40)  # of the same size class: the same share of the screen
        await driver.until(lambda: main.query_one("#left").size.width == round(150 * share), "its share")
        await driver.pilot.resize_terminal(160, 40)  # the edge of the next, where no width was chosen
        await driver.until(lambda: main.query_one("#left").size.width == 44, "its own width")


async def test_a_selection_made_with_the_mouse_carries_a_note(folder: Path) -> None:
    async with running(folder) as driver:
        row = next(y for y, line in enumerate(driver.screen.splitlines()) if "For two years" in line)
        column = driver.screen.splitlines()[row].index("two years")
        await driver.pilot.mouse_down(offset=(column, row))
        await driver.pilot.hover(offset=(column + 4, row))
        await driver.pilot.hover(offset=(column + 8, row))
        await driver.pilot.mouse_up(offset=(column + 8, row))
        await driver.until(lambda: driver.main.reader.selection is not None, "a selection")
        await driver.press("a")
        await driver.sees("“two years")
        await driver.press("L", "o", "n", "g", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].targets[0].anchor.quote.startswith("two years")


async def test_a_click_on_a_tab_shows_it(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.pilot.click("TabLine", offset=(13, 0))
        await driver.sees("[Figures]")


def test_no_tab_of_the_evidence_is_cut_off() -> None:
    assert " ".join(tab_names("entities", 30)) == "[Entities]  Figures   Quotes "
    assert " ".join(tab_names("entities", 28)) == "[Entities] Figures Quotes"
    assert " ".join(tab_names("quotes", 25)) == "Entities Figures [Quotes]"
    assert " ".join(tab_names("quotes", 24)) == "Ent Fig [Quotes]"
    assert " ".join(tab_names("quotes", 15)) == "E F [Quotes]"
