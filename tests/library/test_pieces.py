"""The structure that an import found, kept beside a text."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from sources.library import Library
from sources.library.database import Database
from sources.library.migrations import STEPS
from sources.model import ParsedFile, Piece, PieceKind, Ref
from tests.library.parsed_files import FERRY, article, put

REF = Ref("ferry", 1)
LINK = Piece(PieceKind.LINK, 4, 9, address="https://ferry.example/")
STRESSED = Piece(PieceKind.STRONG, 4, 9)


def _with(*pieces: Piece, text: str = FERRY) -> ParsedFile:
    made = article(text)
    return replace(made, sources=(replace(made.sources[0], pieces=pieces),))


def test_they_come_back_as_they_were_with_each_version(library: Library) -> None:
    put(library, _with(LINK, STRESSED), slug="ferry")
    assert library.source(REF).pieces == (LINK, STRESSED)
    put(library, _with(STRESSED, text=f"{FERRY} Again."), slug="ferry")
    assert library.source(REF).pieces == (STRESSED,)
    assert library.source(REF, version=1).pieces == (LINK, STRESSED)


def test_the_same_text_imported_again_brings_them_and_stays_one_version(library: Library) -> None:
    put(library, article(FERRY), slug="ferry")
    put(library, _with(LINK), slug="ferry")
    assert (library.source(REF).version, library.source(REF).pieces) == (1, (LINK,))


def test_a_piece_outside_its_text_is_refused_and_a_damaged_one_is_found(library: Library) -> None:
    put(library, _with(Piece(PieceKind.LINK, 0, len(FERRY))), slug="ferry")
    with pytest.raises(ValueError, match="not within its text"):
        put(library, _with(Piece(PieceKind.LINK, 0, len(FERRY) + 1)), slug="late")
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute('UPDATE versions SET pieces = \'[["link", 5, 5, 0, ""]]\'')
    assert any("structure of ferry/1" in problem for problem in library.check())


def test_a_library_of_the_version_before_keeps_its_texts_and_learns_to_keep_structure(
    library: Library,
) -> None:
    folder = library.folder.with_name("earlier")
    folder.mkdir(mode=0o700)
    old = Database(folder / "library.db", steps=STEPS[:8])
    with old.writing() as connection:
        connection.execute("INSERT INTO stories (id, slug, added) VALUES (1, 'ferry', '2031-05-01')")
        connection.execute(
            """INSERT INTO sources (id, story_id, number, path, key, format, version, words, sha256)
            VALUES (1, 1, 1, '/in/a.txt', '', 'article', 1, 3, 'x')"""
        )
        connection.execute(
            """INSERT INTO versions (source_id, version, added, sha256, zones, text)
            VALUES (1, 1, '2031-05-01', 'x', '[["body", 0, 12]]', 'It was late.')"""
        )
    old.close()
    with Library.open(folder) as later:
        assert (later.source(REF).text, later.source(REF).pieces) == ("It was late.", ())
        put(later, _with(LINK), slug="other")
        assert later.source(Ref("other", 1)).pieces == (LINK,)
