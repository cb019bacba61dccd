from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sources import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sources.library import Library


@pytest.fixture(autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the library, configuration and state of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("CROSSREAD_LIBRARY", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def sample_page() -> Path:
    return sample.page_path()


@pytest.fixture
def sample_article() -> Path:
    return sample.article_path()


@pytest.fixture(scope="session")
def sample_truth() -> dict[str, Any]:
    return sample.truth()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    from sources.library import Library  # noqa: PLC0415 - the sample's own tests need no library

    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def sample_library(library: Library) -> Library:
    """Give a library that holds the bundled story, with the single article as its fourteenth source."""
    from sources.importing import import_paths  # noqa: PLC0415 - as above

    paths = [str(sample.page_path()), str(sample.article_path())]
    report = import_paths(library, paths, story=sample.STORY)
    assert not report.failed
    return library
