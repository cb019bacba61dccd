"""``labels mark``, ``unmark``, ``show``, ``count`` and ``together``: labels on passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.model import LabelChoice, NoteState, SpanStatus
from tui.cli.arguments import whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.notes import chosen_place
from tui.cli.opening import open_library, source_ref, target
from tui.services.access import coder_name, evidence_of
from tui.services.labels import Labelling, mark, summed

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from sources.model import Codebook, LabelSpan
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library

_LONGEST = 200  # code points of a quote that are shown


def show_codebook(console: Console, codebook: Codebook, counts: dict[str, int]) -> None:
    """Write the labels as a tree in a table; ``counts`` are the marked spans of each."""
    columns = [
        Column("LABEL", 20),
        Column("KEY"),
        Column("COLOUR"),
        Column("SPANS", right=True),
        Column("MEANING", 20),
    ]
    rows = [
        (
            "  " * codebook.depth(label) + label.name,
            label.key or "",
            label.colour or "",
            str(counts.get(label.name, 0)),
            label.meaning,
        )
        for label in codebook
    ]
    console.table(columns, rows)


def show_spans(console: Console, spans: Sequence[LabelSpan]) -> None:
    """Write labelled spans as a table."""
    columns = [
        Column("ID", right=True),
        Column("WHERE", 16),
        Column("LABEL", 12),
        Column("CODER", 8),
        Column("PASSAGE", 20),
    ]
    console.table(
        columns,
        [(str(span.id), place(span), span.label + _remark(span), span.coder, quoted(span)) for span in spans],
    )


def place(span: LabelSpan) -> str:
    """Return where a span stands, for people."""
    return f"{span.ref} {span.span.start}-{span.span.end}"


def quoted(span: LabelSpan) -> str:
    """Return the words of a span, cut where they are many."""
    quote = span.target.anchor.quote
    return quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"


def _remark(span: LabelSpan) -> str:
    remarks = [
        "" if span.status is SpanStatus.MARKED else span.status.value,
        "" if span.target.state is NoteState.ANCHORED else span.target.state.value,
    ]
    told = ", ".join(remark for remark in remarks if remark)
    return f" ({told})" if told else ""


# ``labels mark``, ``unmark``, ``show``, ``count`` and ``together``: labels on passages.

_EMPTY: dict[str, Any] = {"spans": []}
_STATUSES = ("marked", "suggested", "dismissed", "settled", "all")


def _mark(call: Invocation) -> ExitCode:
    arguments = call.arguments
    source_ref(arguments.ref)
    with open_library(call) as library:
        place = chosen_place(library, arguments, "labels mark")
        spans = mark(library, place, arguments.label, coder=coder_name(arguments.coder))
    _answer(call, spans)
    return ExitCode.DONE


def _unmark(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        spans = library.unmark(call.arguments.ids)
    if call.console.as_json:
        _answer(call, spans)
    else:
        taken = "1 label" if len(spans) == 1 else f"{len(spans)} labels"
        call.console.line(f"took {taken} away; take it back with: crossread labels undo")
    return ExitCode.DONE


def _show(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with open_library(call) as library:
        spans = library.label_spans(_choice(call, library, arguments.status))
    if arguments.orphans:
        spans = tuple(span for span in spans if span.target.state is NoteState.ORPHAN)
    _answer(call, spans)
    if not spans and not call.console.as_json:
        call.console.say("No labelled spans")
    return ExitCode.DONE if spans else ExitCode.NOTHING_FOUND


def _count(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        tallies = library.label_tallies(_choice(call, library, arguments.status))
    rows = summed(tallies, arguments.by)
    if console.as_json:
        counts = [{"name": name, "spans": spans, "characters": size} for name, spans, size in rows]
        console.document({"by": arguments.by, "counts": counts})
    elif rows:
        columns = [
            Column(arguments.by.upper(), 20),
            Column("SPANS", right=True),
            Column("CHARACTERS", right=True),
        ]
        console.table(columns, [(name, f"{spans:,}", f"{size:,}") for name, spans, size in rows])
    else:
        console.say("No labelled spans")
    return ExitCode.DONE if rows else ExitCode.NOTHING_FOUND


def _together(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        found = Labelling(evidence_of(library)).co_occurrences(
            target(arguments.where), labels=arguments.label, coder=arguments.coder
        )
    if console.as_json:
        console.document({"pairs": to_json(found)})
    elif found:
        columns = [
            Column("LABEL", 15),
            Column("WITH", 15),
            Column("OVERLAPS", right=True),
            Column("SENTENCES", right=True),
        ]
        rows = [(each.first, each.second, f"{each.overlaps:,}", f"{each.sentences:,}") for each in found]
        console.table(columns, rows)
    else:
        console.say("No two labels stand together")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _choice(call: Invocation, library: Library, status: str) -> LabelChoice:
    arguments = call.arguments
    where = target(arguments.where) if arguments.where else None
    chosen = Labelling(evidence_of(library)).choice(where, labels=arguments.label, coder=arguments.coder)
    statuses = tuple(SpanStatus) if status == "all" else (SpanStatus(status),)
    return LabelChoice(chosen.story, chosen.ref, chosen.labels, chosen.coder, statuses)


def _answer(call: Invocation, spans: Sequence[LabelSpan]) -> None:
    if call.console.as_json:
        call.console.document({"spans": to_json(spans)})
    elif spans:
        show_spans(call.console, spans)


def configure_coder(parser: ArgumentParser) -> None:
    """Declare whose labels are made."""
    parser.add_argument(
        "--coder",
        metavar="NAME",
        help="whose label it is (else $CROSSREAD_CODER, else the coder of config.toml, else me)",
    )


def configure_ids(parser: ArgumentParser) -> None:
    """Declare the ids of labelled spans."""
    parser.add_argument(
        "ids", metavar="ID", nargs="+", type=whole_number(1), help="their numbers, as labels show has them"
    )


def _configure_mark(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="STORY/N or STORY/summary")
    parser.add_argument(
        "start", metavar="START", nargs="?", type=whole_number(0), help="the first character, from 0"
    )
    parser.add_argument(
        "end", metavar="END", nargs="?", type=whole_number(1), help="and the one after the last"
    )
    parser.add_argument("--quote", metavar="TEXT", help="or the passage, as the source has it")
    parser.add_argument(
        "--occurrence",
        metavar="N",
        type=whole_number(1),
        default=1,
        help="which one, when it stands there often",
    )
    parser.add_argument(
        "--label", metavar="LABEL", action="append", required=True, help="the label; may be repeated"
    )
    configure_coder(parser)
    parser.set_defaults(whole=False)


def _configure_filters(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--label", metavar="LABEL", action="append", default=[],
        help="only this label and those under it; may be repeated",
    )  # fmt: skip
    parser.add_argument("--coder", metavar="NAME", help="only the labels of this coder")


def _configure_status(parser: ArgumentParser) -> None:
    _configure_filters(parser)
    parser.add_argument(
        "--status", choices=_STATUSES, default="marked", help="what coders marked (the default), or else"
    )


def _configure_show(parser: ArgumentParser) -> None:
    parser.add_argument("where", metavar="STORY|REF", nargs="?", help="a story or a source; else all")
    _configure_status(parser)
    parser.add_argument("--orphans", action="store_true", help="only those that lost their passage")


def _configure_count(parser: ArgumentParser) -> None:
    parser.add_argument("where", metavar="STORY|REF", nargs="?", help="a story or a source; else all")
    parser.add_argument("--by", choices=("label", "source", "coder"), default="label", help="by what")
    _configure_status(parser)


def _configure_together(parser: ArgumentParser) -> None:
    parser.add_argument("where", metavar="STORY|REF", help="a story or a source")
    _configure_filters(parser)


COMMANDS = {
    "labels mark": Command(
        description="Give a passage labels of the codebook. It is found again when the source changes, and "
        "labels may overlap.",
        examples=(
            "crossread labels mark harbour-deal/4 --quote 'did not look for a buyer' --label claim",
            "crossread labels mark harbour-deal/4 120 164 --label claim --label denial --coder Ada",
        ),
        run=_mark,
        configure=_configure_mark,
        empty=_EMPTY,
    ),
    "labels unmark": Command(
        description="Take labels off their passages.",
        examples=("crossread labels unmark 3 4",),
        run=_unmark,
        configure=configure_ids,
        empty=_EMPTY,
    ),
    "labels show": Command(
        description="List labelled spans in the order of the texts.",
        examples=(
            "crossread labels show harbour-deal --label claim --coder Ada",
            "crossread labels show harbour-deal/4 --status suggested --json",
        ),
        run=_show,
        configure=_configure_show,
        empty=_EMPTY,
    ),
    "labels count": Command(
        description="Count labelled spans by label, source or coder.",
        examples=("crossread labels count harbour-deal", "crossread labels count harbour-deal --by coder"),
        run=_count,
        configure=_configure_count,
        empty={"by": None, "counts": []},
    ),
    "labels together": Command(
        description="Show which labels of one coder stand on the same words or in the same sentence.",
        examples=("crossread labels together harbour-deal",),
        run=_together,
        configure=_configure_together,
        empty={"pairs": []},
    ),
}
