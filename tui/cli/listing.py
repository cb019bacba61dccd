"""``stories`` and ``sources``: what is in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import documents
from tui.cli.command import Command
from tui.cli.console import Column
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import NO_SOURCES, open_library

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation


def _stories(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        stories = library.stories()
    if call.console.as_json:
        call.console.document(
            {
                "stories": [
                    {
                        "story": entry.slug,
                        "title": entry.title,
                        "sources": entry.sources,
                        "added": entry.added,
                        "summary": entry.has_summary,
                    }
                    for entry in stories
                ]
            }
        )
    elif stories:
        columns = [
            Column("STORY"),
            Column("SOURCES", right=True),
            Column("ADDED"),
            Column("TITLE", 10),
        ]
        call.console.table(
            columns,
            [(entry.slug, str(entry.sources), entry.added[:10], entry.title or "") for entry in stories],
        )
    else:
        call.console.say(NO_SOURCES)
    return ExitCode.DONE if stories else ExitCode.NOTHING_FOUND


def _sources(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        entries = library.entries(call.arguments.story)
    if call.console.as_json:
        call.console.document({"sources": [documents.source_entry(entry) for entry in entries]})
    elif entries:
        columns = [
            Column("REF"),
            Column("TITLE", 10),
            Column("PUBLISHER", 8),
            Column("DATE"),
            Column("WORDS", right=True),
            Column("NOTES", right=True),
        ]
        rows = [
            (
                str(entry.ref),
                entry.title or "(no title)",
                entry.publisher or "",
                (entry.date or "")[:10],
                str(entry.words),
                str(entry.notes or ""),
            )
            for entry in entries
        ]
        # A column that says nothing would only take room from the titles.
        said = [place for place in range(len(columns)) if any(row[place] for row in rows)]
        call.console.table(
            [columns[place] for place in said], [[row[place] for place in said] for row in rows]
        )
    else:
        call.console.say(NO_SOURCES)
    return ExitCode.DONE if entries else ExitCode.NOTHING_FOUND


def _configure_sources(parser: ArgumentParser) -> None:
    parser.add_argument("story", nargs="?", metavar="STORY", help="only those of this story")


COMMANDS = {
    "stories": Command(
        description="List the stories of the library.",
        examples=("crossread stories",),
        run=_stories,
        empty={"stories": []},
    ),
    "sources": Command(
        description="List the sources of a story, or of all stories.",
        examples=("crossread sources harbour-deal", "crossread sources --json"),
        run=_sources,
        configure=_configure_sources,
        empty={"sources": []},
    ),
}
