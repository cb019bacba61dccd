from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.text.three_way_merge import END, FIRST, SECOND, merge_texts, merge_words

lines = st.lists(st.sampled_from(["ebb", "flow", "", "tide", "the tide 🌊", "مد"]), max_size=8)
texts = lines.map("\n".join)


def test_changes_to_different_paragraphs_are_both_there() -> None:
    base = "Who sold it?\n\nAsk Moss.\n\nCheck the price."
    first = base.replace("Who sold it?", "Who sold the harbour?")
    second = base + "\n\nAnd the date."
    assert merge_texts(base, first, second) == (
        "Who sold the harbour?\n\nAsk Moss.\n\nCheck the price.\n\nAnd the date.",
        0,
    )


def test_changes_to_neighbouring_lines_do_not_clash() -> None:
    assert merge_texts("a\nb", "A\nb", "a\nB") == ("A\nB", 0)


def test_lines_added_at_one_place_are_all_kept() -> None:
    assert merge_texts("a", "a\nfrom one", "a\nfrom two") == ("a\nfrom one\nfrom two", 0)


def test_one_line_changed_twice_is_kept_twice_and_marked() -> None:
    text, clashes = merge_texts("x\nprice?\ny", "x\nprice: 4\ny", "x\nprice: 5\ny")
    assert text.split("\n") == ["x", FIRST, "price: 4", SECOND, "price: 5", END, "y"]
    assert clashes == 1


def test_a_line_that_both_took_away_or_changed_alike_stands_as_both_want_it() -> None:
    assert merge_texts("a\nb\nc", "a\nc", "a\nc") == ("a\nc", 0)
    assert merge_texts("a\nb\nc", "a\nB\nc", "a\nB\nc\nd") == ("a\nB\nc\nd", 0)


@given(texts, texts, texts)
def test_no_line_that_either_side_wrote_is_lost(base: str, first: str, second: str) -> None:
    merged = merge_texts(base, first, second).text.split("\n")
    known = base.split("\n")
    for side in (first, second):
        for line in side.split("\n"):
            assert line in merged or line in known


@given(texts, texts)
def test_a_side_that_changed_nothing_gives_the_other(base: str, other: str) -> None:
    assert merge_texts(base, other, base) == (other, 0)
    assert merge_texts(base, base, other) == (other, 0)
    assert merge_texts(base, other, other) == (other, 0)


def test_tags_of_both_are_kept_and_what_either_took_away_is_gone() -> None:
    assert merge_words(("a", "b"), ("a", "b", "c"), ("b", "d")) == ("b", "c", "d")
