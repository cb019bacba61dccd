"""A text as it is meant, in the app: its structure is drawn, its links can be seen and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tui.app.dialogs.jump_mode import labels_for

if TYPE_CHECKING:
    from pathlib import Path

    from textual.geometry import Offset

    from tests.app.conftest import Driver

TEXT = """# The harbour deal

Northport plc said on **Thursday** that [Meridian Fund](https://meridian.example/fund "the fund") would buy.

- The Courier says that the board met twice and that nothing had been agreed before the end of the summer
- The Mail says [nothing](file:///etc/passwd)

| Paper | Price |
|-------|------:|
| The Courier | 4 |
| The Mail | 12 |
"""


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """Give the folder of a library with a text in Markdown."""
    (tmp_path / "deal.md").write_text(TEXT, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        import_paths(library, [str(tmp_path / "deal.md")], story="deal")
    return tmp_path / "library"


@pytest.mark.parametrize("size", [(60, 30), (120, 40)])
async def test_a_text_in_markdown_is_drawn_as_it_is_meant(deal: Path, size: tuple[int, int]) -> None:
    async with running(deal, size) as driver:
        await driver.sees("Thursday", "Fund[1]", "• The Courier", "The Mail    │    12")
        screen = driver.screen
        assert not [mark for mark in ("**", "](", "|---") if mark in screen]
        assert "file:" not in screen


async def test_the_link_under_the_cursor_says_where_it_leads_and_opens(deal: Path) -> None:
    async with running(deal) as driver:
        asked: list[str] = []

        def opens(address: str) -> bool:
            asked.append(address)
            return True

        driver.main.reading.opens_address = opens
        driver.main.reader.go_to(TEXT.index("Fund]"))
        await driver.sees("[1] https://meridian.example/fund ")
        await driver.press("g", "x")
        await driver.sees("Opened in the browser")
        assert asked == ["https://meridian.example/fund"]
        driver.main.reader.go_to(TEXT.index("nothing]"))
        await driver.misses("[1] https://meridian.example/fund ")
        await driver.press("g", "x")
        await driver.sees("has no address of the web")
        assert len(asked) == 1


async def test_a_word_found_between_marks_is_marked_and_noted_at_its_true_place(deal: Path) -> None:
    async with running(deal) as driver:
        await driver.press("f")
        await driver.type("thursday")
        await driver.press("enter")
        assert driver.main.reader.cursor == TEXT.index("Thursday")
        await driver.press("v", "e", "a")
        await driver.type("which week?")
        await driver.press("ctrl+s")
        await driver.sees("which week?")
        await driver.at_rest()
    with Library.open(deal) as library:
        (note,) = library.notes(ref=Ref("deal", 1))
        assert note.targets[0].anchor.quote == "Thursday"


async def test_the_outline_leads_to_a_heading_and_the_way_back(deal: Path) -> None:
    (deal.parent / "long.md").write_text("# One\n\n" + "Words.\n\n" * 60 + "## Two *parts*\n\nMore.\n")
    with Library.open(deal) as library:
        import_paths(library, [str(deal.parent / "long.md")], story="deal")
    async with running(deal) as driver:
        await driver.press("]")
        await driver.until(lambda: driver.main.state.ref == Ref("deal", 2), "the long text")
        await driver.press("g", "O")
        await driver.sees("Outline", "› One", "Two parts")
        await driver.press("j", "enter")
        assert driver.main.reader.document.text[driver.main.reader.cursor :].startswith("## Two")
        await driver.sees("## Two parts", "More.")
        await driver.press("ctrl+o")
        assert driver.main.reader.cursor == 0


async def test_the_outline_of_a_story_page_has_its_parts_and_leads_to_one(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("3")
        await driver.until(lambda: main.focused_pane is not None and main.view == "story", "the page")
        await driver.at_rest()
        await driver.press("g", "O")
        await driver.sees("Outline of Northport", "Summary", "› ", "5  Audit", "Timeline")
        await driver.press("G", "enter")
        await driver.until(lambda: (main.focused_pane or main).id == "timeline", "the last part")
        await driver.press("Z", "g", "O")
        await driver.sees("›    Timeline")
        await driver.press("g", "g", "enter")
        await driver.until(lambda: (main.focused_pane or main).id == "summary-pane", "the first part")
        assert main.pane_layout.maximised is main.focused_pane, "in the size of the one before"


async def test_a_text_without_headings_or_links_says_so(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("g", "l")
        await driver.sees("This text has no links")


async def test_the_list_of_links_has_their_numbers_and_goes_to_one(deal: Path) -> None:
    async with running(deal) as driver:
        await driver.press("g", "l")
        await driver.sees("1  Meridian Fund  https://meridian.example/fund")
        assert "file:" not in driver.screen
        await driver.press("enter")
        assert driver.main.reader.cursor == TEXT.index("Meridian")


async def test_the_words_alone_are_copied_and_what_else_one_wants_is_asked(deal: Path) -> None:
    with Library.open(deal) as library:
        library.edit_sources([Ref("deal", 1)], {"url": "https://courier.example/a"})
    async with running(deal) as driver:
        driver.main.reader.go_to(TEXT.index("plc said"))
        await driver.press("y")
        words = "Northport plc said on Thursday that Meridian Fund would buy."
        assert driver.app.clipboard.strip() == words
        copied = {"c": f"“{words}” — The harbour deal, https://courier.example/a, deal/1", "r": "deal/1",
                  "u": "https://courier.example/a"}  # fmt: skip
        for key, said in copied.items():
            await driver.press("Y")
            await driver.sees("Copy as")
            await driver.press(key)
            assert (
                driver.app.clipboard.replace("**", "").replace(
                    '[Meridian Fund](https://meridian.example/fund "the fund")', "Meridian Fund"
                )
                == said
            )


async def _press_letter_at(driver: Driver, at: Offset) -> None:
    """Ask for letters, and type the one that stands at a cell."""

    def there() -> str:
        return driver.screen.splitlines()[at.y][at.x]

    before = there()
    await driver.press("comma")
    await driver.until(lambda: there() != before, "the letter")
    label = driver.screen.splitlines()[at.y][at.x : at.x + 2]
    await driver.press(label[0])
    if driver.app.screen is not driver.main:
        await driver.press(label[1])
    await driver.until(lambda: driver.app.screen is driver.main, "the jump")


@pytest.mark.parametrize("size", [(60, 30), (120, 40)])
async def test_letters_lead_to_what_is_in_view_and_the_jump_has_a_way_back(
    deal: Path, size: tuple[int, int]
) -> None:
    async with running(deal, size) as driver:
        reader = driver.main.reader
        start, link = reader.cursor, TEXT.index("Meridian")
        at = next(place for offset, place in reader.places_in_view() if offset == link)
        await _press_letter_at(driver, at)
        assert reader.cursor == link
        await driver.press("ctrl+o")
        assert reader.cursor == start
        await driver.press("comma", "escape")
        assert driver.app.screen is driver.main
        assert reader.cursor == start


async def test_letters_lead_to_rows_of_lists_too(folder: Path) -> None:
    async with running(folder) as driver:
        listing = driver.main.library_pane.listing
        key, at = list(listing.places_in_view())[3]
        await _press_letter_at(driver, at)
        assert driver.app.focused is listing
        assert listing.highlighted_key == key


def test_labels_are_letters_and_two_of_them_where_one_does_not_do() -> None:
    assert len(set(labels_for(26))) == 26
    assert max(map(len, labels_for(26))) == 1
    assert [len(label) for label in labels_for(27)] == [1] * 25 + [2, 2]
    assert len(labels_for(10_000)) == 26 * 26
    for count in (27, 51, 52, 300, 676):
        labels = labels_for(count)
        assert len(set(labels)) == count
        assert not {label[0] for label in labels if len(label) == 2} & {
            one for one in labels if len(one) == 1
        }
