from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

import index.preparing
import index.writing
from index import SearchIndex
from index.evidence_fields import Described
from index.preparing import prepared
from tests.index.shelf import put_texts

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library


@pytest.fixture
def filled(library: Library) -> Library:
    put_texts(
        library,
        "s",
        {str(n): f"The ferry number{n} paid ${n}.5 million, said Ann Ferrier." for n in range(70)},
    )
    return library


def test_texts_are_prepared_the_same_in_other_processes(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    texts = [Described(source) for source in filled.texts()]
    assert list(prepared(texts, serial=3)) == list(prepared(texts, serial=1000))


def test_a_system_without_other_processes_does_all_in_one(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.preparing, "_executor", lambda _: None)
    monkeypatch.setattr(index.writing, "prepared", partial(prepared, serial=5))
    with SearchIndex.open(folder, filled) as opened:
        assert opened.search("ferry", all_copies=True).total == 70
        assert opened.search("number33").total == 1
        assert opened.problems() == ()


def test_an_index_that_several_processes_made_is_whole(
    filled: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(index.writing, "prepared", partial(prepared, serial=5))
    with SearchIndex.open(folder, filled) as opened:
        assert opened.search("ferry", all_copies=True).total == 70
        assert opened.problems() == ()
