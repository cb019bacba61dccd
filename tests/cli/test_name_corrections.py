from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from sources import sample
from sources.importing import import_paths
from sources.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("story")


def named(crossread: Callable[..., Any], *more: str) -> dict[str, Any]:
    answer = crossread("entities", "harbour-deal", *more, "--json")
    return {entity["name"]: entity for entity in answer.json["entities"]}


def test_merging_changes_the_list_and_can_be_taken_back(crossread: Callable[..., Any]) -> None:
    before = named(crossread)
    first, second = list(before)[:2]
    answer = crossread("entities", "merge", "harbour-deal", second, first, "--json")
    assert answer.status == 0
    assert answer.json["schema"] == "crossread/entities/1"
    (entity,) = answer.json["entities"]
    assert entity["id"] == before[first]["id"]
    assert entity["count"] == before[first]["count"] + before[second]["count"]
    (made,) = answer.json["corrections"]
    assert (made["act"], made["name"], made["value"]) == ("merge", second, first)
    assert f"entities undo {made['id']}" in answer.err
    after = named(crossread)
    assert after[first] == entity
    assert second not in after
    assert crossread("entities", "undo", made["id"]).status == 0
    assert named(crossread) == before


def test_each_act_does_what_it_says(crossread: Callable[..., Any]) -> None:
    before = named(crossread)
    first, second, third, fourth = list(before)[:4]
    assert crossread("entities", "rename", "harbour-deal", first, "The First").status == 0
    assert crossread("entities", "type", "harbour-deal", before[second]["id"], "event").status == 0
    assert crossread("entities", "hide", "harbour-deal", third).status == 0
    assert crossread("entities", "pin", "harbour-deal", fourth).status == 0
    after = named(crossread)
    assert after["The First"]["id"] == before[first]["id"]
    assert first in after["The First"]["aliases"]
    assert after[second]["kind"] == "event"
    assert third not in after
    assert next(iter(after)) == fourth
    assert after[fourth]["pinned"] is True
    in_one = crossread("entities", after["The First"]["sources"][0], "--json").json["entities"]
    assert "The First" in {entity["name"] for entity in in_one}
    listed = crossread("entities", "corrections", "harbour-deal", "--json").json["corrections"]
    assert [made["act"] for made in listed] == ["rename", "type", "hide", "pin"]
    table = crossread("entities", "corrections").out
    assert f"{first} is called The First" in table


def test_a_form_is_split_off(crossread: Callable[..., Any]) -> None:
    several = next(
        entity
        for entity in named(crossread).values()
        if len({mention["text"] for mention in entity["mentions"]}) > 1
    )
    form = several["mentions"][-1]["text"]
    answer = crossread("entities", "split", "harbour-deal", several["name"], form, "--json")
    assert answer.status == 0
    apart = [entity for entity in named(crossread).values() if entity["id"] != several["id"]]
    assert any({m["text"].casefold() for m in entity["mentions"]} == {form.casefold()} for entity in apart)


def test_search_follows_what_was_said(crossread: Callable[..., Any]) -> None:
    person = next(entity for entity in named(crossread).values() if entity["kind"] == "person")
    query = f'person:"{person["name"]}"'
    assert crossread("search", query, "--json").json["total"] > 0
    crossread("entities", "hide", "harbour-deal", person["name"])
    assert crossread("search", query, "--json").json["total"] == 0
    crossread("entities", "undo")
    assert crossread("search", query, "--json").json["total"] > 0


def test_new_texts_obey(crossread: Callable[..., Any], story: Path, tmp_path: Path) -> None:
    person = next(entity for entity in named(crossread).values() if entity["kind"] == "person")
    crossread("entities", "rename", "harbour-deal", person["name"], "The Boss", "--everywhere")
    late = tmp_path / "late.txt"
    late.write_text(f"Late news\n\n{person['name']} spoke again on Monday, said the harbour office.\n")
    with Library.open(story) as library:
        assert not import_paths(library, [str(late)], story="another").failed
    found = crossread("entities", "another", "--json").json["entities"]
    assert "The Boss" in {entity["name"] for entity in found}
    assert crossread("search", 'person:"the boss" story:another', "--json").json["total"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("merge", "harbour-deal", "Nobody Atall", "Ada Moss"), "No entity here is called 'Nobody Atall'"),
        (("merge", "harbour-deal", "Ada Moss", "ada-moss"), "one entity already"),
        (("merge", "nowhere", "Ada Moss", "Lin Okafor"), "nowhere"),
        (("split", "harbour-deal", "Ada Moss", "Adam"), "never called 'Adam'"),
        (("rename", "harbour-deal", "Ada Moss", "Lin Okafor"), "merge them instead"),
        (("rename", "harbour-deal", "Ada Moss", " "), "1 to 120 characters"),
        (("type", "harbour-deal", "Ada Moss", "wizard"), "wizard"),
        (("hide", "harbour-deal/4", "Ada Moss"), "is not a story"),
        (("undo", "99"), "no correction 99"),
        (("undo",), "no correction to undo"),
    ],
)
def test_what_makes_no_sense_is_refused(
    words: tuple[str, ...], told: str, crossread: Callable[..., Any]
) -> None:
    answer = crossread("entities", *words)
    assert answer.status == 2
    assert told in answer.err
    assert crossread("entities", "corrections").status == 1
    refused = crossread("entities", *words, "--json")
    assert refused.json["entities"] == refused.json["corrections"] == []
    assert refused.json["error"]["message"]


def test_the_first_of_a_kind_as_a_sheet_that_runs_no_formula(crossread: Callable[..., Any]) -> None:
    answer = crossread("entities", "harbour-deal", "--kind", "person", "--limit", 1, "--csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert {row["kind"] for row in rows} == {"person"}
    assert len({row["id"] for row in rows}) == 1
    text = crossread("show", rows[0]["ref"], "--json").json["text"]
    assert text[int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["text"]
    crossread("entities", "rename", "harbour-deal", rows[0]["id"], "=HYPERLINK(1)")
    answer = crossread("entities", "harbour-deal", "--csv")
    names = {row["name"] for row in csv.DictReader(io.StringIO(answer.out))}
    assert "'=HYPERLINK(1)" in names
    assert "=HYPERLINK(1)" not in names
    assert crossread("entities", sample.STORY, "--csv", "--json").status == 2
