"""The list of the library: its filter, its orders, and what its width has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import Ref, SourceEntry, StoryEntry
from tests.app.conftest import running
from tests.library.parsed_files import article, put
from tui.app.state import LibraryListing
from tui.app.views.library import Columns, LibraryRows, Signs
from tui.app.views.library_order import ORDERS, Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FERRY = StoryEntry("ferry", "The ferry sale", 3, has_summary=True, added="2031-05-02T10:00:00Z")
OYSTERS = StoryEntry("oysters", None, 1, has_summary=False, added="2031-06-01T10:00:00Z")


def entry(ref: Ref, title: str | None, publisher: str, date: str | None, words: int) -> SourceEntry:
    return SourceEntry(ref, title, publisher, None, date, None, words, "", notes=ref.number == 2)


SALE = entry(Ref("ferry", 1), "Łódź buys a ferry", "The Courier", "2031-05-03", 200)
CREW = entry(Ref("ferry", 2), "Crew asks for answers", "Bay News", None, 350)
BANK = entry(Ref("ferry", 3), "A bank pays", "The Courier", "2031-05-09", 90)
FARM = entry(Ref("oysters", 1), None, "Shore Post", "2031-06-01", 120)
LISTING = LibraryListing((FERRY, OYSTERS), {"ferry": (SALE, CREW, BANK), "oysters": (FARM,)})


def keys(look: Look) -> Sequence[str]:
    return [row.key for row in LibraryRows(LISTING, Signs(), look).rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("courier", ["story:ferry", "ferry/1", "ferry/3"]),  # the publisher
        ("LODZ", ["story:ferry", "ferry/1"]),  # without its accents
        ("courier 05-09", ["story:ferry", "ferry/3"]),  # each of the words, also of the date
        ("oysters", ["story:oysters", "oysters/1"]),  # the ref, where there is no title
        ("ferry sale crew", ["story:ferry", "ferry/2"]),  # the title of the story
        ("is:noted", ["story:ferry", "ferry/2"]),
        ("is:marked", ["story:ferry", "ferry/3"]),
        ("is:unread courier", ["story:ferry", "ferry/3"]),
        ("zeppelin", []),
    ],
)
def test_only_sources_with_all_words_of_the_filter_are_listed(wanted: str, found: list[str]) -> None:
    assert keys(Look(wanted, marked=(Ref("ferry", 3),), read=frozenset({Ref("ferry", 1)}))) == found


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("name", "story:ferry ferry/1 ferry/2 ferry/3 ferry/summary story:oysters oysters/1"),
        ("added", "story:oysters oysters/1 story:ferry ferry/1 ferry/2 ferry/3 ferry/summary"),
        ("title", "story:oysters oysters/1 story:ferry ferry/3 ferry/2 ferry/1 ferry/summary"),
        ("date", "story:ferry ferry/3 ferry/1 ferry/2 ferry/summary story:oysters oysters/1"),
        ("length", "story:ferry ferry/2 ferry/1 ferry/3 ferry/summary story:oysters oysters/1"),
    ],
)
def test_stories_and_their_sources_have_one_order(order: str, found: str) -> None:
    assert order in ORDERS
    assert list(keys(Look(order=order))) == found.split()


@pytest.mark.parametrize(
    ("width", "hint"),
    [(39, "C"), (40, "C 2031-05-03"), (59, "C 2031-05-03"), (60, "The Courier 2031-05-03")],
)
def test_a_wider_list_has_dates_and_publishers_in_words(width: int, hint: str) -> None:
    rows = LibraryRows(LISTING, Signs(), columns=Columns.at(width)).rows
    assert next(row.hint for row in rows if row.key == "ferry/1") == hint


def test_all_that_is_known_of_a_row_is_told_without_what_is_nothing() -> None:
    rows = LibraryRows(LISTING, Signs())
    assert rows.told("ferry/2") == "Crew asks for answers · Bay News · 350 words · 1 note"
    assert rows.told("oysters/1") == "(no title) · Shore Post · 2031-06-01 · 120 words"
    assert rows.told("story:ferry") == "The ferry sale · 3 sources · added 2031-05-02"
    assert not rows.told("nothing")


async def test_what_is_typed_narrows_the_list_and_esc_gives_it_back(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        put(library, article("The ferry was sold.", title="Ferry sold to a bank of Northport"), slug="ferry")
        put(library, article("The oysters are late."), slug="oysters", path="/in/oysters.txt")
    async with running(tmp_path / "library", (120, 30)) as driver:
        pane = driver.main.library_pane
        driver.main.set_focus(pane.listing)
        await driver.press("f")
        await driver.pilot.press(*"northport")
        await driver.until(
            lambda: [row.key for row in pane.listing.rows] == ["story:ferry", "ferry/1"], "one"
        )
        assert pane.heading.info == "1 of 2"
        await driver.press("enter", "j")
        await driver.sees("Northport · ")  # the whole title, below the list
        await driver.press("escape")
        await driver.until(lambda: "story:oysters" in {row.key for row in pane.listing.rows}, "all of them")
        assert driver.main.focused is pane.listing
        await driver.press("S")
        await driver.sees("the newest stories first")
        assert driver.app.capture().library_order == "added"
