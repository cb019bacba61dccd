"""Where the user is, saved while the app is open."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from sources import places
from sources.model import Ref
from tests.app.conftest import running
from tests.waiting import PATIENCE
from tui.app import session_keeping
from tui.app.controllers import reading
from tui.app.session_keeping import KEPT_AFTER
from tui.app.state import Session, load_session, save_session, session_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """Give a list of all that is saved from now on."""
    sessions: list[Session] = []

    def save(path: Path, session: Session) -> None:
        save_session(path, session)
        sessions.append(session)

    monkeypatch.setattr(session_keeping, "save_session", save)
    return sessions


async def a_while_later(driver: Driver) -> None:
    """Let the app look around until nothing is left to look at."""
    for _ in range(3):
        driver.clock.pass_by(KEPT_AFTER)
        await driver.at_rest()


async def test_another_text_and_place_are_saved_soon_and_once(folder: Path, written: list[Session]) -> None:
    async with running(folder) as driver:
        await a_while_later(driver)
        written.clear()
        await driver.press("right_square_bracket")
        await driver.until(lambda: driver.main.state.ref == Ref("harbour-deal", 2), "the second source")
        await driver.press("j", "j", "M")
        await a_while_later(driver)
        kept = load_session(session_file(places.state_folder(), folder))
        assert (kept.source, kept.marked) == ("harbour-deal/2", ["harbour-deal/2"])
        assert kept.cursor == driver.main.reader.cursor > 0
        assert len([one for one in written if one.cursor == kept.cursor]) == 1


async def test_where_nothing_changed_nothing_is_written(folder: Path, written: list[Session]) -> None:
    async with running(folder) as driver:
        await driver.press("j", "k")  # now the text counts as read
        await a_while_later(driver)
        written.clear()
        await driver.press("j", "k", "question_mark", "escape")
        await a_while_later(driver)
        driver.clock.pass_by(60)
        await a_while_later(driver)
        assert written == []


async def test_a_text_on_its_way_does_not_take_the_place_of_where_one_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = session_file(places.state_folder(), folder)
    comes, describe = threading.Event(), reading.about

    def describe_late(*of: Any) -> str:
        assert comes.wait(PATIENCE)
        return describe(*of)

    save_session(file, Session(view="read", source="harbour-deal/3", cursor=100))
    comes.set()
    async with running(folder) as driver:
        await driver.until(lambda: driver.main.state.ref == Ref("harbour-deal", 3), "the third source")
        comes.clear()
        monkeypatch.setattr(reading, "about", describe_late)
        await driver.press("right_square_bracket")
        for _ in range(3):
            driver.clock.pass_by(KEPT_AFTER)
            await driver.pilot.pause()
        assert (load_session(file).source, load_session(file).cursor) == ("harbour-deal/3", 100)
        comes.set()
        await driver.until(lambda: load_session(file).source == "harbour-deal/4", "the next source kept")


async def test_a_full_disk_is_no_more_than_logged_and_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(folder) as driver:
        await a_while_later(driver)

        def fail(_path: Path, _session: Session) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(session_keeping, "save_session", fail)
        await driver.press("j")
        await driver.until(lambda: driver.app.services.troubles, "the trouble")
        await a_while_later(driver)
        assert len(driver.app.services.troubles) == 1
        assert "No space" not in driver.screen
        driver.app.services.troubles.clear()
        monkeypatch.setattr(session_keeping, "save_session", save_session)
        await driver.press("j")
        file, cursor = session_file(places.state_folder(), folder), driver.main.reader.cursor
        await driver.until(lambda: load_session(file).cursor == cursor, "the place kept")
