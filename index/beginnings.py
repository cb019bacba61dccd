"""Words that may be meant by one that was mistyped where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def begun_otherwise(word: str, letters: Iterable[str]) -> set[str]:
    """Return words that differ from ``word`` in their first letter or by one, or in the order of two.

    ``letters`` are those that may stand there. The word has three letters at least, and nothing that is
    returned begins like it.
    """
    found = {word[1:], word[1] + word[0] + word[2:]}
    for letter in letters:
        found |= {letter + word, letter + word[1:]}
    return {other for other in found if other[0] != word[0]}
