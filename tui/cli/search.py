"""``search`` and ``searches``: ranked hits with snippets, and the searches saved under a name."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from sources.errors import QueryError, RequestError
from sources.model import SORTS
from tui.cli.command import Command, ExitCode, arg
from tui.cli.console import Column, marked_runs, wrapped_runs
from tui.cli.documents import to_json
from tui.services.queries import remove_search, rename_search, saved_searches
from tui.services.search import searchable_index

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Hit, Library, Results, SearchIndex
    from tui.services.queries import SavedSearch

_INDENT = "    "
_FACET_VALUES = 10
_NEW = 1000  # new hits that are shown at once
_HELP = """\
Search the library. Plain words are ranked: texts with all of them first.

  harbour deal              either word, both first     "golden share"       in this order
  +harbour -rail deal       must have, must not have    "share sale"~5       near one another
  strike AND NOT ballot     AND, OR, NOT, ( )           dredg*  harbor~      begins so, is spelt like it
  title:port  publisher:courier  author:moss            words of a field
  person:moss  org:northport  place:saltmarsh  entity:  whom and what it names
  speaker:moss  quote:buyer  only:quotes  not:quotes    who is quoted, and with what
  figure:$4.2bn  figure:>49%  figure:$4bn..5bn          amounts, however they are written
  date:2031-06  date:>=2031-06-12  date:2031-05..2031-06
  tag:claim  label:key  note:price                      your notes on it
  story:harbour-deal  number:2..5  ref:harbour-deal/4

Near copies of a text are listed with the best of them. A query that begins with - is written after --.
With - as the query, each line of standard input is a query, and each is answered by one line of JSON.
All of the language: docs/query-language.md"""


def _search(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    query = " ".join(arguments.query)
    if not query and not arguments.saved:
        raise RequestError("There is nothing to search for; write a query, or --saved NAME.")
    with call.library() as library:
        if arguments.new and (not arguments.saved or query or arguments.save):
            raise RequestError("--new is for a saved search as it is: crossread search --saved NAME --new")
        if arguments.saved or arguments.save:
            query = _kept(call, library, query)
        if arguments.story:
            library.entries(arguments.story)
        with searchable_index(console, library) as index:
            if arguments.query == ["-"]:
                return _search_lines(index, arguments, console)
            results = _new(call, library, index) if arguments.new else _asked(index, query, arguments)
            if results.state:
                console.say(results.state)
            call.answer(to_json(results), show=partial(_show, console, results, arguments))
    return ExitCode.DONE if results.total else ExitCode.NOTHING_FOUND


def _kept(call: Invocation, library: Library, query: str) -> str:
    """Take query, story and order from the search that ``--saved`` names; keep them where ``--save`` says so.

    Returns the query.
    """
    from tui.services.queries import SavedSearch, save_search, saved_search

    arguments, console = call.arguments, call.console
    if arguments.saved:
        saved = saved_search(library, arguments.saved)
        query = f"({saved.query}) AND ({query})" if query else saved.query
        arguments.story = arguments.story or saved.story
        arguments.sort = arguments.sort or saved.sort
    if arguments.save:
        if query == "-":
            raise RequestError("Queries from standard input cannot be saved under one name.")
        sort = arguments.sort or SORTS[0]
        number = library.change_number  # what is there now, whoever saves the search sees or has seen
        kept = save_search(library, SavedSearch(arguments.save, query, arguments.story, sort, number))
        console.say(f"Saved as {kept.name}; search again with: crossread search --saved {_word(kept.name)}")
    return query


def _new(call: Invocation, library: Library, index: SearchIndex) -> Results:
    """Return the hits of a saved search that are new, which are seen now."""
    from tui.services.queries import saved_search
    from tui.services.watch_lists import search_new

    arguments = call.arguments
    search = saved_search(library, arguments.saved)._replace(story=arguments.story)
    # Whoever sees a part of them has not seen the rest.
    results, seen = search_new(
        index, library, search, limit=max(arguments.limit, _NEW), sort=arguments.sort or SORTS[0]
    )
    told = (
        f"Nothing is new in {search.name}" if not results.total else f"{results.total} new in {search.name}"
    )
    call.console.say(f"{told}, now marked as seen" if seen else told)
    return results


def _word(name: str) -> str:
    """Return a name as one word of a command line."""
    return f"'{name}'" if " " in name else name


def _search_lines(index: SearchIndex, arguments: Namespace, console: Console) -> ExitCode:
    """Answer each line of standard input with a line of JSON; a bad line does not stop the rest."""
    found = False
    for line in sys.stdin:
        query = line.rstrip("\r\n")
        answer: dict[str, Any]
        try:
            results = _asked(index, query, arguments)
        except QueryError as error:
            answer = {"query": query, "error": {"message": str(error), "position": error.position}}
        else:
            found = found or results.total > 0
            answer = to_json(results) | {"query": query}
        console.raw(console.encoded({"schema": console.schema_name, **answer}) + "\n")
        console.out.flush()  # whoever asks line by line waits for it
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _asked(index: SearchIndex, query: str, arguments: Namespace) -> Results:
    return index.search(
        query,
        story=arguments.story,
        limit=arguments.limit,
        offset=arguments.offset,
        sort=arguments.sort or SORTS[0],
        all_copies=arguments.all_copies,
        facets=_FACET_VALUES if arguments.facets else 0,
    )


def _show(console: Console, results: Results, arguments: Namespace) -> None:
    for place, hit in enumerate(results.hits):
        if place:
            console.line()
        about = [str(part) for part in (hit.ref, hit.publisher, hit.date, hit.place) if part]
        heading = [
            (console.plain(hit.title or "(no title)"), True),
            (f"  {console.plain(' · '.join(about))}", False),
        ]
        for runs in wrapped_runs(heading, console.width):
            console.write_styled(*(console.styled(run, "bold") if bold else run for run, bold in runs))
        for line in _snippet_lines(console, hit):
            console.write_styled(line)
        if hit.copies:
            console.folded(
                f"nearly the same: {', '.join(map(str, hit.copies))}", lead=_INDENT, under=2 * _INDENT
            )
    _show_facets(console, results)
    last = arguments.offset + len(results.hits)
    if results.hits:
        console.say(f"{arguments.offset + 1}–{last} of {results.total}")
    elif results.total:
        console.say(f"There are only {results.total} hits, none from place {arguments.offset + 1} on")
    else:
        console.say(f"Nothing found for {results.query}")
    if results.suggestion:
        console.say(f"Did you mean: {results.suggestion}")


def _show_facets(console: Console, results: Results) -> None:
    for facet in results.facets:
        if facet.values:
            values = (f"{value.value} {value.hits}" for value in facet.values)
            console.line()
            console.folded(f"{facet.name}: {' · '.join(values)}")


def _snippet_lines(console: Console, hit: Hit) -> list[str]:
    runs = [
        (run if console.colour or not marked else f"«{run}»", marked)
        for run, marked in marked_runs(hit.snippet.replace("\n", " "), hit.highlights)
    ]
    width = None if console.width is None else console.width - len(_INDENT)
    return [
        _INDENT + "".join(console.styled(run, "reverse") if marked else run for run, marked in line)
        for line in wrapped_runs(runs, width)
    ]


# ``searches``: the searches that were kept under a name.


def _searches(call: Invocation) -> ExitCode:
    console = call.console
    with call.library() as library:
        if call.arguments.remove:
            gone = remove_search(library, call.arguments.remove)
            console.say(f"Forgot the search {gone.name}.")
        if call.arguments.rename:
            former, name = call.arguments.rename
            renamed = rename_search(library, former, name)
            console.say(f"The search {former} is called {renamed.name} now.")
        searches = saved_searches(library)
        counts = _news(console, library, searches)
    rows = [{**to_json(search), "new": counts.get(search.name)} for search in searches]
    changed = call.arguments.remove or call.arguments.rename
    nothing = "" if changed else "No search was saved; save one with: crossread search QUERY --save NAME"
    status = call.answer({"searches": rows}, rows, _SEARCHES, nothing)
    return ExitCode.DONE if call.arguments.remove else status


def _news(console: Console, library: Library, searches: Sequence[SavedSearch]) -> dict[str, int | None]:
    """Return how many hits of each search are new; the index is not asked where nothing changed."""
    from tui.services.watch_lists import new_count, news_for

    if not any(news_for(library, search) for search in searches):
        return {search.name: None if search.seen is None else 0 for search in searches}
    with searchable_index(console, library) as index:
        return {search.name: new_count(index, library, search) for search in searches}


_SEARCHES = (
    Column("NAME", lambda row: row["name"], 20),
    Column("QUERY", lambda row: row["query"], 20),
    Column("STORY", lambda row: row["story"], 16),
    Column("ORDER", lambda row: row["sort"]),
    Column("NEW", lambda row: row["new"] or "", right=True),
)

COMMANDS = {
    "search": Command(
        _search,
        _HELP,
        (
            "crossread search '\"golden share\" OR dredg*'",
            "crossread search Blackfen --story harbour-deal --json",
            "crossread search 'speaker:moss figure:>$1bn' --facets",
            "crossread search 'only:quotes share' --save 'said of the share'",
            "crossread search - < queries.txt",
        ),
        (
            arg("query QUERY*", "what to search for, or - for one query a line of standard input"),
            arg("--story SLUG", "only in this story"),
            arg("--limit N", "at most so many hits (default 20)", least=1, default=20),
            arg("--offset N", "leave out the first N hits", least=0, default=0),
            arg("--sort ORDER", f"one of: {', '.join(SORTS)}", choices=SORTS),
            arg("--all-copies", "list near copies of a text as hits of their own"),
            arg("--facets", "count the stories, publishers, months, names and tags of all hits as well"),
            arg("--save NAME", "save this search under a name"),
            arg("--saved NAME", "run a saved search; a query filters it"),
            arg(
                "--new",
                "only hits that are new or changed since --new was last used; they then count as seen",
            ),
        ),
        {"query": "", "total": 0, "hits": [], "suggestion": None, "facets": []},
    ),
    "searches": Command(
        _searches,
        "List the searches that were saved with: crossread search QUERY --save NAME.\n"
        "Search again with: crossread search --saved NAME; NEW counts the hits that came in or changed\n"
        "since it was saved or last asked with --new, which shows them and marks them as seen.",
        (
            "crossread searches",
            "crossread searches --rename 'said of the share' share",
            "crossread searches --remove share",
        ),
        (
            arg("--remove NAME", "forget the search of that name first"),
            arg("--rename NAME NEW", "give the search of that name another one first"),
        ),
        {"searches": []},
    ),
}
