"""Sources move between stories, stories are joined, and what is removed can be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from sources.library import Library
from sources.model import (
    Anchor,
    CorrectionAct,
    LabelFields,
    NoteDraft,
    NoteFields,
    NoteState,
    Ref,
    Span,
)
from sources.notes.anchoring import find_anchor
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, page, put

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, SUMMARY = Ref("saltmarsh", 1), Ref("saltmarsh", 2), Ref("saltmarsh", None)
ANCHOR = Anchor.at(BRIDGE, Span(0, 14))


def story_page(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))


def state_of(library: Library) -> object:
    """Return all that the user sees of a library."""
    return (
        [library.story(one.slug) for one in library.stories()],
        list(library.texts()),
        library.notes(),
        library.label_spans(),
        library.drafts(),
        [library.corrections(one.slug) for one in library.stories()],
    )


def annotate(library: Library, ref: Ref) -> None:
    """Put one of everything on a source and its story."""
    library.create_note(NoteFields("Why May?"), [(ref, ANCHOR)])
    library.create_note(NoteFields("All of it."), [(Ref.of_story(ref.story), Anchor.whole())])
    library.add_label(LabelFields("claim"))
    library.mark("claim", ref, ANCHOR, coder="ada")
    library.save_draft(NoteDraft(f"{ref}:0:14", NoteFields("half a"), places=((ref, ANCHOR),)))
    library.add_correction(CorrectionAct.RENAME, ["bridge"], "The bridge", story=ref.story)


def test_sources_that_move_take_all_along_and_go_back_as_they_were(library: Library) -> None:
    story_page(library)
    put(library, article(MARKET), slug="fish", path="/in/fish.txt")
    annotate(library, TWO)
    before = state_of(library)
    assert library.move_sources([TWO], "fish") == {TWO: Ref("fish", 2)}
    assert [note.targets[0].ref for note in library.notes()] == [Ref("fish", 2), Ref.of_story("saltmarsh")]
    assert all(target.state is NoteState.ANCHORED for note in library.notes() for target in note.targets)
    assert library.drafts()[0].key == "fish/2:0:14"
    assert library.check() == ()
    library.undo(find_anchor)
    assert state_of(library) == before
    library.redo(find_anchor)
    assert library.source(Ref("fish", 2)).text == BRIDGE
    assert library.check() == ()


def test_a_source_that_was_moved_is_not_brought_back_by_its_page(library: Library) -> None:
    story_page(library)
    put(library, article(MARKET), slug="fish", path="/in/fish.txt")
    library.move_sources([TWO], "fish")
    again = put(library, page(FERRY, BRIDGE + " Again.", summary="Ferry and bridge.12"))
    assert (again.added, again.changed) == ((), (Ref("fish", 2),))
    assert library.refs("saltmarsh") == (ONE, SUMMARY)
    assert library.source(Ref("fish", 2)).version == 2


def test_a_new_story_is_split_off_and_goes_again(library: Library) -> None:
    story_page(library)
    before = state_of(library)
    assert library.move_sources([TWO, ONE], "parts", title="Parts") == {
        TWO: Ref("parts", 1),
        ONE: Ref("parts", 2),
    }
    assert library.story("parts").title == "Parts"
    library.undo(find_anchor)
    assert state_of(library) == before
    library.redo(find_anchor)
    assert library.refs("parts") == (Ref("parts", 1), Ref("parts", 2))
    with pytest.raises(RequestError, match="There is a story parts already"):
        library.move_sources([Ref("parts", 1)], "parts", title="")
    library.undo(find_anchor)
    assert library.move_sources([TWO], "parts", title="") == {TWO: Ref("parts", 1)}
    library.undo(find_anchor)
    assert put(library, article(MARKET), slug="parts", path="/in/fish.txt").added == (Ref("parts", 1),)
    assert library.check() == ()


def test_stories_are_joined_and_parted_again(library: Library) -> None:
    story_page(library)
    put(library, article(MARKET), slug="fish", path="/in/fish.txt")
    put(library, article(FERRY), slug="pier", path="/in/pier.txt")
    library.create_note(NoteFields("A note."), [(Ref.of_story("fish"), Anchor.whole())])
    library.add_correction(CorrectionAct.RENAME, ["council"], "The council", story="fish")
    before = state_of(library)
    moved, gone = library.merge_stories(["fish", "pier"], "saltmarsh")
    assert moved == {Ref("fish", 1): Ref("saltmarsh", 3), Ref("pier", 1): Ref("saltmarsh", 4)}
    assert gone == ()
    assert [story.slug for story in library.stories()] == ["saltmarsh"]
    assert library.notes()[0].targets[0].ref == Ref.of_story("saltmarsh")
    assert [made.story for made in library.corrections("saltmarsh")] == ["saltmarsh"]
    assert put(library, article(MARKET), slug="saltmarsh", path="/in/fish.txt").added == ()
    library.undo(find_anchor)
    assert state_of(library) == before
    assert library.check() == ()


def test_a_summary_stays_with_the_numbers_that_it_cites(library: Library) -> None:
    story_page(library)
    put(library, article(MARKET), slug="fish", path="/in/fish.txt")
    with pytest.raises(RequestError, match="merge fish into saltmarsh instead"):
        library.merge_stories(["saltmarsh"], "fish")
    put(library, page(MARKET, summary="Market.1"), slug="other", path="/in/other.txt")
    before = state_of(library)
    _, gone = library.merge_stories(["other"], "saltmarsh")
    assert gone == (Ref("other", None),)
    assert [one.ref for one in library.binned_sources()] == [Ref("other", None)]
    library.undo(find_anchor)
    assert state_of(library) == before


def test_nothing_moves_where_one_of_it_cannot(library: Library) -> None:
    story_page(library)
    put(library, article(MARKET), slug="fish", path="/in/fish.txt")
    before = state_of(library)
    for refs in ([TWO, SUMMARY], [TWO, Ref("saltmarsh", 9)], [TWO, Ref("fish", 1)]):
        with pytest.raises(RequestError):
            library.move_sources(refs, "fish")
    with pytest.raises(UnknownReference):
        library.merge_stories(["fish", "nowhere"], "saltmarsh")
    assert state_of(library) == before


@pytest.mark.parametrize("target", [TWO, "saltmarsh"])
def test_what_is_removed_comes_back_with_all_that_was_on_it(library: Library, target: Ref | str) -> None:
    story_page(library)
    annotate(library, TWO)
    library.edit_sources([TWO], {"publisher": "Marsh Post"})
    before = state_of(library)
    library.remove(target)
    assert TWO not in library.refs()
    assert TWO in [one.ref for one in library.binned_sources()]
    library.undo(find_anchor)
    assert state_of(library) == before
    library.redo(find_anchor)
    assert TWO not in library.refs()
    assert TWO in library.restore(target, find_anchor)
    assert state_of(library) == before
    assert library.binned_sources() == ()
    assert library.check() == ()
    library.undo(find_anchor)
    assert TWO not in library.refs()


def test_a_removed_source_that_is_added_again_comes_out_of_the_bin(library: Library) -> None:
    story_page(library)
    annotate(library, TWO)
    library.remove("saltmarsh")
    again = put(library, page(FERRY, BRIDGE + " Again.", summary="Ferry and bridge.12"))
    assert set(again.added) == {ONE, TWO, SUMMARY}
    assert library.source(TWO).version == 2
    assert library.binned_sources() == ()
    assert library.notes()[0].targets[0].state is not NoteState.ORPHAN
    assert library.check() == ()


def test_no_other_source_takes_the_number_of_one_in_the_bin(library: Library) -> None:
    put(library, article(FERRY), path="/in/a.txt")
    put(library, article(BRIDGE), path="/in/b.txt")
    library.remove(TWO)
    assert put(library, article(MARKET), path="/in/c.txt").added == (Ref("saltmarsh", 3),)
    assert library.restore(TWO, find_anchor) == (TWO,)
    with pytest.raises(UnknownReference, match="nothing of saltmarsh/2 in the bin"):
        library.restore(TWO, find_anchor)


@pytest.mark.parametrize(("day", "kept"), [("30", True), ("31", False)])
def test_the_bin_keeps_for_thirty_days(tmp_path: Path, day: str, kept: bool) -> None:  # noqa: FBT001
    now = ["2031-05-01T12:00:00Z"]
    with Library.open(tmp_path, clock=lambda: now[0]) as library:
        put(library, article(FERRY))
        library.remove(ONE)
    now[0] = f"2031-05-{day}T12:00:00Z"
    with Library.open(tmp_path, clock=lambda: now[0]) as library:
        assert (library.binned_sources() != ()) == kept
        assert (library.undo(find_anchor) is not None) == kept
        assert (library.refs() == (ONE,)) == kept


@pytest.mark.parametrize("first_to_the_bin", [False, True])
def test_what_is_removed_forever_leaves_no_trace(library: Library, *, first_to_the_bin: bool) -> None:
    text = "Versteckte Brücken. Somebody saw them."
    put(library, page(FERRY, text))
    put(library, page(FERRY, text + " Twice."))
    library.edit_sources([TWO], {"author": "Quelle Grünwald"})
    if first_to_the_bin:
        library.remove(TWO)
    assert library.remove(TWO, forever=True).refs == (TWO,)
    assert library.binned_sources() == ()
    everything = b"".join(path.read_bytes() for path in library.folder.iterdir())
    for words in ("Brücken", "Grünwald"):
        assert words.encode() not in everything
    library.undo(find_anchor)
    assert library.refs() == (ONE,)
    assert library.check() == ()


def test_what_is_in_the_bin_is_told_to_no_reader(library: Library) -> None:
    story_page(library)
    before = library.change_number
    library.remove(TWO)
    assert library.changes_since(before).removed == (TWO,)
    assert library.count() == 2
    assert BRIDGE not in [source.text for source in library.texts()]
    with pytest.raises(UnknownReference):
        library.source(TWO)
    before = library.change_number
    library.undo(find_anchor)
    assert library.changes_since(before).changed == (TWO,)
