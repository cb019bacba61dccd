"""Opening what a command works on, and reading the names that the user gives to parts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import Ref, is_slug
from sources.places import library_folder
from tui.services.access import library_in

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.services import Library

NO_SOURCES = "The library is empty; put something in with: crossread add FILE (or try: crossread demo)"


def open_library(call: Invocation) -> Library:
    """Open the library that the call names, or the user's own."""
    return library_in(library_folder(call.library_option))


def target(word: str) -> Ref | str:
    """Read ``STORY/N``, ``STORY/summary`` or ``STORY``; raises RequestError."""
    ref = Ref.parse(word)
    if ref is not None:
        return ref
    if is_slug(word):
        return word
    raise RequestError(f"{word!r} is neither a story nor a source; write STORY, STORY/N or STORY/summary")


def source_ref(word: str) -> Ref:
    """Read ``STORY/N`` or ``STORY/summary``; raises RequestError."""
    found = target(word)
    if isinstance(found, str):
        raise RequestError(f"{word!r} is a story; write {word}/N or {word}/summary for one text of it")
    return found
