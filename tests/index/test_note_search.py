from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.notes import matching_notes
from sources.errors import QueryError
from sources.model import Anchor, Note, Ref, Target

PASSAGE = Target(Ref("harbour", 4), Anchor(3, 20, "did not look for a buyer", "", ""))
NOTE = Note(
    1,
    "Who called Ms Moss?",
    ("claim", "to-check"),
    ("source",),
    "2031-06-01",
    "2031-06-12T10:00:00Z",
    (PASSAGE,),
)


@pytest.mark.parametrize(
    "query",
    [
        "moss", "calling", "buyer", '"for a buyer"', "quote:buyer", "note:moss", "tag:claim", "tag:to*",
        "label:source", "story:harbour", "ref:harbour/4", "number:4", "number:3..5", "date:2031-06",
        "moss -ferry",
        "ferry OR moss",
        "NOT ferry", "mos*", "moss claim",
    ],
)  # fmt: skip
def test_a_note_is_found_by_what_it_says_and_stands_on(query: str) -> None:
    assert matching_notes([NOTE], query) == (NOTE,)


@pytest.mark.parametrize(
    "query",
    [
        "ferry", "moss ferry", "quote:moss", "note:buyer", "tag:clai", "label:claim", "story:tide",
        "ref:harbour/5",
        "number:5", "date:2031-07", "moss -buyer", "NOT moss", '"buyer a"',
    ],
)  # fmt: skip
def test_a_note_is_not_found_by_what_it_is_not(query: str) -> None:
    assert matching_notes([NOTE], query) == ()


@given(st.text('"()-*~:/. abmost', max_size=30))
def test_any_words_are_a_query_or_refused_as_one(query: str) -> None:
    with suppress(QueryError):
        assert set(matching_notes([NOTE], query)) <= {NOTE}
