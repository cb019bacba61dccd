"""Random small corpora and queries, for Whoosh with its own codec and with ours."""

# The engine's classes have no types.
# mypy: allow-untyped-calls, disable-error-code="name-defined, attr-defined, no-any-return"

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from whoosh import query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("ferry", "ferries", "port", "pier", "tide", "tidal", "café", "über", "日本", "a", "zz")
SCHEMA = Schema(
    text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=False),
    title=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True, stored=True, field_boost=2.0),
    bag=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
    key=ID(stored=True, unique=True),
    tags=KEYWORD(commas=True, scorable=True),
    number=NUMERIC(int),
    extra=STORED(),
)

words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=30).map(" ".join)
documents = st.fixed_dictionaries(
    {},
    optional={
        "text": texts,
        "title": texts,
        "bag": texts,
        "tags": st.lists(words, min_size=1, max_size=3).map(",".join),
        "number": st.integers(-5, 300),
        "extra": st.one_of(st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
    },
)
# Batches of documents, and the keys that are deleted after each of them.
histories = st.lists(
    st.tuples(st.lists(documents, min_size=1, max_size=8), st.lists(st.integers(0, 30), max_size=3)),
    min_size=1,
    max_size=4,
)

fields = st.sampled_from(["text", "title", "bag", "tags"])
with_places = st.sampled_from(["text", "title"])
leaves = st.one_of(
    st.builds(query.Term, fields, words),
    st.builds(query.Phrase, with_places, st.lists(words, min_size=2, max_size=3)),
    st.builds(lambda f, w: query.Phrase(f, w, slop=3), with_places, st.lists(words, min_size=2, max_size=2)),
    st.builds(lambda f, w: query.Prefix(f, w[:2]), fields, words),
    st.builds(lambda f, w: query.Wildcard(f, f"*{w[1:]}"), fields, words),
    st.builds(query.FuzzyTerm, fields, words),
    st.builds(lambda f, a, b: query.TermRange(f, min(a, b), max(a, b)), fields, words, words),
    st.builds(
        lambda a, b: query.NumericRange("number", min(a, b), max(a, b)),
        st.integers(-5, 300),
        st.integers(-5, 300),
    ),
    st.just(query.Every()),
    st.just(query.Every("title")),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(query.And),
        st.lists(inner, min_size=1, max_size=3).map(query.Or),
        st.lists(inner, min_size=1, max_size=3).map(query.DisjunctionMax),
        inner.map(query.Not),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
    ),
    max_leaves=5,
)


def index_of(
    folder: Path, history: list[tuple[list[dict[str, Any]], list[int]]], **writing: Any
) -> FileIndex:
    """Write a history into an index; ``writing`` goes to the writers."""
    folder.mkdir()
    storage = FileStorage(str(folder))
    index = FileIndex.create(storage, SCHEMA, "MAIN")
    key = 0
    for batch, deleted in history:
        writer = index.writer(**writing)
        for document in batch:
            writer.add_document(key=str(key), **document)
            key += 1
        writer.commit(merge=False)
        writer = index.writer(**writing)
        for gone in deleted:
            writer.delete_by_term("key", str(gone))
        writer.commit(merge=False)
    return index


def found(index: FileIndex, asked: query.Query, **options: Any) -> list[tuple[str, float]]:
    """Return the keys and scores of what a query finds."""
    with index.searcher() as searcher:
        hits = searcher.search(asked, limit=None, **options)
        return sorted((hit["key"], round(hit.score, 9)) for hit in hits)
