"""``paths`` and ``keys``: where everything is kept, and what the keys of the app do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources import places
from tui.cli.command import Command, ExitCode
from tui.cli.console import Column
from tui.services import actions
from tui.services.config import read_config

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation


def _paths(call: Invocation) -> ExitCode:
    folder = places.library_folder(call.library_option)
    found = {
        "library": folder,
        "database": folder / "library.db",
        "index": folder / "index",
        "cache": folder / "cache.db",
        "exports": places.exports_folder(folder),
        "demo": places.demo_library(),
        "config": places.config_file(),
        "state": places.state_folder(),
        "log": places.log_file(),
    }
    if call.console.as_json:
        call.console.document({"paths": {name: str(path) for name, path in found.items()}})
    else:
        call.console.table(
            [Column("WHAT"), Column("WHERE")], [(name, str(path)) for name, path in found.items()]
        )
    return ExitCode.DONE


def _keys(call: Invocation) -> ExitCode:
    console = call.console
    config = read_config(places.config_file())
    mapped = actions.remapped(config.keys)
    for trouble in config.troubles:
        console.say(str(trouble))
    if console.as_json:
        console.document(
            {
                "keys": [
                    {
                        "id": command.id,
                        "keys": list(command.keys),
                        "title": command.title,
                        "help": command.help,
                        "group": command.group,
                        "where": command.where,
                    }
                    for command in mapped
                ]
            }
        )
    elif call.arguments.format == "markdown":
        console.raw(actions.key_map(mapped))
    else:
        for place, (group, members) in enumerate(actions.groups(mapped).items()):
            if place:
                console.line()
            console.table(
                [Column(group.upper(), 20), Column(""), Column("", 20)],
                [(item.title, item.shown_keys or "(palette)", item.help) for item in members],
            )
    return ExitCode.DONE


def _configure_keys(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("table", "markdown"),
        default="table",
        metavar="F",
        help="table (default) or markdown",
    )


COMMANDS = {
    "paths": Command(
        description="Print where the library, its exports, the configuration and the logs are kept.",
        examples=("crossread paths", "crossread paths --json"),
        run=_paths,
    ),
    "keys": Command(
        description="Print the keys of the app, as config.toml has them where it changes them.",
        examples=("crossread keys", "crossread keys --format markdown"),
        run=_keys,
        configure=_configure_keys,
        empty={"keys": []},
    ),
}
