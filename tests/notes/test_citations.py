"""Citations: three forms, bylines taken apart, and nothing that breaks out of its place."""

from __future__ import annotations

import json

import pytest
import rispy  # type: ignore[import-untyped]  # the package has no types
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Ref
from sources.notes.export import (
    SOURCE_FORMATS,
    CitedSource,
    NoteCollection,
)
from sources.notes.export.bylines import authors, one_line
from sources.notes.export.citations import escape_tex as tex
from sources.notes.export.citations import web_address
from tests.notes.libraries import HOSTILE

_TEXT = st.one_of(st.text(max_size=40), st.sampled_from(HOSTILE), st.text("{}\\@%#=,\"'\n x", max_size=20))


def cited(**facts: str | None) -> NoteCollection:
    ref = Ref("night-ferry", 1)
    known = dict.fromkeys(("title", "publisher", "author", "date", "url")) | facts
    return NoteCollection(sources={ref: CitedSource(ref, **known)})


def test_when_a_page_was_saved_is_no_date_of_its_own() -> None:
    collection = cited(title="Ferry", accessed="2031-06-12T10:00:00+00:00")
    assert "urldate = {2031-06-12}" in SOURCE_FORMATS["bibtex"].write(collection)
    assert "Y2  - 2031/06/12" in SOURCE_FORMATS["ris"].write(collection)
    (item,) = json.loads(SOURCE_FORMATS["csl"].write(collection))
    assert (item["accessed"], item.get("issued")) == ({"date-parts": [[2031, 6, 12]]}, None)


def test_a_source_is_cited_in_three_forms() -> None:
    collection = cited(
        title="100% of $5 & more_or_less",
        publisher="The Tide",
        author="Ada Moss and Lin Okafor",
        date="2031-06-11",
        url="https://tide.example/a_b?c=%20",
    )
    assert SOURCE_FORMATS["bibtex"].write(collection) == (
        "@misc{night-ferry:1,\n"
        "  author = {Moss, Ada and Okafor, Lin},\n"
        "  day = {11},\n"
        "  month = jun,\n"
        "  publisher = {{The Tide}},\n"
        "  title = {{100\\% of \\$5 \\& more\\_or\\_less}},\n"
        "  url = {https://tide.example/a_b?c=%20},\n"
        "  year = {2031}\n"
        "}\n"
    )
    (record,) = rispy.loads(SOURCE_FORMATS["ris"].write(collection))
    assert record["authors"] == ["Moss, Ada", "Okafor, Lin"]
    assert (record["title"], record["date"]) == ("100% of $5 & more_or_less", "2031/06/11")
    assert json.loads(SOURCE_FORMATS["csl"].write(collection)) == [
        {
            "id": "night-ferry/1",
            "type": "article-newspaper",
            "title": "100% of $5 & more_or_less",
            "container-title": "The Tide",
            "URL": "https://tide.example/a_b?c=%20",
            "author": [{"family": "Moss", "given": "Ada"}, {"family": "Okafor", "given": "Lin"}],
            "issued": {"date-parts": [[2031, 6, 11]]},
        }
    ]


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("Ada Moss", ["Moss, Ada"]),
        ("By Ada Moss", ["Moss, Ada"]),
        ("Reporting by: Ada Moss", ["Moss, Ada"]),
        ("Byron Moss", ["Moss, Byron"]),
        ("Ada Moss, Lin Okafor and Jo Ruiz", ["Moss, Ada", "Okafor, Lin", "Ruiz, Jo"]),
        ("Moss, Ada; Okafor, Lin", ["Moss, Ada", "Okafor, Lin"]),
        ("Moss, Ada and Okafor, Lin", ["Moss, Ada", "Okafor, Lin"]),
        ("Moss, A., & Okafor, L.", ["Moss, A., & Okafor, L."]),
        ("Jan van der Berg", ["van der Berg, Jan"]),
        ("Ada Moss Jr.", ["Moss, Jr., Ada"]),
        ("Ada Moss, Jr., and Lin Okafor III", ["Moss, Jr., Ada", "Okafor, III, Lin"]),
        ("Ada Moss, Political Editor", ["Moss, Ada"]),
        ("Political Editor", ["Political Editor"]),
        ("Ada Moss and Reuters", ["Moss, Ada", "Reuters"]),
        ("The Tide Wire Agency", ["The Tide Wire Agency"]),
        ("staff and agencies", ["staff and agencies"]),
        ("Reuters", ["Reuters"]),
        (None, []),
    ],
)
def test_a_byline_is_taken_apart_only_where_it_is_plain(byline: str | None, found: list[str]) -> None:
    assert [name.inverted for name in authors(byline)] == found


@given(_TEXT, _TEXT, _TEXT, _TEXT)
def test_no_citation_breaks_out_of_its_place(title: str, publisher: str, author: str, url: str) -> None:
    collection = cited(title=title, publisher=publisher, author=author, date="2031", url=url)
    (record,) = rispy.loads(SOURCE_FORMATS["ris"].write(collection))
    assert record.get("title", "") == one_line(title)
    assert record.get("secondary_title", "") == one_line(publisher)
    assert record["type_of_reference"] == "NEWS"
    read = parse_string(SOURCE_FORMATS["bibtex"].write(collection))
    assert not read.failed_blocks
    assert not read.comments
    (entry,) = read.entries
    fields = {field.key: str(field.value) for field in entry.fields}
    assert fields["year"] == "2031"
    assert fields.get("title", "{}") == f"{{{tex(title)}}}"
    assert fields.get("url") == web_address(url)
    (item,) = json.loads(SOURCE_FORMATS["csl"].write(collection))
    assert item.get("title", "") == one_line(title)
