from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import LabelFields
from tests.waiting import PATIENCE, HandClock, screen_text, wait_until
from tui.app.application import CrossreadApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.app.main_screen import MainScreen

SIZES = [(80, 24), (120, 40), (200, 50)]
EXTREMES = [SIZES[0], SIZES[-1]]  # all that gives no size runs in the one between


class Driver:
    """Presses keys in the app and looks at its screen."""

    def __init__(self, app: CrossreadApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def clock(self) -> HandClock:
        assert isinstance(self.app.clock, HandClock)
        return self.app.clock

    @property
    def main(self) -> MainScreen:
        return self.app.main_screen

    @property
    def screen(self) -> str:
        return screen_text(self.pilot)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait for what the app comes to by itself: its time passes while it is at rest.

        What a thread wrote into the library is seen when the app has heard of it, too.
        """
        latest = self.clock.now() + PATIENCE

        def pass_time() -> None:
            if not self.app.background.busy():
                self.clock.pass_until_next(latest)

        def told() -> bool:
            return not self.app.background.busy("writing") and bool(condition())

        words = what or str(condition)
        try:
            await wait_until(
                self.pilot, told, what=words, otherwise=pass_time, at_work=self.app.background.busy
            )
        except AssertionError as failed:
            raise AssertionError(f"{failed}\n{self.screen}") from None

    async def sees(self, *texts: str) -> None:
        def shown() -> bool:
            screen = self.screen
            return all(text in screen for text in texts)

        await self.until(shown, " and ".join(texts))

    async def misses(self, text: str) -> None:
        await self.until(lambda: text not in self.screen, f"{text} to go")

    async def press(self, *keys: str) -> None:
        """Press keys, and let the wait of digits end that nothing follows."""
        await self.pilot.press(*keys)
        if self.app.prefixes.wait is not None:
            self.clock.pass_by(self.app.prefixes.wait)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        names = {
            " ": "space",
            '"': "quotation_mark",
            ":": "colon",
            "(": "left_parenthesis",
            "#": "number_sign",
        }
        await self.pilot.press(*(names.get(letter, letter) for letter in text))

    async def at_rest(self) -> None:
        await self.until(
            lambda: not self.app.background.busy() and self.app.services.index is not None, "rest"
        )
        await self.pilot.pause()


@asynccontextmanager
async def running(
    folder: Path,
    size: tuple[int, int] = (120, 40),
    app: CrossreadApp | None = None,
    *,
    at_beginning: bool = False,
) -> AsyncIterator[Driver]:
    """Run the app; what a first start shows is left for the text, unless the test is ``at_beginning``."""
    app = app or CrossreadApp(library_folder=folder, clock=HandClock())
    if not at_beginning:
        app.session.view = app.session.view or "read"
    app.animation_level = "none"  # a view that glides is drawn again and again
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.services.library is not None, "the library")
        await driver.at_rest()
        yield driver
    assert not app.services.troubles, app.services.troubles


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path) -> Path:
    """Give the folder of a library that holds the bundled story."""
    shutil.copytree(sample_folder, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def coded(folder: Path) -> Path:
    """Give the folder of a library with the bundled story and a codebook of three labels."""
    with Library.open(folder) as library:
        library.add_label(LabelFields("claim", "what somebody says is so", "blue", "c"))
        library.add_label(LabelFields("figure", "a number", "orange", "f"), parent="claim")
        library.add_label(LabelFields("judgement", "", None, "j"))
    return folder
