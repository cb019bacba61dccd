from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

import pytest

from tui.app.workers import Job, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 10.0


class Loop:
    """Stands for the screen's thread: takes what lanes send, runs it when the test says so."""

    def __init__(self) -> None:
        self.sent: queue.Queue[Callable[[], object]] = queue.Queue()
        self.failures: list[Exception] = []
        self.background = Workers(self.sent.put, self.failures.append)

    def turn(self) -> None:
        self.sent.get(timeout=PATIENCE)()


@pytest.fixture
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.background.close()


def test_an_answer_arrives_where_it_was_asked_for(loop: Loop) -> None:
    answers: list[int] = []
    loop.background.run("search", lambda _job: 42, answers.append)
    loop.turn()
    assert answers == [42]
    assert not loop.background.busy()


def test_a_lane_is_busy_until_its_answer_is_taken(loop: Loop) -> None:
    loop.background.run("search", lambda _job: 42, lambda _answer: None)
    answer = loop.sent.get(timeout=PATIENCE)
    loop.background.drop("search")  # what is done cannot be dropped, though nobody hears of it
    assert loop.background.busy("search")
    answer()
    assert not loop.background.busy("search")


def test_only_the_newest_request_is_answered(loop: Loop) -> None:
    answers: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def slow(_job: Job) -> str:
        started.set()
        go_on.wait(PATIENCE)
        return "old"

    loop.background.run("search", slow, answers.append)
    assert started.wait(PATIENCE)
    loop.background.run("search", lambda _job: "between", answers.append)
    loop.background.run("search", lambda _job: "new", answers.append)
    go_on.set()
    loop.turn()
    loop.turn()
    assert answers == ["new"]


def test_work_can_ask_whether_it_is_still_wanted(loop: Loop) -> None:
    seen: list[bool] = []
    started = threading.Event()

    def patient(job: Job) -> None:
        started.set()
        while not job.cancelled:
            pass
        seen.append(True)
        job.still_wanted()

    loop.background.run("search", patient, lambda _result: seen.append(False))
    assert started.wait(PATIENCE)
    loop.background.drop("search")
    loop.background.run("search", lambda _job: None, lambda _result: None)
    loop.turn()
    assert seen == [True]


def test_what_stands_in_line_is_all_done(loop: Loop) -> None:
    answers: list[int] = []

    def answer(number: int) -> Callable[[Job], int]:
        return lambda _job: number

    for number in range(5):
        loop.background.queue("notes", answer(number), answers.append)
    for _ in range(5):
        loop.turn()
    assert answers == [0, 1, 2, 3, 4]


def test_a_failure_is_told_and_the_lane_lives_on(loop: Loop) -> None:
    answers: list[int] = []
    loop.background.run("index", lambda _job: 1 // 0, answers.append)
    loop.turn()
    loop.background.run("index", lambda _job: 7, answers.append)
    loop.turn()
    assert [type(error) for error in loop.failures] == [ZeroDivisionError]
    assert answers == [7]
