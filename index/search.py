"""From a parsed query to a page of hits: finding, ordering, and showing each with a snippet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from index.choice import sets_for
from index.evaluation import Evaluator
from index.listing import Listing, place_of
from index.matching import Finder
from index.noted import Noted
from index.snippets import Snippet, snippet
from index.suggestion import suggestion
from index.values import Hit, Results
from sources import logs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.budget import Budget
    from index.copies import Listed
    from index.query.tree import Node
    from index.reading import IndexReader
    from index.supply import IndexedLibrary
    from index.values import Facet
    from sources.model import Source


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
    noted = Noted(library)
    found = Evaluator(reader, sets, budget, noted).evaluate(request.node)
    if request.story is not None:
        found = sets.within(found, sets.marked("story", [request.story]))
    listing = Listing(reader, sets, found, request, budget)
    page = listing.page()
    facets: tuple[Facet, ...] = ()
    if request.facets:
        from index.facets import Facets  # noqa: PLC0415 - few searches ask for them

        counted = Facets(reader, library, noted)
        counted.count(sets.documents(found), budget)
        facets = counted.most_frequent(request.facets)
    near = suggestion(request.query, request.node, reader, budget)
    hits = _hits(reader, library, page, listing, Finder(request.node), budget)
    gone = len(page) - len(hits)
    state = budget.left_out
    if budget.cut_short:
        state = "The time for one search was up: there may be more hits, and better ones."
    whole = not budget.cut_short
    return Results(request.query, listing.total - gone, tuple(hits), near, state, whole, facets)


def _hits(
    reader: IndexReader,
    library: IndexedLibrary,
    page: Sequence[Listed],
    listing: Listing[Any],
    finder: Finder,
    budget: Budget,
) -> list[Hit]:
    """Show the documents of a page as the library has them now, without those that it has no more."""
    refs = [reader.stored(listed.number).ref for listed in page]
    sources = {source.ref: source for source in library.sources(refs)}
    hits = []
    for ref, listed in zip(refs, page, strict=True):
        budget.spent()  # raises when nobody waits for the snippets
        source = sources.get(ref)
        if source is not None:
            text, highlights = _shown(source, finder)
            copies = sorted((reader.stored(other).ref for other in listed.copies), key=place_of)
            score = listing.score(listed.number)
            about = (source.title, source.publisher, source.date, source.url)
            hits.append(Hit(ref, *about, score, text, highlights, tuple(copies)))
    return hits


def _shown(source: Source, finder: Finder) -> Snippet:
    """Return what is shown of a source, or nothing where its text cannot be taken apart."""
    try:
        return snippet(source, finder)
    except Exception as error:  # whatever one text makes a pattern raise, the other hits are shown
        logs.record(error, f"What was found in {source.ref} could not be shown.")
        return Snippet("", ())
