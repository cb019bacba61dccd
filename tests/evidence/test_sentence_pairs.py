"""How likely two sentences say the same, and which are partners: the numbers that decide, from both sides."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sources.evidence import partners
from sources.evidence.partners import SentenceMatch, find_matches
from sources.evidence.sentence_pairs import Pairs, Traits, _beside, _leads, _scored, scored_pairs
from sources.evidence.similarity import ScoredPairs, StoryVectors
from tests.evidence.test_alignment import FILLER, make

if TYPE_CHECKING:
    from sources.model import Source

Scores = dict[tuple[int, int], float]


def matches(scores: Scores, count: int = 20) -> set[tuple[int, int]]:
    """Return which sentences of two texts of ``count`` are partners that are as like each other as told."""
    return {(match.a0, match.b0) for match in found_in(scores, count) if match.a1 - match.a0 == 1}


def found_in(scores: Scores, count: int = 20) -> list[SentenceMatch]:
    texts: list[Any] = [
        SimpleNamespace(
            first=first,
            sentences=[SimpleNamespace(group=0, plain=f"{first} {number}") for number in range(count)],
        )
        for first in (0, 1)
    ]
    pairs = sorted(scores)
    a, b = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    apart = np.zeros(len(pairs), dtype=bool)
    known = ScoredPairs(a, b, np.array([scores[pair] for pair in pairs]), apart)
    vectors: Any = SimpleNamespace(between={(0, 1): known})
    return find_matches(vectors, texts[0], texts[1])


@pytest.mark.parametrize(("score", "found"), [(0.41, True), (0.4, False)])
def test_partners_are_what_likely_says_the_same(score: float, found: bool) -> None:  # noqa: FBT001
    assert bool(matches({(0, 0): score})) is found


@pytest.mark.parametrize(
    ("partnered", "score", "found"),
    [
        (8, -0.8, True),
        (8, -0.81, False),
        (7, -0.8, False),  # less than four in ten of twenty sentences
    ],
)
def test_where_many_are_partners_the_others_need_less(partnered: int, score: float, found: bool) -> None:  # noqa: FBT001
    more = {(number, number): 2.0 for number in range(partnered)}
    assert ((18, 12) in matches(more | {(18, 12): score})) is found


@pytest.mark.parametrize(("score", "found"), [(-2.19, True), (-2.21, False)])
def test_in_a_rewrite_what_is_between_partners_needs_least(score: float, found: bool) -> None:  # noqa: FBT001
    around = {(number, number): 2.0 for number in range(9) if number != 4}
    assert ((4, 4) in matches(around | {(4, 4): score})) is found


@pytest.mark.parametrize(
    ("half", "gain", "joined"), [(-1.99, 0.03, True), (-2.0, 0.03, False), (-1.99, 0.029, False)]
)
def test_two_neighbours_are_joined_where_both_belong(
    monkeypatch: pytest.MonkeyPatch,
    half: float,
    gain: float,
    joined: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(partners, "_gain", lambda *_: gain)
    (found,) = found_in({(0, 0): 1.0, (1, 0): half})
    assert (found.a1 - found.a0 == 2) is joined


def scored(told: float, subject: float = 0.0, **traits: float) -> float:
    """Return the score of a pair with some traits."""
    given = [np.array([traits.get(name, 0.0)]) for name in Traits._fields]
    place = np.zeros(1, dtype=np.int64)
    texts: list[Any] = [
        SimpleNamespace(sentences=[SimpleNamespace(heading=False, asks=False, plain=name)]) for name in "ab"
    ]
    vectors: Any = SimpleNamespace(shared_statement=lambda *_: told, shared_subject=lambda *_: subject)
    found = _scored(vectors, texts[0], texts[1], Pairs(place, place, Traits(*given)))
    return float(found.scores[0])


@pytest.mark.parametrize(("told", "equal", "found"), [(3.8, 0.0, True), (3.79, 0.0, False), (0.0, 1.0, True)])
def test_partners_share_a_statement_or_a_figure(told: float, equal: float, found: bool) -> None:  # noqa: FBT001
    assert (scored(told, pieces=0.95, equal=equal) >= 0.41) is found


@pytest.mark.parametrize(("subject", "found"), [(12.0, True), (11.0, False)])
def test_who_it_is_about_decides_where_little_is_wanting(subject: float, found: bool) -> None:  # noqa: FBT001
    assert (scored(9.0, subject, pieces=0.64) >= 0.41) is found  # one short of partners


def test_how_far_a_pair_is_ahead_of_the_others_of_its_sentence() -> None:
    values, of = np.array([2.0, 1.5, 0.4, 3.0]), np.array([0, 0, 1, 2])
    assert _leads(values, of, 3).tolist() == [0.5, -0.5, 0.4, 1.0]


def test_what_the_pairs_before_and_behind_share() -> None:
    keys = np.array([0, 3, 6, 20])  # by a step of three
    assert _beside(np.array([1.0, 2.0, 0.5, 9.0]), keys, 3).tolist() == [2.0, 1.0, 2.0, 0.0]


def first_score(one: Source, other: Source) -> float:
    vectors = StoryVectors([one, other])
    found = scored_pairs(vectors, vectors.reading(one), vectors.reading(other), lambda: False)
    here = (found.a == 0) & (found.b == 0)
    return float(found.scores[here][0]) if here.any() else -9.0


@pytest.mark.parametrize(
    ("one", "nearer", "farther"),
    [
        ("The company will purchase the vessel.", "A firm buys a ship.", "A firm paints a shed."),
        (
            "Flames destroyed the old mill.",
            "Fire burned down the ancient mill.",
            "Frost shut the old mill.",
        ),
        ("Ada Moss resigned over the loans.", "Ada Moss quit because of a loan.", "Ada Moss sings."),
    ],
)
def test_words_that_can_stand_for_each_other_count(one: str, nearer: str, farther: str) -> None:
    scores = [
        first_score(make(one, FILLER[0]), make(told, FILLER[1], number=2)) for told in (nearer, farther)
    ]
    assert scores[0] > scores[1]


def test_both_directions_have_the_same_scores() -> None:
    one = make("The mill burned down on Friday.", FILLER[0], "Nobody was hurt at the mill.")
    other = make("Nobody was hurt.", "On Friday fire destroyed the mill.", number=2)
    vectors = StoryVectors([one, other])
    a, b = vectors.reading(one), vectors.reading(other)
    there, back = (scored_pairs(vectors, *pair, lambda: False) for pair in ((a, b), (b, a)))
    assert sorted(zip(there.a.tolist(), there.b.tolist(), there.scores.tolist(), strict=True)) == sorted(
        zip(back.b.tolist(), back.a.tolist(), back.scores.tolist(), strict=True)
    )
