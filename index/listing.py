"""The hits of a search in their order, without the near copies among them; what is on a page of them."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Generic

from index.copies import Copies
from index.kinship import kinship
from index.nearness import RAISED, nearness, pairs_of
from index.sets import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.budget import Budget
    from index.copies import Listed
    from index.reading import IndexReader
    from index.search import Request
    from index.sets import Sets
    from sources.model import Ref

_LAST = "\U0010ffff"  # sorts what has no title or publisher behind all that has
# Not measured. The first two cost or save time, and change no result.
_MARGIN = 20  # hits looked at beyond a page, since copies leave it; where they are too few, more are
_DAY_BY_DAY = 500  # hits from which on the days of the library are gone through instead of the hits
_FEW = 64  # hits that weigh the same and are put in the order of the library; of more it is the index's


class Listing(Generic[Found]):
    """The hits of a request in their order; what is on a page does not depend on the page.

    ``total`` counts the hits that are listed: near copies are left out, unless they were asked for.
    """

    def __init__(
        self, reader: IndexReader, sets: Sets[Found], found: Found, request: Request, budget: Budget
    ) -> None:
        self._reader = reader
        self._sets = sets
        self._found = found
        self._request = request
        self._budget = budget
        self._scores: dict[int, float] = {}
        self._pairs = pairs_of(request.node)
        self._count = sets.count(found)
        if request.all_copies or self._count < 2:
            self._copies = Copies({}, ())
        else:
            kin = kinship(reader)
            self._copies = Copies(kin.heads, sets.holding(found, kin.members))
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
        return self._sets.scores(self._found, [number])[0] if known is None else known

    def _ordered(self, count: int) -> list[int]:
        """Return at least ``count`` documents, or all there are, in their order."""
        sort = self._request.sort
        if sort == "relevance":
            return self._by_score(count)
        if sort in {"newest", "oldest"} and self._count > _DAY_BY_DAY:
            return self._by_day(count)
        return sorted(self._sets.documents(self._found), key=partial(_KEYS[sort], self._reader))

    def _by_score(self, count: int) -> list[int]:
        best = self._sets.best(self._found, max(count, RAISED if self._pairs else 0))
        best = self._in_order(best)
        if self._pairs and len(best) > 1:
            # Once more, by how near the words of the query stand in the best of them.
            looked_at = sorted(number for number, _ in best[:RAISED])
            added = nearness(self._reader, self._pairs, looked_at)
            best = self._in_order([(number, score + added.get(number, 0.0)) for number, score in best])
        self._scores = dict(best)
        return [number for number, _ in best]

    def _in_order(self, hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Put the best first; of equals a few are in the order of the library, many in that of the index."""
        hits = sorted(hits, key=_by_weight)
        at = 0
        for _, equals in groupby(hits, key=_weight):
            run = list(equals)
            if 1 < len(run) <= _FEW:
                run.sort(key=lambda hit: place_of(self._reader.stored(hit[0]).ref))
                hits[at : at + len(run)] = run
            at += len(run)
        return hits

    def _by_day(self, count: int) -> list[int]:
        """Go through the days of the library until there are enough hits; those without one come last."""
        reader, sets, found = self._reader, self._sets, self._found
        days = list(reader.terms("date", "", self._budget))
        if self._request.sort == "newest":
            days.sort(key=_backwards)
        ordered: list[int] = []
        for day in days:
            here = sets.documents(sets.within(sets.marked("date", [day]), found))
            ordered += sorted(here, key=self._place)
            if len(ordered) >= count or self._budget.spent():
                return ordered
        undated = sets.documents(sets.without(found, sets.marked("date", days)))
        return ordered + sorted(undated, key=self._place)

    def _place(self, number: int) -> tuple[str, float]:
        return place_of(self._reader.stored(number).ref)


def _weight(hit: tuple[int, float]) -> float:
    return hit[1]


def _by_weight(hit: tuple[int, float]) -> tuple[float, int]:
    return -hit[1], hit[0]


def place_of(ref: Ref) -> tuple[str, float]:
    """Return where a source stands among others: by story, number, and the summary last."""
    return ref.story, float("inf") if ref.number is None else ref.number


def _backwards(date: str) -> list[int]:
    return [-ord(character) for character in date]


def _newest(reader: IndexReader, number: int) -> tuple[bool, list[int], str, float]:
    stored = reader.stored(number)
    return (not stored.date, _backwards(stored.date), *place_of(stored.ref))


def _oldest(reader: IndexReader, number: int) -> tuple[bool, str, str, float]:
    stored = reader.stored(number)
    return (not stored.date, stored.date, *place_of(stored.ref))


def _title(reader: IndexReader, number: int) -> tuple[str, str, float]:
    stored = reader.stored(number)
    return (stored.title or _LAST, *place_of(stored.ref))


def _publisher(reader: IndexReader, number: int) -> tuple[str, str, str, float]:
    stored = reader.stored(number)
    return (stored.publisher or _LAST, stored.title or _LAST, *place_of(stored.ref))


_KEYS: dict[str, Callable[[IndexReader, int], tuple[object, ...]]] = {
    "newest": _newest,
    "oldest": _oldest,
    "title": _title,
    "publisher": _publisher,
}
