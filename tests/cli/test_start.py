"""A headless command has to answer before a screen library would have been loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from tests.library.parsed_files import article, put

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = """
import json, sys
from tui.cli.main import main
status = main(json.loads(sys.argv[1]))
sys.stdout.flush()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
raise SystemExit(status)
"""

_SCREENS = {"textual", "rich", "tui.app.application", "tui.app.views", "tui.app.widgets"}
_IMPORTING = {"sources.importing", "sources.formats", "markdown_it", "yaml"}
_WRITERS = {"jinja2", "rispy", "bibtexparser"}
_EVIDENCE = {"sources.evidence", "sources.evidence_cache", "rapidfuzz"}
_OF_THE_SHELL = {"importlib.metadata", "email", "http", "asyncio", "multiprocessing"}

CALLS = [
    ("search harbour", _IMPORTING | _EVIDENCE | _OF_THE_SHELL | {"sources.notes", "tui.services.actions"}),
    ("stories", {"whoosh", "index"} | _IMPORTING | _EVIDENCE | _OF_THE_SHELL),
    ("sources", {"whoosh", "index"} | _IMPORTING | _EVIDENCE | _OF_THE_SHELL),
    ("show harbour-deal/1", {"whoosh", "index"} | _IMPORTING | _EVIDENCE | _OF_THE_SHELL),
    (
        "note list",
        {"whoosh", "index"} | _IMPORTING | {"sources.evidence", "sources.evidence_cache"},
    ),
    ("note add harbour-deal/1 --quote Northport --text x", {"whoosh", "index"} | _IMPORTING),
    ("export notes", {"whoosh", "index"} | _IMPORTING | _WRITERS | {"sources.evidence"}),
    ("import notes nowhere", {"whoosh", "index", "sources.evidence"} | _WRITERS),
    ("verify nowhere", {"whoosh", "index", "sqlite3", "sources.library", "sources.evidence"} | _IMPORTING),
    ("export sources", {"whoosh", "index", "jinja2"} | _IMPORTING | {"sources.evidence"}),
    ("entities harbour-deal", {"whoosh", "index"} | _IMPORTING),
    ("compare harbour-deal/1 harbour-deal/2", {"whoosh", "index"} | _IMPORTING),
    ("paths", {"whoosh", "index", "sqlite3", "sources.library"}),
    ("keys", {"whoosh", "index", "sqlite3", "sources.library"}),
    ("--help", {"whoosh", "index", "sqlite3", "sources.library", "sources.model"}),
    ("add --help", set()),
    ("watch --list", {"watchfiles", "anyio", "asyncio"}),
    ("doctor", set()),
    ("reindex", set()),
    ("remove saltmarsh/1", set()),
    ("demo --json", set()),
]


@pytest.mark.long
@pytest.mark.parametrize(("words", "spared"), CALLS, ids=[words for words, _ in CALLS])
def test_a_command_loads_only_what_it_needs(words: str, spared: set[str], story: Path) -> None:
    if words.startswith("remove"):
        with Library.open(story) as library:
            put(library, article("The ferry left."))
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(words.split())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in ({3} if words.endswith("nowhere") else {0, 1}), done.stderr
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    too_much = {
        name
        for name in loaded
        for unwanted in spared | _SCREENS
        if name == unwanted or name.startswith(f"{unwanted}.")
    }
    assert not too_much
