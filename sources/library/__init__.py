"""The library: SQLite, the schema and its migrations, and all that is read from and written to it."""

from __future__ import annotations

from sources.library.repository import Library
from sources.library.source_repository import Removal
from sources.library.source_rows import Changes

__all__ = ["Changes", "Library", "Removal"]
