"""What of the library is listed, and in which order: the words of its filter, and how it is sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sources.model import Ref, SourceEntry, StoryEntry

ORDERS = ("name", "added", "title", "date", "length")
ORDER_WORDS = {
    "name": "by name",
    "added": "the newest stories first",
    "title": "by title",
    "date": "the newest sources first",
    "length": "the longest first",
}
STATES = ("is:unread", "is:marked", "is:noted")  # words of a filter that ask for no word


@dataclass(frozen=True, slots=True)
class Look:
    """What a filter asks for and the order, one of ``ORDERS``; ``marked`` and ``read`` are for its states.

    A source is listed that has each word of the filter in its title, publisher, ref or date, or in the title
    of its story; capitals and accents do not matter.
    """

    wanted: str = ""
    order: str = ORDERS[0]
    marked: Collection[Ref] = ()
    read: Collection[Ref] = frozenset()

    @property
    def filters(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.wanted.strip())

    def stories(self, stories: Sequence[StoryEntry]) -> Sequence[StoryEntry]:
        """Return the stories in order."""
        match self.order:
            case "added":
                return sorted(stories, key=lambda story: story.added, reverse=True)
            case "title":
                return sorted(stories, key=lambda story: fold(story.title or story.slug))
            case "length":
                return sorted(stories, key=lambda story: -story.sources)
        return stories

    def sources(self, story: StoryEntry, entries: Sequence[SourceEntry]) -> Sequence[SourceEntry]:
        """Return the sources of a story that are listed, in order; undated ones are the last by date."""
        words = fold(self.wanted).split()
        kept = [entry for entry in entries if self._keeps(words, story, entry)] if words else entries
        match self.order:
            case "title":
                return sorted(kept, key=lambda entry: fold(entry.title or ""))
            case "date":
                return sorted(kept, key=lambda entry: entry.date or "", reverse=True)
            case "length":
                return sorted(kept, key=lambda entry: -entry.words)
        return kept

    def _keeps(self, words: Sequence[str], story: StoryEntry, entry: SourceEntry) -> bool:
        said = (entry.title, entry.publisher, str(entry.ref), entry.date, story.title)
        text = fold(" ".join(part for part in said if part))
        return all(self._has(word, text, entry) for word in words)

    def _has(self, word: str, text: str, entry: SourceEntry) -> bool:
        match word:
            case "is:unread":
                return entry.ref not in self.read
            case "is:marked":
                return entry.ref in self.marked
            case "is:noted":
                return entry.notes > 0
        return word in text


ALL = Look()
