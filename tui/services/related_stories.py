"""Related stories: which of those that an aggregator's page names at its end are in the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.model import Ref
from sources.text.folding import fold

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import Story, StoryEntry

_WORDS = re.compile(r"\w+")
_FEWEST = 4  # words of a title that no two stories have by chance,
_FEWEST_OPENING = 8  # and of what they begin with
_MOST_SUMMARIES = 500  # that are read


def related_in(library: Library, story: Story) -> tuple[str | None, ...]:
    """Return for each related story of a story its slug in the library, or None where it is not known there.

    It is known by its title, or by the words with which its summary begins; where two have them, by neither.
    """
    if not story.related:
        return ()
    others = [entry for entry in library.stories() if entry.slug != story.slug]
    titles = {entry.slug: _words(entry.title or "") for entry in others}
    openings: dict[str, str] | None = None
    found: list[str | None] = []
    for teaser in story.related:
        lines = [_words(line) for line in teaser.text.split("\n")]
        slugs = [slug for slug, title in titles.items() if title in lines and _count(title) >= _FEWEST]
        long = [line for line in lines if _count(line) >= _FEWEST_OPENING]
        if not slugs and long:
            openings = _openings(library, others) if openings is None else openings
            slugs = [slug for slug, text in openings.items() if any(_begins(text, line) for line in long)]
        found.append(slugs[0] if len(slugs) == 1 else None)
    return tuple(found)


def _words(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text)))


def _count(words: str) -> int:
    return len(words.split())


def _openings(library: Library, entries: list[StoryEntry]) -> dict[str, str]:
    """Return the words of the summaries, which begin with what others show of their story."""
    slugs = [entry.slug for entry in entries if entry.has_summary]
    return {slug: _words(library.source(Ref(slug, None)).text) for slug in slugs[:_MOST_SUMMARIES]}


def _begins(text: str, words: str) -> bool:
    """Tell whether a text begins with these words, and not in the midst of one."""
    return f"{text} ".startswith(f"{words} ")
