"""``entities``: who and what is named in a story or a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.model import Ref
from sources.workspace import Workspace
from tui.cli import documents
from tui.cli.arguments import UsageProblem, whole_number
from tui.cli.command import Command
from tui.cli.console import Column
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library, target
from tui.cli.sheets import sheet

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from sources.evidence.entities import Entity
    from tui.cli.command import Invocation
    from tui.cli.console import Console

KINDS = ("person", "organisation", "place", "product", "event", "other")


def _entities(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.csv and console.as_json:
        raise UsageProblem("give either --csv or --json", command="entities")
    wanted = target(arguments.target)
    with open_library(call) as library:
        workspace = Workspace(library)
        if isinstance(wanted, Ref):
            library.source(wanted)
            entities = workspace.entities_of(wanted)
        else:
            library.entries(wanted)
            entities = workspace.entities(wanted)
    for trouble in workspace.new_troubles():
        console.say(trouble)
    if arguments.kind:
        entities = tuple(entity for entity in entities if str(entity.kind) == arguments.kind)
    if arguments.limit:
        entities = entities[: arguments.limit]
    if console.as_json:
        console.document({"entities": [entity_object(entity) for entity in entities]})
    elif arguments.csv:
        console.raw(_mention_sheet(entities))
    elif entities:
        table(console, entities)
    else:
        console.say(f"No names found in {wanted}")
    return ExitCode.DONE if entities else ExitCode.NOTHING_FOUND


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


def entity_object(entity: Entity) -> dict[str, Any]:
    """Return an entity as it stands in JSON documents."""
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": str(entity.kind),
        "aliases": list(entity.aliases),
        "count": entity.count,
        "sources": documents.refs(entity.refs),
        "mentions": [
            {"ref": str(mention.ref), "start": mention.start, "end": mention.end, "text": mention.text}
            for mention in entity.mentions
        ],
        "pinned": entity.pinned,
    }


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
}
