"""The word lists of the evidence: text files beside this module, each read once, when it is first needed."""

from __future__ import annotations

from functools import cache, lru_cache

from sources.text.words import names_in, read_word_lists


def sections(file: str) -> dict[str, str]:
    """Return the sections of a list by their names, each as it is written there."""
    return read_word_lists(__name__, file)


@cache
def words(file: str, section: str) -> frozenset[str]:
    """Return the words of one section of a list, as they are written there."""
    return frozenset(sections(file)[section].split())


@cache
def names(file: str, *chosen: str) -> frozenset[str]:
    """Return the names, perhaps of several words, in the sections of a list."""
    read = sections(file)
    return frozenset(name for section in chosen for name in names_in(read[section]))


@cache
def same_names(file: str, section: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return rows of ``chosen name, other names`` from a section written as ``A = B; C``."""
    rows = []
    for line in sections(file)[section].splitlines():
        chosen, _, others = line.partition("=")
        rows.append((chosen.strip(), tuple(other.strip() for other in others.split(";"))))
    return tuple(rows)


@cache
def function_words() -> frozenset[str]:
    """Return the words that never name by themselves, in small letters."""
    return words("common-words.txt", "function")


@cache
def plain_words() -> frozenset[str]:
    """Return common words that name only where a story shows that they do, in small letters."""
    return words("common-words.txt", "plain")


_COMMON_SECTIONS = ("cues.txt", "speech-verbs.txt", "synonyms.txt", "clause-words.txt", "measures.txt")
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
)
_SHORTEST_STEM = 4  # letters


@cache
def _common_stems() -> frozenset[str]:
    """Return the words in small letters of the lists whose words are common ones."""
    listed = (
        word for file in _COMMON_SECTIONS for section in sections(file) for word in words(file, section)
    )
    return plain_words().union(word for word in listed if len(word) > 2 and word.isalpha() and word.islower())


@lru_cache(maxsize=50_000)
def is_plain(word: str) -> bool:
    """Tell whether a word in small letters, or what it is an inflected form of, is a common one."""
    stems = _common_stems()
    if word in stems:
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) >= _SHORTEST_STEM
        and word[: -len(ending)] + rest in stems
        for ending, rest in _ENDINGS
    )


def is_common_word(word: str) -> bool:
    """Tell whether a word in small letters is a function word or a common one."""
    return word in function_words() or is_plain(word)


@cache
def given_names() -> frozenset[str]:
    """Return common given names."""
    return words("given-names.txt", "names")


def pronoun_of_given_name(name: str) -> str | None:
    """Return ``he`` or ``she`` where a given name tells, of ``Jean-Claude`` the first half."""
    if name not in given_names():
        name = name.partition("-")[0]
    if name not in given_names() or name in words("given-names.txt", "either"):
        return None
    return "she" if name in words("given-names.txt", "women") else "he"


@cache
def place_names() -> frozenset[str]:
    """Return the places known by name."""
    return names("places.txt", "countries", "states", "cities", "regions")


@cache
def organisation_names() -> frozenset[str]:
    """Return organisations known worldwide whose names look like something else."""
    return names("organisations.txt", "organisations")


@cache
def picture_sources() -> frozenset[str]:
    """Return the agencies and others who are named in front of a picture's caption."""
    agencies = {
        name for chosen, others in same_names("agencies.txt", "agencies") for name in (chosen, *others)
    }
    return names("agencies.txt", "pictures") | agencies


@cache
def titles() -> frozenset[str]:
    """Return the words for what a person is that stand before a name, with their plurals and stops."""
    strong = words("titles.txt", "strong") | words("titles.txt", "honorifics")
    return strong | frozenset(f"{title}." for title in strong) | frozenset(f"{title}s" for title in strong)


@cache
def heads() -> frozenset[str]:
    """Return the words that tell by themselves what a name that ends in them names."""
    sections = ("organisation", "place", "event", "work", "legal")
    return frozenset().union(*(words("name-words.txt", section) for section in sections))


def calendar() -> frozenset[str]:
    """Return the names of days, months, seasons and the like."""
    return words("peoples.txt", "calendar")


def demonyms() -> frozenset[str]:
    """Return the words for peoples, languages and faiths."""
    return words("peoples.txt", "demonyms")


@lru_cache(maxsize=50_000)
def is_demonym(text: str) -> bool:
    """Tell whether a word names a people, a language or a faith, or two words do: ``South African``."""
    first, _, second = text.partition(" ")
    if second:
        return first in words("peoples.txt", "first-of-two") and second in words(
            "peoples.txt", "two-word-peoples"
        )
    return text in demonyms() or text.partition("-")[0] in demonyms() or _lives_in_a_place(text)


def _lives_in_a_place(text: str) -> bool:
    """Tell whether a word is made of a known place and an ending: ``Chicagoan``, ``Delhiites``."""
    bare = text.removesuffix("s")
    ends = (end for end in ("n", "an", "ian", "ite", "er") if bare.endswith(end))
    return text not in place_names() and any(bare[: -len(end)] in place_names() for end in ends)
