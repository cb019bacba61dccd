"""Texts that came in one by one and tell one event are found by names, days and what else both have."""

from __future__ import annotations

import pytest

from sources.evidence.lineage import SharedEvidence
from sources.evidence.lineage import event_groups as module
from sources.evidence.lineage.event_groups import event_groups
from sources.model import Origin, Ref, Source

FERRY = (
    "The ferry Ostrava ran aground off Saltmarsh on Tuesday, and 214 passengers were taken to Port Velden. "
    "Captain Ines Maruk told the Harbour Authority that the rudder had failed."
)
FERRY_AGAIN = (
    "All 214 passengers are safe, Ines Maruk said after her ship, the Ostrava, struck a bank near Saltmarsh. "
    "People in Port Velden gave them beds; the Harbour Authority wants to see the rudder."
)
STRIKE = (
    "Drivers of the Velden Railway stopped work this week. Their union, led by Tomas Grell, asks for a rise "
    "of 6 percent, and the Transport Ministry in Kolm says that there is no money."
)


def text(story: str, words: str, *, date: str | None = "2031-06-12", title: str | None = None) -> Source:
    return Source(Ref(story, 1), title, None, None, date, None, None, words, (), Origin(None, story, "text"))


def found(*sources: Source) -> list[tuple[str, ...]]:
    return [tuple(ref.story for ref in group.refs) for group in event_groups(sources)]


def test_two_tellings_of_one_event_are_a_group_and_the_other_text_is_in_none() -> None:
    (group,) = event_groups([text("a", FERRY), text("b", STRIKE), text("c", FERRY_AGAIN)])
    assert {ref.story for ref in group.refs} == {"a", "c"}
    assert {"Saltmarsh", "Ostrava", "Port Velden"} <= set(group.shared.names)
    assert "214 passengers" in group.shared.figures
    assert "Tuesday" not in group.shared.names
    assert group.reuse < 0.2


@pytest.mark.parametrize(("date", "groups"), [("2031-06-19", 1), ("2031-06-20", 0), (None, 0)])
def test_texts_of_one_event_are_published_within_a_week(date: str | None, groups: int) -> None:
    assert len(found(text("a", FERRY), text("c", FERRY_AGAIN, date=date))) == groups


def test_names_alone_prove_nothing() -> None:
    other = FERRY_AGAIN.replace("All 214 passengers", "All")
    assert found(text("a", FERRY), text("c", other)) == []
    titles = ("Ferry aground at Saltmarsh", "Aground: what the ferry had on board")
    pairs = zip("ac", (FERRY, other), titles, strict=True)
    sources = [text(story, words, title=title) for story, words, title in pairs]
    assert found(*sources) == [("a", "c")]


def test_of_texts_without_a_day_more_is_asked() -> None:
    copy = f"{FERRY} The tide was low, the Coast Guard in Kolm said."
    more = " The tug Brede cost 3,000 crowns an hour, and 41 cars are still on board."
    assert found(text("a", FERRY, date=None), text("c", copy, date=None)) == []
    assert found(text("a", FERRY + more, date=None), text("c", copy + more, date=None)) == [("a", "c")]


def test_a_dateline_tells_the_day_too() -> None:
    dated = f"SALTMARSH, June 13, 2031 - {FERRY_AGAIN}"
    assert found(text("a", FERRY), text("c", dated, date=None)) == [("a", "c")]


def test_a_year_is_no_proof() -> None:
    one = FERRY.replace("214 passengers", "the passengers of 2031")
    other = FERRY_AGAIN.replace("214 passengers", "the passengers of 2031")
    assert found(text("a", one), text("c", other)) == []


def test_two_groups_are_one_only_where_half_of_the_smaller_one_is_sure() -> None:
    def pair(one: int, other: int) -> module._Pair:
        return module._Pair(one, other, 0.5, SharedEvidence((), (), ()), 0.0)

    triangles = [pair(0, 1), pair(0, 2), pair(1, 2), pair(3, 4), pair(3, 5), pair(4, 5)]
    assert sorted(module._joined([*triangles, pair(2, 3)])) == [[0, 1, 2], [3, 4, 5]]
    assert module._joined([*triangles, pair(2, 3), pair(2, 4)]) == [[0, 1, 2, 3, 4, 5]]


def test_texts_that_name_the_very_same_in_every_text_are_no_trouble() -> None:
    assert found(*(text(f"s{number}", "He met Ada Moss.") for number in range(70))) == []


def test_it_stops_when_nobody_waits() -> None:
    assert event_groups([text("a", FERRY), text("c", FERRY_AGAIN)], cancelled=lambda: True) == ()
