from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sources.model import (
    Anchor,
    Locator,
    LocatorKind,
    Note,
    NoteState,
    Origin,
    Ref,
    Source,
    SourceEntry,
    Span,
    Target,
)
from tui.app.state import (
    MOST_MARKED,
    AppState,
    citation,
    copies_among,
    hit_from,
    hit_number,
    in_reading_order,
    sentence_at,
    step,
    tags_of,
    trimmed,
)

REFS = [Ref("harbour", number) for number in (1, 2, 3, 4, 5)]


def entry(number: int, sha256: str) -> SourceEntry:
    return SourceEntry(Ref("harbour", number), None, None, None, None, None, 3, sha256)


def note(
    number: int, text: str, start: int = 0, *, story: str = "harbour", tags: tuple[str, ...] = ()
) -> Note:
    anchor = Anchor(start, start + 5, "quays", "", "")
    return Note(
        number,
        text,
        tags,
        (),
        "2031-06-12T08:00:00Z",
        "2031-06-12T08:00:00Z",
        (Target(Ref(story, 1), anchor),),
    )


def orphan(number: int) -> Note:
    target = Target(Ref("harbour", 1), Anchor(0, 4, "gone", "", ""), NoteState.ORPHAN, 0.0)
    return Note(number, "lost its place", (), (), "", "", (target,))


def source(text: str) -> Source:
    return Source(
        Ref("harbour", 4), "Quays for sale", "The Courier", None, "2031-06-12", None, "en", text, (),
        Origin(None, "0", "text"),
    )  # fmt: skip


def test_sources_are_marked_and_unmarked_up_to_a_limit() -> None:
    desk = AppState()
    many = [Ref("harbour", number) for number in range(MOST_MARKED + 1)]
    assert [desk.toggle_mark(ref) for ref in many] == [True] * MOST_MARKED + [False]
    desk.toggle_mark(many[1])
    assert desk.marked == [many[0], *many[2:-1]]
    assert not desk.selections()


def test_all_of_the_marked_and_then_their_pairs_come_round() -> None:
    desk = AppState(marked=REFS[:3])
    seen = []
    for _ in range(5):
        desk.compared = desk.step_selection(1) or ()
        seen.append(desk.compared)
    all_of_them = tuple(REFS[:3])
    assert seen == [all_of_them, tuple(REFS[:2]), (REFS[0], REFS[2]), (REFS[1], REFS[2]), all_of_them]
    assert desk.step_selection(-1) == (REFS[1], REFS[2])


def test_one_mark_is_compared_with_what_is_open() -> None:
    desk = AppState(marked=[Ref("harbour", 9)], source=source("x"))
    assert desk.step_selection(1) == (Ref("harbour", 9), Ref("harbour", 4))
    assert AppState(marked=[Ref("harbour", 4)], source=source("x")).step_selection(1) is None
    assert AppState().step_selection(1) is None


def test_what_is_gone_leaves_the_desk() -> None:
    desk = AppState(marked=REFS[:2], compared=(REFS[0], REFS[1]), read={REFS[0], REFS[2]})
    desk.forget([REFS[0]])
    assert (desk.marked, desk.compared, desk.read) == ([REFS[1]], (), {REFS[2]})


def test_neighbours_end_at_the_ends() -> None:
    assert step(REFS, REFS[1], 1) == REFS[2]
    assert step(REFS, REFS[4], 1) is None
    assert step(REFS, REFS[0], -1) is None
    assert step(REFS, Ref("other", 1), 1) == REFS[0]
    assert step((), None, 1) is None


@given(st.lists(st.integers(0, 50), unique=True).map(sorted), st.integers(-1, 51))
def test_next_and_previous_hit_are_the_nearest_that_way(starts: list[int], cursor: int) -> None:
    spans = [Span(start, start + 1) for start in starts]
    after, before = hit_from(spans, cursor, 1), hit_from(spans, cursor, -1)
    assert (starts[after] if after is not None else None) == min(
        (s for s in starts if s > cursor), default=None
    )
    assert (starts[before] if before is not None else None) == max(
        (s for s in starts if s < cursor), default=None
    )
    assert hit_number(spans, cursor) == sum(start <= cursor for start in starts)


def test_the_sentence_under_the_cursor_is_the_one_before_a_gap() -> None:
    sentences = [Span(3, 10), Span(12, 20)]
    assert [sentence_at(sentences, offset) for offset in (0, 3, 11, 12, 99)] == [
        sentences[0], sentences[0], sentences[0], sentences[1], sentences[1],
    ]  # fmt: skip
    assert sentence_at((), 4) is None


def test_a_selection_loses_the_white_space_at_its_ends() -> None:
    assert trimmed("a  bc \n", Span(1, 7)) == Span(3, 5)
    assert trimmed("a   ", Span(1, 4)) is None
    assert trimmed("abc", Span(0, 99)) == Span(0, 3)


def test_same_text_is_known_as_a_copy() -> None:
    assert copies_among([entry(1, "x"), entry(2, "y"), entry(3, "x")]) == {REFS[0], REFS[2]}


def test_notes_stand_in_reading_order_with_orphans_last() -> None:
    notes = (orphan(1), note(2, "late", 40), note(3, "early", 4))
    assert [one.id for one in in_reading_order(notes, REFS[0])] == [3, 2, 1]


def test_tags_are_read_however_they_are_typed() -> None:
    assert tags_of("#claim, price  ##price claim,") == ("claim", "price")


def test_a_copied_passage_says_where_it_is_from() -> None:
    said = source("Moss: We did not\nlook for a buyer")
    span = Span(6, len(said.text))
    cited = "“We did not look for a buyer” — Quays for sale, The Courier, 2031-06-12"
    assert citation(said, span) == f"{cited}, harbour/4"
    paged = replace(said, locators=(Locator(0, LocatorKind.PAGE, "12"), Locator(16, LocatorKind.PAGE, "13")))
    assert citation(paged, span) == f"{cited}, pp. 12–13, harbour/4"
    assert citation(paged, Span(17, 21)).endswith(", p. 13, harbour/4")
