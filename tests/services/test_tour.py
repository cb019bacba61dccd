"""The steps of the tour: what counts as done, and what does not."""

from __future__ import annotations

import re

import pytest

from tui.services.actions import ACTIONS, remapped, with_keys
from tui.services.tour import END, STEPS, Seen, Tour

READING = Seen(pane="read", query="harbour", hits=5, hit=("a/1", 1))


def tour_at(name: str) -> Tour:
    return Tour([step.name for step in STEPS].index(name))


def test_there_are_ten_steps_whose_keys_are_all_there() -> None:
    assert len(STEPS) == 10
    known = {command.id for command in ACTIONS}
    for words in (*(words for step in STEPS for words in (step.press, step.why)), *END):
        assert set(re.findall(r"\{([a-z-]+)\}", words)) <= known
        assert "{" not in with_keys(words, ACTIONS)


def test_the_keys_are_those_that_the_user_has() -> None:
    assert with_keys("Press {search}", remapped({"search": ("f4",)})) == "Press f4"


@pytest.mark.parametrize(
    ("name", "not_yet", "done"),
    [
        ("Search", Seen(query="har", hits=3), Seen(query="harb", hits=3)),
        ("Search", Seen(query="harbour", hits=0), Seen(query="harbour", hits=1)),
        ("Open a hit", Seen(query="harbour", hits=5, pane="results"), READING),
        ("Evidence", READING, Seen(pane="evidence")),
        ("The story", READING, Seen("story")),
        ("Compare", Seen("compare", compared=1), Seen("compare", compared=2)),
        ("Write a note", READING, Seen(happened="note")),
        ("Export", Seen(happened="note"), Seen(happened="export")),
        ("Help", Seen(happened="export"), Seen(happened="help")),
    ],
)
def test_a_step_is_done_by_what_is_seen(name: str, not_yet: Seen, done: Seen) -> None:
    tour = tour_at(name)
    assert not tour.look(not_yet)
    assert tour.step is not None
    assert tour.step.name == name
    assert tour.look(done)


def test_the_next_hit_is_another_one_in_this_source_or_the_next() -> None:
    for other in (("a/1", 2), ("a/2", 1)):
        tour = tour_at("Next hit")
        assert not tour.look(READING)
        assert not tour.look(READING)
        assert tour.look(Seen(pane="read", query="harbour", hits=5, hit=other))


def test_a_text_opened_from_elsewhere_is_no_conflict_that_was_read() -> None:
    tour = tour_at("A disagreement")
    assert not tour.look(Seen("story"))
    assert not tour.look(Seen("story", full="quotes"))
    assert not tour.look(READING)
    assert not tour.look(Seen("story", full="figures"))
    assert tour.look(READING)


def test_what_was_done_for_one_step_is_not_done_for_the_next() -> None:
    tour = tour_at("Write a note")
    tour.look(READING)
    assert tour.look(Seen(happened="note"))
    assert not tour.look(Seen())
    assert tour.step is STEPS[8]


def test_a_step_can_be_skipped_and_the_end_stays_the_end() -> None:
    tour = Tour(9)
    tour.skip()
    tour.skip()
    assert tour.place == 10
    assert tour.step is None
    assert not tour.look(Seen(happened="help"))
