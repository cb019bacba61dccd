from __future__ import annotations

import json
import random
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query import parse
from index.query.syntax_help import describe
from index.query.tree import And, BoolQuery, Dates, InStory, Not, Numbers, Or, Phrase, Prefix, Word
from sources.errors import QueryError
from tests import hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BITS = [
    "AND", "OR", "NOT", "(", ")", '"', "“", "*", "-", "+", ":", "title:", "date:", "number:", "ref:",
    "..", ">=", "2031", "2031-13", "港", "\ud800", "\x00", " ", "\n", "harbour", "a", "C++", "$4.2", "~", "[",
    "TO", "]", "{", "^2", "/", "\\", "https://x.y", "’", "İ", "ﬁ", "e\u0301", "🙂", "\u202e",
    "~5", "~1", "only:quotes", "not:quotes", "not:", "figure:", "figure:>", "$1bn", "49%", "per cent",
    "9" * 400, "billion", "−5%", "tag:", "label:#", "note:", "speaker:", "entity:", "quote:", "person:",
    "speaker:moss", "speaker:(a b)", "quote:buyer", "quote:(a -b)", "-quote:b*", "+quote:c~",
]  # fmt: skip


def test_words_side_by_side_rank_and_phrases_and_fields_narrow() -> None:
    node = parse('port sale "two seats" publisher:courier -rail')
    assert isinstance(node, BoolQuery)
    assert [leaf.text for leaf in node.should if isinstance(leaf, Word)] == ["port", "sale"]
    assert [leaf.text for leaf in node.must if isinstance(leaf, Phrase)] == ['"two seats"']
    assert len(node.must_not) == 1
    assert node.needs_should


def test_a_plus_makes_the_other_words_optional() -> None:
    node = parse("+port sale")
    assert isinstance(node, BoolQuery)
    assert not node.needs_should
    assert describe(node) == "port, better with sale"


def test_and_binds_tighter_than_or() -> None:
    node = parse("ferry OR port AND sale")
    assert isinstance(node, Or)
    assert isinstance(node.parts[1], And)


def test_brackets_change_that() -> None:
    node = parse("(ferry OR port) AND sale")
    assert isinstance(node, And)
    assert isinstance(node.parts[0], Or)


def test_operators_are_words_in_small_letters() -> None:
    assert isinstance(parse("port and ferry"), BoolQuery)


@pytest.mark.parametrize("query", ["NOT port", "-port", "NOT NOT NOT port"])
def test_a_query_may_be_a_negation(query: str) -> None:
    assert isinstance(parse(query), Not)


def test_words_keep_their_signs() -> None:
    for query, term in {"C++": "c++", "R&D": "r&d", "U.S.": "u.s", "C#": "c#"}.items():
        node = parse(query.lower())
        assert isinstance(node, Word)
        assert (node.term, node.text) == (term, query.lower())


def test_a_compound_is_looked_for_as_written_and_as_one_word() -> None:
    node = parse("GPT-4")
    assert isinstance(node, BoolQuery)
    phrase, word = node.should
    assert isinstance(phrase, Phrase)
    assert isinstance(word, Word)
    assert [term for _, term in phrase.terms] == ["gpt", "4"]
    assert word.term == "gpt4"
    assert isinstance(parse("10-12"), Phrase)


@pytest.mark.parametrize("query", ["US", "US aid", "US UK EU"])
def test_words_in_capitals_are_acronyms(query: str) -> None:
    assert "^us" in repr(parse(query))


def test_a_line_in_capitals_is_a_headline() -> None:
    assert isinstance(parse("PORT AND FERRY SHUT"), And)
    shouted = parse("PORT AND FERRY SHUT DOWN")
    assert isinstance(shouted, BoolQuery)
    assert "^" not in repr(shouted)
    assert isinstance(parse("Port AND FERRY SHUT DOWN"), And)


@pytest.mark.parametrize("query", ["caps:", "caps:a", "caps:7", "caps:two-words"])
def test_capitals_are_asked_of_one_word(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


@pytest.mark.parametrize(
    "text", ["Re: hello", "10:30", "https://a.b/c?d=e", r"C:\path", "mailto:a@b.c", "std::vector"]
)
def test_text_with_colons_is_text(text: str) -> None:
    assert parse(text)


def test_spans_are_places_of_the_query() -> None:
    query = '  port  title:"two seats" wor*'
    node = parse(query)
    assert isinstance(node, BoolQuery)
    for leaf in (*node.should, *node.must):
        assert isinstance(leaf, Word | Phrase | Prefix)
        assert leaf.span.of(query) == leaf.text


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("date:2031", "2031-01-01", "2031-12-31"),
        ("date:2032-02", "2032-02-01", "2032-02-29"),
        ("date:2031-06-12", "2031-06-12", "2031-06-12"),
        ("date:2031-05..2031-06", "2031-05-01", "2031-06-30"),
        ("date:2031-05..", "2031-05-01", None),
        ("date:..2031-05", None, "2031-05-31"),
        ("date:>=2031-05", "2031-05-01", None),
        ("date:>2031-05", "2031-06-01", None),
        ("date:<2031-05", None, "2031-04-30"),
    ],
)
def test_dates(query: str, low: str | None, high: str | None) -> None:
    node = parse(query)
    assert isinstance(node, Dates)
    assert (node.low, node.high) == (low, high)


def test_numbers_and_stories() -> None:
    numbers = parse("number:>3")
    assert isinstance(numbers, Numbers)
    assert numbers.low == 4
    assert isinstance(parse("number:summary"), Numbers)
    story = parse("story:harbour-*")
    assert isinstance(story, InStory)
    assert story.begins


@pytest.mark.parametrize(
    ("query", "position", "hint"),
    [
        ("", 0, "write a word"),
        ("   ", 0, "write a word"),
        ("!!!", 0, "write a word"),
        ("title:(", 6, "(harbour OR port)"),
        ("title:", 6, "title:harbour"),
        ("port AND", 8, "AND"),
        ("AND port", 0, "AND"),
        ("port OR OR sale", 7, "OR"),
        ("port NOT", 8, "NOT"),
        ("(port", 0, "(harbour OR port)"),
        ("port)", 4, "quote"),
        ("()", 0, "(harbour OR port)"),
        ('say "port', 4, '"harbour deal"'),
        ("*", 0, "harb*"),
        ("p*", 0, "harb*"),
        ("*ort", 0, "harb*"),
        ("po*t", 2, "harb*"),
        ("publsher:courier", 0, "publisher"),
        ("port speeker:moss", 5, "speaker"),
        ("port colour:red", 5, "quotes"),
        ("date:soon", 5, "2031-06-12"),
        ("date:2031-13", 5, "2031-06-12"),
        ("date:2031-02-30", 5, "2031-06-12"),
        ("date:2031..2030", 5, "range"),
        ("date:2031..soon", 11, "range"),
        ("number:x", 7, "number:4"),
        ("number:5..2", 7, "number:4"),
        ("story:Ab_c", 6, "lower-case"),
        ("ref:harbour", 4, "STORY/NUMBER"),
        ("(" * 60 + "a" + ")" * 60, 32, "levels"),
        ("title:" * 60 + "a", 192, "levels"),
        ("port " * 1000, 4096, "few words"),
        ("a " * 600, 1025, "few"),
    ],
)
def test_errors_have_a_place_and_a_way_out(query: str, position: int, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert hint in caught.value.hint
    assert caught.value.query == query


def understood(query: str) -> bool:
    """Tell whether a query is one; anything but a QueryError with a place in the query fails the test."""
    wrong: QueryError | None = None
    try:
        assert describe(parse(query))
    except QueryError as error:
        wrong = error
    if wrong is not None:
        assert 0 <= wrong.position <= len(query)
        assert wrong.message
        assert wrong.hint
    return wrong is None


@given(st.text(st.characters(exclude_categories=()), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_query_or_a_query_error(query: str) -> None:
    understood(query)


@given(st.lists(st.sampled_from(BITS), max_size=25))
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_signs_is_a_query_or_a_query_error(bits: list[str]) -> None:
    understood("".join(bits))
    understood(" ".join(bits))


def test_five_thousand_random_strings() -> None:
    chance = random.Random(7)  # noqa: S311 - not for secrets
    letters = string.printable + '“”()*:-+"""((())) éßİ港\ud800\u202e🙂'
    found = sum(
        understood("".join(chance.choice(letters) for _ in range(chance.randrange(1, 40))))
        for _ in range(5000)
    )
    assert found > 500


@pytest.mark.parametrize("text", hostile.STRINGS, ids=lambda text: ascii(text)[1:30])
def test_hostile_strings_are_queries_or_query_errors(text: str) -> None:
    for query in (text, f"harbour {text}", f"{text} harbour", f"title:{text}", f'"{text}"', f"({text})"):
        understood(query)


def test_the_usual_nasty_strings(shared: Callable[[str], list[Path]]) -> None:
    (path,) = shared("data/text/naughty-strings.jsonl")
    for line in path.read_text("utf-8").strip().split("\n"):
        understood(json.loads(line)["text"])


def test_a_huge_query_is_refused_at_once() -> None:
    assert not understood("x" * 1_000_000)


@given(
    st.lists(st.sampled_from(["harbour", "the", "a", "port", "AND"]), min_size=1, max_size=7).map(" ".join)
)
def test_plain_words_are_read_as_any_others(query: str) -> None:
    # A space at the end is in the way of reading in one go.
    assert read_or_place(query) == read_or_place(f"{query} ")


def read_or_place(query: str) -> object:
    try:
        return parse(query)
    except QueryError as error:
        return str(error).rstrip()
