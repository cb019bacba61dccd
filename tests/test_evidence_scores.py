"""The counting of the evidence benchmark, on a made-up answer of the command."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from benchmarks.evidence import shares, table
from benchmarks.story_cases import MEASURES, Story, best, means, same

TEXTS = {1: "Nine cats fled, said Ana Ruiz.", 2: "Six cats fled on Monday.", 3: "Nine cats fled."}


def _mention(ref: int, text: str) -> dict[str, Any]:
    start = TEXTS[ref].index(text)
    return {"ref": ref, "start": start, "end": start + len(text), "text": text}


def _asked(mention: dict[str, Any]) -> dict[str, Any]:
    return {**mention, "ref": f"cats/{mention['ref']}"}


def _value(value: float, text: str, *refs: int, dissents: bool = False) -> dict[str, Any]:
    mentions = [_asked(_mention(ref, text)) for ref in refs]
    return {
        "value": value,
        "low": None,
        "high": None,
        "text": text,
        "mentions": mentions,
        "dissents": dissents,
    }


def _row(status: str, *values: dict[str, Any]) -> dict[str, Any]:
    return {"id": status, "kind": "count", "subject": "cats", "status": status, "values": values}


def _tally(measure: str, gold: dict[str, Any], answers: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Count the outcomes of a measure, by kind and outcome."""

    def ask(*command: str) -> Any:
        return answers[" ".join(command)]

    story = Story("cats", TEXTS, gold, ask)
    return Counter((case.kind, case.outcome) for case in MEASURES[measure](story))


FIGURES = [
    {**_mention(1, "Nine cats"), "row": "fled", "kind": "count", "value": 9.0},
    {**_mention(2, "Six cats"), "row": "fled", "kind": "count", "value": 6.0},
    {**_mention(3, "Nine cats"), "row": "other", "kind": "count", "value": 9.0},
]
CONFLICT = {"what": "cats", "sides": [{"1": [9], "3": [9]}, {"2": [6]}]}


def test_figures_count_by_value_and_pairs_by_row() -> None:
    """A misread value is wrong, an unread one missing; like figures want one row, others two."""
    rows = [_row("agree", _value(9, "Nine cats", 1, 3)), _row("single", _value(7, "Six cats", 2))]
    assert _tally("figures", {"figures": FIGURES}, {"figures cats": {"rows": rows}}) == {
        ("figures", "right"): 2,
        ("figures", "wrong"): 1,
        ("pairs", "wrong"): 1,
        ("pairs", "missing"): 1,
    }
    together = {"figures": FIGURES, "together": [["other", "fled"]]}
    assert _tally("figures", together, {"figures cats": {"rows": rows[:1]}}) == {
        ("figures", "right"): 2,
        ("figures", "missing"): 1,
    }


@pytest.mark.parametrize(
    ("status", "six", "label", "expected"),
    [
        ("conflict", {"dissents": True}, "conflicts", {("shown", "right"): 1, ("conflicts", "right"): 1}),
        ("possible", {"dissents": True}, "conflicts", {("conflicts", "missing"): 1}),
        ("agree", {}, "conflicts", {("conflicts", "wrong"): 1}),
        ("conflict", {"dissents": True}, "arguable", {}),
    ],
)
def test_a_conflict_counts_where_it_is_certain_and_labelled(
    status: str, six: dict[str, bool], label: str, expected: dict[tuple[str, str], int]
) -> None:
    """Only a certain row marks a conflict; agreement is a wrong answer; an arguable one is none."""
    row = _row(status, _value(9, "Nine cats", 1, 3), _value(6, "Six cats", 2, **six))
    gold = {"conflicts": [], "arguable": [], label: [CONFLICT]}
    assert _tally("conflicts", gold, {"figures cats": {"rows": [row]}}) == expected


def test_a_conflict_that_nobody_labelled_is_wrong() -> None:
    """Whatever is in no list of the gold is a false alarm."""
    row = _row("conflict", _value(9, "Nine cats", 1), _value(6, "Six cats", 2, dissents=True))
    answer = {"figures cats": {"rows": [row]}}
    assert _tally("conflicts", {"conflicts": []}, answer) == {("shown", "wrong"): 1}


@pytest.mark.parametrize(
    ("speaker", "outcome"),
    [("Ruiz", "right"), ("Mrs Ana Ruiz", "right"), ("Ana Prado", "wrong"), (None, "missing")],
)
def test_a_speaker_is_right_under_any_form_of_the_name(speaker: str | None, outcome: str) -> None:
    """Titles do not matter, a part of the name will do, another name will not."""
    quote = {**_mention(1, "Nine cats fled"), "speaker": "Ana Ruiz", "by": "she"}
    variant = {**_asked(_mention(1, "Nine cats fled")), "speaker": speaker}
    answer = {"quotes cats": {"families": [{"variants": [variant]}]}}
    assert _tally("quotes", {"quotes": [quote]}, answer) == {
        ("quotes", "right"): 1,
        ("speakers", outcome): 1,
        ("he-she", outcome): 1,
    }


def test_dates_count_by_both_ends_and_an_unlabelled_conflict_is_wrong() -> None:
    """A date is right with its first and last day."""
    gold = {**_mention(2, "on Monday"), "first": "2031-03-03", "last": "2031-03-03"}
    mention = {**_asked(_mention(2, "Monday")), "first": "2031-03-03", "last": "2031-03-03"}
    answer = {"timeline cats": {"events": [{"mentions": [mention], "status": "conflict", "text": "cats"}]}}
    assert _tally("dates", {"dates": [gold]}, answer) == {("dates", "right"): 1, ("dates", "wrong"): 1}


def test_places_are_the_same_from_more_than_half_of_the_shorter_one() -> None:
    """Half is not enough, and another source never is."""
    assert same((1, 0, 10), (1, 4, 30))
    assert not same((1, 0, 10), (1, 5, 30))
    assert not same((1, 0, 10), (2, 0, 10))
    assert best((1, 0, 10), [((1, 8, 20), "end"), ((1, 1, 7), "middle")]) == ((1, 1, 7), "middle")
    assert best((1, 0, 10), [((2, 0, 10), "elsewhere")]) is None
    assert not means("Ana Prado", "Ana Ruiz")


def test_shares_count_a_wrong_answer_to_a_label_but_not_one_on_top() -> None:
    """A wrong figure is a labelled one, a false mark of what stands alone is not."""
    counts = {"right": 6, "wrong": 2, "missing": 2, "open": 0}
    assert shares("figures", counts) == (0.75, 0.6)
    assert shares("alone", counts) == (0.75, 0.75)
    assert shares("unions", counts) == (0.75, None)
    assert list(table([])) == ["              " + "   right   wrong missing    open       P       R"]
