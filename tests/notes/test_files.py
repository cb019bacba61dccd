from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, StorageFailed
from sources.notes.export.saving import export_stem, write_into, write_new

if TYPE_CHECKING:
    from pathlib import Path


def test_an_export_is_private_and_whole(tmp_path: Path) -> None:
    path = write_new(tmp_path / "notes.md", "ﬁrst — note\n")
    assert path.read_text(encoding="utf-8") == "ﬁrst — note\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["notes.md"]


def test_nothing_is_ever_replaced(tmp_path: Path) -> None:
    there = tmp_path / "notes.md"
    there.write_text("mine")
    with pytest.raises(RequestError, match="already"):
        write_new(there, "other")
    assert there.read_text() == "mine"
    (tmp_path / "link.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(RequestError, match="already"):
        write_new(tmp_path / "link.md", "other")
    assert not (tmp_path / "elsewhere.md").exists()
    with pytest.raises(RequestError, match="is a folder"):
        write_new(tmp_path, "other")
    with pytest.raises(RequestError, match="no folder"):
        write_new(tmp_path / "no" / "notes.md", "other")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.md", "notes.md"]


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    stem = export_stem("night-ferry", "2031-06-12T10:00:00Z")
    names = [write_into(folder, stem, ".md", "x").name for _ in range(3)]
    assert names == [
        "night-ferry-20310612T100000Z.md",
        "night-ferry-20310612T100000Z-2.md",
        "night-ferry-20310612T100000Z-3.md",
    ]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "exports").write_text("not a folder")
    with pytest.raises(StorageFailed, match="exports"):
        write_into(tmp_path / "exports", "x", ".md", "x")

    def no_space(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StorageFailed, match="No space left"):
        write_new(tmp_path / "notes.md", "x")
    assert [each.name for each in tmp_path.iterdir()] == ["exports"]


def test_a_disk_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_source: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert write_new(tmp_path / "notes.md", "x").read_text() == "x"
    with pytest.raises(RequestError, match="already"):
        write_new(tmp_path / "notes.md", "y")
    assert [each.name for each in tmp_path.iterdir()] == ["notes.md"]
