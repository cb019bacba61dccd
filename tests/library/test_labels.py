"""The codebook, labelled spans, suggestions and settlements of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from sources.library.label_repository import Mark
from sources.model import Anchor, LabelChoice, LabelFields, NoteFields, NoteState, Ref, Span, SpanStatus
from sources.notes.anchoring import find_anchor
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, page, put

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import LabelSpan

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def on(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor.at(text, Span(start, start + len(words)))


def names(library: Library) -> list[str]:
    codebook = library.codebook()
    return ["  " * codebook.depth(label) + label.name for label in codebook]


def spans(library: Library, *statuses: SpanStatus) -> list[tuple[str, str, str]]:
    choice = LabelChoice(statuses=statuses) if statuses else None
    return [(span.label, span.coder, span.target.anchor.quote) for span in library.label_spans(choice)]


@pytest.fixture
def labelled(library: Library) -> Library:
    put(library, page(FERRY, BRIDGE))
    for name in ("claim", "doubt", "rebuttal"):
        library.add_label(LabelFields(name))
    return library


def test_the_codebook_is_a_tree_in_the_users_order(library: Library) -> None:
    library.add_label(LabelFields("claim", " What somebody\nasserts ", "blue", "c"))
    library.add_label(LabelFields("Over-stated claim"), parent="claim")
    library.add_label(LabelFields("doubt"))
    assert names(library) == ["claim", "  Over-stated-claim", "doubt"]
    claim = library.codebook().named("CLAIM")
    assert claim is not None
    assert (claim.meaning, claim.colour, claim.key) == ("What somebody\nasserts", "blue", "c")
    library.move_label("doubt", parent=None, before="claim")
    library.move_label("over-stated-claim", parent="doubt")
    assert names(library) == ["doubt", "  Over-stated-claim", "claim"]
    library.edit_label("over-stated-claim", new_name="hyperbole", colour="red")
    assert names(library) == ["doubt", "  hyperbole", "claim"]
    assert library.codebook().path(library.codebook().labels[1]) == ("doubt", "hyperbole")


def test_no_label_stands_under_itself(library: Library) -> None:
    for name, parent in (("a", None), ("b", "a"), ("c", "b")):
        library.add_label(LabelFields(name), parent=parent)
    for parent in ("a", "b", "c"):
        with pytest.raises(RequestError, match="cannot be under itself"):
            library.move_label("a", parent=parent)
    with pytest.raises(RequestError, match="does not stand beside"):
        library.move_label("c", parent="b", before="a")
    assert names(library) == ["a", "  b", "    c"]
    assert library.check() == ()


@pytest.mark.parametrize(
    "name", ["../../x", "..", "a/b", "a\\b", "=cmd()", "-x", "", "  ", "\x1b[31m/", "a:b", "x" * 81, "C:"]
)
def test_a_name_that_might_mean_more_than_a_name_is_refused(library: Library, name: str) -> None:
    with pytest.raises(RequestError, match="cannot name a label"):
        library.add_label(LabelFields(name))
    assert len(library.codebook()) == 0


@pytest.mark.parametrize("name", ["Über-ich", "主張", "ادعا", "v1.2_final", "🔥hot", "O'Brien", "R&D"])
def test_names_of_all_scripts_are_taken(library: Library, name: str) -> None:
    assert library.add_label(LabelFields(name)).name == name


def test_names_and_keys_are_given_once(library: Library) -> None:
    library.add_label(LabelFields("claim", key="c"))
    for fields, reason in (
        (LabelFields("Claim"), "has the name"),
        (LabelFields("cost", key="c"), "has the key"),
        (LabelFields("cost", key="cc"), "one character"),
        (LabelFields("cost", key="\x1b"), "one character"),
        (LabelFields("cost", colour="mauve"), "not a colour"),
    ):
        with pytest.raises(RequestError, match=reason):
            library.add_label(fields)
    assert names(library) == ["claim"]


def test_a_removed_label_hides_its_spans_until_it_is_taken_back(labelled: Library) -> None:
    labelled.move_label("doubt", parent="claim")
    labelled.mark("claim", ONE, on(FERRY, "late again"), coder="Ada")
    removed, hidden = labelled.remove_label("claim")
    assert (removed.name, hidden) == ("claim", 1)
    assert names(labelled) == ["doubt", "rebuttal"]
    assert spans(labelled) == []
    with pytest.raises(UnknownReference, match="no label claim"):
        labelled.mark("claim", ONE, on(FERRY, "late"), coder="Ada")
    labelled.undo(find_anchor)
    assert names(labelled) == ["claim", "  doubt", "rebuttal"]
    assert spans(labelled) == [("claim", "Ada", "late again")]
    assert labelled.check() == ()


def test_spans_overlap_and_are_the_coders_own(labelled: Library) -> None:
    first = labelled.mark("claim", ONE, on(FERRY, "late again"), coder="Ada")
    labelled.mark("doubt", ONE, on(FERRY, "late"), coder="Ada")
    labelled.mark("claim", ONE, on(FERRY, "late again"), coder="Ben")
    assert labelled.mark("Claim", ONE, on(FERRY, "late again"), coder=" Ada ") == first
    assert spans(labelled) == [
        ("claim", "Ada", "late again"),
        ("claim", "Ben", "late again"),
        ("doubt", "Ada", "late"),
    ]
    assert labelled.coders("saltmarsh") == ("Ada", "Ben")
    assert [tally.spans for tally in labelled.label_tallies(LabelChoice(coder="Ada"))] == [1, 1]


def test_every_change_of_a_span_is_taken_back_and_done_again(labelled: Library) -> None:
    span = labelled.mark("claim", ONE, on(FERRY, "late again"), coder="Ada")
    labelled.unmark([span.id])
    states = [spans(labelled)]
    while (entry := labelled.undo(find_anchor)) is not None and "label claim added" not in entry.what:
        states.append(spans(labelled))
        if not states[-1]:
            break
    assert states == [[], [("claim", "Ada", "late again")], []]
    for state in reversed(states[:-1]):
        labelled.redo(find_anchor)
        assert spans(labelled) == state


def test_spans_follow_their_words_and_wait_for_a_source_that_goes(labelled: Library) -> None:
    labelled.mark("claim", ONE, on(FERRY, "late again"), coder="Ada")
    put(labelled, page("News. " + FERRY, BRIDGE))
    (moved,) = labelled.label_spans()
    assert moved.target.state is NoteState.MOVED
    assert moved.span.of("News. " + FERRY) == "late again"
    labelled.remove(ONE)
    assert [span.target.state for span in labelled.label_spans()] == [NoteState.ORPHAN]
    put(labelled, page("News. " + FERRY, BRIDGE))
    assert [span.target.state for span in labelled.label_spans()] != [NoteState.ORPHAN]
    assert labelled.check() == ()


def test_a_number_that_labels_speak_of_is_not_given_away(labelled: Library) -> None:
    labelled.mark("claim", TWO, on(BRIDGE, "May"), coder="Ada")
    labelled.remove(TWO)
    put(labelled, article(MARKET), slug="saltmarsh")
    assert [span.target.state for span in labelled.label_spans()] == [NoteState.ORPHAN]
    assert labelled.refs("saltmarsh") == (ONE, Ref("saltmarsh", 3))


def test_a_label_that_is_put_back_finds_its_passage_in_the_text_as_it_is_now(labelled: Library) -> None:
    span = labelled.mark("claim", ONE, on(FERRY, "late again"), coder="Ada")
    labelled.unmark([span.id])
    now = "Fog. " + FERRY
    put(labelled, page(now, BRIDGE))
    labelled.undo(find_anchor)
    (target,) = (each.target for each in labelled.label_spans())
    assert (target.ref, target.state) == (ONE, NoteState.MOVED)
    assert now[target.anchor.start : target.anchor.end] == target.anchor.quote


def test_suggestions_wait_and_are_not_made_twice(labelled: Library) -> None:
    marks = [Mark("claim", ONE, on(FERRY, "late again")), Mark("claim", TWO, on(BRIDGE, "May"))]
    first, second = labelled.suggest_labels(marks, coder="Ada", origin="search: x")
    assert labelled.suggest_labels(marks, coder="Ada", origin="search: x") == ()
    assert spans(labelled) == []
    labelled.dismiss_labels([second.id])
    labelled.accept_labels([first.id], coder="Ben")
    assert spans(labelled) == [("claim", "Ben", "late again")]
    assert labelled.suggest_labels(marks, coder="Ben", origin="search: x") == ()
    with pytest.raises(RequestError, match="not an open suggestion"):
        labelled.accept_labels([first.id], coder="Ben")
    labelled.undo(find_anchor)
    assert spans(labelled, SpanStatus.SUGGESTED) == [("claim", "Ada", "late again")]


def disagreeing(library: Library) -> tuple[LabelSpan, LabelSpan]:
    ada = library.mark("claim", ONE, on(FERRY, "late again"), coder="Ada")
    return ada, library.mark("doubt", ONE, on(FERRY, "late"), coder="Ben")


def test_what_was_settled_says_by_whom_and_is_open_again_after_a_change(labelled: Library) -> None:
    ada, ben = disagreeing(labelled)
    made = labelled.adjudicate_labels([ada.id, ben.id], [Mark("claim", ONE, on(FERRY, "late"))], by="Cleo")
    assert (made.by, made.ref, made.about) == ("Cleo", ONE, (ada.id, ben.id))
    assert [(span.label, span.target.anchor.quote) for span in made.spans] == [("claim", "late")]
    assert len(spans(labelled)) == 2
    labelled.unmark([ben.id])
    assert labelled.settlements("saltmarsh") == ()
    assert spans(labelled, SpanStatus.SETTLED) == []
    labelled.undo(find_anchor)
    assert labelled.settlements("saltmarsh") == (made,)
    nothing = labelled.adjudicate_labels([ada.id, ben.id], [], by="Cleo")
    assert labelled.settlements() == (nothing,)
    labelled.reopen_labels(nothing.id)
    assert labelled.settlements() == ()


def test_what_cannot_be_settled_is_refused(labelled: Library) -> None:
    ada, _ = disagreeing(labelled)
    far = labelled.mark("claim", TWO, on(BRIDGE, "May"), coder="Ben")
    with pytest.raises(RequestError, match="one source"):
        labelled.adjudicate_labels([ada.id, far.id], [], by="Cleo")
    with pytest.raises(RequestError, match="has to be in"):
        labelled.adjudicate_labels([ada.id], [Mark("claim", TWO, on(BRIDGE, "May"))], by="Cleo")
    with pytest.raises(RequestError, match="name a coder"):
        labelled.adjudicate_labels([ada.id], [], by=" \n")
    assert labelled.settlements() == ()


def test_notes_carry_the_new_name_of_a_label(labelled: Library) -> None:
    note = labelled.create_note(NoteFields("", labels=("Claim", "other")), [(ONE, on(FERRY, "late"))])
    labelled.edit_label("claim", new_name="assertion")
    assert labelled.note(note.id).labels == ("assertion", "other")
    labelled.undo(find_anchor)
    assert labelled.note(note.id).labels == ("Claim", "other")
