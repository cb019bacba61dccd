"""``export`` and ``import notes``: notes, labels, sources and stories in the formats of other programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode, arg
from tui.services.exports import (
    FORMATS_OF,
    IMPORT_FORMATS,
    ExportRequest,
    What,
    gather,
    save_export,
    save_text,
    take_in_notes,
    text_of,
)
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tui.cli.command import Argument, Invocation
    from tui.cli.console import Console
    from tui.services import Library, Refused, SearchIndex


_LIBRARY_PLACE = ""
_COUNTED = {What.NOTES: "notes", What.LABELS: "spans", What.SOURCES: "sources", What.STORY: "sources"}


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
        tuple(arguments.get("redact") or ()),
    )
    with call.library() as library:
        export = gather(library, request, partial(_searchable, call, library))
        folder = library.folder
    if export.state:
        call.console.say(export.state)
    if not export.count:
        call.console.say(f"No {'labelled ' * (what is What.LABELS)}{_COUNTED[what]} to export")
    answer: dict[str, object] = {"format": export.form.name}
    answer |= {"story": request.story} if what is What.STORY else {}
    answer[_COUNTED[what]] = export.count
    if call.arguments.output in {None, "-"}:
        _print(call, text_of(export), answer)
    else:
        _tell(call, save_export(export, folder, call.arguments.output), answer)
    return ExitCode.DONE if export.count else ExitCode.NOTHING_FOUND


def _searchable(call: Invocation, library: Library) -> AbstractContextManager[SearchIndex]:
    from tui.services.search import searchable_index

    return searchable_index(call.console, library)


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


OUTPUT = arg(
    "--output PATH?",
    "a new file, or a folder; without PATH a file in the library's exports folder, named by story\n"
    "and time; without --output, or with -, the text goes to standard output",
    const=_LIBRARY_PLACE,
)


def _format(what: What, default: str) -> Argument:
    forms = FORMATS_OF[what]
    told = "; ".join(
        f"{form.name}: {form.description}" + (" (default)" if form.name == default else "")
        for form in forms.values()
    )
    return arg("--format F", told, choices=sorted(forms), default=default)


# ``import notes``: notes and labelled spans of other programs, on the sources that they speak of.


_SHOWN = 20  # reasons that are told one by one


def _import_notes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        done = take_in_notes(library, arguments.file, arguments.format, update=arguments.update)
    _name(console, done.refused)
    _name(console, done.unmatched)
    if done.unmatched_path is not None:
        console.say(f"Kept aside in {done.unmatched_path}; import that file when their sources are there")
    labels = f", {len(done.labelled)} labelled spans" if done.labelled else ""
    said = (
        f"{len(done.added)} notes{labels} added, {done.unchanged} unchanged, "
        f"{len(done.unmatched)} kept aside, {len(done.refused)} refused ({done.format})"
    )
    document = {
        "format": done.format,
        "added": [note.id for note in done.added],
        "labelled": [span.id for span in done.labelled],
        "unchanged": done.unchanged,
        "refused": done.refused,
        "aside": done.unmatched,
        "aside_path": done.unmatched_path,
        "newer": [note.id for note in done.newer],
    }
    call.answer(document, show=said)
    if done.newer:
        changed = f"{counted(len(done.newer), 'note')} changed in the other program since"
        told = "taken over" if arguments.update else "kept as they are here; --update takes the changes over"
        numbers = ", ".join(str(note.id) for note in done.newer[:_SHOWN])
        console.say(f"{changed} ({numbers}): {told}")
    if done.refused:
        return ExitCode.INPUT
    return (
        ExitCode.DONE
        if done.added or done.labelled or done.unchanged or done.newer
        else ExitCode.NOTHING_FOUND
    )


def _name(console: Console, parts: Sequence[Refused]) -> None:
    for part in parts[:_SHOWN]:
        console.say(f"{part.place}: {part.reason}")
    if len(parts) > _SHOWN:
        console.say(f"and {len(parts) - _SHOWN} more")


COMMANDS = {
    "export notes": Command(
        partial(_export, What.NOTES),
        "Write notes out, with their passages and sources. Nothing is ever overwritten;\n"
        "an Obsidian folder is renewed in place, and what you wrote in it stays.",
        (
            "crossread export notes --story harbour-deal > notes.md",
            "crossread export notes --format obsidian --output ~/Vault/Harbour",
            "crossread export notes --tag claim --template mine.html.j2 --output claims.html",
        ),
        (
            arg("--story SLUG", "only notes on this story"),
            arg("--tag TAG", "only notes with this tag; repeated: with all", many=True),
            arg("--label LABEL", "only notes with this label; repeated: with any", many=True),
            arg("--query QUERY", "only notes that this query finds, as note list does"),
            _format(What.NOTES, "markdown"),
            arg("--template FILE", "write them by a Jinja2 template of your own"),
            OUTPUT,
        ),
    ),
    "export labels": Command(
        partial(_export, What.LABELS),
        "Write labelled spans out: for training (jsonl, conll), or for a program of qualitative\n"
        "analysis (refi-qda).",
        (
            "crossread export labels --story harbour-deal > spans.jsonl",
            "crossread export labels --format refi-qda --output harbour.qdpx",
        ),
        (
            arg("--story SLUG", "only spans in this story"),
            arg("--label LABEL", "only this label; may be repeated", many=True),
            arg("--coder CODER", "only what this coder labelled"),
            arg("--query QUERY", "only labels in sources that this search finds"),
            _format(What.LABELS, "jsonl"),
            OUTPUT,
        ),
    ),
    "export sources": Command(
        partial(_export, What.SOURCES),
        "Write sources out as citations, for a reference manager or a paper.",
        (
            "crossread export sources harbour-deal > harbour.bib",
            "crossread export sources --query 'speaker:moss' --format ris --output moss.ris",
        ),
        (
            arg("story STORY?", "only the sources of this story"),
            arg("--query QUERY", "only the sources that this search finds"),
            _format(What.SOURCES, "bibtex"),
            OUTPUT,
        ),
    ),
    "export story": Command(
        partial(_export, What.STORY),
        "Write the dossier of a story: its summary with verdicts, origins, figures, lineage, quotes,\n"
        "credits and timeline, the notes on it, and its texts. As HTML it is one page that loads and runs\n"
        "nothing, and that `verify` checks elsewhere.",
        (
            "crossread export story harbour-deal --format html --output harbour.html",
            'crossread export story harbour-deal --format html --redact "Ada Moss" --redact harbour-deal/12',
        ),
        (
            arg("story STORY", "the story"),
            _format(What.STORY, "markdown"),
            arg(
                "--redact REF|NAME",
                "a pseudonym for this person or source, in all texts too; may be repeated",
                many=True,
            ),
            OUTPUT,
        ),
    ),
    "import notes": Command(
        _import_notes,
        "Take in notes that were written elsewhere. They are matched with the sources of the\n"
        "library by address or text; what matches none is kept aside, and nothing is imported twice.",
        (
            "crossread import notes hypothesis.json",
            "crossread import notes readwise.csv --format readwise",
        ),
        (
            arg("file FILE", "the file"),
            arg(
                "--format F",
                "; ".join(f"{form.name}: {form.description}" for form in IMPORT_FORMATS.values())
                + " (default: what it looks like)",
                choices=sorted(IMPORT_FORMATS),
            ),
            arg("--update", "take over the words and tags of notes that were changed in the other program"),
        ),
        {
            "format": None, "added": [], "labelled": [], "unchanged": 0, "refused": [], "aside": [],
            "aside_path": None, "newer": [],
        },
    ),
}  # fmt: skip
