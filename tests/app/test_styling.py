"""What is styled again when something changes: the widgets that look otherwise now, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.css.stylesheet import Stylesheet

from tests.app.conftest import running
from tui.app.views.audit_box import AuditBox

if TYPE_CHECKING:
    from pathlib import Path

    from textual.dom import DOMNode


@pytest.fixture
def styled(monkeypatch: pytest.MonkeyPatch) -> list[DOMNode]:
    """Give the nodes that were styled, in their order."""
    nodes: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(sheet: Stylesheet, node: DOMNode, **how: object) -> None:
        nodes.append(node)
        apply(sheet, node, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Stylesheet, "apply", noted)
    return nodes


async def test_no_list_is_styled_again_where_a_dialog_closes_or_a_pane_is_put_away(
    folder: Path, styled: list[DOMNode]
) -> None:
    async with running(folder) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await driver.press("1")
        unseen = list(driver.main.story_view.query("VirtualList, .box-foot"))
        assert len(unseen) > 10
        styled.clear()
        await driver.press("question_mark")
        await driver.sees("type to search")
        await driver.press("escape")
        await driver.misses("type to search")
        await driver.press("Z")
        assert not driver.main.query_one("#library").region
        await driver.press("escape")
        assert driver.main.query_one("#library").region
        assert not set(unseen) & set(styled)


async def test_a_box_at_full_size_is_styled_again_and_no_other(folder: Path, styled: list[DOMNode]) -> None:
    async with running(folder) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        styled.clear()
        driver.main.pane_layout.enlarge(driver.main.story_view.query_one("#figures"))  # type: ignore[arg-type]
        await driver.misses("14 listed →")
        other = driver.main.story_view.query_one(AuditBox)
        assert not set(other.query(".box-foot")) & set(styled)
        assert not driver.main.story_view.query_one("#story-heading").region


async def test_other_colours_that_are_chosen_over_a_dialog_are_those_of_what_it_covers(folder: Path) -> None:
    async with running(folder) as driver:
        before = driver.main.styles.background
        await driver.press("question_mark")
        await driver.sees("type to search")
        driver.app.switch_theme()
        await driver.press("escape")
        await driver.misses("type to search")
        await driver.at_rest()
        assert driver.main.styles.background != before
        assert driver.main.reader.styles.background == driver.main.styles.background
