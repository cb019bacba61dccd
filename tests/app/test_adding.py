"""Adding sources in the app: what is typed, tried out, stopped, and told of each file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste
from textual.widgets import Input

from sources.importing.note_import import NoteImport
from sources.importing.report import FailedInput, ImportReport
from sources.library import Library
from sources.library.ingest import IngestResult
from sources.model import Ref
from tests.app.conftest import Driver, running
from tests.waiting import PATIENCE
from tui.app.dialogs.add import AddForm, import_told
from tui.app.dialogs.form import import_told as notes_told

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
        await driver.sees("1 added, 1 could not be read. u undoes what was added.", "quay.txt", "sources: 1")
        with Library.open(folder) as library:
            titles = {story.slug: story.title for story in library.stories()}
            assert titles["quay-mill"] == "The Quay & Mill!"


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
        await driver.sees("Stopped; what is complete is kept: nothing")
        await driver.press("escape")
        assert driver.app.screen_stack[-1] is driver.main


async def test_the_story_is_told_by_its_slug_while_its_name_is_typed(folder: Path, desk: Path) -> None:
    async with running(folder) as driver:
        await opened(driver, f"{desk}/mill-one.txt", "The Mill & Quay!")
        await driver.sees("a new story: mill-quay")
        form = await filled(driver, story="Harbour Deal")
        await driver.sees("joins harbour-deal, which has 14 sources")
        await filled(driver, story="?!")
        await driver.misses("joins")
        await driver.press("enter")
        await driver.sees("A name needs letters or digits.")
        form.query_one("#form-story", Input).value = "港の売却"
        await driver.sees("a new story: story-")
        await driver.misses("A name needs")


async def filled(driver: Driver, **values: str) -> AddForm:
    form = driver.app.screen_stack[-1]
    assert isinstance(form, AddForm)
    for name, value in values.items():
        form.query_one(f"#form-{name}", Input).value = value
    await driver.pilot.pause()
    return form


async def test_several_are_picked_in_the_list_with_space(folder: Path, desk: Path) -> None:
    async with running(folder) as driver:
        form = await opened(driver, f"{desk}/")
        await driver.sees("mill-one.txt", "mill-two.txt")
        await driver.press("down", "down", "j", "j", "space", "space")
        assert form.query_one("#form-path", Input).value == f"{desk}/mill-one.txt {desk}/mill-two.txt "
        assert form.query_one("#form-report").has_focus
        await filled(driver, path="")
        assert form.query_one("#form-path", Input).value == ""


async def test_what_is_dropped_on_the_line_is_taken_without_quotes_all_of_it(
    folder: Path, desk: Path
) -> None:
    async with running(folder) as driver:
        form = await opened(driver, f"{desk}/mill-two.txt")
        line = form.query_one("#form-path", Input)
        line.post_message(Paste(f"'{desk}/My papers/quay.txt'\nfile://{desk}/mill-one.txt\n"))
        await driver.pilot.pause()
        assert line.value == f"{desk}/mill-two.txt {desk}/My\\ papers/quay.txt {desk}/mill-one.txt"
        await driver.press("enter")
        await driver.sees("3 added")


async def test_what_was_said_of_the_last_try_goes_when_something_else_is_typed(
    folder: Path, desk: Path
) -> None:
    async with running(folder) as driver:
        await opened(driver, f"{desk}/bad.txt {desk}/mill-one.txt")
        await driver.press("ctrl+t")
        await driver.sees("Trial run, nothing is written: 1 added, 1 could not be read")
        await filled(driver, path=f"{desk}/mill-one.txt")
        await driver.misses("could not be read")


@pytest.mark.parametrize(
    ("story", "failed", "told"),
    [
        (IngestResult("mill", None, (), (), ()), 0, ""),
        (IngestResult("mill", None, (Ref("mill", 1),), (), (Ref("mill", 2),)), 0, "1 added, 1 unchanged"),
        (IngestResult("mill", None, (), (Ref("mill", 1),), ()), 2, "1 changed, 2 could not be read"),
    ],
)
def test_what_did_not_happen_is_left_out(story: IngestResult, failed: int, told: str) -> None:
    failures = (FailedInput("a", "b"),) * failed
    assert import_told(ImportReport((story,), failures, (), None, (), interrupted=False)) == told


def test_an_import_of_notes_leaves_out_what_did_not_happen() -> None:
    def told(**counts: int) -> str:
        values = {name: (None,) * count for name, count in counts.items() if name != "unchanged"}
        known: dict[str, Any] = dict.fromkeys(("added", "labelled", "refused", "unmatched", "newer"), ())
        found = NoteImport(
            "jsonld", **(known | values), unchanged=counts.get("unchanged", 0), unmatched_path=None
        )
        return notes_told(found)

    assert told() == "Nothing to take in (jsonld)"
    assert told(added=1, unchanged=2) == "1 note added, 2 unchanged (jsonld)"
    assert told(added=2, labelled=1, refused=1) == "2 notes added, 1 labelled span added, 1 refused (jsonld)"
