from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import parse
from index.query.refinement import conditions, filters, narrowed, widened, without
from index.query.syntax_help import examples, syntax
from sources.errors import QueryError

PIECES = [
    "harbour",
    "crane",
    '"golden share"',
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "+sale",
    "-x",
    "title:port",
    '12"',
    "“so”",
]
CONDITIONS = ["story:harbour-deal", 'publisher:"The Courier"', "date:2031-06", 'entity:"Moss AND Co (plc)"']


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("golden share", "story:a AND golden share"),
        ("crane OR quay", "story:a AND (crane OR quay)"),
        ("(crane OR quay) tide", "story:a AND (crane OR quay) tide"),
        ('"crane OR quay"', 'story:a AND "crane OR quay"'),
        ("", "story:a"),
    ],
)
def test_a_query_is_narrowed_as_a_whole(query: str, expected: str) -> None:
    assert narrowed(query, "story:a") == expected
    assert widened(expected, "story:a") == query


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8),
    st.lists(st.sampled_from(CONDITIONS), unique=True),
)
def test_what_narrows_can_be_taken_off_again(pieces: list[str], added: list[str]) -> None:
    query = " ".join(pieces)
    with contextlib.suppress(QueryError):
        before = parse(query)
        narrow = query
        for condition in added:
            narrow = narrowed(narrow, condition)
            assert condition in conditions(narrow)
        parse(narrow)
        for condition in added:
            narrow = widened(narrow, condition)
        assert leaves(parse(narrow)) == leaves(before)


def leaves(node: object) -> str:
    """Say a tree without its places in the query, which brackets move."""
    return re.sub(r"Span\(start=\d+, end=\d+\)", "", repr(node))


KINDS = ["title", "publisher", "date", "story", "speaker", "quote", "money", "percent", "name", "person"]
VALUES = ["Port", 'the "old" port', "2031-06", "$4.2 billion", "harbour-deal", "  "]


@given(st.dictionaries(st.sampled_from(KINDS), st.sampled_from(VALUES)))
def test_examples_have_a_query_for_every_sign(known: dict[str, str]) -> None:
    made = examples(known)
    assert set(made) == {sign.name for sign in syntax()}
    assert all(made.values())


def test_examples_of_a_source_are_queries() -> None:
    known = {
        "title": "Crane", "date": "2031-06", "story": "harbour-deal", "speaker": "Ada Moss",
        "quote": "not for sale", "money": "$4.2 billion", "name": "Northport plc", "person": "Ada Moss",
    }  # fmt: skip
    for example in examples(known).values():
        assert parse(example)


@pytest.mark.parametrize(
    ("query", "said", "left"),
    [
        ("story:port AND harb", ["story: port"], ["harb"]),
        ("harb AND story:port", ["story: port"], ["harb"]),
        ("harb story:port sale", ["story: port"], ["harb sale"]),
        ('publisher:"The Courier" AND (a OR b)', ["publisher: The Courier"], ["a OR b"]),
        ("-tag:claim x", ["not tag: claim"], ["x"]),
        ("NOT tag:claim x", ["not tag: claim"], ["x"]),
        ("NOT -tag:claim x", ["tag: claim"], ["x"]),
        (
            "x AND story:a AND date:2031-05..2031-06 AND y",
            ["story: a", "date: 2031-05..2031-06"],
            ["x AND date:2031-05..2031-06 AND y", "x AND story:a AND y"],
        ),
        ("harb story:a AND port", ["story: a"], ["harb AND port"]),
        ("speaker:(a b) x", ["speaker: a b"], ["x"]),
        ("only:quotes x", ["only: quotes"], ["x"]),
        ("story:a", ["story: a"], [""]),
        ("a OR story:x", [], []),
        ("(story:a) x", [], []),
        ('"story:a" x', [], []),
        ("title:port https://x.y Re:this", [], []),
    ],
)
def test_filters_are_found_and_taken_off(query: str, said: list[str], left: list[str]) -> None:
    found = filters(query)
    assert [one.words for one in found] == said
    assert [without(query, one) for one in found] == left


@given(
    st.lists(st.sampled_from([piece for piece in PIECES if piece != "OR"]), min_size=1, max_size=6),
    st.lists(st.sampled_from(CONDITIONS), unique=True, min_size=1),
)
def test_a_query_that_is_filtered_is_one_without_each_filter(pieces: list[str], added: list[str]) -> None:
    query = " ".join(pieces)
    with contextlib.suppress(QueryError):
        parse(query)
        for condition in added:
            query = narrowed(query, condition)
        found = filters(query)
        assert len(found) >= len(added)
        for one in found:
            rest = without(query, one)
            assert len(filters(rest)) == len(found) - 1
            if rest:
                parse(rest)
