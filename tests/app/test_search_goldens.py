"""Whole screens of searching as plain text; ``CROSSREAD_GOLDENS=write`` writes them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.conftest import running
from tests.app.test_goldens import holds
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path


async def test_narrowing_a_search(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        driver.main.reader.toggle_kind(MarkKind.ENTITY)
        await driver.press("slash")
        await driver.type("crane")
        await driver.press("enter")
        await driver.sees("▸ “crane”", "+2 copies")
        await driver.press("F")
        await driver.sees("Stories")
        await driver.at_rest()
        holds(driver, "narrow-80x24")


async def test_the_query_language(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("f1")
        await driver.sees("What a search can say")
        await driver.at_rest()
        holds(driver, "query-language-80x24")


async def test_a_mistake_in_a_query(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        driver.main.reader.toggle_kind(MarkKind.ENTITY)
        await driver.press("slash")
        await driver.type("crane AND titel:glass")
        await driver.press("enter")
        await driver.sees("did you mean title:?")
        await driver.at_rest()
        holds(driver, "wrong-query-80x24", hidden=r"\d+%")  # the error may come before or after the text
