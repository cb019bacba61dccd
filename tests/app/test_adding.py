"""Adding sources in the app: what is typed, tried out, stopped, and told of each file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sources.library import Library
from tests.app.conftest import Driver, running
from tests.waiting import PATIENCE
from tui.app.dialogs.add import AddForm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "desk"
    (folder / "My papers").mkdir(parents=True)
    (folder / "My papers" / "quay.txt").write_text("The quay\n\nThe quay was sold on Thursday.\n")
    (folder / "mill-one.txt").write_text("The mill\n\nThe mill closes.\n")
    (folder / "mill-two.txt").write_text("Another mill\n\nIt stays.\n")
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 20)
    monkeypatch.chdir(folder)
    return folder


async def opened(driver: Driver, path: str, story: str = "") -> AddForm:
    await driver.press("A")
    form = driver.app.screen_stack[-1]
    assert isinstance(form, AddForm)
    for name, value in (("path", path), ("story", story)):
        line = form.query_one(f"#form-{name}", Input)
        line.value = value
        line.cursor_position = len(value)
    await driver.pilot.pause()
    return form


@pytest.mark.long
async def test_what_is_on_disk_is_listed_and_completed(folder: Path, desk: Path) -> None:
    async with running(folder) as driver:
        form = await opened(driver, f"{desk}/mi")
        line = form.query_one("#form-path", Input)
        await driver.sees("mill-one.txt", "mill-two.txt")
        await driver.press("tab")
        assert line.value == f"{desk}/mill-"
        line.value = f"{desk}/two"
        await driver.misses("mill-one.txt")
        await driver.press("enter")
        await driver.sees("There is nothing at", "listed.")
        line.focus()
        await driver.press("down", "down", "enter")  # to the list, and the only name of it
        assert line.value == f"{desk}/mill-two.txt "
        assert line.has_focus


@pytest.mark.usefixtures("desk")
async def test_each_file_is_reported_after_a_try_that_writes_nothing(folder: Path) -> None:
    async with running(folder) as driver:
        await opened(driver, "'My papers' bad.txt", "The Quay & Mill!")
        await driver.press("ctrl+t")
        await driver.sees(
            "Trial run, nothing is written", "quay-mill · 1 new", "guessed: title", "is not a text file"
        )
        with Library.open(folder) as library:
            assert "quay-mill" not in {story.slug for story in library.stories()}
        await driver.press("enter")
        await driver.sees("1 added, 0 changed, 0 unchanged, 1 could not be read", "quay.txt", "sources: 1")
        with Library.open(folder) as library:
            assert "quay-mill" in {story.slug for story in library.stories()}


async def test_what_is_wrong_stands_under_its_line_until_that_changes(folder: Path, desk: Path) -> None:
    async with running(folder) as driver:
        form = await opened(driver, "none.txt")
        await driver.press("enter")
        await driver.sees("There is nothing at none.txt.")
        form.query_one("#form-path", Input).value = f"{desk}/mill-one.txt"
        await driver.misses("There is nothing at")
        form.query_one("#form-story", Input).value = "?!"
        await driver.press("enter")
        await driver.sees("A name needs letters or digits.")


async def test_esc_stops_first_and_closes_then(folder: Path, desk: Path) -> None:
    go_on = threading.Event()
    async with running(folder) as driver:
        await opened(driver, f"{desk}/mill-one.txt")
        driver.app.background.queue("import", lambda _job: go_on.wait(PATIENCE), lambda _: None)
        await driver.press("enter", "escape")
        await driver.sees("Stopping; what is complete is kept.")
        go_on.set()
        await driver.sees("Stopped; what is complete is kept: 0 added")
        await driver.press("escape")
        assert driver.app.screen_stack[-1] is driver.main
