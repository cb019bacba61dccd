"""The way back: the list of jumps as a value, and how it feels to go back and forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sources.model import Ref
from tests.app.conftest import Driver, running
from tui.app.jumps import MOST_JUMPS, JumpList, Place

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = Place("read", "s/1", spot="0"), Place("read", "s/2", spot="0"), Place("notes", spot="note:1")
PLACES = st.sampled_from(
    [A, B, C, Place("read", "s/1", spot="90"), Place("story", "s", box="figures", spot="2,3")]
)


def test_back_and_forth_lead_to_the_same_places() -> None:
    jumps = JumpList().leaving(A).leaving(B)
    place, jumps = jumps.back(C) or (None, jumps)
    assert place == B
    place, jumps = jumps.back(B) or (None, jumps)
    assert place == A
    assert jumps.back(A) is None
    place, jumps = jumps.forward(A) or (None, jumps)
    assert place == B
    place, jumps = jumps.forward(B) or (None, jumps)
    assert place == C
    assert jumps.forward(C) is None


def test_a_jump_forgets_what_was_stepped_back_over() -> None:
    _, jumps = JumpList().leaving(A).back(B) or (None, JumpList())
    assert jumps.forward(A)
    assert jumps.leaving(A).forward(C) is None


def test_out_leaves_the_whole_text_in_one_step_and_the_way_forward_is_kept() -> None:
    jumps = JumpList().leaving(C).leaving(A)
    there = Place("read", "s/1", spot="90")
    place, jumps = jumps.out(there) or (None, jumps)
    assert place == C
    place, jumps = jumps.forward(C) or (None, jumps)
    assert place == A
    place, _ = jumps.forward(A) or (None, jumps)
    assert place == there


def test_out_of_the_text_where_all_began_leads_to_its_first_place() -> None:
    jumps = JumpList().leaving(A).leaving(Place("read", "s/1", spot="50"))
    place, _ = jumps.out(Place("read", "s/1", spot="90")) or (None, jumps)
    assert place == A


def test_whoever_came_back_by_another_way_has_nothing_to_step_back_to() -> None:
    assert JumpList().leaving(A).back(A) is None
    assert JumpList().leaving(A).arrived(A).past == ()
    assert JumpList().leaving(A).arrived(B).past == (A,)


def test_as_many_jumps_are_kept_as_that_and_no_more() -> None:
    jumps = JumpList()
    for number in range(MOST_JUMPS):
        jumps = jumps.leaving(Place("read", "s/1", spot=str(number)))
    assert jumps.past[0].spot == "0"
    jumps = jumps.leaving(A)
    assert len(jumps.past) == MOST_JUMPS
    assert jumps.past[0].spot == "1"


@given(st.lists(PLACES, max_size=30), PLACES)
def test_stepping_back_comes_to_an_end_and_forward_again_to_where_it_began(
    way: list[Place], here: Place
) -> None:
    jumps = JumpList()
    for place in way:
        jumps = jumps.leaving(place)
    start, steps = here, 0
    while found := jumps.back(here):
        assert found[0] != here
        here, jumps = found
        steps += 1
        assert steps <= len(way)
    while found := jumps.forward(here):
        here, jumps = found
    assert here == start


@given(st.lists(PLACES, min_size=1, max_size=30), PLACES)
def test_out_leaves_its_room_unless_all_began_there(way: list[Place], here: Place) -> None:
    jumps = JumpList()
    for place in way:
        jumps = jumps.leaving(place)
    found = jumps.out(here)
    if found is not None:
        assert found[0].room != here.room or all(
            place.room == here.room for place in jumps.arrived(here).past
        )


async def reads(driver: Driver, number: int, offset: int | None = None) -> None:
    main, ref = driver.main, Ref("harbour-deal", number)
    await driver.until(
        lambda: main.view == "read" and main.state.ref == ref and offset in {None, main.reader.cursor},
        f"source {number} at {offset}",
    )
    await driver.at_rest()


async def test_ctrl_o_goes_back_over_sources_and_offsets_and_alt_right_forward_again(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("j", "j", "j")
        before = driver.main.reader.cursor
        await driver.press("right_square_bracket")
        await reads(driver, 2)
        await driver.press("G")
        end = driver.main.reader.cursor
        assert end > 0
        await driver.press("ctrl+o")
        await reads(driver, 2, 0)
        await driver.press("backspace")
        await reads(driver, 1, before)
        await driver.press("alt+right")
        await reads(driver, 2, 0)
        await driver.press("alt+right")
        await reads(driver, 2, end)
        await driver.press("alt+right")
        await driver.sees("Nothing to go forward to")


async def test_moving_by_lines_is_no_jump(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("j", "w", "ctrl+d", "ctrl+o")
        await driver.sees("This is where you began")
        assert driver.main.reader.cursor > 0


async def test_hits_and_found_places_are_jumped_from(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("f")
        await driver.type("harbour")
        await driver.press("enter", "n")
        second = driver.main.reader.cursor
        await driver.press("n")
        assert driver.main.reader.cursor > second
        await driver.press("ctrl+o")
        await reads(driver, 1, second)


async def test_q_steps_back_from_view_to_view_and_quits_where_all_began(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("3")
        await driver.until(lambda: driver.main.view == "story", "the story")
        await driver.at_rest()
        await driver.press("4")
        await driver.until(lambda: driver.main.view == "notes", "the notes")
        await driver.sees("q back")
        await driver.press("q")
        await driver.until(lambda: driver.main.view == "story", "the story again")
        await driver.press("q")
        await reads(driver, 1)
        assert driver.app.is_running
        await driver.press("q")
        await driver.pilot.pause()
        assert driver.app._exit


async def test_q_right_after_a_jump_within_the_first_text_does_not_quit(folder: Path) -> None:
    async with running(folder, (200, 50)) as driver:
        await driver.sees("q quit")
        await driver.press("G")
        await driver.sees("q back")
        await driver.press("q")
        await reads(driver, 1, 0)
        await driver.sees("q quit")


async def test_escape_back_to_the_text_leaves_nothing_to_step_back_to(folder: Path) -> None:
    async with running(folder, (200, 50)) as driver:
        await driver.press("4")
        await driver.sees("q back")
        await driver.press("escape")
        await reads(driver, 1)
        await driver.sees("q quit")


async def test_from_a_cell_of_the_figures_to_the_passage_and_back_to_the_cell(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("3")
        await driver.until(lambda: main.view == "story", "the story")
        await driver.at_rest()
        box = main.box("figures")
        assert box is not None
        main.set_focus(box.focus_target)
        await driver.press("enter")
        await driver.until(lambda: main.pane_layout.maximised is box, "the box at full size")
        await driver.press("j", "j", "l")
        place = main.current.here()
        assert place is not None
        assert place.full
        await driver.press("n")
        await driver.until(lambda: main.current.here() != place, "another cell")
        cell = main.current.here()
        assert cell is not None
        await driver.press("enter")
        await driver.until(lambda: main.view == "read", "the passage")
        await driver.at_rest()
        await driver.press("ctrl+o")
        await driver.until(lambda: main.current.here() == cell, "the cell")
        await driver.press("1")
        await driver.until(lambda: main.view == "read", "the text")
        await driver.press("3")
        await driver.until(lambda: main.current.here() == cell, "the box and the cell by the view's own key")
        await driver.at_rest()


async def test_back_from_two_compared_texts_and_forward_to_their_row(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        main.state.marked = [Ref("harbour-deal", 2), Ref("harbour-deal", 7)]
        await driver.press("c")
        await driver.until(lambda: main.view == "compare" and main.state.side_by_side, "the comparison")
        await driver.at_rest()
        await driver.press("n", "n")
        spot = main.compare_view.aligned.spot
        assert spot != "0,0"
        main.state.marked = [Ref("harbour-deal", 2), Ref("harbour-deal", 10)]
        await driver.press("c")
        await driver.until(lambda: Ref("harbour-deal", 10) in main.state.compared, "another pair")
        await driver.at_rest()
        await driver.press("ctrl+o")
        await driver.until(lambda: Ref("harbour-deal", 7) in main.state.compared, "the first pair")
        await driver.at_rest()
        assert main.compare_view.aligned.spot == spot
        await driver.press("ctrl+o")
        await reads(driver, 1)
