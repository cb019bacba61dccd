"""``note``: write, list, change, remove and restore notes."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import COLOURS, NoteFields, NoteState, TargetKind
from sources.text.cleaning import clean_text
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.console import cell_width
from tui.cli.documents import to_json
from tui.cli.opening import open_library, source_ref, target
from tui.services.access import CODER
from tui.services.notes import NoteFilter, chosen_notes, passage_place, whole_place
from tui.services.reading import quoted_span, span_between

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sources.model import Note, Source, Span, Target
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library
    from tui.services.notes import Place


_INDENT = "  "
_LONGEST = 200  # code points of a quote that are shown


def answer(console: Console, notes: tuple[Note, ...]) -> None:
    """Write notes as the answer of a command."""
    if console.as_json:
        console.document({"notes": to_json(notes)})
        return
    for place, note in enumerate(notes):
        if place:
            console.line()
        _show(console, note)


def _show(console: Console, note: Note) -> None:
    words = "".join(f" #{tag}" for tag in note.tags) + "".join(f" [{label}]" for label in note.labels)
    marks = [
        "pinned" if note.pinned else "",
        note.colour or "",
        f"by {note.coder}" if note.coder else "",
        "has an unsaved draft" if note.draft else "",
        f"in the bin since {note.removed}" if note.removed else "",
    ]
    about = ", ".join(mark for mark in marks if mark)
    console.write_styled(
        console.styled(f"note {note.id}", "bold"),
        console.plain(words) and f" {console.plain(words)}",
        about and f" ({console.plain(about)})",
    )
    for place, on in enumerate(note.targets):
        relation = f"{note.relation}: " if note.relation and place else ""
        console.folded(relation + _place(on), lead=_INDENT)
    for line in note.text.split("\n") if note.text else []:
        if console.width is None or len(_INDENT) + cell_width(line) <= console.width:
            console.line(_INDENT + line)  # as it was typed
        else:
            console.folded(line, lead=_INDENT, under=_INDENT)


def _place(target: Target) -> str:
    state = "" if target.state is NoteState.ANCHORED else f" ({target.state})"
    if target.kind is not TargetKind.PASSAGE:
        what = "the whole story" if target.kind is TargetKind.STORY else "the whole source"
        return f"{target.ref}{state}: {what}"
    if (
        target.state is NoteState.MOVED
        and target.made is not None
        and target.made.quote != target.anchor.quote
    ):
        state = f" (moved, {target.confidence:.0%} sure, was “{_shortened(target.made.quote)}”)"
    return f"{target.ref}{state}: “{_shortened(target.anchor.quote)}”"


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"


# ``note``: write, list, change, remove and restore notes.


def _add(call: Invocation) -> ExitCode:
    arguments = call.arguments
    fields = NoteFields(
        words(arguments.text) or "",
        tuple(arguments.tag),
        tuple(arguments.label),
        arguments.colour,
        arguments.pin,
        arguments.relation,
        arguments.coder or os.environ.get(CODER) or None,
    )
    if not fields.says_something:
        raise UsageProblem("a note needs --text, --tag or --label, or --relation", command="note add")
    with open_library(call) as library:
        places = [chosen_place(library, arguments, "note add")]
        places += [quoted_place(library, other) for other in arguments.also]
        note = library.create_note(fields, places)
    answer(call.console, (note,))
    return ExitCode.DONE


def _list(call: Invocation) -> ExitCode:
    arguments = call.arguments
    asked = NoteFilter(
        story=arguments.story,
        ref=source_ref(arguments.ref) if arguments.ref else None,
        tags=[arguments.tag] if arguments.tag else (),
        labels=[arguments.label] if arguments.label else (),
        colour=arguments.colour,
        coder=arguments.coder,
        state=arguments.state,
        pinned=arguments.pinned,
        query=" ".join(arguments.query),
    )
    with open_library(call) as library:
        notes = chosen_notes(library, asked)
    answer(call.console, notes)
    if not notes and not call.console.as_json:
        call.console.say("No notes")
    return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND


def _edit(call: Invocation) -> ExitCode:
    arguments = call.arguments
    changes = {
        "text": words(arguments.text),
        "tags": arguments.tag,
        "labels": arguments.label,
        "colour": arguments.colour,
        "pinned": True if arguments.pin else False if arguments.unpin else None,
        "relation": arguments.relation,
    }
    if all(value is None for value in changes.values()) and not arguments.editor:
        raise UsageProblem(
            "nothing to change: give --text, --tag, --label, --colour, --pin, --relation or --editor",
            command="note edit",
        )
    if arguments.editor and arguments.text is not None:
        raise UsageProblem("give either --text or --editor", command="note edit")
    with open_library(call) as library:
        note = library.edit_note(arguments.id, **changes)
        if arguments.editor:
            # Only this command starts another program.
            from tui.cli.notes import edit_elsewhere

            note = edit_elsewhere(library, note, call.console)
    answer(call.console, (note,))
    return ExitCode.DONE


def _remove(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        note = library.note(call.arguments.id)
        library.remove_note(note.id)
    if call.console.as_json:
        answer(call.console, (note,))
    else:
        call.console.line(f"removed note {note.id}; bring it back with: crossread note restore {note.id}")
    return ExitCode.DONE


def _restore(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        note = library.restore_note(call.arguments.id)
    answer(call.console, (note,))
    return ExitCode.DONE


def words(text: str | None) -> str | None:
    """Return the note's words; ``-`` reads them from standard input."""
    if text is None:
        return None
    return clean_text(sys.stdin.read() if text == "-" else text).strip("\n")


def configure_id(parser: ArgumentParser) -> None:
    """Declare the id of a note."""
    parser.add_argument(
        "id", metavar="ID", type=whole_number(1), help="the note's number, as note list shows it"
    )


def _configure_add(parser: ArgumentParser) -> None:
    configure_place(parser)
    parser.add_argument("--text", metavar="TEXT", help="your words; - reads them from standard input")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="a tag; may be repeated")
    parser.add_argument(
        "--label", metavar="LABEL", action="append", default=[], help="a label; may be repeated"
    )
    parser.add_argument("--colour", choices=COLOURS, help="a colour")
    parser.add_argument("--pin", action="store_true", help="keep it on top")
    parser.add_argument(
        "--also",
        nargs=2,
        metavar=("REF", "QUOTE"),
        action="append",
        default=[],
        help="another passage that the note links; may be repeated",
    )
    parser.add_argument(
        "--relation", metavar="WORD", help="how the first passage stands to the others: contradicts, ..."
    )
    parser.add_argument("--coder", metavar="NAME", help=f"who writes it (else ${CODER})")


def _configure_list(parser: ArgumentParser) -> None:
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", help="words, tag:, story: ... as in a search; is:moved, #tag"
    )
    parser.add_argument("--story", metavar="SLUG", help="only notes on this story")
    parser.add_argument("--ref", metavar="REF", help="only notes on this source")
    parser.add_argument("--tag", metavar="TAG", help="only notes with this tag")
    parser.add_argument("--label", metavar="LABEL", help="only notes with this label")
    parser.add_argument(
        "--state", choices=[state.value for state in NoteState], help="only notes with such a passage"
    )
    parser.add_argument("--colour", choices=COLOURS, help="only notes of this colour")
    parser.add_argument("--coder", metavar="NAME", help="only notes by this person")
    parser.add_argument("--pinned", action="store_true", help="only pinned notes")


def _configure_edit(parser: ArgumentParser) -> None:
    configure_id(parser)
    parser.add_argument("--text", metavar="TEXT", help="the new words; - reads them from standard input")
    parser.add_argument(
        "--tag",
        metavar="TAG",
        action="append",
        help="the tags from now on; may be repeated, '' takes all away",
    )
    parser.add_argument(
        "--label", metavar="LABEL", action="append", help="the labels from now on; the same holds for them"
    )
    parser.add_argument("--colour", choices=("", *COLOURS), help="the colour; '' takes it away")
    parser.add_argument("--relation", metavar="WORD", help="the relation; '' takes it away")
    pins = parser.add_mutually_exclusive_group()
    pins.add_argument("--pin", action="store_true", help="keep it on top")
    pins.add_argument("--unpin", action="store_true", help="keep it on top no longer")
    parser.add_argument("--editor", action="store_true", help="change the words in $VISUAL or $EDITOR")


COMMANDS = {
    "note add": Command(
        description="Write a note on a passage, on several, on a whole source or on a story. It finds its\n"
        "passage again when the source changes.",
        examples=(
            "crossread note add harbour-deal/4 --quote 'look for a buyer' --text 'Who did?' --tag claim",
            "crossread note add harbour-deal/summary --start 0 --end 40 --label headline",
            "crossread note add harbour-deal/1 --whole --also harbour-deal/4 'a buyer' --relation supports",
            "crossread note add harbour-deal --text 'Ask the port first' --pin",
        ),
        run=_add,
        configure=_configure_add,
        empty={"notes": []},
    ),
    "note list": Command(
        description="List notes, in the order in which they were made. A query is that of search, asked of\n"
        "the notes: their words, quotes, tags and labels; is:orphan, is:moved, is:pinned, is:draft and\n"
        "is:link ask how a note stands, #word for a tag that begins so.",
        examples=(
            "crossread note list --story harbour-deal",
            "crossread note list --tag claim --json",
            "crossread note list buyer tag:claim",
            "crossread note list 'is:pinned OR tag:claim'",
            "crossread note list --state anchored --story harbour-deal",
        ),
        run=_list,
        configure=_configure_list,
        empty={"notes": []},
    ),
    "note edit": Command(
        description="Change the words, tags, labels, colour, pin or relation of a note.",
        examples=(
            "crossread note edit 3 --text 'The fund did' --tag claim --tag checked",
            "crossread note edit 3 --editor",
        ),
        run=_edit,
        configure=_configure_edit,
        empty={"notes": []},
    ),
    "note remove": Command(
        description="Remove a note. It stays in the bin for 30 days, and note restore brings it back.",
        examples=("crossread note remove 3",),
        run=_remove,
        configure=configure_id,
        empty={"notes": []},
    ),
    "note restore": Command(
        description="Bring a removed note back.",
        examples=("crossread note restore 3",),
        run=_restore,
        configure=configure_id,
        empty={"notes": []},
    ),
}

# Which passage a call means, and changing a note's words in the user's own editor.


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
