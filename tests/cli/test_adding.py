from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sources.errors import StorageFailed
from sources.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOSTILE = "A headline\x1b]52;c;aGk=\x07 with \x1b[31mred\x9b and \u202eeman"


def test_adding_again_changes_nothing(crossread: Callable[..., Any], sample_page: Path) -> None:
    first = crossread("add", sample_page, "--story", "port", "--json").json
    assert [story["story"] for story in first["stories"]] == ["port"]
    added = first["stories"][0]["added"]
    assert {f"port/{number}" for number in range(1, 14)} <= set(added)
    again = crossread("add", sample_page, "--story", "port", "--json").json
    assert again["stories"][0]["added"] == again["stories"][0]["changed"] == []
    assert sorted(again["stories"][0]["unchanged"]) == sorted(added)
    assert "unchanged" in crossread("add", sample_page, "--story", "port").out


def test_a_page_and_an_article_become_one_story(
    crossread: Callable[..., Any], sample_page: Path, sample_article: Path
) -> None:
    crossread("add", sample_page, sample_article, "--story", "port")
    assert crossread("stories", "--json").json["stories"][0]["sources"] == 14


def test_what_was_added_can_be_searched_at_once(crossread: Callable[..., Any]) -> None:
    text = "A lighthouse keeper in Sable Point has painted the lamp green.\n\nNobody had asked for it."
    answer = crossread(
        "add", "-", "--story", "lamp", "--publisher", "The Lamp", "--date", "2031-06-20", stdin=text
    )
    assert answer.status == 0, answer.err
    hit = crossread("search", "lighthouse", "--json").json["hits"][0]
    assert (hit["ref"], hit["publisher"], hit["date"]) == ("lamp/1", "The Lamp", "2031-06-20")
    assert crossread("doctor").status == 0


def test_one_bad_file_does_not_stop_the_rest(crossread: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("The harbour master of Sable Point has bought a crane.", "utf-8")
    (folder / "empty.txt").write_text(" \n", "utf-8")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 8)
    answer = crossread("add", folder, folder / "missing.txt", "--story", "mixed", "--json")
    assert answer.status == 3
    assert answer.json["stories"][0]["added"] == ["mixed/1"]
    failed = {path.rpartition("/")[2]: reason for path, reason in map(dict.values, answer.json["failed"])}
    assert set(failed) == {"empty.txt", "picture.txt", "missing.txt"}
    for name in failed:
        assert any(name in line and line.startswith("crossread: ") for line in answer.err.splitlines())
    assert crossread("search", "crane").status == 0


def test_nothing_but_bad_input_leaves_nothing_behind(crossread: Callable[..., Any], tmp_path: Path) -> None:
    answer = crossread("add", tmp_path / "missing.txt", "--json")
    assert answer.status == 3
    assert answer.json["stories"] == []
    assert len(answer.json["failed"]) == 1
    assert crossread("stories").status == 1


def test_a_file_of_wrong_records_does_not_fill_the_terminal(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("{bad\n" * 500)
    answer = crossread("add", tmp_path / "a.jsonl", "--json")
    assert answer.status == 3
    assert len(answer.json["failed"]) == 500
    assert len(answer.err.splitlines()) < 30
    assert "and 480 more" in answer.err


def test_a_disk_that_fills_up_leaves_a_report_of_what_is_saved(
    crossread: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (tmp_path / f"{name}.txt" for name in "ab")
    for file in (first, second):
        file.write_text(f"The {file.stem} crane\n\nIt has stood on the quay for a hundred years.\n")
    real = Library.ingest

    def full(library: Library, *words: Any, **named: Any) -> Any:
        if named["path"] == str(second):
            raise StorageFailed("The library cannot be used: the disk is full.")
        return real(library, *words, **named)

    monkeypatch.setattr(Library, "ingest", full)
    answer = crossread("add", first, second, "--json")
    assert answer.status == 4
    assert [len(story["added"]) for story in answer.json["stories"]] == [1]
    assert [failure["path"] for failure in answer.json["failed"]] == [str(second)]
    assert answer.json["error"]["kind"] == "StorageFailed"
    assert "the disk is full" in answer.err
    assert crossread("search", "crane", "--json").json["total"] == 1


@pytest.mark.usefixtures("story")
def test_an_index_that_cannot_be_written_is_told_by_the_exit_code(
    crossread: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.whoosh_engine.index_writer

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    (tmp_path / "crane.txt").write_text("The crane\n\nIt has stood on the quay for a hundred years.\n")
    with monkeypatch.context() as patched:
        patched.setattr(index.whoosh_engine.index_writer, "write_changes", full)
        added = crossread("add", tmp_path / "crane.txt", "--story", "cranes", "--json")
        assert added.status == 4
        assert added.json["stories"][0]["added"] == ["cranes/1"]
        assert "The sources are saved, but the search index" in added.err
        removed = crossread("remove", "cranes", "--json")
        assert removed.status == 4
        assert removed.json["removed"] == ["cranes/1"]
    assert crossread("add", tmp_path / "crane.txt", "--story", "cranes").status == 0
    assert crossread("search", "hundred years story:cranes", "--json").json["total"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--story", "Not A Slug"], "Not A Slug"),
        (["--date", "yesterday-ish"], "yesterday-ish"),
        (["--format", "telepathy"], "telepathy"),
    ],
)
def test_wrong_options_are_named(
    words: list[str], said: str, crossread: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The harbour master has bought a crane.", "utf-8")
    answer = crossread("add", tmp_path / "a.txt", *words)
    assert answer.status == 2
    assert said in answer.err
    assert crossread("stories").status == 1


def test_nothing_in_a_text_or_a_name_steers_the_terminal(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    record = {
        "title": HOSTILE,
        "text": f"{HOSTILE}.\n\nThe second paragraph says \x1b[2J nothing.",
        "publisher": HOSTILE,
    }
    file = tmp_path / "odd\x1b[31m\u202e.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    answers = [
        crossread("add", file, tmp_path / "no\x1bwhere", "--story", "odd"),
        crossread("sources"),
        crossread("stories"),
        crossread("show", "odd/1"),
        crossread("show", "odd/1", "--json"),
        crossread("show", "odd"),
        crossread("search", "headline"),
        crossread("search", "head\x1b[31mline", "--json"),
        crossread("note", "add", "odd/1", "--quote", "headline", "--text", "a\x1b[31mb", "--tag", "x\x9by"),
        crossread("note", "list", "--json"),
        crossread("show", "odd\x1b/1"),
        crossread("\x1b[31m"),
    ]
    for answer in answers:
        for stream in (answer.out, answer.err):
            assert not set(stream) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_a_dry_run_shows_what_would_come_in_and_writes_nothing(
    crossread: Callable[..., Any], tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "crane.txt").write_text(f"The crane\nBy Lin Okafor\n\n{'It stands on the quay. ' * 12}\n")
    (tmp_path / "empty.txt").write_text(" \n")
    words = ("add", tmp_path / "crane.txt", tmp_path / "empty.txt", "--dry-run")
    answer = crossread(*words, "--json")
    assert not folder.exists()
    assert answer.status == 3
    assert answer.json["dry_run"] is True
    assert answer.json["stories"][0]["added"] == ["crane/1"]
    crane, empty = answer.json["files"]
    assert crane | {"path": ""} == {
        "path": "",
        "format": "article",
        "encoding": "utf-8",
        "guessed": [
            {"field": "title", "value": "The crane", "ref": "crane/1"},
            {"field": "author", "value": "Lin Okafor", "ref": "crane/1"},
        ],
        "sources": ["crane/1"],
        "muted": {"zones": 1, "words": 3},
        "skipped": [],
        "failures": 0,
        "reason": None,
    }
    assert empty["reason"] == "is empty"
    told = crossread(*words)
    assert "title, author" in told.out
    assert "Nothing is added yet" in told.out
    assert not folder.exists()
    done = crossread(*words[:-1], "--report", "--json")
    assert (done.json["files"], done.json["stories"]) == (answer.json["files"], answer.json["stories"])
    assert done.json["dry_run"] is False
    again = crossread(*words, "--json").json["files"][0]
    assert again["skipped"] == again["sources"] == ["crane/1"]


def test_an_interrupted_import_leaves_a_report_of_what_is_complete(
    crossread: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, second = (tmp_path / f"{name}.txt" for name in "ab")
    for file in (first, second):
        file.write_text(f"The {file.stem} crane\n\nIt has stood on the quay for a hundred years.\n")
    real = Library.ingest

    def interrupted(library: Library, *words: Any, **named: Any) -> Any:
        if named["path"] == str(second):
            raise KeyboardInterrupt
        return real(library, *words, **named)

    monkeypatch.setattr(Library, "ingest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        crossread("add", first, second, "--json")
    left = json.loads(capsys.readouterr().out)
    assert left["interrupted"] is True
    assert [len(story["added"]) for story in left["stories"]] == [1]
    assert crossread("search", "hundred", "--json").json["total"] == 1


def test_columns_are_mapped(crossread: Callable[..., Any], tmp_path: Path) -> None:
    table = tmp_path / "cranes.tsv"
    table.write_text("head\tbody\nThe crane\tIt stands on the quay.\n")
    mapped = ("--map", "title=head", "--map", "text=body")
    assert crossread("add", table, *mapped, "--story", "cranes").status == 0
    assert crossread("show", "cranes/1", "--json").json["title"] == "The crane"
    wrong = crossread("add", table, "--map", "title=heading", "--json")
    assert wrong.status == 3
    assert "there are: head, body" in wrong.json["failed"][0]["reason"]
    (tmp_path / "a.txt").write_text("The harbour master has bought a crane.")
    assert "nothing here is one" in crossread("add", tmp_path / "a.txt", *mapped).err
    assert crossread("add", table, "--map", "heading").status == 2


@pytest.mark.long
@pytest.mark.usefixtures("story")
def test_an_address_is_not_fetched_unasked_and_no_command_opens_a_connection(
    crossread: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    opened: list[tuple[object, ...]] = []

    def refuse(*words: object, **_: object) -> Any:
        opened.append(words)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    answer = crossread("add", "https://example.org/a.html", "--json")
    assert answer.status == 2
    assert "opens no connection by itself" in answer.err
    assert "--fetch" in answer.json["error"]["message"]
    page = tmp_path / "a.html"
    text = "<p>The ferry is late, says <a href='https://example.org/x'>the pier</a>.</p>" * 9
    page.write_text(f"<html><head><link rel=stylesheet href='https://example.org/a.css'></head>{text}</html>")
    (tmp_path / "a.rss").write_text(
        "<!DOCTYPE rss SYSTEM 'http://example.org/rss.dtd'><rss><channel><title>F</title><item>"
        "<title>A</title><link>http://example.org/a</link></item></channel></rss>"
    )
    assert crossread("add", page, tmp_path / "a.rss").status == 0
    for words in (
        ["search", "ferry"],
        ["compare", "harbour-deal/2", "harbour-deal/4"],
        ["lineage", "harbour-deal"],
        ["figures", "harbour-deal"],
        ["quotes", "harbour-deal"],
        ["audit", "harbour-deal"],
        ["export", "story", "harbour-deal", "--format", "html", "--output", str(tmp_path / "out.html")],
        ["doctor"],
        ["reindex"],
    ):
        assert crossread(*words).status == 0, words
    assert opened == []
    answer = crossread("add", "--fetch", "http://example.org/a.html", "--json")
    assert answer.status == 3
    assert "the host example.org cannot be found" in answer.json["failed"][0]["reason"]
    assert len(opened) == 1
    settings = tmp_path / "config.toml"
    settings.write_text("network = true\n")
    monkeypatch.setattr("sources.places.config_file", lambda: settings)
    answer = crossread("add", "http://example.org/a.html", "--json")
    assert "the host example.org cannot be found" in answer.json["failed"][0]["reason"]
    assert len(opened) == 2
