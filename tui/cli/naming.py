"""``entities``: who and what is named in a story or a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.model import Ref
from sources.workspace import Workspace
from tui.cli import documents
from tui.cli.command import Command
from tui.cli.console import Column
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library, target

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from sources.evidence.entities import Entity
    from tui.cli.command import Invocation


def _entities(call: Invocation) -> ExitCode:
    wanted = target(call.arguments.target)
    with open_library(call) as library:
        workspace = Workspace(library)
        if isinstance(wanted, Ref):
            library.source(wanted)
            entities = workspace.entities_of(wanted)
        else:
            library.entries(wanted)
            entities = workspace.entities(wanted)
    if call.arguments.kind:
        entities = tuple(entity for entity in entities if str(entity.kind) == call.arguments.kind)
    if call.console.as_json:
        call.console.document({"entities": [_entity(entity) for entity in entities]})
    elif entities:
        columns = [
            Column("NAME", 12),
            Column("KIND"),
            Column("COUNT", right=True),
            Column("SOURCES", right=True),
            Column("ALSO", 8),
        ]
        call.console.table(
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
    else:
        call.console.say(f"No names found in {wanted}")
    return ExitCode.DONE if entities else ExitCode.NOTHING_FOUND


def _entity(entity: Entity) -> dict[str, Any]:
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
    }


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="STORY|REF", help="STORY, STORY/N or STORY/summary")
    kinds = ("person", "organisation", "place", "product", "event", "other")
    parser.add_argument("--kind", choices=kinds, metavar="KIND", help=f"only: {', '.join(kinds)}")


COMMANDS = {
    "entities": Command(
        description="List the persons, organisations, places and products named in a story or a source.",
        examples=("crossread entities harbour-deal", "crossread entities harbour-deal/4 --kind person"),
        run=_entities,
        configure=_configure,
        empty={"entities": []},
    ),
}
