"""What changed since a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError
from sources.evidence_cache import EvidenceCache
from sources.model import Ref
from tests.services.test_history import _MILL, _Clock, clock, mill, put
from tui.services.changes import changed_stories, changes_since, look_at, moment_of, seen_at
from tui.services.stories import remove

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

__all__ = ["clock", "mill"]


def test_a_correction_that_ends_a_conflict_is_told(mill: Library, tmp_path: Path, clock: _Clock) -> None:
    clock.now = "2031-06-20T08:00:00+00:00"
    put(mill, tmp_path, (*_MILL[:2], (_MILL[2][0], _MILL[2][1].replace("4.8", "4.2"))))
    found = changes_since(EvidenceCache(mill), "2031-06-15T00:00:00+00:00")
    told = {(one.kind, one.was, one.now) for one in found.changes}
    assert ("version", 1, 2) in told
    assert ("conflict", "$4.2 million ≠ $4.8 million", None) in told
    assert {str(ref) for one in found.changes for ref in one.because} == {"mill/3"}
    assert found.start == "2031-06-15T00:00:00+00:00"


def test_a_new_story_is_one_change_and_nothing_changes_after_it(mill: Library) -> None:
    (new,) = changes_since(EvidenceCache(mill), "2031-06-01T00:00:00+00:00").changes
    assert (new.kind, new.subject, new.was, new.now) == ("version", "mill", None, 3)
    assert not changes_since(EvidenceCache(mill), "2031-06-13T08:00:00+00:00").changes


@pytest.mark.parametrize("day", ["soon", "2031-13-01", ""])
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(RequestError):
        moment_of(day)


SINCE = "2031-06-15T00:00:00+00:00"


def test_a_removal_is_told_with_the_conflict_that_goes_by_it(mill: Library, clock: _Clock) -> None:
    clock.now = "2031-06-20T08:00:00+00:00"
    remove(EvidenceCache(mill), Ref("mill", 3))
    found = changes_since(EvidenceCache(mill), SINCE)
    told = {(one.kind, one.subject, one.was, one.now) for one in found.changes}
    assert ("version", "mill/3 Mill 3", 1, None) in told
    assert [one.was for one in found.changes if one.kind == "conflict"] == ["$4.2 million ≠ $4.8 million"]
    assert {str(ref) for one in found.changes for ref in one.because} == {"mill/3"}
    assert not changes_since(EvidenceCache(mill), "2031-06-21T00:00:00+00:00").changes


def test_a_source_that_went_and_came_back_is_no_removal(mill: Library, tmp_path: Path, clock: _Clock) -> None:
    clock.now = "2031-06-20T08:00:00+00:00"
    remove(EvidenceCache(mill), Ref("mill", 3))
    clock.now = "2031-06-21T08:00:00+00:00"
    put(mill, tmp_path, _MILL)
    found = changes_since(EvidenceCache(mill), SINCE)
    assert found.changes == ()


def test_a_story_that_went_is_one_change(mill: Library, clock: _Clock) -> None:
    clock.now = "2031-06-20T08:00:00+00:00"
    remove(EvidenceCache(mill), Ref("mill", 1))
    remove(EvidenceCache(mill), "mill")
    (gone,) = changes_since(EvidenceCache(mill), SINCE).changes
    assert (gone.kind, gone.subject, gone.was, gone.now) == ("version", "mill", 2, None)


@pytest.mark.long
def test_a_cited_source_that_went_is_told_of_each_sentence_that_cites_it(sample_library: Library) -> None:
    remove(EvidenceCache(sample_library), Ref("harbour-deal", 3))
    start = (datetime.fromisoformat(sample_library.moment()) - timedelta(minutes=5)).isoformat()
    found = changes_since(EvidenceCache(sample_library), start)
    cites = [one for one in found.changes if one.now == "removed"]
    assert [(one.kind, one.was) for one in cites] == [("verdict", "cites 3")]
    assert cites[0].subject.startswith('"Nobody asked the people who catch the ropes,"')
    assert cites[0].because == (Ref("harbour-deal", 3),)


def test_a_rewrite_that_takes_an_origin_away_is_named(mill: Library, tmp_path: Path, clock: _Clock) -> None:
    clock.now = "2031-06-20T08:00:00+00:00"
    put(
        mill,
        tmp_path,
        (_MILL[0], (_MILL[1][0], f"{_MILL[0][1]} It was a cold night by the river."), _MILL[2]),
    )
    (origin,) = [one for one in changes_since(EvidenceCache(mill), SINCE).changes if one.kind == "origin"]
    assert (origin.was, origin.now) == (3, 2)
    assert origin.subject.startswith("independent origins: source 2 is ")


def test_a_story_is_marked_from_a_change_until_it_is_looked_at(
    mill: Library, tmp_path: Path, clock: _Clock
) -> None:
    assert changed_stories(mill) == frozenset()  # nobody has looked yet
    look_at(mill, "mill")
    assert seen_at(mill, "mill") == clock.now
    assert changed_stories(mill) == frozenset()
    clock.now = "2031-06-20T08:00:00+00:00"
    put(mill, tmp_path, (*_MILL[:2], (_MILL[2][0], _MILL[2][1].replace("4.8", "4.2"))))
    assert changed_stories(mill) == {"mill"}
    look_at(mill, "mill")
    assert changed_stories(mill) == frozenset()
    clock.now = "2031-06-22T08:00:00+00:00"
    remove(EvidenceCache(mill), Ref("mill", 1))
    assert changed_stories(mill) == {"mill"}
