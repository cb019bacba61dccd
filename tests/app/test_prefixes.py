"""Keys that wait for another: counts before motions, two keys in a row, letters of named places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tests.app.test_key_order import burst
from tui.app.prefixes import FIRST_WAIT, NEXT_WAIT
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver

STORY = "harbour-deal"


def line_of(driver: Driver) -> int:
    reader = driver.main.reader
    return reader.text_layout.line_of(reader.cursor)


def lines_below(driver: Driver, count: int) -> int:
    """Return where the cursor is when it has gone so many lines with words down from the first."""
    lines = [place for place, line in enumerate(driver.main.reader.text_layout.lines) if not line.spacer]
    return lines[count]


async def test_a_number_before_a_motion_does_it_as_often_in_texts_lists_and_maps(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("3", "j")
        assert (line_of(driver), main.view) == (lines_below(driver, 3), "read")
        await driver.press("1", "2", "j")
        assert line_of(driver) == lines_below(driver, 15)
        await driver.press("g", "g")
        sentences = main.reader.document.sentences
        await driver.press("2", ")")
        assert main.reader.cursor == sentences[2].start
        await driver.press("9", "G")
        assert line_of(driver) in {8, 9}
        await driver.press("9", "9", "9", "G")
        assert line_of(driver) == lines_below(driver, -1)

        await driver.press("escape", "4", "3")
        await driver.until(lambda: main.view == "story", "the story")
        await driver.at_rest()
        rows = [row.key for row in main.story_view.contents.rows if not row.passed_over]
        await driver.press("5", "j")
        assert main.story_view.contents.highlighted_key == rows[5]
        await driver.press("2", "G")
        assert main.story_view.contents.highlighted_key == rows[1]

        await driver.press("7")
        await driver.sees("▸ 7 Figures")
        await driver.at_rest()
        box = main.focused
        await driver.press("g", "g", "2", "j")
        assert getattr(box, "row", None) == 2


async def test_a_digit_that_no_motion_follows_is_its_view_when_the_wait_is_over_or_with_alt_at_once(
    folder: Path,
) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.pilot.press("4")
        driver.clock.pass_by(FIRST_WAIT - 0.01)
        await driver.pilot.pause()
        assert main.view == "read"
        assert "4…" in driver.screen.splitlines()[-1]
        driver.clock.pass_by(0.01)
        await driver.pilot.pause()
        await driver.until(lambda: main.view == "notes", "the notes")
        assert "…" not in driver.screen.splitlines()[-1][:8]
        await driver.pilot.press("alt+1")
        await driver.until(lambda: main.view == "read", "the text")
        # What Textual makes of Escape and 4, as plain terminals send alt+4.
        driver.app.post_message(Key("cent_sign", "¢"))
        await driver.until(lambda: main.view == "notes", "the notes")
        await driver.press("slash")
        await driver.until(lambda: main.search_line.has_focus_within, "the line")
        driver.app.post_message(Key("cent_sign", "¢"))
        await driver.until(lambda: main.search_line.value == "¢", "a sign that is typed")


async def test_a_number_of_more_digits_waits_longer_and_then_each_is_its_view(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.pilot.press("4", "2")
        driver.clock.pass_by(NEXT_WAIT - 0.01)
        await driver.pilot.pause()
        assert driver.main.view == "read"
        await driver.pilot.press("j")
        assert line_of(driver) > lines_below(driver, 4)
        await driver.pilot.press("4", "2")
        driver.clock.pass_by(NEXT_WAIT)
        await driver.until(lambda: driver.main.view == "compare", "the last of the views")
        await driver.press("ctrl+o")
        assert driver.main.view == "notes"


async def test_another_key_comes_after_the_view_of_the_digit_and_acts_there(folder: Path) -> None:
    async with running(folder) as driver:
        burst(driver, "4", "f", "x")
        await driver.until(lambda: driver.main.notes_view.filter_line.value == "x", "the filter of the notes")
        burst(driver, "escape", "1", "2", "1", "a")
        await driver.sees("Note on harbour-deal/1")


async def test_escape_drops_what_waits_and_does_nothing_else(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("v", "w", "4", "escape")
        assert driver.main.reader.selection is not None
        await driver.press("g", "escape", "g")
        assert "g…" in driver.screen
        await driver.press("j")
        assert "g…" not in driver.screen
        assert line_of(driver) == lines_below(driver, 1)
        driver.clock.pass_by(10)
        await driver.pilot.pause()
        assert driver.main.view == "read"


async def test_digits_are_digits_where_one_types_and_zero_alone_is_a_motion(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("3", "w", "0")
        reader = driver.main.reader
        assert reader.cursor == reader.text_layout.lines[line_of(driver)].start
        burst(driver, "/", *"12gg0")
        await driver.until(lambda: driver.main.search_line.value == "12gg0", "the query")


async def test_a_counted_hit_is_gone_to_over_the_sources_and_the_last_is_said_once(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("slash", *"Blackfen")
        await driver.until(lambda: main.state.search.results, "results")
        await driver.press("enter", "enter")
        await driver.until(lambda: main.view == "read", "a hit")
        await driver.at_rest()
        way = []
        for _ in range(6):
            way.append((main.state.ref, main.reader.cursor))
            await driver.press("n")
            await driver.at_rest()
        way.append((main.state.ref, main.reader.cursor))
        assert len({ref for ref, _ in way}) > 1
        for _ in range(6):
            await driver.press("N")
            await driver.at_rest()
        assert (main.state.ref, main.reader.cursor) == way[0]
        await driver.press("6", "n")
        await driver.until(lambda: (main.state.ref, main.reader.cursor) == way[6], "the sixth")
        await driver.at_rest()
        await driver.press("9", "9", "n")
        await driver.sees("No further hit")
        await driver.at_rest()
        assert driver.screen.count("No further hit") == 1


async def test_a_counted_undo_takes_as_much_back(folder: Path) -> None:
    async with running(folder) as driver:
        for word in ("one", "two", "three"):
            await driver.press("a")
            await driver.sees("ctrl+s")
            await driver.type(word)
            await driver.press("ctrl+s")
            await driver.sees("Notes here", word)
            await driver.at_rest()
        await driver.press("2", "u")
        await driver.until(lambda: [note.text for note in driver.main.state.notes] == ["one"], "one note")
        await driver.press("2", "ctrl+r")
        await driver.until(lambda: len(driver.main.state.notes) == 3, "all notes")
        await driver.at_rest()


async def test_the_line_under_the_cursor_comes_to_the_top_the_middle_and_the_bottom(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        reader = driver.main.reader
        await driver.press("]")
        await driver.until(lambda: driver.main.state.ref == Ref(STORY, 2), "a longer text")
        await driver.press("2", "0", "j")

        def row() -> int:
            above = reader.virtual_size.height - len(reader.text_layout)
            return above + line_of(driver) - reader.scroll_offset.y

        await driver.press("z", "t")
        assert row() == 0
        await driver.press("z", "b")
        assert row() == reader.scrollable_content_region.height - 1
        await driver.press("z", "z")
        assert row() == (reader.scrollable_content_region.height - 1) // 2
        assert line_of(driver) == lines_below(driver, 20)


async def test_pages_and_ends_of_lines_have_the_keys_of_vim(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        reader = driver.main.reader
        await driver.press("pagedown")
        page = line_of(driver)
        await driver.press("g", "g", "space")
        assert line_of(driver) == page
        await driver.press("ctrl+b")
        assert line_of(driver) < page
        await driver.press("g", "g", "ctrl+f", "$")
        line = reader.text_layout.lines[page]
        assert reader.document.text[reader.cursor :].startswith(reader.document.text[line.end - 1])
        await driver.press("^")
        assert reader.cursor == line.start
        assert driver.main.state.marked == []
        await driver.press("M")
        assert driver.main.state.marked == [Ref(STORY, 1)]


async def test_the_word_under_the_cursor_is_found_further_on_and_further_up(folder: Path) -> None:
    async with running(folder) as driver:
        reader = driver.main.reader
        text = reader.document.text.casefold()
        places = [place for place in range(len(text)) if text.startswith("meridian", place)]
        assert len(places) > 2
        reader.go_to(places[0] + 3)
        await driver.press("asterisk")
        assert reader.cursor == places[1]
        await driver.sees(f"2/{len(places)}")
        await driver.press("n")
        assert reader.cursor == places[2]
        await driver.press("number_sign")
        assert reader.cursor == places[1]
        await driver.press("ctrl+o")
        assert reader.cursor == places[2]
        await driver.press("number_sign", "n")
        assert reader.cursor == places[0]
        await driver.press("N")
        assert reader.cursor == places[1]


@pytest.mark.parametrize(
    ("address", "opened"),
    [("https://courier.example/a?b=c", True), ("javascript:alert(1)", False), ("file:///etc/passwd", False),
     ("-new-window https://x.example", False), ("", False)],
)  # fmt: skip
async def test_the_address_of_a_source_opens_in_the_browser_if_it_is_one_of_the_web(
    folder: Path, *, address: str, opened: bool
) -> None:
    with Library.open(folder) as library:
        library.edit_sources([Ref(STORY, 1)], {"url": address})
    async with running(folder) as driver:
        asked: list[str] = []

        def opens(address: str) -> bool:
            asked.append(address)
            return True

        driver.main.reading.opens_address = opens
        await driver.press("g", "x")
        await driver.sees("Opened in the browser" if opened else "has no address of the web")
        assert asked == ([address] if opened else [])


async def test_without_a_browser_the_address_is_copied(folder: Path) -> None:
    with Library.open(folder) as library:
        library.edit_sources([Ref(STORY, 1)], {"url": "https://courier.example/a"})
    async with running(folder) as driver:
        driver.main.reading.opens_address = lambda address: not address
        await driver.press("g", "x")
        await driver.sees("copied instead")
        assert driver.app.clipboard == "https://courier.example/a"


async def test_places_with_a_letter_are_come_back_to_also_after_a_restart(folder: Path) -> None:
    async with running(folder) as driver:
        main, reader = driver.main, driver.main.reader
        reader.go_to(500)
        await driver.press("m", "a", "m", "B", "G", "'")
        assert "' B a…" in driver.screen.splitlines()[-1]
        await driver.press("a")
        assert reader.cursor == 500
        await driver.press("'", "'")
        assert reader.cursor > 500
        await driver.press("]")
        await driver.until(lambda: main.state.ref == Ref(STORY, 2), "the next source")
        await driver.press("'")
        assert "' B…" in driver.screen.splitlines()[-1]
        await driver.press("a")
        await driver.sees("No place is called a here")
        await driver.press("m", "escape", "m", "j")
        await driver.press("4")
        await driver.until(lambda: main.view == "notes", "the notes, when the digit has waited")
        await driver.at_rest()
        await driver.press("ctrl+q")
    async with running(folder) as driver:
        main = driver.main
        await driver.until(lambda: main.view == "notes", "the notes")
        await driver.press("'", "B")
        await driver.until(lambda: main.state.ref == Ref(STORY, 1) and main.view == "read", "the place")
        assert main.reader.cursor == 500
        await driver.press("G", "'", "a")
        assert main.reader.cursor == 500


async def test_a_key_that_names_no_place_is_what_it_is(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("m", "ctrl+d")
        assert line_of(driver) > 0


async def test_a_point_does_the_last_change_again_where_one_is(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press(".")
        await driver.sees("Nothing to repeat yet")
        await driver.press("M", "]")
        await driver.until(lambda: main.state.ref == Ref(STORY, 2), "the next source")
        await driver.press(".")
        assert main.state.marked == [Ref(STORY, 1), Ref(STORY, 2)]


async def test_a_label_is_given_again_by_a_point(coded: Path) -> None:
    async with running(coded) as driver:
        await driver.press("i", "c", "escape")
        await driver.at_rest()
        await driver.press(")", ")", ".")
        await driver.at_rest()
        await driver.press("i")
        await driver.until(lambda: len(driver.main.reader.marks(MarkKind.LABEL)) == 2, "two labels")


async def test_only_the_whole_word_is_found(folder: Path) -> None:
    async with running(folder) as driver:
        reader = driver.main.reader
        reader.go_to(reader.document.text.index(" port") + 1)
        await driver.press("asterisk")
        starts = [mark.start for mark in reader.marks(MarkKind.FIND)]
        text = reader.document.text
        assert starts
        assert not any(text[start - 1].isalpha() or text[start + 4].isalpha() for start in starts)
        assert len(starts) < text.casefold().count("port")


async def test_passages_are_copied_to_letters_and_put_into_a_note(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press('"', "a", "y", ")", '"', "A", "y", ")", "y")
        await driver.sees("Copied to A")
        kept = driver.main.state.registers
        first, second = kept.texts["a"].split("\n")
        assert driver.app.clipboard == kept.text('"') not in {first, second}
        await driver.press("a")
        await driver.sees("ctrl+s save")
        await driver.press("ctrl+r", "b")
        await driver.sees("Nothing was copied there")
        await driver.press("ctrl+r", "a", *"x", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].text == f"{first}\n{second}x"


async def test_what_was_copied_to_letters_is_there_after_a_restart(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press('"', "a", "y", ")", "y")
        await driver.sees("Copied")
        kept = dict(driver.main.state.registers.texts)
        assert set(kept) == {"a", '"'}
        driver.app.keep_session()
    async with running(folder) as driver:
        await driver.press("a")
        await driver.sees("ctrl+s save")
        await driver.press("ctrl+r", "a", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].text == kept["a"]


async def test_ctrl_z_leaves_the_program_waiting(folder: Path) -> None:
    async with running(folder) as driver:
        asked: list[str] = []
        driver.main.handlers["suspend"] = lambda: asked.append("suspend")
        await driver.press("ctrl+z")
        assert asked == ["suspend"]
