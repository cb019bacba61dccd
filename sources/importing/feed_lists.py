"""Lists of feeds (OPML): the feed files of a list that are on this disk take its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sources.errors import Malformed
from sources.formats import feed, opml
from sources.importing.files import Input, opened, read_all, shown
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUFFIXES = opml.SUFFIXES | feed.SHARED_SUFFIXES
_LISTED = 3
_WEB = frozenset({"http", "https", "feed"})


def feeds_of(given: Input, tell: Callable[[str], None]) -> list[Input] | None:
    """Return the feed files that a list names, or None for what is no list.

    ``tell`` is given one sentence about those of the web, which are not read. Raises InputError for a list
    that cannot be read, and Malformed where it names no file.
    """
    if given.path is None or given.path.suffix.lower() not in _SUFFIXES:
        return None
    with opened(given.path) as file:
        text = clean_text(decode(read_all(file, given.shown)))
    if not opml.matches(text):
        return None
    outlines = opml.outlines(text, None)
    web = [each.address for each in outlines if urlsplit(each.address).scheme.lower() in _WEB]
    files = [Input(path, shown(path), format_name=feed.NAME) for path in _files(given.path, outlines)]
    said = f"{', '.join(web[:_LISTED])}{f' and {len(web) - _LISTED} more' if len(web) > _LISTED else ''}"
    if not files:
        raise Malformed(
            f"names only feeds of the web, which are not read from a list: {said}"
            if web
            else "names no feeds"
        )
    if web:
        tell(f"{given.shown}: feeds of the web are not read from a list: {said}")
    return files


def _files(place: Path, outlines: tuple[opml.Outline, ...]) -> Iterator[Path]:
    for each in outlines:
        try:
            address = urlsplit(each.address)
        except ValueError:
            continue
        if address.scheme.lower() == "file":
            yield Path(unquote(address.path))
        elif address.scheme.lower() not in _WEB:
            yield place.parent / each.address
