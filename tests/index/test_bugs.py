"""A bug is no damage: it is logged, and the index stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from index import SearchIndex
from sources import places
from tests.index.shelf import draft as text
from tests.index.shelf import put, put_texts

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library


class Odd(Exception):
    """What no damaged file raises."""


WORDS = "words of a source"
KINDS = [Odd, ValueError, IndexError]


def failing(kind: type[Exception]) -> Any:
    def fail(*_: object, **__: object) -> Any:
        raise kind(WORDS)

    return fail


@pytest.fixture
def ferries(library: Library) -> Library:
    put_texts(library, "s", {str(number): f"The ferry number{number} left." for number in range(5)})
    return library


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_bug_in_searching_is_raised_and_nothing_is_built_anew(
    ferries: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    with SearchIndex.open(folder, ferries) as opened:
        before = files(folder)
        with monkeypatch.context() as patched:
            patched.setattr("index.search.Evaluator.evaluate", failing(kind))
            with pytest.raises(kind):
                opened.search("ferry")
        assert files(folder) == before
        assert opened.search("ferry").total == 5
    assert not list(folder.parent.glob("index.damaged-*"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_bug_in_writing_leaves_the_old_index_to_answer_from(
    ferries: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    with SearchIndex.open(folder, ferries) as opened:
        opened.catch_up()
        put(ferries, "s", text("The ferry number5 left.", "5"))
        with monkeypatch.context() as patched:
            patched.setattr("index.whoosh_engine.index_writer._record", failing(kind))
            done = opened.catch_up()
        assert done.failed
        assert not done.rebuilt
        assert f"something went wrong ({kind.__name__}); the details are in {places.log_file()}" in str(
            done.reason
        )
        assert opened.search("ferry").total == 5
        opened.catch_up()
        assert opened.search("ferry").total == 6
        assert opened.problems() == ()
    log = places.log_file().read_text("utf-8")
    assert kind.__name__ in log
    assert WORDS not in log
    assert not list(folder.parent.glob("index.damaged-*"))


def test_damage_is_told_from_a_bug_by_the_files(
    ferries: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SearchIndex.open(folder, ferries) as opened:
        assert opened.search("ferry").total == 5
        (segment,) = folder.glob("*.seg")
        data = bytearray(segment.read_bytes())
        data[len(data) // 2] ^= 1
        segment.unlink()
        segment.write_bytes(data)
        with monkeypatch.context() as patched:
            calls: list[int] = []
            from index.evaluation import Evaluator

            evaluate = Evaluator.evaluate

            def once(self: Any, node: Any) -> Any:
                calls.append(1)
                if len(calls) == 1:
                    raise IndexError("what a damaged file raised")
                return evaluate(self, node)

            patched.setattr("index.search.Evaluator.evaluate", once)
            assert opened.search("ferry").total == 5
        assert opened.problems() == ()
    assert list(folder.parent.glob("index.damaged-*"))


def test_who_leaves_while_it_is_indexed_is_no_trouble_of_the_index(ferries: Library, folder: Path) -> None:
    from tui.app.workers import Abandoned

    def leave(_: object) -> None:
        raise Abandoned

    with SearchIndex.open(folder, ferries) as opened:
        opened.catch_up()
        put(ferries, "s", text("The ferry number5 left.", "5"))
        with pytest.raises(Abandoned):
            opened.catch_up(progress=leave)
        assert opened.catch_up().changed == 1
    assert not places.log_file().exists()
    assert not list(folder.parent.glob("index.damaged-*"))
