"""``export``: notes, labels, sources and stories in the formats of other programs; nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import NotFoundInput, NotText, RequestError
from sources.library.repository import moment_now
from sources.notes.export import FORMATS, LABEL_FORMATS, SOURCE_FORMATS, STORY_FORMATS, Shape
from sources.notes.export.saving import named_path, save, save_bytes
from sources.places import exports_folder
from sources.workspace.note_collections import gather_labels, gather_notes, gather_sources, gather_story
from tui.cli.command import Command, ExitCode
from tui.cli.opening import open_library

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from sources.library import Library
    from sources.model import Note, Ref
    from sources.notes.export import ExportFormat, NoteCollection
    from tui.cli.command import Invocation

_LIBRARY_PLACE = ""


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


def deliver(
    call: Invocation,
    form: ExportFormat,
    collection: NoteCollection,
    *,
    what: str,
    library: Path,
    answer: dict[str, object],
) -> None:
    """Write ``collection`` to where the call says; ``answer`` is what its JSON document tells besides.

    Raises RequestError and StorageFailed.
    """  # fmt: skip
    output = call.arguments.output
    if output in {None, "-"}:
        if form.shape is not Shape.TEXT:
            thing = "folder" if form.shape is Shape.FOLDER else "file"
            raise RequestError(f"{form.name} makes a {thing}; say where with --output PATH.")
        _print(call, form.write(collection), answer)
        return
    place = named_path(output)
    path = save(form, collection, place, folder=exports_folder(library), what=what, moment=moment_now())
    _tell(call, path, answer)


def deliver_text(
    call: Invocation, text: str, *, suffix: str, what: str, library: Path, answer: dict[str, object]
) -> None:
    """Write ``text`` to where the call says, as `deliver` does."""
    output = call.arguments.output
    if output in {None, "-"}:
        _print(call, text, answer)
        return
    path = save_bytes(
        text.encode("utf-8", "replace"),
        named_path(output),
        suffix=suffix,
        folder=exports_folder(library),
        what=what,
        moment=moment_now(),
    )
    _tell(call, path, answer)


def export_status(found: object) -> ExitCode:
    """Return the status of an export: something was found, or nothing."""
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _print(call: Invocation, text: str, answer: dict[str, object]) -> None:
    if call.console.as_json:
        call.console.document(answer | {"path": None, "text": text})
    else:
        call.console.raw(text)


def _tell(call: Invocation, path: Path, answer: dict[str, object]) -> None:
    if call.console.as_json:
        call.console.document(answer | {"path": str(path)})
    call.console.say(f"Wrote {path}")


# ``export``: notes, labels, sources and stories in the formats of other programs; nothing is
# overwritten.

_ALL = "all-stories"


def _export_notes(call: Invocation) -> ExitCode:
    arguments = call.arguments
    form = FORMATS[arguments.format]
    template = None if arguments.template is None else _template(arguments.template)
    with open_library(call) as library:
        notes = _chosen_notes(call, library)
        collection = gather_notes(library, notes, texts=form.texts)
        folder = library.folder
    if not notes:
        call.console.say("No notes to export")
    what = f"{arguments.story or _ALL}-notes"
    if template is not None:
        from sources.notes.export.as_template import render, suffix_of  # noqa: PLC0415 - only templates

        name = Path(arguments.template).name
        text = render(template, name, collection)
        answer: dict[str, object] = {"format": "template", "notes": len(notes)}
        deliver_text(call, text, suffix=suffix_of(name), what=what, library=folder, answer=answer)
    else:
        answer = {"format": form.name, "notes": len(notes)}
        deliver(call, form, collection, what=what, library=folder, answer=answer)
    return export_status(notes)


def _export_labels(call: Invocation) -> ExitCode:
    arguments = call.arguments
    form = LABEL_FORMATS[arguments.format]
    with open_library(call) as library:
        if arguments.story:
            library.entries(arguments.story)
        collection = gather_labels(library, story=arguments.story, texts=form.texts)
        wanted = _found_refs(call, library, arguments.query, arguments.story) if arguments.query else None
        folder = library.folder
    labelled = tuple(
        span
        for span in collection.labelled
        if (not arguments.label or span.label in arguments.label)
        and (arguments.coder is None or span.coder == arguments.coder)
        and (wanted is None or span.ref in wanted)
    )
    collection = replace(collection, labelled=labelled)
    if not labelled:
        call.console.say("No labelled spans to export")
    what = f"{arguments.story or _ALL}-labels"
    answer: dict[str, object] = {"format": form.name, "spans": len(labelled)}
    deliver(call, form, collection, what=what, library=folder, answer=answer)
    return export_status(labelled)


def _export_sources(call: Invocation) -> ExitCode:
    arguments = call.arguments
    form = SOURCE_FORMATS[arguments.format]
    with open_library(call) as library:
        entries = library.entries(arguments.story)
        if arguments.query:
            wanted = _found_refs(call, library, arguments.query, arguments.story)
            entries = tuple(entry for entry in entries if entry.ref in wanted)
        collection, folder = gather_sources(entries), library.folder
    if not entries:
        call.console.say("No sources to export")
    what = f"{arguments.story or _ALL}-sources"
    answer: dict[str, object] = {"format": form.name, "sources": len(entries)}
    deliver(call, form, collection, what=what, library=folder, answer=answer)
    return export_status(entries)


def _export_story(call: Invocation) -> ExitCode:
    slug, form = call.arguments.story, STORY_FORMATS[call.arguments.format]
    with open_library(call) as library:
        collection, folder = gather_story(library, slug), library.folder
    answer: dict[str, object] = {"format": form.name, "story": slug, "sources": len(collection.texts)}
    deliver(call, form, collection, what=slug, library=folder, answer=answer)
    return export_status(collection.texts)


def _chosen_notes(call: Invocation, library: Library) -> tuple[Note, ...]:
    """Return the notes that fit all that the call asks for."""
    arguments: Namespace = call.arguments
    if arguments.story:
        library.entries(arguments.story)
    notes = library.notes(story=arguments.story)
    if arguments.tag:
        notes = tuple(note for note in notes if set(arguments.tag) <= set(note.tags))
    if arguments.label:
        notes = tuple(note for note in notes if set(arguments.label) & set(note.labels))
    if arguments.query:
        from index.note_search import matching_notes  # noqa: PLC0415 - only a query needs the index's room

        notes = matching_notes(notes, arguments.query)
    return notes


def _found_refs(call: Invocation, library: Library, query: str, story: str | None) -> frozenset[Ref]:
    """Return the sources that a search finds."""
    from tui.cli.index_access import searchable_index  # noqa: PLC0415 - without a query no index is needed

    with searchable_index(call.console, library) as index:
        found = index.search(query, story=story, limit=library.count(story), all_copies=True)
    if found.state:
        call.console.say(found.state)
    return frozenset(hit.ref for hit in found.hits)


def _template(name: str) -> str:
    path = Path(name).expanduser()
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotText("a template has to be text in UTF-8.", path=path) from error
    except OSError as error:
        raise NotFoundInput(f"{error.strerror or error}.", path=path) from error


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
    _configure_format(parser, FORMATS, "markdown")
    parser.add_argument("--template", metavar="FILE", help="write them by a Jinja2 template of your own")
    configure_output(parser)


def _configure_labels(parser: ArgumentParser) -> None:
    parser.add_argument("--story", metavar="SLUG", help="only spans in this story")
    parser.add_argument("--label", metavar="LABEL", action="append", help="only this label; may be repeated")
    parser.add_argument("--coder", metavar="CODER", help="only what this coder labelled")
    parser.add_argument("--query", metavar="QUERY", help="only labels in sources that this search finds")
    _configure_format(parser, LABEL_FORMATS, "jsonl")
    configure_output(parser)


def _configure_sources(parser: ArgumentParser) -> None:
    parser.add_argument("story", nargs="?", metavar="STORY", help="only the sources of this story")
    parser.add_argument("--query", metavar="QUERY", help="only the sources that this search finds")
    _configure_format(parser, SOURCE_FORMATS, "bibtex")
    configure_output(parser)


def _configure_story(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story")
    _configure_format(parser, STORY_FORMATS, "markdown")
    configure_output(parser)


def _configure_format(parser: ArgumentParser, formats: Mapping[str, ExportFormat], default: str) -> None:
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
        run=_export_notes,
        configure=_configure_notes,
    ),
    "export labels": Command(
        description="Write labelled spans out: for training (jsonl, conll), or for a program of qualitative\n"
        "analysis (refi-qda).",
        examples=(
            "crossread export labels --story harbour-deal > spans.jsonl",
            "crossread export labels --format refi-qda --output harbour.qdpx",
        ),
        run=_export_labels,
        configure=_configure_labels,
    ),
    "export sources": Command(
        description="Write sources out as citations, for a reference manager or a paper.",
        examples=(
            "crossread export sources harbour-deal > harbour.bib",
            "crossread export sources --query 'speaker:moss' --format ris --output moss.ris",
        ),
        run=_export_sources,
        configure=_configure_sources,
    ),
    "export story": Command(
        description="Write a story out: its summary, its sources with their texts, and the notes on it.",
        examples=("crossread export story harbour-deal --format html --output harbour.html",),
        run=_export_story,
        configure=_configure_story,
    ),
}
