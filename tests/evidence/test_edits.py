"""What changed between two passages, as a reader would mark it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.evidence.edits import Edit, word_edits
from sources.evidence.sentence_reading import plain_form
from sources.model import Span


def edits(a: str, b: str) -> tuple[Edit, ...]:
    return word_edits(a, Span(0, len(a)), b, Span(0, len(b)))


def shown(a: str, b: str) -> str:
    parts: list[str] = []
    for edit in edits(a, b):
        old, new = edit.a.of(a), edit.b.of(b)
        if edit.op == "equal":
            parts.append(old)
        else:
            parts.append((f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else ""))
    return "".join(parts)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "The port was sold for $4.2 billion.",
            "The port was sold for $4.8 billion.",
            "The port was sold for [-$4.2-]{+$4.8+} billion.",
        ),
        ("The old port closed.", "The port closed.", "The [-old -]port closed."),
        ("The port closed.", "The port closed on Friday.", "The port closed{+on Friday+}."),
        ("They sold it.", "they  sold\nit.", "They sold it."),
        ("“No,” said Moss’s son.", '"No," said Moss\'s son.', "“No,” said Moss’s son."),
        ("same words", "same words", "same words"),
        ("Ada Moss left.", "Lin Okafor came.", "[-Ada Moss left-]{+Lin Okafor came+}."),
        (
            "Workers feared for the jobs they had.",
            "Sailors hoped for the ships they had.",
            "[-Workers feared for the jobs-]{+Sailors hoped for the ships+} they had.",
        ),
        (
            "Ada Moss left Saltmarsh on Monday with a ship.",
            "Lin Okafor reached the empty quays of Saltmarsh by train and bicycle.",
            (
                "[-Ada Moss left-]{+Lin Okafor reached the empty quays of+} Saltmarsh "
                "[-on Monday with a ship-]{+by train and bicycle+}."
            ),
        ),
        (
            "Two tired miners found 40 coins of gold under the old mill near Ashby.",
            "A young farmer dug up gold rings, three bowls, broken glass and bones.",
            (
                "[-Two tired miners found 40 coins of gold under the old mill near Ashby-]"
                "{+A young farmer dug up gold rings, three bowls, broken glass and bones+}."
            ),
        ),
        ("It rose 14.3% in May.", "It rose 14.5% in May.", "It rose [-14.3%-]{+14.5%+} in May."),
        ("It costs $1,200.", "It costs $1,250.", "It costs [-$1,200-]{+$1,250+}."),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("", "", ""),
        ("港は売られた", "港は買われた", "港は[-売ら-]{+買わ+}れた"),
    ],
)
def test_changes_are_shown_whole(a: str, b: str, expected: str) -> None:
    assert shown(a, b) == expected


def test_spans_are_offsets_of_the_whole_texts() -> None:
    a, b = "First. The port closed.", "Yes! The harbour closed."
    found = word_edits(a, Span(7, 23), b, Span(5, 24))
    assert [(edit.op, edit.a.of(a), edit.b.of(b)) for edit in found] == [
        ("equal", "The ", "The "),
        ("replace", "port", "harbour"),
        ("equal", " closed.", " closed."),
    ]


def check(a: str, b: str) -> None:
    found = edits(a, b)
    for side, text in (("a", a), ("b", b)):
        spans = [getattr(edit, side) for edit in found]
        assert "".join(span.of(text) for span in spans) == text
        assert all(one.end == two.start for one, two in pairwise(spans))
    for edit in found:
        if edit.op == "equal":
            assert plain_form(edit.a.of(a)).split() == plain_form(edit.b.of(b)).split()
        assert (edit.op == "insert") == (edit.a.start == edit.a.end and edit.b.start < edit.b.end)
    assert all(one.op != two.op for one, two in pairwise(found))


WORDS = [
    "the",
    "a",
    "of",
    "port",
    "Port",
    "harbour",
    "sold",
    ",",
    ".",
    "“",
    "4.2",
    "$4.8",
    "don’t",
    "港",
    "—",
]
PHRASES = st.lists(st.sampled_from(WORDS), max_size=12)


@given(PHRASES, PHRASES, st.sampled_from([" ", "  ", "\n"]))
def test_edits_cover_both_passages_without_gaps(one: list[str], other: list[str], gap: str) -> None:
    check(" ".join(one), gap.join(other))


def test_passages_too_long_for_one_table_are_cut_where_they_agree() -> None:
    words = [f"w{number}" for number in range(30_000)]
    changed = [word if number % 50 else "changed" for number, word in enumerate(words)]
    a, b = " ".join(words), " ".join(changed)
    found = edits(a, b)
    assert sum(edit.op == "replace" for edit in found) == 600
    check(a, b)


def test_long_passages_without_a_landmark_keep_their_common_ends() -> None:
    a, b = "so it goes " * 10_000, "so it goes " * 8_000 + "on"
    assert edits(a, b)[0].op == "equal"
