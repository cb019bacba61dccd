from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import EXTREMES, Driver, running
from tests.app.test_goldens import holds
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path


def refs(*numbers: int, story: str = "harbour-deal") -> list[Ref]:
    return [Ref(story, number) for number in numbers]


async def compare(driver: Driver, *numbers: int, story: str = "harbour-deal") -> None:
    wanted = refs(*numbers, story=story)
    driver.main.state.marked = wanted
    await driver.press("c")
    await driver.until(
        lambda: driver.main.compare.shown and list(driver.main.compare.shown.refs) == wanted,
        "the comparison",
    )
    await driver.at_rest()


@pytest.mark.parametrize("size", EXTREMES)
async def test_both_shares_and_what_they_make_of_two_texts_are_said(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await compare(driver, 2, 7)
        await driver.sees("76% of 2 in 7, 71%", "100% of 7 in 2, 97%", "partial copy")


async def test_four_sources_stand_side_by_side_and_any_can_lead(folder: Path) -> None:
    async with running(folder) as driver:
        await compare(driver, 2, 7, 10, 14)
        await driver.sees("harbour-deal/2 ↔ 7 ↔ 10 ↔ 14", "base text")
        await driver.press("l", "l", "s")
        await driver.until(lambda: driver.main.state.compared == tuple(refs(10, 2, 7, 14)), "10 to lead")
        await driver.sees("harbour-deal/10 ↔ 2 ↔ 7 ↔ 14")
        await driver.press("]")
        await driver.until(lambda: driver.main.state.compared == tuple(refs(2, 7)), "a pair")


async def test_of_more_than_four_a_choice_is_asked_for(folder: Path) -> None:
    async with running(folder) as driver:
        driver.main.state.marked = refs(1, 2, 3, 7, 10, 14)
        await driver.press("c")
        await driver.sees("6 sources are marked; which stand side by side?", "4 of up to 4")
        await driver.press("G", "space")
        await driver.sees("No more than 4")
        await driver.press("g", "g", "space", "j", "j", "space", "G", "space", "enter")
        await driver.until(lambda: driver.main.state.compared == tuple(refs(2, 7, 14)), "the chosen three")
        assert driver.main.view == "compare"


async def test_a_note_can_link_the_passages_of_all_columns(folder: Path) -> None:
    async with running(folder) as driver:
        await compare(driver, 2, 7)
        while len(driver.main.current.passages()) < 2:
            await driver.press("j")
        places = [(source.ref, span.start) for source, span in driver.main.current.passages()]
        await driver.press("&")
        await driver.sees("Note on harbour-deal/2 and harbour-deal/7")
        await driver.type("word for word")
        await driver.press("ctrl+s")
        await driver.sees("●")
        with Library.open(folder) as library:
            (note,) = library.notes()
        assert [(target.ref, target.anchor.start) for target in note.targets] == places


async def test_other_figures_of_others_are_written_beside_what_it_says_alone(
    folder: Path, tmp_path: Path
) -> None:
    told = (
        "Repairs to the harbour wall cost the council $4.2 million after the storm.",
        "A loan of $5.7 million pays for what the council calls the wall.",
    )
    texts = [
        {"text": f"{sentence} {rest}", "story": "wall"}
        for sentence, rest in zip(told, ("Nobody painted the pier.", "Gulls nest on the roof."), strict=True)
    ]
    (tmp_path / "wall.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    with Library.open(folder) as library:
        import_paths(library, [str(tmp_path / "wall.jsonl")])
    async with running(folder) as driver:
        await compare(driver, 1, 2, story="wall")
        await driver.press("l", "!")
        await driver.sees("A loan of", "others: $4.2 million")


async def test_only_here_says_so_where_there_is_nothing(folder: Path) -> None:
    async with running(folder) as driver:
        await compare(driver, 2, 7)
        await driver.press("!")
        await driver.sees("(only here)", "left out")
        await driver.press("l", "!")
        await driver.until(lambda: "(only here)" not in driver.screen, "all rows")


async def test_the_lock_is_opened_and_closed_by_one_key(folder: Path) -> None:
    async with running(folder) as driver:
        await compare(driver, 2, 7)
        await driver.press("equals_sign")
        await driver.sees("unlocked", "= levels all here")
        await driver.press("l", "G", "equals_sign")
        await driver.misses("unlocked")
        assert driver.main.compare_view.aligned.locked


async def test_texts_with_nothing_in_common_stand_side_by_side_and_are_told_to_be_such(
    folder: Path, tmp_path: Path
) -> None:
    unlike = tmp_path / "gardens.txt"
    unlike.write_text("Roses in winter\n\nPrune the roses late. Feed the soil before the frost comes.\n")
    with Library.open(folder) as library:
        import_paths(library, [str(unlike)], story="gardens")
    async with running(folder) as driver:
        driver.main.state.marked = [Ref("harbour-deal", 2), Ref("gardens", 1)]
        await driver.press("c")
        await driver.sees("no sentence shared with", "no sentence in common", "each scrolls by itself")
        await driver.at_rest()
        lines = driver.screen.splitlines()
        assert any("Prune the roses" in line for line in lines[:20]), "it begins beside, not below"
        await driver.misses("= levels all here")
        await driver.press("equals_sign")
        await driver.sees("no sentence in common that could stand level")
        await driver.press("l", "G", "enter")
        await driver.until(lambda: driver.main.state.ref == Ref("gardens", 1), "the place in the other text")


@pytest.mark.parametrize(("size", "numbers"), [((80, 24), (2, 7)), ((120, 40), (2, 7, 10))])
async def test_the_screen_of_comparing(folder: Path, size: tuple[int, int], numbers: tuple[int, ...]) -> None:
    async with running(folder, size) as driver:
        driver.main.reader.toggle_kind(MarkKind.ENTITY)
        await compare(driver, *numbers)
        await driver.press("\\", "n", "n")
        await driver.at_rest()
        holds(driver, f"compare-{size[0]}x{size[1]}")


async def test_what_is_said_of_the_source_of_a_column_is_edited_there(folder: Path) -> None:
    async with running(folder) as driver:
        await compare(driver, 2, 7)
        await driver.press("l", "E")
        await driver.sees("Details of harbour-deal/7")
        await driver.press("escape", "h", "E")
        await driver.sees("Details of harbour-deal/2")
