"""``entities``: who and what is named in a story or a source, and the user's corrections of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.model import CorrectionAct, is_slug
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.cli.opening import open_library, target
from tui.services.access import evidence_of
from tui.services.corrections import affected, correct, told
from tui.services.evidence import ENTITY_KINDS as KINDS
from tui.services.evidence import entities, sheet

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence

    from sources.evidence.entities import Entity
    from sources.model import Correction
    from tui.cli.command import Invocation
    from tui.cli.console import Console


def _entities(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.csv and console.as_json:
        raise UsageProblem("give either --csv or --json", command="entities")
    wanted = target(arguments.target)
    with open_library(call) as library:
        found, troubles = entities(library, wanted, kind=arguments.kind, most=arguments.limit)
    for trouble in troubles:
        console.say(trouble)
    if console.as_json:
        console.document({"entities": to_json(found)})
    elif arguments.csv:
        console.raw(_mention_sheet(found))
    elif found:
        table(console, found)
    else:
        console.say(f"No names found in {wanted}")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def table(console: Console, entities: Sequence[Entity]) -> None:
    """Write entities as a table for people."""
    columns = [
        Column("NAME", 12),
        Column("KIND"),
        Column("COUNT", right=True),
        Column("SOURCES", right=True),
        Column("ALSO", 8),
    ]
    console.table(
        columns,
        [
            (
                entity.name,
                str(entity.kind),
                str(entity.count),
                str(len(entity.refs)),
                ", ".join(entity.aliases),
            )
            for entity in entities
        ],
    )


def _mention_sheet(entities: Sequence[Entity]) -> str:
    return sheet(
        ("id", "name", "kind", "ref", "start", "end", "text"),
        (
            (
                entity.id,
                entity.name,
                str(entity.kind),
                str(mention.ref),
                mention.start,
                mention.end,
                mention.text,
            )
            for entity in entities
            for mention in entity.mentions
        ),
    )


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="STORY|REF", help="STORY, STORY/N or STORY/summary")
    parser.add_argument("--kind", choices=KINDS, metavar="KIND", help=f"only: {', '.join(KINDS)}")
    parser.add_argument(
        "--limit", type=whole_number(1), metavar="N", help="only the first N: pinned ones, then by mentions"
    )
    parser.add_argument("--csv", action="store_true", help="one row a mention, for a spreadsheet")


# ``entities merge`` and its kin: what the user says of an entity, listed and taken back.

_EMPTY: dict[str, Any] = {"entities": [], "corrections": []}


def _correct(act: CorrectionAct) -> Callable[[Invocation], ExitCode]:
    def run(call: Invocation) -> ExitCode:
        arguments, console = call.arguments, call.console
        story = _story(arguments.story)
        value = getattr(arguments, "value", "")
        with open_library(call) as library:
            library.entries(story)
            cache = evidence_of(library)
            made = correct(cache, act, story, arguments.name, value, everywhere=arguments.everywhere)
            changed = affected(cache.entities(story), made)
        _answer(call, changed, [made])
        console.say(f"{told(made)}; take it back with: crossread entities undo {made.id}")
        return ExitCode.DONE

    return run


def _list(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    story = _story(arguments.story) if arguments.story else None
    with open_library(call) as library:
        if story:
            library.entries(story)
        corrections = library.corrections(story)
    if console.as_json:
        console.document({"entities": [], "corrections": to_json(corrections)})
    elif corrections:
        columns = [Column("ID", right=True), Column("STORY"), Column("CORRECTION", 20), Column("MADE")]
        console.table(
            columns,
            [(str(made.id), made.story or "everywhere", told(made), made.made[:10]) for made in corrections],
        )
    else:
        console.say("No corrections")
    return ExitCode.DONE if corrections else ExitCode.NOTHING_FOUND


def _undo(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        undone = library.undo_correction(call.arguments.id)
    _answer(call, [], [undone])
    call.console.say(f"Taken back: {told(undone)}")
    return ExitCode.DONE


def _answer(call: Invocation, entities: Sequence[Entity], corrections: Sequence[Correction]) -> None:
    if call.console.as_json:
        call.console.document({"entities": to_json(entities), "corrections": to_json(corrections)})
    elif entities:
        table(call.console, entities)


def _story(word: str) -> str:
    if not is_slug(word):
        raise RequestError(
            f"{word!r} is no story; corrections are made in a story, with or without --everywhere"
        )
    return word


def _name_corrections_configure(value: str | None, told: str) -> Callable[[ArgumentParser], None]:
    def configure(parser: ArgumentParser) -> None:
        parser.add_argument("story", metavar="STORY", help="a story that names it")
        parser.add_argument("name", metavar="NAME", help="the entity's id, its name or one of its aliases")
        if value == "KIND":
            parser.add_argument("value", metavar=value, choices=KINDS, help=told)
        elif value:
            parser.add_argument("value", metavar=value, help=told)
        parser.add_argument(
            "--everywhere", action="store_true", help="in all stories of the library, those to come included"
        )

    return configure


def _configure_list(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", nargs="?", help="only those that hold in this story")


def _configure_undo(parser: ArgumentParser) -> None:
    parser.add_argument(
        "id", metavar="ID", nargs="?", type=whole_number(1), help="of a correction; else the one made last"
    )


def _command(act: CorrectionAct, description: str, example: str, value: str | None, told: str) -> Command:
    return Command(
        description=description,
        examples=(f"crossread entities {example}",),
        run=_correct(act),
        configure=_name_corrections_configure(value, told),
        empty=_EMPTY,
    )


COMMANDS = {
    "entities": Command(
        description="List the persons, organisations, places and products named in a story or a source.",
        examples=(
            "crossread entities harbour-deal",
            "crossread entities harbour-deal/4 --kind person",
            "crossread entities harbour-deal --csv > names.csv",
        ),
        run=_entities,
        configure=_configure,
        empty={"entities": []},
    ),
    "entities merge": _command(
        CorrectionAct.MERGE,
        "Say that two entities are one: NAME goes with INTO from now on.",
        'merge harbour-deal "Greywater Terminals" Greywater',
        "INTO",
        "the entity that it goes with",
    ),
    "entities split": _command(
        CorrectionAct.SPLIT,
        "Say that a form of an entity's name means something else: it becomes an entity of its own.",
        'split harbour-deal "Northport plc" Northport',
        "FORM",
        "the form that is taken out",
    ),
    "entities rename": _command(
        CorrectionAct.RENAME,
        "Give an entity another name; the old one stays an alias.",
        'rename harbour-deal Okafor "Lin Okafor"',
        "NEW",
        "the new name",
    ),
    "entities type": _command(
        CorrectionAct.TYPE,
        "Say of what kind an entity is.",
        "type harbour-deal Meridian organisation",
        "KIND",
        ", ".join(KINDS),
    ),
    "entities hide": _command(
        CorrectionAct.HIDE, "Leave out what is no entity.", 'hide harbour-deal "Market Lantern"', None, ""
    ),
    "entities pin": _command(
        CorrectionAct.PIN, "Keep an entity on top of the list.", "pin harbour-deal ada-moss", None, ""
    ),
    "entities corrections": Command(
        description="List what was said of entities, of one story or of all, oldest first.",
        examples=("crossread entities corrections", "crossread entities corrections harbour-deal --json"),
        run=_list,
        configure=_configure_list,
        empty=_EMPTY,
    ),
    "entities undo": Command(
        description="Take back a correction of an entity, by default the one made last.",
        examples=("crossread entities undo", "crossread entities undo 3"),
        run=_undo,
        configure=_configure_undo,
        empty=_EMPTY,
    ),
}
