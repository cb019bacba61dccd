"""Runs that are not written twice read as if they were, and bounds are never too low."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse
from index.bm25f import FIELD_WEIGHTS, SATURATION
from index.interface import Deadline
from index.positions import positions_in
from index.whoosh_engine.postings import STEPS, bound_slack, documents_between, mean_length, scales
from index.whoosh_engine.segment import SegmentFile
from index.whoosh_engine.segment_merger import merge_segments
from tests.index.codec.made import reader_of
from tests.properties import dear

if TYPE_CHECKING:
    from pathlib import Path

texts = st.lists(
    st.sampled_from(["ferries", "ferry", "Ferries", "boats", "tide", "running", "日本"]), max_size=12
).map(" ".join)
documents = st.lists(st.fixed_dictionaries({"text": texts}), min_size=1, max_size=12)
_names = count()


def counted(made: list[dict[str, str]]) -> dict[str, dict[int, float]]:
    """Return by term in which documents it stands, and how often."""
    found: dict[str, dict[int, float]] = {}
    for number, document in enumerate(made):
        analysed = analyse(document["text"])
        for term, places in analysed.positions.items():
            found.setdefault(term, {})[number] = float(len(places))
        for stem, times in analysed.stems.items():
            found.setdefault(stem, {})[number] = float(times)
    return found


@dear(20)
@given(made=documents)
def test_every_term_has_its_documents(place: Path, made: list[dict[str, str]]) -> None:
    folder = place / str(next(_names))
    folder.mkdir()
    reader = reader_of(folder, [(made, [])])
    expected = counted(made)
    listed = dict(reader.counted_terms("text", "", Deadline()))
    assert listed == {term: len(there) for term, there in expected.items()}
    for term, there in expected.items():
        postings = reader.postings("text", term, Deadline())
        assert dict(zip(postings.ids, postings.frequencies, strict=True)) == there
        found = positions_in(reader, "text", term, list(there))
        assert {number: len(here) for number, here in found.items()} == (
            {} if term.startswith("~") else there
        )
    reader.close()


@dear(15)
@given(first=documents, second=documents, gone=st.sets(st.integers(0, 11), max_size=3))
def test_merged_segments_are_those_of_all_documents(
    place: Path, first: list[dict[str, str]], second: list[dict[str, str]], gone: set[int]
) -> None:
    folder = place / str(next(_names))
    folder.mkdir()
    deleted = {number for number in gone if number < len(first)}
    reader = reader_of(folder, [(first, []), (second, [])])
    with (folder / "merged.seg").open("wb") as file:
        merge_segments(file, [part.segment for part in reader.parts], [deleted, set()])
    reader.close()
    left = [document for number, document in enumerate(first) if number not in deleted] + second
    merged = SegmentFile(folder / "merged.seg")
    expected = counted(left)
    for term, there in expected.items():
        found = merged.run("text", term.encode())
        assert found is not None
        field, run = found
        ids, weights = field.documents(run.start, run.end), field.weights[run.start : run.end]
        assert dict(zip(ids, map(float, weights), strict=True)) == there
    assert [term for term, _ in merged.terms_from("text", b"")] == sorted(t.encode() for t in expected)
    merged.close()


def test_a_stem_of_one_form_takes_no_room(tmp_path: Path) -> None:
    made = [{"text": "ferries boats"}, {"text": "ferries ferry"}, {"text": "boats"}]
    reader = reader_of(tmp_path, [(made, [])])
    field = reader.parts[0].segment.field("text")
    assert field is not None
    written = len(field.ids)
    assert written == sum(map(len, counted(made).values())) - 2  # "~boat" says what "boats" says
    reader.close()


@dear(20)
@given(made=documents, mean_now=st.floats(1, 40))
def test_bounds_are_never_too_low(place: Path, made: list[dict[str, str]], mean_now: float) -> None:
    folder = place / str(next(_names))
    folder.mkdir()
    reader = reader_of(folder, [(made, [])])
    field = reader.parts[0].segment.field("text")
    if field is not None and field.lengths is not None and field.bounds is not None and len(field.ids):
        lengths = np.asarray(field.lengths)
        scale = scales("text", lengths, mean_now)[documents_between(field, 0, len(field.ids))]
        share = FIELD_WEIGHTS["text"] * np.asarray(field.weights) / scale
        mean = mean_length(field.total_length, len(lengths))
        bounds = np.asarray(field.bounds) * bound_slack("text", field.longest, mean, mean_now)
        assert (bounds >= STEPS * share / (share + SATURATION)).all()
    reader.close()
