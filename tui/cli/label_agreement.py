"""``labels agreement``, ``disagreements``, ``adjudicate`` and ``unsettle``: what several coders say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Span, is_slug
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.label_spans import quoted
from tui.cli.opening import open_library
from tui.services.access import coder_name, evidence_of
from tui.services.labels import Labelling, Readership, UnitKind

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from sources.model import Settlement
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Agreement, CodedPassage

_ALL = "all labels"


def _agreement(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        found = Labelling(evidence_of(library)).agreement(
            _story(arguments.story),
            coders=arguments.coder,
            labels=arguments.label,
            unit=UnitKind(arguments.unit),
            readership=Readership(arguments.read),
        )
    if console.as_json:
        console.document(to_json(found))
    elif found.refs:
        _show_agreement(console, found)
    else:
        console.say("No text was labelled by two of these coders")
    return ExitCode.DONE if found.refs else ExitCode.NOTHING_FOUND


def _show_agreement(console: Console, found: Agreement) -> None:
    texts = "1 text" if len(found.refs) == 1 else f"{len(found.refs)} texts"
    console.line(f"{found.units:,} {found.unit} of {texts} that at least two coders labelled")
    columns = [
        Column("LABEL", 12),
        Column("CODERS", 12),
        *(Column(name, right=True) for name in ("ALPHA", "KAPPA", "F1 EXACT", "F1 OVERLAP", "SPANS")),
    ]
    rows = []
    for each in (found.overall, *found.labels):
        for place, pair in enumerate(each.pairs):
            first = place == 0
            spans = f"{pair.exact.first_spans} : {pair.exact.second_spans}"
            rows.append(
                (
                    (each.label or _ALL) if first else "",
                    f"{pair.first}, {pair.second}",
                    _number(each.alpha) if first else "",
                    _number(pair.kappa),
                    _number(pair.exact.f1),
                    _number(pair.overlapping.f1),
                    spans,
                )
            )
    console.table(columns, rows)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _disagreements(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        found = Labelling(evidence_of(library)).disagreements(
            _story(arguments.story), coders=arguments.coder, readership=Readership(arguments.read)
        )
    if arguments.open:
        found = tuple(passage for passage in found if passage.settlement is None)
    if console.as_json:
        console.document({"disagreements": to_json(found)})
    else:
        _show_questions(console, found)
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


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
    if not passages:
        console.say("No disagreements")


def _settled(settlement: Settlement) -> str:
    said = ", ".join(f"{span.label}: “{quoted(span)}”" for span in settlement.spans) or "nothing"
    return f"settled by {settlement.by} on {settlement.made[:10]} (settlement {settlement.id}): {said}"


def _settle(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    ways = [arguments.like is not None, arguments.nothing, bool(arguments.span)]
    if sum(ways) != 1:
        raise UsageProblem(
            "say what holds: --as CODER, --span START END LABEL or --nothing", command="labels settle"
        )
    holds = [(label, Span(_offset(start), _offset(end))) for start, end, label in arguments.span]
    with open_library(call) as library:
        labelling = Labelling(evidence_of(library))
        passage = labelling.disagreement(
            _story(arguments.story),
            arguments.id,
            coders=arguments.coder_of,
            readership=Readership(arguments.read),
        )
        made = labelling.adjudicate(passage, by=coder_name(arguments.coder), like=arguments.like, holds=holds)
    if console.as_json:
        console.document({"settlements": to_json([made])})
    else:
        console.line(_settled(made))
    return ExitCode.DONE


def _offset(word: str) -> int:
    if not (word.isascii() and word.isdigit()):
        raise UsageProblem(f"{word!r} is no offset; write --span START END LABEL", command="labels settle")
    return int(word)


def _unsettle(call: Invocation) -> ExitCode:
    console, number = call.console, call.arguments.id
    with open_library(call) as library:
        found = [settlement for settlement in library.settlements() if settlement.id == number]
        library.reopen_labels(number)
    if console.as_json:
        console.document({"settlements": to_json(found)})
    else:
        console.line(f"settlement {number} is taken back; the disagreement is open again")
    return ExitCode.DONE


def _story(word: str) -> str:
    if not is_slug(word):
        raise UsageProblem(f"{word!r} is no story; coders are compared over a whole story")
    return word


def _configure_story(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story that was labelled")
    parser.add_argument(
        "--read",
        choices=[each.value for each in Readership],
        default=Readership.LABELLED.value,
        help="a coder read the texts that they labelled (the default), or all of the story",
    )


def _configure_coders(parser: ArgumentParser) -> None:
    _configure_story(parser)
    parser.add_argument(
        "--coder", metavar="NAME", action="append", default=[], help="only this coder; repeat for each"
    )


def _configure_agreement(parser: ArgumentParser) -> None:
    _configure_coders(parser)
    parser.add_argument(
        "--label",
        metavar="LABEL",
        action="append",
        default=[],
        help="only this label and those under it; may be repeated",
    )
    parser.add_argument(
        "--unit",
        choices=[each.value for each in UnitKind],
        default=UnitKind.CHARACTERS.value,
        help="what is judged, for alpha and kappa: characters (the default) or sentences",
    )


def _configure_disagreements(parser: ArgumentParser) -> None:
    _configure_coders(parser)
    parser.add_argument("--open", action="store_true", help="only those that were not settled")


def _configure_settle(parser: ArgumentParser) -> None:
    _configure_story(parser)
    parser.add_argument(
        "id", metavar="ID", type=whole_number(1), help="its number, as labels disagreements has it"
    )
    parser.add_argument("--as", dest="like", metavar="CODER", help="as this coder has it")
    parser.add_argument(
        "--span",
        nargs=3,
        metavar=("START", "END", "LABEL"),
        action="append",
        default=[],
        help="or with this span; may be repeated",
    )
    parser.add_argument("--nothing", action="store_true", help="or nothing there has a label")
    parser.add_argument(
        "--between",
        dest="coder_of",
        metavar="NAME",
        action="append",
        default=[],
        help="the coders that were compared, where not all were; repeat for each",
    )
    parser.add_argument(
        "--coder",
        metavar="NAME",
        help="who settles it (else $CROSSREAD_CODER, else the coder of config.toml, else me)",
    )


def _configure_unsettle(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=whole_number(1), help="the settlement's number")


COMMANDS = {
    "labels agreement": Command(
        description="Measure how far coders agree: Krippendorff's alpha of all, Cohen's kappa and the F1 of "
        "spans of each two.\n\nAlpha and kappa are - where chance explains all, as when nobody labelled "
        "anything.",
        examples=(
            "crossread labels agreement harbour-deal",
            "crossread labels agreement harbour-deal --unit sentences --coder Ada --coder Ben --label claim",
        ),
        run=_agreement,
        configure=_configure_agreement,
        empty={"unit": None, "units": 0, "sources": [], "coders": [], "overall": None, "labels": []},
    ),
    "labels disagreements": Command(
        description="List where coders disagree, side by side, and what was settled.",
        examples=("crossread labels disagreements harbour-deal --open",),
        run=_disagreements,
        configure=_configure_disagreements,
        empty={"disagreements": []},
    ),
    "labels settle": Command(
        description="Settle a disagreement. The coders' own labels stay, and a change of one opens it again.",
        examples=(
            "crossread labels settle harbour-deal 7 --as Ada --coder Cleo",
            "crossread labels settle harbour-deal 7 --span 120 164 claim",
        ),
        run=_settle,
        configure=_configure_settle,
        empty={"settlements": []},
    ),
    "labels unsettle": Command(
        description="Open a settled disagreement again.",
        examples=("crossread labels unsettle 2",),
        run=_unsettle,
        configure=_configure_unsettle,
        empty={"settlements": []},
    ),
}
