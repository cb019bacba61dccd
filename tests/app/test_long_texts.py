from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import running
from tui.app.controllers import reading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("longest", [1_000_000, 100])
async def test_of_a_long_text_all_is_known_soon_after_it_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    monkeypatch.setattr(reading, "LONG", longest)
    async with running(folder) as driver:
        reader = driver.main.reader
        await driver.sees("The Saltmarsh Courier · 197 words", "P Ada Moss")
        reader.go_to(reader.document.text.index("Meridian Fund, which"))
        await driver.press("V")
        assert reader.selected_text.startswith("Meridian Fund, which invests")
        assert reader.selected_text.endswith("a board of seven.")
