from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.timeline import Event, EventStatus, timeline, whens
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
    assert (event.start, whens(event)) == ("1901-01-01", ("1901, 1974",))
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
