"""Files that happen to have the names of the rooms, as any folder may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def stray_rooms(folder: Path) -> Path:
    """Put such files into ``folder``, and return it."""
    folder.mkdir(exist_ok=True)
    for name in ("sources.py", "index.py"):
        (folder / name).write_text("raise SystemExit('somebody else is at home here')\n")
    (folder / "tui").mkdir()
    (folder / "tui" / "__init__.py").write_text("raise SystemExit('nobody we know')\n")
    return folder
