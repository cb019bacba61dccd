"""``export``: notes, labels, sources and stories in the formats of other programs; nothing is overwritten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode
from tui.cli.opening import open_library
from tui.services.exports import (
    FORMATS_OF,
    Export,
    ExportRequest,
    What,
    gather,
    save_export,
    save_text,
    text_of,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tui.cli.command import Invocation
    from tui.services import Library, SearchIndex

_LIBRARY_PLACE = ""
_COUNTED = {What.NOTES: "notes", What.LABELS: "spans", What.SOURCES: "sources", What.STORY: "sources"}


def configure_output(parser: ArgumentParser) -> None:
    """Declare ``--output``."""
    parser.add_argument(
        "--output",
        metavar="PATH",
        nargs="?",
        const=_LIBRARY_PLACE,
        help="a new file, or a folder; without PATH a file in the library's exports folder, named by story\n"
        "and time; without --output, or with -, the text goes to standard output",
    )


def _export(what: What, call: Invocation) -> ExitCode:
    arguments = vars(call.arguments)
    request = ExportRequest(
        what,
        arguments["format"],
        arguments["story"],
        arguments.get("query") or "",
        tuple(arguments.get("tag") or ()),
        tuple(arguments.get("label") or ()),
        arguments.get("coder"),
        arguments.get("template"),
    )
    with open_library(call) as library:
        export = gather(library, request, partial(_searchable, call, library))
        folder = library.folder
    if export.state:
        call.console.say(export.state)
    if not export.count:
        call.console.say(f"No {'labelled ' * (what is What.LABELS)}{_COUNTED[what]} to export")
    answer: dict[str, object] = {"format": export.form.name}
    answer |= {"story": request.story} if what is What.STORY else {}
    return _deliver(call, export, folder, answer | {_COUNTED[what]: export.count})


def _searchable(call: Invocation, library: Library) -> AbstractContextManager[SearchIndex]:
    from tui.services.search import searchable_index

    return searchable_index(call.console, library)


def _deliver(call: Invocation, export: Export, folder: Path, answer: dict[str, object]) -> ExitCode:
    output = call.arguments.output
    if output in {None, "-"}:
        _print(call, text_of(export), answer)
    else:
        _tell(call, save_export(export, folder, output), answer)
    return ExitCode.DONE if export.count else ExitCode.NOTHING_FOUND


def deliver_text(
    call: Invocation, text: str, *, suffix: str, about: str, library: Path, answer: dict[str, object]
) -> None:
    """Write ``text`` to where the call says; ``answer`` is what its JSON document tells besides.

    Raises RequestError and StorageFailed.
    """
    output = call.arguments.output
    if output in {None, "-"}:
        _print(call, text, answer)
    else:
        _tell(call, save_text(text, library, output, about=about, suffix=suffix), answer)


def _print(call: Invocation, text: str, answer: dict[str, object]) -> None:
    if call.console.as_json:
        call.console.document(answer | {"path": None, "text": text})
    else:
        call.console.raw(text)


def _tell(call: Invocation, path: Path | None, answer: dict[str, object]) -> None:
    if call.console.as_json:
        call.console.document(answer | {"path": None if path is None else str(path)})
    call.console.say("No file was written" if path is None else f"Wrote {path}")


def _configure_notes(parser: ArgumentParser) -> None:
    parser.add_argument("--story", metavar="SLUG", help="only notes on this story")
    parser.add_argument(
        "--tag", metavar="TAG", action="append", help="only notes with this tag; repeated: with all"
    )
    parser.add_argument(
        "--label", metavar="LABEL", action="append", help="only notes with this label; repeated: with any"
    )
    parser.add_argument(
        "--query", metavar="QUERY", help="only notes that this query finds, as note list does"
    )
    _configure_format(parser, What.NOTES, "markdown")
    parser.add_argument("--template", metavar="FILE", help="write them by a Jinja2 template of your own")
    configure_output(parser)


def _configure_labels(parser: ArgumentParser) -> None:
    parser.add_argument("--story", metavar="SLUG", help="only spans in this story")
    parser.add_argument("--label", metavar="LABEL", action="append", help="only this label; may be repeated")
    parser.add_argument("--coder", metavar="CODER", help="only what this coder labelled")
    parser.add_argument("--query", metavar="QUERY", help="only labels in sources that this search finds")
    _configure_format(parser, What.LABELS, "jsonl")
    configure_output(parser)


def _configure_sources(parser: ArgumentParser) -> None:
    parser.add_argument("story", nargs="?", metavar="STORY", help="only the sources of this story")
    parser.add_argument("--query", metavar="QUERY", help="only the sources that this search finds")
    _configure_format(parser, What.SOURCES, "bibtex")
    configure_output(parser)


def _configure_story(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story")
    _configure_format(parser, What.STORY, "markdown")
    configure_output(parser)


def _configure_format(parser: ArgumentParser, what: What, default: str) -> None:
    formats = FORMATS_OF[what]
    parser.add_argument(
        "--format",
        choices=sorted(formats),
        default=default,
        metavar="F",
        help="; ".join(
            f"{form.name}: {form.description}" + (" (default)" if form.name == default else "")
            for form in formats.values()
        ),
    )


COMMANDS = {
    "export notes": Command(
        description="Write notes out, with their passages and sources. Nothing is ever overwritten;\n"
        "an Obsidian folder is renewed in place, and what you wrote in it stays.",
        examples=(
            "crossread export notes --story harbour-deal > notes.md",
            "crossread export notes --format obsidian --output ~/Vault/Harbour",
            "crossread export notes --tag claim --template mine.html.j2 --output claims.html",
        ),
        run=partial(_export, What.NOTES),
        configure=_configure_notes,
    ),
    "export labels": Command(
        description="Write labelled spans out: for training (jsonl, conll), or for a program of qualitative\n"
        "analysis (refi-qda).",
        examples=(
            "crossread export labels --story harbour-deal > spans.jsonl",
            "crossread export labels --format refi-qda --output harbour.qdpx",
        ),
        run=partial(_export, What.LABELS),
        configure=_configure_labels,
    ),
    "export sources": Command(
        description="Write sources out as citations, for a reference manager or a paper.",
        examples=(
            "crossread export sources harbour-deal > harbour.bib",
            "crossread export sources --query 'speaker:moss' --format ris --output moss.ris",
        ),
        run=partial(_export, What.SOURCES),
        configure=_configure_sources,
    ),
    "export story": Command(
        description="Write a story out: its summary, its sources with their texts, and the notes on it.",
        examples=("crossread export story harbour-deal --format html --output harbour.html",),
        run=partial(_export, What.STORY),
        configure=_configure_story,
    ),
}
