"""An article on the sale of a port, and how a test writes one to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROSE = "The port was sold on Thursday, and nobody on the quay had heard of the buyer before. " * 3
ARTICLE = f"Port sold to a fund\n\n{PROSE}\n"


def write(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)
