from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sources.evidence.shared_passages import fingerprints
from sources.evidence_cache import FINGERPRINTS, EvidenceCache, reuse
from sources.evidence_cache.reuse import WinnowingStore
from sources.library import Library
from sources.model import ParsedFile, ParsedSource, Ref, Zone, ZoneKind

if TYPE_CHECKING:
    from pathlib import Path


def words(first: int, count: int) -> str:
    return " ".join(f"word{number}" for number in range(first, first + count))


def add(library: Library, slug: str, *texts: str, path: str | None = None) -> None:
    drafts = tuple(
        ParsedSource(text, (Zone(ZoneKind.BODY, 0, len(text)),), key=str(number))
        for number, text in enumerate(texts)
    )
    library.ingest(ParsedFile("text", drafts), slug=slug, path=path or slug, reanchor=lambda *_: None)  # type: ignore[arg-type]  # nothing is anchored here


@pytest.fixture
def store(library: Library) -> WinnowingStore:
    return WinnowingStore(library.folder / FINGERPRINTS)


def holders(store: WinnowingStore, library: Library, ref: Ref) -> list[Ref]:
    return [one.ref for one in store.sharing(fingerprints(library.source(ref)))]


def test_it_grows_with_each_import_and_forgets_what_was_removed(
    store: WinnowingStore, library: Library
) -> None:
    add(library, "one", words(0, 60), words(100, 60))
    assert store.catch_up(library)
    assert holders(store, library, Ref("one", 1)) == [Ref("one", 1)]
    add(library, "two", words(20, 60), words(0, 60))
    assert store.catch_up(library)
    found = holders(store, library, Ref("one", 1))
    assert found[:2] == [Ref("one", 1), Ref("two", 2)]
    assert found[2:] == [Ref("two", 1)]
    library.remove("two")
    assert store.catch_up(library)
    assert holders(store, library, Ref("one", 1)) == [Ref("one", 1)]


def test_of_a_very_long_text_a_sample_is_asked_for_that_others_share(
    store: WinnowingStore, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, "one", words(0, 600), words(300, 600))
    store.catch_up(library)
    prints = fingerprints(library.source(Ref("one", 1)))
    monkeypatch.setattr(reuse, "MOST_PRINTS", len(prints))
    assert next(one.shared for one in store.sharing(prints)) == len(prints)
    monkeypatch.setattr(reuse, "MOST_PRINTS", len(prints) // 4)
    found = store.sharing(prints)
    assert [one.ref.number for one in found] == [1, 2]
    assert found[0].shared == len(prints) // 4 > found[1].shared > len(prints) // 16


def test_a_changed_source_has_its_new_text_only(store: WinnowingStore, library: Library) -> None:
    add(library, "one", words(0, 60), path="file")
    store.catch_up(library)
    old = fingerprints(library.source(Ref("one", 1)))
    add(library, "one", words(200, 60), path="file")
    store.catch_up(library)
    assert store.sharing(old) == ()
    assert holders(store, library, Ref("one", 1)) == [Ref("one", 1)]


@pytest.mark.parametrize("damage", ["garbage", "cut", "table", "layout", "version"])
def test_a_damaged_file_is_made_anew(damage: str, store: WinnowingStore, library: Library) -> None:
    add(library, "one", *(words(at * 100, 60) for at in range(40)))
    store.catch_up(library)
    path = library.folder / FINGERPRINTS
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    if damage == "garbage":
        path.write_bytes(b"no database at all" * 500)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        with closing(sqlite3.connect(path)) as connection, connection:
            if damage == "table":
                connection.execute("DROP TABLE texts")
            else:
                connection.execute("UPDATE about SET value = 'x' WHERE name = ?", (damage,))
    add(library, "two", words(0, 60))
    ref = Ref("one", 1)
    store.sharing(fingerprints(library.source(ref)))
    assert store.catch_up(library)
    assert set(holders(store, library, ref)) == {ref, Ref("two", 1)}


def test_another_library_in_its_place_is_read_anew(
    store: WinnowingStore, library: Library, tmp_path: Path
) -> None:
    for number in range(3):
        add(library, "one", words(number * 100, 60), path=str(number))
    store.catch_up(library)
    with Library.open(tmp_path / "other") as other:
        add(other, "mine", words(500, 60))
        assert store.catch_up(other)
        assert holders(store, other, Ref("mine", 1)) == [Ref("mine", 1)]
        assert store.sharing(fingerprints(library.source(Ref("one", 1)))) == ()


def test_many_that_are_gone_have_the_tables_made_anew(
    store: WinnowingStore, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reuse, "_FEW_DEAD", 3)
    add(library, "gone", *(words(at * 100, 60) for at in range(8)))
    add(library, "kept", words(9000, 60))
    store.catch_up(library)
    library.remove("gone")
    assert store.catch_up(library)
    with closing(sqlite3.connect(library.folder / FINGERPRINTS)) as connection, connection:
        assert connection.execute("SELECT COUNT(*) FROM texts").fetchone() == (1,)
        assert connection.execute("SELECT MAX(rowid) FROM prints WHERE prints MATCH 'zzz'").fetchone() == (
            None,
        )
        assert connection.execute("SELECT MAX(seq) FROM sqlite_sequence").fetchone() == (1,)
    assert holders(store, library, Ref("kept", 1)) == [Ref("kept", 1)]


def test_several_may_write_at_once(library: Library) -> None:
    add(library, "one", *(words(at * 50, 60) for at in range(200)))
    path = library.folder / FINGERPRINTS
    threads = [threading.Thread(target=lambda: WinnowingStore(path).catch_up(library)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    store = WinnowingStore(path)
    assert store.catch_up(library)
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("SELECT COUNT(*) FROM texts").fetchone() == (200,)
    assert holders(store, library, Ref("one", 7))[0] == Ref("one", 7)


def test_giving_up_leaves_it_to_the_next_time(
    store: WinnowingStore, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reuse, "BATCH", 2)
    add(library, "one", *(words(at * 100, 60) for at in range(6)))
    asked = iter([False, False, True])
    assert not store.catch_up(library, cancelled=lambda: next(asked))
    assert holders(store, library, Ref("one", 4)) == [Ref("one", 4)]
    assert holders(store, library, Ref("one", 6)) == []
    assert store.catch_up(library)
    assert holders(store, library, Ref("one", 6)) == [Ref("one", 6)]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, library: Library) -> None:
    store = WinnowingStore(tmp_path / "nowhere" / FINGERPRINTS)
    add(library, "one", words(0, 60))
    assert not store.catch_up(library)
    assert store.sharing({1, 2, 3}) == ()
    assert store.problems() == ()


def test_the_evidence_cache_clears_and_checks_it(library: Library) -> None:
    add(library, "one", words(0, 60), words(30, 60))
    cache = EvidenceCache(library)
    (found,) = cache.reuse_of([Ref("one", 1), Ref("one", 2)])[:1]
    assert (found.ref, found.holder) == (Ref("one", 1), Ref("one", 2))
    assert found.share == pytest.approx(0.5)
    assert cache.problems() == ()
    cache.clear()
    assert not (library.folder / FINGERPRINTS).exists()
    assert [place.ref for place in cache.elsewhere(words(40, 15))] == [Ref("one", 1), Ref("one", 2)]
