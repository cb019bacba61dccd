from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sources.library import Library
from sources.model import Anchor, NoteDraft, NoteFields
from tui.services.notes import editor_command

if TYPE_CHECKING:
    from collections.abc import Callable

QUOTE = "did not look for a buyer"
pytestmark = pytest.mark.usefixtures("story")


def test_a_note_stands_on_its_quote(crossread: Callable[..., Any]) -> None:
    answer = crossread(
        "note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "Who did?", "--tag", "claim", "--json"
    )
    assert answer.status == 0
    (note,) = answer.json["notes"]
    text = crossread("show", "harbour-deal/4", "--json").json["text"]
    assert text[note["start"] : note["end"]] == note["quote"] == QUOTE
    assert (note["text"], note["tags"], note["state"]) == ("Who did?", ["claim"], "anchored")
    assert crossread("note", "list", "--json").json["notes"] == [note]
    assert crossread("show", "harbour-deal/4", "--json").json["notes"] == 1
    assert "“did not look for a buyer”" in crossread("note", "list").out


@pytest.mark.parametrize("quote", ["rival’s   uncle keep the\nvisitors' book", "letting your rival's uncle"])
def test_a_quote_may_be_retyped_with_other_marks_and_blanks(
    quote: str, crossread: Callable[..., Any]
) -> None:
    answer = crossread("note", "add", "harbour-deal/5", "--quote", quote, "--text", "x", "--json")
    assert "rival's uncle" in answer.json["notes"][0]["quote"]


def test_one_of_several_occurrences_can_be_chosen(crossread: Callable[..., Any]) -> None:
    text = crossread("show", "harbour-deal/2", "--json").json["text"]
    places = [place for place in range(len(text)) if text.startswith("Tidegate", place)]
    for occurrence, place in enumerate(places, start=1):
        answer = crossread(
            "note",
            "add",
            "harbour-deal/2",
            "--quote",
            "Tidegate",
            "--occurrence",
            occurrence,
            "--tag",
            "x",
            "--json",
        )
        assert answer.json["notes"][0]["start"] == place
    answer = crossread(
        "note", "add", "harbour-deal/2", "--quote", "Tidegate", "--occurrence", 9, "--tag", "x"
    )
    assert answer.status == 2
    assert f"only {len(places)} times" in answer.err


def test_a_summary_can_be_noted_by_position(crossread: Callable[..., Any]) -> None:
    answer = crossread(
        "note", "add", "harbour-deal/summary", "--start", 0, "--end", 9, "--label", "headline", "--json"
    )
    assert answer.json["notes"][0]["quote"] == "Northport"
    assert answer.json["notes"][0]["labels"] == ["headline"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--quote", "never said this", "--text", "x"], "harbour-deal/4 does not say 'never said this'"),
        (["--quote", " ", "--text", "x"], "--quote is empty"),
        (["--quote", QUOTE], "a note needs --text, --tag or --label"),
        (["--text", "x"], "say which passage"),
        (["--start", "5", "--text", "x"], "say which passage"),
        (["--start", "5", "--end", "5", "--text", "x"], "has no passage from 5 to 5"),
        (["--start", "0", "--end", "999999", "--text", "x"], "has no passage from 0 to 999999"),
        (["--quote", QUOTE, "--start", "5", "--end", "9", "--text", "x"], "either --quote or --start"),
    ],
)
def test_a_note_on_no_passage_is_refused(words: list[str], said: str, crossread: Callable[..., Any]) -> None:
    answer = crossread("note", "add", "harbour-deal/4", *words)
    assert answer.status == 2
    assert said in answer.err
    assert crossread("note", "list").status == 1


def test_a_note_is_changed_removed_and_restored(crossread: Callable[..., Any]) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "first", "--tag", "a")
    answer = crossread(
        "note", "edit", 1, "--text", "-", "--tag", "b", "--tag", "c", "--json", stdin="second\n"
    )
    assert answer.json["notes"][0]["text"] == "second"
    assert answer.json["notes"][0]["tags"] == ["b", "c"]
    assert crossread("note", "edit", 1, "--tag", "", "--json").json["notes"][0]["tags"] == []
    assert crossread("note", "edit", 1).status == 2
    assert crossread("note", "remove", 1).status == 0
    assert crossread("note", "list").status == 1
    assert crossread("note", "remove", 1).status == 2
    assert crossread("note", "restore", 1, "--json").json["notes"][0]["text"] == "second"
    assert crossread("note", "list").status == 0


def test_notes_are_listed_by_story_source_and_tag(crossread: Callable[..., Any]) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "one", "--tag", "claim")
    crossread("note", "add", "harbour-deal/1", "--quote", "Meridian Fund", "--text", "two")

    def listed(*words: str) -> list[str]:
        return [note["text"] for note in crossread("note", "list", *words, "--json").json["notes"]]

    assert listed() == listed("--story", "harbour-deal") == ["one", "two"]
    assert listed("--ref", "harbour-deal/1") == ["two"]
    assert listed("--tag", "claim") == ["one"]
    assert listed("--tag", "nothing") == []


def test_notes_survive_their_source_and_find_it_again(
    crossread: Callable[..., Any], sample_page: Path
) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "kept")
    removed = crossread("remove", "harbour-deal/4", "--json").json
    assert removed["removed"] == ["harbour-deal/4"]
    assert removed["orphaned_notes"] == 1
    assert "(orphan" in crossread("note", "list").out
    assert crossread("add", sample_page, "--story", "harbour-deal").status == 0
    assert crossread("note", "list", "--json").json["notes"][0]["state"] == "anchored"


def test_an_export_goes_to_standard_output(crossread: Callable[..., Any]) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "Who did?")
    markdown = crossread("export", "notes")
    assert f"> {QUOTE}" in markdown.out
    assert "Who did?" in markdown.out
    assert markdown.out == crossread("export", "notes", "--output", "-").out
    exported = crossread("export", "notes", "--format", "json").json
    assert exported["notes"] == crossread("note", "list", "--json").json["notes"]


def test_an_export_never_overwrites(crossread: Callable[..., Any], tmp_path: Path) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "Who did?")
    file = tmp_path / "notes.md"
    answer = crossread("export", "notes", "--output", file)
    assert answer.out == ""
    assert answer.err == f"Wrote {file}\n"
    before = file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = crossread("export", "notes", "--output", file)
    assert again.status == 2
    assert "never replaces a file" in again.err
    assert file.read_text("utf-8") == before


def test_an_export_has_a_place_of_its_own(crossread: Callable[..., Any], story: Path) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "Who did?")
    for count in (1, 2, 3):
        answer = crossread("export", "notes", "--story", "harbour-deal", "--json", "--output")
        assert answer.json["notes"] == 1
        files = sorted((story / "exports").iterdir())
        assert len(files) == count
        assert all(file.name.startswith("harbour-deal-notes-2") for file in files)
    assert stat.S_IMODE((story / "exports").stat().st_mode) == 0o700


def test_an_export_into_nowhere_fails_in_one_line(crossread: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "x")
    answer = crossread("export", "notes", "--output", tmp_path / "file" / "notes.md")
    assert answer.status == 2
    assert f"cannot be written: there is no folder {tmp_path / 'file'}" in answer.err


def test_an_export_into_a_folder_gets_a_name(crossread: Callable[..., Any], tmp_path: Path) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "x")
    for count in (1, 2):
        written = Path(crossread("export", "notes", "--json", "--output", tmp_path).json["path"])
        assert written.parent == tmp_path
        assert len(list(tmp_path.glob("all-stories-notes-2*.md"))) == count
    assert not list(tmp_path.glob(".*"))


def test_an_export_of_nothing_is_still_a_document(crossread: Callable[..., Any]) -> None:
    answer = crossread("export", "notes", "--format", "json")
    assert answer.status == 1
    assert answer.json["notes"] == []


def test_a_note_links_passages_of_two_sources(crossread: Callable[..., Any]) -> None:
    answer = crossread(
        "note", "add", "harbour-deal/4", "--quote", QUOTE, "--relation", "contradicts", "--colour", "red",
        "--also", "harbour-deal/2", "Tidegate", "--pin", "--coder", "Ada", "--json",
    )  # fmt: skip
    (note,) = answer.json["notes"]
    assert [target["ref"] for target in note["targets"]] == ["harbour-deal/4", "harbour-deal/2"]
    assert (note["relation"], note["colour"], note["pinned"], note["coder"]) == (
        "contradicts", "red", True, "Ada",
    )  # fmt: skip
    assert "contradicts: harbour-deal/2: “Tidegate”" in crossread("note", "list").out


def test_notes_stand_on_a_whole_source_and_on_a_story(crossread: Callable[..., Any]) -> None:
    assert crossread("note", "add", "harbour-deal/4", "--whole", "--text", "dull").status == 0
    assert crossread("note", "add", "harbour-deal", "--text", "big").status == 0
    shown = crossread("note", "list").out
    assert "harbour-deal/4: the whole source" in shown
    assert "harbour-deal: the whole story" in shown
    assert [each["ref"] for each in crossread("note", "list", "--json").json["notes"]] == [
        "harbour-deal/4", "harbour-deal",
    ]  # fmt: skip
    assert crossread("note", "add", "harbour-deal", "--quote", "x", "--text", "y").status == 2
    assert crossread("note", "add", "nowhere", "--text", "y").status == 2


def test_notes_are_found_with_the_query_language(crossread: Callable[..., Any]) -> None:
    crossread(
        "note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "Who called Moss?", "--tag", "claim"
    )
    crossread("note", "add", "harbour-deal/2", "--quote", "Tidegate", "--text", "The price is 4.2 billion")

    def found(*query: str) -> list[int]:
        return [each["id"] for each in crossread("note", "list", "--json", *query).json["notes"]]

    assert found("calling") == [1]
    assert found("buyer") == [1]
    assert found("quote:buyer") == [1]
    assert found("note:buyer") == []
    assert found("moss OR price") == [1, 2]
    assert found("moss price") == []
    assert found("moss NOT tag:claim") == []
    assert found("tag:cl*") == [1]
    assert found("ref:harbour-deal/2") == [2]
    assert found('"price is"') == [2]
    refused = crossread("note", "list", "publisher:courier")
    assert refused.status == 2
    assert "notes are not searched by publisher:" in refused.err
    assert crossread("note", "list", "((").status == 2


def test_changes_are_taken_back_and_done_again(crossread: Callable[..., Any]) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "one")
    crossread("note", "edit", 1, "--text", "two", "--colour", "blue")
    crossread("note", "remove", 1)
    assert crossread("note", "bin", "--json").json["notes"][0]["text"] == "two"
    assert "undone: note 1 removed" in crossread("note", "undo").out
    assert crossread("note", "bin").status == 1
    crossread("note", "undo")
    (note,) = crossread("note", "list", "--json").json["notes"]
    assert (note["text"], note["colour"]) == ("one", None)
    assert crossread("note", "redo", "--json").json["change"]["what"] == "note 1 edited"
    assert crossread("note", "list", "--json").json["notes"][0]["text"] == "two"
    crossread("note", "remove", 1)
    assert crossread("note", "bin", "--empty", "--json").json["emptied"] == 1
    assert crossread("note", "restore", 1).status == 2
    assert crossread("note", "undo").status == 1


@pytest.mark.parametrize("front", ["note", "labels"])
def test_a_passage_that_undo_or_redo_brings_back_is_where_the_text_has_it_now(
    front: str, crossread: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "tide.txt"
    told = "The tide came late.\n\nNobody at the pier could say why it did, or when.\n"
    file.write_text(told)
    crossread("add", file, "--story", "tide")
    crossread("note", "add", "tide/1", "--quote", "Nobody at the pier", "--text", "who?")
    crossread("note", "attach", 1, "tide/1", "--quote", "or when")
    file.write_text(f"Fog and rain all day.\n\n{told}")
    crossread("add", file, "--story", "tide")
    for step, quote in (("undo", "Nobody at the pier"), ("redo", "or when")):
        assert crossread(front, step).status == 0
        (note,) = crossread("note", "list", "--json").json["notes"]
        assert (note["state"], note["quote"]) == ("moved", quote)
        assert crossread("show", "tide/1", "--json").json["text"][note["start"] : note["end"]] == quote


def test_an_orphan_is_listed_found_and_attached_by_hand(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "tide.txt"
    file.write_text("The tide came late.\n\nNobody at the pier could say why it did, or when.\n")
    crossread("add", file, "--story", "tide")
    crossread("note", "add", "tide/1", "--quote", "Nobody at the pier could say why", "--text", "why?")
    file.write_text("The tide came late.\n\nLamps were lit along the whole of the southern breakwater.\n")
    crossread("add", file, "--story", "tide")
    (orphan,) = crossread("note", "list", "--state", "orphan", "--json").json["notes"]
    assert orphan["state"] == "orphan"
    assert crossread("note", "list", "is:orphan", "--json").json["notes"] == [orphan]
    assert crossread("note", "list", "is:moved OR #none").status == 1
    assert crossread("note", "list", "is:lost").status == 2
    assert crossread("note", "find-again", "--json").json["orphans"] == 1
    answer = crossread("note", "attach", 1, "tide/1", "--quote", "Lamps were lit", "--json")
    assert (answer.json["notes"][0]["state"], answer.json["notes"][0]["quote"]) == (
        "anchored",
        "Lamps were lit",
    )
    assert crossread("note", "list", "--state", "orphan").status == 1


def test_a_moved_note_says_what_it_matched(crossread: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "tide.txt"
    file.write_text("The tide came late.\n\nNobody at the pier could say why it did, or when.\n")
    crossread("add", file, "--story", "tide")
    crossread("note", "add", "tide/1", "--quote", "Nobody at the pier could say why", "--text", "why?")
    file.write_text("Fog. The tide came late.\n\nNobody at the new pier would say why it did, or when.\n")
    crossread("add", file, "--story", "tide")
    (note,) = crossread("note", "list", "--json").json["notes"]
    (target,) = note["targets"]
    assert (target["state"], target["quote"]) == ("moved", "Nobody at the new pier would say why")
    assert target["made"]["quote"] == "Nobody at the pier could say why"
    assert "was “Nobody at the pier could say why”" in crossread("note", "list").out


def test_a_note_is_changed_in_the_users_editor(
    crossread: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "one")
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\necho "two" >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{editor}'")
    assert crossread("note", "edit", 1, "--editor", "--json").json["notes"][0]["text"] == "one\ntwo"
    monkeypatch.setenv("EDITOR", "false")
    assert "your words are in" in crossread("note", "edit", 1, "--editor").err
    monkeypatch.delenv("EDITOR")
    monkeypatch.setattr("shutil.which", lambda name: name == "vi" or None)
    refused = crossread("note", "edit", 1, "--editor")  # vi would wait for keys that cannot come
    assert (refused.status, "set $VISUAL or $EDITOR" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("there", "is_terminal", "found"),
    [
        ({"vi", "nano"}, True, "vi"),
        ({"nano"}, True, "nano"),
        ({"emacs"}, True, None),
        ({"vi"}, False, None),
    ],
)
def test_without_an_editor_that_is_set_one_that_is_there_is_taken(
    there: set[str], *, is_terminal: bool, found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: name if name in there else None)
    monkeypatch.setattr("tui.services.notes._has_terminal", lambda: is_terminal)
    assert editor_command() == found
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor_command() == "code --wait"


def test_drafts_are_listed_saved_and_dropped(crossread: Callable[..., Any], story: Path) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", QUOTE, "--text", "one")
    with Library.open(story) as library:
        note = library.note(1)
        library.save_draft(NoteDraft("note:1", NoteFields("one, and more"), 1, base=note.fields))
        library.save_draft(
            NoteDraft("new", NoteFields("begun"), places=((note.targets[0].ref, Anchor.whole()),))
        )
    assert "one, and more" in crossread("note", "drafts").out
    assert crossread("note", "list", "--json").json["notes"][0]["draft"]
    assert (
        crossread("note", "drafts", "--save", "note:1", "--json").json["notes"][0]["text"] == "one, and more"
    )
    assert crossread("note", "drafts", "--drop", "new").status == 0
    assert crossread("note", "drafts", "--json").json["drafts"] == []
    assert crossread("note", "drafts", "--save", "new").status == 2


def test_a_library_that_is_full_of_odd_words_stays_readable(crossread: Callable[..., Any]) -> None:
    odd = "=cmd() 🌊 مرحبا \x1b]0;x\x07 " + "word " * 200_000
    answer = crossread("note", "add", "harbour-deal/4", "--whole", "--text", odd, "--tag", "=cmd()", "--json")
    assert answer.status == 0
    shown = crossread("note", "list").out
    assert "\x1b" not in shown
    assert "#=cmd()" in shown


def test_a_search_finds_the_texts_of_a_story_by_the_note_on_it(crossread: Callable[..., Any]) -> None:
    crossread("note", "add", "harbour-deal", "--text", "Ask the lighthouse keeper", "--tag", "open")
    crossread("note", "add", "harbour-deal/4", "--whole", "--text", "A zeppelin")
    hits = crossread("search", "tag:open", "--limit", 50, "--json").json["hits"]
    found = {ref for hit in hits for ref in (hit["ref"], *hit["copies"])}
    listed = crossread("sources", "harbour-deal", "--json").json["sources"]
    assert found == {source["ref"] for source in listed} | {"harbour-deal/summary"}
    assert [hit["ref"] for hit in crossread("search", "note:zeppelin", "--json").json["hits"]] == [
        "harbour-deal/4"
    ]
    assert "zeppelin" in crossread("export", "notes").out
