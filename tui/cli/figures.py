"""``figures``, ``export figures`` and ``timeline``: what is measured in a story, and what happened when."""

from __future__ import annotations

import json
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from tui.cli.command import TARGET, Command, ExitCode, arg, target
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.export import OUTPUT, deliver_text
from tui.cli.where import mention_sheet, where
from tui.services.evidence import FIGURE_KINDS as KINDS
from tui.services.evidence import figures, refs_of, timeline
from tui.services.original_places import places_in
from tui.services.wording import short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue
    from sources.evidence.timeline import Event, EventMention
    from sources.model import Ref
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.original_places import OriginalPlaces


_GRID = 24  # sources up to which each has a column of its own
_BESIDE = 47  # columns of the terminal that the other cells take at least
_SAYS, _DISSENTS, _COPIES, _BEFORE, _SILENT = "=", "≠", "≈", "‹", "·"
_OTHER = {"possible": "?", "updated": "→", "nearby": "~"}  # another value, which is no contradiction for sure


def _figures(call: Invocation) -> ExitCode:
    arguments = call.arguments
    wanted = target(arguments.target, versions=True)
    with call.library() as library:
        refs = refs_of(library, wanted)
        rows = figures(library, wanted, kind=arguments.kind)
        places = places_in(library, refs)
    show = partial(_show_matrix, call.console, rows, refs, places)
    spread = partial(mention_sheet, _CELLS, _cells(rows), places) if arguments.csv else None
    return call.answer({"rows": rows}, rows, show, f"No figures found in {wanted}", spread, places)


_CELLS = (
    "row", "kind", "status", "subject", "value", "unit", "low", "high", "hedge", "before", "text", "ref",
    "start", "end", "copied",
)  # fmt: skip


def _cells(rows: Sequence[MatrixRow]) -> Iterator[tuple[tuple[str | int | float, ...], MatrixMention]]:
    """Yield a line for each mention."""
    for row in rows:
        for value in row.values:
            for mention in value.mentions:
                yield (
                    row.id, str(row.kind), str(row.status), row.subject, value.value, value.unit,
                    "" if value.low is None else value.low, "" if value.high is None else value.high,
                    value.hedge or "", "yes" if value.before else "no", value.text, str(mention.ref),
                    mention.start, mention.end, "yes" if mention.copied else "no",
                ), mention  # fmt: skip


def _show_matrix(
    console: Console, rows: Sequence[MatrixRow], refs: Sequence[Ref], places: OriginalPlaces
) -> None:
    """Write the matrix: a line a row, and of each source whether it gives the value that most give.

    Where there is room each source has a column; more are listed by number with their sign.
    """
    room = _GRID if console.width is None else min(_GRID, (console.width - _BESIDE) // 3)
    names = {ref: short_number(ref) for ref in refs}
    widths = {ref: max(2, len(name)) for ref, name in names.items()}
    heading = " ".join(name.ljust(widths[ref]) for ref, name in names.items())

    def in_columns(row: MatrixRow) -> str:
        marks = _marks(row)
        return " ".join(marks.get(ref, _SILENT).ljust(widths[ref]) for ref in refs)

    def by_number(row: MatrixRow) -> str:
        return " ".join(
            f"{'' if sign == _SAYS else sign}{short_number(ref)}" for ref, sign in _marks(row).items()
        )

    grid = len(refs) <= room
    columns = (
        Column("STATUS", "status"),
        Column("WHAT", "subject", 10),
        Column("VALUE", lambda row: _said(row.values[0]), 8),
        Column(heading, in_columns) if grid else Column("SOURCES", by_number),
        Column("OTHERWISE", lambda row: "; ".join(_otherwise(row)), 8),
        *where(places, lambda row: (mention for value in row.values for mention in value.mentions)),
    )
    console.table(columns, rows)
    console.say(f"{_SAYS} says so  {_DISSENTS} differs   {_COPIES} in copied words  {_BEFORE} before")
    console.say("  ".join(f"{sign} {status}" for status, sign in _OTHER.items()))


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


# ``export figures``: the figures of a story as a table or a document.

_SCHEMA = "crossread/export-figures/1"


def _export_figures(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        rows = figures(library, arguments.story, kind=arguments.kind)
        places = places_in(library, refs_of(library, arguments.story))
        folder = library.folder
    if not rows:
        call.console.say(f"No figures found in {arguments.story}")
    if arguments.format == "csv":
        text = mention_sheet(_CELLS, _cells(rows), places)
    else:
        found = places.named_in(to_json(rows))
        document = {"schema": _SCHEMA, "story": arguments.story, "rows": found}
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


# ``timeline``: what happened when, as far as the sources of a story say.


def _timeline(call: Invocation) -> ExitCode:
    story = call.arguments.story
    with call.library() as library:
        events = timeline(library, story)
        places = places_in(library, refs_of(library, story))
    spread = partial(mention_sheet, _DATED, _dated(events), places) if call.arguments.csv else None
    document = {"story": story, "events": events}
    columns = (*_EVENTS, *where(places, attrgetter("mentions")))
    return call.answer(document, events, columns, f"No dates found in {story}", spread, places)


_DATED = (
    "event", "start", "end", "precision", "status", "what", "date", "first", "last", "ref", "from", "to",
    "copied", "open because",
)  # fmt: skip


def _dated(events: Sequence[Event]) -> Iterator[tuple[tuple[str | int | float, ...], EventMention]]:
    """Yield a line for each mention."""
    for event in events:
        for mention in event.mentions:
            yield (
                event.id, event.start or "", event.end or "", str(event.precision), str(event.status),
                event.text, mention.text, mention.first or "", mention.last or "", str(mention.ref),
                mention.start, mention.end,
                "yes" if mention.copied else "no", mention.open_because or "",
            ), mention  # fmt: skip


def _sources(event: Event) -> str:
    copies = {mention.ref for mention in event.mentions if mention.copied}
    return " ".join(f"{'≈' if ref in copies else ''}{short_number(ref)}" for ref in event.refs)


_EVENTS = (
    Column("WHEN", lambda event: " ≠ ".join(event.whens)),
    Column("STATUS", "status"),
    Column("SOURCES", _sources, 6),
    Column("WHAT", "text", 20),
)
_CSV = arg("--csv", "print CSV instead, a line for each place")

COMMANDS = {
    "figures": Command(
        _figures,
        "Compare the figures of a story: a line for each thing measured, a column for each source.\n"
        "Sources that contradict one another for sure are marked ≠, and ? where it is only possible;\n"
        "what was before, or has moved from one report to the next (→), is no contradiction.",
        ("crossread figures harbour-deal", "crossread figures harbour-deal/5 --kind money"),
        (TARGET, arg("--kind KIND", f"only: {', '.join(KINDS)}", choices=KINDS), _CSV),
        {"rows": []},
    ),
    "export figures": Command(
        _export_figures,
        "Write the figures of a story out, a row a mention.",
        ("crossread export figures harbour-deal --kind money --output money.csv",),
        (
            arg("story STORY", "the story"),
            arg("--kind KIND", f"only {', '.join(KINDS)}", choices=KINDS),
            arg("--format F", "csv (default) or json", choices=("csv", "json"), default="csv"),
            OUTPUT,
        ),
    ),
    "timeline": Command(
        _timeline,
        "List what happened when, as far as the sources of a story say.\n"
        "Conflicting dates stand side by side with ≠; sources without a date leave words such as\n"
        "“last week” open, and they come last.",
        ("crossread timeline harbour-deal", "crossread timeline harbour-deal --csv > dates.csv"),
        (arg("story STORY", "a story"), _CSV),
        {"events": []},
    ),
}
