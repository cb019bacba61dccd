"""The file of the evidence cache: what is kept in it, damage, and others who hold it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sources.evidence_cache import EvidenceCache
from sources.evidence_cache.store import EvidenceStore
from sources.model import Ref
from tests.library.parsed_files import BRIDGE, FERRY, article, put, records

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library


def cache_file(library: Library) -> Path:
    return library.folder / "cache.db"


def test_evidence_goes_with_its_text(library: Library) -> None:
    put(library, article('"We saw Zebulon Quist," said a pilot.'), slug="quist", path="/in/q.txt")
    put(library, article(BRIDGE), slug="bridge", path="/in/b.txt")
    cache = EvidenceCache(library)
    cache.prepare("quist")
    library.remove("quist")
    cache.prepare("bridge")
    with closing(sqlite3.connect(cache_file(library))) as connection:
        (left,) = connection.execute("SELECT COUNT(DISTINCT sha256) FROM grounds").fetchone()
    assert left == 1


@pytest.mark.parametrize("content", [b"", b"no cache at all", b"SQLite format 3\x00" + b"x" * 5000])
def test_a_file_that_is_no_cache_is_made_anew(library: Library, content: bytes) -> None:
    put(library, article("It cost $4 million."))
    cache_file(library).write_bytes(content)
    assert EvidenceCache(library).figures(Ref("saltmarsh", 1))[0].value == 4_000_000
    assert EvidenceCache(library).problems() == ()
    with closing(sqlite3.connect(cache_file(library))) as connection:
        assert connection.execute("SELECT COUNT(*) FROM evidence").fetchone() == (1,)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE evidence SET value = x'00'",
        "UPDATE evidence SET value = 'text'",
        "UPDATE evidence SET value = substr(value, 1, 9) || x'ff' || substr(value, 11)",
        "DROP TABLE evidence",
        "PRAGMA user_version = 77",
    ],
)
def test_damaged_evidence_is_worked_out_again(library: Library, damage: str) -> None:
    put(library, article("It cost $4 million."))
    ref = Ref("saltmarsh", 1)
    known = EvidenceCache(library).figures(ref)
    with closing(sqlite3.connect(cache_file(library))) as connection:
        connection.execute(damage)
        connection.commit()
    assert EvidenceCache(library).figures(ref) == known
    assert EvidenceCache(library).figures(ref) == known


def test_evidence_of_another_form_is_worked_out_again(library: Library) -> None:
    put(library, article("It cost $4 million."))
    ref = Ref("saltmarsh", 1)
    known = EvidenceCache(library).figures(ref)
    for written in ("{}", "[]", '["Anchor", 1]', '["Figure", 1, 2]', "[1]", "not json"):
        store = EvidenceStore(cache_file(library))
        with closing(sqlite3.connect(cache_file(library))) as connection:
            ((method, key),) = connection.execute("SELECT method, key FROM evidence").fetchall()
        store.put(method, key, written, ())
        assert EvidenceCache(library).figures(ref) == known


def test_a_locked_cache_keeps_nobody_waiting_long(library: Library) -> None:
    put(library, article("It cost $4 million."))
    EvidenceCache(library).clear()
    store = EvidenceStore(cache_file(library))
    store.put("m", "k", "v", ())
    with closing(sqlite3.connect(cache_file(library), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert EvidenceCache(library).figures(Ref("saltmarsh", 1))[0].value == 4_000_000
    assert store.get("m", "k") == "v"


def test_problems_of_the_cache_are_told_and_cleared(library: Library) -> None:
    put(library, article("It cost $4 million."))
    cache = EvidenceCache(library)
    assert cache.problems() == ()
    cache.prepare("saltmarsh")
    assert cache.problems() == ()
    with closing(sqlite3.connect(cache_file(library))) as connection:
        connection.execute("UPDATE evidence SET value = x'00'")
        connection.commit()
    assert any("damaged" in problem for problem in cache.problems())
    cache_file(library).write_bytes(b"x" * 5000)
    assert any("cannot be read" in problem for problem in cache.problems())
    cache.clear()
    assert cache.problems() == ()


def test_the_library_tells_how_words_are_written_and_forgets_what_goes(library: Library) -> None:
    put(library, records("They saw Okapa, then Okapa, and Okapa.", FERRY), slug="known")
    put(library, article("Okapa slept. Nobody came."), slug="short")
    assert [entity.name for entity in EvidenceCache(library).entities("short")] == ["Okapa"]
    with closing(sqlite3.connect(cache_file(library))) as connection:
        assert connection.execute(
            "SELECT count(*) FROM evidence WHERE method LIKE 'word usage%'"
        ).fetchone() == (1,)
    library.remove("known")
    EvidenceCache(library).tidy()
    assert EvidenceCache(library).entities("short") == ()
