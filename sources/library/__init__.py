"""The library: SQLite, the schema and its migrations, and all that is read from and written to it."""

from __future__ import annotations

from sources.library.repository import Library
from sources.library.values import Changes, Intake, Removal

__all__ = ["Changes", "Intake", "Library", "Removal"]
