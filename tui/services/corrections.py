"""Corrections of names: whether one that the user asks for makes sense, and what has to be kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.errors import RequestError
from sources.evidence.entities import EntityKind
from sources.evidence.entities.corrections import entity_named, forms_of
from sources.evidence.entities.forms import key_of
from sources.model import CorrectionAct
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.entities import Entity
    from sources.evidence_cache import EvidenceCache
    from sources.model import Correction

_LONGEST_NAME = 120


class Wanted(NamedTuple):
    """The names of the entity, the value to keep, and the forms that are in the texts it changes."""

    names: tuple[str, ...]
    value: str
    forms: tuple[str, ...]


def correct(
    evidence: EvidenceCache,
    act: CorrectionAct,
    slug: str,
    name: str,
    value: str = "",
    *,
    everywhere: bool = False,
) -> Correction:
    """Let an entity of a story be as the user says, from now on, in that story or ``everywhere``.

    ``name`` is its id, its name or an alias; ``value`` is the other entity (merge), one of its forms (split),
    its new name (rename) or its kind (type). Raises RequestError where that makes no sense, with a sentence
    that says why.
    """
    asked = wanted(act, evidence.entities(slug), name, value)
    return evidence.library.add_correction(
        act, asked.names, asked.value, story=None if everywhere else slug, forms=asked.forms
    )


_TOLD = {
    CorrectionAct.MERGE: "{name} goes with {value}",
    CorrectionAct.SPLIT: "{value} is apart from {name}",
    CorrectionAct.RENAME: "{name} is called {value}",
    CorrectionAct.TYPE: "{name} is of the kind {value}",
    CorrectionAct.HIDE: "{name} is hidden",
    CorrectionAct.PIN: "{name} is pinned",
}


def told(made: Correction) -> str:
    """Return what a correction does, as a person is told."""
    return _TOLD[made.act].format(name=made.name, value=made.value)


def affected(entities: Sequence[Entity], made: Correction) -> tuple[Entity, ...]:
    """Return the entities that a correction was about, as they are now."""
    found: dict[str, Entity] = {}
    for name in (made.value, made.name):
        try:
            entity = entity_named(entities, name)
        except RequestError:
            continue  # hidden, or a kind and no name
        found[entity.id] = entity
    return tuple(found.values())


def wanted(act: CorrectionAct, entities: Sequence[Entity], name: str, value: str) -> Wanted:
    """Return what to keep of a correction of the entity ``name`` among ``entities``; raises RequestError."""
    entity = entity_named(entities, name)
    names, forms = (entity.name, *entity.aliases), forms_of(entity)
    if act is CorrectionAct.MERGE:
        other = entity_named(entities, value)
        if other.id == entity.id:
            raise RequestError(f"{entity.name} and {value} are one entity already.")
        return Wanted(names, other.name, (*forms, *forms_of(other)))
    if act is CorrectionAct.SPLIT:
        return Wanted(names, _form_of(entity, value), forms)
    if act is CorrectionAct.RENAME:
        return Wanted(names, _new_name(entity, value, entities), forms)
    if act is CorrectionAct.TYPE:
        return Wanted(names, _kind(value), forms)
    return Wanted(names, "", forms)


def _form_of(entity: Entity, value: str) -> str:
    key = key_of(value) if value.strip() else ""
    said = {key_of(mention.text) for mention in entity.mentions}
    if key not in said:
        forms = ", ".join(dict.fromkeys(mention.text for mention in entity.mentions))
        raise RequestError(f"{entity.name} is never called {value!r} here; it is called {forms}.")
    if said == {key}:
        raise RequestError(f"{entity.name} is only ever called {value!r} here, so nothing would be left.")
    return value.strip()


def _new_name(entity: Entity, value: str, entities: Sequence[Entity]) -> str:
    name = " ".join(clean_text(value).split())
    if not name or len(name) > _LONGEST_NAME:
        raise RequestError(f"A name has 1 to {_LONGEST_NAME} characters.")
    taken = [other for other in entities if other.id != entity.id and key_of(other.name) == key_of(name)]
    if taken:
        raise RequestError(f"There is an entity called {taken[0].name} already; merge them instead.")
    return name


def _kind(value: str) -> str:
    kinds = [kind.value for kind in EntityKind]
    if value not in kinds:
        raise RequestError(f"{value!r} is not a kind of entity; choose one of {', '.join(kinds)}.")
    return value
