"""Where the pages of an original begin in a text, and when a page was saved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from sources.library import Library
from sources.library.database import Database
from sources.library.migrations import STEPS
from sources.model import Locator, LocatorKind, ParsedFile, Ref, located
from tests.library.parsed_files import FERRY, article, put

PAGES = (Locator(0, LocatorKind.PAGE, "iv"), Locator(40, LocatorKind.PAGE, "1"))
REF = Ref("ferry", 1)


def paged(*locators: Locator, text: str = FERRY, accessed: str | None = None) -> ParsedFile:
    made = article(text)
    return replace(made, sources=(replace(made.sources[0], locators=locators, accessed=accessed),))


def test_they_are_kept_with_each_version(library: Library) -> None:
    put(library, paged(*PAGES, accessed="2031-06-12T10:00:00+00:00"), slug="ferry")
    source = library.source(REF)
    assert (source.locators, source.accessed) == (PAGES, "2031-06-12T10:00:00+00:00")
    assert library.entries("ferry")[0].accessed == source.accessed
    assert put(library, paged(*PAGES), slug="ferry").unchanged == (REF,)
    put(library, paged(PAGES[0], text=f"{FERRY} Again."), slug="ferry")
    assert library.source(REF).locators == PAGES[:1]
    assert library.source(REF, version=1).locators == PAGES
    assert library.check() == ()


def test_new_ones_of_the_same_text_take_the_place_of_the_old(library: Library) -> None:
    put(library, paged(), slug="ferry")
    assert put(library, paged(*PAGES), slug="ferry").changed == (REF,)
    assert (library.source(REF).version, library.source(REF).locators) == (1, PAGES)


@pytest.mark.parametrize("start", [-1, len(FERRY)])
def test_one_beyond_its_text_is_refused(library: Library, start: int) -> None:
    with pytest.raises(ValueError, match="a locator stands at"):
        put(library, paged(Locator(start, LocatorKind.PAGE, "1")), slug="ferry")


def test_damaged_ones_are_found(library: Library) -> None:
    put(library, paged(*PAGES), slug="ferry")
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute('UPDATE versions SET locators = \'[[9999, "page", "1"]]\'')
    assert any("locators of ferry/1" in problem for problem in library.check())


def test_a_library_from_before_them_learns_to_keep_them(library: Library) -> None:
    folder = library.folder.with_name("earlier")
    folder.mkdir(mode=0o700)
    Database(folder / "library.db", steps=STEPS[:5]).close()
    with Library.open(folder) as later:
        put(later, paged(*PAGES), slug="ferry")
        assert later.source(REF).locators == PAGES


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [(0, 10, "p. 4"), (9, 11, "pp. 4–5"), (10, 11, "p. 5"), (10, 99, "pp. 5–7"), (20, 30, "p. 7")],
)
def test_a_passage_is_on_a_page_or_on_several(start: int, end: int, said: str) -> None:
    pages = tuple(Locator(at, LocatorKind.PAGE, name) for at, name in ((0, "4"), (10, "5"), (20, "7")))
    assert str(located(pages, start, end)) == said


def test_a_passage_before_the_first_page_has_none_and_a_time_is_no_page() -> None:
    assert located((), 0, 5) is None
    assert located((Locator(5, LocatorKind.PAGE, "1"),), 0, 5) is None
    assert str(located((Locator(5, LocatorKind.PAGE, "1"),), 0, 6)) == "p. 1"
    times = (Locator(0, LocatorKind.TIME, "0:12"), Locator(5, LocatorKind.TIME, "0:15"))
    assert str(located(times, 1, 9)) == "0:12–0:15"
    assert str(located(times, 1, 3)) == "0:12"
