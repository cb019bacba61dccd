"""`u` in the app: each act says how to take it back, and it does, in the right order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from sources.library import Library
from tests.app.conftest import running

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_was_added_is_taken_out_again_by_one_key(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Mill {name}\n\nMill {name} closes in May.\n")
    async with running(folder) as driver:
        await driver.press("A")
        form = driver.app.screen_stack[-1]
        form.query_one("#form-path", Input).value = f"{tmp_path}/one.txt {tmp_path}/two.txt"
        form.query_one("#form-story", Input).value = "mill"
        await driver.pilot.pause()
        await driver.press("enter")
        await driver.sees("2 added. u undoes what was added.")
        await driver.press("escape")
        await driver.press("u")
        await driver.sees("Undone: 2 sources added to mill.")
        with Library.open(folder) as library:
            assert not library.has_story("mill")
        await driver.press("U")
        await driver.sees("Redone: 2 sources added to mill.")
        with Library.open(folder) as library:
            assert library.has_story("mill")


async def test_a_correction_and_a_note_are_undone_the_later_one_first(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("tab")
        await driver.until(lambda: driver.main.focused_pane is driver.main.evidence_pane, "the evidence")
        await driver.sees("Persons")
        await driver.press("+")
        await driver.sees("is pinned; u undoes it.")
        await driver.press("1", "a")
        await driver.type("why")
        await driver.press("ctrl+s")
        await driver.at_rest()
        await driver.press("u")
        await driver.sees("Undone: note 1 added.")
        await driver.press("u")
        await driver.sees("Undone: correction of")
        await driver.misses("★")
        with Library.open(folder) as library:
            assert library.corrections() == ()


async def test_ctrl_c_says_how_to_quit_and_costs_nothing_that_is_typed(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("ctrl+c")
        await driver.sees("ctrl+q quits.")
        await driver.press("a")
        await driver.type("half a thought")
        await driver.press("ctrl+c", "ctrl+c")
        await driver.sees("what you typed is kept as a draft", "half a thought")
        words = driver.app.screen.query_one(TextArea)
        words.select_all()
        await driver.press("ctrl+c")
        assert driver.app.clipboard == "half a thought"
        await driver.press("ctrl+q")
    with Library.open(folder) as library:
        assert [draft.fields.text for draft in library.drafts()] == ["half a thought"]
