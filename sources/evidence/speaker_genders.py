"""The genders of the persons of a text, as far as titles, names and the pronouns behind them tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.evidence.entities import EntityKind
from sources.evidence.entities.persons import pronoun_of
from sources.evidence.speaker_nouns import gender_of_noun

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from sources.evidence.entities import Entity, Mention
    from sources.evidence.noun_phrases import Phrase
    from sources.model import Ref

_HE, _SHE = "he", "she"
_TITLES = {
    "Mr": _HE,
    "Sir": _HE,
    "Lord": _HE,
    "Ms": _SHE,
    "Mrs": _SHE,
    "Miss": _SHE,
    "Dame": _SHE,
    "Lady": _SHE,
}
_TITLED = re.compile(
    r"\b(?P<title>Mr|Ms|Mrs|Miss|Sir|Dame|Lady|Lord)\.?\s(?:[A-Z][\w’'-]*\.?\s){0,2}?(?P<last>[A-Z][\w’'-]+)"
)
_SAID_THAT = re.compile(
    r"\b(?:said|says|told [^,.]{1,40}|believes|believed|thinks|thought|recalled)(?: that)? $"
)
_TITLE_BEFORE = re.compile(r"\b(?P<title>Mr|Ms|Mrs|Miss|Sir|Dame|Lady|Lord)\.?\s$")
_LONGEST_TITLE = 6  # characters, the blank behind it included
_TAKEN_UP = re.compile(r"(?!, (?:his|her|their) )[^.!?:;\n\"“”]*?\b(?P<pronoun>he|she|his)\b")
_OF_ANOTHER = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ ){0,3}?[\w-]+,? $")
_TAKEN_UP_WITHIN = 100  # characters behind a name


class SpeakerGenders:
    """Which pronoun each person of one text takes.

    ``text`` is the text without what is quoted in it, ``whole`` with it; ``starts`` are where its names
    begin, in order; ``shared`` are surnames of several persons, of whom a title tells of one alone.
    """

    def __init__(
        self, text: str, whole: str, ref: Ref, starts: Sequence[int], shared: Container[str] = frozenset()
    ) -> None:
        self._text = text
        self._whole = whole
        self._ref = ref
        self._starts = starts
        self._shared = shared
        self._titled = _titled_genders(whole)
        self._told: dict[str, str | None] = {}  # by the names of those asked for

    def is_titled(self, last: str) -> bool:
        """Tell whether somebody of that surname has a title somewhere in the text."""
        return last in self._titled

    def of(self, phrase: Phrase, entity: Entity | None) -> str | None:
        """Return "he" or "she" where the text tells which somebody is, else None.

        ``entity`` is whose name the phrase is.
        """
        if phrase.kind == "w":
            return gender_of_noun(phrase.head)
        title = _TITLE_BEFORE.search(self._whole, max(0, phrase.start - _LONGEST_TITLE), phrase.start)
        last = phrase.text.split()[-1]
        alone = last == phrase.text or last not in self._shared
        titled = _TITLES[title["title"]] if title is not None else self._titled.get(last) if alone else None
        if titled is not None or entity is None or entity.kind is not EntityKind.PERSON:
            return titled
        if entity.name not in self._told:
            here = tuple(mention for mention in entity.mentions if mention.ref == self._ref)
            told = pronoun_of(replace(entity, mentions=here), {self._ref: self._whole})
            self._told[entity.name] = told if told is not None else self._pronoun_behind(here)
        return self._told[entity.name]

    def _pronoun_behind(self, mentions: Iterable[Mention]) -> str | None:
        """Return the pronoun that takes a person up within a sentence: "Varga wept as he spoke"."""
        told = []
        for mention in mentions:
            if _OF_ANOTHER.search(self._text, max(0, mention.start - 60), mention.start):
                continue
            following = bisect_right(self._starts, mention.start)
            stop = self._starts[following] if following < len(self._starts) else len(self._text)
            found = _TAKEN_UP.match(self._text, mention.end, min(stop, mention.end + _TAKEN_UP_WITHIN))
            said = found is not None and _SAID_THAT.search(self._text, mention.end, found.start("pronoun"))
            if found is not None and not said:  # "Ada Moss said he had left"
                told.append(_SHE if found["pronoun"] == "she" else _HE)
        return told[0] if len(set(told)) == 1 else None


def _titled_genders(text: str) -> dict[str, str]:
    genders: dict[str, set[str]] = {}
    for match in _TITLED.finditer(text):
        last = match["last"].removesuffix("’s").removesuffix("'s")
        genders.setdefault(last, set()).add(_TITLES[match["title"]])
    return {last: told.pop() for last, told in genders.items() if len(told) == 1}  # not of a couple
