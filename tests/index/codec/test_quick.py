"""Plain words answered by bounds: the same number of hits, documents and scores as without them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evaluation import Evaluator, term_query_of
from index.interface import Cancelled, Deadline
from index.query import parse
from index.scorers import DictScorer
from index.whoosh_engine import maxscore
from index.whoosh_engine.array_scorer import ArrayScorer
from index.whoosh_engine.segment_arrays import ReaderArrays
from tests.index.codec.made import Made, opened, reader_of, segments_of
from tests.properties import dear

if TYPE_CHECKING:
    from pathlib import Path

    from index.reader import IndexReader

NO_NOTES: Any = None
WORDS = ("ferry", "ferries", "port", "ports", "tide", "café", "日本", "GPT-4", "of", "l'ports", "xport")
segments = segments_of(WORDS, 12)
asked = st.builds(
    lambda chosen, joined, field: field + joined.join(chosen).join("()" if field else ("", "")),
    st.lists(
        st.sampled_from(("ferry", "ferries", "port", "ports", "tide", "of", "none")), min_size=1, max_size=4
    ),
    st.sampled_from([" ", " AND ", " OR "]),
    st.sampled_from(["", "", "", "title:", "text:"]),
)


def agree(reader: IndexReader, query: str, most: int) -> None:
    node = parse(query)
    assert term_query_of(node) is not None
    plain, quick = DictScorer(reader, Deadline(60)), ArrayScorer(ReaderArrays(reader), Deadline(60))
    expected = Evaluator(reader, plain, Deadline(60), NO_NOTES).evaluate(node)
    found = Evaluator[Any](reader, quick, Deadline(60), NO_NOTES).evaluate(node)
    numbers = sorted(expected)
    best = quick.top(found, most)
    assert len({number for number, _ in best}) == len(best)
    scores = sorted((score for _, score in best), reverse=True)[:most]
    assert scores == pytest.approx(sorted(expected.values(), reverse=True)[:most], rel=1e-9)
    for number, score in best:
        assert expected[number] == pytest.approx(score, rel=1e-9)
    assert quick.count(found) == len(numbers)
    assert quick.scores(found, numbers) == pytest.approx([expected[number] for number in numbers])
    inside = quick.restrict(found, quick.filter("story", ["a"]))
    marked = plain.restrict(expected, plain.filter("story", ["a"]))
    assert dict(zip(quick.documents(inside), quick.scores(inside, quick.documents(inside)), strict=True)) == (
        pytest.approx(marked)
    )
    around = quick.restrict(quick.all_docs(), found)
    assert quick.documents(around) == numbers
    assert quick.documents(found) == numbers


@dear(40)
@given(made=segments, queries=st.lists(asked, min_size=1, max_size=5), most=st.integers(0, 12))
def test_few_documents(place: Path, made: list[Made], queries: list[str], most: int) -> None:
    with opened(place, made) as reader:
        for query in queries:
            agree(reader, query, most)


@dear(30)
@given(made=segments, queries=st.lists(asked, min_size=1, max_size=5), most=st.integers(1, 4))
def test_the_ways_for_many_documents(place: Path, made: list[Made], queries: list[str], most: int) -> None:
    with opened(place, made) as reader, pytest.MonkeyPatch.context() as patch:
        patch.setattr(maxscore, "_FEW", 1)
        patch.setattr(maxscore, "_RARE", 2)
        patch.setattr(maxscore, "_COLUMNS", 2)
        for query in queries:
            agree(reader, query, most)


def seeded() -> random.Random:
    return random.Random(5)  # noqa: S311 - the same each time


def invented(chance: random.Random, many: int, length: int) -> list[dict[str, str]]:
    """Return documents of words that are the rarer the farther back, in two forms each."""
    vocabulary = [f"w{chr(97 + n // 26)}{chr(97 + n % 26)}l" for n in range(120)]
    weights = [1 / (n + 2) for n in range(120)]

    def some(size: int) -> str:
        return " ".join(
            word + chance.choice(("", "", "s", "ed")) for word in chance.choices(vocabulary, weights, k=size)
        )

    return [
        {"title": some(4), "text": some(chance.randrange(2, length)), "story": chance.choice("ab")}
        for _ in range(many)
    ]


@pytest.mark.long
def test_many_documents_of_changing_lengths(tmp_path: Path) -> None:
    chance = seeded()
    deleted = chance.sample(range(2500), 200)
    first = (invented(chance, 2500, 40), deleted)
    reader = reader_of(tmp_path, [first, (invented(chance, 1500, 200), []), (invented(chance, 30, 9), [3])])
    for query in (
        "waal", "waals", "wabl", "waed", "wdpl", "wdpls", "waal wbbl", "waals wabls wacls", "waal wddl wdel",
        "wdpl wdol", "waal waal wabl", "waal AND wabl", "waals AND wdpl", "wccl AND wddl AND waal",
        "waal OR wabls", "title:waal", "text:(waal wabl)", "title:waal AND text:wabl",
    ):  # fmt: skip
        for most in (1, 20, 700):
            agree(reader, query, most)
    reader.close()


def test_a_search_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, [(invented(seeded(), 50, 20), [])])
    for looks in range(4):  # wherever it is cancelled
        left = iter([False] * looks)
        deadline = Deadline(60, lambda left=left: next(left, True))  # type: ignore[misc]  # a default binds it
        quick = ArrayScorer(ReaderArrays(reader), deadline)
        evaluator = Evaluator[Any](reader, quick, deadline, NO_NOTES)

        def ask(quick: ArrayScorer = quick, evaluator: Any = evaluator) -> object:
            found = evaluator.evaluate(parse("waal wabl"))
            return quick.top(found, 20), quick.count(found)

        with pytest.raises(Cancelled):
            ask()
    reader.close()


def test_nothing_is_found_when_there_was_no_time(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, [(invented(seeded(), 50, 20), [])])
    deadline = Deadline(-1.0)
    quick = ArrayScorer(ReaderArrays(reader), deadline)
    found = Evaluator[Any](reader, quick, deadline, NO_NOTES).evaluate(parse("waal wabl"))
    assert (quick.count(found), quick.top(found, 20), quick.documents(found)) == (0, [], [])
    assert deadline.cut_short
    reader.close()
