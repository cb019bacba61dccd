"""``entities``: who and what is named in a story or a source, and the user's corrections of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.model import CorrectionAct, is_slug
from tui.cli.arguments import UsageProblem
from tui.cli.command import TARGET, Command, ExitCode, arg, target
from tui.cli.console import Column
from tui.services.access import evidence_of
from tui.services.corrections import affected, correct, told
from tui.services.evidence import ENTITY_KINDS as KINDS
from tui.services.evidence import entities, refs_of, sheet
from tui.services.original_places import places_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.entities import Entity
    from sources.model import Correction
    from tui.cli.command import Argument, Invocation

_ENTITIES = (
    Column("NAME", "name", 12),
    Column("KIND", "kind"),
    Column("COUNT", "count", right=True),
    Column("SOURCES", lambda entity: len(entity.refs), right=True),
    Column("ALSO", lambda entity: ", ".join(entity.aliases), 8),
)


def _entities(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.csv and console.as_json:
        raise UsageProblem("give either --csv or --json")
    wanted = target(arguments.target, versions=True)
    with call.library() as library:
        found, troubles = entities(library, wanted, kind=arguments.kind, most=arguments.limit)
        places = places_in(library, refs_of(library, wanted))
    for trouble in troubles:
        console.say(trouble)
    mentions = partial(_mention_sheet, found) if arguments.csv else None
    return call.answer({"entities": found}, found, _ENTITIES, f"No names found in {wanted}", mentions, places)


def _mention_sheet(found: Sequence[Entity]) -> str:
    rows = (
        (one.id, one.name, str(one.kind), str(mention.ref), mention.start, mention.end, mention.text)
        for one in found
        for mention in one.mentions
    )
    return sheet(("id", "name", "kind", "ref", "start", "end", "text"), rows)


# ``entities merge`` and its kin: what the user says of an entity, listed and taken back.

_EMPTY: dict[str, Any] = {"entities": [], "corrections": []}


def _correct(act: CorrectionAct, call: Invocation) -> ExitCode:
    arguments = call.arguments
    story = _story(arguments.story)
    value = getattr(arguments, "value", "")
    with call.library() as library:
        library.entries(story)
        cache = evidence_of(library)
        made = correct(cache, act, story, arguments.name, value, everywhere=arguments.everywhere)
        changed = affected(cache.entities(story), made)
    _answer(call, changed, made)
    call.console.say(f"{told(made)}; undo it with: crossread entities undo {made.id}")
    return ExitCode.DONE


def _list(call: Invocation) -> ExitCode:
    arguments = call.arguments
    story = _story(arguments.story) if arguments.story else None
    with call.library() as library:
        if story:
            library.entries(story)
        corrections = library.corrections(story)
    document = {"entities": [], "corrections": corrections}
    return call.answer(document, corrections, _CORRECTIONS, "No corrections")


_CORRECTIONS = (
    Column("ID", "id", right=True),
    Column("STORY", lambda made: made.story or "everywhere"),
    Column("CORRECTION", told, 20),
    Column("MADE", lambda made: made.made[:10]),
)


def _undo(call: Invocation) -> ExitCode:
    with call.library() as library:
        undone = library.undo_correction(call.arguments.id)
    _answer(call, [], undone)
    call.console.say(f"Undone: {told(undone)}")
    return ExitCode.DONE


def _answer(call: Invocation, entities: Sequence[Entity], correction: Correction) -> None:
    call.answer({"entities": entities, "corrections": [correction]}, entities, _ENTITIES)


def _story(word: str) -> str:
    if not is_slug(word):
        raise RequestError(
            f"{word!r} is not a story; corrections are made in a story, with or without --everywhere"
        )
    return word


def _correction(act: CorrectionAct, description: str, example: str, *value: Argument) -> Command:
    return Command(
        partial(_correct, act),
        description,
        (f"crossread entities {example}",),
        (
            arg("story STORY", "a story that names it"),
            arg("name NAME", "the entity's id, its name or one of its aliases"),
            *value,
            arg("--everywhere", "in all stories of the library, those to come included"),
        ),
        _EMPTY,
    )


COMMANDS = {
    "entities": Command(
        _entities,
        "List the persons, organisations, places and products named in a story or a source.",
        (
            "crossread entities harbour-deal",
            "crossread entities harbour-deal/4 --kind person",
            "crossread entities harbour-deal --csv > names.csv",
        ),
        (
            TARGET,
            arg("--kind KIND", f"only: {', '.join(KINDS)}", choices=KINDS),
            arg("--limit N", "only the first N: pinned ones, then by mentions", least=1),
            arg("--csv", "one row a mention, for a spreadsheet"),
        ),
        {"entities": []},
    ),
    "entities merge": _correction(
        CorrectionAct.MERGE,
        "Say that two entities are one: NAME goes with INTO from now on.",
        'merge harbour-deal "Greywater Terminals" Greywater',
        arg("value INTO", "the entity that it goes with"),
    ),
    "entities split": _correction(
        CorrectionAct.SPLIT,
        "Say that a form of an entity's name means something else: it becomes an entity of its own.",
        'split harbour-deal "Northport plc" Northport',
        arg("value FORM", "the form that is taken out"),
    ),
    "entities rename": _correction(
        CorrectionAct.RENAME,
        "Give an entity another name; the old one stays an alias.",
        'rename harbour-deal Okafor "Lin Okafor"',
        arg("value NEW", "the new name"),
    ),
    "entities type": _correction(
        CorrectionAct.TYPE,
        "Say of what kind an entity is.",
        "type harbour-deal Meridian organisation",
        arg("value KIND", ", ".join(KINDS), choices=KINDS),
    ),
    "entities hide": _correction(
        CorrectionAct.HIDE, "Hide what is not an entity.", 'hide harbour-deal "Market Lantern"'
    ),
    "entities pin": _correction(
        CorrectionAct.PIN, "Keep an entity on top of the list.", "pin harbour-deal ada-moss"
    ),
    "entities corrections": Command(
        _list,
        "List the corrections of entities, of one story or of all, oldest first.",
        ("crossread entities corrections", "crossread entities corrections harbour-deal --json"),
        (arg("story STORY?", "only those that hold in this story"),),
        _EMPTY,
    ),
    "entities undo": Command(
        _undo,
        "Undo a correction of an entity, by default the one made last.",
        ("crossread entities undo", "crossread entities undo 3"),
        (arg("id ID?", "of a correction; else the one made last", least=1),),
        _EMPTY,
    ),
}
