"""JSON documents and tables: records come in with their fields, what has none is refused with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sources import formats
from sources.errors import Malformed
from sources.formats import tables

RECORDS = [
    {"headline": "Quay shut", "body": "The quay is shut.", "source": "The Post", "published": "2031-02-03"},
    {
        "id": 7,
        "title": "Quay open",
        "text": "The quay is open.",
        "authors": ["Ada Moss"],
        "link": "www.a.test/b",
    },
]
TABLE = '''\
Title;Content;Published;Site
"Quay ""shut""";"The quay is shut,
says the port; for good.";03.02.2031;The Courier
Quay open;;2031-02-04;The Courier
Rope;The rope is sold.;soon;
'''


@pytest.mark.parametrize("document", [RECORDS, {"articles": RECORDS}, {"data": {"n": [1], "items": RECORDS}}])
def test_the_records_of_a_document_come_in(document: object) -> None:
    for path in (Path("a.json"), None):
        found = formats.parse(json.dumps(document, indent=1), path=path)
        assert found.format == "json"
        one, other = found.sources
        assert (one.title, one.text, one.publisher, one.date) == (
            "Quay shut", "The quay is shut.", "The Post", "2031-02-03",
        )  # fmt: skip
        assert (other.key, other.author, other.url) == ("7", "Ada Moss", "https://www.a.test/b")


@pytest.mark.parametrize(
    ("document", "said"),
    [("[]", "without records"), ('{"a": 1}', "without records"), ("[1, 2]", "without records"),
     ("{", "not JSON"), ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
     (f"[{'9' * 5000}]", "number that is too long")],
)  # fmt: skip
def test_a_document_without_texts_is_refused(document: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        formats.parse(document, path=Path("a.json"))


def test_a_table_comes_in_row_by_row() -> None:
    for path in (Path("a.csv"), None):
        found = formats.parse(TABLE, path=path)
        assert found.format == "csv"
        one, other = found.sources
        assert (one.title, one.text) == ('Quay "shut"', "The quay is shut,\nsays the port; for good.")
        assert (one.date, one.publisher) == ("2031-02-03", "The Courier")
        assert (other.title, other.date) == ("Rope", None)
        assert found.failures == ("line 4: has no 'text'",)
        assert found.warnings[0].startswith("line 5: 'soon' is not a date")


def test_a_table_without_a_text_is_refused() -> None:
    with pytest.raises(Malformed, match="no column is named as a text"):
        formats.parse("year,toll\n2030,4\n", path=Path("a.csv"))


def test_prose_with_brackets_or_commas_is_neither() -> None:
    for text in (
        "[The editor writes: we are shut]",
        "{sic}",
        "Title, text and all.\n\nMore.",
        "body, soul\n",
    ):
        assert formats.parse(text, path=None).format not in {"json", "csv"}


def test_rich_text_is_refused_with_its_reason() -> None:
    with pytest.raises(Malformed, match="Rich Text"):
        formats.parse(r"{\rtf1\ansi {\b Ferry}}", path=Path("a.rtf"))


def test_empty_rows_are_none_and_very_many_wrong_ones_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_FAILURES", 2)
    rows = "a,The quay.\n,\nb,\n,\nc,\n"
    found = formats.parse(f"title,text\n{rows}", path=Path("a.csv"))
    assert (len(found.sources), [failure.partition(":")[0] for failure in found.failures]) == (
        1, ["line 4", "line 6"],
    )  # fmt: skip
    assert formats.parse(f"title,text\n{rows}d,\n", path=Path("a.csv")).failures[2:] == (
        "1 more could not be read",
    )
    with pytest.raises(Malformed, match="no text in its first 2 records"):
        formats.parse("title,text\na,\nb,\nc,The quay.\n", path=Path("a.csv"))
