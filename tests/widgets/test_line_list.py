from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content

from tests.waiting import screen_text, wait_until
from tests.widgets.strategies import HOSTILE
from tui.app.widgets.virtual_list import MOST_LINES, Row, VirtualList


def rows(count: int) -> list[Row]:
    return [Row(f"key{number}", Content(f"Row {number}"), "≈●") for number in range(count)]


class Shelf(App[None]):
    """One list, and what it said."""

    def __init__(self, *shown: Row) -> None:
        super().__init__()
        self.list = VirtualList(shown, placeholder="Nothing here yet")
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()

    def on_virtual_list_highlighted(self, message: VirtualList.Highlighted) -> None:
        self.heard.append(f"at {message.key}")

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.heard.append(f"chose {message.key}")


async def test_the_highlight_is_seen_without_colour_and_moves_with_keys() -> None:
    app = Shelf(*rows(50))
    async with app.run_test(size=(30, 10)) as pilot:
        await wait_until(pilot, lambda: "› Row 0" in screen_text(pilot))
        await pilot.press("j", "down", "k")
        await wait_until(pilot, lambda: "› Row 1 " in screen_text(pilot))
        await pilot.press("G")
        await wait_until(pilot, lambda: "› Row 49" in screen_text(pilot))
        await pilot.press("ctrl+u")
        await wait_until(pilot, lambda: "› Row 44" in screen_text(pilot))
        await pilot.press("g>g", "enter")
        await wait_until(pilot, lambda: app.heard[-1] == "chose key0")


async def test_headings_are_passed_over() -> None:
    heading = Row("h", Content("Stories"), disabled=True)
    app = Shelf(heading, *rows(2), Row("h2", Content("More"), disabled=True), Row("last", Content("Last")))
    async with app.run_test(size=(30, 10)) as pilot:
        await wait_until(pilot, lambda: "› Row 0" in screen_text(pilot))
        await pilot.press("j", "j")
        await wait_until(pilot, lambda: app.list.highlighted_key == "last")
        await pilot.press("k", "k", "k")
        await wait_until(pilot, lambda: app.list.highlighted_key == "key0")


async def test_new_rows_keep_the_highlight_by_its_key() -> None:
    app = Shelf(*rows(50))
    async with app.run_test(size=(30, 10)) as pilot:
        app.list.highlight("key20")
        await wait_until(pilot, lambda: "› Row 20" in screen_text(pilot))
        app.list.set_rows(rows(50)[15:])
        await wait_until(pilot, lambda: "› Row 20" in screen_text(pilot))
        assert app.list.highlighted_key == "key20"
        app.list.set_rows(rows(3))
        await wait_until(pilot, lambda: "› Row 2" in screen_text(pilot))
        assert "Row 0" in screen_text(pilot)
        app.list.set_rows([])
        await wait_until(pilot, lambda: app.list.highlighted_key is None)
        assert "Nothing here yet" in screen_text(pilot)
        await pilot.press("j", "enter")


async def test_long_rows_are_cut_and_hints_stay_at_the_edge() -> None:
    app = Shelf(*rows(1), Row("wide", Content("港は水曜日に売却された。これは長い"), "●"))
    async with app.run_test(size=(20, 5)) as pilot:
        await wait_until(pilot, lambda: "…" in screen_text(pilot))
        first, second = screen_text(pilot).splitlines()[:2]
        assert first.endswith("≈●")
        assert "…" in second
        assert second.endswith("●")


async def test_the_highlighted_row_has_the_lines_that_it_needs_while_keys_go_to_the_list() -> None:
    fits, over = "just fits in here!", "one cell too many!!"  # 20 cells less a blank and the hint
    long = " ".join(f"word{number}" for number in range(60))
    texts = {"a": fits, "b": over, "c": long}
    app = Shelf(*(Row(key, Content(text), "2") for key, text in texts.items()), *rows(9))
    async with app.run_test(size=(23, 9)) as pilot:  # with the scrollbar

        def first_lines(count: int) -> list[str]:
            return [line[:22].rstrip() for line in screen_text(pilot).splitlines()[:count]]

        await wait_until(pilot, lambda: first_lines(2) == [f"› {fits} 2", "  one cell too many… 2"])
        await pilot.press("j")
        await wait_until(pilot, lambda: first_lines(3)[1:] == ["› one cell too       2", "  many!!"])
        await pilot.press("j")
        await wait_until(pilot, lambda: "› word0" in screen_text(pilot))
        lines = screen_text(pilot).splitlines()
        shown = [line for line in lines if "word" in line]
        assert len(shown) == MOST_LINES
        assert shown[-1].rstrip().endswith("…")
        await pilot.click(VirtualList, offset=(4, lines.index(shown[-1]) + 1))  # the row below the last line
        await wait_until(pilot, lambda: "chose key0" in app.heard)
        app.list.highlight("c")
        await wait_until(pilot, lambda: "› word0" in screen_text(pilot))
        app.set_focus(None)
        await wait_until(pilot, lambda: sum("word" in line for line in screen_text(pilot).splitlines()) == 1)


async def test_a_click_chooses() -> None:
    app = Shelf(*rows(5))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.click(VirtualList, offset=(4, 3))
        await wait_until(pilot, lambda: "chose key3" in app.heard)
        assert app.list.highlighted_key == "key3"


async def test_a_hundred_thousand_rows_are_like_ten() -> None:
    app = Shelf(*rows(100_000))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.press("G")
        await wait_until(pilot, lambda: "› Row 99999" in screen_text(pilot))
        await pilot.press("pageup", "home")
        await wait_until(pilot, lambda: "› Row 0" in screen_text(pilot))


async def test_nothing_hostile_reaches_the_screen() -> None:
    app = Shelf(Row("bad", Content(HOSTILE), HOSTILE[:6]))
    async with app.run_test(size=(120, 5)) as pilot:
        await wait_until(pilot, lambda: "[red]no[/red] [/x]" in screen_text(pilot))
        assert not set(app.list.render_line(0).text) & set("\x1b\x07\x9b\x85\u202e\u2066\x7f\x00\ud800")


async def test_what_stands_for_no_rows_is_told_to_its_end_in_a_narrow_list() -> None:
    app = Shelf()
    app.list.placeholder = "Choose in the box of origins which sources are meant."
    async with app.run_test(size=(24, 6)) as pilot:
        await wait_until(pilot, lambda: "are meant." in screen_text(pilot))
        assert " ".join(screen_text(pilot).split()).startswith(app.list.placeholder)
        assert "…" not in screen_text(pilot)
