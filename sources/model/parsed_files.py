"""Parsed files: what a format read, before the library gives it a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from sources.model.texts import MutedText, PageZone, RelatedStory, Zone


@frozen
class ParsedSource:
    """A source as a format read it, before the library gives it a place.

    ``key`` tells it from its neighbours in the same file (``page#4``, a record's id); ``number`` and
    ``story`` are what the file itself asks for.
    """

    text: str
    zones: tuple[Zone, ...]
    key: str = ""
    number: int | None = None
    story: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None


@frozen
class ParsedFile:
    """What one file held, before the library takes it in.

    ``warnings`` are sentences for the user about what was odd but could be read; ``failures`` are
    records of the file that could not be read while the others could.
    """

    format: str
    sources: tuple[ParsedSource, ...]
    title: str | None = None
    summary: ParsedSource | None = None
    related: tuple[RelatedStory, ...] = ()
    muted: tuple[MutedText, ...] = ()
    page_text: str | None = None
    page_zones: tuple[PageZone, ...] = ()
    warnings: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
