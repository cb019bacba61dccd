"""Names in lines whose capitals tell nothing: headings in Title Case, lines of capitals, text without any.

There a name is found when the rest of the story knows it, or when it is a place or person by the lists.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import LETTER, Style
from sources.evidence.entities.linking import key_of, legal_keys, place_keys
from sources.evidence.entities.lists import function_words, given_names, plain_words, words
from sources.evidence.entities.trimming import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.entities.casing import CaseCounts, Line

_WORD = re.compile(rf"(?:[{LETTER}]\.){{2,}}|[{LETTER}0-9](?:[{LETTER}0-9]|[&.'’-](?=[{LETTER}0-9]))*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_LONGEST = 6  # words of a name
_SHORTEST_SURNAME = 3  # letters, in a heading; not measured: shorter words in it are as likely no name


@cache
def _first_of_places() -> frozenset[str]:
    return frozenset(key.split(maxsplit=1)[0] for key in place_keys())


class KnownNames:
    """The names that may be found without capitals: those of the story, and places."""

    def __init__(self, known: Iterable[str], case: CaseCounts) -> None:
        self._keys = {key: len(key.split()) for key in known}
        for key in list(self._keys):
            start, _, last = key.rpartition(" ")
            if start and last in legal_keys():
                self._keys.setdefault(start, len(start.split()))
        self._first = {key.split(maxsplit=1)[0] for key in self._keys}
        self._case = case

    def names_in(self, text: str, line: Line) -> Iterator[Name]:
        """Yield the names in a line, the longest first where several begin at one word."""
        found = [self._bare(match) for match in _WORD.finditer(text, line.start, line.end)]
        keys = [key_of(text[start:end]) for start, end in found]
        small = line.style is Style.UNCASED and text[line.start : line.end].islower()
        position = 0
        while position < len(found):
            length = self._length(text, line, found, keys, position, small=small)
            if length:
                start, end = found[position][0], found[position + length - 1][1]
                yield Name(line, start, end, text[start:end], titled=False, role_after=False, quoted=False)
            position += length or 1

    @staticmethod
    def _bare(match: re.Match[str]) -> tuple[int, int]:
        possessive = _POSSESSIVE.search(match.group())
        return match.start(), match.end() - (len(possessive.group()) if possessive else 0)

    def _length(
        self,
        text: str,
        line: Line,
        found: list[tuple[int, int]],
        keys: list[str],
        position: int,
        *,
        small: bool,
    ) -> int:
        """Return how many words from ``position`` make up a name, 0 when none do."""
        if (
            keys[position] not in self._first
            and keys[position] not in _first_of_places()
            and (small or not self._may_be_given(text, found[position]))
        ):
            return 0
        start, end = found[position]
        if not small and not (
            text[start].isupper()
            or text[start].isdigit()
            or text[start + 1 : end].lower() != text[start + 1 : end]
        ):
            return 0
        for length in range(min(_LONGEST, len(found) - position), 0, -1):
            last = found[position + length - 1][1]
            if (length > 1 and last - start > 80) or "\n" in text[start:last]:
                continue
            key = " ".join(keys[position : position + length])
            if (key in self._keys or key in place_keys()) and self._trusted(
                text[start:last], key, length, line.style
            ):
                return length
        return 0 if small else self._person_length(text, found, position)

    def _trusted(self, spelled: str, key: str, length: int, style: Style) -> bool:
        """Tell whether a match without the help of capitals is more than a common word."""
        if length > 1:
            return True
        if key in function_words() and not (style is Style.TITLE and spelled.isupper()):
            return False
        if key not in self._keys and key in self._case.small:
            return False
        if style is Style.TITLE:
            return self._case.names(key) or spelled[1:] != spelled[1:].lower()
        return key not in plain_words() and not self._case.small[key]

    @staticmethod
    def _may_be_given(text: str, span: tuple[int, int]) -> bool:
        return text[span[0] : span[1]].capitalize() in given_names()

    def _person_length(self, text: str, found: list[tuple[int, int]], position: int) -> int:
        """Return 2 when a given name and a word that is no common one stand here, else 0."""
        if not self._may_be_given(text, found[position]) or position + 1 >= len(found):
            return 0
        (start, end), (next_start, next_end) = found[position], found[position + 1]
        if text[end:next_start] != " ":
            return 0
        given, family = text[start:end].lower(), text[next_start:next_end]
        common = plain_words() | function_words()
        known = family.capitalize() in words("peoples.txt", "calendar") or family in words(
            "peoples.txt", "acronyms"
        )
        free = given in common or family.lower() in common or self._case.small[family.lower()] or known
        return 0 if free or not family[0].isupper() or len(family) < _SHORTEST_SURNAME else 2
