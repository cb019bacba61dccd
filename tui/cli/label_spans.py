"""``labels mark``, ``show``, ``suggest`` and their like: labels on passages, and those that are proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.model import LabelChoice, NoteState, SpanStatus, is_slug
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, source_ref, target
from tui.cli.console import Column
from tui.cli.notes import OCCURRENCE, chosen_place
from tui.services.access import coder_name, evidence_of
from tui.services.labels import Labelling, mark, summed, waiting_suggestions
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model import LabelSpan
    from tui.cli.command import Invocation
    from tui.services import Library

_LONGEST = 200  # code points of a quote that are shown


def place(span: LabelSpan) -> str:
    """Return where a span stands, for people."""
    original = "" if span.target.place is None else f", {span.target.place}"
    return f"{span.ref} {span.span.start}-{span.span.end}{original}"


def quoted(span: LabelSpan) -> str:
    """Return the words of a span, cut where they are many."""
    quote = span.target.anchor.quote
    return quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"


def _label(span: LabelSpan) -> str:
    """Return the label of a span, with what is to be known of it."""
    remarks = [
        "" if span.status is SpanStatus.MARKED else span.status.value,
        "" if span.target.state is NoteState.ANCHORED else span.target.state.value,
    ]
    told = ", ".join(remark for remark in remarks if remark)
    return f"{span.label} ({told})" if told else span.label


_SPANS = (
    Column("ID", "id", right=True),
    Column("WHERE", place, 16),
    Column("LABEL", _label, 12),
    Column("CODER", "coder", 8),
    Column("PASSAGE", quoted, 20),
)


def _answer(call: Invocation, spans: Sequence[LabelSpan], nothing: str = "") -> ExitCode:
    return call.answer({"spans": spans}, spans, _SPANS, nothing)


# Labels that coders give.


def _mark(call: Invocation) -> ExitCode:
    arguments = call.arguments
    source_ref(arguments.ref)
    with call.library() as library:
        place = chosen_place(library, arguments)
        spans = mark(library, place, arguments.label, coder=coder_name(arguments.coder))
    _answer(call, spans)
    return ExitCode.DONE


def _unmark(call: Invocation) -> ExitCode:
    with call.library() as library:
        spans = library.unmark(call.arguments.ids)
    taken = "1 label" if len(spans) == 1 else f"{len(spans)} labels"
    said = f"took {taken} away; undo it with: crossread labels undo"
    return call.answer({"spans": spans}, show=said)


def _show(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        spans = library.label_spans(_choice(call, library, arguments.status))
    if arguments.orphans:
        spans = tuple(span for span in spans if span.target.state is NoteState.ORPHAN)
    return _answer(call, spans, "No labelled spans")


def _count(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        tallies = library.label_tallies(_choice(call, library, arguments.status))
    rows = summed(tallies, arguments.by)
    counts = [{"name": name, "spans": spans, "characters": size} for name, spans, size in rows]
    columns = (
        Column(arguments.by.upper(), lambda row: row[0], 20),
        Column("SPANS", lambda row: f"{row[1]:,}", right=True),
        Column("CHARACTERS", lambda row: f"{row[2]:,}", right=True),
    )
    return call.answer({"by": arguments.by, "counts": counts}, rows, columns, "No labelled spans")


def _together(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        found = Labelling(evidence_of(library)).co_occurrences(
            target(arguments.where), labels=arguments.label, coder=arguments.coder
        )
    columns = (
        Column("LABEL", "first", 15),
        Column("WITH", "second", 15),
        Column("OVERLAPS", lambda each: f"{each.overlaps:,}", right=True),
        Column("SENTENCES", lambda each: f"{each.sentences:,}", right=True),
    )
    return call.answer({"pairs": found}, found, columns, "No two labels are together")


def _choice(call: Invocation, library: Library, status: str) -> LabelChoice:
    arguments = call.arguments
    where = target(arguments.where) if arguments.where else None
    chosen = Labelling(evidence_of(library)).choice(where, labels=arguments.label, coder=arguments.coder)
    statuses = tuple(SpanStatus) if status == "all" else (SpanStatus(status),)
    return LabelChoice(chosen.story, chosen.ref, chosen.labels, chosen.coder, statuses)


# Labels that the program proposes.


def _suggest(call: Invocation) -> ExitCode:
    arguments = call.arguments
    if (arguments.search is None) == (arguments.entity is None):
        raise UsageProblem("say from what: --search QUERY, or --entity NAME")
    if arguments.entity is not None and not arguments.story:
        raise UsageProblem("--entity needs --story, whose entity it is")
    coder = coder_name(arguments.coder)
    with call.library() as library:
        if arguments.story:
            if not is_slug(arguments.story):
                raise RequestError(f"{arguments.story!r} is not a story.")
            library.entries(arguments.story)
        labelling = Labelling(evidence_of(library))
        labelling.labels([arguments.label])
        if arguments.entity is not None:
            spans = labelling.suggest_entity(arguments.label, arguments.story, arguments.entity, coder=coder)
        else:
            spans = _from_search(call, labelling, coder)
    _answer(call, spans)
    if not call.console.as_json:
        told = f"{counted(len(spans), 'new suggestion')}; take all with: crossread labels accept --label "
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
    with call.library() as library:
        ids = _waiting(call, library)
        spans = library.accept_labels(ids, coder=coder) if ids else ()
    _answer(call, spans)
    if not call.console.as_json:
        told = f"{counted(len(spans), 'suggestion')} accepted by {coder}"
        call.console.say(told if ids else "No open suggestions")
    return ExitCode.DONE if ids else ExitCode.NOTHING_FOUND


def _dismiss(call: Invocation) -> ExitCode:
    with call.library() as library:
        ids = _waiting(call, library)
        if ids:
            library.dismiss_labels(ids)
        spans = library.label_spans(LabelChoice(statuses=(SpanStatus.DISMISSED,)))
    _answer(call, [span for span in spans if span.id in set(ids)])
    if not call.console.as_json:
        call.console.say(f"{counted(len(ids), 'suggestion')} dismissed" if ids else "No open suggestions")
    return ExitCode.DONE if ids else ExitCode.NOTHING_FOUND


def _waiting(call: Invocation, library: Library) -> list[int]:
    """Return the ids of the suggestions that are meant."""
    arguments = call.arguments
    if arguments.ids:
        if arguments.label or arguments.all:
            raise UsageProblem("give either IDs, or --label or --all")
        return list(dict.fromkeys(arguments.ids))
    if not arguments.label and not arguments.all:
        raise UsageProblem("say which: IDs, --label LABEL or --all")
    return waiting_suggestions(library, arguments.label, arguments.story)


_EMPTY: dict[str, Any] = {"spans": []}
_WHERE = arg("where STORY|REF?", "a story or a source; else all")
CODER_ELSE = "(else $CROSSREAD_CODER, else the coder of config.toml, else me)"
_CODER = arg("--coder NAME", f"whose label it is {CODER_ELSE}")
LABELS = arg("--label LABEL", "only this label and those under it; may be repeated", many=True)
_FILTERS = (LABELS, arg("--coder NAME", "only the labels of this coder"))
_STATUS = arg(
    "--status",
    "what coders marked (the default), or else",
    choices=("marked", "suggested", "dismissed", "settled", "all"),
    default="marked",
)
_WAITING = (
    arg("ids ID*", "their numbers, as labels suggest has them", least=1),
    arg("--label LABEL", "or all of this label; may be repeated", many=True),
    arg("--all", "or all open ones"),
    arg("--story SLUG", "with these: only in this story"),
)

COMMANDS = {
    "labels mark": Command(
        _mark,
        "Give a passage labels of the codebook. It is found again when the source changes, and "
        "labels may overlap.",
        (
            "crossread labels mark harbour-deal/4 --quote 'did not look for a buyer' --label claim",
            "crossread labels mark harbour-deal/4 120 164 --label claim --label denial --coder Ada",
        ),
        (
            arg("ref REF", "STORY/N or STORY/summary"),
            arg("start START?", "the first character, from 0", least=0),
            arg("end END?", "and the one after the last", least=1),
            arg("--quote TEXT", "or the passage, as the source has it"),
            OCCURRENCE,
            arg("--label LABEL", "the label; may be repeated", many=True, default=None, required=True),
            _CODER,
        ),
        _EMPTY,
    ),
    "labels unmark": Command(
        _unmark,
        "Take labels off their passages.",
        ("crossread labels unmark 3 4",),
        (arg("ids ID+", "their numbers, as labels show has them", least=1),),
        _EMPTY,
    ),
    "labels show": Command(
        _show,
        "List labelled spans in the order of the texts.",
        (
            "crossread labels show harbour-deal --label claim --coder Ada",
            "crossread labels show harbour-deal/4 --status suggested --json",
        ),
        (_WHERE, *_FILTERS, _STATUS, arg("--orphans", "only those that lost their passage")),
        _EMPTY,
    ),
    "labels count": Command(
        _count,
        "Count labelled spans by label, source or coder.",
        ("crossread labels count harbour-deal", "crossread labels count harbour-deal --by coder"),
        (
            _WHERE,
            arg("--by", "by what", choices=("label", "source", "coder"), default="label"),
            *_FILTERS,
            _STATUS,
        ),
        {"by": None, "counts": []},
    ),
    "labels together": Command(
        _together,
        "Show which labels of one coder are on the same words or in the same sentence.",
        ("crossread labels together harbour-deal",),
        (arg("where STORY|REF", "a story or a source"), *_FILTERS),
        {"pairs": []},
    ),
    "labels suggest": Command(
        _suggest,
        "Suggest a label for what a search finds, or for the mentions of an entity. Suggestions "
        "wait until they are accepted or dismissed, and are not made twice.",
        (
            "crossread labels suggest denial --search '\"did not\" OR denied' --story harbour-deal",
            "crossread labels suggest buyer --entity 'Meridian Fund' --story harbour-deal",
        ),
        (
            arg("label LABEL", "the label"),
            arg("--search QUERY", "for what this query finds"),
            arg("--entity NAME", "or for the mentions of this entity of --story"),
            arg("--story SLUG", "only in this story"),
            arg(
                "--extent",
                "with --search: the sentences with what was found (the default), or the words alone",
                choices=("words", "sentences"),
                default="sentences",
            ),
            _CODER,
        ),
        _EMPTY,
    ),
    "labels accept": Command(
        _accept,
        "Make suggestions your own labels, one by one or all; labels undo undoes it.",
        ("crossread labels accept 12 14", "crossread labels accept --label denial --coder Ada"),
        (*_WAITING, _CODER),
        _EMPTY,
    ),
    "labels dismiss": Command(
        _dismiss,
        "Turn suggestions down, so that they are not made again.",
        ("crossread labels dismiss 13", "crossread labels dismiss --all"),
        _WAITING,
        _EMPTY,
    ),
}
