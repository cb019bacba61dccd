"""``note``: write, list, change, remove and restore notes."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sources.model import COLOURS, NoteFields, NoteState, TargetKind
from sources.text.cleaning import clean_text
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, source_ref, target
from tui.cli.console import cell_width
from tui.services.access import CODER
from tui.services.notes import (
    NoteFilter,
    chosen_notes,
    edited_outside,
    former_version,
    passage_place,
    where_it_stands,
    whole_place,
)
from tui.services.reading import quoted_span, span_between

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from sources.model import Note, Source, Span, Target
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library
    from tui.services.notes import Place


_INDENT = "  "
_LONGEST = 200  # code points of a quote that are shown


def answer(call: Invocation, notes: Sequence[Note], nothing: str = "") -> ExitCode:
    """Write notes as the answer of a command; return its status."""

    def show() -> None:
        for place, note in enumerate(notes):
            if place:
                call.console.line()
            _show(call.console, note)

    return call.answer({"notes": notes}, notes, show, nothing)


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
    state = "" if target.state is NoteState.ANCHORED else f" ({target.state}{former_version(target)})"
    if target.kind is not TargetKind.PASSAGE:
        what = "the whole story" if target.kind is TargetKind.STORY else "the whole source"
        return f"{target.ref}{state}: {what}"
    if (
        target.state is NoteState.MOVED
        and target.made is not None
        and target.made.quote != target.anchor.quote
    ):
        state = f" (moved, {target.confidence:.0%} sure, was “{_shortened(target.made.quote)}”"
        state += f"{former_version(target)})"
    return f"{where_it_stands(target)}{state}: “{_shortened(target.anchor.quote)}”"


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"


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
        raise UsageProblem("a note needs --text, --tag or --label, or --relation")
    with call.library() as library:
        places = [chosen_place(library, arguments)]
        places += [quoted_place(library, other) for other in arguments.also]
        note = library.create_note(fields, places)
    return answer(call, [note])


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
    with call.library() as library:
        notes = chosen_notes(library, asked)
    return answer(call, notes, "No notes")


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
        options = "--text, --tag, --label, --colour, --pin, --relation or --editor"
        raise UsageProblem(f"nothing to change: give {options}")
    if arguments.editor and arguments.text is not None:
        raise UsageProblem("give either --text or --editor")
    with call.library() as library:
        note = library.edit_note(arguments.id, **changes)
        if arguments.editor:
            note = edit_elsewhere(library, note, call.console)
    return answer(call, [note])


def _remove(call: Invocation) -> ExitCode:
    with call.library() as library:
        note = library.note(call.arguments.id)
        library.remove_note(note.id)
    said = f"removed note {note.id}; bring it back with: crossread note restore {note.id}"
    return call.answer({"notes": [note]}, show=said)


def _restore(call: Invocation) -> ExitCode:
    with call.library() as library:
        note = library.restore_note(call.arguments.id)
    return answer(call, [note])


def words(text: str | None) -> str | None:
    """Return the note's words; ``-`` reads them from standard input."""
    if text is None:
        return None
    return clean_text(sys.stdin.read() if text == "-" else text).strip("\n")


ID = arg("id ID", "the note's number, as note list shows it", least=1)
OCCURRENCE = arg("--occurrence N", "which one, when it is there often", least=1, default=1)
PLACE = (
    arg("ref REF", "STORY/N or STORY/summary; STORY for a story as a whole"),
    arg("--quote TEXT", "the passage, as the source has it"),
    OCCURRENCE,
    arg("--start N", "or its first character, from 0", least=0),
    arg("--end N", "and the one after its last", least=1),
    arg("--whole", "or the whole source"),
)
EMPTY: dict[str, Any] = {"notes": []}

COMMANDS = {
    "note add": Command(
        _add,
        "Write a note on a passage, on several, on a whole source or on a story. It finds its\n"
        "passage again when the source changes.",
        (
            "crossread note add harbour-deal/4 --quote 'look for a buyer' --text 'Who did?' --tag claim",
            "crossread note add harbour-deal/summary --start 0 --end 40 --label headline",
            "crossread note add harbour-deal/1 --whole --also harbour-deal/4 'a buyer' --relation supports",
            "crossread note add harbour-deal --text 'Ask the port first' --pin",
        ),
        (
            *PLACE,
            arg("--text TEXT", "your words; - reads them from standard input"),
            arg("--tag TAG", "a tag; may be repeated", many=True),
            arg("--label LABEL", "a label; may be repeated", many=True),
            arg("--colour", "a colour", choices=COLOURS),
            arg("--pin", "keep it on top"),
            arg("--also REF QUOTE", "another passage that the note links; may be repeated", many=True),
            arg("--relation WORD", "how the first passage relates to the others: contradicts, ..."),
            arg("--coder NAME", f"who writes it (else ${CODER})"),
        ),
        EMPTY,
    ),
    "note list": Command(
        _list,
        "List notes, in the order in which they were made. A query is that of search, asked of\n"
        "the notes: their words, quotes, tags and labels; is:orphan, is:moved, is:pinned, is:draft and\n"
        "is:link ask how a note is, #word for a tag that begins so.",
        (
            "crossread note list --story harbour-deal",
            "crossread note list --tag claim --json",
            "crossread note list buyer tag:claim",
            "crossread note list 'is:pinned OR tag:claim'",
            "crossread note list --state anchored --story harbour-deal",
        ),
        (
            arg("query QUERY*", "words, tag:, story: ... as in a search; is:moved, #tag"),
            arg("--story SLUG", "only notes on this story"),
            arg("--ref REF", "only notes on this source"),
            arg("--tag TAG", "only notes with this tag"),
            arg("--label LABEL", "only notes with this label"),
            arg("--state", "only notes with such a passage", choices=[state.value for state in NoteState]),
            arg("--colour", "only notes of this colour", choices=COLOURS),
            arg("--coder NAME", "only notes by this person"),
            arg("--pinned", "only pinned notes"),
        ),
        EMPTY,
    ),
    "note edit": Command(
        _edit,
        "Change the words, tags, labels, colour, pin or relation of a note.",
        (
            "crossread note edit 3 --text 'The fund did' --tag claim --tag checked",
            "crossread note edit 3 --editor",
        ),
        (
            ID,
            arg("--text TEXT", "the new words; - reads them from standard input"),
            arg("--tag TAG", "the tags from now on; may be repeated, '' takes all away", action="append"),
            arg("--label LABEL", "the labels from now on; the same holds for them", action="append"),
            arg("--colour", "the colour; '' takes it away", choices=("", *COLOURS)),
            arg("--relation WORD", "the relation; '' takes it away"),
            (arg("--pin", "keep it on top"), arg("--unpin", "keep it on top no longer")),
            arg("--editor", "change the words in $VISUAL or $EDITOR"),
        ),
        EMPTY,
    ),
    "note remove": Command(
        _remove,
        "Remove a note. It stays in the bin for 30 days, and note restore brings it back.",
        ("crossread note remove 3",),
        (ID,),
        EMPTY,
    ),
    "note restore": Command(
        _restore, "Bring a removed note back.", ("crossread note restore 3",), (ID,), EMPTY
    ),
}

# Changing a note's words in the user's own editor.


def edit_elsewhere(library: Library, note: Note, console: Console) -> Note:
    """Open a note's words in ``$VISUAL`` or ``$EDITOR`` and save what they became.

    What another process saved meanwhile is merged. The file stays where the library refused the words.
    Raises RequestError without an editor, or when it fails.
    """
    base = note.fields
    with edited_outside(note.text, console.say) as words:
        saved = library.save_note(note.id, base, replace(base, text=clean_text(words).strip()))
    if saved.clashes:
        console.say("Somebody else changed the same lines meanwhile; both are in the note, marked.")
    elif saved.merged:
        console.say("Somebody else changed the note meanwhile; both changes are in it.")
    return saved.note


# Which passage a call means: by its words, by its place, or all of a source or story.


def chosen_place(library: Library, arguments: Namespace) -> Place:
    """Return the place that the arguments name; raises RequestError and UnknownReference."""
    named = target(arguments.ref)
    passage = [arguments.quote, arguments.start, arguments.end] != [None, None, None]
    if isinstance(named, str):
        if passage:
            source_ref(arguments.ref)  # says what is missing
        return whole_place(library, named)
    if getattr(arguments, "whole", False):
        if passage:
            raise UsageProblem("give either --whole or a passage")
        return whole_place(library, named)
    source = library.source(named)
    return passage_place(source, _passage(arguments, source))


def quoted_place(library: Library, words: list[str]) -> Place:
    """Return the place of ``[REF, QUOTE]``; raises RequestError and UnknownReference."""
    source = library.source(source_ref(words[0]))
    return passage_place(source, _quoted(source, words[1], 1))


def _passage(arguments: Namespace, source: Source) -> Span:
    if arguments.quote is not None:
        if arguments.start is not None or arguments.end is not None:
            raise UsageProblem("give either --quote or --start and --end")
        return _quoted(source, arguments.quote, arguments.occurrence)
    if arguments.start is None or arguments.end is None:
        raise UsageProblem("say which passage: --quote TEXT, or --start N --end N, or --whole")
    return span_between(source, arguments.start, arguments.end)


def _quoted(source: Source, quote: str, occurrence: int) -> Span:
    if not clean_text(quote).strip():
        raise UsageProblem("--quote is empty")
    return quoted_span(source, quote, occurrence)
