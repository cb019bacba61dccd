from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.notes import matching_notes
from sources.errors import QueryError
from sources.model import Anchor, Note, NoteState, Ref, Target

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


def note(number: int, text: str, *, story: str = "harbour", **changes: object) -> Note:
    anchor = Anchor(4, 9, "the quays were sold", "before ", " after")
    moment = "2031-06-12T10:00:00Z"
    target = Target(Ref(story, 1), anchor, changes.pop("state", NoteState.ANCHORED))  # type: ignore[arg-type]  # by its name
    return Note(number, text, (), (), moment, moment, (target,), **changes)  # type: ignore[arg-type]  # as given


NOTES = (
    Note(1, "Contradicts 7", ("claim",), (), "2031-06-12T10:00:00Z", "2031-06-12T10:00:00Z"),
    note(2, "Ask the harbour master", story="rail"),
    note(3, "gone", state=NoteState.ORPHAN),
    note(4, "elsewhere", state=NoteState.MOVED, pinned=True),
)


@pytest.mark.parametrize(
    ("expression", "numbers"),
    [
        ("", [1, 2, 3, 4]),
        ("contradicts 7", [1]),
        ("#cla", [1]),
        ("story:rail", [2]),
        ("quays", [2, 3, 4]),
        ('"quays were sold" NOT harbour', [3, 4]),
        ("is:orphan", [3]),
        ("is:moved is:pinned", [4]),
        ("is:orphan quays", [3]),
        ("is:orphan #cla", []),
        ("  ", [1, 2, 3, 4]),
        ("is:orphan OR is:moved", [3, 4]),
        ("quays NOT (is:orphan OR is:pinned)", [2]),
        ("-is:orphan quays", [2, 4]),
        ("-#cla", [2, 3, 4]),
        ("IS:Pinned", [4]),
        ('"is:orphan"', []),
    ],
)
def test_notes_are_filtered_by_words_tags_story_and_state(expression: str, numbers: list[int]) -> None:
    assert [one.id for one in matching_notes(NOTES, expression)] == numbers


def test_a_filter_that_is_none_says_where_and_what_would_be_right() -> None:
    with pytest.raises(QueryError, match="is: with one of orphan, moved") as caught:
        matching_notes(NOTES, "quays is:lost")
    assert caught.value.position == 6
    for expression in ("is:", "is:)", "(is:)", "colour:(", "#*", 'is:"orphan"'):
        with pytest.raises(QueryError):
            matching_notes(NOTES, expression)
