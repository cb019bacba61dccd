"""From a parsed query to a page of hits: finding, ordering, and showing each with a snippet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple

from index.choice import sets_for
from index.copies import Copies, Listed
from index.evaluation import Evaluator
from index.matching import Finder
from index.nearness import RAISED, nearness, pairs_of
from index.noted import Noted
from index.sets import Found
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
    from index.values import Facet
    from sources.model import Ref, Source

_LAST = "\U0010ffff"  # sorts what has no title or publisher behind all that has
COUNTED = 100  # hits up to which copies are taken off the total
_MARGIN = 20  # hits looked at beyond a page, since copies leave it


class Request(NamedTuple):
    """One search: the query as typed and as read, and which part of its hits in which order."""

    query: str
    node: Node
    story: str | None
    limit: int
    offset: int
    sort: str
    all_copies: bool = False
    facets: int = 0  # values of each that are wanted


def search(reader: IndexReader, library: IndexedLibrary, request: Request, budget: Budget) -> Results:
    """Answer a request from one generation of the index; raises Cancelled."""
    reader.check()
    sets = sets_for(reader, request.node, budget)
    noted = Noted(library.notes)
    found = Evaluator(reader, sets, budget, noted).evaluate(request.node)
    if request.story is not None:
        found = sets.within(found, sets.marked("story", [request.story]))
    listing = _Listing(reader, sets, found, request)
    page = listing.page()
    facets: tuple[Facet, ...] = ()
    if request.facets:
        from index.facets import Facets  # noqa: PLC0415 - few searches ask for them

        counted = Facets(reader, library, noted)
        counted.count(sets.documents(found), budget)
        facets = counted.most_frequent(request.facets)
    near = suggestion(request.query, request.node, reader, budget)
    finder = Finder(request.node)
    hits = []
    gone = 0
    for listed in page:
        budget.spent()  # raises when nobody waits for the snippets
        hit = _hit(reader, library, listed, listing.score(listed.number), finder)
        if hit is None:
            gone += 1
        else:
            hits.append(hit)
    state = budget.left_out
    if budget.cut_short:
        state = "The time for one search was up: there may be more hits, and better ones."
    whole = not budget.cut_short
    return Results(request.query, listing.total - gone, tuple(hits), near, state, whole, facets)


class _Listing(Generic[Found]):
    """The hits of a request in their order; what is on a page does not depend on the page.

    ``total`` counts the hits that are listed, near copies left out; of more than COUNTED hits, where that
    would take long, it counts all.
    """

    def __init__(self, reader: IndexReader, sets: Sets[Found], found: Found, request: Request) -> None:
        self._reader = reader
        self._sets = sets
        self._found = found
        self._request = request
        self._scores: dict[int, float] = {}
        self._pairs = pairs_of(request.node)
        self.total = sets.count(found)

    def page(self) -> list[Listed]:
        """Return the page that was asked for."""
        request, count = self._request, self.total
        until = request.offset + request.limit
        if request.all_copies:
            return [Listed(number, ()) for number in self._ordered(until)[request.offset : until]]
        copies = Copies(self._reader, self._sets, self._found)
        if count <= COUNTED:
            listed = copies.listed(self._ordered(count), count)
            self.total = len(listed)
            return listed[request.offset : until]
        if count <= request.offset:
            return []
        wanted = until + _MARGIN
        while True:
            listed = copies.listed(self._ordered(wanted), until)
            if len(listed) >= until or wanted >= count:
                return listed[request.offset : until]
            wanted *= 2

    def score(self, number: int) -> float:
        """Return the score of a document of the page."""
        known = self._scores.get(number)
        return self._sets.scores(self._found, [number])[0] if known is None else known

    def _raised(self, best: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Put hits in order once more, by how near the words of the query stand in the best of them."""
        added = nearness(self._reader, self._pairs, sorted(number for number, _ in best[:RAISED]))
        raised = [(number, score + added.get(number, 0.0)) for number, score in best]
        return sorted(raised, key=partial(_by_score, self._reader))

    def _ordered(self, count: int) -> list[int]:
        """Return at least ``count`` documents, or all there are, in their order."""
        reader = self._reader
        if self._request.sort == "relevance":
            # Only what can be on the page is ordered by name, too.
            best = self._sets.best(self._found, max(count, RAISED if self._pairs else 0))
            best.sort(key=partial(_by_score, reader))
            if self._pairs and len(best) > 1:
                best = self._raised(best)
            self._scores = dict(best)
            return [number for number, _ in best]
        return sorted(self._sets.documents(self._found), key=partial(_KEYS[self._request.sort], reader))


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
    listed: Listed,
    score: float,
    finder: Finder,
) -> Hit | None:
    """Show one document as the library has it now; None when it has it no more."""
    stored = reader.stored(listed.number)
    try:
        source: Source = library.source(stored.ref)
    except UnknownReference:
        return None
    shown = snippet(source, finder)
    copies = sorted((reader.stored(other).ref for other in listed.copies), key=_place)
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
