"""``note attach``, ``link`` and what takes changes back: the bin, undo and redo, drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import UnknownReference
from tui.cli.arguments import whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.documents import to_json
from tui.cli.notes import answer, chosen_place, configure_id, configure_place
from tui.cli.opening import open_library
from tui.services.notes import find_lost, link, passage_to_attach, redo, save_draft_as_note, undo

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation
    from tui.services import Entry


def _attach(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with open_library(call) as library:
        note = library.note(arguments.id)
        position = passage_to_attach(note, arguments.passage)
        note = library.attach_note(note.id, position, *chosen_place(library, arguments, "note attach"))
    answer(call.console, (note,))
    return ExitCode.DONE


def _link(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with open_library(call) as library:
        note = library.note(arguments.id)
        place = chosen_place(library, arguments, "note link")
        note = link(library, note.id, place, relation=arguments.relation)
    answer(call.console, (note,))
    return ExitCode.DONE


def _find_again(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        found, looked = find_lost(library, console)
        left = sum(note.is_orphan for note in library.notes())
    if console.as_json:
        console.document({"found": found, "sources": looked, "orphans": left})
    else:
        console.line(f"passages found again: {found}; notes that are orphans: {left}")
    return ExitCode.DONE


def _bin(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        notes = library.removed_notes()
        if call.arguments.empty:
            gone = library.empty_bin()
            if console.as_json:
                console.document({"notes": [], "emptied": gone})
            else:
                console.line("1 note is gone for good" if gone == 1 else f"{gone} notes are gone for good")
            return ExitCode.DONE
    answer(console, notes)
    if not notes and not console.as_json:
        console.say("The bin is empty")
    return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND


def _undo(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        if call.arguments.list:
            return _told(call, library.journal())
        entry = undo(library)
    return _answer_entry(call, entry, "taken back", "Nothing to take back")


def _redo(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        entry = redo(library)
    return _answer_entry(call, entry, "done again", "Nothing to do again")


def _answer_entry(call: Invocation, entry: Entry | None, done: str, nothing: str) -> ExitCode:
    console = call.console
    if console.as_json:
        console.document({"change": to_json(entry)})
    elif entry is None:
        console.say(nothing)
    else:
        console.line(f"{done}: {entry.what}, {entry.moment}")
    return ExitCode.NOTHING_FOUND if entry is None else ExitCode.DONE


def _told(call: Invocation, entries: tuple[Entry, ...]) -> ExitCode:
    console = call.console
    if console.as_json:
        console.document({"changes": to_json(entries)})
    else:
        for entry in entries:
            console.line(f"{entry.moment}  {entry.what}{' (taken back)' if entry.undone else ''}")
        if not entries:
            console.say("Nothing was changed")
    return ExitCode.DONE if entries else ExitCode.NOTHING_FOUND


def _drafts(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        if arguments.save is not None:
            answer(console, (save_draft_as_note(library, arguments.save),))
            return ExitCode.DONE
        if arguments.drop is not None and not library.drop_draft(arguments.drop):
            raise UnknownReference(f"There is no draft {arguments.drop!r} in the library.")
        drafts = library.drafts()
    if console.as_json:
        console.document({"drafts": to_json(drafts)})
    else:
        for draft in drafts:
            what = f"of note {draft.note_id}" if draft.note_id else "of a new note"
            console.line(f"{draft.key}  {what}, {draft.modified}")
            for line in draft.fields.text.split("\n"):
                console.line(f"  {line}")
        if not drafts:
            console.say("No drafts")
    return ExitCode.DONE if drafts or arguments.drop is not None else ExitCode.NOTHING_FOUND


def _configure_attach(parser: ArgumentParser) -> None:
    configure_id(parser)
    configure_place(parser)
    parser.add_argument(
        "--passage", metavar="N", type=whole_number(1), help="which of the note's passages, from 1"
    )


def _configure_link(parser: ArgumentParser) -> None:
    configure_id(parser)
    configure_place(parser)
    parser.add_argument("--relation", metavar="WORD", help="how the first passage stands to the others")


def _configure_bin(parser: ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="take all notes in it away for good")


def _configure_undo(parser: ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="list the changes instead, the newest first")


def _configure_drafts(parser: ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--save", metavar="KEY", help="make a draft a note, or the note's words")
    either.add_argument("--drop", metavar="KEY", help="forget a draft")


COMMANDS = {
    "note attach": Command(
        description="Put a note that lost its passage on another one, by hand.",
        examples=("crossread note attach 3 harbour-deal/4 --quote 'look for a buyer'",),
        run=_attach,
        configure=_configure_attach,
        empty={"notes": []},
    ),
    "note link": Command(
        description="Let a note speak of one more passage, source or story.",
        examples=("crossread note link 3 harbour-deal/1 --whole --relation contradicts",),
        run=_link,
        configure=_configure_link,
        empty={"notes": []},
    ),
    "note find-again": Command(
        description="Look once more for the passages that notes lost, in the texts as they are.",
        examples=("crossread note find-again",),
        run=_find_again,
    ),
    "note bin": Command(
        description="List the notes that were removed in the last 30 days, or empty the bin.",
        examples=("crossread note bin", "crossread note bin --empty"),
        run=_bin,
        configure=_configure_bin,
        empty={"notes": []},
    ),
    "note undo": Command(
        description="Take back the last change to notes, whichever window or command made it.",
        examples=("crossread note undo", "crossread note undo --list"),
        run=_undo,
        configure=_configure_undo,
    ),
    "note redo": Command(
        description="Do the change again that was taken back last.",
        examples=("crossread note redo",),
        run=_redo,
    ),
    "note drafts": Command(
        description="List words that were typed but not saved: after a crash they are all here.",
        examples=("crossread note drafts", "crossread note drafts --save note:3"),
        run=_drafts,
        configure=_configure_drafts,
        empty={"drafts": []},
    ),
}
