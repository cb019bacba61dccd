from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from sources.errors import CrossreadError, LibraryDamaged
from sources.library import Library
from sources.model import Anchor, NoteFields, Ref, Span
from tests.library.parsed_files import BRIDGE, FERRY, page, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE versions SET text = 'Other words.'", "is not the one that was saved"),
        ("""UPDATE versions SET zones = '[["body",0,3]]'""", "do not cover its text"),
        ("DELETE FROM versions", "lacks the text of its newest version"),
        ("UPDATE pages SET text = text || 'x'", "page of saltmarsh"),
        ("DELETE FROM changes WHERE number = 2", "No change is on record for saltmarsh/2"),
        ("UPDATE counters SET value = 0", "there is a change 1"),
        ("UPDATE targets SET start = start + 1", "Note 1 says that its passage is in saltmarsh/1"),
    ],
)
def test_what_was_tampered_with_is_told(library: Library, damage: str, said: str) -> None:
    put(library, page(FERRY, BRIDGE))
    library.create_note(NoteFields("x"), [(Ref("saltmarsh", 1), Anchor.at(FERRY, Span(4, 9)))])
    assert library.check() == ()
    with library._database.writing() as connection:
        connection.execute(damage)
    assert any(said in problem for problem in library.check())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE versions SET zones = '[[\"body\",0'", "cannot be read"),
        ("UPDATE versions SET zones = '[[\"corpus\",0,9]]'", "cannot be read"),
        ('UPDATE versions SET zones = \'[["body","0",9]]\'', "do not cover"),
        ("UPDATE pages SET zones = '[{}]'", "cannot be read"),
        ("UPDATE versions SET text = CAST(x'41ff42' AS TEXT)", "is not the one that was saved"),
    ],
)
def test_what_cannot_be_read_any_more_is_told_and_is_no_crash(
    library: Library, damage: str, said: str
) -> None:
    put(library, page(FERRY, BRIDGE))
    with library._database.writing() as connection:
        connection.execute(damage)
    with pytest.raises(LibraryDamaged, match="was left as it is"):
        (library.story("saltmarsh"), *library.texts())
    assert any(said in problem for problem in library.check())


@pytest.mark.parametrize("seed", range(24))
def test_bytes_changed_anywhere_never_crash(tmp_path: Path, seed: int) -> None:
    with Library.open(tmp_path) as library:
        put(library, page(FERRY, BRIDGE))
        library.create_note(NoteFields("x"), [(Ref("saltmarsh", 1), Anchor.at(FERRY, Span(4, 9)))])
    path = tmp_path / "library.db"
    data = bytearray(path.read_bytes())
    dice = random.Random(seed)  # noqa: S311 - has to be the same damage each time
    for _ in range(dice.choice([3, 60, 400])):
        data[dice.randrange(100, len(data))] = dice.choice([dice.randrange(256), *b'[]",{}9'])
    path.write_bytes(data)
    asked: list[Callable[[Library], object]] = [
        lambda library: library.stories(),
        lambda library: library.story("saltmarsh"),
        lambda library: list(library.texts()),
        lambda library: library.notes(),
        lambda library: put(library, page(FERRY, BRIDGE)),
        lambda library: library.remove("saltmarsh"),
        lambda library: library.check(),
    ]
    for ask in asked:
        with suppress(CrossreadError), Library.open(tmp_path) as library:
            ask(library)


def test_a_folder_that_is_open_to_others_is_told(library: Library) -> None:
    library.folder.chmod(0o755)
    (problem,) = library.check()
    assert "0755" in problem
    assert "0700" in problem
