"""Speakers over the sources of a story: one person under several names, and phrases that name nobody."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from sources.evidence.described_persons import DescribedPersons, Description
from sources.evidence.entities import EntityKind
from sources.evidence.outlet_names import plain_name
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.quotes import Quote
    from sources.model import Ref

_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "who", "you", "one"))
_DEFINITE = frozenset(["the", "his", "her", "its", "their"])
_MISSPELLED = 0.34  # of the letters of one word of a name
_WEAK_BEGINNINGS = words("speakers.txt", "indefinite")


class Speaker(NamedTuple):
    """Who said a quote: the ``name`` to show, and a ``key`` that is the same for one speaker everywhere.

    The key is None where only a pronoun or a role is given, which any name may stand behind. A body is an
    organisation, for which persons speak.
    """

    name: str | None
    key: str | None
    is_body: bool = False


def is_definite_description(phrase: str) -> bool:
    """Tell whether a phrase means somebody who can be known by name: "the head of Meridian", "its chief"."""
    first, _, last = phrase.partition(" ")
    office = (
        first[:1].isupper() and first.lower() not in _WEAK_BEGINNINGS and last.rpartition(" ")[2].islower()
    )
    return first.lower() in _DEFINITE or (office and "'s " not in phrase and "’s " not in phrase)


def are_different_speakers(one: Speaker, other: Speaker) -> bool:
    """Tell whether two speakers cannot be one: not a name in two spellings, nor a person and their firm."""
    if one.key is None or other.key is None or one.key == other.key or one.is_body != other.is_body:
        return False
    mine, theirs = plain_name(one.name or "").split(), plain_name(other.name or "").split()
    if len(mine) != len(theirs):
        return True
    off = [Levenshtein.distance(a, b) / max(len(a), len(b)) for a, b in zip(mine, theirs, strict=True)]
    return len(mine) < 2 or max(off) > _MISSPELLED or sum(share > 0 for share in off) > 1


class StorySpeakers:
    """The speakers of a story, by the entities that their names belong to."""

    def __init__(self, entities: Sequence[Entity], texts: Mapping[Ref, str]) -> None:
        self._by_form: dict[str, Entity | None] = {}
        self._mentions: dict[Ref, list[tuple[int, int, Entity]]] = {}
        self._texts = texts
        for entity in entities:
            for form in (entity.name, *entity.aliases):
                plain = plain_name(form)
                other = self._by_form.setdefault(plain, entity)
                if other is not entity and plain != plain_name(entity.name):
                    self._by_form[plain] = None
                elif plain == plain_name(entity.name):
                    self._by_form[plain] = entity
            for mention in entity.mentions:
                self._mentions.setdefault(mention.ref, []).append((mention.start, mention.end, entity))
        for row in self._mentions.values():
            row.sort(key=lambda mention: mention[:2])

    def of(self, ref: Ref, quote: Quote) -> Speaker:
        """Return who said a quote of the source ``ref``."""
        named = quote.speaker
        if named is None or named.lower() in _PRONOUNS:
            return Speaker(None, None)
        entity = self._by_form.get(plain_name(named)) or self._mentioned(ref, quote)
        if entity is not None:
            return Speaker(_fullest(named, entity), entity.id, entity.kind is EntityKind.ORGANISATION)
        parts = named.split()  # "the mayor", "Northport chief"
        weak = named[:1].islower() or parts[0].lower() in _WEAK_BEGINNINGS or parts[-1].islower()
        described = self._described(ref, quote, named) if weak else None
        if described is not None:
            return Speaker(described.name, described.id)
        return Speaker(named, None if weak else plain_name(named))

    def _described(self, ref: Ref, quote: Quote, named: str) -> Entity | None:
        """Return the person of whom another source of the story says that they are "the baker".

        That is the only one in the story who is said to be that, and whom this source named before.
        """
        description = Description(named, named.rpartition(" ")[2].lower())
        if not description.is_definite or quote.credit is None:
            return None
        names = self._persons.called(description)
        before = {
            entity.name: entity
            for _, end, entity in self._mentions.get(ref, ())
            if entity.kind is EntityKind.PERSON and end <= quote.credit.start
        }
        return before.get(next(iter(names))) if len(names) == 1 else None

    @cached_property
    def _persons(self) -> DescribedPersons:
        persons = DescribedPersons()
        for ref, mentions in self._mentions.items():
            if ref in self._texts:
                persons.read(self._texts[ref], mentions)
        return persons

    def _mentioned(self, ref: Ref, quote: Quote) -> Entity | None:
        """Return the person or organisation that the phrase beside a quote ends in."""
        row, where = self._mentions.get(ref), quote.credit
        if row is None or where is None or (quote.speaker or "")[:1].islower():
            return None
        at = bisect_right(row, where.end, key=lambda mention: mention[0])
        speaks = (EntityKind.PERSON, EntityKind.ORGANISATION)
        for start, end, entity in reversed(row[max(0, at - 4) : at]):
            inside = where.start <= start and end == where.end  # not "Northport" of "Northport chief"
            whole = end - start > (where.end - where.start) / 2
            if inside and (entity.kind is EntityKind.PERSON or (whole and entity.kind in speaks)):
                return entity
        return None


def _fullest(named: str, entity: Entity) -> str:
    """Return the entity's name, but a spelling of its own as the text has it."""
    mine, theirs = set(plain_name(named).split()), set(plain_name(entity.name).split())
    return entity.name if mine <= theirs or theirs <= mine or len(mine) < len(theirs) else named
