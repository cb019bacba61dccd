from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.keys import _character_to_key

from sources import places
from tests.app.conftest import running
from tui.app import application
from tui.app.dialogs.help import help_rows
from tui.app.dialogs.note_editor import NoteEditor
from tui.app.views.pane import bindings_for
from tui.app.widgets.reader import Reader
from tui.app.widgets.virtual_list import VirtualList
from tui.services.actions import ACTIONS, WIDGETS_OWN, actions_for, key_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.binding import BindingType
    from textual.dom import DOMNode


def keys_of(bindings: Iterable[BindingType]) -> set[str]:
    return {binding.key for binding in Binding.make_bindings(bindings)}


def named(key: str) -> str:
    return ">".join(_character_to_key(one) if len(one) == 1 else one for one in key.split(" "))


def test_ids_are_unique_and_every_command_explains_itself() -> None:
    assert len({command.id for command in ACTIONS}) == len(ACTIONS)
    assert all(command.title for command in ACTIONS)
    assert all(command.help for command in ACTIONS if command.where not in WIDGETS_OWN)


def test_no_key_means_two_things_in_one_place() -> None:
    for where in {command.where for command in ACTIONS} - WIDGETS_OWN:
        keys = [key for command in actions_for(where) for key in command.keys]
        assert len(keys) == len(set(keys)), where


def test_help_and_key_map_show_every_command() -> None:
    page, table = "\n".join(row.cells.plain for row in help_rows()), key_map()
    for command in ACTIONS:
        assert command.title[:40] in page
        assert f"| {command.title}" in table


def test_the_registry_tells_the_truth_about_the_widgets() -> None:
    widgets: dict[str, type[DOMNode]] = {"text": Reader, "list": VirtualList, "editor": NoteEditor}
    for where, widget in widgets.items():
        told = {named(key) for command in actions_for(where) for key in command.keys}
        assert told <= keys_of(widget.BINDINGS), where


def test_bindings_come_from_the_registry() -> None:
    assert keys_of(bindings_for("everywhere")) == {
        named(key) for command in actions_for("everywhere") for key in command.keys
    }


def test_the_registry_loads_no_screens() -> None:
    code = (
        "import sys, tui.services.actions; "
        "print([m for m in sys.modules if m.split('.')[0] in {'textual', 'rich'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


_OWN_RUNS = [
    command.id
    for command in ACTIONS
    if command.where not in WIDGETS_OWN
    and command.id not in {"leave", "quit-app", "open-demo", "open-library", "tour"}
]


@pytest.mark.long
@pytest.mark.parametrize("library", ["empty", "full"])
@pytest.mark.parametrize("part", range(2))
async def test_every_command_runs(library: str, part: int, tmp_path: Path, folder: Path) -> None:
    async with running(folder if library == "full" else tmp_path / "new") as driver:
        for command in _OWN_RUNS[part::2]:
            known = command in driver.main.handlers
            assert known, f"nothing runs for {command}"
            driver.main.action_run(command)
            await driver.pilot.pause()
            while len(driver.app.screen_stack) > 2:
                driver.app.pop_screen()
                await driver.pilot.pause()
        await driver.at_rest()


async def test_the_palette_finds_a_command_by_name(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("ctrl+p")
        await driver.type("all notes")
        await driver.press("escape", "escape")
        await driver.press("ctrl+p")
        await driver.until(lambda: len(driver.app.screen_stack) > 2, "the palette")
        await driver.type("Views: Notes")
        await driver.sees("Views: Notes")
        await driver.press("enter")
        await driver.until(lambda: driver.main.view == "notes", "the notes")


# A key of one letter or sign and a verb after it, as sentences name keys: "u undoes it", "with M first".
KEY_IN_WORDS = re.compile(
    r"(?:^|[;,:(?] |[.] |\bthen |\bpress |\bwith )(?!a |I |A )(?:ctrl\+\w|g[xlO]|[A-Za-z/+'\"])"
    r"(?= [a-z]+s\b| first\b| there\b|[.]$)|\ba (?:writes|makes)\b"
)
FIXED = (
    "controllers/labels.py",
    "dialogs/saved_searches.py",
    "dialogs/watched_folders.py",
    "dialogs/labels.py",
)  # their keys stay


def said(module: ast.Module) -> Iterator[str]:
    """Yield all texts in a module but its docstrings."""
    docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_no_sentence_names_a_key_that_the_user_may_have_changed() -> None:
    root = Path(application.__file__).parent
    found = [
        f"{path.relative_to(root)}: {words}"
        for path in sorted(root.rglob("*.py"))
        if str(path.relative_to(root)) not in FIXED
        for words in said(ast.parse(path.read_text(encoding="utf-8")))
        if KEY_IN_WORDS.search(words)
    ]
    assert not found, "\n".join(found)


async def test_sentences_name_the_keys_that_the_user_has(folder: Path) -> None:
    file = places.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[keys]\nnote = "f8"\nmark = "f7"\ncompare = "f9"\nundo = "f10"\n')
    async with running(folder, (120, 40)) as driver:
        await driver.sees("None yet; f8 writes one.")
        await driver.press("2")
        await driver.sees("in the library with f7, then press f9")
        await driver.press("f9")
        await driver.sees("f7 first")
        await driver.press("1", "X")
        await driver.sees("f10 brings it back")
