from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import Driver, running
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path


async def ready(driver: Driver) -> None:
    """Wait for the first text with what its story says to it."""
    await driver.until(lambda: driver.main.evidence_pane.evidence.story.refs, "the story's evidence")
    await driver.at_rest()
    driver.main.focus_main()


async def on_first(driver: Driver, kind: MarkKind) -> None:
    """Put the cursor on the first mark of a kind."""
    reader = driver.main.reader
    reader.go_to(reader.marks(kind)[0].start)
    await driver.at_rest()


async def test_enter_on_a_mark_says_below_the_text_what_is_known_of_it(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await ready(driver)
        await on_first(driver, MarkKind.DISSENT)
        await driver.press("enter")
        await driver.sees("≠$4.2 billion", "≠ $4.8bn in 5 and 6", "enter evidence")
        await driver.press("l")  # still within the mark
        await driver.until(lambda: driver.main.read_view.peeking, "still there")
        await driver.press("escape")
        await driver.until(lambda: not driver.main.read_view.peeking, "closed")
        await driver.press("enter")
        await driver.until(lambda: driver.main.read_view.peeking, "the peek again")
        await driver.press("j")
        await driver.until(lambda: not driver.main.read_view.peeking, "gone with the cursor")


async def test_a_second_enter_goes_to_the_row_in_the_evidence(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await ready(driver)
        await on_first(driver, MarkKind.DISSENT)
        await driver.press("enter")
        await driver.until(lambda: driver.main.read_view.peeking, "the peek")
        await driver.press("enter")
        pane = driver.main.evidence_pane
        await driver.until(lambda: pane.has_focus_within, "the evidence")
        assert (pane.tab, driver.main.read_view.peeking) == ("figures", False)
        figure = driver.main.reader.marks(MarkKind.DISSENT)[0]
        assert pane.listing.highlighted_key == f"figure:{figure.start}"


async def test_where_the_evidence_stands_beside_the_text_nothing_is_laid_below_it(folder: Path) -> None:
    async with running(folder, (120, 30)) as driver:
        await ready(driver)
        await on_first(driver, MarkKind.DISSENT)
        await driver.press("enter")
        await driver.until(lambda: driver.main.evidence_pane.tab == "figures", "the tab")
        assert not driver.main.read_view.peeking
        await driver.press("e")
        await driver.until(lambda: driver.main.query_one("#right").has_class("-away"), "folded away")
        driver.main.focus_main()
        await driver.press("enter")
        await driver.until(lambda: driver.main.read_view.peeking, "the peek")


@pytest.mark.long
async def test_quotes_names_and_notes_are_peeked_at(folder: Path) -> None:
    async with running(folder, (60, 24)) as driver:
        await ready(driver)
        await on_first(driver, MarkKind.ENTITY)
        await driver.press("enter")
        await driver.sees("× in", "sources")
        await driver.press("escape", "a")
        await driver.type("A [bold]note[/] on this")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.main.reader.marks(MarkKind.NOTE), "the note")
        note = driver.main.reader.marks(MarkKind.NOTE)[0]
        driver.main.reader.go_to(driver.main.reader.document.text.index("sells", note.start))
        await driver.press("enter")
        await driver.sees("A [bold]note[/] on this")
        await driver.press("enter")
        await driver.until(lambda: driver.main.notes_here.has_focus_within, "the notes")


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_which_mention_one_is_at_stays_as_long_as_one_is_at_it(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await ready(driver)
        await driver.press("right_curly_bracket")
        await driver.sees("1/36 in the story")
        await driver.press("tab")
        await driver.sees("1/36 in the story")
        driver.main.focus_main()
        await driver.press("j")
        await driver.until(lambda: "in the story" not in driver.screen, "no mention")
