"""Forms of names: all mentions of one key in a story, keys of spellings, and which forms go together."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from sources.evidence.entities import kinds
from sources.evidence.word_lists import place_names, same_names, words

Key = str
# Not measured one by one: the names of the eleven labelled articles are linked with all of them together.
MOST_MEANT = 64  # persons whom one short name may mean; of more, none is meant
CLEARLY = 1.5  # votes by which one kind leads another, or from which a form has a kind
SMALL_WORDS = frozenset({"of", "the", "and", "for", "on", "de", "&", "in"})


@dataclass(slots=True)
class Form:
    """All mentions of one key: how often, as what, and what was voted."""

    key: Key
    count: int = 0
    spellings: dict[str, int] = field(default_factory=dict)
    votes: list[float] = field(default_factory=kinds.no_votes)
    first: dict[int, int] = field(default_factory=dict)  # source number -> where it stands first

    tokens: tuple[str, ...] = field(init=False)  # the words of the key

    def __post_init__(self) -> None:
        self.tokens = tuple(self.key.split())

    @property
    def kind(self) -> int:
        """Return the number of the kind with the most votes."""
        most = max(self.votes)
        return self.votes.index(most) if most > 0 else kinds.OTHER

    def leans(self, kind: int) -> bool:
        """Tell whether no other kind has clearly more votes."""
        return self.votes[kind] > 0 and all(self.votes[kind] + CLEARLY >= other for other in self.votes)


@dataclass(slots=True)
class Links:
    """``joined`` leads from a form to the one it goes with; ``open`` to those that a mention may mean."""

    joined: dict[Key, Key] = field(default_factory=dict)
    open: dict[Key, tuple[Key, ...]] = field(default_factory=dict)

    def of(self, key: Key) -> Key:
        """Return the form that stands for the thing ``key`` names."""
        seen = set()
        while key in self.joined and key not in seen:
            seen.add(key)
            key = self.joined[key]
        return key

    def join(self, short: Key, full: Key) -> None:
        """Let ``short`` go with ``full``, unless they already go together."""
        short, full = self.of(short), self.of(full)
        if short != full:
            self.joined[short] = full


@lru_cache(maxsize=50_000)
def key_of(text: str) -> Key:
    """Return what two spellings of one name have in common.

    Not `sources.text.folding.fold`: libraries store these keys with the user's corrections, and accents tell
    names apart (Pena, Peña) until something else links them.
    """
    bare = text.replace("’", "'").replace("\u00a0", " ").replace("‑", "-")
    if bare[:4].lower() == "the " and len(bare) > 4:
        bare = bare[4:]
    parts = bare.split()
    return " ".join(part.replace(".", "") if not part[0].isdigit() else part for part in parts).casefold()


def folded(key: Key) -> Key:
    """Return a key without accents."""
    if key.isascii():
        return key
    return "".join(mark for mark in unicodedata.normalize("NFD", key) if not unicodedata.combining(mark))


@lru_cache(maxsize=1)
def country_keys() -> dict[Key, Key]:
    """Return the usual key for each other key of a country."""
    rows = same_names("places.txt", "same")
    return {key_of(other): key_of(chosen) for chosen, others in rows for other in others}


@lru_cache(maxsize=1)
def ship_keys() -> frozenset[Key]:
    """Return the keys of what stands before the name of a ship."""
    return frozenset(map(key_of, words("name-words.txt", "ship")))


@lru_cache(maxsize=1)
def place_keys() -> frozenset[Key]:
    """Return the keys of the places known by name."""
    return frozenset(map(key_of, place_names()))


@lru_cache(maxsize=1)
def legal_keys() -> frozenset[str]:
    """Return the keys of the words for legal forms of firms."""
    return frozenset(key_of(word) for word in words("name-words.txt", "legal"))


@lru_cache(maxsize=1)
def organisation_keys() -> frozenset[str]:
    """Return the keys of the words that say of a name that it is a body's."""
    return frozenset(key_of(word) for word in words("name-words.txt", "organisation"))


@lru_cache(maxsize=1)
def part_keys() -> frozenset[str]:
    """Return the keys of what belongs to a body, or is made by it, and is not the body itself."""
    both = words("name-words.txt", "part") | words("name-words.txt", "product")
    return frozenset(key_of(word) for word in both)


@lru_cache(maxsize=1)
def loose() -> frozenset[str]:
    """Return the keys of the words that a short form of an organisation's name commonly drops."""
    return frozenset(key_of(word) for word in words("name-words.txt", "loose"))
