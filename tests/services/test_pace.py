"""How far an import is, in words."""

from __future__ import annotations

from sources.importing import ImportProgress
from tui.services.pace import Pace


def words_after(seconds: float, share: float | None = 0.25, sources: int = 60) -> str:
    moments = iter([100.0, 100.0 + seconds])
    return Pace(lambda: next(moments)).words(ImportProgress(2, 9, "in/c.txt", sources, share))


def test_nothing_is_said_before_there_is_something_to_wait_for() -> None:
    assert words_after(0.29) == ""
    assert words_after(0.31) == "reading 3 of 9, 60 sources: in/c.txt"


def test_rate_and_time_left_are_said_once_they_tell_something() -> None:
    assert words_after(1.9) == "reading 3 of 9, 60 sources: in/c.txt"
    assert words_after(20) == "reading 3 of 9, 60 sources, 3.0 a second, 60 s left: in/c.txt"
    assert words_after(600, sources=60_000).split(", ")[2:] == ["100 a second", "30 min left: in/c.txt"]
    assert "left" not in words_after(20, share=None)
    assert "left" not in words_after(20, share=0.01)


def test_spans_are_rounded_to_what_one_would_say() -> None:
    assert words_after(30, share=0.25).endswith("90 s left: in/c.txt") is False
    assert "2 min left" in words_after(30, share=0.25)
    assert "89 s left" in words_after(29.7, share=0.25)
    assert "3 h left" in words_after(3600, share=0.25)
    assert "1 s left" in words_after(3, share=0.999)
