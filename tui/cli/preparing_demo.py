"""Putting the bundled story into a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources import sample
from sources.importing import import_paths
from sources.library import Library
from tui.cli import documents
from tui.cli.adding import derive, import_progress

if TYPE_CHECKING:
    from pathlib import Path

    from tui.cli.console import Console


def prepare(console: Console, folder: Path) -> dict[str, Any]:
    """Add the bundled story and its single article to the library in ``folder`` where they are missing.

    Returns the fields ``added`` and ``unchanged`` of the JSON document, each a list of refs.
    """
    paths = [str(sample.page_path()), str(sample.article_path())]
    with Library.open(folder) as library:
        report = import_paths(library, paths, story=sample.STORY, progress=import_progress(console))
        console.end_progress()
        derive(console, library, report)
    return {
        "added": [ref for story in report.stories for ref in documents.refs(story.added)],
        "unchanged": [ref for story in report.stories for ref in documents.refs(story.unchanged)],
    }
