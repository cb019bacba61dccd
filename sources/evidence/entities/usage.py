"""How a whole library writes its words: with small letters, or with a capital where there was a choice.

One story is often too short to tell whether "Anchor" at the start of a sentence is a name. The counts of a
library are truecasing statistics (Lita et al., "tRuEcasIng", ACL 2003) that help where the story is silent.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import LETTER, LOWER, UPPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SMALL = re.compile(f"(?<![{LETTER}0-9])[{LOWER}]{{2,}}(?![{LETTER}0-9])")
_CHOSEN_CAPITAL = re.compile(f"(?<=[{LOWER},] )[{UPPER}][{LOWER}]+(?![{LETTER}0-9])")
_FEWEST = 3  # occurrences below which a count tells nothing
_CLEARLY = 4  # times as often


@dataclass(frozen=True, slots=True)
class WordUsage:
    """How often words, in small letters, stand with small letters and with a capital in mid-sentence."""

    small: Mapping[str, int] = field(default_factory=dict)
    capital: Mapping[str, int] = field(default_factory=dict)

    def mostly_small(self, word: str) -> bool:
        """Tell whether ``word`` is clearly a common word."""
        small = self.small.get(word, 0)
        return small >= _FEWEST and small > _CLEARLY * self.capital.get(word, 0)

    def mostly_capital(self, word: str) -> bool:
        """Tell whether ``word`` is clearly a name."""
        capital = self.capital.get(word, 0)
        return capital >= _FEWEST and capital > _CLEARLY * self.small.get(word, 0)


def count_usage(texts: Iterable[str]) -> WordUsage:
    """Count the words of texts; words that are seen too seldom to tell anything are left out."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        small.update(_SMALL.findall(text))
        capital.update(_CHOSEN_CAPITAL.findall(text))
    lowered: Counter[str] = Counter()
    for word, count in capital.items():
        lowered[word.lower()] += count
    return WordUsage(_telling(small), _telling(lowered))


def _telling(counts: Counter[str]) -> dict[str, int]:
    return {word: count for word, count in sorted(counts.items()) if count >= _FEWEST}
