"""The page on the query language promises nothing that is not so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.notes import NOTE_STATES, matching_notes
from index.query import parse
from index.query.parser import DEEPEST_NESTING, FARTHEST, LONGEST_QUERY, MOST_TERMS
from index.query.syntax_help import syntax_table
from index.query.terms import SHORTEST_PREFIX
from index.query.tree import FIELDS, SCOPES
from sources.model import Anchor, Note, NoteState, Ref, Target

if TYPE_CHECKING:
    from index import SearchIndex

PAGE = (Path(__file__).parents[2] / "docs/query-language.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|")][2:]
EXAMPLES = [row.rstrip("| ").rpartition("|")[2].strip().strip("`") for row in ROWS]
NOT_THERE = ("date:", "tag:", "note:")  # nothing of the kind is in the bundled story


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_finds_something(example: str, sample_index: SearchIndex) -> None:
    assert parse(example)
    if not example.startswith(NOT_THERE):
        assert sample_index.search(example).total > 0


SPOKEN = re.findall(r"`([^`\n]*:[^`\n]* [^`\n]*)`", PAGE[PAGE.index("## Who") : PAGE.index("## Asked")])


def test_examples_of_who_says_what_find_only_the_speaker(sample_index: SearchIndex) -> None:
    assert len(SPOKEN) == 8
    for example in SPOKEN:
        speaker = re.match(r"speaker:(?:\([^)]*\)|\w+)", example)
        assert speaker is not None, example
        found = {hit.ref for hit in sample_index.search(example).hits}
        quoted = {hit.ref for hit in sample_index.search(speaker[0]).hits}
        assert found, example
        assert (found <= quoted) != (" OR quote:keys" in example), example


NOTES = PAGE[PAGE.index("## Asked of notes") : PAGE.index("## What comes")]
ASKED = [query for query in re.findall(r"`([^`]+)`", NOTES) if not query.startswith(("crossread", "export"))]


@pytest.mark.parametrize("query", [each for each in ASKED if each not in {"is:", "publisher:", "tag:cla*"}])
def test_every_example_of_a_note_finds_one(query: str) -> None:
    lost, moved = (
        Target(Ref("harbour-deal", 4), Anchor(0, 5, "a buyer", "", ""), state)
        for state in (NoteState.ORPHAN, NoteState.MOVED)
    )
    moment = "2031-06-12T10:00:00Z"
    notes = (
        Note(1, "the price", ("claim",), ("claim",), moment, moment, (moved,), draft=moment),
        Note(2, "dull", ("dull",), (), moment, moment, (lost, moved), pinned=True),
    )
    assert 0 < len(matching_notes(notes, query)) <= len(notes)


def test_all_ways_a_note_may_stand_are_on_the_page() -> None:
    assert {query for query in ASKED if re.fullmatch(r"is:\w+", query)} == {
        f"is:{name}" for name in NOTE_STATES
    }


def test_the_page_shows_the_signs_that_the_app_shows() -> None:
    assert syntax_table() in PAGE


def test_every_field_is_explained() -> None:
    explained = set(re.findall(r"`([a-z]+):", "\n".join(ROWS)))
    assert explained >= {*FIELDS, *SCOPES}


def test_the_limits_are_those_of_the_parser() -> None:
    limits = PAGE[PAGE.index("## Limits") :]
    for number in (f"{LONGEST_QUERY:,}", MOST_TERMS, DEEPEST_NESTING, 256, 48):
        assert str(number) in limits
    assert f"N up to {FARTHEST}" in PAGE
    assert SHORTEST_PREFIX == 2
