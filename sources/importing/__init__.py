"""Importing: from paths and standard input to sources in the library."""

from __future__ import annotations

from sources.importing.importer import FailedInput, ImportProgress, ImportReport, StoryReport, import_paths

__all__ = ["FailedInput", "ImportProgress", "ImportReport", "StoryReport", "import_paths"]
