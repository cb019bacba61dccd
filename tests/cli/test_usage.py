from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sources import places
from sources.importing.fetching import Fetched
from sources.library import Library
from sources.model import NoteDraft, NoteFields
from tui.cli import open_app
from tui.cli.command import ENTRIES, ExitCode
from tui.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = "words of a source"
NAMES = [entry.name for entry in ENTRIES]


TITLE = "Harbour 'stays open to every ship', Northport chief tells customers after sale"


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example(name: str, crossread: Callable[..., Any]) -> None:
    answer = crossread(*name.split(), "--help")
    assert answer.status == ExitCode.DONE
    assert answer.out.startswith(f"usage: crossread {name}")
    assert "\nexample" in answer.out
    assert answer.out.count("crossread ") >= 2
    assert "--json" in answer.out
    assert "--library" in answer.out
    assert answer.err == ""


def test_the_general_help_names_every_command_and_every_status(crossread: Callable[..., Any]) -> None:
    answer = crossread("--help")
    for name in NAMES:
        assert f"\n  {name} " in answer.out
    for code in ExitCode:
        assert f"\n  {code.value:<4}{code.meaning}\n" in answer.out
    assert crossread("-h").out == answer.out


def test_a_family_of_commands_has_help_too(crossread: Callable[..., Any]) -> None:
    assert "note restore" in crossread("note", "--help").out
    alone = crossread("note")
    assert alone.status == ExitCode.USAGE
    assert "add, list, edit, remove, restore" in alone.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ancestry", "x"], "crossread: no such command: ancestry\n"),
        (["serch", "x"], "no such command: serch (did you mean search?)"),
        (["note", "ad"], "no such command: note ad (did you mean note add?)"),
        (["export", "pictures"], "no such command: export pictures"),
        (["--bogus"], "there is no option --bogus"),
        (["show"], "required: REF|STORY"),
        (["show", "a", "b"], "unrecognized arguments: b"),
        (["search", "x", "--limit", "0"], "'0' is not a whole number of 1 or more"),
        (["search", "x", "--limit", "²"], "is not a whole number"),
        (["--library"], "--library needs a folder"),
        (["show", "Not a slug"], "'Not a slug' is neither a story nor a source"),
        (["compare", "a/1", "a/1"], "at least two different sources"),
        (["compare", "--against", "a", "a/1", "a/2"], "takes one source"),
        (["compare", "a/1", "a"], "is a story; write a/N"),
    ],
)
def test_a_call_that_makes_no_sense_gets_one_clear_line(
    words: list[str], said: str, crossread: Callable[..., Any]
) -> None:
    answer = crossread(*words)
    assert answer.status == ExitCode.USAGE
    assert answer.err.startswith("crossread: ")
    assert said in answer.err
    assert answer.out == ""


def test_the_library_may_be_named_before_and_after_the_command(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    for words in (
        ["--library", tmp_path / "a", "stories", "--json"],
        ["--json", "stories", "--library", tmp_path / "b"],
        [f"--library={tmp_path / 'c'}", "--json", "stories"],
    ):
        answer = crossread(*words)
        assert answer.status == ExitCode.NOTHING_FOUND
        assert answer.json == {"schema": "crossread/stories/1", "stories": []}
    assert sorted(place.name for place in tmp_path.iterdir()) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["show", "nowhere"], {}),
        (["sources", "nowhere"], {"sources": []}),
        (["search", "title:("], {"query": "title:(", "total": 0, "hits": [], "suggestion": None}),
        (["search", "--limit", "x", "y"], {"total": 0, "hits": []}),
        (["note", "edit", "7", "--text", "x"], {"notes": []}),
    ],
)
def test_json_stays_valid_when_the_call_fails(
    words: list[str], fields: dict[str, Any], crossread: Callable[..., Any]
) -> None:
    answer = crossread(*words, "--json")
    assert answer.status == ExitCode.USAGE
    document = answer.json
    assert document["schema"] == f"crossread/{words[0]}/1"
    assert document["error"]["message"]
    assert document.items() >= fields.items()


def test_the_version_is_told(crossread: Callable[..., Any]) -> None:
    assert crossread("--version").out == "crossread 0.1.0\n"


@pytest.mark.parametrize("words", [(), ("demo",), ("--library", "x")])
def test_without_a_terminal_the_app_is_refused_in_one_line(
    words: tuple[str, ...], crossread: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = crossread(*words)
    assert answer.status == ExitCode.USAGE
    assert "needs a terminal" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_dumb_terminal_is_refused(crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    answer = crossread()
    assert answer.status == ExitCode.USAGE
    assert "TERM is dumb" in answer.err


@pytest.mark.parametrize(("encoding", "refused"), [("latin-1", True), ("UTF8", False), ("utf-8", False)])
def test_the_app_asks_for_a_terminal_in_utf_8(
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    refused: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("stdin", "stdout"):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(stream, "isatty", lambda: True)
        monkeypatch.setattr(sys, name, stream)
    if refused:
        with pytest.raises(open_app.NoTerminal, match="is set to latin-1: set"):
            open_app.require_terminal()
    else:
        open_app.require_terminal()


@pytest.mark.usefixtures("story")
def test_a_reader_that_stops_reading_is_no_trouble() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", "from tui.cli.main import main; raise SystemExit(main())", "sources"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert done.returncode == ExitCode.DONE
    assert done.stderr == ""


@pytest.mark.usefixtures("story")
def test_an_interruption_ends_in_one_line() -> None:
    program = [sys.executable, "-m", "crossread", "search", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("harbour\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith('{"schema": "crossread/search/1"')
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == ExitCode.INTERRUPTED
    assert said == "crossread: interrupted\n"


def label_for(name: str, example: str, crossread: Callable[..., Any]) -> None:
    """Make the labels and labelled spans that an example of ``labels`` speaks of."""
    for label in () if "add claim" in example else ("claim", "doubt", "denial", "buyer"):
        crossread("labels", "add", label)
    if name == "labels add":
        return
    crossread("labels", "add", "denied-claim", "--parent", "claim")
    marks = [("Ada", "claim", 350), *(("Ada", "doubt", start) for start in range(355, 360))]
    for coder, label, start in [*marks, ("Ada", "claim", 700), ("Ben", "doubt", 700)]:
        place = ("harbour-deal/4", start, start + 20)
        crossread("labels", "mark", *place, "--label", label, "--coder", coder)
    crossread("labels", "suggest", "denial", "--entity", "Ada Moss", "--story", "harbour-deal")
    for _ in range(2 if name == "labels unsettle" else 0):
        crossread("labels", "settle", "harbour-deal", 7, "--as", "Ben")
    if name == "labels redo":
        crossread("labels", "undo")


EXAMPLES = [
    (entry.name, example)
    for entry in ENTRIES
    if entry.name not in {"demo", "search", "searches"}
    for example in entry.load().examples
]


@pytest.fixture(scope="session")
def noted_once(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noted") / "library"
    shutil.copytree(sample_folder, folder)
    passage = ("harbour-deal/4", "--quote", "look for a buyer")
    words = ["note", "add", *passage, "--tag", "claim", "--label", "denial", "--library", str(folder)]
    for _ in range(12):
        assert main(words) == ExitCode.DONE
    return folder


@pytest.fixture
def noted(folder: Path, noted_once: Path) -> Path:
    """Give a library with the bundled story and twelve notes."""
    shutil.copytree(noted_once, folder)
    folder.chmod(0o700)
    return folder


SPLIT_OFF = ("story", "split", "harbour-deal", "harbour-deal/1", "--into", "rail-strike")
BEFORE: dict[str, list[tuple[object, ...]]] = {
    "note bin": [("note", "remove", 1)],
    "note redo": [("note", "remove", 1), ("note", "undo")],
    "redo": [("note", "remove", 1), ("undo",)],
    "restore": [("remove", "harbour-deal/14")],
    "story merge": [SPLIT_OFF],
    "story move": [SPLIT_OFF],
}


@pytest.mark.long
@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_the_help_work(
    name: str,
    example: str,
    crossread: Callable[..., Any],
    noted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    article = "The crane stays\n\nNobody on the quay had heard of a sale before Thursday evening.\n"
    for place in ("sources/harbour/a.txt", "rewrite.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(article)
    (tmp_path / "table.csv").write_text(
        "headline,body\nThe crane stays,Nobody on the quay had heard of it.\n"
    )
    (tmp_path / "draft.md").write_text(
        "The harbour was sold for $4.2 billion. Surgeons in Lisbon praised the ward."
    )
    (tmp_path / "mine.html.j2").write_text("{{ notes | length }}")
    quoted = {"type": "TextQuoteSelector", "exact": "did not look for a buyer"}
    row = {"uri": "https://x.example", "document": {"title": [TITLE]}, "target": [{"selector": [quoted]}]}
    (tmp_path / "hypothesis.json").write_text(json.dumps([row]))
    (tmp_path / "readwise.csv").write_text(f'Highlight,Book Title\nlook for a buyer,"{TITLE}"\n')
    page = Fetched("https://example.org/story.html", (), article.encode(), "2026-03-12T09:00:00Z")
    monkeypatch.setattr("sources.importing.fetch", lambda *_: page)  # no test opens a connection
    if name == "note restore":
        crossread("note", "remove", example.rsplit(maxsplit=1)[-1])
    for call in BEFORE.get(name, ()):
        crossread(*call)
    if name == "note drafts":
        with Library.open(noted) as library:
            library.save_draft(NoteDraft("note:3", NoteFields("begun"), 3))
    if name in {"merge", "import library"}:
        with Library.open(noted) as library:
            library.backup(tmp_path / "colleague.db")
        (tmp_path / "laptop-library").mkdir()
        shutil.copyfile(tmp_path / "colleague.db", tmp_path / "laptop-library/library.db")
    if name == "watch":
        monkeypatch.setattr("tui.cli.watch.follow", lambda *_: ExitCode.DONE)  # which has no end
        crossread("watch", tmp_path / "sources/harbour", "--once")
    if name == "verify":
        crossread("export", "story", "harbour-deal", "--format", "html", "--output", "harbour.html")
    if name.startswith("labels "):
        label_for(name, example, crossread)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    if name in {"entities corrections", "entities undo"}:
        for act in ("pin", "pin", "hide"):
            crossread("entities", act, "harbour-deal", "Ada Moss")
    called = re.sub(r"^.*\| (?=crossread)|^source <\(|\)$| [<>|] .*$", "", example).replace(
        "~/", f"{tmp_path}/"
    )
    program, *words = shlex.split(called)
    assert program == "crossread"
    answer = crossread(*words, stdin=article)
    found = {ExitCode.DONE, ExitCode.NOTHING_FOUND} if name == "lint" else {ExitCode.DONE}  # 1 is a finding
    assert answer.status in found, answer.err


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_prose_in_help_fits_the_terminal(
    columns: int, crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = crossread("add", "--help").out.partition("\nexample")[0].splitlines()
    assert max(map(len, lines)) <= columns


@pytest.mark.parametrize(
    ("words", "schema", "said"),
    [
        (("ancestry", "x", "--json"), "app", "no such command: ancestry"),
        (("note", "--json"), "note", "note what?"),
        (("--json", "note", "ad"), "app", "no such command: note ad"),
        (("--colour", "stories", "--json"), "app", "there is no option --colour"),
    ],
)
def test_a_program_gets_json_also_where_no_command_was_named(
    words: tuple[str, ...], schema: str, said: str, crossread: Callable[..., Any]
) -> None:
    answer = crossread(*words)
    assert answer.status == ExitCode.USAGE
    assert answer.json["schema"] == f"crossread/{schema}/1"
    assert said in answer.json["error"]["message"]
    assert answer.err.startswith(f"crossread: {said}")


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("words", ["note list", "note drafts", "note bin", "note undo --list", "labels undo"])
def test_who_finds_nothing_is_told_so(words: str, crossread: Callable[..., Any]) -> None:
    answer = crossread(*words.split())
    assert answer.status == ExitCode.NOTHING_FOUND
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1


@pytest.mark.usefixtures("story")
def test_a_bug_is_one_line_that_says_where_it_was_logged(
    crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Any:
        raise ValueError(WORDS)

    monkeypatch.setattr("index.search.search", fail)
    answer = crossread("search", "harbour", "--json")
    said = f"something went wrong (ValueError); the details are in {places.log_file()}"
    assert answer.status == 4
    assert answer.err == f"crossread: {said}\n"
    assert answer.json["error"] == {"message": said, "kind": "Bug"}
    assert answer.json["hits"] == []
    log = places.log_file().read_text("utf-8")
    assert "in fail" in log
    assert WORDS not in log
    assert str(places.log_file()) in crossread("paths").out


def test_a_bug_before_a_command_was_found_is_logged_as_well(
    crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Any:
        raise ValueError("words of a call")

    monkeypatch.setattr("tui.cli.main.sort_words", fail)
    answer = crossread("stories")
    assert answer.status == 4
    assert answer.err.startswith("crossread: something went wrong (ValueError); the details are in ")
    assert places.log_file().exists()
