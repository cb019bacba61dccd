"""Merging another library into this one: all that it has, nothing twice, and what differs is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import InputError
from sources.importing.merging import merge, opened_library
from sources.library import DATABASE, Library
from sources.model import (
    Anchor,
    AuditChoiceKind,
    CorrectionAct,
    LabelFields,
    NoteFields,
    ParsedFile,
    ParsedSource,
    Ref,
    Span,
)
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUAY = "The quay was closed on Monday. The harbour master said that nobody had been told."
TIDE = "The tide came in at four. Ines Varga lost two boats and a shed to it."
MILL = "The mill at Aldby burned down. It had stood since 1871, and nobody was hurt."


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "other") as library:
        yield library


def add(library: Library, slug: str, *texts: str, summary: str | None = None, **facts: str) -> list[Ref]:
    """Put texts into a story, each under its own key, so that the same key with another text is a version."""
    sources = tuple(ParsedSource(text, key=text[:8], title=text[:12], **facts) for text in texts)  # type: ignore[arg-type]
    parsed = ParsedFile("text", sources, slug, None if summary is None else ParsedSource(summary))
    done = library.ingest(parsed, slug=slug, path=f"/in/{slug}.txt", reanchor=find_anchor)
    return list(done.refs)


def note(library: Library, ref: Ref, quote: str, text: str) -> int:
    said = library.source(ref).text
    start = said.index(quote)
    return library.create_note(NoteFields(text), [(ref, Anchor.at(said, Span(start, start + len(quote))))]).id


def test_a_story_that_is_not_here_comes_whole(library: Library, other: Library) -> None:
    first, second = add(other, "quay", QUAY, TIDE, summary="Two texts on the sea.")[:2]
    add(other, "quay", QUAY.replace("Monday", "Tuesday"), TIDE)
    note(other, second, "two boats", "Which ones?")
    done = merge(library, other)
    assert [ref for story in done.stories for ref in story.added] == [first, second, Ref("quay", None)]
    assert [library.source(first, version=number).text for number in (1, 2)] == [
        QUAY, QUAY.replace("Monday", "Tuesday")
    ]  # fmt: skip
    assert library.story("quay").title == "quay"
    assert library.source(Ref("quay", None)).text == "Two texts on the sea."
    assert library.source(second).origin.path == "/in/quay.txt"
    (taken,) = library.notes()
    assert (taken.text, taken.targets[0].ref, taken.targets[0].anchor.quote) == (
        "Which ones?", second, "two boats"
    )  # fmt: skip
    assert (done.notes, done.conflicts, done.left_out) == (1, (), ())


def test_merging_again_changes_nothing(library: Library, other: Library) -> None:
    (ref,) = add(other, "quay", QUAY)
    note(other, ref, "harbour master", "Call them")
    other.add_label(LabelFields("claim", "somebody says so", key="c"))
    other.mark("claim", ref, Anchor.at(QUAY, Span(0, 9)), coder="Ada")
    other.add_correction(CorrectionAct.RENAME, ["Ines Varga"], "I. Varga", story="quay")
    other.add_audit_choice(AuditChoiceKind.VERDICT, "the quay closed", "supported", story="quay")
    first = merge(library, other)
    assert (first.notes, first.spans, first.labels, first.corrections, first.decisions) == (1, 1, 1, 1, 1)
    again = merge(library, other)
    assert (again.notes, again.spans, again.labels, again.corrections, again.decisions) == (0, 0, 0, 0, 0)
    assert [(story.added, story.changed, story.unchanged) for story in again.stories] == [((), (), (ref,))]
    assert again.conflicts == ()
    assert len(library.notes()) == len(library.label_spans()) == 1


def test_sources_of_one_story_get_the_numbers_that_are_free_here(library: Library, other: Library) -> None:
    add(library, "sea", QUAY, MILL)
    theirs = add(other, "sea", TIDE, QUAY)
    note(other, theirs[0], "a shed", "Insured?")
    note(other, theirs[1], "nobody had", "Really?")
    merge(library, other)
    assert [library.source(ref).text for ref in library.refs("sea")] == [QUAY, MILL, TIDE]
    assert {(one.text, one.targets[0].ref.number) for one in library.notes()} == {
        ("Insured?", 3),
        ("Really?", 1),
    }


def test_another_story_of_the_same_name_gets_another_name(library: Library, other: Library) -> None:
    add(library, "fire", MILL)
    add(other, "fire", TIDE)
    assert [(story.theirs, story.story) for story in merge(library, other).stories] == [("fire", "fire-2")]
    assert [(story.theirs, story.story) for story in merge(library, other).stories] == [("fire", "fire-2")]
    assert [entry.slug for entry in library.stories()] == ["fire", "fire-2"]


def test_of_two_versions_the_later_holds_whoever_has_it(library: Library, other: Library) -> None:
    later = QUAY.replace("Monday", "Tuesday")
    (ref,) = add(library, "quay", QUAY)
    add(other, "quay", QUAY)
    add(other, "quay", later)
    (story,) = merge(library, other).stories
    assert story.changed == (ref,)
    assert library.source(ref).text == later
    assert [version.number for version in library.versions(ref)] == [1, 2]
    assert merge(other, library).stories[0].unchanged == (ref,)


def test_two_later_versions_are_told_and_ours_stays(library: Library, other: Library) -> None:
    for place, day in ((library, "Tuesday"), (other, "Sunday")):
        add(place, "quay", QUAY)
        add(place, "quay", QUAY.replace("Monday", day))
    done = merge(library, other)
    assert [(one.kind, one.subject) for one in done.conflicts] == [("text", "quay/1")]
    assert "Tuesday" in library.source(Ref("quay", 1)).text


def test_what_differs_is_told_and_ours_stays(library: Library, other: Library) -> None:
    add(library, "quay", QUAY, publisher="The Courier")
    add(other, "quay", QUAY, publisher="Courier")
    for place, value in ((library, "Ines Varga"), (other, "Varga of Aldby")):
        place.add_correction(CorrectionAct.RENAME, ["Varga"], value, story="quay")
        place.add_label(LabelFields("claim", f"as {value} has it"))
        place.add_audit_choice(AuditChoiceKind.VERDICT, "the tide", value.split()[-1], story="quay")
    done = merge(library, other)
    assert {(one.kind, one.ours, one.theirs) for one in done.conflicts} == {
        ("publisher", "The Courier", "Courier"),
        ("correction", "Ines Varga", "Varga of Aldby"),
        ("label", "as Ines Varga has it", "as Varga of Aldby has it"),
        ("decision", "Varga", "Aldby"),
    }
    assert library.source(Ref("quay", 1)).publisher == "The Courier"


def test_a_note_that_was_removed_here_stays_removed(library: Library, other: Library) -> None:
    (ref,) = add(other, "quay", QUAY)
    note(other, ref, "nobody", "Hm")
    merge(library, other)
    library.remove_note(library.notes()[0].id)
    assert merge(library, other).notes == 0
    assert library.notes() == ()


def test_a_note_on_what_is_gone_there_is_told(library: Library, other: Library) -> None:
    first, second = add(other, "quay", QUAY, TIDE)
    note(other, second, "a shed", "Insured?")
    other.remove(second)
    assert [first] == [ref for story in merge(library, other).stories for ref in story.added]
    (told,) = merge(library, other).left_out
    assert "quay/2" in told


def test_readings_follow_the_numbers_of_their_sources(library: Library, other: Library) -> None:
    add(library, "sea", QUAY, MILL)
    add(other, "sea", TIDE, QUAY, summary="The tide came 12.")
    other.add_audit_choice(AuditChoiceKind.READING, "the tide came", "1,2", marker="12", story="sea")
    merge(library, other)
    assert [one.value for one in library.audit_choices(story="sea")] == ["3,1"]


def test_the_coder_me_of_another_person_gets_their_name(library: Library, other: Library) -> None:
    (ref,) = add(other, "quay", QUAY)
    other.add_label(LabelFields("claim", key="c"))
    library.add_label(LabelFields("denial", key="c"))
    other.mark("claim", ref, Anchor.at(QUAY, Span(0, 9)), coder="me")
    merge(library, other, coder="Ada")
    assert [span.coder for span in library.label_spans()] == ["Ada"]
    assert {label.name: label.key for label in library.codebook()} == {"denial": "c", "claim": None}


def test_an_error_takes_all_of_it_back(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ref,) = add(other, "quay", QUAY)
    note(other, ref, "nobody", "Hm")

    def fail(*_: object) -> None:
        raise InputError("the disk went away")

    monkeypatch.setattr(library, "ingest_notes", fail)
    with pytest.raises(InputError):
        merge(library, other)
    assert library.stories() == ()


def test_the_other_library_is_only_read(library: Library, other: Library, tmp_path: Path) -> None:
    add(other, "quay", QUAY)
    other.close()
    place = tmp_path / "other" / DATABASE
    before = place.read_bytes()
    for way in (place.parent, place):
        with opened_library(way) as opened:
            merge(library, opened)
    assert place.read_bytes() == before
    assert [entry.slug for entry in library.stories()] == ["quay"]


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_place_without_a_library_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError), opened_library(tmp_path / name):
        pass
