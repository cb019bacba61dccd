"""Queries that are still being typed: what is open is closed, and the last word may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import SearchIndex, expansion
from index.query import parse
from index.query.refinement import spelled_out
from index.query.tree import BoolQuery, InStory, Not, Phrase, Prefix, Tagged, Word, positive_leaves
from index.query.unfinished import closed
from index.text_matching import spans_in
from sources.errors import QueryError
from sources.text.words import STOP_WORDS
from tests.index.shelf import found, put_texts
from tests.index.test_query import BITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.library import Library

TEXTS = {
    "1": "The harbour of Northport was sold.",
    "2": "Harbours and ports are dear.",
    "3": "A harbinger of spring, said Ada Moss.",
    "4": "The port of Norwick is small, and the lantern harb is its name.",
}


@pytest.fixture
def shelf(library: Library) -> Iterator[SearchIndex]:
    put_texts(library, "port-sale", TEXTS)
    with SearchIndex.open(library.folder / "index", library) as index:
        yield index


def begun(query: str) -> list[str]:
    """Return the beginnings of words that an unfinished query looks for."""
    leaves = positive_leaves(parse(query, unfinished=True))
    starred = [leaf.terms[-1][1][:-1] for leaf in leaves if isinstance(leaf, Phrase) and leaf.starred]
    return [leaf.start for leaf in leaves if isinstance(leaf, Prefix)] + starred


@pytest.mark.parametrize(
    ("query", "beginnings"),
    [
        ("harb", ["harb"]),
        ("h", ["h"]),
        ("port harb", ["harb"]),
        ("Harb", ["harb"]),
        ("port OR harb", ["harb"]),
        ("(port OR harb", ["harb"]),
        ("(port harb)", []),
        ("title:harb", ["harb"]),
        ("speaker:mo", ["mo"]),
        ('"port of nor', ["nor"]),
        ('title:"port of nor', ["nor"]),
        ('"port', ["port"]),
        ("+harb", ["harb"]),
        ("U.S", ["u.s", "^us"]),
        ("two-se", ["twose", "se"]),
        ("harb ", []),
        ("harb,", []),
        ("harb*", ["harb"]),
        ("harb~", []),
        ('"port of nor"', []),
        ('"port of ', []),
        ('"port sale"~5', []),
        ("-harb", []),
        ("port -(sale harb", []),
        ("port NOT harb", []),
        ("date:2031", []),
        ("number:4", []),
        ("日本", []),
        ("port the", []),
    ],
)
def test_the_last_word_goes_on_until_something_ends_it(query: str, beginnings: list[str]) -> None:
    assert begun(query) == beginnings


def test_the_word_as_typed_counts_more_than_what_it_begins() -> None:
    node = parse("port harb", unfinished=True)
    assert isinstance(node, BoolQuery)
    last = node.should[-1]
    assert isinstance(last, BoolQuery)
    assert isinstance(last.should[0], Word)
    assert isinstance(last.should[1], Prefix)


@pytest.mark.parametrize("query", ["story:port", "tag:cla", "label:cla", 'story:"port'])
def test_values_that_name_something_go_on_too(query: str) -> None:
    node = parse(query, unfinished=True)
    assert isinstance(node, InStory | Tagged)
    assert node.begins


def test_what_is_taken_away_goes_by_the_whole_word() -> None:
    assert parse("-harb", unfinished=True) == parse("-harb")
    assert isinstance(parse("NOT harb", unfinished=True), Not)


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ('"port of nor', '"port of nor"'),
        ("(a OR (b", "(a OR (b))"),
        ('(a OR "b c', '(a OR "b c")'),
        ('"a (b" c', '"a (b" c'),
        ("a) b", "a) b"),
        ('a screen of 12"', 'a screen of 12"'),
        ("“so", '“so"'),
    ],
)
def test_what_is_open_is_closed(query: str, whole: str) -> None:
    assert closed(query) == whole


@pytest.mark.parametrize("query", ["titel:har", "port AND", "title:", "date:2031-", "figure:>", "("])
def test_what_is_no_query_yet_is_an_error_in_its_own_text(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query, unfinished=True)
    assert 0 <= (raised.value.position or 0) <= len(query)


@given(
    st.lists(st.sampled_from(BITS), max_size=8).map(" ".join) | st.lists(st.sampled_from(BITS)).map("".join)
)
def test_an_unfinished_query_is_read_wherever_a_finished_one_is(query: str) -> None:
    try:
        whole = parse(query)
    except QueryError:
        return
    goes_on = parse(query, unfinished=True)
    kept = set(map(repr, positive_leaves(goes_on)))
    starred = [leaf for leaf in positive_leaves(whole) if isinstance(leaf, Word) and repr(leaf) not in kept]
    assert not starred


def test_hits_come_with_the_first_letters(shelf: SearchIndex) -> None:
    for query in ("h", "ha", "har", "harb"):
        assert set(found(shelf, query, unfinished=True)) == {f"port-sale/{number}" for number in (1, 2, 3, 4)}
    assert set(found(shelf, "harbo", unfinished=True)) == {"port-sale/1", "port-sale/2"}
    assert set(found(shelf, "harbours", unfinished=True)) == {"port-sale/1", "port-sale/2"}
    assert found(shelf, "harbours ", unfinished=True) == found(shelf, "harbours")


def test_what_has_the_word_itself_comes_first(shelf: SearchIndex) -> None:
    assert found(shelf, "harb", unfinished=True)[0] == "port-sale/4"
    assert found(shelf, "harb") == ["port-sale/4"]


def test_an_open_phrase_is_searched_as_if_closed(shelf: SearchIndex) -> None:
    for query in ('"port of n', '"port of nor', '"port of norwick', '"port of norwick"'):
        assert found(shelf, query, unfinished=True) == ["port-sale/4"]
    assert found(shelf, '"port of north', unfinished=True) == []


def test_nothing_is_suggested_for_the_beginning_of_a_word(shelf: SearchIndex) -> None:
    answer = shelf.search("norwic", unfinished=True)
    assert (answer.total, answer.suggestion, answer.begins) == (1, None, True)
    assert shelf.search("norwic").suggestion == "norwick"
    assert not shelf.search("harbour", unfinished=True).begins
    assert shelf.search("harbuor", unfinished=True).suggestion == "harbour"


def test_of_very_many_words_the_most_frequent_are_searched(
    shelf: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shelf.search("har", unfinished=True).whole
    monkeypatch.setattr(expansion, "MOST_WHILE_TYPING", 2)
    answer = shelf.search("har", unfinished=True)
    assert not answer.whole
    assert not answer.state
    monkeypatch.setattr(expansion, "MOST_POSTINGS", 0)
    assert shelf.search("har", unfinished=True).total == 1


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("nor", ["Northport"]),
        ("northport", ["Northport"]),
        ("nor ", []),
        ('"harbour of nor', ["harbour of Northport"]),
        ("harbours", ["harbour"]),
        ("sold nort", ["Northport", "sold"]),
    ],
)
def test_what_was_found_is_marked(query: str, marked: list[str]) -> None:
    text = TEXTS["1"]
    assert [span.of(text) for span in spans_in(query, text, unfinished=True)] == marked


letters = st.text("abdehinoprstuw", min_size=1, max_size=4)


@given(st.lists(letters, min_size=1, max_size=2).map(" ".join))
def test_each_hit_has_something_to_mark(query: str) -> None:
    last = query.rsplit(" ", 1)[-1]
    for text in TEXTS.values():
        words = text.lower().replace(".", "").replace(",", "").split()
        if any(word.startswith(last) for word in words):
            assert spans_in(query, text, unfinished=True) or last in STOP_WORDS


@pytest.mark.parametrize(
    ("query", "begins", "written"),
    [
        ("harb", True, "harb*"),
        ("harbour", False, "harbour"),
        ('"port of nor', True, '"port of nor*"'),
        ("(port OR nor", True, "(port OR nor*)"),
        ('"port of norwick', False, '"port of norwick"'),
        ("two-se", True, "two-se"),
        ("h", True, "h"),
    ],
)
def test_what_goes_on_can_be_written(query: str, begins: bool, written: str) -> None:  # noqa: FBT001 - a case
    assert spelled_out(query, begins=begins) == written
