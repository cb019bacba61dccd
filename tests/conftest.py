from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from sources import sample
from tests.waiting import TextualTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sources.library import Library

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# A test leaves few cycles and many values behind: to look for cycles as often as Python does takes a fifth
# of the time of a test of the app.
gc.set_threshold(100_000, 50, 1_000)

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-shared", action="store_true", help="fail where data of ../shared is missing")


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Callable[[str], list[Path]]:
    """Give what finds files of the development data; a test of it is skipped where there is none.

    What is tested with it is tested with the project's own data as well.
    """

    def find(pattern: str) -> list[Path]:
        found = sorted(SHARED.glob(pattern))
        if not found:
            missing = f"there is no ../shared/{pattern}"
            pytest.fail(missing) if request.config.getoption("--require-shared") else pytest.skip(missing)
        return found

    return find


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


@pytest.fixture(autouse=True, scope="session")
def searches_that_take_no_time() -> Iterator[None]:
    """Keep a busy machine from cutting a search short; one that is to be cut short has a time before now."""
    from index.interface import Deadline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Deadline, "now", staticmethod(lambda: 0.0))
        yield


@pytest.fixture(autouse=True, scope="session")
def time_that_tests_give() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        TextualTime(patch)
        yield


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
    from sources.library import Library

    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def sample_library(library: Library) -> Library:
    """Give a library that holds the bundled story, with the single article as its fourteenth source."""
    from sources.importing import import_paths

    paths = [str(sample.page_path()), str(sample.article_path())]
    report = import_paths(library, paths, story=sample.STORY)
    assert not report.failed
    return library
