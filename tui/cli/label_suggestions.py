"""``labels suggest``, ``accept`` and ``dismiss``: labels that the program proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.model import LabelChoice, SpanStatus, is_slug
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.documents import to_json
from tui.cli.label_spans import configure_coder, show_spans
from tui.cli.opening import open_library
from tui.services.access import coder_name, evidence_of
from tui.services.labels import Labelling, waiting_suggestions

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from sources.model import LabelSpan
    from tui.cli.command import Invocation
    from tui.services import Library

_EMPTY: dict[str, Any] = {"spans": []}
_EXTENTS = ("words", "sentences")


def _suggest(call: Invocation) -> ExitCode:
    arguments = call.arguments
    if (arguments.search is None) == (arguments.entity is None):
        raise UsageProblem("say from what: --search QUERY, or --entity NAME", command="labels suggest")
    if arguments.entity is not None and not arguments.story:
        raise UsageProblem("--entity needs --story, whose entity it is", command="labels suggest")
    coder = coder_name(arguments.coder)
    with open_library(call) as library:
        if arguments.story:
            if not is_slug(arguments.story):
                raise RequestError(f"{arguments.story!r} is no story.")
            library.entries(arguments.story)
        labelling = Labelling(evidence_of(library))
        labelling.labels([arguments.label])
        if arguments.entity is not None:
            spans = labelling.suggest_entity(arguments.label, arguments.story, arguments.entity, coder=coder)
        else:
            spans = _from_search(call, labelling, coder)
    _answer(call, spans)
    if not call.console.as_json:
        told = f"{_counted(len(spans), 'new suggestion')}; take all with: crossread labels accept --label "
        call.console.say(told + arguments.label if spans else "No new suggestions")
    return ExitCode.DONE if spans else ExitCode.NOTHING_FOUND


def _from_search(call: Invocation, labelling: Labelling, coder: str) -> tuple[LabelSpan, ...]:
    from tui.services.search import searchable_index  # an entity needs no index

    arguments = call.arguments
    with searchable_index(call.console, labelling.library) as index:
        return labelling.suggest_found(
            arguments.label,
            index,
            arguments.search,
            story=arguments.story,
            coder=coder,
            extent=arguments.extent,
        )


def _accept(call: Invocation) -> ExitCode:
    coder = coder_name(call.arguments.coder)
    with open_library(call) as library:
        ids = _waiting(call, library, "labels accept")
        spans = library.accept_labels(ids, coder=coder) if ids else ()
    _answer(call, spans)
    if not call.console.as_json:
        told = f"{_counted(len(spans), 'suggestion')} accepted by {coder}"
        call.console.say(told if ids else "No suggestions wait")
    return ExitCode.DONE if ids else ExitCode.NOTHING_FOUND


def _dismiss(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        ids = _waiting(call, library, "labels dismiss")
        if ids:
            library.dismiss_labels(ids)
        spans = library.label_spans(LabelChoice(statuses=(SpanStatus.DISMISSED,)))
    _answer(call, [span for span in spans if span.id in set(ids)])
    if not call.console.as_json:
        call.console.say(f"{_counted(len(ids), 'suggestion')} dismissed" if ids else "No suggestions wait")
    return ExitCode.DONE if ids else ExitCode.NOTHING_FOUND


def _waiting(call: Invocation, library: Library, command: str) -> list[int]:
    """Return the ids of the suggestions that are meant."""
    arguments = call.arguments
    if arguments.ids:
        if arguments.label or arguments.all:
            raise UsageProblem("give either IDs, or --label or --all", command=command)
        return list(dict.fromkeys(arguments.ids))
    if not arguments.label and not arguments.all:
        raise UsageProblem("say which: IDs, --label LABEL or --all", command=command)
    return waiting_suggestions(library, arguments.label, arguments.story)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _answer(call: Invocation, spans: Sequence[LabelSpan]) -> None:
    if call.console.as_json:
        call.console.document({"spans": to_json(spans)})
    elif spans:
        show_spans(call.console, spans)


def _configure_suggest(parser: ArgumentParser) -> None:
    parser.add_argument("label", metavar="LABEL", help="the label")
    parser.add_argument("--search", metavar="QUERY", help="for what this query finds")
    parser.add_argument("--entity", metavar="NAME", help="or for the mentions of this entity of --story")
    parser.add_argument("--story", metavar="SLUG", help="only in this story")
    parser.add_argument(
        "--extent",
        choices=_EXTENTS,
        default="sentences",
        help="with --search: the sentences with what was found (the default), or the words alone",
    )
    configure_coder(parser)


def _configure_waiting(parser: ArgumentParser) -> None:
    parser.add_argument(
        "ids", metavar="ID", nargs="*", type=whole_number(1), help="their numbers, as labels suggest has them"
    )
    parser.add_argument(
        "--label", metavar="LABEL", action="append", default=[], help="or all of this label; may be repeated"
    )
    parser.add_argument("--all", action="store_true", help="or all that wait")
    parser.add_argument("--story", metavar="SLUG", help="with these: only in this story")


def _configure_accept(parser: ArgumentParser) -> None:
    _configure_waiting(parser)
    configure_coder(parser)


COMMANDS = {
    "labels suggest": Command(
        description="Suggest a label for what a search finds, or for the mentions of an entity. Suggestions "
        "wait until they are accepted or dismissed, and are not made twice.",
        examples=(
            "crossread labels suggest denial --search '\"did not\" OR denied' --story harbour-deal",
            "crossread labels suggest buyer --entity 'Meridian Fund' --story harbour-deal",
        ),
        run=_suggest,
        configure=_configure_suggest,
        empty=_EMPTY,
    ),
    "labels accept": Command(
        description="Make suggestions your own labels, one by one or all; labels undo takes it back.",
        examples=("crossread labels accept 12 14", "crossread labels accept --label denial --coder Ada"),
        run=_accept,
        configure=_configure_accept,
        empty=_EMPTY,
    ),
    "labels dismiss": Command(
        description="Turn suggestions down, so that they are not made again.",
        examples=("crossread labels dismiss 13", "crossread labels dismiss --all"),
        run=_dismiss,
        configure=_configure_waiting,
        empty=_EMPTY,
    ),
}
