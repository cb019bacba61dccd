"""The persons of a text: full names for surnames, and whom a pronoun beside a quote most safely means.

A pronoun is taken for the subject of the sentence before it, or of one before that, and only then for the
speaker of the quote before or the person named last: a subject is what texts go on about, a person who is
only named in passing is not. Someone without a name ("one crane driver") may be the subject as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from sources.evidence import crediting
from sources.evidence.entities.lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.quotes import Quote

_FULL_NAME = re.compile(r"(?<![\w'’.-])" + crediting.NAME.replace("{0,6}", "{1,5}"))
_WITHIN_NAME = re.compile(r" (?:of|for|at|from) ")
_ARTICLES = frozenset({"The", "A", "An", "One", "Another", "Some", "His", "Her", "Its"})
_TITLE_OF = re.compile(
    r"\b(?P<title>Mr|Ms|Mrs|Miss|Sir|Dame|Lady)\.? (?:[A-Z][\w’'-]+ )?(?P<last>[A-Z][\w’'-]+)"
)
_TITLED_HE = frozenset(("Mr", "Sir"))
_BACK = 700  # characters looked through for whom a pronoun means
_SENTENCES_BACK = 4
_LAST_SPEAKER = 600  # characters after a quote in which a pronoun may still mean its speaker
_NAMED_LAST = 400
_PRONOUNS = frozenset(("he", "she"))


class People:
    """The full names of a text, by their last word, with where they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_last: dict[str, list[tuple[int, str]]] = {}
        self._persons: list[tuple[int, str]] = []
        self._person_names: set[str] = set()
        self._names: set[str] = set()
        self._said_as: dict[str, str] = {}
        given = words("given-names.txt", "names")
        for match in _FULL_NAME.finditer(text):
            for name in _apart(bare_name(match.group())):
                parts = name.split()
                self._names.add(name)
                self._by_last.setdefault(parts[-1], []).append((match.start(), name))
                if parts[0] in given:
                    self._persons.append((match.start(), name))
                    self._person_names.add(name)
        for titled in _TITLE_OF.finditer(text):
            self._said_as.setdefault(titled["last"], "he" if titled["title"] in _TITLED_HE else "she")

    def full(self, phrase: str, position: int) -> str:
        """Return the full name that a speaker's phrase names, the phrase itself when it names none."""
        if phrase[:1].islower() or phrase.split(" ", 1)[0] in _ARTICLES:
            return phrase
        name = bare_name(phrase)
        person, of, _ = name.partition(" of ")
        if of and " " in person and (_is_given(person) or person in self._names):
            return person
        if " " in name:
            return name
        known = self._by_last.get(name, ())
        different = {full for _, full in known}
        if len(different) == 1:
            return next(iter(different))
        at = bisect_left(known, position, key=lambda row: row[0])
        return known[at - 1][1] if at else name

    def is_person(self, name: str) -> bool:
        """Tell whether a name is that of a person: by its given name, or by a title anywhere in the text."""
        return name in self._person_names or _is_given(name) or name.rpartition(" ")[2] in self._said_as

    def meant(self, pronoun: str, position: int, last: Quote | None) -> str | None:
        """Return whom "he" or "she" before or after ``position`` means, None when that is open.

        ``last`` is the quote before the one that is asked about.
        """
        begin = max(0, position - _BACK)
        text = self._text[begin:position]
        sentences = crediting.sentence_starts(text)
        for start, end in reversed(sentences[-_SENTENCES_BACK:]):
            if last is not None and begin + end <= last.end:
                break
            found = self._subject(text[start:end], begin + start, pronoun)
            if found is not None:
                return found
            if last is not None and begin + start < last.end:
                break
        if (
            last is not None
            and last.speaker
            and position - last.end < _LAST_SPEAKER
            and self._fits(last.speaker, pronoun)
        ):
            spoke = last.speaker[:1].isupper() and (" " in last.speaker or self.is_person(last.speaker))
            if spoke or _is_somebody(last.speaker):
                return last.speaker
        at = bisect_left(self._persons, position, key=lambda row: row[0])
        for place, name in reversed(self._persons[max(0, at - 4) : at]):
            if position - place < _NAMED_LAST and self._fits(name, pronoun):
                return name
        return None

    def _subject(self, sentence: str, start: int, pronoun: str) -> str | None:
        """Return who a sentence is about, if that is a person."""
        named = crediting.subject_of(sentence)
        if named is None or named.phrase.lower() in _PRONOUNS or " and " in named.phrase:
            return None
        name = self.full(named.phrase, start + named.start)
        if named.phrase[:1].isupper() and self.is_person(name):
            return name if self._fits(name, pronoun) else None
        return named.phrase if _is_somebody(named.phrase) else None

    def _fits(self, name: str, pronoun: str) -> bool:
        """Tell whether a title anywhere in the text does not speak against a pronoun."""
        return self._said_as.get(name.rpartition(" ")[2], pronoun) == pronoun


def _apart(name: str) -> Iterator[str]:
    """Yield a name of several words, or the persons that are joined in it: "Petra Holm of the Union"."""
    persons = [part for part in name.split(" and ") if _is_given(part)]
    for part in persons or [name]:
        head = _WITHIN_NAME.split(part, maxsplit=1)[0]
        whole = head if _is_given(head) else part
        if " " in whole:
            yield whole


def _is_given(name: str) -> bool:
    first, blank, _ = name.partition(" ")
    return bool(blank) and first in words("given-names.txt", "names")


def _is_somebody(phrase: str) -> bool:
    """Tell whether a phrase is a person of whom no name is given: "one crane driver", "the official"."""
    parts = phrase.lower().replace("’", "'").split()
    if len(parts) < 2 or (parts[0] not in words("speakers.txt", "one") and "'" not in parts[0]):
        return False
    kinds = (
        words("cues.txt", "person-before")
        | words("cues.txt", "person-described")
        | words("cues.txt", "person-after")
    )
    return parts[-1] in kinds or parts[-1] in words("speakers.txt", "person")


def bare_name(phrase: str) -> str:
    """Return a person's name without the company and the titles before it."""
    parts = phrase.rstrip(" ,").removesuffix("’s").removesuffix("'s").split()
    function = words("common-words.txt", "function")
    while len(parts) > 1 and parts[0].lower() in function and not parts[0].isupper():
        parts = parts[1:]
    titles = words("titles.txt", "strong") | words("titles.txt", "honorifics")
    for number in range(len(parts) - 2, -1, -1):
        if parts[number].rstrip(".") in titles and parts[number + 1][0].isupper():
            return " ".join(parts[number + 1 :])
    return " ".join(parts)
