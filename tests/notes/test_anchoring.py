from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import sample
from sources.formats import story_page
from sources.model import Anchor, NoteState, Span
from sources.notes.anchoring import find_anchor, make_anchor
from tests.notes.passages import (
    SENTENCES,
    TEXT,
    Changed,
    move_paragraphs,
    mutate,
    mutate_characters,
    shared,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def passage(words: str, text: str = TEXT) -> Anchor:
    start = text.index(words)
    return make_anchor(text, Span(start, start + len(words)))


def found(words: str, text: str) -> str | None:
    span = find_anchor(passage(words), text).span
    return None if span is None else span.of(text)


@given(st.text(max_size=200), st.data())
def test_every_passage_is_found_where_it_is_in_the_same_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end:
        with pytest.raises(ValueError, match="no passage"):
            make_anchor(text, Span(start, end))
        return
    found = find_anchor(make_anchor(text, Span(start, end)), text)
    assert (found.span, found.state, found.confidence) == (Span(start, end), NoteState.ANCHORED, 1.0)


@given(st.text("ab \n", max_size=60), st.text("abc. ", max_size=300), st.integers(0, 40), st.integers(1, 40))
def test_what_is_found_is_always_inside_the_text(old: str, new: str, start: int, length: int) -> None:
    end = min(len(old), start + length)
    if start >= end:
        return
    found = find_anchor(make_anchor(old, Span(start, end)), new)
    assert 0.0 <= found.confidence <= 1.0
    assert (found.span is None) == (found.state is NoteState.ORPHAN)
    if found.span is not None:
        assert 0 <= found.span.start < found.span.end <= len(new)


@given(st.sampled_from(SENTENCES), st.text("abcdefgh .\n", max_size=400))
def test_a_passage_is_found_word_for_word_behind_anything_new(span: Span, lead: str) -> None:
    found = find_anchor(make_anchor(TEXT, span), lead + TEXT)
    assert found.span == span.shifted(len(lead))
    assert found.state is (NoteState.MOVED if lead else NoteState.ANCHORED)
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    ("rate", "at_least", "wrong_at_most"),
    [(0.05, 0.97, 0.01), (0.1, 0.95, 0.01), (0.2, 0.88, 0.02), (0.4, 0.4, 0.02)],
)
def test_passages_are_found_in_a_changed_text_or_given_up(
    rate: float, at_least: float, wrong_at_most: float
) -> None:
    tries = right = wrong = 0
    for span in SENTENCES:
        for seed in range(12):
            changed = mutate(TEXT, span, rate, seed)
            at = find_anchor(make_anchor(TEXT, span), changed.text).span
            tries += 1
            if at is not None:
                right += shared(at, changed.span) >= 0.6
                wrong += shared(at, changed.span) < 0.6
    assert right / tries >= at_least
    assert wrong / tries <= wrong_at_most


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.2])
def test_a_passage_that_was_cut_is_an_orphan_and_never_elsewhere(rate: float) -> None:
    elsewhere = 0
    for span in SENTENCES:
        cut = TEXT[: span.start] + TEXT[span.end :]
        for seed in range(6):
            changed = mutate(cut, Span(0, 1), rate, seed)
            elsewhere += find_anchor(make_anchor(TEXT, span), changed.text).span is not None
    assert elsewhere == 0


def test_of_equal_words_the_ones_with_the_same_neighbours_are_meant() -> None:
    text = "The county said no. The guild said no. The crews said no."
    anchor = make_anchor(text, Span(30, 37))
    assert anchor.quote == "said no"
    later = "On Monday, the county said no. In the end the guild said no. The crews said no."
    assert find_anchor(anchor, later).span == Span(52, 59)


def test_an_inserted_word_belongs_to_the_passage() -> None:
    later = TEXT.replace("Both have new engines", "Both have quiet new engines")
    assert (
        found("Both have new engines since the spring.", later)
        == "Both have quiet new engines since the spring."
    )


def test_words_are_not_cut_in_two() -> None:
    later = TEXT.replace("was given up after nine weeks", "was abandoned after eleven weeks")
    assert found("An earlier attempt, in 2014, was given up after nine weeks because of fog", later) == (
        "An earlier attempt, in 2014, was abandoned after eleven weeks because of fog"
    )


def test_a_short_word_alone_is_not_taken_for_another_mention() -> None:
    later = TEXT.replace("Calloway said that the boats would be the two", "The office has chosen the two")
    anchor = passage("Calloway said that the boats")
    name = make_anchor(TEXT, Span(anchor.start, anchor.start + len("Calloway")))
    assert find_anchor(name, later).state is NoteState.ORPHAN


def test_a_repeated_sentence_with_the_same_neighbours_is_the_nearer_one() -> None:
    verse = "Row on, the tide is with us and the lamps are lit. "
    anchor = make_anchor(verse * 9, Span(len(verse) * 4, len(verse) * 5 - 1))
    assert find_anchor(anchor, "Oh! " + verse * 9).span == Span(len(verse) * 4 + 4, len(verse) * 5 + 3)


@pytest.mark.parametrize("text", ["", " ", "x", "ﬁ" * 3, "\n" * 50])
def test_a_text_with_nothing_alike_gives_an_orphan(text: str) -> None:
    assert found("The night service is to cost 1.2 million crowns a year.", text) is None


def test_an_anchor_from_elsewhere_with_odd_positions_does_no_harm() -> None:
    assert find_anchor(Anchor(5, 5, "", "", ""), TEXT).state is NoteState.ORPHAN
    assert find_anchor(Anchor(9000, 8000, "guild", "The pilots' ", ", which"), TEXT).span is not None
    assert find_anchor(Anchor(-5, -1, "guild", "The pilots' ", ", which"), TEXT).span is not None


def test_a_very_long_passage_survives_many_changes() -> None:
    long = TEXT * 4
    span = Span(100, len(long) - 100)
    changed = mutate(long, span, 0.02, seed=3)
    at = find_anchor(make_anchor(long, span), changed.text).span
    assert at is not None
    assert shared(at, changed.span) > 0.98


STORY = tuple(
    draft.text for draft in story_page.parse(sample.page_path().read_text(encoding="utf-8"), None).sources
)


def spans_of_the_story() -> list[tuple[str, Span]]:
    return [
        (text, Span(*match.span()))
        for text in STORY
        for match in re.finditer(r"[\"“A-Z][^\n]{30,220}?[.?!][\"”]?(?= |\n)", text)
    ]


@pytest.mark.parametrize(("rate", "at_least"), [(0.02, 0.99), (0.1, 0.97), (0.2, 0.94), (0.3, 0.92)])
@pytest.mark.parametrize("change", [mutate, mutate_characters])
def test_passages_of_the_story_are_found_beside_the_text_before(
    rate: float, at_least: float, change: Callable[[str, Span, float, int], Changed]
) -> None:
    right = wrong = 0
    spans = spans_of_the_story()
    for seed, (text, span) in enumerate(spans):
        moved = move_paragraphs(text, span, seed) if seed % 3 == 0 else Changed(text, span)
        changed = change(*moved, rate, seed)
        at = find_anchor(make_anchor(text, span), changed.text, text).span
        right += at is not None and shared(at, changed.span) >= 0.6
        wrong += at is not None and shared(at, changed.span) < 0.6
    assert right / len(spans) >= at_least
    assert wrong / len(spans) <= 0.01


def test_a_passage_that_was_cut_is_not_taken_for_its_twin() -> None:
    twin = '"We did not look for a buyer," said Ada Moss, the chief executive, on Thursday. '
    former = f"The port is sold. {twin}The price is not known.\n\nElsewhere, much later. {twin}Nobody agreed."
    first = make_anchor(former, Span(18, 18 + len(twin) - 1))
    later = former.replace(twin, "", 1)
    assert find_anchor(first, later, former).state is NoteState.ORPHAN
    second = former.rindex(twin)
    anchor = make_anchor(former, Span(second, second + len(twin) - 1))
    found = find_anchor(anchor, later, former)
    assert found.span == Span(second, second + len(twin) - 1).shifted(-len(twin))


@given(
    st.text("ab c\n", max_size=80), st.text("ab cd\n", max_size=80), st.integers(0, 40), st.integers(1, 20)
)
def test_what_is_found_beside_any_text_before_is_inside_the_text(
    former: str, text: str, start: int, length: int
) -> None:
    end = min(len(former), start + length)
    if start < end:
        span = find_anchor(make_anchor(former, Span(start, end)), text, former).span
        assert span is None or 0 <= span.start < span.end <= len(text)
