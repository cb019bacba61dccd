"""The library: SQLite, the schema and its migrations, and all that is read from and written to it."""

from __future__ import annotations

from sources.library.outcomes import Changes, IngestResult, Removal
from sources.library.repository import Library

__all__ = ["Changes", "IngestResult", "Library", "Removal"]
