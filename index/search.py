"""From a parsed query to a page of hits: finding, ordering, and showing each with a snippet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from index.evaluation import Evaluator
from index.matching import Finder
from index.sets import Found, PlainSets
from index.snippets import snippet
from index.suggestion import suggestion
from index.values import Hit, Results
from sources.errors import UnknownReference

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.budget import Budget
    from index.query.tree import Node
    from index.reading import IndexReader
    from index.sets import Sets
    from index.supply import IndexedLibrary
    from sources.model import Ref, Source

_LAST = "\U0010ffff"  # sorts what has no title or publisher behind all that has
_MOST_COPIES = 50


class Request(NamedTuple):
    """One search: the query as typed and as read, and which part of its hits in which order."""

    query: str
    node: Node
    story: str | None
    limit: int
    offset: int
    sort: str


def search(reader: IndexReader, library: IndexedLibrary, request: Request, budget: Budget) -> Results:
    """Answer a request from one generation of the index; raises Cancelled."""
    sets = PlainSets(reader, budget)
    found = Evaluator(reader, sets, budget).evaluate(request.node)
    if request.story is not None:
        found = sets.within(found, sets.marked("story", [request.story]))
    page = _page(reader, sets, found, request)
    near = suggestion(request.query, request.node, reader, budget)
    finder = Finder(request.node)
    hits = []
    gone = 0
    for number, score in page:
        budget.spent()  # raises when nobody waits for the snippets
        hit = _hit(reader, library, number, score, finder, budget)
        if hit is None:
            gone += 1
        else:
            hits.append(hit)
    state = budget.left_out
    if budget.cut_short:
        state = "The time for one search was up: there may be more hits, and better ones."
    return Results(
        request.query, sets.count(found) - gone, tuple(hits), near, state, whole=not budget.cut_short
    )


def _page(reader: IndexReader, sets: Sets[Found], found: Found, request: Request) -> list[tuple[int, float]]:
    """Return the page that was asked for, with scores; the order does not depend on the page."""
    until = request.offset + request.limit
    if request.sort == "relevance":
        if sets.count(found) <= request.offset:
            return []
        # Only what can be on the page is ordered by name, too.
        best = sorted(sets.best(found, until), key=partial(_by_score, reader))
        return best[request.offset : until]
    ordered = sorted(sets.documents(found), key=partial(_KEYS[request.sort], reader))
    page = ordered[request.offset : until]
    return list(zip(page, sets.scores(found, page), strict=True))


def _by_score(reader: IndexReader, hit: tuple[int, float]) -> tuple[float, str, float]:
    number, score = hit
    return (-score, *_place(reader.stored(number).ref))


def _place(ref: Ref) -> tuple[str, float]:
    """Return where a source stands among others: by story, number, and the summary last."""
    return ref.story, float("inf") if ref.number is None else ref.number


def _newest(reader: IndexReader, number: int) -> tuple[bool, list[int], str, float]:
    stored = reader.stored(number)
    backwards = [-ord(character) for character in stored.date]
    return (not stored.date, backwards, *_place(stored.ref))


def _oldest(reader: IndexReader, number: int) -> tuple[bool, str, str, float]:
    stored = reader.stored(number)
    return (not stored.date, stored.date, *_place(stored.ref))


def _title(reader: IndexReader, number: int) -> tuple[str, str, float]:
    stored = reader.stored(number)
    return (stored.title or _LAST, *_place(stored.ref))


def _publisher(reader: IndexReader, number: int) -> tuple[str, str, str, float]:
    stored = reader.stored(number)
    return (stored.publisher or _LAST, stored.title or _LAST, *_place(stored.ref))


_KEYS: dict[str, Callable[[IndexReader, int], tuple[object, ...]]] = {
    "newest": _newest,
    "oldest": _oldest,
    "title": _title,
    "publisher": _publisher,
}


def _hit(
    reader: IndexReader,
    library: IndexedLibrary,
    number: int,
    score: float,
    finder: Finder,
    budget: Budget,
) -> Hit | None:
    """Show one document as the library has it now; None when it has it no more."""
    stored = reader.stored(number)
    try:
        source: Source = library.source(stored.ref)
    except UnknownReference:
        return None
    shown = snippet(source, finder)
    same = reader.postings("sha256", stored.sha256, budget).ids if stored.sha256 else []
    copies = sorted(
        (reader.stored(other).ref for other in same[:_MOST_COPIES] if other != number), key=_place
    )
    return Hit(
        ref=stored.ref,
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        score=score,
        snippet=shown.text,
        highlights=shown.highlights,
        copies=tuple(copies),
    )
