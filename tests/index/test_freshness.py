from __future__ import annotations

import json
import os
import shutil
import stat
import threading
from typing import TYPE_CHECKING

import pytest

import index.index_sync
from index import IndexProgress, SearchIndex
from index.manifest import KEPT_DAMAGED, latest_generation, write_lock
from sources.errors import IndexTrouble
from sources.library import Library
from tests.index.shelf import put_texts

if TYPE_CHECKING:
    from pathlib import Path


def total(index: SearchIndex, query: str) -> int:
    return index.search(query).total


def files(folder: Path, ending: str) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.endswith(ending))


@pytest.fixture
def filled(library: Library, folder: Path) -> Library:
    """Give a library with three texts and its index."""
    put_texts(library, "s", {"a": "A ferry.", "b": "A port.", "c": "A pier."})
    SearchIndex.open(folder, library).close()
    return library


def test_an_empty_library_can_be_searched(library: Library, folder: Path) -> None:
    with SearchIndex.open(folder, library) as index:
        assert total(index, "ferry") == 0
        assert total(index, "-ferry") == 0
        assert index.problems() == ()
        assert index.freshness().indexed == 0


def test_the_index_is_private(filled: Library, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    put_texts(filled, "t", {"a": "More."})
    SearchIndex.open(folder, filled).close()
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(folder.with_name("index.lock").stat().st_mode) == 0o600


def test_what_changed_is_taken_in(filled: Library, folder: Path) -> None:
    with SearchIndex.open(folder, filled) as index:
        assert index.catch_up().nothing
        put_texts(filled, "s", {"a": "A rowing boat.", "b": "A port.", "c": "A pier.", "d": "A tide."})
        assert index.freshness().behind == 2
        assert "changed" in index.search("port").state
        done = index.catch_up()
        assert (done.rebuilt, done.changed, done.removed) == (False, 2, 0)
        assert total(index, "ferry") == 0
        assert total(index, "rowing") == 1
        assert total(index, "tide") == 1
        filled.remove("s")
        assert index.catch_up().removed == 4
        assert total(index, "-nothing") == 0
        assert index.problems() == ()
        assert index.freshness().note == "in step with the library, 0 texts"


def test_opening_catches_up(filled: Library, folder: Path) -> None:
    put_texts(filled, "t", {"x": "A lighthouse."})
    with SearchIndex.open(folder, filled) as index:
        assert total(index, "lighthouse") == 1
        done = index.catch_up()
        assert (done.rebuilt, done.changed) == (False, 1)
        assert index.catch_up().nothing


def test_many_small_changes_stay_right(filled: Library, folder: Path) -> None:
    with SearchIndex.open(folder, filled) as index:
        for turn in range(12):
            put_texts(filled, "s", {"a": f"Version{turn} of a ferry."})
            put_texts(filled, f"t{turn}", {"x": f"Story{turn} of a ferry."})
            index.catch_up()
        assert total(index, "ferry") == 13
        assert total(index, "version11") == 1
        assert total(index, "version*") == 1
        assert index.problems() == ()
        assert len(files(folder, ".json")) == 1


def test_another_process_is_followed(filled: Library, folder: Path) -> None:
    with SearchIndex.open(folder, filled) as here, Library.open(filled.folder) as other_library:
        assert total(here, "lighthouse") == 0
        put_texts(other_library, "t", {"x": "A lighthouse."})
        SearchIndex.open(folder, other_library).close()
        results = here.search("lighthouse")
        assert (results.total, results.state) == (1, "")


def test_a_missing_index_is_built_with_progress(filled: Library, folder: Path) -> None:
    shutil.rmtree(folder)
    seen: list[IndexProgress] = []
    with SearchIndex.open(folder, filled, progress=seen.append) as index:
        done = index.catch_up()
    assert done.rebuilt
    assert "no search index" in (done.reason or "")
    assert [step.done for step in seen] == [1, 2, 3]
    assert {step.total for step in seen} == {3}


def test_an_index_of_another_version_is_built_anew(filled: Library, folder: Path) -> None:
    manifest = files(folder, ".json")[0]
    manifest.write_text(manifest.read_text().replace('"schema": "', '"schema": "9'))
    with SearchIndex.open(folder, filled) as index:
        done = index.catch_up()
        assert done.rebuilt
        assert "version" in (done.reason or "")
        assert total(index, "ferry") == 1
        assert index.problems() == ()


def test_an_index_of_another_library_is_built_anew(filled: Library, folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        put_texts(other, "o", {"a": "A desert.", "b": "A dune.", "c": "A camel."})
        SearchIndex.open(other.folder / "index", other).close()
        shutil.rmtree(folder)
        shutil.copytree(other.folder / "index", folder)
    folder.chmod(0o700)
    with SearchIndex.open(folder, filled) as index:
        assert "another library" in (index.catch_up().reason or "")
        assert total(index, "desert") == 0
        assert total(index, "ferry") == 1


def test_an_index_ahead_of_the_library_is_built_anew(filled: Library, folder: Path, tmp_path: Path) -> None:
    filled.backup(tmp_path / "before.db")
    put_texts(filled, "t", {"x": "A lighthouse."})
    SearchIndex.open(folder, filled).close()
    filled.close()
    for path in filled.folder.glob("library.db*"):
        path.unlink()
    shutil.copy(tmp_path / "before.db", filled.folder / "library.db")
    with Library.open(filled.folder) as restored, SearchIndex.open(folder, restored) as index:
        assert "ahead" in (index.catch_up().reason or "")
        assert total(index, "lighthouse") == 0


def damage_toc(folder: Path) -> None:
    files(folder, ".toc")[0].write_bytes(b"\x00" * 100)


def truncate_toc(folder: Path) -> None:
    path = files(folder, ".toc")[0]
    path.write_bytes(path.read_bytes()[:-10])


def truncate_segment(folder: Path) -> None:
    path = files(folder, ".seg")[0]
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty_segment(folder: Path) -> None:
    files(folder, ".seg")[0].write_bytes(b"")


def drop_segment(folder: Path) -> None:
    files(folder, ".seg")[0].unlink()


def flip_a_byte(folder: Path) -> None:
    path = files(folder, ".seg")[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(data)


def drop_manifest(folder: Path) -> None:
    files(folder, ".json")[0].unlink()


def empty_manifest(folder: Path) -> None:
    files(folder, ".json")[0].write_text("")


def strange_manifest(folder: Path) -> None:
    files(folder, ".json")[0].write_text(json.dumps({"files": [1, 2]}))


def wrong_count(folder: Path) -> None:
    path = files(folder, ".json")[0]
    path.write_text(path.read_text().replace('"count": 3', '"count": 4'))


def only_rubbish(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    (folder / "notes.txt").write_text("mine")


DAMAGES = [
    damage_toc, truncate_toc, truncate_segment, empty_segment, drop_segment, flip_a_byte, drop_manifest,
    empty_manifest, strange_manifest, wrong_count, only_rubbish,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_put_aside_and_built_anew(filled: Library, folder: Path, damage: object) -> None:
    damage(folder)  # type: ignore[operator]
    with SearchIndex.open(folder, filled) as index:
        done = index.catch_up()
        assert done.rebuilt
        assert done.reason
        assert total(index, "ferry") == 1
        assert index.problems() == ()
    assert len(list(folder.parent.glob("index.damaged-*"))) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_problems_are_told(filled: Library, folder: Path, damage: object) -> None:
    with SearchIndex.open(folder, filled) as index:
        assert index.problems() == ()
        damage(folder)  # type: ignore[operator]
        problems = index.problems()
    assert problems
    assert all(problem.strip() for problem in problems)


def test_an_index_that_went_while_it_was_open_comes_back(filled: Library, folder: Path) -> None:
    with SearchIndex.open(folder, filled) as index:
        shutil.rmtree(folder)
        assert total(index, "ferry") == 1
        assert index.catch_up().rebuilt


def test_freshness_of_a_damaged_index(filled: Library, folder: Path) -> None:
    damage_toc(folder)
    assert "again" in SearchIndex(folder, filled).freshness().note


def test_only_a_few_damaged_ones_are_kept(filled: Library, folder: Path) -> None:
    for _ in range(KEPT_DAMAGED + 3):
        damage_toc(folder)
        SearchIndex.open(folder, filled).close()
    assert len(list(folder.parent.glob("index.damaged-*"))) == KEPT_DAMAGED


def test_rebuilding_on_request(filled: Library, folder: Path) -> None:
    with SearchIndex.open(folder, filled) as index:
        before = latest_generation(folder)
        done = index.rebuild()
        assert (done.rebuilt, done.changed) == (True, 3)
        assert latest_generation(folder) != before
        assert total(index, "ferry") == 1
        assert index.problems() == ()


def test_searching_goes_on_while_it_is_rebuilt(filled: Library, folder: Path) -> None:
    answers: list[int] = []
    with SearchIndex.open(folder, filled) as index:
        index.rebuild(progress=lambda _: answers.append(total(index, "ferry")))
        assert total(index, "ferry") == 1
    assert answers == [1, 1, 1]


def test_a_rebuilding_that_is_broken_off_leaves_the_old_index(filled: Library, folder: Path) -> None:
    def stop(_: IndexProgress) -> None:
        raise KeyboardInterrupt

    with SearchIndex.open(folder, filled) as index:
        with pytest.raises(KeyboardInterrupt):
            index.rebuild(progress=stop)
        assert total(index, "ferry") == 1
        assert index.problems() == ()
        index.rebuild()
    assert list(folder.parent.glob("index.building-*")) == []


def test_while_another_writes_the_old_answers_are_given(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.index_sync, "WAIT", 0.05)
    put_texts(filled, "t", {"x": "A lighthouse."})
    with write_lock(folder, 0.0) as held:
        assert held
        with SearchIndex.open(folder, filled) as opened:
            assert "Another process" in (opened.catch_up().reason or "")
            results = opened.search("ferry")
            assert results.total == 1
            assert results.state
            assert opened.freshness().behind == 1
    with SearchIndex.open(folder, filled) as opened:
        assert total(opened, "lighthouse") == 1


def test_without_an_index_and_with_another_writing_there_is_a_clear_word(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.index_sync, "WAIT_FOR_FIRST", 0.05)
    shutil.rmtree(folder)
    with write_lock(folder, 0.0), pytest.raises(IndexTrouble, match="try again"):
        SearchIndex.open(folder, filled)


def test_two_who_open_at_once_do_the_work_once(filled: Library, folder: Path) -> None:
    shutil.rmtree(folder)
    rebuilt: list[bool] = []

    def open_it() -> None:
        with SearchIndex.open(folder, filled) as opened:
            rebuilt.append(opened.catch_up().rebuilt)
            assert total(opened, "ferry") == 1

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(rebuilt) == [False, False, False, True]


def test_an_index_elsewhere_is_never_read(filled: Library, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    with pytest.raises(IndexTrouble, match="not in the library"):
        SearchIndex.open(elsewhere, filled)
    shutil.rmtree(folder)
    folder.symlink_to(elsewhere)
    with pytest.raises(IndexTrouble, match="no folder"):
        SearchIndex.open(folder, filled)


def test_an_index_of_another_user_is_never_read(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(IndexTrouble, match="another user"):
        SearchIndex.open(folder, filled)


def test_an_index_that_others_may_write_to_is_made_anew(filled: Library, folder: Path) -> None:
    folder.chmod(0o777)
    with SearchIndex.open(folder, filled) as opened:
        assert opened.catch_up().rebuilt
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_full_disk_leaves_the_old_answers(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.whoosh_engine.index_writer

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    put_texts(filled, "t", {"x": "A lighthouse."})
    monkeypatch.setattr(index.whoosh_engine.index_writer, "write_changes", full)
    with SearchIndex.open(folder, filled) as opened:
        assert "No space left" in (opened.catch_up().reason or "")
        assert total(opened, "ferry") == 1
    monkeypatch.setattr(index.whoosh_engine.index_writer, "write_all", full)
    shutil.rmtree(folder)
    with pytest.raises(IndexTrouble, match="No space left"):
        SearchIndex.open(folder, filled)
    assert not folder.exists()
    assert list(folder.parent.glob("index.building-*")) == []
