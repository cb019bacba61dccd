from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.keys import _character_to_key

from sources.library import Library
from sources.library.label_repository import Mark
from sources.model import LabelChoice, Ref, Span, SpanStatus
from sources.notes.anchoring import make_anchor
from tests.app.conftest import running
from tests.waiting import PATIENCE
from tui.app.views.story import ContentsPane

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


def burst(driver: Driver, *keys: str) -> None:
    """Send keys as a fast hand or a paste into the terminal does: all before the first has had its effect."""
    for key in keys:
        single = len(key) == 1
        driver.app.post_message(
            events.Key(_character_to_key(key) if single else key, key if single else None)
        )


async def test_letters_after_the_slash_reach_the_search_line(folder: Path) -> None:
    async with running(folder) as driver:
        burst(driver, "/", *"axnqf")
        await driver.until(lambda: driver.main.search_line.value == "axnqf", "the whole query")
        assert len(driver.app.screen_stack) == 2


async def test_a_headline_of_two_lines_is_pasted_into_one(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("/", "x", "home")
        driver.app.post_message(events.Paste("Who owns\r\n the port? "))
        await driver.until(lambda: "port" in driver.main.search_line.value, "both lines")
        assert driver.main.search_line.value == "Who owns the port?x"


async def test_words_and_the_key_that_saves_them_keep_their_order(folder: Path) -> None:
    async with running(folder) as driver:
        burst(driver, "j", "j", "a", *"quick", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].text == "quick"


async def test_motions_before_a_note_decide_its_passage(folder: Path) -> None:
    async with running(folder) as driver:
        place = driver.main.reader.document.text.index("Ada Moss told")
        driver.main.reader.go_to(place)
        burst(driver, "v", "e", "e", "a", "w", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].targets[0].anchor.quote == "Ada Moss"


FIRST = Ref("harbour-deal", 1)


def labelled(folder: Path, status: SpanStatus) -> list[str]:
    with Library.open(folder) as library:
        return [span.label for span in library.label_spans(LabelChoice(statuses=(status,)))]


async def test_a_key_after_a_change_acts_on_the_list_that_the_change_made(coded: Path) -> None:
    with Library.open(coded) as library:
        text = library.source(FIRST).text
        starts = [text.index(words) for words in ("Ada Moss", "harbour", "buyer")]
        marks = [Mark("claim", FIRST, make_anchor(text, Span(start, start + 40))) for start in starts]
        library.suggest_labels(marks, coder="me", origin="search: it")
    async with running(coded) as driver:
        await driver.press("I", "left", "left")
        await driver.sees("Suggested", "search: it")
        await driver.at_rest()
        burst(driver, "enter", "x", "j", "k", "enter")
        await driver.until(lambda: not labelled(coded, SpanStatus.SUGGESTED), "all three to be decided")
        assert len(labelled(coded, SpanStatus.MARKED)) == 2
        burst(driver, "left", "left", "enter", "enter")  # the count of the label, then the first of its spans
        await driver.until(lambda: driver.main.reader.cursor == min(starts), "the place")


async def test_a_key_right_after_that_of_the_story_acts_on_its_page_although_that_is_made_only_then(
    folder: Path,
) -> None:
    async with running(folder) as driver:
        assert not driver.main.query(ContentsPane)
        burst(driver, "3", "Z")
        await driver.until(lambda: driver.main.pane_layout.maximised, "the list of sources")
        assert isinstance(driver.main.pane_layout.maximised, ContentsPane)


async def test_an_action_on_the_audit_shows_the_story_first(folder: Path) -> None:
    async with running(folder) as driver:
        driver.main.action_run("next-weak")
        await driver.until(lambda: driver.main.view == "story", "the story")


async def test_answers_that_come_between_two_keys_do_not_let_the_second_overtake_the_first(
    coded: Path,
) -> None:
    with Library.open(coded) as library:
        start = library.source(FIRST).text.index("Ada Moss")
        quote = make_anchor(library.source(FIRST).text, Span(start, start + 40))
        library.mark_all([Mark("claim", FIRST, quote)], coder="me")
    async with running(coded) as driver:
        await driver.press("I", "right", "right")
        await driver.sees("enter list these spans")
        await driver.at_rest()
        burst(driver, "home", "enter", "enter")
        for _answer in range(3):
            driver.app.call_later(driver.app.go_on)
        await driver.until(lambda: driver.main.reader.cursor == start, "the place")


async def test_a_labels_key_right_after_the_mode_gives_the_label(coded: Path) -> None:
    async with running(coded) as driver:
        driver.main.reader.go_to(driver.main.reader.document.text.index("Ada Moss told"))
        burst(driver, "i", "c", "x", "x", "c")
        await driver.until(lambda: labelled(coded, SpanStatus.MARKED), "the label")
        await driver.at_rest()
        assert labelled(coded, SpanStatus.MARKED) == ["claim"]


@pytest.mark.parametrize("passed", [0.49, 0.5])
async def test_a_change_that_takes_long_holds_the_keys_up_for_half_a_second(
    coded: Path, passed: float
) -> None:
    over = threading.Event()
    async with running(coded) as driver:
        await driver.press("I")
        await driver.sees("Codebook", "claim")
        await driver.at_rest()
        driver.app.background.queue("writing", lambda _job: over.wait(PATIENCE), lambda _none: None)
        await driver.press("a")
        driver.clock.pass_by(passed)
        await driver.pilot.pause()
        assert ("New label" in driver.screen) is (passed == 0.5)
        over.set()
        await driver.sees("New label")
