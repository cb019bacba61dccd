"""``labels agreement``, ``disagreements``, ``adjudicate`` and ``unsettle``: what several coders say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sources.model import Span, is_slug
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.label_spans import CODER_ELSE, LABELS, quoted
from tui.services.access import coder_name, evidence_of
from tui.services.labels import Labelling, Readership, UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model import Settlement
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Agreement, CodedPassage

_ALL = "all labels"


def _agreement(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        found = Labelling(evidence_of(library)).agreement(
            _story(arguments.story),
            coders=arguments.coder,
            labels=arguments.label,
            unit=UnitKind(arguments.unit),
            readership=Readership(arguments.read),
        )
    show, nothing = partial(_show_agreement, console, found), "No text was labelled by two of these coders"
    return call.answer(to_json(found), found.refs, show, nothing)


def _show_agreement(console: Console, found: Agreement) -> None:
    texts = "1 text" if len(found.refs) == 1 else f"{len(found.refs)} texts"
    console.line(f"{found.units:,} {found.unit} of {texts} that at least two coders labelled")
    rows = [
        (each if place == 0 else None, pair)
        for each in (found.overall, *found.labels)
        for place, pair in enumerate(each.pairs)
    ]
    console.table(_AGREEMENT, rows)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


# A row is a label, at the first pair of coders only, and a pair.
_AGREEMENT = (
    Column("LABEL", lambda row: row[0] and (row[0].label or _ALL), 12),
    Column("CODERS", lambda row: f"{row[1].first}, {row[1].second}", 12),
    Column("ALPHA", lambda row: row[0] and _number(row[0].alpha), right=True),
    Column("KAPPA", lambda row: _number(row[1].kappa), right=True),
    Column("F1 EXACT", lambda row: _number(row[1].exact.f1), right=True),
    Column("F1 OVERLAP", lambda row: _number(row[1].overlapping.f1), right=True),
    Column("SPANS", lambda row: f"{row[1].exact.first_spans} : {row[1].exact.second_spans}", right=True),
)


def _disagreements(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        found = Labelling(evidence_of(library)).disagreements(
            _story(arguments.story), coders=arguments.coder, readership=Readership(arguments.read)
        )
    if arguments.open:
        found = tuple(passage for passage in found if passage.settlement is None)
    show = partial(_show_questions, console, found)
    return call.answer({"disagreements": found}, found, show, "No disagreements")


def _show_questions(console: Console, passages: Sequence[CodedPassage]) -> None:
    for place, passage in enumerate(passages):
        if place:
            console.line()
        where = f"{passage.ref} {passage.span.start}-{passage.span.end}"
        console.write_styled(
            console.styled(f"disagreement {passage.id}", "bold"), f"  {where}  on {passage.kind}"
        )
        wide = max(len(console.plain(given.coder)) for given in passage.coder_spans)
        for given in passage.coder_spans:
            said = [f"{span.label}: “{quoted(span)}”" for span in given.spans] or ["nothing"]
            for line, words in enumerate(said):
                console.line(f"  {(given.coder if not line else '').ljust(wide)}  {console.plain(words)}")
        if passage.settlement is not None:
            console.line(f"  {_settled(passage.settlement)}")


def _settled(settlement: Settlement) -> str:
    said = ", ".join(f"{span.label}: “{quoted(span)}”" for span in settlement.spans) or "nothing"
    return f"settled by {settlement.by} on {settlement.made[:10]} (settlement {settlement.id}): {said}"


def _settle(call: Invocation) -> ExitCode:
    arguments = call.arguments
    ways = [arguments.like is not None, arguments.nothing, bool(arguments.span)]
    if sum(ways) != 1:
        raise UsageProblem("say what holds: --as CODER, --span START END LABEL or --nothing")
    holds = [(label, Span(_offset(start), _offset(end))) for start, end, label in arguments.span]
    with call.library() as library:
        labelling = Labelling(evidence_of(library))
        passage = labelling.disagreement(
            _story(arguments.story),
            arguments.id,
            coders=arguments.coder_of,
            readership=Readership(arguments.read),
        )
        made = labelling.adjudicate(passage, by=coder_name(arguments.coder), like=arguments.like, holds=holds)
    return call.answer({"settlements": [made]}, show=_settled(made))


def _offset(word: str) -> int:
    if not (word.isascii() and word.isdigit()):
        raise UsageProblem(f"{word!r} is not an offset; write --span START END LABEL")
    return int(word)


def _unsettle(call: Invocation) -> ExitCode:
    number = call.arguments.id
    with call.library() as library:
        found = [settlement for settlement in library.settlements() if settlement.id == number]
        library.reopen_labels(number)
    said = f"settlement {number} is undone; the disagreement is open again"
    return call.answer({"settlements": found}, show=said)


def _story(word: str) -> str:
    if not is_slug(word):
        raise UsageProblem(f"{word!r} is not a story; coders are compared over a whole story")
    return word


_STORY = (
    arg("story STORY", "the story that was labelled"),
    arg(
        "--read",
        "a coder read the texts that they labelled (the default), or all of the story",
        choices=[each.value for each in Readership],
        default=Readership.LABELLED.value,
    ),
)
_CODERS = arg("--coder NAME", "only this coder; repeat for each", many=True)

COMMANDS = {
    "labels agreement": Command(
        _agreement,
        "Measure how far coders agree: Krippendorff's alpha of all, Cohen's kappa and the F1 of "
        "spans of each two.\n\nAlpha and kappa are - where chance explains all, as when nobody labelled "
        "anything.",
        (
            "crossread labels agreement harbour-deal",
            "crossread labels agreement harbour-deal --unit sentences --coder Ada --coder Ben --label claim",
        ),
        (
            *_STORY,
            _CODERS,
            LABELS,
            arg(
                "--unit",
                "what is judged, for alpha and kappa: characters (the default) or sentences",
                choices=[each.value for each in UnitKind],
                default=UnitKind.CHARACTERS.value,
            ),
        ),
        {"unit": None, "units": 0, "sources": [], "coders": [], "overall": None, "labels": []},
    ),
    "labels disagreements": Command(
        _disagreements,
        "List where coders disagree, side by side, and what was settled.",
        ("crossread labels disagreements harbour-deal --open",),
        (*_STORY, _CODERS, arg("--open", "only those that were not settled")),
        {"disagreements": []},
    ),
    "labels settle": Command(
        _settle,
        "Settle a disagreement. The coders' own labels stay, and a change of one opens it again.",
        (
            "crossread labels settle harbour-deal 7 --as Ada --coder Cleo",
            "crossread labels settle harbour-deal 7 --span 120 164 claim",
        ),
        (
            *_STORY,
            arg("id ID", "its number, as labels disagreements has it", least=1),
            arg("--as CODER", "as this coder has it", dest="like"),
            arg("--span START END LABEL", "or with this span; may be repeated", many=True),
            arg("--nothing", "or nothing there has a label"),
            arg(
                "--between NAME",
                "the coders that were compared, where not all were; repeat for each",
                many=True,
                dest="coder_of",
            ),
            arg("--coder NAME", f"who settles it {CODER_ELSE}"),
        ),
        {"settlements": []},
    ),
    "labels unsettle": Command(
        _unsettle,
        "Open a settled disagreement again.",
        ("crossread labels unsettle 2",),
        (arg("id ID", "the settlement's number", least=1),),
        {"settlements": []},
    ),
}
