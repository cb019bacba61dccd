"""A picture of the screen, as SVG and as text, over no other file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.conftest import running

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_screen_is_saved_with_the_dialog_on_it_and_over_nothing(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("question_mark")
        await driver.sees("type to search")
        await driver.press("f12")
        await driver.sees("The screen is in")
        await driver.press("f12")
        await driver.until((folder / "exports/screen-2.txt").exists)
    text = (folder / "exports/screen.txt").read_text("utf-8")
    assert "type to search" in text
    assert len(text.splitlines()) == 40
    for name in ("screen", "screen-2"):
        picture = (folder / f"exports/{name}.svg").read_text("utf-8")
        assert picture.startswith("<svg")
        assert "@font-face" not in picture


async def test_its_key_can_be_another_and_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    (folder / "exports").write_text("a file where the folder should be")
    async with running(folder) as driver:
        driver.app.set_keymap({"screenshot": "f9"})
        await driver.press("f9")
        await driver.until(lambda: bool(driver.app.troubles), "trouble")
        assert "exports cannot be made" in str(driver.app.troubles[0])
        driver.app.services.troubles.clear()
