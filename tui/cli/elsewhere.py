"""``elsewhere``: where else in the library a passage stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence_cache import EvidenceCache
from sources.model import Ref, Span
from sources.text.folding import quoted_spans
from tui.cli.arguments import whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.opening import open_library, source_ref

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sources.evidence.lineage import FoundPassage
    from sources.library import Library
    from tui.cli.command import Invocation

_WHAT = "Say what to look for: REF START END, or --quote TEXT."


def _elsewhere(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        passage, ref, span = _passage(arguments, library)
        found = EvidenceCache(library).elsewhere(passage, ref=ref, span=span)
        texts = {place.ref: library.source(place.ref).text for place in found}
    if console.as_json:
        console.document(
            {
                "passage": {
                    "ref": None if ref is None else str(ref),
                    "start": None if span is None else span.start,
                    "end": None if span is None else span.end,
                    "text": passage,
                },
                "places": [_place(place, texts) for place in found],
            }
        )
    elif found:
        columns = [Column("REF"), Column("SHARE", right=True), Column("PASSAGE", 24)]
        rows = [(str(place.ref), f"{place.share:.0%}", place.span.of(texts[place.ref])) for place in found]
        console.table(columns, rows)
    else:
        console.say("That stands nowhere else in the library")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _passage(arguments: Namespace, library: Library) -> tuple[str, Ref | None, Span | None]:
    """Return what is looked for, and where it was taken from if that was said."""
    quote: str | None = arguments.quote
    if arguments.ref is None:
        if quote is None:
            raise RequestError(_WHAT)
        return quote, None, None
    ref = source_ref(arguments.ref)
    source = library.source(ref)
    if quote is not None:
        if arguments.start is not None:
            raise RequestError("Say what to look for by --quote or by START and END, not by both.")
        places = quoted_spans(source.text, quote)
        if not places:
            raise RequestError(f"{ref} does not say that; copy the words as they stand there.")
        return places[0].of(source.text), ref, places[0]
    start, end = arguments.start, arguments.end
    if start is None or end is None:
        raise RequestError(_WHAT)
    if not start < end <= len(source.text):
        raise RequestError(f"START and END have to be offsets in {ref}, of 0 to {len(source.text)}.")
    return source.text[start:end], ref, Span(start, end)


def _place(place: FoundPassage, texts: dict[Ref, str]) -> dict[str, object]:
    return {
        "ref": str(place.ref),
        "start": place.span.start,
        "end": place.span.end,
        "text": place.span.of(texts[place.ref]),
        "share": place.share,
    }


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
