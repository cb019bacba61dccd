"""Pictures of the screen: as SVG that asks the network for nothing, and as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources import places
from sources.notes.export.saving import write_into
from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_WEB_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_STEM = "screen"


def self_contained(svg: str) -> str:
    """Return a picture without the fonts that it would have fetched from the web."""
    return _WEB_FONTS.sub("", svg)


def save_screen(library_folder: Path, svg: str, rows: Iterable[str]) -> tuple[Path, Path]:
    """Write the screen as a picture and as text, to new files among the exports; return where they are.

    Raises StorageFailed.
    """
    folder = places.exports_folder(library_folder)
    text = "".join(f"{printable(row).rstrip()}\n" for row in rows)
    picture = write_into(folder, _STEM, ".svg", self_contained(svg))
    return picture, write_into(folder, picture.stem, ".txt", text)
