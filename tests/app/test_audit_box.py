"""The audit in the app: each sentence of the summary, and what the cited sources say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.model import Ref
from tests.app.conftest import EXTREMES, running
from tests.app.test_evidence_boxes import open_box
from tui.app.views.audit_box import AuditBox

if TYPE_CHECKING:
    from pathlib import Path


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


async def test_the_reading_and_the_verdict_of_the_user_hold_until_taken_back(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Audit")
        box = driver.main.story_view.query_one(AuditBox)
        box.listing.highlight("sentence:2")
        await driver.sees("1 2?", "12 may be 1, 2")
        await driver.press("r")
        await driver.sees("12 is read as 12")
        await driver.until(lambda: box.sentence and box.sentence.settled, "the reading")
        await driver.press("v", "down", "enter")
        await driver.sees("~!", "verdict: partial")
        await driver.press("u")
        await driver.until(lambda: box.sentence and box.sentence.overruled is None, "the program's verdict")
        await driver.press("u")
        await driver.until(lambda: box.sentence and box.sentence.unread, "the likeliest reading")


async def test_the_only_reading_of_a_marker_stays(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await open_box(driver, "Audit")
        driver.main.story_view.query_one(AuditBox).listing.highlight("sentence:1")
        await driver.press("r")
        await driver.sees("in one way only")


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
        await driver.sees("Which source?", "✓ 1", "~ 2")
        await driver.press("j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 2, "the second")
