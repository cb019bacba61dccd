"""Runs a parsed query: finds, orders, leaves out near copies, and shows a page of hits with snippets."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from index.evaluation import Evaluator
from index.expansion import only_begun, suggest
from index.interface import Facet, Hit, Results
from index.near_duplicates import CollapsedHits, near_duplicates
from index.positions import RERANKED, adjacent_pairs, proximity_boosts
from index.query.parser import parse
from index.query.pasted import unquoted
from index.scorers import Found, choose_scorer
from index.snippets import Snippet, snippet
from index.text_matching import Finder
from sources import logs
from sources.errors import QueryError
from sources.model import located

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.interface import Deadline, StoredFields
    from index.near_duplicates import Listed
    from index.query.tree import Node
    from index.reader import IndexReader
    from index.scorers import Scorer
    from sources.library import Library
    from sources.model import Ref, Source


_LAST = "\U0010ffff"  # sorts what has no title or publisher behind all that has
# Not measured. The first two cost or save time, and change no result.
_MARGIN = 20  # hits looked at beyond a page, since copies leave it; where they are too few, more are
_DAY_BY_DAY = 500  # hits from which on the days of the library are gone through instead of the hits
_FEW = 64  # hits that weigh the same and are put in the order of the library; of more it is the index's


class HitList(Generic[Found]):
    """The hits of a request in their order; what is on a page does not depend on the page.

    ``total`` counts the hits that are listed: near copies are left out, unless they were asked for.
    """

    def __init__(
        self, reader: IndexReader, scorer: Scorer[Found], found: Found, request: Request, deadline: Deadline
    ) -> None:
        self._reader = reader
        self._scorer = scorer
        self._found = found
        self._request = request
        self._deadline = deadline
        self._scores: dict[int, float] = {}
        self._pairs = adjacent_pairs(request.node)
        self._count = scorer.count(found)
        if request.all_copies or self._count < 2:
            self._copies = CollapsedHits({}, ())
        else:
            kin = near_duplicates(reader)
            self._copies = CollapsedHits(kin.heads, scorer.contained(found, kin.members))
        self.total = self._count - self._copies.left_out

    def page(self) -> list[Listed]:
        """Return the page that was asked for."""
        request = self._request
        until = min(request.offset + request.limit, self.total)
        if until <= request.offset:
            return []
        wanted = until + min(self._copies.left_out, _MARGIN)
        while True:
            listed = self._copies.listed(self._ordered(wanted))
            if len(listed) >= until or wanted >= self._count:
                return listed[request.offset : until]
            wanted *= 2

    def score(self, number: int) -> float:
        """Return the score of a document of the page."""
        known = self._scores.get(number)
        return self._scorer.scores(self._found, [number])[0] if known is None else known

    def _ordered(self, count: int) -> list[int]:
        """Return at least ``count`` documents, or all there are, in their order."""
        sort = self._request.sort
        if sort == "relevance":
            return self._by_score(count)
        if sort in {"newest", "oldest"} and self._count > _DAY_BY_DAY:
            return self._by_day(count)
        return sorted(self._scorer.documents(self._found), key=partial(self._key, _KEYS[sort]))

    def _by_score(self, count: int) -> list[int]:
        best = self._scorer.top(self._found, max(count, RERANKED if self._pairs else 0))
        best = self._in_order(best)
        if self._pairs and len(best) > 1:
            # Once more, by how near the words of the query are in the best of them.
            looked_at = sorted(number for number, _ in best[:RERANKED])
            added = proximity_boosts(self._reader, self._pairs, looked_at)
            best = self._in_order([(number, score + added.get(number, 0.0)) for number, score in best])
        self._scores = dict(best)
        return [number for number, _ in best]

    def _in_order(self, hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Put the best first; of equals a few are in the order of the library, many in that of the index."""
        hits = sorted(hits, key=lambda hit: (-hit[1], hit[0]))
        at = 0
        for _, equals in groupby(hits, key=itemgetter(1)):
            run = list(equals)
            if 1 < len(run) <= _FEW:
                run.sort(key=lambda hit: library_order(self._reader.stored(hit[0]).ref))
                hits[at : at + len(run)] = run
            at += len(run)
        return hits

    def _by_day(self, count: int) -> list[int]:
        """Go through the days of the library until there are enough hits; those without one come last."""
        reader, scorer, found = self._reader, self._scorer, self._found
        days = list(reader.terms("date", "", self._deadline))
        if self._request.sort == "newest":
            days.sort(key=_backwards)
        ordered: list[int] = []
        for day in days:
            here = scorer.documents(scorer.restrict(scorer.filter("date", [day]), found))
            ordered += sorted(here, key=self._place)
            if len(ordered) >= count or self._deadline.spent():
                return ordered
        undated = scorer.documents(scorer.difference(found, scorer.filter("date", days)))
        return ordered + sorted(undated, key=self._place)

    def _key(self, order: Callable[[StoredFields], tuple[object, ...]], number: int) -> tuple[object, ...]:
        stored = self._reader.stored(number)
        return (*order(stored), *library_order(stored.ref))

    def _place(self, number: int) -> tuple[str, float]:
        return library_order(self._reader.stored(number).ref)


def library_order(ref: Ref) -> tuple[str, float]:
    """Return where a source stands among others: by story, number, and the summary last."""
    return ref.story, float("inf") if ref.number is None else ref.number


def _backwards(date: str) -> list[int]:
    return [-ord(character) for character in date]


_KEYS: dict[str, Callable[[StoredFields], tuple[object, ...]]] = {
    "newest": lambda stored: (not stored.date, _backwards(stored.date)),
    "oldest": lambda stored: (not stored.date, stored.date),
    "title": lambda stored: (stored.title or _LAST,),
    "publisher": lambda stored: (stored.publisher or _LAST, stored.title or _LAST),
}


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


def search(reader: IndexReader, library: Library, request: Request, deadline: Deadline) -> Results:
    """Answer a request from one generation of the index; raises Cancelled."""
    reader.check()
    scorer = choose_scorer(reader, request.node, deadline)
    evaluator = Evaluator(reader, scorer, deadline, library)
    found = evaluator.evaluate(request.node)
    if request.story is not None:
        found = scorer.restrict(found, scorer.filter("story", [request.story]))
    listing = HitList(reader, scorer, found, request, deadline)
    page = listing.page()
    facets: tuple[Facet, ...] = ()
    if request.facets:
        from index.facets import Facets

        counted = Facets(reader, library, evaluator.noted)
        counted.count(scorer.documents(found), deadline)
        facets = counted.most_frequent(request.facets)
    near = None if listing.total else _without_quotes(request.query, evaluator, scorer)
    if near is None:
        near = suggest(request.query, request.node, reader, deadline)
    hits = _hits(reader, library, page, listing, Finder(request.node), deadline)
    gone = len(page) - len(hits)
    state = deadline.left_out
    if deadline.cut_short:
        state = "The time for one search was up: there may be more hits, and better ones."
    whole = not (deadline.cut_short or deadline.left_some)
    begins = bool(only_begun(request.query, request.node, reader))
    return Results(request.query, listing.total - gone, tuple(hits), near, state, whole, facets, begins)


def _without_quotes(query: str, evaluator: Evaluator[Any], scorer: Scorer[Any]) -> str | None:
    """Return a query without its quotation marks if it finds something so."""
    plain = unquoted(query)
    if plain is None:
        return None
    try:
        return plain if scorer.count(evaluator.evaluate(parse(plain))) else None
    except QueryError:
        return None


def _hits(
    reader: IndexReader,
    library: Library,
    page: Sequence[Listed],
    listing: HitList[Any],
    finder: Finder,
    deadline: Deadline,
) -> list[Hit]:
    """Show the documents of a page as the library has them now, without those that it has no more."""
    refs = [reader.stored(listed.number).ref for listed in page]
    sources = {source.ref: source for source in library.sources(refs)}
    hits = []
    for ref, listed in zip(refs, page, strict=True):
        deadline.spent()  # raises when nobody waits for the snippets
        source = sources.get(ref)
        if source is not None:
            text, highlights, passage = _shown(source, finder)
            place = None if passage is None else located(source.locators, *passage)
            copies = sorted((reader.stored(other).ref for other in listed.copies), key=library_order)
            score = listing.score(listed.number)
            about = (source.title, source.publisher, source.date, source.url)
            hits.append(Hit(ref, *about, score, text, highlights, tuple(copies), passage, place))
    return hits


def _shown(source: Source, finder: Finder) -> Snippet:
    """Return what is shown of a source, or nothing where its text cannot be taken apart."""
    try:
        return snippet(source, finder)
    except Exception as error:  # whatever one text makes a pattern raise, the other hits are shown
        logs.record(error, f"What was found in {source.ref} could not be shown.")
        return Snippet("", ())
