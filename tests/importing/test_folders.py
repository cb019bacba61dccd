"""What is read of a folder: every format that a named file may be in, and what is in none is left out."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from sources.importing import import_paths

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

FEED = (
    "<rss version='2.0'><channel><title>The Quay Herald</title>"
    "<item><guid>1</guid><title>A crane</title><description>One stands.</description></item></channel></rss>"
)
READ = {
    "archive.json": '[{"title": "One", "text": "The quay was closed."}]',
    "feed.xml": FEED,
    "note.txt": "The harbour master saw it.",
    "table.csv": "title,text\nThree,The ferry sank.\n",
    "table.tsv": "title\ttext\nFour\tThe ferry rose again.\n",
}
LEFT_OUT = {
    "numbers.csv": "x,y\n1,2\n",
    "pom.xml": '<?xml version="1.0"?><project><a>b</a></project>',
    "settings.json": '{"strict": true}',
    "broken.json": '{"strict": ',
}


def folder_of(tmp_path: Path, files: dict[str, str]) -> Path:
    folder = tmp_path / "case"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_records_tables_and_feeds_of_a_folder_are_read_and_the_texts_in_it_are_a_story_of_their_own(
    library: Library, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, READ)
    report = import_paths(library, [str(folder)])
    assert (report.failed, report.trouble) == ((), None)
    wanted = {"archive": 1, "quay-herald": 1, "case": 1, "table": 1, "table-2": 1}
    assert {story.slug: len(story.added) for story in report.stories} == wanted
    folder_of(tmp_path, {"later.txt": "So did the pilot."})
    later = import_paths(library, [str(folder)])
    assert {story.slug: len(story.added) for story in later.stories if story.added} == {"case": 1}


def test_what_its_name_does_not_tell_is_left_out_with_its_reason_and_is_no_failure(
    library: Library, tmp_path: Path
) -> None:
    report = import_paths(library, [str(folder_of(tmp_path, LEFT_OUT | {"note.txt": "The ferry."}))])
    assert report.failed == ()
    assert [story.slug for story in report.stories] == ["case"]
    told = "\n".join(report.warnings)
    assert all(f"{name}: " in told for name in LEFT_OUT)
    assert told.count("; left out") == len(LEFT_OUT)
    assert "settings.json: is JSON without records that have a text; left out" in told
    assert "its outermost element is <project>" in told


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_was_named_or_asked_for_in_a_format_is_a_failure(
    library: Library, tmp_path: Path, name: str
) -> None:
    folder = folder_of(tmp_path, {name: LEFT_OUT[name]})
    assert len(import_paths(library, [str(folder / name)]).failed) == 1
    if name.endswith(".json"):
        assert len(import_paths(library, [str(folder)], format_name="json").failed) == 1


def test_a_damaged_archive_is_no_reason_to_leave_a_file_of_it_out(library: Library, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "case.zip", "w") as archive:
        archive.writestr("../out.json", READ["archive.json"])
        archive.writestr("settings.json", LEFT_OUT["settings.json"])
    report = import_paths(library, [str(tmp_path / "case.zip")])
    assert [failure.reason for failure in report.failed] == [
        "has a name that leads out of the archive, and was left out"
    ]
    assert "settings.json: is JSON without" in "\n".join(report.warnings)
