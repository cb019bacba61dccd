"""Sets as arrays answer as sets as dictionaries do."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.deadline import Deadline
from index.scorers import DictScorer
from index.whoosh_engine.array_scorer import ArrayScorer, ReaderArrays
from tests.index.codec.made import reader_of

WORDS = ("ferry", "ferries", "port", "ports", "tide", "café", "日本", "GPT-4", "$14.3", "of")
FIELDS = ("title", "text", "publisher")
words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=12).map(" ".join)
documents = st.fixed_dictionaries(
    {"text": texts}, optional={"title": texts, "publisher": texts, "story": st.sampled_from(["a", "b"])}
)
segments = st.lists(
    st.tuples(st.lists(documents, min_size=1, max_size=10), st.lists(st.integers(0, 9), max_size=3)),
    max_size=3,
)
MANY = (
    "ferry",
    "ferries",
    "~ferri",
    "port",
    "ports",
    "~port",
    "tide",
    "cafe",
    "日",
    "日本",
    "gpt",
    "4",
    "of",
)
terms = st.sampled_from(
    ["ferry", "ferries", "~ferri", "port", "tide", "cafe", "日", "日本", "gpt", "4", "14.3", "of", "none"]
)
fields = st.lists(st.sampled_from(FIELDS), min_size=1, unique=True)
leaves = st.one_of(
    st.tuples(st.just("words"), fields, st.lists(terms, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("words"), fields, st.just(MANY)),
    st.tuples(st.just("phrase"), fields, st.lists(terms, min_size=1, max_size=3)),
    st.tuples(st.just("marked"), st.lists(st.sampled_from(["a", "b", "c"]), max_size=2)),
    st.tuples(st.just("everything")),
    st.tuples(st.just("weighed"), fields),
)
steps = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["added", "common"]), st.lists(inner, max_size=3)),
        st.tuples(st.sampled_from(["without", "within"]), inner, inner),
        st.tuples(st.just("times"), inner, st.floats(0.1, 3)),
        st.tuples(st.just("lifted"), inner, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)


def done(sets: Any, step: tuple[Any, ...]) -> Any:  # noqa: PLR0911 - one for each operation
    """Carry a tree of operations out."""
    match step:
        case ("words", names, wanted):
            return sets.words(dict.fromkeys(names, wanted))
        case ("phrase", names, wanted):
            return sets.phrase(names, tuple((2 * place, term) for place, term in enumerate(wanted)))
        case ("marked", stories):
            return sets.marked("story", stories)
        case ("everything",):
            return sets.everything()
        case ("weighed", names):
            counted = {}
            for name in names:
                there = sorted(sets.documents(sets.words({name: ("ferry", "port")})))
                counted[name] = {number: float(1 + number % 3) for number in there}
            return sets.weighed(counted)
        case ("added" | "common", inner):
            return getattr(sets, step[0])([done(sets, one) for one in inner])
        case ("without" | "within", one, other):
            return getattr(sets, step[0])(done(sets, one), done(sets, other))
        case ("times", one, factor):
            return sets.times(done(sets, one), factor)
        case ("lifted", one, others):
            return sets.lifted(done(sets, one), [done(sets, other) for other in others], 1.5)
    raise AssertionError(step)


_names = count()


@pytest.fixture(scope="module")
def place() -> Any:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=150, deadline=None)
@given(made=segments, asked=st.lists(steps, min_size=1, max_size=6), most=st.integers(0, 12))
def test_all_operations_agree(place: Path, made: list[Any], asked: list[Any], most: int) -> None:
    folder = place / str(next(_names))
    folder.mkdir()
    reader = reader_of(folder, made)
    plain, arrays = DictScorer(reader, Deadline()), ArrayScorer(ReaderArrays(reader), Deadline())
    for step in asked:
        expected, found = done(plain, step), done(arrays, step)
        numbers = sorted(plain.documents(expected))
        assert arrays.documents(found) == numbers, step
        assert arrays.count(found) == plain.count(expected)
        assert arrays.scores(found, numbers) == pytest.approx(plain.scores(expected, numbers))
        assert arrays.highest(found) == pytest.approx(plain.highest(expected))
        best = arrays.best(found, most)
        scores = sorted((score for _, score in best), reverse=True)[:most]
        assert scores == pytest.approx(sorted(expected.values(), reverse=True)[:most])
    reader.close()
