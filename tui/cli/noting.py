"""``note``: write, list, change, remove and restore notes on passages."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import Span
from sources.notes.anchoring import make_anchor
from sources.notes.export.as_json import note_object
from sources.text.cleaning import clean_text
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library, source_ref

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from sources.model import Note, Ref
    from tui.cli.command import Invocation
    from tui.cli.console import Console

# A quote is often retyped or pasted from a page that curls its marks and breaks its lines.
_ALIKE = ("'‘’‚‛`´", '"“”„‟«»', "-‐‑‒–—")


def _add(call: Invocation) -> ExitCode:
    arguments = call.arguments
    ref = source_ref(arguments.ref)
    text = _words(arguments.text) or ""
    if not (text.strip() or arguments.tag or arguments.label):
        raise UsageProblem("a note needs --text, --tag or --label", command="note add")
    with open_library(call) as library:
        source = library.source(ref)
        span = _passage(arguments, ref, source.text)
        anchors = [(ref, make_anchor(source.text, span))]
        note = library.add_note(text, anchors, tags=arguments.tag, labels=arguments.label)
    _answer(call.console, (note,))
    return ExitCode.DONE


def _passage(arguments: Namespace, ref: Ref, text: str) -> Span:
    """Return the span that the arguments name in ``text``; raises RequestError."""
    if arguments.quote is not None:
        if arguments.start is not None or arguments.end is not None:
            raise UsageProblem("give either --quote or --start and --end", command="note add")
        return _quoted(arguments.quote, arguments.occurrence, ref, text)
    if arguments.start is None or arguments.end is None:
        raise UsageProblem("say which passage: --quote TEXT, or --start N --end N", command="note add")
    if not arguments.start < arguments.end <= len(text):
        raise RequestError(
            f"{ref} has no passage from {arguments.start} to {arguments.end}; it ends at {len(text)}."
        )
    return Span(arguments.start, arguments.end)


def _quoted(quote: str, occurrence: int, ref: Ref, text: str) -> Span:
    wanted = clean_text(quote).strip()
    if not wanted:
        raise UsageProblem("--quote is empty", command="note add")
    exact = [found.span() for found in re.finditer(re.escape(wanted), text)]
    places = exact or [found.span() for found in _forgiving(wanted).finditer(text)]
    shown = wanted if len(wanted) <= 60 else wanted[:59] + "…"
    if not places:
        raise RequestError(f"{ref} does not say {shown!r}")
    if occurrence > len(places):
        raise RequestError(f"{ref} says {shown!r} only {len(places)} times, so there is no {occurrence}th")
    return Span(*places[occurrence - 1])


def _forgiving(quote: str) -> re.Pattern[str]:
    """Return a pattern to which all blanks, all apostrophes, all quotation marks and all dashes are alike."""
    parts = []
    for character in re.sub(r"\s+", " ", quote):
        alike = next((group for group in _ALIKE if character in group), None)
        parts.append(
            r"\s+" if character == " " else f"[{re.escape(alike)}]" if alike else re.escape(character)
        )
    return re.compile("".join(parts))


def _list(call: Invocation) -> ExitCode:
    arguments = call.arguments
    ref = source_ref(arguments.ref) if arguments.ref else None
    with open_library(call) as library:
        notes = library.notes(story=arguments.story, ref=ref, tag=arguments.tag)
    _answer(call.console, notes)
    if not notes and not call.console.as_json:
        call.console.say("No notes")
    return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND


def _edit(call: Invocation) -> ExitCode:
    arguments = call.arguments
    if arguments.text is None and arguments.tag is None and arguments.label is None:
        raise UsageProblem("nothing to change: give --text, --tag or --label", command="note edit")
    with open_library(call) as library:
        note = library.edit_note(
            arguments.id, text=_words(arguments.text), tags=arguments.tag, labels=arguments.label
        )
    _answer(call.console, (note,))
    return ExitCode.DONE


def _remove(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        note = library.note(call.arguments.id)
        library.remove_note(note.id)
    if call.console.as_json:
        _answer(call.console, (note,))
    else:
        call.console.line(f"removed note {note.id}; bring it back with: crossread note restore {note.id}")
    return ExitCode.DONE


def _restore(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        note = library.restore_note(call.arguments.id)
    _answer(call.console, (note,))
    return ExitCode.DONE


def _words(text: str | None) -> str | None:
    """Return the note's words; ``-`` reads them from standard input."""
    if text is None:
        return None
    return clean_text(sys.stdin.read() if text == "-" else text).strip("\n")


def _answer(console: Console, notes: tuple[Note, ...]) -> None:
    if console.as_json:
        console.document({"notes": [note_object(note) for note in notes]})
        return
    for place, note in enumerate(notes):
        if place:
            console.line()
        marks = "".join(f" #{tag}" for tag in note.tags) + "".join(f" [{label}]" for label in note.labels)
        console.write_styled(
            console.styled(f"note {note.id}", "bold"), console.plain(marks) and f" {console.plain(marks)}"
        )
        for target in note.targets:
            state = "" if target.state == "anchored" else f" ({target.state})"
            quote = (
                target.anchor.quote if len(target.anchor.quote) <= 200 else target.anchor.quote[:199] + "…"
            )
            console.line(f"  {target.ref}{state}: “{console.plain(quote)}”")
        for line in note.text.split("\n") if note.text else []:
            console.line(f"  {line}")


def _configure_add(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="STORY/N or STORY/summary")
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
    parser.add_argument("--text", metavar="TEXT", help="your words; - reads them from standard input")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="a tag; may be repeated")
    parser.add_argument(
        "--label", metavar="LABEL", action="append", default=[], help="a label; may be repeated"
    )


def _configure_list(parser: ArgumentParser) -> None:
    parser.add_argument("--story", metavar="SLUG", help="only notes on this story")
    parser.add_argument("--ref", metavar="REF", help="only notes on this source")
    parser.add_argument("--tag", metavar="TAG", help="only notes with this tag")


def _configure_edit(parser: ArgumentParser) -> None:
    _configure_id(parser)
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


def _configure_id(parser: ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID", type=whole_number(1), help="the note's number, as note list shows it"
    )


COMMANDS = {
    "note add": Command(
        description="Write a note on a passage. It finds its passage again when the source changes.",
        examples=(
            "crossread note add harbour-deal/4 --quote 'look for a buyer' --text 'Who did?' --tag claim",
            "crossread note add harbour-deal/summary --start 0 --end 40 --label headline",
        ),
        run=_add,
        configure=_configure_add,
        empty={"notes": []},
    ),
    "note list": Command(
        description="List notes, in the order in which they were made.",
        examples=("crossread note list --story harbour-deal", "crossread note list --tag claim --json"),
        run=_list,
        configure=_configure_list,
        empty={"notes": []},
    ),
    "note edit": Command(
        description="Change the words, tags or labels of a note.",
        examples=("crossread note edit 3 --text 'The fund did' --tag claim --tag checked",),
        run=_edit,
        configure=_configure_edit,
        empty={"notes": []},
    ),
    "note remove": Command(
        description="Remove a note; note restore brings it back.",
        examples=("crossread note remove 3",),
        run=_remove,
        configure=_configure_id,
        empty={"notes": []},
    ),
    "note restore": Command(
        description="Bring a removed note back.",
        examples=("crossread note restore 3",),
        run=_restore,
        configure=_configure_id,
        empty={"notes": []},
    ),
}
