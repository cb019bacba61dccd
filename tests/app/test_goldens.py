"""Whole screens as plain text; ``CROSSREAD_GOLDENS=write`` writes them again."""

from __future__ import annotations

import re
from pathlib import Path

from tests.app.conftest import Driver, running
from tests.goldens import check_golden
from tui.app.widgets.reader import MarkKind

GOLDENS = Path(__file__).parent / "goldens"


def holds(driver: Driver, name: str, *, hidden: str = "(?!)") -> None:
    shown = re.sub(r"added \d{4}-\d\d-\d\d", "added today     ", driver.screen) + "\n"
    shown = re.sub(hidden, "·", shown)
    check_golden(GOLDENS / f"{name}.txt", shown)


async def test_the_welcome(tmp_path: Path) -> None:
    async with running(tmp_path / "new", (80, 24)) as driver:
        await driver.sees("Look at the demo story")
        holds(driver, "welcome-80x24")


async def test_reading(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        driver.main.reader.toggle_kind(MarkKind.ENTITY)
        await driver.press("ctrl+d")
        await driver.at_rest()
        holds(driver, "read-80x24")


async def test_writing_a_note(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        driver.main.reader.toggle_kind(MarkKind.ENTITY)
        driver.main.reader.go_to(driver.main.reader.document.text.index("telephone"))
        await driver.press("a")
        await driver.sees("ctrl+s save")
        await driver.at_rest()
        holds(driver, "note-80x24")
