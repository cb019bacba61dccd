"""Which passage a call means, and changing a note's words in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import NoteFields
from sources.text.cleaning import clean_text
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.opening import source_ref, target
from tui.services.notes import passage_place, whole_place
from tui.services.reading import quoted_span, span_between

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sources.model import Note, Source, Span
    from tui.cli.console import Console
    from tui.services import Library
    from tui.services.notes import Place


def edit_elsewhere(library: Library, note: Note, console: Console) -> Note:
    """Open a note's words in ``$VISUAL`` or ``$EDITOR`` and save what they became.

    What another process saved meanwhile is merged. The file stays where the library refused the words.
    Raises RequestError without an editor, or when it fails.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise RequestError("there is no editor: set $VISUAL or $EDITOR, or give --text")
    descriptor, name = tempfile.mkstemp(prefix=f"note-{note.id}-", suffix=".md")
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(note.text + "\n")
    try:
        status = subprocess.run([*shlex.split(editor), name], check=False).returncode  # noqa: S603 - the user's own
    except (OSError, ValueError) as error:
        path.unlink()
        raise RequestError(f"the editor {editor!r} cannot be started: {error}") from error
    if status:
        raise RequestError(f"the editor ended with {status}; the note is as it was, your words are in {name}")
    base = note.fields
    text = clean_text(path.read_text(encoding="utf-8", errors="replace")).strip()
    try:
        saved = library.save_note(
            note.id,
            base,
            NoteFields(text, base.tags, base.labels, base.colour, base.pinned, base.relation, base.coder),
        )
    except BaseException:
        console.say(f"Your words are in {name}")
        raise
    path.unlink()
    if saved.clashes:
        console.say("Somebody else changed the same lines meanwhile; both are in the note, marked.")
    elif saved.merged:
        console.say("Somebody else changed the note meanwhile; both changes are in it.")
    return saved.note


# Which passage a call means: by its words, by its place, or all of a source or story.


def configure_place(parser: ArgumentParser) -> None:
    """Declare the arguments that `chosen_place` reads."""
    parser.add_argument("ref", metavar="REF", help="STORY/N or STORY/summary; STORY for a story as a whole")
    parser.add_argument("--quote", metavar="TEXT", help="the passage, as the source has it")
    parser.add_argument(
        "--occurrence",
        metavar="N",
        type=whole_number(1),
        default=1,
        help="which one, when it stands there often",
    )
    parser.add_argument("--start", metavar="N", type=whole_number(0), help="or its first character, from 0")
    parser.add_argument("--end", metavar="N", type=whole_number(1), help="and the one after its last")
    parser.add_argument("--whole", action="store_true", help="or the whole source")


def chosen_place(library: Library, arguments: Namespace, command: str) -> Place:
    """Return the place that the arguments name; raises RequestError and UnknownReference."""
    named = target(arguments.ref)
    passage = [arguments.quote, arguments.start, arguments.end] != [None, None, None]
    if isinstance(named, str):
        if passage:
            source_ref(arguments.ref)  # says what is missing
        return whole_place(library, named)
    if arguments.whole:
        if passage:
            raise UsageProblem("give either --whole or a passage", command=command)
        return whole_place(library, named)
    source = library.source(named)
    return passage_place(source, _passage(arguments, source, command))


def quoted_place(library: Library, words: list[str]) -> Place:
    """Return the place of ``[REF, QUOTE]``; raises RequestError and UnknownReference."""
    source = library.source(source_ref(words[0]))
    return passage_place(source, _quoted(source, words[1], 1, "note add"))


def _passage(arguments: Namespace, source: Source, command: str) -> Span:
    if arguments.quote is not None:
        if arguments.start is not None or arguments.end is not None:
            raise UsageProblem("give either --quote or --start and --end", command=command)
        return _quoted(source, arguments.quote, arguments.occurrence, command)
    if arguments.start is None or arguments.end is None:
        raise UsageProblem(
            "say which passage: --quote TEXT, or --start N --end N, or --whole", command=command
        )
    return span_between(source, arguments.start, arguments.end)


def _quoted(source: Source, quote: str, occurrence: int, command: str) -> Span:
    if not clean_text(quote).strip():
        raise UsageProblem("--quote is empty", command=command)
    return quoted_span(source, quote, occurrence)
