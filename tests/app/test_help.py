"""The help: the keys of this place, the signs that are drawn, and finding in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sources.evidence.audit import Verdict
from tests.app.conftest import running
from tui.app.dialogs.help import Here, KeyHelp, help_parts, help_rows
from tui.app.views.audit_rows import SIGNS as AUDIT_SIGNS
from tui.app.views.story_rows import SIGNS as QUOTE_SIGNS
from tui.app.views.text_evidence import KIND_LETTERS, STATUS_SIGNS
from tui.app.widgets.comparison_layout import ALONE, MOVED, REPEATED
from tui.app.widgets.comparison_layout import SIGNS as GUTTER_SIGNS
from tui.app.widgets.reader_drawing import LABEL_SIGN, LABELS_SIGN, NOTE_SIGN, SHARED_SIGN, SUGGESTION_SIGN
from tui.app.widgets.reader_layout import MUTED_SIGN
from tui.app.widgets.virtual_list import POINTER
from tui.services.signs import SIGNS, sign_tables, signs_on

if TYPE_CHECKING:
    from pathlib import Path


def page(parts: object = None, wanted: str = "", width: int = 90) -> list[str]:
    return [row.cells.plain for row in help_rows(parts, wanted, width)]  # type: ignore[arg-type]


def test_every_sign_that_is_drawn_is_in_the_table() -> None:
    told = {(sign.place, sign.sign) for sign in SIGNS}
    drawn = {
        "compare": {*GUTTER_SIGNS.values(), MOVED, REPEATED, ALONE},
        "text": {
            MUTED_SIGN, NOTE_SIGN, SHARED_SIGN, LABEL_SIGN, LABELS_SIGN, SUGGESTION_SIGN,
            *KIND_LETTERS.values(),
        },
        "evidence": {*KIND_LETTERS.values()},
        "figures": {*STATUS_SIGNS.values()} - {" "},
        "quotes": {*QUOTE_SIGNS.values()},
        "audit": {AUDIT_SIGNS[verdict][0] for verdict in Verdict},
        "list": {POINTER},
    }  # fmt: skip
    assert {(place, sign) for place, signs in drawn.items() for sign in signs} <= told


def test_no_sign_is_told_twice_in_one_place_and_all_are_in_the_docs() -> None:
    assert len({(sign.place, sign.sign) for sign in SIGNS}) == len(SIGNS)
    assert all(sign.meaning in sign_tables() for sign in SIGNS)


def test_signs_are_those_that_are_drawn_and_letters_are_no_words() -> None:
    drawn = {"library": ["› 4 Rail strike ends   ●R TH", "  5 Pay offer"], "list": [""]}
    assert {sign.sign for sign in signs_on(drawn)} == {"●", "R"}
    assert {sign.sign for sign in signs_on({"library": ["Ready R2D2"]})} == set()
    margin = {"text": ["Ada Moss of Northport   PO"]}
    assert {"P", "O"} <= {sign.sign for sign in signs_on(margin)}
    assert "L" not in {sign.sign for sign in signs_on(margin)}
    assert {sign.sign for sign in signs_on({"notes": ["claim  orphan", "orphaned"]})} == {"orphan"}
    assert not signs_on({"notes": ["orphaned", "filter: is:orphan"]})


def test_a_sign_that_means_several_things_is_told_with_where_and_others_once() -> None:
    drawn = {
        "audit": ["✓ Northport sold it."],
        "library": ["» 4 ✓"],
        "text": ["   P"],
        "evidence": [" P Moss"],
    }
    here = Here("Audit", ("audit",), (), signs_on(drawn))
    told = [(line.left, line.words) for line in dict(help_parts(here=here))["Signs on this screen"]]
    assert ("✓", "In the audit: the sources say so.") in told
    assert ("✓", "In the library: read.") in told
    assert told.count(("P", "person.")) == 1
    assert ("»", "the source that is open.") in told


def test_the_keys_of_a_map_are_told_before_those_of_everywhere() -> None:
    here = Here("Figures", ("figures", "matrix"), (("n", "next ≠"),))
    assert help_parts(here=here)[0][1][0].words == "Next or previous overlap or conflict."
    text = Here("Read", ("read", "text"), (("e", "evidence"),))
    assert help_parts(here=text)[0][1][0].action == "evidence"


def test_what_is_here_comes_first_and_each_key_of_a_place_once() -> None:
    here = Here("Evidence", ("evidence", "list"), (("f", "filter"), ("space", "only this")))
    titles = [title for title, _ in help_parts(here=here)]
    assert titles[0] == "Keys here: Evidence"
    first, second, *_ = help_parts(here=here)[0][1]
    assert (first.left, first.action) == ("f", "filter-evidence")  # not that of everywhere
    assert second.action == "isolate"
    assert len({line.action for line in help_parts(here=here)[0][1] if line.action}) > 5


@pytest.mark.parametrize(
    ("wanted", "there", "not_there"),
    [
        ("copy", "Copy as", "Maximise"),
        ("COPY citation", "Copy as", "near copies"),
        ("ctrl+e", "Export", "Copy as"),
        ("}", "Next mention", "Maximise"),
        ("caption", "░", "Export"),
    ],
)
def test_what_is_typed_is_found_in_keys_words_and_signs(wanted: str, there: str, not_there: str) -> None:
    found = "\n".join(page(wanted=wanted))
    assert there in found
    assert not_there not in found


def test_nothing_is_found_where_nothing_answers() -> None:
    assert page(wanted="zeppelin") == []


@pytest.mark.parametrize("width", [20, 49, 56, 90])
def test_lines_fit_the_page(width: int) -> None:
    assert max(map(len, page(width=width))) <= max(width, 40)


async def test_help_begins_with_this_place_and_its_signs(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await driver.press("question_mark")
        await driver.sees("Keys here: Read", "Find in text")
        shown = driver.app.screen_stack[-1]
        assert isinstance(shown, KeyHelp)
        rows = "\n".join(row.cells.plain for row in shown.listing.rows)
        signs = rows[rows.index("Signs on this screen") : rows.index("Views")]
        assert "the source that is open" in signs
        assert "both say the same" not in signs  # of Compare, which is not shown
        await driver.press("escape")
        assert driver.app.screen_stack[-1] is driver.main


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_typing_finds_a_key_and_enter_does_it(size: tuple[int, int], folder: Path) -> None:
    async with running(folder, size) as driver:
        await driver.press("question_mark")
        await driver.type("all notes")
        await driver.sees("All notes of the library.")
        await driver.misses("Keys here")
        await driver.press("enter")
        await driver.until(lambda: driver.main.view == "notes", "the notes")


async def test_help_scrolls_closes_with_its_own_key_and_keeps_a_sign_open(folder: Path) -> None:
    async with running(folder, (60, 20)) as driver:
        await driver.press("question_mark")
        await driver.sees("Keys here: Read")
        await driver.press("pagedown", "pagedown")
        await driver.misses("Keys here")
        await driver.type("furniture")
        await driver.sees("captions" if "captions" in driver.screen else "caption")
        await driver.press("enter")  # a sign: there is nothing to do
        assert isinstance(driver.app.screen_stack[-1], KeyHelp)
        driver.app.screen.query_one(Input).value = ""
        await driver.press("question_mark")
        await driver.until(lambda: driver.app.screen_stack[-1] is driver.main, "the help to close")


async def test_the_keys_of_a_dialog_are_told_and_taken_there(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("slash", *"crane", "enter")
        await driver.until(lambda: main.focused_pane is main.results_pane, "the results")
        await driver.press("K")
        await driver.sees("Saved searches")
        await driver.press("question_mark")
        await driver.sees(
            "Keys here: Saved searches", "Save the present one", "E   ", "Rename.", "delete", "Row down"
        )
        await driver.misses("Signs on this screen")
        await driver.press("question_mark")
        await driver.misses("Keys here")
        await driver.press("question_mark", *"present", "enter")
        await driver.sees("Save this search")


async def test_a_question_tells_its_keys_and_the_note_editor_types_the_sign(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("X")
        await driver.sees("Keep it")
        await driver.press("question_mark")
        await driver.sees("Keys here", "Keep it.", "Leave.")
        await driver.press("escape", "escape")
        await driver.misses("Keep it")
        await driver.press("a", "question_mark")
        await driver.sees("Note on", "?")
        await driver.misses("Keys here")


async def test_a_form_tells_its_keys_while_its_list_has_the_focus(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("ctrl+e")
        await driver.sees("Export", "enter export")
        await driver.press("question_mark")
        await driver.sees("Keys here: Export", "Export.", "Complete, next line.")
        await driver.press("escape")
        await driver.sees("enter export")
        await driver.misses("Keys here")


async def test_the_labels_tell_their_keys_from_the_registry(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("I")
        await driver.sees("Codebook")
        await driver.press("question_mark")
        await driver.sees("Keys here", "Suggest a label from a search or a name")
