"""``stories``, ``sources`` and ``show``: what is in the library."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from sources.model import Ref
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column, wrapped, wrapped_runs
from tui.cli.documents import to_json
from tui.cli.opening import NO_SOURCES, open_library, target
from tui.services.reading import open_source

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from sources.model import Source, Story
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library


def _stories(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        stories = library.stories()
    if call.console.as_json:
        call.console.document({"stories": to_json(stories)})
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
        call.console.document({"sources": to_json(entries)})
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


# ``show``: a source with its zones, or a story with its summary and all that its page held.

_SHADE = "░"


def _show(call: Invocation) -> ExitCode:
    wanted = target(call.arguments.target)
    with open_library(call) as library:
        if isinstance(wanted, Ref):
            _show_source(call.console, library, wanted)
        else:
            _show_story(call.console, library.story(wanted))
    return ExitCode.DONE


def _show_source(console: Console, library: Library, ref: Ref) -> None:
    opened = open_source(library, ref)
    found, notes = opened.source, opened.notes
    if console.as_json:
        console.document(to_json(opened))
        return
    console.folded(found.title or "(no title)", style="bold")
    byline = [found.publisher, found.author, found.date, found.url]
    console.folded(" · ".join([str(ref), *(part for part in byline if part)]))
    origin = f"read as {found.origin.format} from {found.origin.path or 'standard input'}"
    versions = f", version {found.version}" if found.version > 1 else ""
    console.folded(f"{origin}{versions}", style="dim")
    console.line()
    _write_text(console, found)
    if notes:
        console.line()
        console.line(
            f"{len(notes)} {'note' if len(notes) == 1 else 'notes'}: crossread note list --ref {ref}"
        )


def _write_text(console: Console, found: Source) -> None:
    """Write a text with its muted zones between shades, and dim where there is colour."""
    runs: list[tuple[str, bool]] = []
    for zone in found.zones:
        text = found.text[zone.start : zone.end]
        bare = text.strip()
        if zone.kind.muted and bare:
            before, _, after = text.partition(bare)
            runs += [(before, False), (f"{_SHADE} {bare} {_SHADE}", True), (after, False)]
        else:
            runs.append((text, False))
    for line in wrapped_runs(runs, console.width):
        console.write_styled(*(console.styled(run, "dim") if muted else run for run, muted in line))


def _show_story(console: Console, found: Story) -> None:
    if console.as_json:
        console.document(to_json(found))
        return
    console.folded(found.title or found.slug, style="bold")
    console.line(f"{found.slug} · {_counted(len(found.sources), 'source')} · added {found.added[:10]}")
    if found.summary:
        _heading(console, f"Summary ({found.summary.ref})")
        _write_text(console, found.summary)
    if found.sources:
        _heading(console, "Sources")
        columns = [
            Column("REF"),
            Column("TITLE", 20),
            Column("PUBLISHER", 8),
            Column("WORDS", right=True),
        ]
        console.table(
            columns,
            [
                (str(entry.ref), entry.title or "(no title)", entry.publisher or "", str(entry.words))
                for entry in found.sources
            ],
        )
    if found.related:
        _heading(console, "Related stories")
        for teaser in found.related:
            count = _counted(teaser.sources, "source") if teaser.sources is not None else None
            about = " · ".join(part for part in (count, teaser.category, teaser.age) if part)
            _paragraph(console, teaser.text + (f" ({about})" if about else ""))
    if found.muted:
        _heading(console, "Muted lines of the page")
        for kind, lines in groupby(found.muted, key=lambda line: line.kind):
            _paragraph(console, f"{kind}: " + " ".join(f"{_SHADE} {line.text} {_SHADE}" for line in lines))
    if found.page:
        kinds = Counter(zone.kind for zone in found.page.zones)
        _heading(console, "Page")
        _paragraph(
            console, f"{len(found.page.text)} characters from {found.page.origin.path or 'standard input'}"
        )
        _paragraph(console, ", ".join(f"{kind} {count}" for kind, count in kinds.items()))


def _heading(console: Console, text: str) -> None:
    console.line()
    console.write_styled(console.styled(text, "bold"))


def _paragraph(console: Console, text: str) -> None:
    flat = console.plain(text)
    for line in [flat] if console.width is None else wrapped(flat, console.width - 2):
        console.line(f"  {line}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="REF|STORY", help="STORY/N, STORY/summary or STORY")


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
    "show": Command(
        description="Show a source with its muted zones between ░, or a story with its summary,\n"
        "sources, related stories and whatever else its page held.",
        examples=("crossread show harbour-deal", "crossread show harbour-deal/4 --json"),
        run=_show,
        configure=_configure,
    ),
}
