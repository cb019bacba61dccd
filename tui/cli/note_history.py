"""``note attach``, ``link`` and what takes changes back: the bin, undo and redo, drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import UnknownReference
from tui.cli.command import Command, ExitCode, arg
from tui.cli.documents import to_json
from tui.cli.edit import follow
from tui.cli.notes import EMPTY, ID, PLACE, answer, chosen_place
from tui.services.notes import find_lost, link, passage_to_attach, save_draft_as_note
from tui.services.undoing import changes_sources, redo, undo

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.services import Entry, Library


def _attach(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        note = library.note(arguments.id)
        position = passage_to_attach(note, arguments.passage)
        note = library.attach_note(note.id, position, *chosen_place(library, arguments))
    return answer(call, [note])


def _link(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        note = library.note(arguments.id)
        place = chosen_place(library, arguments)
        note = link(library, note.id, place, relation=arguments.relation)
    return answer(call, [note])


def _find_again(call: Invocation) -> ExitCode:
    with call.library() as library:
        found, looked = find_lost(library, call.console)
        left = sum(note.is_orphan for note in library.notes())
    said = f"passages found again: {found}; notes that are orphans: {left}"
    counts = {"found": found, "sources": looked, "orphans": left}
    return call.answer(counts, show=said)


def _bin(call: Invocation) -> ExitCode:
    with call.library() as library:
        if not call.arguments.empty:
            return answer(call, library.removed_notes(), "The bin is empty")
        gone = library.empty_bin()
    said = "1 note is gone for good" if gone == 1 else f"{gone} notes are gone for good"
    return call.answer({"notes": [], "emptied": gone}, show=said)


def _undo(call: Invocation) -> ExitCode:
    with call.library() as library:
        if call.arguments.list:
            return _changes(call, library.journal())
        entry = undo(library)
        status = answer_change(call, entry, "undone: {what}, {moment}", "Nothing to undo")
        return max(status, _index_follows(call, library, entry))


def _redo(call: Invocation) -> ExitCode:
    with call.library() as library:
        entry = redo(library)
        status = answer_change(call, entry, "redone: {what}, {moment}", "Nothing to redo")
        return max(status, _index_follows(call, library, entry))


def _index_follows(call: Invocation, library: Library, entry: Entry | None) -> ExitCode:
    return follow(call, library) if changes_sources(entry) else ExitCode.DONE


def answer_change(
    call: Invocation, entry: Entry | None, said: str, nothing: str, like: str | None = None
) -> ExitCode:
    """Write what was taken back or done again, as ``said`` words it; return the status."""
    told = "" if entry is None else said.format(what=entry.what, moment=entry.moment)
    return call.answer({"change": to_json(entry, like)}, entry, told, nothing)


def _changes(call: Invocation, entries: tuple[Entry, ...]) -> ExitCode:
    def show() -> None:
        for entry in entries:
            call.console.line(f"{entry.moment}  {entry.what}{' (undone)' if entry.undone else ''}")

    return call.answer({"changes": entries}, entries, show, "Nothing was changed")


def _drafts(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        if arguments.save is not None:
            return answer(call, [save_draft_as_note(library, arguments.save)])
        if arguments.drop is not None and not library.drop_draft(arguments.drop):
            raise UnknownReference(f"There is no draft {arguments.drop!r} in the library.")
        drafts = library.drafts()

    def show() -> None:
        for draft in drafts:
            what = f"of note {draft.note_id}" if draft.note_id else "of a new note"
            console.line(f"{draft.key}  {what}, {draft.modified}")
            for line in draft.fields.text.split("\n"):
                console.line(f"  {line}")

    status = call.answer({"drafts": drafts}, drafts, show, "No drafts")
    return ExitCode.DONE if arguments.drop is not None else status


COMMANDS = {
    "note attach": Command(
        _attach,
        "Attach a note that lost its passage to another one, by hand.",
        ("crossread note attach 3 harbour-deal/4 --quote 'look for a buyer'",),
        (ID, *PLACE, arg("--passage N", "which of the note's passages, from 1", least=1)),
        EMPTY,
    ),
    "note link": Command(
        _link,
        "Link a note to one more passage, source or story.",
        ("crossread note link 3 harbour-deal/1 --whole --relation contradicts",),
        (ID, *PLACE, arg("--relation WORD", "how the first passage relates to the others")),
        EMPTY,
    ),
    "note find-again": Command(
        _find_again,
        "Look once more for the passages that notes lost, in the texts as they are.",
        ("crossread note find-again",),
    ),
    "note bin": Command(
        _bin,
        "List the notes that were removed in the last 30 days, or empty the bin.",
        ("crossread note bin", "crossread note bin --empty"),
        (arg("--empty", "delete all notes in it for good"),),
        EMPTY,
    ),
    **{
        name: Command(
            _undo,
            "Undo the last change to notes, labels, sources or stories, whichever window or command made it.",
            (f"crossread {name}", f"crossread {name} --list"),
            (arg("--list", "list the changes instead, the newest first"),),
        )
        for name in ("undo", "note undo")
    },
    **{
        name: Command(_redo, "Redo the change that was undone last.", (f"crossread {name}",))
        for name in ("redo", "note redo")
    },
    "note drafts": Command(
        _drafts,
        "List words that were typed but not saved: after a crash they are all here.",
        ("crossread note drafts", "crossread note drafts --save note:3"),
        (
            (
                arg("--save KEY", "make a draft a note, or the note's words"),
                arg("--drop KEY", "forget a draft"),
            ),
        ),
        {"drafts": []},
    ),
}
