"""``labels list``, ``add``, ``edit``, ``move``, ``remove``: the codebook; and undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.model import COLOURS, LabelFields
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode
from tui.cli.documents import to_json
from tui.cli.label_spans import show_codebook
from tui.cli.opening import open_library
from tui.services.labels import listed, marked_spans, move_before, outside_codebook
from tui.services.notes import redo, undo

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable

    from sources.model import Label
    from tui.cli.command import Invocation
    from tui.services import Entry, Library

_EMPTY: dict[str, Any] = {"labels": []}


def _list(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        codebook, counts = library.codebook(), marked_spans(library)
        outside = outside_codebook(library, codebook)
    if console.as_json:
        console.document({"labels": to_json(listed(codebook, codebook, counts)), "outside": outside})
    elif len(codebook):
        show_codebook(console, codebook, counts)
    else:
        console.say("The codebook is empty; begin it with: crossread labels add NAME --meaning TEXT")
    if outside and not console.as_json:
        console.say(f"Only on notes, not in the codebook: {', '.join(outside)}")
    return ExitCode.DONE if len(codebook) or outside else ExitCode.NOTHING_FOUND


def _add(call: Invocation) -> ExitCode:
    arguments = call.arguments
    fields = LabelFields(arguments.name, arguments.meaning or "", arguments.colour, arguments.key)
    with open_library(call) as library:
        label = library.add_label(fields, parent=arguments.parent)
        _answer(call, library, [label])
    return ExitCode.DONE


def _edit(call: Invocation) -> ExitCode:
    arguments = call.arguments
    given = (arguments.name_to, arguments.meaning, arguments.colour, arguments.key)
    if all(value is None for value in given):
        raise UsageProblem(
            "nothing to change: give --name, --meaning, --colour or --key", command="labels edit"
        )
    with open_library(call) as library:
        label = library.edit_label(
            arguments.name,
            new_name=arguments.name_to,
            meaning=arguments.meaning,
            colour=arguments.colour,
            key=arguments.key,
        )
        _answer(call, library, [label])
    return ExitCode.DONE


def _move(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with open_library(call) as library:
        if arguments.before is not None and arguments.under is None and not arguments.top:
            label = move_before(library, arguments.name, arguments.before)
        elif arguments.under is None and not arguments.top:
            raise UsageProblem("say where: --under LABEL, --top or --before LABEL", command="labels move")
        else:
            label = library.move_label(arguments.name, parent=arguments.under, before=arguments.before)
        _answer(call, library, [label])
    return ExitCode.DONE


def _remove(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        before = library.codebook()
        label, hidden = library.remove_label(call.arguments.name)
    if console.as_json:
        console.document({"labels": to_json(listed(before, [label], {label.name: hidden}))})
    else:
        with_it = f" and hid {hidden} of its spans" if hidden else ""
        console.line(f"removed label {label.name}{with_it}; take it back with: crossread labels undo")
    return ExitCode.DONE


def _undo(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        entry = undo(library)
    return _told(call, entry, "Taken back", "There is nothing to take back")


def _redo(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        entry = redo(library)
    return _told(call, entry, "Done again", "There is nothing to do again")


def _told(call: Invocation, entry: Entry | None, done: str, nothing: str) -> ExitCode:
    console = call.console
    if console.as_json:
        console.document({"change": to_json(entry, "LabelEntry")})
    elif entry is None:
        console.say(nothing)
    else:
        console.line(f"{done}: {entry.what}")
    return ExitCode.NOTHING_FOUND if entry is None else ExitCode.DONE


def _answer(call: Invocation, library: Library, labels: Iterable[Label]) -> None:
    codebook, counts = library.codebook(), marked_spans(library)
    if call.console.as_json:
        call.console.document({"labels": to_json(listed(codebook, labels, counts))})
    else:
        show_codebook(call.console, codebook, counts)


def _configure_fields(parser: ArgumentParser, *, clears: str = "") -> None:
    parser.add_argument("--meaning", metavar="TEXT", help=f"what it means, and when it is given{clears}")
    parser.add_argument(
        "--colour", choices=(*COLOURS, "") if clears else COLOURS, metavar="COLOUR",
        help=f"one of {', '.join(COLOURS)}{clears}",
    )  # fmt: skip
    parser.add_argument("--key", metavar="KEY", help=f"the key that gives it in the app{clears}")


def _configure_name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="LABEL", help="its name, in capitals or small letters")


def _configure_add(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="letters, numbers, - _ . ' & +; blanks become hyphens")
    _configure_fields(parser)
    parser.add_argument("--parent", metavar="LABEL", help="the label that it stands under")


def _configure_edit(parser: ArgumentParser) -> None:
    _configure_name(parser)
    parser.add_argument("--name", dest="name_to", metavar="NAME", help="its new name, also on notes")
    _configure_fields(parser, clears="; '' takes it away")


def _configure_move(parser: ArgumentParser) -> None:
    _configure_name(parser)
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--under", metavar="LABEL", help="the label that it stands under from now on")
    place.add_argument("--top", action="store_true", help="or at the top, under none")
    parser.add_argument("--before", metavar="LABEL", help="before this one; else it comes last")


COMMANDS = {
    "labels list": Command(
        description="List the labels of the codebook, with the number of spans that coders marked with each.",
        examples=("crossread labels list", "crossread labels list --json"),
        run=_list,
        configure=None,
        empty={"labels": [], "outside": []},
    ),
    "labels add": Command(
        description="Put a label into the codebook.",
        examples=(
            "crossread labels add claim --meaning 'Somebody asserts it' --colour blue --key c",
            "crossread labels add denied-claim --parent claim",
        ),
        run=_add,
        configure=_configure_add,
        empty=_EMPTY,
    ),
    "labels edit": Command(
        description="Change the name, meaning, colour or key of a label.",
        examples=("crossread labels edit claim --name assertion --colour ''",),
        run=_edit,
        configure=_configure_edit,
        empty=_EMPTY,
    ),
    "labels move": Command(
        description="Put a label elsewhere in the codebook, with all that stands under it.",
        examples=(
            "crossread labels move denied-claim --top",
            "crossread labels move doubt --under claim --before denied-claim",
        ),
        run=_move,
        configure=_configure_move,
        empty=_EMPTY,
    ),
    "labels remove": Command(
        description="Take a label out of the codebook. What stands under it moves up, and its spans are "
        "hidden until that is taken back.",
        examples=("crossread labels remove doubt",),
        run=_remove,
        configure=_configure_name,
        empty=_EMPTY,
    ),
    "labels undo": Command(
        description="Take back the last change to labels or notes.",
        examples=("crossread labels undo",),
        run=_undo,
        empty={"change": None},
    ),
    "labels redo": Command(
        description="Do again what was taken back last.",
        examples=("crossread labels redo",),
        run=_redo,
        empty={"change": None},
    ),
}
