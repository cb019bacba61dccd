"""Writes what the documentation takes from the program: keys, signs, modules, picture of the rooms.

With ``--check`` it writes nothing, and exits with 1 when a page is not what the code says. With ``--screens``
it takes the pictures of the app instead.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from docs.make_house import module_list, picture
from tui.services.actions import key_map
from tui.services.signs import sign_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

DOCS = Path(__file__).resolve().parent
IMAGES = DOCS / "images"
PATIENCE = 30.0
SETTLING = 1.5  # seconds for searches and analysis that were asked for to come in
PICTURES = {  # what is pressed, one after the other, before each picture
    "read": ("right_square_bracket",),
    "compare": ("space", *["right_square_bracket"] * 5, "space", "c"),
    "story": ("escape", "3"),
    "search": ("1", "slash", *"promise", "space", *"harbour"),
}


def made() -> dict[Path, str]:
    """Return what each page is when it is in step with the code."""
    readme, house, signs = DOCS.parent / "README.md", DOCS / "architecture.md", DOCS / "signs.md"
    return {
        readme: filled(readme.read_text(encoding="utf-8"), "keys", key_map()),
        house: filled(house.read_text(encoding="utf-8"), "modules", module_list()),
        signs: filled(signs.read_text(encoding="utf-8"), "signs", sign_tables()),
        IMAGES / "house.svg": picture(),
    }


def filled(page: str, mark: str, text: str) -> str:
    """Return the page with ``text`` between the two lines of a mark; ValueError where they are missing."""
    start, end = f"<!-- {mark}: start -->\n", f"<!-- {mark}: end -->"
    first, last = page.index(start) + len(start), page.index(end)
    return f"{page[:first]}{text}{page[last:]}"


async def take_pictures(folder: Path) -> None:
    """Drive the app through the bundled story and save what it shows as SVG files."""
    from sources.importing import import_paths
    from sources.library import Library
    from sources.sample import STORY, article_path, page_path
    from tui.app.application import CrossreadApp
    from tui.services.pictures import self_contained

    with tempfile.TemporaryDirectory() as home:
        library_folder = Path(home) / "library"
        with Library.open(library_folder) as library:
            import_paths(library, [str(page_path()), str(article_path())], story=STORY)
        app = CrossreadApp(library_folder, demo=True)
        async with app.run_test(size=(120, 36)) as pilot:
            await _until(pilot, lambda: app.services.index is not None and app.state.ref is not None)
            for name, keys in PICTURES.items():
                await _press(pilot, keys)
                await pilot.pause(SETTLING)
                shown = self_contained(app.export_screenshot(title="crossread"))
                (folder / f"{name}.svg").write_text(shown, encoding="utf-8")


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
    """Write the pages, or what the argument asks for; return the exit status."""
    if "--screens" in sys.argv[1:]:
        asyncio.run(take_pictures(IMAGES))
        return 0
    pages = made()
    stale = [page for page, text in pages.items() if not page.exists() or page.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        sys.stderr.writelines(f"{page.name} is not what the code says: make pages\n" for page in stale)
        return int(bool(stale))
    for page in stale:
        page.write_text(pages[page], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
