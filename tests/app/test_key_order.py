from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key

from tests.app.conftest import running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


def burst(driver: Driver, *keys: str) -> None:
    """Send keys as a fast hand or a paste into the terminal does: all before the first has had its effect."""
    for key in keys:
        single = len(key) == 1
        driver.app.post_message(
            events.Key(_character_to_key(key) if single else key, key if single else None)
        )


async def test_letters_after_the_slash_reach_the_search_line(folder: Path) -> None:
    async with running(folder) as driver:
        burst(driver, "/", *"axnqf")
        await driver.until(lambda: driver.main.search_line.value == "axnqf", "the whole query")
        assert len(driver.app.screen_stack) == 2


async def test_words_and_the_key_that_saves_them_keep_their_order(folder: Path) -> None:
    async with running(folder) as driver:
        burst(driver, "j", "j", "a", *"quick", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].text == "quick"


async def test_motions_before_a_note_decide_its_passage(folder: Path) -> None:
    async with running(folder) as driver:
        place = driver.main.reader.document.text.index("Ada Moss told")
        driver.main.reader.go_to(place)
        burst(driver, "v", "e", "e", "a", "w", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].targets[0].anchor.quote == "Ada Moss"
