"""``figures``, ``export figures`` and ``timeline``: what is measured in a story, and what happened when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.evidence.timeline import whens
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.export import configure_output, deliver_text
from tui.cli.opening import open_library, target
from tui.services.evidence import FIGURE_KINDS as KINDS
from tui.services.evidence import figures, refs_of, sheet, timeline

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence

    from sources.evidence.figure_matrix import MatrixRow, MatrixValue
    from sources.evidence.timeline import Event
    from sources.model import Ref
    from tui.cli.command import Invocation


_GRID = 24  # sources up to which each has a column of its own
_BESIDE = 47  # columns of the terminal that the other cells take at least
_SAYS, _DISSENTS, _COPIES, _BEFORE, _SILENT = "=", "≠", "≈", "‹", "·"
_OTHER = {"possible": "?", "updated": "→", "nearby": "~"}  # another value, which is no contradiction for sure


def _figures(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    wanted = target(arguments.target)
    with open_library(call) as library:
        refs = refs_of(library, wanted)
        rows = figures(library, wanted, kind=arguments.kind)
    if console.as_json:
        console.document({"rows": to_json(rows)})
    elif arguments.csv:
        console.raw(sheet(HEADINGS, cells(rows)))
    elif rows:
        room = _GRID if console.width is None else min(_GRID, (console.width - _BESIDE) // 3)
        console.table(*_table(rows, refs, room))
        console.say(
            f"{_SAYS} says so  {_DISSENTS} says otherwise  {_COPIES} in copied words  {_BEFORE} before"
        )
        console.say("  ".join(f"{sign} {status}" for status, sign in _OTHER.items()))
    else:
        console.say(f"No figures found in {wanted}")
    return ExitCode.DONE if rows else ExitCode.NOTHING_FOUND


HEADINGS = (
    "row", "kind", "status", "subject", "value", "unit", "low", "high", "hedge", "before", "text", "ref",
    "start", "end", "copied",
)  # fmt: skip


def cells(rows: Sequence[MatrixRow]) -> Iterator[tuple[str | int | float, ...]]:
    """Yield a line for each mention."""
    for row in rows:
        for value in row.values:
            for mention in value.mentions:
                yield (
                    row.id, str(row.kind), str(row.status), row.subject, value.value, value.unit,
                    "" if value.low is None else value.low, "" if value.high is None else value.high,
                    value.hedge or "", "yes" if value.before else "no", value.text, str(mention.ref),
                    mention.start, mention.end, "yes" if mention.copied else "no",
                )  # fmt: skip


def _table(
    rows: Sequence[MatrixRow], refs: Sequence[Ref], room: int
) -> tuple[list[Column], list[tuple[str, ...]]]:
    """Return the matrix: a line a row, and of each source whether it gives the value that most give.

    Up to ``room`` sources have a column each; more are listed by number with their sign.
    """
    names = ["S" if ref.number is None else str(ref.number) for ref in refs]
    widths = [max(2, len(name)) for name in names]
    grid = len(refs) <= room
    heading = (
        " ".join(name.ljust(width) for name, width in zip(names, widths, strict=True)) if grid else "SOURCES"
    )
    columns = [
        Column("STATUS"), Column("WHAT", 10), Column("VALUE", 8), Column(heading), Column("OTHERWISE", 8)
    ]  # fmt: skip
    lines: list[tuple[str, ...]] = []
    for row in rows:
        marks = _marks(row)
        if grid:
            signs = " ".join(
                marks.get(ref, _SILENT).ljust(width) for ref, width in zip(refs, widths, strict=True)
            )
        else:
            signs = " ".join(
                f"{'' if sign == _SAYS else sign}{'S' if ref.number is None else ref.number}"
                for ref, sign in marks.items()
            )
        lines.append((str(row.status), row.subject, _said(row.values[0]), signs, "; ".join(_otherwise(row))))
    return columns, lines


def _marks(row: MatrixRow) -> dict[Ref, str]:
    """Return the sign of each source that gives a value; what it says now stands before what was."""
    signs: dict[Ref, str] = {}
    other = _OTHER.get(str(row.status))
    for value in row.values:
        for mention in value.mentions:
            if mention.ref in signs:
                continue
            if value.before:
                signs[mention.ref] = _BEFORE
            elif value.dissents:
                signs[mention.ref] = _DISSENTS
            elif other and value.value != row.values[0].value:
                signs[mention.ref] = other
            else:
                signs[mention.ref] = _COPIES if mention.copied else _SAYS
    return dict(sorted(signs.items(), key=lambda pair: pair[0].number or 0))


def _said(value: MatrixValue) -> str:
    return f"{value.hedge} {value.text}" if value.hedge and value.hedge != "+" else value.text


def _otherwise(row: MatrixRow) -> Iterator[str]:
    other = _OTHER.get(str(row.status))
    for value in row.values[1:]:
        if value.before:
            yield f"{_BEFORE} {_said(value)}"
        elif value.dissents:
            yield f"{_DISSENTS} {_said(value)}"
        elif other and value.value != row.values[0].value:
            yield f"{other} {_said(value)}"


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="STORY|REF", help="STORY, STORY/N or STORY/summary")
    parser.add_argument("--kind", choices=KINDS, metavar="KIND", help=f"only: {', '.join(KINDS)}")
    parser.add_argument("--csv", action="store_true", help="print CSV instead, a line for each place")


# ``export figures``: the figures of a story as a table or a document.

_SCHEMA = "crossread/export-figures/1"


def _export_figures(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with open_library(call) as library:
        rows = figures(library, arguments.story, kind=arguments.kind)
        folder = library.folder
    if not rows:
        call.console.say(f"No figures found in {arguments.story}")
    if arguments.format == "csv":
        text = sheet(HEADINGS, cells(rows))
    else:
        document = {
            "schema": _SCHEMA,
            "story": arguments.story,
            "rows": to_json(rows),
        }
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    deliver_text(
        call,
        text,
        suffix=f".{arguments.format}",
        about=f"{arguments.story}-figures",
        library=folder,
        answer={"format": arguments.format, "figures": len(rows)},
    )
    return ExitCode.DONE if rows else ExitCode.NOTHING_FOUND


def _export_figures_configure(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story")
    parser.add_argument("--kind", choices=KINDS, metavar="KIND", help=f"only {', '.join(KINDS)}")
    parser.add_argument(
        "--format", choices=("csv", "json"), default="csv", metavar="F", help="csv (default) or json"
    )
    configure_output(parser)


COMMANDS = {
    "figures": Command(
        description="Lay what is measured in a story side by side: a line a thing, a column a source.\n"
        "Sources that contradict one another for sure are marked ≠, and ? where it is only possible;\n"
        "what was before, or has moved from one report to the next (→), is no contradiction.",
        examples=("crossread figures harbour-deal", "crossread figures harbour-deal/5 --kind money"),
        run=_figures,
        configure=_configure,
        empty={"rows": []},
    ),
    "export figures": Command(
        description="Write the figures of a story out, a row a mention.",
        examples=("crossread export figures harbour-deal --kind money --output money.csv",),
        run=_export_figures,
        configure=_export_figures_configure,
    ),
}

# ``timeline``: what happened when, as far as the sources of a story say.


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


def _configure_timeline(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="a story")
    parser.add_argument("--csv", action="store_true", help="print CSV instead, a line for each place")


COMMANDS |= {
    "timeline": Command(
        description="List what happened when, as far as the sources of a story say.\n"
        "Conflicting dates stand side by side with ≠; sources without a date leave words such as\n"
        "“last week” open, and they come last.",
        examples=("crossread timeline harbour-deal", "crossread timeline harbour-deal --csv > dates.csv"),
        run=_timeline,
        configure=_configure_timeline,
        empty={"events": []},
    ),
}
