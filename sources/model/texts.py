"""Texts: spans, zones, sources, stories and their pages, the refs that name them, and parsed files."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model.structure import Piece

SUMMARY = "summary"
SORTS = ("relevance", "newest", "oldest", "title", "publisher")  # what texts that were found are ordered by
WHOLE_STORY = -1  # the number of a ref that means a story itself, and none of its texts
_NUMBER = r"[1-9][0-9]{0,8}"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Span(NamedTuple):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return what stands at this span of ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the same range moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)


class ZoneKind(StrEnum):
    """What a stretch of a source's text is."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"
    BLOCK_QUOTE = "block quote"

    @property
    def muted(self) -> bool:
        """Tell whether it is kept and shown dimmed, but never counts as evidence."""
        return self in {ZoneKind.CAPTION, ZoneKind.CREDIT, ZoneKind.BOILERPLATE}


@frozen
class Zone:
    """A stretch of a source's text with its kind; the zones of a text partition it."""

    kind: ZoneKind
    start: int
    end: int


class LocatorKind(StrEnum):
    """What a part of an original is counted by."""

    PAGE = "page"
    TIME = "time"


@frozen
class Locator:
    """Where a page or another part of the original begins in a text, and what it is called there.

    A part ends where the next begins; what is before the first has no name.
    """

    start: int
    kind: LocatorKind
    name: str


@frozen
class OriginalPlace:
    """Where a passage is in its original: the page or time it begins in, and the one it ends in.

    As text it is what a citation says: ``p. 4``, ``pp. 4–5``, ``0:12:03``.
    """

    kind: LocatorKind
    first: str
    last: str

    def __str__(self) -> str:
        several = self.first != self.last
        name = f"{self.first}–{self.last}" if several else self.first
        if self.kind is LocatorKind.TIME:
            return name
        return f"{'pp.' if several else 'p.'} {name}"


_start_of = attrgetter("start")


def located(locators: Sequence[Locator], start: int, end: int) -> OriginalPlace | None:
    """Return where ``text[start:end]`` is in the original; None before the first locator, or without any."""
    last = bisect_left(locators, max(end, start + 1), key=_start_of) - 1
    if last < 0:
        return None
    first = max(0, bisect_right(locators, start, key=_start_of) - 1)
    return OriginalPlace(locators[last].kind, locators[first].name, locators[last].name)


@frozen
class Ref:
    """The name of a source, ``STORY/N``, or of a story's own summary, ``STORY/summary``.

    With a ``version`` it is one of the texts that the source has or had, ``STORY/N@2``; else its newest.
    Notes may also speak of a story as a whole: `of_story`, written ``STORY``; no source has such a ref.
    """

    story: str
    number: int | None  # None is the summary, WHOLE_STORY the story itself
    version: int | None = None

    def __lt__(self, other: Ref) -> bool:
        return (self.story, self.number) < (other.story, other.number)

    def __str__(self) -> str:
        if self.number == WHOLE_STORY:
            return self.story
        version = "" if self.version is None else f"@{self.version}"
        return f"{self.story}/{SUMMARY if self.number is None else self.number}{version}"

    @classmethod
    def of_story(cls, slug: str) -> Ref:
        """Return what a note on story ``slug`` as a whole has for a ref."""
        return cls(slug, WHOLE_STORY)

    @property
    def is_story(self) -> bool:
        """Tell whether this means a story as a whole."""
        return self.number == WHOLE_STORY

    @classmethod
    def parse_version(cls, text: str) -> Ref | None:
        """Read ``STORY/N@V`` or ``STORY/summary@V``, also without a version; None for what is neither."""
        named, at, version = text.strip().partition("@")
        found = cls.parse(named)
        if found is None or not at:
            return found
        return cls(found.story, found.number, int(version)) if re.fullmatch(_NUMBER, version) else None

    @classmethod
    def parse(cls, text: str) -> Ref | None:
        """Read ``STORY/N`` or ``STORY/summary``; None when ``text`` is neither."""
        story, slash, last = text.strip().rpartition("/")
        if not slash or not is_slug(story):
            return None
        if last == SUMMARY:
            return cls(story, None)
        return cls(story, int(last)) if re.fullmatch(_NUMBER, last) else None


@frozen
class Origin:
    """Where a source came from: the file, the SHA-256 of its cleaned text, and the format's name."""

    path: str | None
    sha256: str
    format: str


@frozen
class Source:
    """One text of a story; ``text`` is what the file said after one cleaning only."""

    ref: Ref
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None  # ISO 8601: a day, a month or a moment
    url: str | None
    language: str | None
    text: str
    zones: tuple[Zone, ...]
    origin: Origin
    version: int = 1
    locators: tuple[Locator, ...] = ()
    accessed: str | None = None  # ISO 8601: when the page was saved, which says nothing of its own date
    pieces: tuple[Piece, ...] = ()  # of its structure, what the import found and the text does not tell


@frozen
class SourceVersion:
    """A text that a source has or had: its number from 1, and the ISO 8601 moment in UTC when it came in."""

    number: int
    added: str
    sha256: str


@frozen
class SourceEntry:
    """A source as a list shows it: all but its text; ``words`` counts those outside muted zones.

    ``vanished`` tells that its file is gone from a watched folder.
    """

    ref: Ref
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    url: str | None
    words: int
    sha256: str
    version: int = 1
    notes: int = 0
    language: str | None = None
    accessed: str | None = None
    vanished: bool = False


@frozen
class RelatedStory:
    """A teaser of another story, as the aggregator's page shows it at its end."""

    text: str
    sources: int | None
    category: str | None
    age: str | None


@frozen
class MutedText:
    """A line of a page that belongs to no source: kept, shown dimmed, never evidence."""

    text: str
    kind: str


@frozen
class PageZone:
    """A stretch of a story page's text and what became of it; page zones partition the page.

    ``kind`` is one of count, number, source, furniture, summary, credit, related, repeat, blank;
    ``number`` is the source's number for the kinds number and source.
    """

    kind: str
    start: int
    end: int
    number: int | None = None


@frozen
class Page:
    """A story page as it was read: its cleaned text and the zones that account for all of it."""

    text: str
    zones: tuple[PageZone, ...]
    origin: Origin


@frozen
class StoryEntry:
    """A story as a list shows it; ``added`` is an ISO 8601 moment in UTC."""

    slug: str
    title: str | None
    sources: int
    has_summary: bool
    added: str


@frozen
class Story:
    """A set of sources read together."""

    slug: str
    title: str | None
    added: str
    summary: Source | None
    sources: tuple[SourceEntry, ...]
    related: tuple[RelatedStory, ...]
    muted: tuple[MutedText, ...]
    page: Page | None = None


def is_slug(text: str) -> bool:
    """Tell whether ``text`` may name a story: lower-case ASCII words joined by hyphens."""
    return len(text) <= 80 and _SLUG.fullmatch(text) is not None


@frozen
class ParsedSource:
    """A source as a format read it, before the library gives it a place.

    Without ``zones`` all of it is body. ``key`` tells it from its neighbours in the same file (``page#4``, a
    record's id); ``number`` and ``story`` are what the file itself asks for. ``guessed`` are the fields that
    the file does not state and that were taken from how its text looks.
    """

    text: str
    zones: tuple[Zone, ...] = ()
    key: str = ""
    number: int | None = None
    story: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    locators: tuple[Locator, ...] = ()
    guessed: tuple[str, ...] = ()
    accessed: str | None = None
    pieces: tuple[Piece, ...] = ()


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
