"""The persons of a text by what it says that they are: "striker Tom Hale", "Hale, a striker"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.entities import EntityKind
from sources.evidence.speaker_nouns import is_human, is_plural
from sources.evidence.word_lists import is_demonym, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.entities import Entity

# "the 24-year-old from Vale", "the former miner"
_PRIVATE = re.compile(
    r"former |(?:[\w-]+ )*(?:\d+-year-old|(?:mum|mom|mother|dad|father)-of-\w+|teen|teenager|youngster"
    r"|pensioner|octogenarian|millionaire|billionaire|native|newcomer)(?: (?:from|of|who) |$)",
    re.IGNORECASE,
)
_NOUN_REACH = 64  # characters before a name
_NOUN_BEFORE = re.compile(
    r"(?<![\w’'-])(?P<more>(?:[A-Za-z][\w’'-]*\s){0,3})(?P<noun>(?!(?:named|called)\s)[A-Za-z][a-z-]{1,})\.?"
    r"(?:\s(?:of|at|for|in|from)\s[^,.;:\n]{2,40})?(?:\s(?:named|called))?,?\s$"
)
_WHAT = (
    r"(?P<more>(?:[\w-]+\s){0,3}?)(?P<noun>[a-z][a-z-]+)"
    r"(?=[,.;]|\s(?:of|at|for|from|in|on|who|whose|with|and|until)\s)"
)
# "Moss, a baker", "Moss, 61, a baker", "Moss, who is a baker", "Moss was a baker"
_NOUN_AFTER = re.compile(
    r"(?:,\s\d{1,3})?(?:,\s(?:who\s(?:is|was)\s)?(?:the|an?|his|her|its|their)|\s(?:is|was|became)\s(?:the|an?))\s"
    + _WHAT
)
_SECOND_NOUN = re.compile(r"(?:\sof\s\w+)?,?\sand\s(?:the\s|an?\s)?" + _WHAT)
_AGE_AFTER = re.compile(r",\s(?P<years>\d{1,3}),")
# What the short form of a title says that somebody is.
_OFFICES = {
    "insp": ("inspector", "detective", "officer"),
    "inspector": ("detective", "officer"),
    "sgt": ("sergeant", "officer"),
    "sergeant": ("officer",),
    "detective": ("officer",),
    "constable": ("officer",),
    "pc": ("constable", "officer"),
    "lt": ("lieutenant", "officer"),
    "capt": ("captain",),
    "gen": ("general",),
    "sen": ("senator",),
    "rep": ("congressman", "congresswoman", "lawmaker"),
    "gov": ("governor",),
    "prof": ("professor",),
    "justice": ("judge",),
    "rev": ("reverend",),
    "cllr": ("councillor",),
}
OFFICES = frozenset(_OFFICES)
# With one of these somebody is not what the noun behind it says: "the former mayor" is not the mayor.
_NOT_NOW = frozenset(("former", "ex", "deputy", "vice", "assistant", "shadow", "aspiring"))


class Description:
    """What a phrase says that somebody is: the ``noun``, and the words before it, in small letters."""

    def __init__(self, text: str, noun: str) -> None:
        self.noun = noun
        written = text.split()
        parts = text.lower().split()
        at = len(parts) - 1 - parts[::-1].index(noun) if noun in parts else len(parts) - 1
        self.more = frozenset(parts[1:at])
        self.is_definite = (
            parts[0] == "the"
            and is_human(noun)
            and not is_plural(text, noun)
            and not any(word.endswith(("'s", "’s")) for word in parts)
        )
        self.is_bare = at == len(parts) - 1  # without "of the club" behind it
        placed = any(word[0].isupper() for word in written[1:at])  # "the Ohio senator"
        self.is_private = _PRIVATE.match(" ".join(parts[1:])) is not None or is_demonym(written[-1])
        self.is_personal = (
            self.is_private
            or noun in words("speakers.txt", "epithets")
            or (placed and noun in words("speakers.txt", "seats"))
        )


class DescribedPersons:
    """Who is said to be what in one text, or in several."""

    def __init__(self) -> None:
        self._holders: dict[str, list[tuple[str, frozenset[str]]]] = {}

    def read(self, text: str, mentions: Iterable[tuple[int, int, Entity]]) -> None:
        """Take what a text says beside the ``mentions`` in it: where each begins and ends, and of whom."""
        for start, end, entity in mentions:
            if entity.kind is EntityKind.PERSON:
                for noun, more in _nouns_beside(text, start, end):
                    self._holders.setdefault(noun, []).append((entity.name, more))

    def called(self, description: Description) -> set[str]:
        """Return the names of all who may be meant by a description, by what is said of them."""
        known = self._holders.get(description.noun, ())
        return {
            name
            for name, more in known
            if description.more <= more and not (more - description.more) & _NOT_NOW
        }


def _nouns_beside(text: str, start: int, end: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the nouns that say what the person named from ``start`` to ``end`` is, with words before each."""
    found: dict[str, frozenset[str]] = {}
    before = _NOUN_BEFORE.search(text, max(0, start - _NOUN_REACH), start)
    after = _NOUN_AFTER.match(text, end)
    second = _SECOND_NOUN.match(text, after.end()) if after is not None else None
    for match in (before, after, second):
        if match is not None:
            found[match["noun"].lower()] = frozenset(match["more"].lower().split())
    parts = text[start:end].split()
    titled = [word.lower().rstrip(".") for word in parts[:-1]]
    for number, word in enumerate(titled):
        found.setdefault(word, frozenset(titled[:number]))
    for noun in tuple(found):
        found |= dict.fromkeys(_OFFICES.get(noun, ()), found[noun])
    aged = _AGE_AFTER.match(text, end)
    if aged is not None:
        found[f"{aged['years']}-year-old"] = frozenset()
    yield from ((noun, more) for noun, more in found.items() if is_human(noun))
