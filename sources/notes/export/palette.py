"""The colours of notes and labels where a format needs them as values."""

from __future__ import annotations

CODES = {
    "yellow": "#E3B505", "green": "#2E9E5B", "blue": "#2F6FDE", "pink": "#E06C9F", "purple": "#8A5CD1",
    "orange": "#E5812A", "red": "#D1383D", "grey": "#7D8590",
}  # fmt: skip
