"""What a whole story tells about its capitalised words, gathered before any name is decided on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import CaseCounts
from sources.evidence.entities.lists import words
from sources.evidence.entities.usage import WordUsage
from sources.evidence.entities.vocabulary import plain_words

if TYPE_CHECKING:
    from sources.evidence.entities.candidates import Run


@dataclass(slots=True)
class StoryWords:
    """What the whole story tells about its capitalised words."""

    usage: WordUsage = field(default_factory=WordUsage)  # of the library
    case: CaseCounts = field(default_factory=CaseCounts)
    initial: Counter[str] = field(default_factory=Counter)  # words seen where they had to have a capital
    runs: Counter[str] = field(default_factory=Counter)  # whole runs seen in mid-sentence
    acronyms: set[str] = field(default_factory=set)  # of names, by the story's own definitions
    tickers: set[str] = field(default_factory=set)  # under which shares are traded: (LSE: NPT)
    generic: set[str] = field(default_factory=set)  # acronyms of common nouns, by the story's own definitions

    def add(self, run: Run) -> None:
        """Count the words of a run."""
        initial = run.words[0].initial
        for position, word in enumerate(run.words):
            small = word.text.lower()
            if position == 0 and initial:
                self.initial[small] += 1
            else:
                self.case.capital[small] += 1
        if not initial:
            self.runs[" ".join(word.text for word in run.words)] += 1

    def is_common(self, word: str) -> bool:
        """Tell whether ``word``, in small letters, is common by the lists, the story or the library."""
        if self.case.capital[word] > 3 * self.case.small[word] + 3:
            return False
        return word in plain_words() or self.case.small[word] > 0 or self.usage.mostly_small(word)

    def generic_acronyms(self) -> frozenset[str] | set[str]:
        """Return the acronyms that stand for common nouns, by the lists and by the story itself."""
        listed = words("peoples.txt", "acronyms")
        return listed | self.generic if self.generic else listed
