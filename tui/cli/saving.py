"""``searches``: the searches that were kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.saved import remove_search, rename_search, saved_searches
from tui.cli.command import Command
from tui.cli.console import Column
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from index.saved import SavedSearch
    from tui.cli.command import Invocation


def _searches(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        if call.arguments.remove:
            gone = remove_search(library, call.arguments.remove)
            console.say(f"Forgot the search {gone.name}.")
        if call.arguments.rename:
            former, name = call.arguments.rename
            renamed = rename_search(library, former, name)
            console.say(f"The search {former} is called {renamed.name} now.")
        searches = saved_searches(library)
    if console.as_json:
        console.document({"searches": [_document(search) for search in searches]})
    elif searches:
        console.table(
            [Column("NAME", 20), Column("QUERY", 20), Column("STORY", 16), Column("ORDER")],
            [(search.name, search.query, search.story or "", search.sort) for search in searches],
        )
    elif not (call.arguments.remove or call.arguments.rename):
        console.say("No search was saved; keep one with: crossread search QUERY --save NAME")
    return ExitCode.DONE if searches or call.arguments.remove else ExitCode.NOTHING_FOUND


def _document(search: SavedSearch) -> dict[str, Any]:
    return {"name": search.name, "query": search.query, "story": search.story, "sort": search.sort}


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--remove", metavar="NAME", help="forget the search of that name first")
    parser.add_argument(
        "--rename", nargs=2, metavar=("NAME", "NEW"), help="give the search of that name another one first"
    )


COMMANDS = {
    "searches": Command(
        description="List the searches that were kept with: crossread search QUERY --save NAME.\n"
        "Search again with: crossread search --saved NAME.",
        examples=(
            "crossread searches",
            "crossread searches --rename 'said of the share' share",
            "crossread searches --remove share",
        ),
        run=_searches,
        configure=_configure,
        empty={"searches": []},
    ),
}
