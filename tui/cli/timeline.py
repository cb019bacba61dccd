"""``timeline``: what happened when, as far as the sources of a story say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.timeline import whens
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.opening import open_library
from tui.services.evidence import sheet, timeline

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence

    from sources.evidence.timeline import Event
    from sources.model import Ref
    from tui.cli.command import Invocation


def _timeline(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        events = timeline(library, arguments.story)
    if console.as_json:
        console.document({"story": arguments.story, "events": to_json(events)})
    elif arguments.csv:
        console.raw(sheet(_HEADINGS, _cells(events)))
    elif events:
        columns = [Column("WHEN"), Column("STATUS"), Column("SOURCES", 6), Column("WHAT", 20)]
        console.table(columns, [_line(event) for event in events])
    else:
        console.say(f"No dates found in {arguments.story}")
    return ExitCode.DONE if events else ExitCode.NOTHING_FOUND


_HEADINGS = (
    "event", "start", "end", "precision", "status", "what", "date", "first", "last", "ref", "from", "to",
    "copied", "open because",
)  # fmt: skip


def _cells(events: Sequence[Event]) -> Iterator[tuple[str | int | float, ...]]:
    """Yield a line for each mention."""
    for event in events:
        for mention in event.mentions:
            yield (
                event.id, event.start or "", event.end or "", str(event.precision), str(event.status),
                event.text, mention.text, mention.first or "", mention.last or "", str(mention.ref),
                mention.start, mention.end,
                "yes" if mention.copied else "no", mention.open_because or "",
            )  # fmt: skip


def _line(event: Event) -> tuple[str, ...]:
    when = " ≠ ".join(whens(event))
    return when, str(event.status), " ".join(_sources(event)), event.text


def _sources(event: Event) -> Iterator[str]:
    copies = {mention.ref for mention in event.mentions if mention.copied}
    for ref in event.refs:
        yield f"{'≈' if ref in copies else ''}{_number(ref)}"


def _number(ref: Ref) -> str:
    return "S" if ref.number is None else str(ref.number)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="a story")
    parser.add_argument("--csv", action="store_true", help="print CSV instead, a line for each place")


COMMANDS = {
    "timeline": Command(
        description="List what happened when, as far as the sources of a story say.\n"
        "Conflicting dates stand side by side with ≠; sources without a date leave words such as\n"
        "“last week” open, and they come last.",
        examples=("crossread timeline harbour-deal", "crossread timeline harbour-deal --csv > dates.csv"),
        run=_timeline,
        configure=_configure,
        empty={"events": []},
    ),
}
