from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.entities.finder import find_entities
from sources.evidence.timeline import Event, EventStatus, timeline
from tests.evidence.test_figure_matrix import source

SIGNED = "The Halden bridge treaty was signed on 12 June 2031 by both governors."


def events_of(*texts: str, date: str | None = "2031-06-18") -> tuple[Event, ...]:
    return timeline([source(number, text, date) for number, text in enumerate(texts, 1)])


def test_the_same_event_told_by_several_is_one_row_with_the_narrowest_date() -> None:
    (event,) = events_of(SIGNED, "Last week both governors signed the treaty about the Halden bridge.")
    assert (event.start, event.end, str(event.precision)) == ("2031-06-12", "2031-06-12", "day")
    assert event.status is EventStatus.AGREE
    assert [mention.text for mention in event.mentions] == ["12 June 2031", "Last week"]
    assert event.text == SIGNED


def test_conflicting_dates_stand_side_by_side() -> None:
    (event,) = events_of(SIGNED, "The Halden bridge treaty was signed on 13 June 2031 by the two governors.")
    assert event.status is EventStatus.CONFLICT
    assert {mention.first for mention in event.mentions} == {"2031-06-12", "2031-06-13"}


def statuses(told: str, told_otherwise: str, day: str | None, other_day: str | None) -> set[EventStatus]:
    sources = [source(1, told, day), source(2, told_otherwise, other_day)]
    return {event.status for event in timeline(sources, find_entities(sources))}


PLAN = "The council approved the harbour plan on 9 June"
BORN = "Maria Lund was born in Oslo on"
JUNE_18, JUNE_19 = "2031-06-18", "2031-06-19"


@pytest.mark.parametrize(
    ("told", "told_otherwise", "day", "other_day"),
    [
        (f"{BORN} 25 May 1951.", f"{BORN} 6 June 1951.", None, None),  # twelve days
        (f"{BORN} 3 May 1951.", f"{BORN} 3 May 1915.", None, None),  # digits in another order
        ("A Dutchman built the old lighthouse of Skarvik in 1871.",
         "The old lighthouse of Skarvik was built in 1873 by a Dutchman.", None, None),
        ("Tom Vale resigned as chairman of Norvik on 2 May 2031.",
         "On 3 May 2031 Tom Vale resigned as chairman of Norvik.", None, None),
        ("The ferry Nuru sank off Kilwa on Monday with 40 people on board.",
         "The ferry Nuru sank off Kilwa on Tuesday with 40 people on board.", JUNE_18, JUNE_18),
        (f"{PLAN}.", "The council approved the harbour plan on 8 June.", JUNE_18, JUNE_19),
        ("The trial of Dan Orr will begin on 4 September.",
         "The trial of Dan Orr will begin on 14 September.", JUNE_18, JUNE_18),
    ],
)  # fmt: skip
def test_two_days_of_what_happens_once_are_a_conflict(
    told: str, told_otherwise: str, day: str | None, other_day: str | None
) -> None:
    assert statuses(told, told_otherwise, day, other_day) == {EventStatus.CONFLICT}


@pytest.mark.parametrize(
    ("told", "told_otherwise", "day", "other_day"),
    [
        # Nothing says that it is one event: it may be done again, by another, to another.
        ("The club won the cup in 1908 in Wick.", "The club won the cup in 1912 in Wick.", None, None),
        ("Shares of Norvik fell on Thursday.", "Shares of Norvik fell on Friday.", JUNE_18, JUNE_18),
        ("Police arrested two men in Leeds on Monday.", "Police arrested two men in Leeds on Tuesday.",
         JUNE_18, JUNE_18),
        (f"{BORN} 3 May 1951.", "Karen Lund was born in Oslo on 5 May 1951.", None, None),
        (f"{PLAN}.", "The council rejected the harbour plan on 8 June.", JUNE_18, JUNE_18),
        ("Norvik signed the loan contract with Lorne on 3 May 2031.",
         "Norvik signed the lease agreement with Lorne on 5 May 2031.", None, None),
        ("The mill of Wick opened in 1901.", "The mill of Wick opened again in 1904.", None, None),
        ("The mill of Wick opened in 1901.",
         "The mill of Wick opened in 1904. The mill of Wick was burned and opened in 1901.", None, None),
        (f"{BORN} 25 May 1951.", f"{BORN} 7 June 1951.", None, None),  # thirteen days
        # The date is not the day of it.
        ("The hearing of Dan Orr opened on 3 May 2031.", "The hearing of Dan Orr opened by 4 May 2031.",
         None, None),
        ("Norvik opened the mill since 3 May 2031.", "Norvik opened the mill on 4 May 2031.", None, None),
        ("They opened the mill of Wick for the 1985 season.",
         "They opened the mill of Wick for the 1986 season.", None, None),
        # It is counted from the days of two sources, or was put off between them.
        ("The ferry Nuru sank off Kilwa on Monday.", "The ferry Nuru sank off Kilwa on Tuesday.",
         JUNE_18, JUNE_19),
        ("The trial of Dan Orr will begin on 4 September.",
         "The trial of Dan Orr will begin on 14 September.", JUNE_18, JUNE_19),
    ],
)  # fmt: skip
def test_two_days_without_proof_of_one_event_are_no_conflict(
    told: str, told_otherwise: str, day: str | None, other_day: str | None
) -> None:
    assert EventStatus.CONFLICT not in statuses(told, told_otherwise, day, other_day)


def test_sentences_are_no_event_because_each_is_like_a_third() -> None:
    # Rows of "Bastille Day" or of "the first since 1908" took in all that mentioned the day.
    events = events_of(
        "Rescuers searched the harbour for the crew on 12 June 2031.",
        "Rescuers searched the harbour and the mayor thanked divers on 12 June 2031.",
        "The mayor thanked divers and opened a fund on 12 June 2031.",
        "A fund was opened for widows on 12 June 2031.",
    )
    assert len(events) > 1


def test_agreement_is_two_sources_on_the_day_that_is_shown() -> None:
    (event,) = events_of(
        "The mill of Wick opened in 1901 and closed in 1974.", "The mill of Wick closed in 1974."
    )
    assert (event.start, event.status) == ("1974-01-01", EventStatus.AGREE)


def test_a_copy_of_another_day_tells_of_another_day() -> None:
    # "next month", copied into a text of the month after, was shown as a conflict of dates.
    text = "The rocket will be launched next month from the cape."
    sources = [source(1, text, "2031-06-18"), source(2, text, "2031-07-18")]
    assert [event.status for event in timeline(sources)] == [EventStatus.SINGLE, EventStatus.SINGLE]


def test_a_copied_sentence_is_no_second_voice() -> None:
    (event,) = events_of(SIGNED, f"A treaty! {SIGNED}")
    assert (event.status, [mention.copied for mention in event.mentions]) == (
        EventStatus.SINGLE,
        [False, True],
    )


def test_different_events_of_one_day_stay_apart_and_in_order() -> None:
    events = events_of(SIGNED, "A dog bit the postman of Wick on 12 June 2031.", "Wick burned in 1809.")
    assert [event.start for event in events] == ["1809-01-01", "2031-06-12", "2031-06-12"]
    assert len({event.id for event in events}) == 3


def test_one_sentence_is_one_row_with_all_its_dates() -> None:
    # Rows of their own told one event twice or more: "on Wednesday, the third day of last week".
    (event,) = events_of("The mill opened in 1901 and closed in 1974.")
    assert (event.start, event.whens) == ("1901-01-01", ("1901, 1974",))
    (told,) = events_of(
        "The mill opened in 1901 and closed in 1974.", "The old mill opened in 1901 and closed in 1974, too."
    )
    assert told.status is EventStatus.AGREE


def test_sentences_that_tell_one_date_each_of_a_third_are_no_conflict() -> None:
    events = events_of(
        "The mill of Wick opened in 1901 and closed in 1974.",
        "The mill of Wick opened in 1901.",
        "The mill of Wick closed in 1974.",
    )
    assert all(event.status is not EventStatus.CONFLICT for event in events)


def test_a_source_without_a_date_leaves_its_events_open_at_the_end_and_says_why() -> None:
    first, last = events_of("The ferry sank last week.", "The mill burned in 1809.", date=None)
    assert first.start == "1809-01-01"
    assert (last.status, last.start, last.end) == (EventStatus.OPEN, None, None)
    assert last.mentions[0].open_because == "the source has no date"


def test_sentences_and_dates_stand_where_they_say() -> None:
    text = "It rained. The mill burned in 1809. Nobody came."
    (event,) = events_of(text)
    (mention,) = event.mentions
    assert mention.sentence.of(text) == "The mill burned in 1809."
    assert text[mention.start : mention.end] == "1809"


words = st.sampled_from(["It", "burned", "in", "1809", ".", "last", "week", "Friday", "on", "3", "May"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(words).map(" ".join)))
def test_every_date_stands_in_one_event(texts: list[str]) -> None:
    events = events_of(*texts)
    places = [(mention.ref, mention.start) for event in events for mention in event.mentions]
    assert len(places) == len(set(places))
    assert len({event.id for event in events}) == len(events)
    known = [event.start or event.end for event in events if event.status is not EventStatus.OPEN]
    assert known == sorted(known, key=str)
