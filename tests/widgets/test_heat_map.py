from __future__ import annotations

from textual.app import App, ComposeResult

from sources.evidence.lineage.drawing import HeatCell, HeatMap
from sources.model import Ref
from tests.waiting import screen_text, wait_until
from tui.app.widgets.heat_map import HeatMapView


def drawn(count: int, shared: dict[tuple[int, int], HeatCell]) -> HeatMap:
    nothing, itself = HeatCell(0.0, None), HeatCell(1.0, "self")
    return HeatMap(
        tuple(Ref("harbour", number + 1) for number in range(count)),
        tuple(
            tuple(itself if row == column else shared.get((row, column), nothing) for column in range(count))
            for row in range(count)
        ),
    )


class Wall(App[None]):
    def __init__(self, count: int, shared: dict[tuple[int, int], HeatCell]) -> None:
        super().__init__()
        self.map = HeatMapView(id="map")
        self.shown = drawn(count, shared)
        self.chosen: list[tuple[int, int]] = []

    def compose(self) -> ComposeResult:
        yield self.map

    def on_mount(self) -> None:
        self.map.show(self.shown, [f"Title {ref.number}" for ref in self.shown.refs])
        self.map.focus()

    def on_matrix_chosen(self, message: HeatMapView.Chosen) -> None:
        self.chosen.append((message.row, message.column))


SHARED = {
    (1, 6): HeatCell(0.7, "partial"),
    (6, 1): HeatCell(0.2, "partial"),
    (4, 13): HeatCell(0.3, "quotes"),
    (8, 10): HeatCell(0.0, "kin"),
}


async def test_blocks_and_signs_tell_without_colour_what_two_texts_share() -> None:
    app = Wall(15, SHARED)
    async with app.run_test(size=(80, 20)) as pilot:
        await wait_until(pilot, lambda: "Title 15" in screen_text(pilot))
        lines = screen_text(pilot).splitlines()
        heading = lines[0]
        assert all(f" {number}" in heading for number in (1, 9, 10, 15))
        for row, sign in ((7, "░░"), (5, '"'), (9, "~"), (3, "·")):
            assert sign in next(line for line in lines if f"Title {row} " in line), row
        assert (app.map.row, app.map.column) == (1, 6)
        assert "[▓]" in lines[2]


async def test_the_cursor_goes_from_overlap_to_overlap_and_enter_chooses_the_pair() -> None:
    app = Wall(15, SHARED)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.press("n", "n", "enter")
        await wait_until(pilot, lambda: app.chosen == [(6, 1)])
        await pilot.press("N", "l", "j", "enter")
        await wait_until(pilot, lambda: app.chosen[1:] == [(5, 14)])
        await pilot.press("g>g", "enter")
        await wait_until(pilot, lambda: app.chosen[2:] == [(0, 14)])


async def test_shares_can_be_read_in_percent() -> None:
    app = Wall(15, SHARED)
    async with app.run_test(size=(100, 20)) as pilot:
        await pilot.press("percent_sign")
        await wait_until(pilot, lambda: "[70]" in screen_text(pilot) and " 20 " in screen_text(pilot))


async def test_fifty_texts_scroll_while_their_numbers_stay() -> None:
    app = Wall(50, {(0, 49): HeatCell(1.0, "copy"), (49, 0): HeatCell(1.0, "copy")})
    async with app.run_test(size=(80, 20)) as pilot:
        await wait_until(pilot, lambda: app.map.column == 49)
        # Numbers wider than their columns stand upright: 50 is a 5 above a 0.
        await wait_until(pilot, lambda: "‹" in screen_text(pilot))
        first, second = screen_text(pilot).splitlines()[:2]
        assert (first.rstrip()[-1], second.rstrip()[-1]) == ("5", "0")
        await pilot.press("G")
        await wait_until(pilot, lambda: "50 " in screen_text(pilot).splitlines()[-1])
        for _ in range(49):
            await pilot.press("h")
        await wait_until(pilot, lambda: "›█" in screen_text(pilot).splitlines()[-1])


async def test_the_mouse_points_and_then_chooses() -> None:
    app = Wall(15, SHARED)
    async with app.run_test(size=(80, 20)) as pilot:
        await wait_until(pilot, lambda: "Title 15" in screen_text(pilot))
        line = screen_text(pilot).splitlines()[5]
        place = line.index('"')
        await pilot.click(HeatMapView, offset=(place, 5))
        await wait_until(pilot, lambda: (app.map.row, app.map.column) == (4, 13))
        assert not app.chosen
        await pilot.click(HeatMapView, offset=(place, 5))
        await wait_until(pilot, lambda: app.chosen == [(4, 13)])


async def test_nothing_to_show_is_no_trouble() -> None:
    app = Wall(0, {})
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.press("j", "n", "G", "percent_sign", "enter")
        await pilot.pause()
        assert app.map.cell is None
        assert not app.chosen
