"""``search``: ranked hits with snippets; ``search -`` answers one query a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from sources.errors import QueryError
from tui.cli import documents
from tui.cli.arguments import whole_number
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.indexing import open_index
from tui.cli.opening import open_library
from tui.cli.runs import marked_runs, wrapped_runs

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from index import Hit, Results, SearchIndex
    from tui.cli.command import Invocation
    from tui.cli.console import Console

_SORTS = ("relevance", "newest", "oldest", "title", "publisher")
_INDENT = "    "


def _search(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        if arguments.story:
            library.entries(arguments.story)
        index = open_index(console, library)
        console.end_progress()
        try:
            if arguments.query == ["-"]:
                return _search_lines(index, arguments, console)
            results = _asked(index, " ".join(arguments.query), arguments)
        finally:
            index.close()
    if results.state:
        console.say(results.state)
    if console.as_json:
        console.document(_document(results))
    else:
        _show(console, results, arguments)
    return ExitCode.DONE if results.total else ExitCode.NOTHING_FOUND


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
            answer = _document(results) | {"query": query}
        console.raw(console.encoded({"schema": console.schema_name, **answer}) + "\n")
        console.out.flush()  # whoever asks line by line waits for it
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _asked(index: SearchIndex, query: str, arguments: Namespace) -> Results:
    return index.search(
        query, story=arguments.story, limit=arguments.limit, offset=arguments.offset, sort=arguments.sort
    )


def _document(results: Results) -> dict[str, Any]:
    return {
        "query": results.query,
        "total": results.total,
        "hits": [_hit(hit) for hit in results.hits],
        "suggestion": results.suggestion,
        "state": results.state,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "ref": str(hit.ref),
        "story": hit.ref.story,
        "number": hit.ref.number,
        "title": hit.title,
        "publisher": hit.publisher,
        "date": hit.date,
        "url": hit.url,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "highlights": documents.spans(hit.highlights),
        "copies": documents.refs(hit.copies),
    }


def _show(console: Console, results: Results, arguments: Namespace) -> None:
    for place, hit in enumerate(results.hits):
        if place:
            console.line()
        about = [str(hit.ref), *(part for part in (hit.publisher, hit.date) if part)]
        title = console.styled(console.plain(hit.title or "(no title)"), "bold")
        console.write_styled(f"{title}  {console.plain(' · '.join(about))}")
        for line in _snippet_lines(console, hit):
            console.write_styled(line)
        if hit.copies:
            console.line(f"{_INDENT}the same text: {', '.join(map(str, hit.copies))}")
    last = arguments.offset + len(results.hits)
    if results.hits:
        console.say(f"{arguments.offset + 1}–{last} of {results.total}")
    elif results.total:
        console.say(f"There are only {results.total} hits, none from place {arguments.offset + 1} on")
    else:
        console.say(f"Nothing found for {results.query}")
    if results.suggestion:
        console.say(f"Did you mean: {results.suggestion}")


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


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help="what to search for, or - for one query a line of standard input",
    )
    parser.add_argument("--story", metavar="SLUG", help="only in this story")
    parser.add_argument(
        "--limit", metavar="N", type=whole_number(1), default=20, help="at most so many hits (default 20)"
    )
    parser.add_argument(
        "--offset", metavar="N", type=whole_number(0), default=0, help="leave out the first N hits"
    )
    parser.add_argument(
        "--sort", choices=_SORTS, default="relevance", metavar="ORDER", help=f"one of: {', '.join(_SORTS)}"
    )


COMMANDS = {
    "search": Command(
        description="Search the library. Plain words are ranked, texts with all of them first.\n\n"
        "  harbour deal            either word, both first\n"
        '  "golden share"          these words in this order\n'
        "  title:harbour           in a field: title, text, publisher, author, date, story, number\n"
        "  strike AND NOT ballot   AND, OR, NOT and parentheses; -ballot is the same as NOT ballot\n"
        "  dredg*                  words that begin so\n\n"
        "A query that begins with - is written after --. With - as the query, each line of standard\n"
        "input is a query, and each is answered by one line of JSON.",
        examples=(
            "crossread search '\"golden share\" OR dredg*'",
            "crossread search Blackfen --story harbour-deal --json",
            "crossread search - < queries.txt",
        ),
        run=_search,
        configure=_configure,
        empty={"query": "", "total": 0, "hits": [], "suggestion": None},
    ),
}
