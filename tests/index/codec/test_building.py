"""Segments hold the same however their documents came together."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

from index.whoosh_engine.merge_policy import MOST_DOCUMENTS, SegmentSize, find_forced_merges, find_merges
from index.whoosh_engine.segment import SegmentFile
from index.whoosh_engine.segment_merger import merge_segments
from tests.index.codec.made import write
from tests.properties import dear

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "ferry",
    "Ferries!",
    "port.",
    "GPT-4",
    "$14.3",
    "R&D",
    "C++",
    "U.S.",
    "l'Oréal",
    "日本語",
    "naïve",
    "—",
    "it’s",
)
texts = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)
free = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
documents = st.fixed_dictionaries(
    {"text": st.one_of(texts, free)}, optional={"title": texts, "story": st.sampled_from("ab")}
)

_names = count()


def content(path: Path) -> dict[str, Any]:
    """Return all that a segment holds, in the words of its reader."""
    segment = SegmentFile(path)
    held: dict[str, Any] = {"count": segment.count}
    for name in segment.field_names():
        field = segment.field(name)
        assert field is not None
        held[name] = {
            term: (
                list(field.documents(run.start, run.end)),
                field.weights[run.start : run.end].tolist(),
                field.positions_of(run),
            )
            for term, run in segment.terms_from(name, b"")
        }
        lengths = [segment.length(name, document) for document in range(segment.count)]
        held[f"{name} lengths"] = lengths if any(lengths) else None
    held["stored"] = [segment.stored(document)["stored"][2:] for document in range(segment.count)]
    segment.close()
    return {key: value for key, value in held.items() if value}


@dear(25)
@given(batch=st.lists(documents, min_size=1, max_size=8))
@example(batch=[{"text": "\u00ad\r\u0300"}])
@example(batch=[{"text": "har\u00adbour \u0300 sold"}])
def test_piece_by_piece_is_the_same_as_in_one(place: Path, batch: list[dict[str, str]]) -> None:
    one, other = place / f"{next(_names)}.seg", place / f"{next(_names)}.seg"
    write(one, batch)
    write(other, batch, by_chunks=False)
    assert content(one) == content(other)


@dear(20)
@given(data=st.data(), batches=st.lists(st.lists(documents, min_size=1, max_size=6), min_size=1, max_size=4))
def test_merging_is_the_same_as_writing_in_one_go(
    place: Path, data: st.DataObject, batches: list[list[dict[str, str]]]
) -> None:
    deleted = [data.draw(st.sets(st.integers(0, len(batch) - 1), max_size=len(batch))) for batch in batches]
    segments = []
    for batch in batches:
        path = place / f"{next(_names)}.seg"
        write(path, batch)
        segments.append(SegmentFile(path))
    merged, expected = place / f"{next(_names)}.seg", place / f"{next(_names)}.seg"
    with merged.open("wb") as file:
        merge_segments(file, segments, deleted)
    left = [
        document
        for batch, gone in zip(batches, deleted, strict=True)
        for number, document in enumerate(batch)
        if number not in gone
    ]
    write(expected, left)
    assert content(merged) == content(expected)


weights = st.lists(
    st.builds(
        lambda live, gone, size: SegmentSize(live, live + gone, size),
        st.integers(0, 70_000),
        st.integers(0, 70_000),
        st.integers(1, 1 << 30),
    ),
    max_size=30,
)


@given(there=weights)
def test_merges_stay_within_their_bounds(there: list[SegmentSize]) -> None:
    for groups in (find_merges(there), find_merges(there, most=2048)):
        places = [place for group in groups for place in group]
        assert len(places) == len(set(places))
        assert all(there[place].live for place in places)
        assert all(sum(there[place].live for place in group) <= MOST_DOCUMENTS for group in groups)
    for group in find_forced_merges(there):
        assert group == list(range(group[0], group[-1] + 1)), "the order of documents stays"
        assert sum(there[place].live for place in group) <= MOST_DOCUMENTS


def test_many_small_commits_do_not_pile_up() -> None:
    there: list[SegmentSize] = []
    for _ in range(2000):
        there.append(SegmentSize(1, 1, 1000))
        while groups := find_merges(there):
            for group in reversed(groups):
                live = sum(there[place].live for place in group)
                there = [weight for place, weight in enumerate(there) if place not in group]
                there.append(SegmentSize(live, live, 1000 * live))
                break
    assert len(there) <= 5 * 6
