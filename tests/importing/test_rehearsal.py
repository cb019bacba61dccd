"""What a rehearsal of an import says is what the import then does, and nothing is left of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.importing import import_paths
from sources.library import Library
from sources.library.rehearsal import rehearsal
from sources.model import Anchor, NoteFields, Ref, Span

if TYPE_CHECKING:
    from pathlib import Path

    from sources.importing import ImportReport

PROSE = "The pier at Saltmarsh was painted green on Monday, and nobody had asked for that colour at all. " * 3
PAGE = (
    "2 Sources\n[1]\nPier painted green | HarborWire\n"
    f"{PROSE}\n[2]\nAnglers ask about the paint\n{PROSE.upper()}\n"
    "Share\nCopy Link\nThe green of the pier has set anglers asking.\nIt was cheap 12.\n"
)


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


def rehearsed(folder: Path, paths: list[str], story: str | None = None) -> ImportReport:
    with rehearsal(folder) as library:
        return import_paths(library, paths, story=story)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_says_what_the_import_does_and_writes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "library"
    paths = [
        write(tmp_path / "in/a.txt", f"Pier painted\n\n{PROSE}"),
        write(tmp_path / "in/again.txt", f"Pier painted\n\n{PROSE}"),
        write(tmp_path / "page.txt", PAGE),
        write(tmp_path / "r.jsonl", json.dumps({"id": "x", "text": "One.", "story": "other"})),
        str(tmp_path / "in"),
    ]
    told = rehearsed(place, paths)
    assert not place.exists()
    with Library.open(place) as library:
        done = import_paths(library, paths)
    assert (told.stories, told.failed, told.files) == (done.stories, done.failed, done.files)
    before = files_in(place)
    write(tmp_path / "in/again.txt", f"Pier painted blue\n\n{PROSE}")
    write(tmp_path / "in/new.txt", f"Pier closed\n\n{PROSE} It is closed.")
    told = rehearsed(place, paths)
    assert files_in(place) == before
    with Library.open(place) as library:
        done = import_paths(library, paths)
    assert (told.stories, told.files) == (done.stories, done.files)
    assert {str(ref) for story in told.stories for ref in story.added} == {"pier-painted-blue/1", "in/1"}


def test_a_number_that_a_note_speaks_of_is_kept_free(tmp_path: Path) -> None:
    place = tmp_path / "library"
    first, second = (write(tmp_path / f"{name}.txt", f"{name} pier\n\n{PROSE}{name}") for name in "AB")
    with Library.open(place) as library:
        import_paths(library, [first, second], story="pier")
        text = library.source(Ref("pier", 2)).text
        anchor = Anchor.at(text, Span(0, 6))
        library.create_note(NoteFields("says who?"), [(Ref("pier", 2), anchor)])
        library.remove(Ref("pier", 2))
    third = write(tmp_path / "C.txt", f"C pier\n\n{PROSE}C")
    assert rehearsed(place, [third], "pier").stories[0].added == (Ref("pier", 3),)
    assert rehearsed(place, [second], "pier").stories[0].added == (Ref("pier", 2),)
    with Library.open(place) as library:
        assert import_paths(library, [third], story="pier").stories[0].added == (Ref("pier", 3),)
