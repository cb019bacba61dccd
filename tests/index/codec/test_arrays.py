"""Sets as arrays answer as sets as dictionaries do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.interface import Deadline
from index.scorers import DictScorer
from index.whoosh_engine.array_scorer import ArrayScorer
from index.whoosh_engine.segment_arrays import ReaderArrays
from tests.index.codec.made import opened, segments_of
from tests.properties import dear

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("ferry", "ferries", "port", "ports", "tide", "café", "日本", "GPT-4", "$14.3", "of")
FIELDS = ("title", "text", "publisher")
segments = segments_of(WORDS, 10)
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
spelled = st.lists(terms, min_size=1, max_size=3, unique=True)  # all that a word of a phrase may be
leaves = st.one_of(
    st.tuples(st.just("terms"), fields, st.lists(terms, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("terms"), fields, st.just(MANY)),
    st.tuples(st.just("phrase"), fields, st.lists(spelled, min_size=1, max_size=3)),
    st.tuples(st.just("filter"), st.lists(st.sampled_from(["a", "b", "c"]), max_size=2)),
    st.tuples(st.just("all_docs")),
    st.tuples(st.just("counts"), fields),
)
steps = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["union", "intersection"]), st.lists(inner, max_size=3)),
        st.tuples(st.sampled_from(["difference", "restrict"]), inner, inner),
        st.tuples(st.just("boost"), inner, st.floats(0.1, 3)),
        st.tuples(st.just("ranked"), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=6,
)


def done(sets: Any, step: tuple[Any, ...]) -> Any:
    """Carry a tree of operations out."""
    match step:
        case ("terms", names, wanted):
            return sets.terms(dict.fromkeys(names, wanted))
        case ("phrase", names, wanted):
            return sets.phrase(names, [(2 * place, terms) for place, terms in enumerate(wanted)])
        case ("filter", stories):
            return sets.filter("story", stories)
        case ("all_docs",):
            return sets.all_docs()
        case ("counts", names):
            counted = {}
            for name in names:
                there = sorted(sets.documents(sets.terms({name: ("ferry", "port")})))
                counted[name] = {number: float(1 + number % 3) for number in there}
            return sets.counts(counted)
        case ("union" | "intersection" | "ranked", inner):
            return getattr(sets, step[0])([done(sets, one) for one in inner])
        case ("difference" | "restrict", one, other):
            return getattr(sets, step[0])(done(sets, one), done(sets, other))
        case ("boost", one, factor):
            return sets.boost(done(sets, one), factor)
    raise AssertionError(step)


@dear(40)
@given(made=segments, asked=st.lists(steps, min_size=1, max_size=6), most=st.integers(0, 12))
def test_all_operations_agree(place: Path, made: list[Any], asked: list[Any], most: int) -> None:
    with opened(place, made) as reader:
        plain, arrays = DictScorer(reader, Deadline()), ArrayScorer(ReaderArrays(reader), Deadline())
        for step in asked:
            expected, found = done(plain, step), done(arrays, step)
            numbers = sorted(plain.documents(expected))
            assert arrays.documents(found) == numbers, step
            assert arrays.count(found) == plain.count(expected)
            assert arrays.scores(found, numbers) == pytest.approx(plain.scores(expected, numbers))
            best = arrays.top(found, most)
            scores = sorted((score for _, score in best), reverse=True)[:most]
            assert scores == pytest.approx(sorted(expected.values(), reverse=True)[:most])
