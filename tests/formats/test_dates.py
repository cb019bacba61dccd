"""Dates as they are written, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.formats.parsing import FieldError, date_field, parse_date


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2031-06-12", "2031-06-12"),
        ("2031-6-2", "2031-06-02"),
        ("2031/06/12", "2031-06-12"),
        ("20310612", "2031-06-12"),
        ("2031-06", "2031-06"),
        ("2031", "2031"),
        ("12 June 2031", "2031-06-12"),
        ("12th of June, 2031", "2031-06-12"),
        ("June 12, 2031", "2031-06-12"),
        ("Thursday, June 12th, 2031", "2031-06-12"),
        ("Sept. 3, 2031", "2031-09-03"),
        ("June 2031", "2031-06"),
        ("2031-06-12T08:30:00Z", "2031-06-12T08:30:00+00:00"),
        ("2031-06-12 08:30", "2031-06-12T08:30:00"),
        ("Thu, 12 Jun 2031 08:30:00 +0200", "2031-06-12T08:30:00+02:00"),
        ("  12   June\n2031 ", "2031-06-12"),
        ("12.06.2031", "2031-06-12"),
        ("Jun. 12, 2031 9:15 a.m. ET", "2031-06-12"),
    ],
)
def test_written_dates_become_iso(said: str, meant: str) -> None:
    assert parse_date(said) == meant


@pytest.mark.parametrize(
    "said",
    ["", "soon", "2031-13-01", "2031-02-30", "30 February 2031", "12/6/2031", "June", "12 Foo 2031", "0000",
     "yesterday", "9" * 40, "2031-06-12T99:00", "99999-01-01", "31.02.2031", "1970000000", "9:15 a.m."],
)  # fmt: skip
def test_what_is_no_date_is_none(said: str) -> None:
    assert parse_date(said) is None


@given(st.text(st.sampled_from("0123456789-/:TZ+., JuneMay"), max_size=30))
def test_any_text_is_a_date_that_reads_the_same_again_or_none(said: str) -> None:
    found = parse_date(said)
    assert found is None or parse_date(found) == found


def test_a_field_counts_seconds_or_milliseconds_too() -> None:
    assert date_field(1970000000) == date_field("1970000000000") == "2032-06-04T22:13:20+00:00"
    assert date_field(float("nan")) is None
    with pytest.raises(FieldError, match=r"'n\.d\.' is not a date"):
        date_field("n.d.")
