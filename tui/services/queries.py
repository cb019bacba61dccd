"""Queries: the help on their language, what narrows and widens one, and those that are kept under a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from index.query import parse
from index.query.refinement import conditions, filters, narrowed, spelled_out, widened, without
from index.query.syntax_help import examples, syntax
from index.text_matching import spans_in
from sources.errors import RequestError, UnknownReference
from sources.model import SORTS
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = [
    "conditions",
    "examples",
    "filters",
    "narrowed",
    "spans_in",
    "spelled_out",
    "syntax",
    "widened",
    "without",
]

# Searches that the user keeps under a name, in the settings of the library.

_SETTING = "saved searches"
LONGEST_NAME = 80  # code points


class Settings(Protocol):
    """The settings of a library; ``sources.library.Library`` has them."""

    def setting(self, name: str) -> str | None:
        """Return a setting; None when it was never set."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting."""


class SavedSearch(NamedTuple):
    """A query with the story it is restricted to and the order of its hits.

    ``seen`` is the number of the library's last change when its hits were looked at; None: never.
    """

    name: str
    query: str
    story: str | None
    sort: str
    seen: int | None = None


def saved_searches(library: Settings) -> tuple[SavedSearch, ...]:
    """Return all saved searches by name; what cannot be read in the setting is left out."""
    try:
        read = json.loads(library.setting(_SETTING) or "{}")
    except ValueError:
        return ()
    if not isinstance(read, dict):
        return ()
    found = (_search(name, values) for name, values in sorted(read.items()) if isinstance(values, dict))
    return tuple(search for search in found if search is not None)


def _search(name: str, values: Mapping[str, Any]) -> SavedSearch | None:
    query, story, sort = values.get("query"), values.get("story"), values.get("sort")
    if not isinstance(query, str) or sort not in SORTS:
        return None
    seen = values.get("seen")
    return SavedSearch(
        name, query, story if isinstance(story, str) else None, sort, seen if isinstance(seen, int) else None
    )


def saved_search(library: Settings, name: str) -> SavedSearch:
    """Return one saved search by its name, in any case or spelling; raises UnknownReference."""
    wanted = _tidy(name)
    searches = saved_searches(library)
    # Names that differ in an accent are two: what was saved under one is not replaced under the other.
    same = [search for search in searches if search.name.casefold() == wanted.casefold()]
    alike = [search for search in searches if fold(search.name) == fold(wanted)]
    if len(found := same or alike) == 1:
        return found[0]
    raise UnknownReference(f"There is no saved search {wanted!r}; list them with: crossread searches")


def save_search(library: Settings, search: SavedSearch) -> SavedSearch:
    """Keep a search, in the place of one with the same name; raises RequestError and QueryError."""
    kept = search._replace(name=_checked(search.name))
    parse(search.query)
    _write(library, (*_others(library, kept.name), kept))
    return kept


def rename_search(library: Settings, name: str, new: str) -> SavedSearch:
    """Give a saved search another name that no other has; raises UnknownReference and RequestError."""
    search = saved_search(library, name)
    renamed = search._replace(name=_checked(new))
    others = _others(library, search.name)
    if any(other.name.casefold() == renamed.name.casefold() for other in others):
        raise RequestError(f"There is a saved search {renamed.name!r} already; remove it first.")
    _write(library, (*others, renamed))
    return renamed


def remove_search(library: Settings, name: str) -> SavedSearch:
    """Forget a saved search; raises UnknownReference."""
    gone = saved_search(library, name)
    _write(library, tuple(search for search in saved_searches(library) if search != gone))
    return gone


def follow_story(library: Settings, slug: str, new: str) -> None:
    """Let the saved searches in a story follow it to another slug."""
    kept = saved_searches(library)
    if any(search.story == slug for search in kept):
        _write(library, tuple(one._replace(story=new) if one.story == slug else one for one in kept))


def _others(library: Settings, name: str) -> tuple[SavedSearch, ...]:
    return tuple(each for each in saved_searches(library) if each.name.casefold() != name.casefold())


def _checked(name: str) -> str:
    tidy = _tidy(name)
    if not tidy or len(tidy) > LONGEST_NAME:
        raise RequestError(f"A saved search needs a name of 1 to {LONGEST_NAME} characters.")
    return tidy


def _write(library: Settings, searches: tuple[SavedSearch, ...]) -> None:
    values = {
        search.name: {
            "query": search.query,
            "story": search.story,
            "sort": search.sort,
            **({} if search.seen is None else {"seen": search.seen}),
        }
        for search in searches
    }
    library.set_setting(_SETTING, json.dumps(values, ensure_ascii=True, sort_keys=True))


def _tidy(name: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in name)
    return " ".join(printable.split())
