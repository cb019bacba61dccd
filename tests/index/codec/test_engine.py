"""Whoosh answers the same whichever codec its segments were written with."""

# The engine's classes have no types.
# mypy: allow-untyped-calls, disable-error-code="name-defined, attr-defined, no-any-return"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from index.whoosh_engine.codec import SectionCodec, UnsupportedField
from tests.index.codec.corpora import found, histories, index_of, queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whoosh import query


_counter = iter(range(1 << 30))


@settings(max_examples=8, deadline=None)
@given(history=histories, asked=st.lists(queries, min_size=3, max_size=8))
def test_documents_and_scores_are_those_of_the_stock_codec(
    place: Path, history: list[Any], asked: list[query.Query]
) -> None:
    compare(place, history, asked)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(history=histories, asked=st.lists(queries, min_size=3, max_size=8))
def test_documents_and_scores_are_those_of_the_stock_codec_at_length(
    place: Path, history: list[Any], asked: list[query.Query]
) -> None:
    compare(place, history, asked)


def compare(place: Path, history: list[Any], asked: list[query.Query]) -> None:
    turn = next(_counter)
    stock = index_of(place / f"stock{turn}", history)
    ours = index_of(place / f"ours{turn}", history, codec=SectionCodec())
    for one in asked:
        try:
            expected, best = found(stock, one), top(stock, one)
        except IndexError:
            continue  # the engine asks a matcher for an id after its end, whichever codec it has
        assert found(ours, one) == expected, one
        assert top(ours, one) == pytest.approx(best), one


def top(index: FileIndex, asked: query.Query) -> list[float]:
    """Return the scores of the best three hits, which the engine finds with its own short cuts."""
    with index.searcher() as searcher:
        return [hit.score for hit in searcher.search(asked, limit=3)]


@settings(max_examples=5, deadline=None)
@given(history=histories)
def test_dictionary_and_lengths_are_those_of_the_stock_codec(place: Path, history: list[Any]) -> None:
    turn = next(_counter)
    stock = index_of(place / f"stock{turn}", history)
    ours = index_of(place / f"ours{turn}", history, codec=SectionCodec())
    with stock.reader() as expected, ours.reader() as reader:
        assert list(reader.all_terms()) == list(expected.all_terms())
        assert sorted(reader.all_doc_ids()) == sorted(expected.all_doc_ids())
        for field, term in expected.all_terms():
            info, wanted = reader.term_info(field, term), expected.term_info(field, term)
            assert info.weight() == wanted.weight()
            assert info.doc_frequency() == wanted.doc_frequency()
            assert info.max_weight() == wanted.max_weight()
            assert (info.min_id(), info.max_id()) == (wanted.min_id(), wanted.max_id())
            places = [m.value_as("positions") for m in walk(reader, field, term)]
            assert places == [m.value_as("positions") for m in walk(expected, field, term)]
        for field in ("text", "title", "bag", "tags"):
            assert reader.field_length(field) == expected.field_length(field)
            for number in expected.all_doc_ids():
                assert reader.doc_field_length(number, field) == (
                    expected.doc_field_length(number, field) or 0
                )
        stored = [expected.stored_fields(number) for number in expected.all_doc_ids()]
        assert [reader.stored_fields(number) for number in expected.all_doc_ids()] == stored


def walk(reader: Any, field: str, term: bytes) -> Iterator[Any]:
    matcher = reader.postings(field, term)
    while matcher.is_active() and matcher.supports("positions"):
        yield matcher
        matcher.next()


def test_a_field_that_would_lose_something_is_refused(tmp_path: Path) -> None:
    index = FileIndex.create(FileStorage(str(tmp_path)), Schema(text=TEXT(chars=True)), "MAIN")
    writer = index.writer(codec=SectionCodec())
    writer.add_document(text="ferry")
    with pytest.raises(UnsupportedField, match="text"):
        writer.commit()
