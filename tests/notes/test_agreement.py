"""Agreement of coders: published examples, and what has to hold whatever they say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Ref
from sources.notes.agreement import (
    UnitKind,
    cohen_kappa,
    exact_match,
    find_agreement,
    krippendorff_alpha,
    labels_by_sentence,
    masi_distance,
    overlapping_match,
    units_of,
)
from tests.notes.spans import labelled, text_of

if TYPE_CHECKING:
    from sources.model import LabelSpan

SENTENCES = ((0, 10), (11, 30), (31, 60))
LABELS = ("claim", "doubt", "rumour")
KINDS = tuple(UnitKind)


def test_kappa_as_in_the_paper_of_cohen() -> None:
    """Cohen 1960, table 2: 200 patients, three diagnoses."""
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    units = [(count, row, column) for row, line in enumerate(table) for column, count in enumerate(line)]
    assert cohen_kappa(units) == pytest.approx(0.492, abs=0.0005)


# Krippendorff 2011: sections A (two observers, binary), B (two observers, nominal), C (missing data).
MEG, OWEN = "0100000010", "1110010000"
BEN, GERRY = "aabbdcccedda", "babbbccceddd"
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(*coders: str) -> list[tuple[int, list[str]]]:
    return [(1, [value for value in values if value != "."]) for values in zip(*coders, strict=True)]


def test_alpha_as_in_the_paper_of_krippendorff() -> None:
    assert krippendorff_alpha(units(MEG, OWEN)) == pytest.approx(0.095, abs=0.0005)
    assert krippendorff_alpha(units(BEN, GERRY)) == pytest.approx(0.692, abs=0.0005)
    assert krippendorff_alpha(units(*FOUR)) == pytest.approx(0.743, abs=0.0005)


def test_the_distance_of_sets_as_in_the_paper_of_passonneau() -> None:
    assert masi_distance({"a", "b"}, {"a", "b"}) == 0
    assert masi_distance({"a", "b"}, {"a", "b", "c", "d"}) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_distance({"a", "b"}, {"b", "c"}) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance({"a"}, {"b"}) == masi_distance(set(), {"a"}) == 1


def test_what_chance_explains_cannot_be_told() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([(5, "a", "a")]) is None
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([(5, ["a", "a"])]) is None
    assert krippendorff_alpha([(5, ["a"]), (2, [])]) is None


def test_characters_and_sentences_are_judged_once_each() -> None:
    text = text_of([labelled("Ada", "claim", 5, 15), labelled("Ben", "claim", 5, 10)], SENTENCES)
    characters = list(units_of(text, ("Ada", "Ben"), UnitKind.CHARACTERS))
    assert sum(unit.weight for unit in characters) == 58  # the blanks between sentences are no units
    claim, none = frozenset({"claim"}), frozenset[str]()
    assert [unit for unit in characters if unit.values != (none, none)] == [
        (5, (claim, claim)),
        (4, (claim, none)),
    ]
    assert list(units_of(text, ("Ada", "Ben"), UnitKind.SENTENCES)) == [
        (1, (claim, claim)),
        (1, (claim, none)),
        (1, (none, none)),
    ]


def test_spans_match_exactly_or_by_a_character() -> None:
    ada = [labelled("Ada", "claim", 0, 10), labelled("Ada", "claim", 20, 30), labelled("Ada", "doubt", 0, 10)]
    ben = [
        labelled("Ben", "claim", 0, 10),
        labelled("Ben", "claim", 29, 40),
        labelled("Ben", "claim", 10, 12),
    ]
    exact, overlapping = exact_match(ada, ben), overlapping_match(ada, ben)
    assert (exact.first_matched, exact.second_matched) == (1, 1)
    assert exact.f1 == pytest.approx(1 / 3)
    assert (overlapping.first_matched, overlapping.second_matched) == (2, 2)
    assert overlapping.f1 == pytest.approx(2 / 3)
    assert exact_match([], []).f1 is None
    assert exact_match(ada, []).f1 == 0


def test_a_text_that_one_coder_read_alone_says_nothing_of_agreement() -> None:
    alone = text_of([labelled("Ada", "claim", 0, 10)], SENTENCES)
    found = find_agreement([alone], ("Ada", "Ben"), LABELS, UnitKind.SENTENCES)
    assert (found.units, found.refs, found.overall.alpha, found.overall.pairs[0].kappa) == (0, (), None, None)
    read = text_of([labelled("Ada", "claim", 0, 10)], SENTENCES, "Ada", "Ben")
    assert find_agreement([read], ("Ada", "Ben"), LABELS, UnitKind.SENTENCES).units == 3


spans_of = st.lists(
    st.tuples(st.sampled_from(LABELS), st.integers(0, 59), st.integers(1, 25)).map(
        lambda drawn: (drawn[0], drawn[1], min(60, drawn[1] + drawn[2]))
    ),
    min_size=1,
    max_size=8,
)


def given_by(coder: str, spans: list[tuple[str, int, int]]) -> list[LabelSpan]:
    return [labelled(coder, *span) for span in spans]


@given(spans_of, spans_of, spans_of, st.sampled_from(KINDS))
def test_agreement_stays_in_its_bounds_and_is_the_same_with_coders_swapped(
    ada: list[tuple[str, int, int]],
    ben: list[tuple[str, int, int]],
    cleo: list[tuple[str, int, int]],
    kind: UnitKind,
) -> None:
    coders = {"Ada": ada, "Ben": ben, "Cleo": cleo}
    text = text_of([span for coder, spans in coders.items() for span in given_by(coder, spans)], SENTENCES)
    forth = find_agreement([text], ("Ada", "Ben", "Cleo"), LABELS, kind)
    back = find_agreement([text], ("Cleo", "Ben", "Ada"), LABELS, kind)
    for one, other in zip((forth.overall, *forth.labels), (back.overall, *back.labels), strict=True):
        assert one.alpha is None or -1 <= one.alpha <= 1
        assert one.alpha == (None if other.alpha is None else pytest.approx(other.alpha))
        mirrored = {(pair.second, pair.first): pair for pair in other.pairs}
        for pair in one.pairs:
            swapped = mirrored[pair.first, pair.second]
            assert pair.kappa is None or -1 <= pair.kappa <= 1
            assert pair.kappa == swapped.kappa
            for ours, theirs in ((pair.exact, swapped.exact), (pair.overlapping, swapped.overlapping)):
                assert ours.f1 is None or 0 <= ours.f1 <= 1
                assert ours.f1 == theirs.f1
            # Whatever is the same shares a character.
            assert (pair.exact.f1 or 0) <= (pair.overlapping.f1 or 0)


@given(spans_of, st.sampled_from(KINDS))
def test_coders_who_say_the_same_agree_perfectly(spans: list[tuple[str, int, int]], kind: UnitKind) -> None:
    coders = ("Ada", "Ben", "Cleo")
    text = text_of([span for coder in coders for span in given_by(coder, spans)], SENTENCES)
    found = find_agreement([text], coders, LABELS, kind)
    for agreement in (found.overall, *found.labels):
        assert agreement.alpha in {None, 1.0}
        for pair in agreement.pairs:
            assert pair.kappa in {None, 1.0}
            assert pair.exact.f1 in {None, 1.0}
            assert pair.overlapping.f1 in {None, 1.0}
    judged = {unit.values[0] for unit in units_of(text, coders, kind)}
    assert (found.overall.alpha == 1) == (len(judged) > 1)


@given(spans_of, spans_of)
def test_characters_are_judged_as_if_one_by_one(
    ada: list[tuple[str, int, int]], ben: list[tuple[str, int, int]]
) -> None:
    spans = given_by("Ada", ada) + given_by("Ben", ben)
    text = text_of(spans, SENTENCES)
    expected = [
        tuple(
            frozenset(
                span.label for span in spans if span.coder == coder and span.span.start <= at < span.span.end
            )
            for coder in ("Ada", "Ben")
        )
        for start, end in SENTENCES
        for at in range(start, end)
    ]
    runs = units_of(text, ("Ada", "Ben"), UnitKind.CHARACTERS)
    assert [values for unit in runs for values in [unit.values] * unit.weight] == expected
    by_one = [(1, values[0], values[1]) for values in expected]
    runs = units_of(text, ("Ada", "Ben"), UnitKind.CHARACTERS)
    by_run = [(unit.weight, unit.values[0], unit.values[1]) for unit in runs]
    assert cohen_kappa(by_run) == cohen_kappa(by_one)


@given(spans_of)
def test_a_sentence_has_the_labels_that_touch_it(spans: list[tuple[str, int, int]]) -> None:
    text = text_of(given_by("Ada", spans), SENTENCES)
    found = labels_by_sentence(text.sentences, text.coders["Ada"])
    for place, (start, end) in enumerate(SENTENCES):
        wanted = {label for label, first, last in spans if first < end and start < last}
        assert found.get(place, frozenset()) == wanted


def test_pairs_are_those_of_all_coders() -> None:
    text = text_of([labelled(coder, "claim", 0, 10) for coder in "abcd"], SENTENCES)
    found = find_agreement([text], tuple("abcd"), ("claim",), UnitKind.SENTENCES)
    assert [(pair.first, pair.second) for pair in found.overall.pairs] == list(combinations("abcd", 2))
    assert found.refs == (Ref("made", 1),)
