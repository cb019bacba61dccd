"""Writes what the documentation takes from the program: the key map in README.md and the pictures.

With ``--check`` it writes nothing, and exits with 1 when the key map is not that of the code.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tui.services.actions import key_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

DOCS = Path(__file__).resolve().parent
README = DOCS.parent / "README.md"
START, END = "<!-- keys: start -->", "<!-- keys: end -->"
PATIENCE = 30.0
_WEB_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)  # a picture must not ask the network for anything
SETTLING = 1.5  # seconds for searches and analysis that were asked for to come in
PICTURES = {  # what is pressed, one after the other, before each picture
    "read": ("right_square_bracket",),
    "compare": ("space", *["right_square_bracket"] * 5, "space", "c"),
    "story": ("escape", "3"),
    "search": ("1", "slash", *"promise", "space", *"harbour"),
}


def with_key_map(page: str) -> str:
    """Return the page with the key map between its two marks made anew."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{key_map()}{END}{after}"


async def take_pictures(folder: Path) -> None:
    """Drive the app through the bundled story and save what it shows as SVG files."""
    from sources.importing import import_paths
    from sources.library import Library
    from sources.sample import STORY, article_path, page_path
    from tui.app.application import CrossreadApp

    with tempfile.TemporaryDirectory() as home:
        library_folder = Path(home) / "library"
        with Library.open(library_folder) as library:
            import_paths(library, [str(page_path()), str(article_path())], story=STORY)
        app = CrossreadApp(library_folder, demo=True)
        async with app.run_test(size=(120, 36)) as pilot:
            await _until(pilot, lambda: app.index is not None and app.desk.ref is not None)
            for name, keys in PICTURES.items():
                await _press(pilot, keys)
                await pilot.pause(SETTLING)
                picture = _WEB_FONTS.sub("", app.export_screenshot(title="crossread"))
                (folder / f"{name}.svg").write_text(picture, encoding="utf-8")


async def _press(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.1)


async def _until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        await pilot.pause(0.05)


def main() -> int:
    """Write the pages, or with ``--check`` only look; return the exit status."""
    page = README.read_text(encoding="utf-8")
    made = with_key_map(page)
    if "--check" in sys.argv[1:]:
        return int(page != made)
    README.write_text(made, encoding="utf-8")
    pictures = DOCS / "images"
    pictures.mkdir(exist_ok=True)
    asyncio.run(take_pictures(pictures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
