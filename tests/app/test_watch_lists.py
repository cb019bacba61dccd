"""Saved searches in the app count what is new, and mark it when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.importing import import_paths
from sources.library import Library
from tests.app.conftest import running
from tests.services.test_watching import PUMP
from tui.services.queries import SavedSearch, save_search, saved_search

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_is_new_is_counted_marked_and_seen(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pump.txt").write_text(PUMP, "utf-8")
    with Library.open(folder) as library:
        query = "pump OR harbour"
        save_search(library, SavedSearch("water", query, None, "relevance", library.change_number))
        import_paths(library, [str(tmp_path / "pump.txt")], story="dell")
    async with running(folder) as driver:
        await driver.at_rest()
        await driver.press("K")
        await driver.sees("Saved searches", "1 new")
        await driver.press("enter")
        await driver.sees("1 hit new in water")
        await driver.until(lambda: driver.main.state.search.hits, "the hits")
        rows = {row.key: row.hint for row in driver.main.results_pane.listing.rows}
        assert "new" in rows["dell/1"].split()
        assert sum("new" in hint.split() for hint in rows.values()) == 1
        await driver.at_rest()
        await driver.press("K")
        await driver.sees("Saved searches", "water")
        await driver.at_rest()
        assert "1 new" not in driver.screen.partition("Saved searches")[2].partition("enter search")[0]
    with Library.open(folder) as library:
        assert saved_search(library, "water").seen == library.change_number
