"""A small library of two texts, and files of notes on them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library

FERRY = "The ferry to Saltmarsh runs at night. “Nobody had asked the lamps,” said Ada Moss. It was dark 🛟."
BRIDGE = (
    "Twelve spans carry the bridge over the marsh, and the toll has not been raised since the spring.\nNever."
)


def fill(library: Library, *texts: str, urls: bool = True) -> None:
    drafts = tuple(
        ParsedSource(
            text, (Zone(ZoneKind.BODY, 0, len(text)),), key=str(number), number=number,
            title=f"Title {number}", url=f"https://tide.example/{number}" if urls else None,
        )
        for number, text in enumerate(texts, 1)
    )  # fmt: skip
    library.ingest(ParsedFile("text", drafts), slug="ferry", path="/in/ferry.txt", reanchor=find_anchor)


def written(folder: Path, content: str | list[Any] | dict[str, Any], name: str = "notes.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path
