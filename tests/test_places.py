from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sources import places

if TYPE_CHECKING:
    import pytest


def test_the_library_asked_for_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = places.library_folder()
    assert usual.name == "library"
    assert usual.parent.name == "crossread"
    monkeypatch.setenv("CROSSREAD_LIBRARY", str(tmp_path / "moved"))
    assert places.library_folder() == tmp_path / "moved"
    assert places.library_folder("asked") == Path.cwd() / "asked"
    monkeypatch.setenv("CROSSREAD_LIBRARY", "")
    assert places.library_folder() == usual


def test_a_tilde_is_the_home(home_of_its_own: Path) -> None:
    assert places.library_folder("~/stories") == home_of_its_own / "stories"


def test_nothing_lands_outside_the_users_own_folders(home_of_its_own: Path) -> None:
    everything = {
        places.library_folder(),
        places.demo_library(),
        places.config_file(),
        places.state_folder(),
        places.log_folder(),
        places.log_file(),
        places.exports_folder(places.library_folder()),
    }
    assert len(everything) == 7
    assert all(place.is_relative_to(home_of_its_own) for place in everything)
    assert places.demo_library() != places.library_folder()
    assert not list(home_of_its_own.iterdir())
