from __future__ import annotations

import time
from typing import TYPE_CHECKING

import index.whoosh_engine.index_writer
import index.whoosh_engine.merge_policy
from index import SearchIndex
from index.index_sync import IndexSync, needs_merging
from index.manifest import latest_generation, read_manifest
from tests.index.shelf import put_texts

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from sources.library import Library


def segments(folder: Path) -> int:
    generation = latest_generation(folder)
    assert generation is not None
    manifest = read_manifest(folder, generation)
    assert manifest is not None
    return len(manifest.segments)


def test_small_commits_leave_few_segments(library: Library, folder: Path) -> None:
    with SearchIndex.open(folder, library) as opened:
        for turn in range(20):
            put_texts(library, f"s{turn}", {"a": f"The ferry number{turn}."})
            opened.catch_up()
        assert segments(folder) < 10
        assert opened.search("ferry").total == 20


def test_segments_are_merged_while_nobody_waits(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SearchIndex.open(folder, library) as opened:
        with monkeypatch.context() as patched:
            for room in (index.whoosh_engine.merge_policy, index.whoosh_engine.index_writer):
                patched.setattr(room, "find_merges", lambda *_, **__: [])
            for turn in range(8):
                put_texts(library, f"s{turn}", {"a": f"The ferry number{turn}."})
                opened.catch_up()
            assert segments(folder) == 8
            time.sleep(0.2)  # a thread that began to tidy finds nothing to do
        until = time.monotonic() + 20
        while segments(folder) > 1 and time.monotonic() < until:
            IndexSync(folder, library).tidy()
        assert segments(folder) == 1
        assert opened.search("number7").total == 1
        assert opened.search("ferry").total == 8
        assert opened.problems() == ()
        generation = latest_generation(folder)
        assert generation is not None
        manifest = read_manifest(folder, generation)
        assert manifest is not None
        assert not needs_merging(manifest)


def test_a_reader_goes_on_while_all_its_files_are_replaced(library: Library, folder: Path) -> None:
    put_texts(library, "s", {"a": "A ferry.", "b": "A port."})
    with SearchIndex.open(folder, library) as opened, SearchIndex.open(folder, library) as other:
        assert other.search("ferry").total == 1
        for _ in range(5):
            opened.rebuild()
            assert other.search("ferry").total == 1
