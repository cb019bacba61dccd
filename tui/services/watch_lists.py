"""Saved searches as watch lists: which of their hits came in or changed since somebody looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import QueryError, UnknownReference
from sources.model import Ref
from tui.services.queries import SavedSearch, save_search, saved_search
from tui.services.search import found_refs

if TYPE_CHECKING:
    from index import Results, SearchIndex
    from sources.library import Library

_NAMED = 200  # changed sources up to which a query can name them; of more all hits are asked for


def news_for(library: Library, search: SavedSearch) -> tuple[Ref, ...] | None:
    """Return the sources that came in or changed since a search was looked at; None where it never was.

    What is kept of a look is the number of the library's last change, so that nothing has to be compared.
    """
    if search.seen is None or search.seen > library.change_number:  # of a library that was put back
        return None
    return library.changes_since(search.seen).changed


def new_count(index: SearchIndex, library: Library, search: SavedSearch) -> int | None:
    """Return how many hits of a search are new, near copies too; None where it never was looked at."""
    changed = news_for(library, search)
    if changed is None:
        return None
    try:
        return len(_new_among(index, library, search, changed)) if changed else 0
    except (QueryError, UnknownReference):  # it is a search of another version, or its story is gone
        return 0


def new_refs(index: SearchIndex, library: Library, search: SavedSearch) -> frozenset[Ref]:
    """Return the hits of a search that are new; all of them where it never was looked at.

    Raises QueryError, UnknownReference and IndexTrouble.
    """
    changed = news_for(library, search)
    if changed is None:
        return found_refs(index, library, search.query, search.story)[0]
    return _new_among(index, library, search, changed) if changed else frozenset()


def _new_among(
    index: SearchIndex, library: Library, search: SavedSearch, changed: tuple[Ref, ...]
) -> frozenset[Ref]:
    named = search.query if len(changed) > _NAMED else only(search.query, changed)
    return found_refs(index, library, named, search.story)[0] & frozenset(changed)


def only(query: str, refs: tuple[Ref, ...]) -> str:
    """Return a query for those of its hits that are among some sources."""
    return f"({query}) AND ({' OR '.join(f'ref:{ref}' for ref in refs)})"


def search_new(
    index: SearchIndex, library: Library, search: SavedSearch, **options: Any
) -> tuple[Results, bool]:
    """Return the new hits of a search, ``options`` being those of the index, and whether it counts as seen.

    It does from the library's change on that was the last one when it began, unless the index was behind:
    what it has not read yet is still to be shown. Raises QueryError, UnknownReference and IndexTrouble.
    """
    number = library.change_number
    refs = tuple(sorted(new_refs(index, library, search), key=str))
    query = only(search.query, refs) if refs else search.query
    found = index.search(query, story=search.story, all_copies=True, **options)
    if not refs:
        found = found._replace(total=0, hits=(), facets=())
    seen = not found.state
    if seen:
        mark_seen(library, search.name, number)
    return found._replace(query=search.query, suggestion=None), seen


def look_at(index: SearchIndex, library: Library, search: SavedSearch) -> frozenset[Ref]:
    """Return the hits of a search that are new, which are seen now, unless the index is behind.

    A search that was never looked at has none yet. Raises QueryError, UnknownReference and IndexTrouble.
    """
    number = library.change_number
    refs = frozenset[Ref]() if news_for(library, search) is None else new_refs(index, library, search)
    if not index.freshness().behind:
        mark_seen(library, search.name, number)
    return refs


def mark_seen(library: Library, name: str, number: int) -> None:
    """Keep that a search was looked at when the library's last change had this number."""
    search = saved_search(library, name)
    if search.seen is None or search.seen < number:
        save_search(library, search._replace(seen=number))
