from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import SearchIndex
from index.expansion import MOST_EXPANSIONS
from index.interface import Deadline
from sources.errors import QueryError
from tests import hostile
from tests.index.shelf import draft, found, put, put_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sources.library import Library


@pytest.fixture
def index(library: Library, folder: Path) -> Iterator[SearchIndex]:
    put(
        library,
        "ferry",
        draft(
            "The ferry to Saltmarsh was late again. Its captain blamed the tide, not the crew.",
            "one",
            title="Late ferry angers Saltmarsh",
            publisher="The Saltmarsh Courier",
            author="Ada Moss",
            date="2031-06-12",
        ),
        draft(
            "Ferries will be bigger, the U.S. owner said; they cost $14.3 million, or 49% more. R&D in C++.",
            "two",
            title="Bigger boats",
            publisher="Tide Wire",
            author="Lin Okafor",
            date="2031-07-01T08:00:00Z",
        ),
        draft("A tide of letters. Nobody wrote about boats.", "three", title="Letters", date="2031-05"),
        draft("Łódź naïvely sent GPT-4 to 東京都 in June.", "four", title="Ähnlich", publisher="Tide Wire"),
    )
    put_texts(library, "bread", {"a": "Bread got dearer. The ferry had nothing to do with it."})
    with SearchIndex.open(folder, library) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("captain", {"ferry/1"}),
        ("ferries", {"ferry/1", "ferry/2", "bread/1"}),
        ('"ferries"', {"ferry/2"}),
        ('"the ferry"', {"ferry/1", "bread/1"}),
        ("title:ferry", {"ferry/1"}),
        ("text:nobody", {"ferry/3"}),
        ("publisher:courier", {"ferry/1"}),
        ('publisher:"tide wire"', {"ferry/2", "ferry/4"}),
        ("author:okafor", {"ferry/2"}),
        ("date:2031", {"ferry/1", "ferry/2", "ferry/3"}),
        ("date:2031-06", {"ferry/1"}),
        ("date:2031-06-12", {"ferry/1"}),
        ("date:2031-05..2031-06", {"ferry/1", "ferry/3"}),
        ("date:>2031-06", {"ferry/2"}),
        ("date:..2031-05-15", set()),
        ("story:bread", {"bread/1"}),
        ("story:fer*", {"ferry/1", "ferry/2", "ferry/3", "ferry/4"}),
        ("number:3..4", {"ferry/3", "ferry/4"}),
        ("ref:bread/1", {"bread/1"}),
        ("ferry AND captain", {"ferry/1"}),
        ("captain OR bread", {"ferry/1", "bread/1"}),
        ("ferry NOT bread", {"ferry/1", "ferry/2"}),
        ("ferry -bread", {"ferry/1", "ferry/2"}),
        ("-ferry", {"ferry/3", "ferry/4"}),
        ("+captain bread", {"ferry/1"}),
        ("(captain OR owner) AND tide", {"ferry/1", "ferry/2"}),
        ("capt*", {"ferry/1"}),
        ("title:(late OR letters)", {"ferry/1", "ferry/3"}),
        ("publisher:wire naively", {"ferry/4"}),
        ("lodz", {"ferry/4"}),
        ("ŁÓDŹ", {"ferry/4"}),
        ("ahnlich", {"ferry/4"}),
        ("U.S.", {"ferry/2"}),
        ("$14.3", {"ferry/2"}),
        ("14.3", {"ferry/2"}),
        ("€14.3", set()),
        ("49%", {"ferry/2"}),
        ("R&D", {"ferry/2"}),
        ("C++", {"ferry/2"}),
        ("C#", set()),
        ("GPT-4", {"ferry/4"}),
        ("gpt", {"ferry/4"}),
        ("東京", {"ferry/4"}),
        ("京都", {"ferry/4"}),
        ("東都", set()),
        ("nosuchword", set()),
    ],
)
def test_what_is_found(index: SearchIndex, query: str, refs: set[str]) -> None:
    results = index.search(query)
    assert {str(hit.ref) for hit in results.hits} == refs
    assert results.total == len(refs)
    assert results.state == ""


def test_texts_with_all_words_come_first(index: SearchIndex) -> None:
    assert found(index, "ferry tide captain")[0] == "ferry/1"
    assert found(index, "letters tide") == ["ferry/3", "ferry/1", "ferry/2", "ferry/4"]


def test_the_word_as_typed_weighs_more_than_its_kin(library: Library, folder: Path) -> None:
    put_texts(library, "kin", {"a": "They were selling fish.", "b": "They would sell fish."})
    with SearchIndex.open(folder, library) as index:
        assert found(index, "sell") == ["kin/2", "kin/1"]
        assert found(index, "selling") == ["kin/1", "kin/2"]


@pytest.mark.parametrize(
    ("query", "text"), [("ad", "They added a pier."), ("intern", "An international port, internationally.")]
)
def test_words_of_other_meaning_have_other_stems(
    library: Library, folder: Path, query: str, text: str
) -> None:
    put_texts(library, "stems", {"1": text})
    with SearchIndex.open(folder, library) as index:
        assert found(index, query) == []


def test_a_repeated_word_weighs_more(library: Library, folder: Path) -> None:
    put_texts(library, "s", {"a": "ferry and captain and pier", "b": "captain and tide and pier"})
    with SearchIndex.open(folder, library) as index:
        assert found(index, "ferry tide tide")[0] == "s/2"
        assert found(index, "ferry ferry tide")[0] == "s/1"


def test_a_title_weighs_more_than_a_text(index: SearchIndex) -> None:
    assert found(index, "letters")[0] == "ferry/3"
    assert found(index, "boats")[0] == "ferry/2"


def test_words_that_stand_together_come_before_words_apart(library: Library, folder: Path) -> None:
    filler = "and nobody at the quay had heard a word of it before the evening came"
    put_texts(
        library,
        "near",
        {
            "apart": f"A golden evening {filler}. Then they spoke of the share.",
            "together": f"The golden share {filler}. Then they spoke of the evening.",
        },
    )
    with SearchIndex.open(folder, library) as index:
        assert found(index, "golden share") == ["near/2", "near/1"]
        assert found(index, "share golden") == ["near/2", "near/1"]
        assert found(index, "golden evening") == ["near/1", "near/2"]


def test_only_one_story(index: SearchIndex) -> None:
    assert found(index, "ferry", story="bread") == ["bread/1"]
    assert found(index, "ferry", story="nowhere") == []


@pytest.mark.parametrize(
    ("sort", "refs"),
    [
        ("newest", ["ferry/2", "ferry/1", "ferry/3", "bread/1", "ferry/4"]),
        ("oldest", ["ferry/3", "ferry/1", "ferry/2", "bread/1", "ferry/4"]),
        ("title", ["ferry/4", "ferry/2", "ferry/1", "ferry/3", "bread/1"]),
        ("publisher", ["ferry/1", "ferry/4", "ferry/2", "ferry/3", "bread/1"]),
    ],
)
def test_orders(index: SearchIndex, sort: str, refs: list[str]) -> None:
    assert found(index, "ferry OR tide OR june", sort=sort) == refs


def test_an_order_that_is_none(index: SearchIndex) -> None:
    with pytest.raises(QueryError, match="newest"):
        index.search("ferry", sort="length")


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
def test_pages_fit_together(library: Library, folder: Path, sort: str) -> None:
    put_texts(library, "many", {f"t{n}": f"A harbour, number {n % 5}, of {n}." for n in range(57)})
    with SearchIndex.open(folder, library) as index:
        whole = found(index, "harbour 3", limit=100, sort=sort)
        pages = [found(index, "harbour 3", limit=10, offset=at, sort=sort) for at in range(0, 70, 10)]
        assert index.search("harbour 3", limit=10, offset=500).total == 57
    assert [ref for page in pages for ref in page] == whole
    assert len(whole) == 57


WIRE = (
    "The price was never named in public. Two people who had seen the papers said that it was far above what"
    " the harbour had earned in ten years, and that the buyers had asked for the dredgers as well. The port's"
    " own council met twice in the week before the sale and came to no decision about the old fish hall."
)


@pytest.fixture
def wire(library: Library, folder: Path) -> Iterator[SearchIndex]:
    """Give an index of one text in three versions, and of another that quotes it."""
    put(
        library,
        "wire",
        draft(WIRE, "a", publisher="One", url="https://one.example", date="2031-06-03"),
        draft(f"From the wires. {WIRE} Ends.", "b", publisher="Two", date="2031-06-04"),
        draft(WIRE.replace("ten years", "a decade"), "c", publisher="Three", date="2031-06-05"),
        draft(f"The council sat. {WIRE[:90]} Nobody else spoke of a price.", "d"),
    )
    with SearchIndex.open(folder, library) as index:
        yield index


def test_near_copies_are_listed_with_the_best_of_them(wire: SearchIndex) -> None:
    results = wire.search("price")
    copies = {str(hit.ref): {str(ref) for ref in hit.copies} for hit in results.hits}
    assert len(copies) == 2
    assert copies.pop("wire/4") == set()
    ((best, others),) = copies.items()
    assert {best, *others} == {"wire/1", "wire/2", "wire/3"}
    assert results.total == 2


def test_a_copy_is_only_listed_when_it_is_found(wire: SearchIndex) -> None:
    (hit,) = wire.search('"a decade"').hits
    assert (str(hit.ref), hit.copies) == ("wire/3", ())


def test_the_first_in_the_order_stands_for_its_copies(wire: SearchIndex) -> None:
    assert found(wire, "price dated", sort="newest") == ["wire/3", "wire/4"]
    assert found(wire, "price dated", sort="oldest") == ["wire/1", "wire/4"]


def test_all_copies_may_be_asked_for(wire: SearchIndex) -> None:
    results = wire.search("price", all_copies=True)
    assert results.total == len(results.hits) == 4
    assert all(hit.copies == () for hit in results.hits)


def test_pages_of_collapsed_hits_fit_together(library: Library, folder: Path) -> None:
    copies = {f"{n}-{m}": f"{WIRE} {n}" * 2 for n in "abc" for m in range(40)}
    put_texts(library, "many", copies | {f"t{n}": f"A price, number {n}." for n in range(30)})
    with SearchIndex.open(folder, library) as index:
        whole = found(index, "price", limit=100)
        pages = [found(index, "price", limit=7, offset=at) for at in range(0, 70, 7)]
    assert [ref for page in pages for ref in page] == whole
    assert len(whole) == 31


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("captian", "captain"),
        ("ferry captian", "ferry captain"),
        ("saltmarhs AND tide", "saltmarsh AND tide"),
        ("publisher:courrier", "publisher:courier"),
        ('"late agian" OR tide', '"late again" OR tide'),
        ("not:quotes captian", "not:quotes captain"),
        ("note:captian", None),
        ("captain", None),
        ("qqqqqqqq", None),
        ("xyz", None),
    ],
)
def test_did_you_mean(index: SearchIndex, query: str, better: str | None) -> None:
    assert index.search(query).suggestion == better


def test_the_summary_is_searched_too(sample_index: SearchIndex) -> None:
    hits = sample_index.search("number:summary").hits
    assert [hit.ref.number for hit in hits] == [None]
    assert hits[0].snippet


def test_highlights_are_places_of_the_snippet(sample_index: SearchIndex) -> None:
    hits = sample_index.search("harbour sale", limit=50).hits
    assert len(hits) > 5
    for hit in hits:
        for start, end in hit.highlights:
            assert hit.snippet[start:end].casefold().startswith(("harbour", "sale", "sell", "sold"))


def test_a_prefix_for_very_many_words_says_so(library: Library, folder: Path) -> None:
    words = " ".join(f"ab{n:04}" for n in range(MOST_EXPANSIONS * 2))
    put_texts(library, "long", {"a": words})
    with SearchIndex.open(folder, library) as index:
        results = index.search("ab*")
    assert results.total == 1
    assert "ab*" in results.state


def test_when_the_time_is_up_the_answer_is_a_part(index: SearchIndex) -> None:
    results = index.search("ferry", deadline=-1.0)
    assert not results.whole
    assert "time" in results.state
    results = index.search("ferry -bread", deadline=-1.0)
    assert results.hits == ()  # what may have to be left out is not shown


def test_a_search_nobody_waits_for(index: SearchIndex) -> None:
    results = index.search("ferry", cancelled=lambda: True)
    assert (results.total, results.hits, results.whole) == (0, (), False)


def test_a_search_that_waits_for_its_turn_can_be_cancelled(index: SearchIndex) -> None:
    asked = threading.Event()

    def once_asked() -> bool:
        asked.set()
        return True

    with index._turn:
        thread = threading.Thread(target=lambda: index.search("ferry", cancelled=once_asked))
        thread.start()
        assert asked.wait(10)
        thread.join(10)
    assert not thread.is_alive()


def test_many_threads_at_once(index: SearchIndex) -> None:
    answers: list[list[str]] = []

    def ask() -> None:
        answers.extend(found(index, "ferry tide") for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == 60
    assert all(answer == answers[0] for answer in answers)


def test_the_budget_is_spent_for_good() -> None:
    deadline = Deadline(-1.0)
    assert deadline.spent()
    assert deadline.cut_short


@given(query=st.text(st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered_or_refused(index: SearchIndex, query: str) -> None:
    try:
        results = index.search(query)
    except QueryError:
        return
    assert results.total >= len(results.hits)


def answered(index: SearchIndex, queries: Iterable[str]) -> int:
    count = 0
    for query in queries:
        try:
            index.search(query)
            count += 1
        except QueryError:
            continue
    return count


def test_hostile_strings_are_answered_or_refused(index: SearchIndex) -> None:
    assert answered(index, hostile.STRINGS) > 150


def test_the_usual_nasty_strings_are_answered_or_refused(
    index: SearchIndex, shared: Callable[[str], list[Path]]
) -> None:
    (path,) = shared("data/text/naughty-strings.jsonl")
    lines = path.read_text("utf-8").strip().split("\n")
    assert answered(index, (json.loads(line)["text"] for line in lines)) > 200


def test_the_usual_nasty_strings_as_texts_are_found(library: Library, folder: Path) -> None:
    hostile = {
        f"t{n}": text
        for n, text in enumerate(["\ud800 anchor", "x\x00y anchor", "\u202ean anchor", "a" * 70000])
    }
    put_texts(
        library, "nasty", {key: text.encode("utf-8", "replace").decode() for key, text in hostile.items()}
    )
    with SearchIndex.open(folder, library) as index:
        assert index.search("anchor").total == 3
        assert index.search("a" * 70).total == 1


@pytest.mark.parametrize("typed", ["raptain~", "aptain~", "xcaptain~", "acptain~", "captian~"])
def test_a_word_is_found_where_its_beginning_was_mistyped(index: SearchIndex, typed: str) -> None:
    [hit] = index.search(typed).hits
    assert str(hit.ref) == "ferry/1"
    assert "captain" in {hit.snippet[start:end] for start, end in hit.highlights}
