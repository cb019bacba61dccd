from __future__ import annotations

import pytest

from sources.errors import QueryError
from sources.model import Anchor, Note, NoteState, Ref, Target
from tui.note_filter import filtered


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
    ],
)
def test_notes_are_filtered_by_words_tags_story_and_state(expression: str, numbers: list[int]) -> None:
    assert [one.id for one in filtered(NOTES, expression)] == numbers


def test_a_filter_that_is_none_says_where_and_what_would_be_right() -> None:
    with pytest.raises(QueryError, match="is: with one of orphan, moved") as caught:
        filtered(NOTES, "quays is:lost")
    assert caught.value.position == 6
    with pytest.raises(QueryError):
        filtered(NOTES, "colour:(")
