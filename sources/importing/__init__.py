"""Importing: from paths and standard input to sources in the library."""

from __future__ import annotations

from sources.importing.importer import import_paths
from sources.importing.report import FailedInput, ImportProgress, ImportReport, StoryReport

__all__ = ["FailedInput", "ImportProgress", "ImportReport", "StoryReport", "import_paths"]
