"""Disagreements side by side, what holds in the end, and which labels keep company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Settlement
from sources.notes.adjudication import (
    CodedPassage,
    DisagreementKind,
    find_agreed,
    find_coded_passages,
    find_disagreements,
)
from sources.notes.agreement import find_co_occurrences
from tests.notes.spans import REF, labelled, text_of

if TYPE_CHECKING:
    from sources.model import LabelSpan

SENTENCES = ((0, 50), (51, 100))
CODERS = ("Ada", "Ben")


def disagreements(*spans: LabelSpan, readers: tuple[str, ...] = CODERS) -> tuple[CodedPassage, ...]:
    return find_disagreements([text_of(spans, SENTENCES, *readers)], readers)


def settled(*about: LabelSpan, holds: tuple[LabelSpan, ...] = ()) -> Settlement:
    return Settlement(1, "u", REF, "Cleo", "2031-06-02T10:00:00Z", tuple(span.id for span in about), holds)


@pytest.mark.parametrize(
    ("ada", "ben", "kind"),
    [
        ([("claim", 0, 10)], [("claim", 0, 10)], None),
        ([("claim", 0, 10)], [], DisagreementKind.PRESENCE),
        ([("claim", 0, 10)], [("claim", 2, 12)], DisagreementKind.BORDERS),
        ([("claim", 0, 10)], [("doubt", 0, 10)], DisagreementKind.LABEL),
        ([("claim", 0, 10), ("doubt", 0, 10)], [("claim", 0, 10)], DisagreementKind.LABEL),
        ([("claim", 0, 10)], [("claim", 0, 4), ("claim", 5, 10)], DisagreementKind.BORDERS),
    ],
)
def test_what_coders_disagree_on(
    ada: list[tuple[str, int, int]], ben: list[tuple[str, int, int]], kind: DisagreementKind | None
) -> None:
    spans = [labelled("Ada", *span) for span in ada] + [labelled("Ben", *span) for span in ben]
    assert [found.kind for found in disagreements(*spans)] == ([kind] if kind else [])


def test_a_word_inside_a_long_passage_is_a_question_of_its_own() -> None:
    long, word = labelled("Ada", "claim", 0, 50), labelled("Ben", "name", 3, 8)
    found = disagreements(long, word)
    assert [(each.kind, each.span) for each in found] == [
        (DisagreementKind.PRESENCE, (0, 50)),
        (DisagreementKind.PRESENCE, (3, 8)),
    ]
    assert [len(given.spans) for given in found[0].coder_spans] == [1, 0]


def test_what_was_settled_counts_until_another_coder_speaks() -> None:
    ada, ben = labelled("Ada", "claim", 0, 10), labelled("Ben", "doubt", 0, 10)
    holding = labelled("Cleo", "claim", 0, 9)
    made = settled(ada, ben, holds=(holding,))
    text = text_of([ada, ben], SENTENCES)
    (found,) = find_coded_passages([text], CODERS, [made])
    assert found.settlement == made
    assert find_agreed([found]) == (holding,)
    dan = labelled("Dan", "rumour", 0, 10)
    (found,) = find_coded_passages([text_of([ada, ben, dan], SENTENCES)], (*CODERS, "Dan"), [made])
    assert found.settlement is None
    assert find_agreed([found]) == ()


def test_what_all_say_holds_and_what_is_open_does_not() -> None:
    ada, ben = labelled("Ada", "claim", 0, 10), labelled("Ben", "claim", 0, 10)
    text = text_of([ada, ben, labelled("Ada", "doubt", 60, 70)], SENTENCES)
    assert find_agreed(find_coded_passages([text], CODERS)) == (ada,)


def test_labels_keep_company_on_the_same_words_and_in_the_same_sentence() -> None:
    spans = [
        labelled("Ada", "claim", 0, 10),
        labelled("Ada", "doubt", 5, 15),
        labelled("Ada", "doubt", 5, 12),
        labelled("Ada", "name", 20, 30),
        labelled("Ben", "name", 0, 10),
        labelled("Ada", "name", 60, 70),
    ]
    found = find_co_occurrences([text_of(spans, SENTENCES)])
    assert [(each.first, each.second, each.overlaps, each.sentences) for each in found] == [
        ("claim", "doubt", 2, 1),
        ("claim", "name", 0, 1),
        ("doubt", "name", 0, 1),
    ]


drawn_spans = st.lists(
    st.tuples(
        st.sampled_from(("Ada", "Ben")), st.sampled_from("xyz"), st.integers(0, 90), st.integers(1, 10)
    ),
    max_size=12,
)


@given(drawn_spans)
def test_company_is_counted_as_if_pair_by_pair(drawn: list[tuple[str, str, int, int]]) -> None:
    spans = [labelled(coder, label, start, start + length) for coder, label, start, length in drawn]
    wanted: dict[tuple[str, str], int] = {}
    for place, one in enumerate(spans):
        for other in spans[place + 1 :]:
            if one.coder == other.coder and one.label != other.label and one.span.overlaps(other.span):
                first, second = sorted((one.label, other.label))
                wanted[first, second] = wanted.get((first, second), 0) + 1
    found = find_co_occurrences([text_of(spans, SENTENCES)])
    assert {(each.first, each.second): each.overlaps for each in found if each.overlaps} == wanted


@given(drawn_spans)
def test_every_span_stands_in_one_question(drawn: list[tuple[str, str, int, int]]) -> None:
    spans = [labelled(coder, label, start, start + length) for coder, label, start, length in drawn]
    found = find_coded_passages([text_of(spans, SENTENCES, *CODERS)], CODERS)
    listed = [span.id for passage in found for span in passage.spans]
    assert sorted(listed) == sorted(span.id for span in spans)
    again = find_coded_passages([text_of(list(reversed(spans)), SENTENCES, *CODERS)], CODERS)
    assert {frozenset(span.id for span in each.spans) for each in again} == {
        frozenset(span.id for span in each.spans) for each in found
    }
