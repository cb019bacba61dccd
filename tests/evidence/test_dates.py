from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.figures import score_dates, score_figures
from sources.evidence.dates import Precision
from sources.evidence.dates.finder import find_dates
from sources.model import Origin, Ref, Source, Zone, ZoneKind

PUBLISHED = "2031-06-18"


def source(text: str, published: str | None = PUBLISHED, zones: tuple[Zone, ...] = ()) -> Source:
    return Source(Ref("story", 1), None, None, None, published, None, None, text, zones, Origin(None, "", ""))


@pytest.mark.parametrize("file", ["dates.txt", "dates-fields.txt"])
def test_labelled_dates_are_read(file: str) -> None:
    score = score_dates(file)
    assert score.there >= 140
    assert min(score.precision, score.recall) >= 0.93, "\n".join(score.errors)


def test_labelled_money_and_shares_are_read() -> None:
    score = score_figures()
    assert score.there >= 240
    assert min(score.precision, score.recall) >= 0.97, "\n".join(score.errors)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 February", "there is no such day"),
        ("February 30, 2031", "there is no such day"),
        ("2031-02-31", "there is no such day"),
        ("6/7/2031", "which number is the month is not said"),
        ("in recent months", "it is too vague"),
    ],
)
def test_what_is_no_day_stays_as_text(text: str, why: str) -> None:
    (found,) = find_dates(source(f"It was to end {text}."))
    assert (found.text, found.first, found.last, found.open_because) == (text, None, None, why)
    assert found.precision is Precision.OPEN


def test_a_source_without_a_date_leaves_relative_dates_open_and_says_so() -> None:
    for published in (None, "2031-06", "yesterday", "2031-02-31"):
        last_week, absolute = find_dates(source("It closed last week and opened on 3 May 1999.", published))
        assert (last_week.first, last_week.open_because) == (None, "the source has no date")
        assert absolute.first == "1999-05-03"


def test_muted_zones_hold_no_dates() -> None:
    text = "Image of 3 May 1999.\nIt opened in 2001."
    zones = (Zone(ZoneKind.CAPTION, 0, 21), Zone(ZoneKind.BODY, 21, len(text)))
    assert [found.text for found in find_dates(source(text, zones=zones))] == ["2001"]


def test_other_scripts_and_odd_texts_are_read_for_their_iso_dates() -> None:
    for text in (
        "公司于2031-06-12宣布。",
        "أعلنت 2031-06-12 الشركة",
        "AM 2031-06-12 WURDE ER GENANNT",
        "| a | 2031-06-12 |",
    ):
        assert [found.first for found in find_dates(source(text))] == ["2031-06-12"]
    assert [found.first for found in find_dates(source("公司于2031年6月12日宣布。"))] == ["2031-06-12"]


WORDS = """
    last next this week year June May 12 31 2031 0001 9999 the of ago three years quarter third Friday ( ) -
    to from early hundred decades century 19th past in over winter end Q4 2031-02-30 Dec. a 1990s half
"""
words = st.sampled_from(WORDS.split())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(words, max_size=20).map(" ".join) | st.text(max_size=80),
    st.sampled_from([None, PUBLISHED, "0001-01-01", "9999-12-31", "2028-02-29T10:00:00"]),
)
def test_any_text_can_be_read(text: str, published: str | None) -> None:
    last = 0
    for found in find_dates(source(text, published)):
        assert text[found.start : found.end] == found.text
        assert found.start >= last
        last = found.end
        ends = [date.fromisoformat(day) for day in (found.first, found.last) if day is not None]
        assert ends == sorted(ends)
        assert found.resolved != (found.open_because is not None)


RESOLVED = [
    # a weekday with its week (the source is of Wednesday 18 June 2031)
    ("It burned on Tuesday last week.", "Tuesday last week", "2031-06-10"),
    ("It reopens on Thursday of next week.", "Thursday of next week", "2031-06-26"),
    ("It burned last week, on Monday.", "last week, on Monday", "2031-06-09"),
    ("It burned a week ago on Sunday.", "a week ago on Sunday", "2031-06-15"),
    ("It burned two weeks ago on Friday.", "two weeks ago on Friday", "2031-06-06"),
    # shortened weekdays
    ("It burned on Tues. at noon.", "Tues.", "2031-06-17"),
    ("It burned (Thurs., June 12).", "Thurs., June 12", "2031-06-12"),
    ("It burned on Sat. in the rain.", "Sat.", "2031-06-14"),
    # what is past, and what is to come
    ("The fair was opened on 4 July.", "4 July", "2030-07-04"),
    ("The fair will open on 4 July.", "4 July", "2031-07-04"),
    ("The fair is on 4 July.", "4 July", "2031-07-04"),
    ("The jury decided by nine to three on Tuesday.", "Tuesday", "2031-06-17"),
    ("The jury must decide by Tuesday.", "Tuesday", "2031-06-24"),
    ("The jury left before Tuesday.", "Tuesday", "2031-06-17"),
    ("It should be less than the million it promised in July.", "July", "2030-07-01"),
    ("It has been told to expect that as recently as July.", "July", "2030-07-01"),
    # months from and to
    ("Rain from July to September ruined it.", "from July to September", "2030-07-01"),
    ("Rain of July-September 2029 ruined it.", "July-September 2029", "2029-07-01"),
    # a number of something behind a month
    ("In all of March 11 millimetres of rain fell.", "March", "2031-03-01"),
    ("On March 11 talks began.", "March 11", "2031-03-11"),
    # a year of old, where no noun is counted by it
    ("The wall was built in 1420, of stone.", "1420", "1420-01-01"),
    ("The wall in 1420 did not hold.", "1420", "1420-01-01"),
    # a meeting of somebody is no verb
    ("It has nothing to do with Varga's meeting on Tuesday, he said.", "Tuesday", "2031-06-17"),
    ("He's meeting Varga on Tuesday.", "Tuesday", "2031-06-24"),
    ("A lawyer notes that the July ruling is no bar.", "July", "2030-07-01"),
]


@pytest.mark.parametrize(("text", "span", "first"), RESOLVED)
def test_dates_are_resolved_by_the_words_beside_them(text: str, span: str, first: str) -> None:
    (found,) = find_dates(source(text))
    assert (found.text, found.first) == (span, first)


def test_the_same_day_is_the_day_named_before() -> None:
    first, second = find_dates(source("It burned on Friday. On the same day it rained."))
    assert (second.text, second.first) == ("same day", first.first)
    assert find_dates(source("On the same day it rained.")) == ()


def test_parts_of_words_are_no_dates() -> None:
    assert find_dates(source("In éMay, in Mayé and with an IQ1 of 90 in ñJuly.")) == ()


def test_a_newspaper_and_plain_words_are_no_dates() -> None:
    assert find_dates(source("USA TODAY and USA Today wrote of Sun hats; Sat nav, Wed or Mon.")) == ()
    assert (
        find_dates(source("He told the radio's Today programme, in 1400 homes and in 1200 metre races."))
        == ()
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("WICK, 18 June 2031 (Wire) - The ferry sank on Monday.", "2031-06-16"),
        ("Cape Sorrow, June 18, 2031 — The ferry sank on Monday.", "2031-06-16"),
        ("Published on 18 June 2031\n\nThe ferry sank on Monday.", "2031-06-16"),
        ("The law of 18 June 2031 was signed. The ferry sank on Monday.", None),
        ("Wick, 18 June 1944 was a day of rain. The ferry sank on Monday.", None),
    ],
)
def test_a_dateline_dates_a_source_that_has_no_date(text: str, first: str | None) -> None:
    *_, monday = find_dates(source(text, None))
    assert (monday.text, monday.first) == ("Monday", first)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It was found on Saturday, 5 April. He rang on the Monday.", "2031-04-07"),
        ("It was found on Saturday, 5 April.\nHe rang on the Monday.", None),
        ("It was found on Saturday, 5 April. He rang on the Monday before they left.", None),
        ("He rang on the Monday.", None),
        ("He rang on Monday.", "2031-06-16"),
    ],
)
def test_the_monday_is_that_of_the_day_told_right_before(text: str, first: str | None) -> None:
    found = find_dates(source(text))[-1]
    assert (found.first, found.open_because is None) == (first, first is not None)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It was buried in about 1040.", ["1040-01-01"]),
        ("It tells of a burial around 1040; it was cold.", ["1040-01-01"]),
        ("They sold around 1040, a record.", []),
        ("They came in about 1040 cases.", []),
        ("The wool was shorn between 1020 and 1060.", ["1020-01-01"]),
        ("It was seen by between 1020 and 1060 men.", []),
        ("It weighs between 1020 and 1060.", []),
        ("It dates from 1066.", ["1066-01-01"]),
    ],
)
def test_old_years_are_read_where_nothing_is_counted(text: str, dates: list[str]) -> None:
    assert [found.first for found in find_dates(source(text))] == dates


def test_what_lasts_through_a_day_is_to_come_whoever_says_so_behind() -> None:
    (found,) = find_dates(source("A warning stays up through Thursday, and she says not to go."))
    assert found.first == "2031-06-19"


def test_this_summer_is_of_the_year_of_the_source() -> None:
    (found,) = find_dates(source("It lost the fair that it had wanted for this summer.", "2031-03-12"))
    assert found.first == "2031-06-01"
    (found,) = find_dates(source("It won there last summer.", "2031-03-12"))
    assert found.first == "2030-06-01"
