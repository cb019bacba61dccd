from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sources import places
from sources.evidence.quotes import find_quotes
from sources.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sources.model import Source


def test_a_library_in_order_is_said_to_be_so(story: Path, crossread: Callable[..., Any]) -> None:
    answer = crossread("doctor")
    assert answer.status == 0, answer.out
    assert answer.out.endswith("All is well.\n")
    assert f"folder: {story} is yours alone" in answer.out
    assert "15 texts" in answer.out
    checks = crossread("doctor", "--json").json["checks"]
    assert [check["name"] for check in checks] == ["folder", "library", "index", "cache"]
    assert all(check["ok"] for check in checks)


@pytest.mark.usefixtures("story")
def test_a_text_that_cannot_be_read_in_full_is_named(
    crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def trips(source: Source, *given: Any) -> Any:
        return find_quotes(source, *given) if source.ref != Ref("harbour-deal", 4) else 1 // 0

    with monkeypatch.context() as patched:
        patched.setattr("index.evidence_fields.find_quotes", trips)
        assert crossread("reindex").status == 0
        assert crossread("search", "harbour").status == 0
    answer = crossread("doctor")
    assert answer.status == 4
    assert "!!  text: harbour-deal/4 could not be read for names, quotes and figures" in answer.out
    (unread,) = crossread("doctor", "--json").json["unread"]
    assert unread["ref"] == "harbour-deal/4"
    assert "ZeroDivisionError" in places.log_file().read_text("utf-8")
    assert crossread("doctor", "--repair").status == 0
    assert crossread("doctor", "--json").json["unread"] == []


def test_the_doctor_makes_nothing_of_its_own(crossread: Callable[..., Any], folder: Path) -> None:
    assert crossread("doctor").status == 0
    assert crossread("paths").status == 0
    assert not folder.exists()


def test_a_damaged_index_is_made_anew(story: Path, crossread: Callable[..., Any]) -> None:
    for file in (story / "index").rglob("*"):
        if file.is_file() and file.stat().st_size > 50:
            file.write_bytes(b"\x00" * 40)
    assert crossread("doctor", "--repair", "--json").json["repaired"]
    assert crossread("doctor").status == 0
    assert crossread("search", '"fish hall"').status == 0


def test_a_search_over_a_damaged_index_still_answers(story: Path, crossread: Callable[..., Any]) -> None:
    before = crossread("search", '"fish hall"', "--json").json["hits"]
    for file in (story / "index").rglob("*"):
        if file.is_file() and file.stat().st_size > 50:
            file.write_bytes(b"\x00" * 40)
    answer = crossread("search", '"fish hall"', "--json")
    assert [hit["ref"] for hit in answer.json["hits"]] == [hit["ref"] for hit in before]
    assert answer.err


def test_a_damaged_cache_is_found_and_made_anew(story: Path, crossread: Callable[..., Any]) -> None:
    cache = story / "cache.db"
    cache.write_bytes(b"no database at all" * 200)
    assert crossread("doctor").status == 4
    assert crossread("doctor", "--repair").status == 0
    assert crossread("doctor").status == 0


def test_open_folders_are_complained_about(story: Path, crossread: Callable[..., Any]) -> None:
    story.chmod(0o755)
    answer = crossread("doctor")
    assert answer.status == 4
    assert "0755" in answer.out


def test_a_damaged_library_is_reported_and_nothing_is_overwritten(
    story: Path, crossread: Callable[..., Any]
) -> None:
    database = story / "library.db"
    for tail in ("-wal", "-shm"):
        (story / f"library.db{tail}").unlink(missing_ok=True)
    database.write_bytes(b"this is no database, however hard one looks" * 100)
    before = database.read_bytes()
    for words in (["stories"], ["search", "harbour"], ["doctor"], ["doctor", "--repair"]):
        answer = crossread(*words)
        assert answer.status == 4
        assert "library.db" in answer.out + answer.err
    assert crossread("stories", "--json").json["error"]["kind"] == "LibraryDamaged"
    assert database.read_bytes() == before


def test_a_library_of_a_newer_version_is_left_alone(story: Path, crossread: Callable[..., Any]) -> None:
    with closing(sqlite3.connect(story / "library.db")) as connection, connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    answer = crossread("sources", "--json")
    assert answer.status == 4
    assert answer.json["error"]["kind"] == "LibraryTooNew"
    assert len(answer.err.splitlines()) == 1


@pytest.mark.usefixtures("story")
def test_a_backup_into_a_folder_that_is_not_there_says_which(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    place = tmp_path / "nowhere" / "library.db"
    answer = crossread("backup", place)
    assert answer.status == 4
    assert answer.err == f"crossread: {place} cannot be written: there is no folder {place.parent}.\n"


@pytest.mark.usefixtures("story")
def test_a_backup_is_a_library(crossread: Callable[..., Any], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    assert crossread("backup", other / "library.db").status == 0
    assert crossread("backup", other / "library.db").status == 4
    listed = crossread("sources", "--json").json
    assert crossread("sources", "--json", "--library", other).json == listed
    assert crossread("search", "harbour", "--library", other).status == 0


@pytest.mark.usefixtures("story")
def test_the_index_is_built_anew_on_demand(crossread: Callable[..., Any]) -> None:
    assert crossread("reindex").out == "The index was built again: 15 texts\n"
    assert crossread("search", '"fish hall"').status == 0


def test_the_demo_is_prepared_once(crossread: Callable[..., Any], folder: Path) -> None:
    first = crossread("demo", "--json").json
    assert first["library"] == str(folder)
    assert len(first["added"]) >= 14
    again = crossread("demo", "--json").json
    assert again["added"] == []
    assert crossread("stories", "--json").json["stories"][0]["story"] == "harbour-deal"


def test_the_demo_has_a_library_of_its_own(
    crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, home_of_its_own: Path
) -> None:
    crossread("paths")
    monkeypatch.delenv("CROSSREAD_LIBRARY")
    library = crossread("demo", "--json")
    monkeypatch.delenv("CROSSREAD_LIBRARY", raising=False)
    assert library.status == 0
    assert home_of_its_own.exists()


def test_the_demo_goes_into_no_library_with_stories_of_its_own(
    crossread: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    article = tmp_path / "mill.txt"
    article.write_text("The mill\n\nThe mill closes in May.\n")
    crossread("add", article, "--story", "mill")
    prepared = crossread("demo", "--json")
    assert prepared.json["library"] != str(folder)  # as the environment names it
    assert [story["story"] for story in crossread("stories", "--json").json["stories"]] == ["mill"]
    refused = crossread("demo", "--json", "--library", folder)
    assert refused.status == 2
    assert "has stories of its own" in refused.err


def test_the_doctor_says_why_a_folder_cannot_be_a_library(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "a list of books"
    file.touch()
    at = crossread("doctor", "--library", file)
    below = crossread("doctor", "--library", file / "library")
    assert (at.status, below.status) == (4, 4)
    assert f"{file} is a file, not a folder" in at.out
    assert f"cannot be made: {file} is not a folder to write in" in below.out
    assert crossread("doctor", "--library", tmp_path / "new" / "library").status == 0


def test_notes_that_the_database_lost_are_brought_back(crossread: Callable[..., Any], story: Path) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", "look for a buyer", "--text", "Who did?")
    with closing(sqlite3.connect(story / "library.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM notes")
    looked = crossread("doctor")
    assert looked.status == 4
    assert "1 notes are missing" in looked.out
    assert "1 notes brought back" in crossread("doctor", "--repair").out
    (note,) = crossread("note", "list", "--json").json["notes"]
    assert (note["id"], note["text"], note["state"]) == (1, "Who did?", "anchored")


def test_notes_survive_a_database_that_is_none_any_more(
    crossread: Callable[..., Any], story: Path, sample_page: Path
) -> None:
    crossread("note", "add", "harbour-deal/4", "--quote", "look for a buyer", "--text", "Who did?")
    (story / "library.db").write_bytes(b"torn " * 1000)
    for tail in ("-wal", "-shm"):
        (story / f"library.db{tail}").unlink(missing_ok=True)
    assert crossread("doctor").status == 4
    repaired = crossread("doctor", "--repair")
    assert "the damaged database is kept as library.db.damaged-" in repaired.out
    assert list(story.glob("library.db.damaged-*"))
    assert crossread("note", "list", "--json").json["notes"][0]["state"] == "orphan"
    crossread("add", sample_page, "--story", "harbour-deal")
    (note,) = crossread("note", "list", "--json").json["notes"]
    assert (note["state"], note["quote"], note["text"]) == ("anchored", "look for a buyer", "Who did?")
