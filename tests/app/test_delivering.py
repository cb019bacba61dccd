from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sources.library import Library
from sources.model import NoteFields, Ref, Span
from sources.notes.anchoring import make_anchor
from tests.app.conftest import running
from tests.app.test_goldens import holds
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver

FIRST = Ref("harbour-deal", 1)


@pytest.fixture
def noted(folder: Path) -> Path:
    with Library.open(folder) as library:
        text = library.source(FIRST).text
        library.create_note(
            NoteFields("worth a call", tags=("call",)), [(FIRST, make_anchor(text, Span(200, 260)))]
        )
        library.create_note(
            NoteFields("let it be", tags=("rest",)), [(FIRST, make_anchor(text, Span(300, 320)))]
        )
    return folder


async def export_screen(driver: Driver) -> None:
    await driver.press("ctrl+e")
    await driver.sees("Export", "markdown", "enter export")


async def test_notes_are_filtered_and_written_where_the_path_says(noted: Path, tmp_path: Path) -> None:
    target = tmp_path / "notes.md"
    async with running(noted) as driver:
        await export_screen(driver)
        await driver.press("tab", "tab")
        await driver.type("#call")
        await driver.press("tab", "tab")
        driver.app.focused.value = str(target)  # type: ignore[union-attr]  # the line of the path
        await driver.press("enter")
        await driver.sees("Wrote", "notes.md", "(1)")
        text = target.read_text(encoding="utf-8")
        assert "worth a call" in text
        assert "let it be" not in text
        await driver.press("enter")
        await driver.sees("✗")
        assert target.read_text(encoding="utf-8") == text


async def test_without_a_path_it_goes_into_the_librarys_folder(noted: Path) -> None:
    async with running(noted) as driver:
        await export_screen(driver)
        await driver.press("j", "j", "enter")
        await driver.sees("Wrote")
        (written,) = (noted / "exports").iterdir()
        assert written.suffix == ".jsonld"
        assert json.loads(written.read_text(encoding="utf-8"))


async def test_a_filter_that_is_no_query_is_refused_in_its_place(noted: Path) -> None:
    async with running(noted) as driver:
        await export_screen(driver)
        await driver.press("tab", "tab")
        await driver.type("title:(")
        await driver.press("enter")
        await driver.sees("✗")
        await driver.press("ctrl+u")
        await driver.type("nosuchword")
        await driver.press("enter")
        await driver.sees("Nothing fits; no file was written.")
        assert not (noted / "exports").exists() or not list((noted / "exports").iterdir())


async def test_a_dossier_is_redacted_from_the_dialog(noted: Path, tmp_path: Path) -> None:
    target = tmp_path / "dossier.json"
    async with running(noted) as driver:
        await export_screen(driver)
        form = driver.app.screen
        form.query_one("#form-redact", Input).value = "Ada Moss; harbour-deal/3"
        form.query_one("#form-path", Input).value = str(target)
        await driver.press("enter")
        await driver.sees("Only a story's dossier is redacted")
        form.query_one("#form-choices", VirtualList).highlight("story:json")
        await driver.press("enter")
        await driver.sees("Wrote", "dossier.json")
        text = target.read_text(encoding="utf-8")
        assert "Ada Moss" not in text
        assert "Person 1" in text
        assert "Source A" in text


@pytest.mark.long
async def test_what_was_exported_is_taken_in_once(noted: Path, sample_folder: Path, tmp_path: Path) -> None:
    async with running(noted) as driver:
        await export_screen(driver)
        await driver.press("j", "j", "enter")
        await driver.sees("Wrote")
        await driver.press("escape")
    (written,) = (noted / "exports").iterdir()
    shutil.copytree(sample_folder, tmp_path / "another")
    async with running(tmp_path / "another") as driver:
        driver.main.action_run("import-notes")
        await driver.sees("Import notes and labels")
        driver.app.focused.value = str(written)  # type: ignore[union-attr]  # the line of the path
        await driver.press("enter")
        await driver.sees("2 notes added")
        await driver.press("enter")
        await driver.sees("2 unchanged")
        await driver.until(lambda: len(driver.main.state.notes) == 2, "the notes on the open text")


async def test_a_file_that_is_none_is_refused_with_its_name(noted: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text("nothing of the kind", encoding="utf-8")
    async with running(noted) as driver:
        driver.main.action_run("import-notes")
        await driver.sees("Import notes and labels")
        driver.app.focused.value = str(tmp_path / "odd.txt")  # type: ignore[union-attr]  # the line of the path
        await driver.press("enter")
        await driver.sees("✗", "odd.txt")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_exporting_looks_so(noted: Path, size: tuple[int, int]) -> None:
    async with running(noted, size) as driver:
        await export_screen(driver)
        await driver.at_rest()
        holds(driver, f"export-{size[0]}x{size[1]}")
