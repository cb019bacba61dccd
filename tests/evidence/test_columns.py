"""Several sources in columns: what belongs together stands in one row, and reading order is kept."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.edits import rising_chain
from sources.evidence.multi_alignment import Cell, Columns, align_many
from sources.evidence.similarity import StoryVectors
from sources.model import Source, Zone, ZoneKind
from tests.evidence.stories import source

SOLD = "The town of Saltmarsh will sell its ferry line to Corvane Holdings for $310 million."
VOTED = "The council voted 11 to 8 in favour after a debate that lasted until midnight."
FARES = "Fares are to stay frozen until the end of 2033, a draft contract says."
STRIKE = "Tomas Rehn of the seafarers' union announced a strike for the first week of May."
MUSEUM = "A museum about the history of the boats opens next spring on Gull Island."
SENTENCES = [SOLD, VOTED, FARES, STRIKE, MUSEUM]


def article(*sentences: str, number: int) -> Source:
    text = " ".join(sentences)
    return source(text, number, zones=(Zone(ZoneKind.BODY, 0, len(text)),) if text else ())


def columns(*texts: list[str]) -> tuple[Columns, list[Source]]:
    sources = [article(*text, number=number) for number, text in enumerate(texts, start=1)]
    found = align_many(sources)
    assert found is not None
    return found, sources


def shown(found: Columns, sources: list[Source]) -> list[list[str]]:
    """Return the rows as the beginnings of their passages, a moved one with a star."""
    return [
        [
            "" if cell is None else ("*" if cell.moved else "") + cell.span.of(text.text).split()[1]
            for cell, text in zip(row.cells, sources, strict=True)
        ]
        for row in found.rows
    ]


def test_rows_across_three_sources_in_reading_order() -> None:
    found, sources = columns([SOLD, VOTED, STRIKE], [SOLD, FARES, STRIKE], [MUSEUM, FARES, VOTED])
    assert [ref.number for ref in found.refs] == [1, 2, 3]
    assert shown(found, sources) == [
        ["town", "town", ""],
        ["", "", "museum"],
        ["council", "", "council"],
        ["", "are", "*are"],
        ["Rehn", "Rehn", ""],
    ]


def test_between_common_rows_the_text_that_leads_comes_first() -> None:
    found, sources = columns([SOLD, VOTED, STRIKE], [SOLD, MUSEUM, STRIKE, FARES])
    assert shown(found, sources) == [
        ["town", "town"],
        ["council", ""],
        ["", "museum"],
        ["Rehn", "Rehn"],
        ["", "are"],
    ]
    unlike, sources = columns([VOTED], [MUSEUM])
    assert shown(unlike, sources) == [["council", ""], ["", "museum"]]


def test_a_moved_passage_stays_with_its_kin_and_is_marked() -> None:
    found, sources = columns([SOLD, VOTED, FARES, STRIKE], [STRIKE, SOLD, VOTED, FARES])
    assert shown(found, sources) == [
        ["town", "town"],
        ["council", "council"],
        ["are", "are"],
        ["Rehn", "*Rehn"],
    ]


def test_kinds_and_edits_are_against_the_first_that_has_the_passage() -> None:
    dearer = SOLD.replace("$310", "$340")
    found, sources = columns([VOTED], [SOLD], [SOLD], [dearer])
    row = next(row for row in found.rows if row.cells[1])
    first, same, edited = (cell for cell in row.cells[1:] if cell)
    assert (first.kind, same.kind, edited.kind) == (None, "same", "edited")
    changed = [
        (edit.a.of(sources[1].text), edit.b.of(sources[3].text))
        for edit in edited.edits
        if edit.op != "equal"
    ]
    assert changed == [("$310", "$340")]


def test_a_sentence_that_joins_two_makes_one_row_of_them() -> None:
    whole = (
        "Corvane bought fourteen vessels and three terminals, and took over some 640 sailors in Port Elian."
    )
    split = [
        "Corvane bought fourteen vessels and three terminals.",
        "It took over some 640 sailors in Port Elian.",
    ]
    for texts in ([split, [whole]], [[whole], split]):
        found, _ = columns(*texts)
        assert len(found.rows) == 1
        assert None not in found.rows[0].cells


def test_what_comes_twice_in_one_source_points_to_where_it_was_said() -> None:
    found, _ = columns([SOLD, VOTED], [SOLD, FARES, SOLD])
    repeated = [row for row in found.rows if row.repeats is not None]
    assert len(repeated) == 1
    said = found.rows[repeated[0].repeats or 0]
    assert None not in said.cells


def test_nothing_to_lay_side_by_side() -> None:
    assert columns([], [])[0].rows == ()
    assert [row.cells[0] is None for row in columns([], [SOLD])[0].rows] == [True]
    assert align_many([article(SOLD, number=1), article(SOLD, number=2)], cancelled=lambda: True) is None


@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=7), min_size=2, max_size=4))
@settings(max_examples=40, deadline=None)
def test_every_sentence_is_in_one_cell_and_order_is_kept(texts: list[list[str]]) -> None:
    found, sources = columns(*texts)
    vectors = StoryVectors(sources)
    for number, text in enumerate(sources):
        cells: list[Cell] = [cell for row in found.rows if (cell := row.cells[number])]
        kept = [cell.span for cell in cells if not cell.moved]
        assert all(one.end <= two.start for one, two in pairwise(kept))
        assert number > 0 or len(kept) == len(cells)
        for sentence in vectors.reading(text).sentences:
            holding = [cell for cell in cells if cell.span.overlaps(sentence.span)]
            assert len(holding) == 1
            assert holding[0].span.start <= sentence.span.start < sentence.span.end <= holding[0].span.end
    for row in found.rows:
        assert any(row.cells)
        assert next(cell.kind for cell in row.cells if cell) is None


@pytest.mark.parametrize(
    ("places", "chain"),
    [([], []), ([3, 1, 2], [1, 2]), ([1, 1, 2], [1, 2]), ([5, 4, 3], [2]), ([0, 3, 1, 2, 4], [0, 2, 3, 4])],
)
def test_the_longest_rising_chain(places: list[int], chain: list[int]) -> None:
    assert rising_chain(places) == chain
