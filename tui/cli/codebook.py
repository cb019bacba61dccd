"""``labels list``, ``add``, ``edit``, ``move``, ``remove``: the codebook; and undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.model import COLOURS, LabelFields
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg
from tui.cli.console import Column
from tui.cli.note_history import answer_change
from tui.services.labels import listed, marked_spans, move_before, outside_codebook
from tui.services.undoing import redo, undo

if TYPE_CHECKING:
    from sources.model import Codebook, Label
    from tui.cli.command import Argument, Invocation
    from tui.services import Library

_EMPTY: dict[str, Any] = {"labels": []}


def _columns(codebook: Codebook, counts: dict[str, int]) -> list[Column]:
    """Return the columns of a table of labels, which shows them as a tree with their marked spans."""
    return [
        Column("LABEL", lambda label: "  " * codebook.depth(label) + label.name, 20),
        Column("KEY", "key"),
        Column("COLOUR", "colour"),
        Column("SPANS", lambda label: counts.get(label.name, 0), right=True),
        Column("MEANING", "meaning", 20),
    ]


def _list(call: Invocation) -> ExitCode:
    console = call.console
    with call.library() as library:
        codebook, counts = library.codebook(), marked_spans(library)
        outside = outside_codebook(library, codebook)
    labels = tuple(codebook)
    document = {"labels": listed(codebook, codebook, counts), "outside": outside}
    nothing = "The codebook is empty; begin it with: crossread labels add NAME --meaning TEXT"
    status = call.answer(document, labels, _columns(codebook, counts), nothing)
    if outside and not console.as_json:
        console.say(f"Only on notes, not in the codebook: {', '.join(outside)}")
    return ExitCode.DONE if outside else status


def _add(call: Invocation) -> ExitCode:
    arguments = call.arguments
    fields = LabelFields(arguments.name, arguments.meaning or "", arguments.colour, arguments.key)
    with call.library() as library:
        label = library.add_label(fields, parent=arguments.parent)
        return _answer(call, library, label)


def _edit(call: Invocation) -> ExitCode:
    arguments = call.arguments
    given = (arguments.name_to, arguments.meaning, arguments.colour, arguments.key)
    if all(value is None for value in given):
        raise UsageProblem("nothing to change: give --name, --meaning, --colour or --key")
    with call.library() as library:
        label = library.edit_label(
            arguments.name,
            new_name=arguments.name_to,
            meaning=arguments.meaning,
            colour=arguments.colour,
            key=arguments.key,
        )
        return _answer(call, library, label)


def _move(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        if arguments.before is not None and arguments.under is None and not arguments.top:
            label = move_before(library, arguments.name, arguments.before)
        elif arguments.under is None and not arguments.top:
            raise UsageProblem("say where: --under LABEL, --top or --before LABEL")
        else:
            label = library.move_label(arguments.name, parent=arguments.under, before=arguments.before)
        return _answer(call, library, label)


def _remove(call: Invocation) -> ExitCode:
    with call.library() as library:
        before = library.codebook()
        label, hidden = library.remove_label(call.arguments.name)
    with_it = f" and hid {hidden} of its spans" if hidden else ""
    said = f"removed label {label.name}{with_it}; undo it with: crossread labels undo"
    return call.answer({"labels": listed(before, [label], {label.name: hidden})}, show=said)


def _answer(call: Invocation, library: Library, label: Label) -> ExitCode:
    codebook, counts = library.codebook(), marked_spans(library)
    document = {"labels": listed(codebook, [label], counts)}
    return call.answer(document, tuple(codebook), _columns(codebook, counts))


def _undo(call: Invocation) -> ExitCode:
    with call.library() as library:
        entry = undo(library)
    return answer_change(call, entry, "Undone: {what}", "There is nothing to undo", "LabelEntry")


def _redo(call: Invocation) -> ExitCode:
    with call.library() as library:
        entry = redo(library)
    return answer_change(call, entry, "Redone: {what}", "There is nothing to redo", "LabelEntry")


def _fields(clears: str = "") -> tuple[Argument, ...]:
    colours = (*COLOURS, "") if clears else COLOURS
    return (
        arg("--meaning TEXT", f"what it means, and when it is given{clears}"),
        arg("--colour COLOUR", f"one of {', '.join(COLOURS)}{clears}", choices=colours),
        arg("--key KEY", f"the key that gives it in the app{clears}"),
    )


_NAME = arg("name LABEL", "its name, in capitals or small letters")

COMMANDS = {
    "labels list": Command(
        _list,
        "List the labels of the codebook, with the number of spans that coders marked with each.",
        ("crossread labels list", "crossread labels list --json"),
        empty={"labels": [], "outside": []},
    ),
    "labels add": Command(
        _add,
        "Put a label into the codebook.",
        (
            "crossread labels add claim --meaning 'Somebody asserts it' --colour blue --key c",
            "crossread labels add denied-claim --parent claim",
        ),
        (
            arg("name NAME", "letters, numbers, - _ . ' & +; blanks become hyphens"),
            *_fields(),
            arg("--parent LABEL", "the label that it is under"),
        ),
        _EMPTY,
    ),
    "labels edit": Command(
        _edit,
        "Change the name, meaning, colour or key of a label.",
        ("crossread labels edit claim --name assertion --colour ''",),
        (
            _NAME,
            arg("--name NAME", "its new name, also on notes", dest="name_to"),
            *_fields("; '' takes it away"),
        ),
        _EMPTY,
    ),
    "labels move": Command(
        _move,
        "Put a label elsewhere in the codebook, with all that is under it.",
        (
            "crossread labels move denied-claim --top",
            "crossread labels move doubt --under claim --before denied-claim",
        ),
        (
            _NAME,
            (
                arg("--under LABEL", "the label that it is under from now on"),
                arg("--top", "or at the top, under none"),
            ),
            arg("--before LABEL", "before this one; else it comes last"),
        ),
        _EMPTY,
    ),
    "labels remove": Command(
        _remove,
        "Take a label out of the codebook. What is under it moves up, and its spans are "
        "hidden until that is undone.",
        ("crossread labels remove doubt",),
        (_NAME,),
        _EMPTY,
    ),
    "labels undo": Command(
        _undo,
        "Undo the last change to labels or notes.",
        ("crossread labels undo",),
        empty={"change": None},
    ),
    "labels redo": Command(
        _redo, "Redo what was undone last.", ("crossread labels redo",), empty={"change": None}
    ),
}
