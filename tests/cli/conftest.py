from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What a call of the command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the place of a library that is not there yet."""
    place = tmp_path / "library"
    monkeypatch.setenv("CROSSREAD_LIBRARY", str(place))
    return place


@pytest.fixture
def story(folder: Path, sample_folder: Path) -> Path:
    """Give a library that holds the bundled story."""
    shutil.copytree(sample_folder, folder)
    folder.chmod(0o700)
    return folder


@pytest.fixture
def crossread(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Call the command in this process."""

    monkeypatch.setenv("CROSSREAD_LIBRARY", str(folder))

    def call(*words: object, stdin: str | bytes = "") -> Answer:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        status = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call
