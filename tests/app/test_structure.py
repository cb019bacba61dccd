"""A text as it is meant, in the app: its structure is drawn, its links can be seen and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """# The harbour deal

Northport plc said on **Thursday** that [Meridian Fund](https://meridian.example/fund "the fund") would buy.

- The Courier says that the board met twice and that nothing had been agreed before the end of the summer
- The Mail says [nothing](file:///etc/passwd)

| Paper | Price |
|-------|------:|
| The Courier | 4 |
| The Mail | 12 |
"""


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """Give the folder of a library with a text in Markdown."""
    (tmp_path / "deal.md").write_text(TEXT, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        import_paths(library, [str(tmp_path / "deal.md")], story="deal")
    return tmp_path / "library"


@pytest.mark.parametrize("size", [(60, 30), (120, 40)])
async def test_a_text_in_markdown_is_drawn_as_it_is_meant(deal: Path, size: tuple[int, int]) -> None:
    async with running(deal, size) as driver:
        await driver.sees("Thursday", "Fund[1]", "• The Courier", "The Mail    │    12")
        screen = driver.screen
        assert not [mark for mark in ("**", "](", "|---") if mark in screen]
        assert "file:" not in screen


async def test_the_link_under_the_cursor_says_where_it_leads_and_opens(deal: Path) -> None:
    async with running(deal) as driver:
        asked: list[str] = []

        def opens(address: str) -> bool:
            asked.append(address)
            return True

        driver.main.reading.opens_address = opens
        driver.main.reader.go_to(TEXT.index("Fund]"))
        await driver.sees("[1] https://meridian.example/fund ")
        await driver.press("g", "x")
        await driver.sees("Opened in the browser")
        assert asked == ["https://meridian.example/fund"]
        driver.main.reader.go_to(TEXT.index("nothing]"))
        await driver.misses("[1] https://meridian.example/fund ")
        await driver.press("g", "x")
        await driver.sees("has no address of the web")
        assert len(asked) == 1


async def test_a_word_found_between_marks_is_marked_and_noted_at_its_true_place(deal: Path) -> None:
    async with running(deal) as driver:
        await driver.press("f")
        await driver.type("thursday")
        await driver.press("enter")
        assert driver.main.reader.cursor == TEXT.index("Thursday")
        await driver.press("v", "e", "a")
        await driver.type("which week?")
        await driver.press("ctrl+s")
        await driver.sees("which week?")
        await driver.at_rest()
    with Library.open(deal) as library:
        (note,) = library.notes(ref=Ref("deal", 1))
        assert note.targets[0].anchor.quote == "Thursday"
