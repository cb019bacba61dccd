from __future__ import annotations

import pytest

from sources.evidence.dates.finder import find_dates
from sources.evidence.dates.publication import dated, publication_of
from sources.model import Origin, Ref, Source


def source(text: str, published: str | None = None, number: int = 1) -> Source:
    return Source(
        Ref("story", number), None, None, None, published, None, None, text, (), Origin(None, "", "")
    )


def story(*days: str) -> list[Source]:
    return [source("The ferry sank.", day, number) for number, day in enumerate(days, 2)]


@pytest.mark.parametrize(
    ("text", "others", "said"),
    [
        # its own words, the surest first
        ("WICK, 18 June 2031 (Wire) - It sank.", ("2031-06-20",), "2031-06-18 by “18 June 2031” at its head"),
        (
            "It sank on Tuesday, 17 June 2031, at dusk.",
            (),
            "2031-06-17 … 2031-06-23 by “Tuesday, 17 June 2031” in its text",
        ),
        # a weekday with its day, in the year of the story
        (
            "It sank on Tuesday, June 17, at dusk.",
            ("2031-06-18", "2031-06-20"),
            "2031-06-18 … 2031-06-21 by “Tuesday, June 17” in its text",
        ),
        ("It sank on Tuesday, June 17, at dusk.", (), "None"),
        ("It sank on Monday, June 17, at dusk.", (), "None"),
        # a day that is to come says nothing of today
        ("It will sail on Tuesday, 24 June 2031, at dusk.", (), "None"),
        # the others of its story, if they may be of one piece of news
        ("It sank.", ("2031-06-18",), "2031-06-18 … 2031-06-19 by the other sources of its story"),
        (
            "It sank.",
            ("2031-06-01", "2031-07-02"),
            "2031-06-01 … 2031-07-03 by the other sources of its story",
        ),
        ("It sank.", ("2031-06-01", "2031-07-03"), "None"),
        (
            "It sank.",
            ("2031-06-01", "2031-06-04", "2031-07-29"),
            "2031-06-01 … 2031-06-05 by the other sources of its story",
        ),
        ("It sank.", ("2031-06-01", "2031-06-05", "2031-07-29"), "None"),
        ("It sank.", ("2031-06",), "None"),
        ("An old law of 3 May 1999 stands.", (), "None"),
    ],
)
def test_an_undated_source_is_dated_by_its_text_or_its_story(
    text: str, others: tuple[str, ...], said: str
) -> None:
    assert str(publication_of(source(text), story(*others))) == said


def test_a_source_with_a_date_needs_no_other() -> None:
    assert str(publication_of(source("It sank.", "2031-06-18T10:00:00"), story("2030-01-01"))) == "2031-06-18"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # published on 18 or 19 June 2031, a Wednesday or a Thursday
        ("It sank on Tuesday.", "2031-06-17", "2031-06-17"),
        ("It sank last month.", "2031-05-01", "2031-05-31"),
        ("It sank yesterday.", "2031-06-17", "2031-06-18"),
        ("It sank on Thursday.", "2031-06-12", "2031-06-19"),
        ("It sank on 3 May 1999.", "1999-05-03", "1999-05-03"),
    ],
)
def test_a_date_of_a_source_that_its_story_dates_is_as_wide_as_what_is_not_known(
    text: str, first: str, last: str
) -> None:
    undated, _ = dated([source(text), *story("2031-06-18")])
    (found,) = find_dates(undated)
    assert (found.first, found.last) == (first, last)


def test_a_day_that_could_be_in_many_weeks_stays_open() -> None:
    undated, *_ = dated([source("It sank on Thursday."), *story("2031-06-02", "2031-06-25")])
    (found,) = find_dates(undated)
    assert (found.first, found.open_because) == (None, "the source has no date")
