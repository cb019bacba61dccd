"""The persons of a story: whom a name means, and whether the texts speak of them as he or she."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.entities import EntityKind
from sources.evidence.entities.forms import folded, key_of
from sources.evidence.word_lists import pronoun_of_given_name, titles, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.model import Ref

_BEFORE = re.compile(r"(?<![\w.])([\w-]+)\.? $")
_TITLE_REACH = 24  # code points before a name in which its title is
_CLEARLY = 2  # times as often as the other a pronoun must be told to be believed


def pronoun_told_before(text: str, start: int) -> str | None:
    """Return ``he`` or ``she`` where the word before a name at ``start`` says so: ``Mrs``, ``spokesman``."""
    if text[start - 1 : start] != " ":
        return None
    found = _BEFORE.search(text, max(0, start - _TITLE_REACH), start)
    if found is None:
        return None
    word = found[1]
    for pronoun in ("he", "she"):
        if word in words("titles.txt", pronoun) or word.lower() in words("titles.txt", f"{pronoun}-noun"):
            return pronoun
    return None


def pronoun_of(person: Entity, texts: Mapping[Ref, str]) -> str | None:
    """Return ``he`` or ``she`` for a person: by titles before the mentions, else by the given name.

    None when nothing tells, or both are told.
    """
    told = Counter(
        pronoun
        for mention in person.mentions
        if (pronoun := pronoun_told_before(texts[mention.ref], mention.start)) is not None
    )
    for pronoun, other in (("he", "she"), ("she", "he")):
        if told[pronoun] > _CLEARLY * told[other]:
            return pronoun
    return None if told else pronoun_of_given_name(person.name.split()[0])


def person_of(entities: Sequence[Entity], name: str) -> Entity | None:
    """Return the one person whom a whole name or a surname means, with titles before it or not.

    None when no person of the story has that name, or several have.
    """
    parts = name.split()
    while len(parts) > 1 and parts[0].rstrip(".") in titles():
        parts = parts[1:]
    key = folded(key_of(" ".join(parts))) if parts else ""
    persons = [entity for entity in entities if entity.kind is EntityKind.PERSON]
    named = [entity for entity in persons if folded(key_of(entity.name)) == key]
    named = named or [
        entity
        for entity in persons
        if any(folded(key_of(alias)) == key for alias in entity.aliases)
        or folded(key_of(entity.name)).endswith(f" {key}")
    ]
    return named[0] if len(named) == 1 else None
