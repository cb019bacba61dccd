from __future__ import annotations

import gc
import shutil
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from sources import sample
from tests.made_once import is_as_made, made_once
from tests.waiting import PATIENCE, TextualTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sources.library import Library

# How long an example takes says how busy the machine is.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# A test leaves few cycles and many values behind: to look for cycles as often as Python does takes a fifth
# of the time of a test of the app.
gc.set_threshold(100_000, 50, 1_000)

_HOMES = count()  # to look for a free name would take longer with each test

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
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("CROSSREAD_LIBRARY", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return home


@pytest.fixture(autouse=True, scope="session")
def searches_that_take_no_time() -> Iterator[None]:
    """Keep a busy machine from cutting a search short, or from answering before the index is in step.

    One that is to be cut short has a time before now.
    """
    import tui.services.search
    from index.interface import Deadline

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Deadline, "now", staticmethod(lambda: 0.0))
        patch.setattr(tui.services.search, "PATIENCE", PATIENCE)
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


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the database of a library in which nothing is yet: to make its tables takes a while."""
    from sources.library import Library

    folder = tmp_path_factory.mktemp("empty") / "library"
    Library.open(folder).close()
    return (folder / "library.db").read_bytes()


@pytest.fixture
def library(empty_library: bytes, tmp_path: Path) -> Iterator[Library]:
    from sources.library import Library

    (tmp_path / "library").mkdir(0o700)
    (tmp_path / "library" / "library.db").write_bytes(empty_library)
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder of a library with the bundled story, its index, and all that is asked of it.

    The single article is its fourteenth source. The folder is for copying; it is told when it was changed.
    """
    folder = made_once(tmp_path_factory, "sample-library", _make_sample)
    yield folder
    assert is_as_made(folder), "a test changed the folder that all others copy"


def _make_sample(folder: Path) -> None:
    from index import SearchIndex
    from sources.evidence_cache import EvidenceCache
    from sources.importing import import_paths
    from sources.library import Library
    from tui.app.views.text_evidence import story_context, text_evidence
    from tui.services.audit import audit_story

    with Library.open(folder) as library:
        paths = [str(sample.page_path()), str(sample.article_path())]
        report = import_paths(library, paths, story=sample.STORY)
        assert not report.failed
        SearchIndex.open(folder / "index", library).close()
        # Kept, so that not every test waits for it.
        cache = EvidenceCache(library)
        cache.prepare(sample.STORY)
        cache.lineage(sample.STORY)
        cache.credit_chains(sample.STORY)
        audit_story(library, sample.STORY)
        for ref in library.refs(sample.STORY):
            text_evidence(cache, (ref,))
            story_context(cache, ref)
            cache.attributions(ref)
            cache.dates(ref)


@pytest.fixture
def sample_library(sample_folder: Path, tmp_path: Path) -> Iterator[Library]:
    """Give a library that holds the bundled story, with the single article as its fourteenth source."""
    from sources.library import Library

    (tmp_path / "library").mkdir(0o700)
    shutil.copy(sample_folder / "library.db", tmp_path / "library")
    with Library.open(tmp_path / "library") as opened:
        yield opened
