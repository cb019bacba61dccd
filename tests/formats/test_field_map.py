"""Columns and members of records under other names than the usual ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sources.errors import Malformed, RequestError
from sources.formats import json_lines, tables
from sources.formats.field_map import field_map

if TYPE_CHECKING:
    from sources.model import ParsedFile

ROWS = "Kopf;Vorspann;Rumpf;wer\nCrane falls;A crane fell.;Nobody was hurt.;Lin\nPier;;It is green.;\n"


def test_a_table_is_read_by_the_columns_that_are_named() -> None:
    columns = field_map(["title=Kopf", "text=Vorspann", "text = Rumpf", "author=wer"])
    found = tables.parse_csv(ROWS, None, columns)
    assert [(each.title, each.text, each.author) for each in found.sources] == [
        ("Crane falls", "A crane fell.\n\nNobody was hurt.", "Lin"),
        ("Pier", "It is green.", None),
    ]


def test_tabs_part_columns_too() -> None:
    found = tables.parse_csv("a\tb\nOne\tTwo words\n", None, field_map(["text=b", "title=a"]))
    assert [(each.title, each.text) for each in found.sources] == [("One", "Two words")]


def test_members_in_members_are_reached_and_a_dot_in_a_name_comes_first() -> None:
    record = {
        "content": {"plain": "The text."},
        "by": [{"name": "Ada Moss"}],
        "a.b": "Title",
        "a": {"b": "no"},
    }
    columns = field_map(["text=content.plain", "author=by.0.name", "title=a.b"])

    def told(found: ParsedFile) -> tuple[str, str | None, str | None]:
        (source,) = found.sources
        return source.text, source.author, source.title

    expected = ("The text.", "Ada Moss", "Title")
    assert told(tables.parse_json(json.dumps({"data": {"items": [record]}}), None, columns)) == expected
    assert told(tables.parse_json(json.dumps(record), None, columns)) == expected
    assert told(json_lines.parse(json.dumps(record), None, columns)) == expected


def test_a_name_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Malformed, match=r"has no column 'body'; there are: Kopf, Vorspann, Rumpf, wer"):
        tables.parse_csv(ROWS, None, field_map(["text=body"]))
    with pytest.raises(Malformed, match=r"has no column 'head'; there are: title, content.plain"):
        json_lines.parse('{"title": "A", "content": {"plain": "B."}}', None, field_map(["title=head"]))
    with pytest.raises(Malformed, match=r"there are: Kopf, .*--map text=COLUMN"):
        tables.parse_csv(ROWS, None)


def test_a_name_that_only_some_records_have_is_enough() -> None:
    lines = '{"body": "One."}\n{"body": "Two.", "by": "Lin"}\n{"text": "Three."}\n'
    found = json_lines.parse(lines, None, field_map(["text=body", "author=by"]))
    assert [(each.text, each.author) for each in found.sources] == [("One.", None), ("Two.", "Lin")]
    assert found.failures == ("line 3: has no 'text'",)


@pytest.mark.parametrize(
    ("pair", "said"), [("text", "maps nothing"), ("text=", "maps nothing"), ("colour=x", "no field 'colour'")]
)
def test_a_pair_that_maps_nothing_is_refused(pair: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        field_map([pair])
