"""Watched folders in the app: looked at while it is open, without moving what is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sources.importing.watching import Sightings
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tests.services.test_watching import PUMP, QUAY, Hours
from tui.services import watching

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    os.utime(folder / name, (1000, 1000))
    return folder / name


@pytest.mark.long
async def test_what_appears_while_the_app_is_open_comes_in_and_what_vanishes_has_a_sign(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Hours()
    monkeypatch.setattr(watching, "sightings", lambda: Sightings(time))
    sent = tmp_path / "sent"
    write(sent, "a.txt", QUAY)
    with Library.open(folder) as library:
        watching.watch(library, str(sent), "harbour-deal")
    async with running(folder) as driver:
        main = driver.main
        await driver.until(lambda: len(main.state.listing.refs("harbour-deal")) == 16, "the file to come in")
        before = (main.state.ref, main.reader.cursor)
        new = Ref("harbour-deal", 15)
        write(sent, "b.txt", PUMP)
        (sent / "a.txt").unlink()
        main.watching.look()
        await driver.until(lambda: len(main.state.listing.refs("harbour-deal")) == 17, "the second file")
        await driver.at_rest()
        time.sleep(60)
        main.watching.look()
        await driver.until(
            lambda: any(e.vanished for e in main.state.listing.entries["harbour-deal"] if e.ref == new),
            "the sign of the file that is gone",
        )
        assert (main.state.ref, main.reader.cursor) == before
        (row,) = (row for row in main.library_pane.listing.rows if row.key == str(new))
        assert "†" in row.hint


@pytest.mark.long
async def test_a_folder_is_watched_and_stopped_in_a_list(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "sightings", lambda: Sightings(Hours()))
    write(tmp_path / "sent", "a.txt", QUAY)
    async with running(folder) as driver:
        driver.main.action_run("watched-folders")
        await driver.sees("Watched folders", "No folder is watched yet")
        await driver.press("a")
        await driver.sees("Watch a folder")
        await driver.type(str(tmp_path / "none"))
        await driver.press("enter")
        await driver.sees("there is no")
        await driver.press(*["backspace"] * 4)
        await driver.type("sent")
        await driver.press("enter")
        await driver.sees("1 file", "1 change.")
        await driver.press("enter")
        await driver.sees("Nothing is new.")
        await driver.press("x")
        await driver.sees("No folder is watched yet")
    with Library.open(folder) as library:
        assert watching.watched_folders(library) == ()
        assert library.has_story("sent")
