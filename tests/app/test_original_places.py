"""Pages of originals in the app, and the passage at which a search result opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import Anchor, Locator, LocatorKind, NoteFields, ParsedFile, ParsedSource, Ref, Span
from sources.notes.anchoring import find_anchor
from tests.app.conftest import Driver, running

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "The lantern was old.\n\n" + "Nothing happened on the quay that day. " * 12
BEST = "The keeper sold the lantern on Thursday."
TEXT = f"{FIRST}\n\n{BEST}"
REF = Ref("quay", 1)


@pytest.fixture
def paged(tmp_path: Path) -> Path:
    """Give a library with one text of two pages, and a note on the second."""
    folder = tmp_path / "library"
    pages = (
        Locator(0, LocatorKind.PAGE, "11"),
        Locator(TEXT.index(BEST), LocatorKind.PAGE, "12"),
    )
    with Library.open(folder) as library:
        source = ParsedSource(text=TEXT, key="quay", title="The quay", locators=pages)
        library.ingest(
            ParsedFile("text", (source,)), slug="quay", path="/made/quay.txt", reanchor=find_anchor
        )
        start = TEXT.index("keeper")
        place = (REF, Anchor.at(TEXT, Span(start, start + len("keeper"))))
        library.create_note(NoteFields(text="Who is he?"), [place])
    return folder


async def search(driver: Driver, words: str) -> None:
    await driver.press("slash")
    await driver.type(words)
    await driver.press("enter")
    await driver.until(lambda: driver.app.state.search.hits, "a hit")
    await driver.at_rest()


async def test_a_result_opens_at_the_passage_that_it_shows(paged: Path) -> None:
    async with running(paged) as driver:
        await search(driver, "sold lantern")
        await driver.sees("p. 12")  # beside the snippet
        await driver.press("enter")
        await driver.until(lambda: driver.app.state.ref == REF, "the text")
        await driver.at_rest()
        assert driver.main.reader.cursor == TEXT.index("sold the lantern")
        await driver.sees("hit 2/3")


async def test_the_page_is_in_the_status_line_in_notes_and_on_the_clipboard(paged: Path) -> None:
    async with running(paged) as driver:
        await driver.press("enter")
        await driver.until(lambda: driver.app.state.ref == REF, "the text")
        await driver.sees("p. 11", "p. 12 Who is he?")
        await driver.press("G")
        await driver.press("Y", "c")
        await driver.at_rest()
        assert driver.app.clipboard == f"“{BEST}” — The quay, p. 12, quay/1"
        await driver.press("4")
        await driver.sees("quay/1, p. 12", "quay/1 p. 12")


async def test_what_cannot_be_marked_is_said_as_it_is(paged: Path) -> None:
    async with running(paged) as driver:
        state = driver.main.state
        driver.main.set_focus(driver.main.reader)
        state.source, state.wanted = None, REF
        await driver.press("M")
        await driver.sees("quay/1 is still being opened.")
