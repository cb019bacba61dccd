"""What cannot be made out to be of the same keeps a statement from being called supported."""

from __future__ import annotations

import pytest

from sources.evidence.audit import Verdict
from tests.evidence.audit.pairs import hold

# A statement, a source that has most of its words, what is unsure, and a source that says it.
UNSURE = [
    (
        "The council was not told of the leak in the tank.",
        "The council was told in May of the leak in the tank.",
        "not",
        "Nobody told the council in May of the leak in the tank.",
    ),
    (
        "The tank had developed leaks, the mayor said.",
        "The mayor said that the tank at the port showed no leaks.",
        "leaks",
        "The mayor said that the tank at the port showed leaks, and no rust.",
    ),
    (
        "The union wants to change the rules of the port.",
        "The union does not intend to alter the rules of the port.",
        "change",
        "The union does not intend to wait, and means to alter the rules of the port.",
    ),
    (
        "The rent of the clerk at the port will be higher in May.",
        "In May a lower rent awaits the clerk at the port.",
        "higher",
        "In May a higher rent awaits the clerk at the port.",
    ),
    (
        "The sheriff has ordered eight boats for the port.",
        "The harbour master has ordered eight boats for the port.",
        "sheriff",
        "Eight boats for the port were ordered. The sheriff paid for them.",
    ),
    (
        "The port bought eight boats for $4,000.",
        "The port bought eight boats. It had $9,000 in hand.",
        "$4,000",
        "The port bought eight boats for $4,000. It had $9,000 in hand.",
    ),
]


@pytest.mark.parametrize(("statement", "source", "word", "other"), UNSURE)
def test_a_word_that_may_be_of_another_matter_is_told_and_weakens(
    statement: str, source: str, word: str, other: str
) -> None:
    shown = hold(statement, source)
    assert shown.unsure == {word}, shown
    assert shown.verdict == Verdict.PARTIAL
    assert hold(statement, other).unsure == set()


def test_a_name_is_unsure_where_only_other_parts_of_the_source_have_it() -> None:
    sentence = "Orla Venn lost eight ropes, two anchors and a lantern in May."
    lost = "lost eight ropes, two anchors and a lantern in May."
    apart = f"Orla Venn runs the ferry. It was foggy. Rain fell. Snow fell. The mill {lost}"
    near = f"Rain fell. Snow fell. Orla Venn runs the mill. It was foggy. She {lost}"
    assert hold(sentence, apart).unsure == {"Orla Venn"}
    assert hold(sentence, near).unsure == set()


def test_what_surely_differs_is_not_unsure_as_well() -> None:
    shown = hold("The mill has agreed to sell the yard.", "The mill has not agreed to sell the yard.")
    assert shown.kinds == {"negation"}
    assert shown.unsure == set()


def test_a_share_that_two_counts_make_is_there() -> None:
    source = "Of the staff of the mill, 27 of 68 clerks left in May."
    for share, there in (("40%", True), ("39%", True), ("42%", False)):
        shown = hold(f"In May {share} of the clerks of the mill left.", source)
        assert (not shown.missing and not shown.unsure) is there, (share, shown)
