"""``elsewhere``: where else in the library a passage stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError
from tui.cli.arguments import whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.opening import open_library, source_ref
from tui.services.access import evidence_of
from tui.services.evidence import Passage, elsewhere
from tui.services.reading import quoted_span, span_between

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from tui.cli.command import Invocation
    from tui.services import Library

_WHAT = "Say what to look for: REF START END, or --quote TEXT."


def _elsewhere(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        asked = _passage(arguments, library)
        found = elsewhere(evidence_of(library), asked.text, ref=asked.ref, span=asked.span)
    if console.as_json:
        start, end = (None, None) if asked.span is None else asked.span
        passage = {"ref": to_json(asked.ref), "start": start, "end": end, "text": asked.text}
        console.document({"passage": passage, "places": to_json(found)})
    elif found:
        columns = [Column("REF"), Column("SHARE", right=True), Column("PASSAGE", 24)]
        console.table(columns, [(str(place.ref), f"{place.share:.0%}", place.words) for place in found])
    else:
        console.say("That stands nowhere else in the library")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _passage(arguments: Namespace, library: Library) -> Passage:
    """Return what is looked for, and where it was taken from if that was said."""
    quote: str | None = arguments.quote
    if arguments.ref is None:
        if quote is None:
            raise RequestError(_WHAT)
        return Passage(None, None, quote)
    source = library.source(source_ref(arguments.ref))
    if quote is not None:
        if arguments.start is not None:
            raise RequestError("Say what to look for by --quote or by START and END, not by both.")
        span = quoted_span(source, quote)
    elif arguments.start is None or arguments.end is None:
        raise RequestError(_WHAT)
    else:
        span = span_between(source, arguments.start, arguments.end)
    return Passage(source.ref, span, span.of(source.text))


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("ref", nargs="?", metavar="REF", help="the source it stands in, STORY/N")
    parser.add_argument(
        "start", nargs="?", type=whole_number(0), metavar="START", help="where it begins there"
    )
    parser.add_argument("end", nargs="?", type=whole_number(1), metavar="END", help="where it ends there")
    parser.add_argument("--quote", metavar="TEXT", help="the passage itself, of five words or more")


COMMANDS = {
    "elsewhere": Command(
        description="Find where else in the library a sentence or a passage stands, word for word or with a\n"
        "few words changed.",
        examples=(
            "crossread elsewhere harbour-deal/2 --quote 'The promise has not settled nerves along the quay'",
            "crossread elsewhere harbour-deal/2 820 935 --json",
            "crossread elsewhere --quote 'we did not look for a buyer'",
        ),
        run=_elsewhere,
        configure=_configure,
        empty={"passage": None, "places": []},
    ),
}
