"""The audit in the app: each sentence of the summary, and what the cited sources say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sources.model import Ref
from tests.app.conftest import EXTREMES, running
from tests.app.test_evidence_boxes import open_box
from tui.app.views.audit_box import AuditBox

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


@pytest.mark.long
@pytest.mark.parametrize("size", EXTREMES)
async def test_enter_on_a_sentence_opens_the_passage_that_bears_it_out(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await open_box(driver, "Audit")
        await driver.sees("✓ Northport plc has sold 49%", "✓ supported", "n N next weak")
        box = driver.main.story_view.query_one(AuditBox)
        box.listing.highlight("sentence:1")
        await driver.press("enter")
        await driver.until(lambda: driver.main.view == "read", "the text")
        assert driver.main.state.ref == Ref("harbour-deal", 1)


async def test_n_goes_to_the_next_sentence_that_is_weak_or_ambiguous_and_back(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Audit")
        box = driver.main.story_view.query_one(AuditBox)
        box.listing.highlight("sentence:1")
        await driver.press("n")
        await driver.sees("12 may be ")
        assert box.listing.highlighted_key == "sentence:2"
        await driver.press("N")
        await driver.until(lambda: box.listing.highlighted_key == "sentence:0", "the one before")


@pytest.mark.long
async def test_the_reading_and_the_verdict_of_the_user_hold_until_taken_back(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Audit")
        box = driver.main.story_view.query_one(AuditBox)
        box.listing.highlight("sentence:2")
        await driver.sees("1 2?", "12 may be 1, 2")
        await driver.press("~")
        await driver.sees("12 is read as 12")
        await driver.until(lambda: box.sentence and box.sentence.settled, "the reading")
        await driver.press("E", "down", "enter")
        await driver.sees("~!", "verdict: partial")
        await driver.press("u")
        await driver.until(lambda: box.sentence and box.sentence.overruled is None, "the program's verdict")
        await driver.press("u")
        await driver.until(lambda: box.sentence and box.sentence.unread, "the likeliest reading")


async def test_the_only_reading_of_a_marker_stays(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await open_box(driver, "Audit")
        driver.main.story_view.query_one(AuditBox).listing.highlight("sentence:1")
        await driver.press("~")
        await driver.sees("in one way only")


@pytest.mark.long
async def test_the_markers_of_the_summary_lead_to_the_passages(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await driver.until(lambda: driver.main.story_view.query_one(AuditBox).audited, "the audit")
        driver.main.story_view.query_one("#story-summary").focus()
        await driver.press("}", "enter")
        await driver.until(lambda: driver.main.view == "read", "the text")
        assert driver.main.state.ref == Ref("harbour-deal", 1)
        await driver.press("3")
        await driver.sees("14 listed →")
        driver.main.story_view.query_one("#story-summary").focus()
        await driver.press("}", "enter")
        await driver.sees("Which source?", "~ 1", "~ 2")
        await driver.press("j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 2, "the second")


# At full size the passages stand beside the sentences, where there is room.


@pytest.mark.long
@pytest.mark.parametrize(("size", "beside"), [((109, 40), False), ((110, 40), True), ((200, 50), True)])
async def test_with_room_the_passages_stand_beside_the_sentence_that_is_highlighted(
    folder: Path, size: tuple[int, int], *, beside: bool
) -> None:
    async with running(folder, size) as driver:
        await open_box(driver, "Audit")
        await driver.sees("16 supported, 1 partly, 5 uncited")
        box = driver.main.story_view.query_one(AuditBox)
        assert box.beside.display is beside
        assert ("      ✓ 1  says so" in driver.screen) is not beside
        box.listing.highlight("sentence:3")
        await driver.until(lambda: not beside or "2 citations, 1 origin" in driver.screen, "its passages")
        if not beside:
            return
        await driver.sees("✓ 11 ", "“What Happened: The purchase values", "✓ 12 Exclusive", "← → passages")
        await driver.press("right", "j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 12, "the second")


@pytest.mark.long
async def test_a_narrower_window_takes_the_passages_under_the_sentences_again(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Audit")
        box = driver.main.story_view.query_one(AuditBox)
        await driver.press("j", "right")
        await driver.until(lambda: box.beside.has_focus, "the passages")
        await driver.pilot.resize_terminal(100, 40)
        await driver.sees("      ✓ 1  says so")
        assert box.listing.has_focus
        assert not box.beside.display


@pytest.mark.long
async def test_n_stops_where_w_says(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Audit")
        box = driver.main.story_view.query_one(AuditBox)
        await driver.press("f", "n")
        await driver.sees("No contradicted sentence below.", "next contradicted")
        assert box.listing.highlighted_key == "sentence:0"
        await driver.press("f", "n")
        await driver.until(
            lambda: box.sentence and box.sentence.verdict == "uncited", "one that cites nothing"
        )
        assert box.listing.highlighted_key != "sentence:0"
        await driver.press("f", "N")
        await driver.until(lambda: box.sentence and box.sentence.unread, "one that can be read in two ways")
        await driver.press("f")
        await driver.sees("next weak")


# A draft of the user's in place of the summary.


async def audit_draft(driver: Driver, path: Path | str) -> None:
    await driver.press("3", "D")
    await driver.sees("Audit a draft against harbour-deal")
    driver.app.screen.query_one("#form-file", Input).value = str(path)
    await driver.press("enter")


@pytest.mark.long
async def test_a_draft_is_audited_in_place_of_the_summary_and_the_summary_again(
    folder: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "mine.md"
    draft.write_text(
        "Northport sold 49% of its harbour to Meridian Fund for $4.8 billion [2]. Nobody swims there [77].\n"
    )
    async with running(folder, (120, 40)) as driver:
        await audit_draft(driver, draft)
        await driver.sees(
            "Audit of mine.md", "1 contradicted, 1 uncited", "figure: “$4.8 billion”", "“$4.2 billion”"
        )
        await driver.press("j")
        await driver.sees("cites 77, which is not there")
        await driver.press("E", "enter")
        await driver.sees("your verdict: supported")
        box = driver.main.story_view.query_one(AuditBox)
        await driver.press("D")
        await driver.sees("mine.md")
        await driver.press("ctrl+u", "enter")
        await driver.sees("16 supported, 1 partly, 5 uncited")
        assert box.audited is not None
        assert not box.audited.is_draft


async def test_a_verdict_is_on_the_text_that_it_was_asked_for_though_another_comes_meanwhile(
    folder: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "mine.md"
    draft.write_text("Nobody swims there [77].\n")
    async with running(folder, (120, 40)) as driver:
        view = driver.main.story_view
        await audit_draft(driver, draft)
        await driver.sees("Audit of mine.md", "no source says it")
        await driver.until(lambda: view.summary_audit is not None, "the summary's audit")
        await driver.at_rest()
        await driver.press("E")
        await driver.sees("Your verdict")
        view.show_audit(view.summary_audit, view.query_one(AuditBox).passages)
        await driver.press("enter")
        await driver.sees("Audit of mine.md", "your verdict: supported")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, "there is no such file"),
        ("", "is empty"),
        (
            "Der Hafen wurde am Montag verkauft, und niemand weiß, was er die neuen Herren gekostet hat.",
            "German",
        ),
    ],
)
async def test_a_draft_that_cannot_be_audited_says_why(
    folder: Path, tmp_path: Path, written: str | None, told: str
) -> None:
    draft = tmp_path / "mine.txt"
    if written is not None:
        draft.write_text(written)
    async with running(folder, (80, 24)) as driver:
        await audit_draft(driver, draft)
        await driver.sees(told)


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_words_of_a_draft_are_shown_as_they_are(
    folder: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    draft = tmp_path / "[red]mine.txt"
    draft.write_text("The [red]port[/red] is sold <script>alert(1)</script> to \x1b[31mMeridian\x1b[0m.\n")
    async with running(folder, size) as driver:
        await audit_draft(driver, draft)
        await driver.sees("Audit of [red]mine.txt", "[red]port[/red] is sold <script>alert(1)</script>")
        assert "\x1b" not in driver.screen
