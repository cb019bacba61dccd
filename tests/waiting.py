"""Waiting for something to be seen, which a fixed pause can only guess at."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

PATIENCE = 20.0  # seconds; only a failing test waits that long


async def wait_until(
    pilot: Pilot[Any], condition: Callable[[], object], *, what: str = "", patience: float = PATIENCE
) -> None:
    """Let the app run until ``condition()`` is true; fail with ``what`` when it never is."""
    deadline = time.monotonic() + patience
    while True:
        await pilot.pause()
        if condition():
            return
        if time.monotonic() > deadline:
            message = f"waited {patience:g} s in vain" + (f" for {what}" if what else "")
            raise AssertionError(message)
        await asyncio.sleep(0.01)


def screen_text(pilot: Pilot[Any]) -> str:
    """Return what the screen shows, one line a row, without styles and trailing blanks."""
    size = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips(size)
    return "\n".join(strip.text.rstrip() for strip in strips)
