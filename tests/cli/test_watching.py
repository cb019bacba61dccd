"""`watch` on the command line; what happens and when is told by the tests."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from sources.importing.watching import Sightings
from tests.services.test_watching import FERRY, PUMP, QUAY, Hours
from tui.cli import watch
from tui.cli.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sources.library import Library
    from tests.cli.conftest import Answer


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    os.utime(folder / name, (1000, 1000))
    return folder / name


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.services.watching.sightings", lambda: Sightings(Hours()))


def test_one_look_takes_in_what_is_new(crossread: Callable[..., Answer], tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    write(folder, "a.txt", QUAY)
    first = crossread("watch", folder, "--story", "quays", "--once", "--json")
    assert first.status == 0
    assert first.json["changes"] == [
        {"kind": "added", "path": str(folder / "a.txt"), "refs": ["quays/1"], "from": None, "reason": None}
    ]
    assert first.json["folders"] == [
        {"folder": str(folder), "story": "quays", "files": 1, "vanished": 0, "there": True}
    ]
    (folder / "a.txt").unlink()
    gone = crossread("watch", "--once")
    assert gone.status == 0
    assert f"vanished {folder / 'a.txt'}: quays/1" in gone.err
    assert gone.out == ""
    (entry,) = crossread("sources", "--json").json["sources"]
    assert entry["vanished"] is True
    assert "vanished" in crossread("sources").out


def test_one_look_says_by_its_status_what_was_not_read(
    crossread: Callable[..., Answer], tmp_path: Path
) -> None:
    folder = tmp_path / "harbour"
    write(folder, "b.txt", PUMP)
    bad = write(folder, "a.txt", "")
    bad.write_bytes(b"\x00\x01" * 90)
    os.utime(bad, (1000, 1000))
    found = crossread("watch", folder, "--once", "--json")
    assert found.status == 3
    assert [failed["path"] for failed in found.json["failed"]] == [str(bad)]
    assert [change["kind"] for change in found.json["changes"]] == ["failed", "added"]
    folder.rename(tmp_path / "away")
    away = crossread("watch", "--once", "--json")
    assert (away.status, away.json["changes"][0]["kind"]) == (3, "folder-gone")


def test_folders_are_listed_and_stopped(crossread: Callable[..., Answer], tmp_path: Path) -> None:
    none = crossread("watch", "--list", "--json")
    assert (none.status, none.json["folders"]) == (1, [])
    assert crossread("watch").status == 1
    assert crossread("watch", tmp_path / "none", "--once").status == 3
    write(tmp_path / "harbour", "a.txt", QUAY)
    crossread("watch", tmp_path / "harbour", "--once")
    assert str(tmp_path / "harbour") in crossread("watch", "--list").out
    stopped = crossread("watch", "--stop", tmp_path / "harbour", "--json")
    assert (stopped.status, stopped.json["folders"]) == (0, [])
    assert crossread("watch", "--stop", tmp_path / "harbour").status == 2
    assert [entry["vanished"] for entry in crossread("sources", "--json").json["sources"]] == [False]


class Script:
    """Events that a test gives: each is what happens before the next look."""

    def __init__(self, steps: Iterable[Callable[[], object]]) -> None:
        self._steps = iter(steps)

    def wait(self, _folders: Sequence[Path], _seconds: float) -> None:
        step = next(self._steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()


def test_in_the_foreground_each_change_is_a_line_until_it_is_interrupted(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    from tui.services import watching

    folder = tmp_path / "harbour"
    write(folder, "a.txt", QUAY)
    watching.watch(library, str(folder))
    time = Hours()
    steps: list[Callable[[], object]] = [
        lambda: write(folder, "b.txt", FERRY),
        lambda: (folder / "b.txt").rename(folder / "c.txt"),
        (folder / "c.txt").unlink,
        lambda: time.sleep(5),
    ]
    console = Console.on(sys.stdout, sys.stderr, schema="watch", as_json=True)
    with pytest.raises(KeyboardInterrupt):
        watch.follow(console, library, [str(folder)], Script(steps), Sightings(time))
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [(line["kind"], line["refs"]) for line in lines] == [
        ("added", ["harbour/1"]), ("added", ["harbour/2"]), ("renamed", ["harbour/2"]),
        ("vanished", ["harbour/2"]),
    ]  # fmt: skip
    assert {line["schema"] for line in lines} == {"crossread/watch/1"}
    assert "renamed" in told.err
    steps = [lambda: watching.stop(library, str(folder))]
    assert watch.follow(console, library, [str(folder)], Script(steps), Sightings(time)) == 0


def test_the_system_tells_of_a_new_file(tmp_path: Path) -> None:
    """Nothing is measured here: whatever the system tells or not, the wait ends."""
    from tui.services.folder_events import SystemEvents

    events = SystemEvents()
    events.wait([tmp_path], 0.0)
    write(tmp_path, "a.txt", QUAY)
    events.wait([tmp_path], 30.0)
    events.wait([tmp_path / "none"], 0.0)
