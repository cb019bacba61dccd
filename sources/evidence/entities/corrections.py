"""What the user said of entities, applied to those that were found.

A correction means the entity that bears its name, else the one with that name among its aliases, else, in
the story that it was made in, one that bears another of the names that its entity had then. So it holds
when a text was imported again, when a new one calls its entity by a fuller name, and in other stories when it
was made for the whole library. Where it means nothing it does nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence.entities import EntityKind, identifier_of
from sources.evidence.entities.forms import key_of
from sources.model import CorrectionAct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sources.evidence.entities import Entity, Mention
    from sources.model import Correction

_Entities = list["Entity"]


def corrected(found: Sequence[Entity], corrections: Iterable[Correction]) -> tuple[Entity, ...]:
    """Return the entities as the user wants them: pinned ones first, then by mentions, then by name."""
    present = {key for entity in found for key in _keys(entity)}
    current = list(found)
    applied = False
    for correction in corrections:
        if present.isdisjoint(map(key_of, correction.names)):
            continue
        applied = True
        current = _ACTS[correction.act](current, correction)
        if correction.act in (CorrectionAct.MERGE, CorrectionAct.RENAME):
            present.add(key_of(correction.value))
    if not applied:
        return tuple(found)
    return tuple(sorted(current, key=lambda entity: (not entity.pinned, -entity.count, entity.name)))


def entity_named(entities: Sequence[Entity], word: str) -> Entity:
    """Return the one entity that ``word`` means: its id, its name, or one of its aliases.

    Raises RequestError when there is none, or when an alias belongs to several.
    """
    for entity in entities:
        if word in (entity.id, entity.name):
            return entity
    key = key_of(word) if word.strip() else ""
    named = [entity for entity in entities if key_of(entity.name) == key]
    named = named or [entity for entity in entities if key in map(key_of, entity.aliases)]
    if len(named) == 1:
        return named[0]
    if named:
        names = ", ".join(entity.name for entity in named[:5])
        raise RequestError(f"{word!r} may be {names}; give the whole name, or the id.")
    close = [entity.name for entity in entities if key and key in key_of(entity.name)][:3]
    hint = f"; there is {', '.join(close)}" if close else ""
    raise RequestError(f"No entity here is called {word!r}{hint}.")


def forms_of(entity: Entity) -> tuple[str, ...]:
    """Return the name of an entity, its aliases, and what else its mentions say, each once."""
    said = (mention.text for mention in entity.mentions)
    return tuple(dict.fromkeys((entity.name, *entity.aliases, *said)))


def _keys(entity: Entity) -> set[str]:
    return {key_of(text) for text in (entity.name, *entity.aliases)}


def _meant(entities: _Entities, correction: Correction) -> list[int]:
    """Return where in ``entities`` those stand that a correction means."""
    own = key_of(correction.name)
    named = [place for place, entity in enumerate(entities) if key_of(entity.name) == own]
    named = named or [place for place, entity in enumerate(entities) if own in map(key_of, entity.aliases)]
    if named or correction.story is None:
        return named
    others = {key_of(name) for name in correction.names[1:]}
    return [place for place, entity in enumerate(entities) if key_of(entity.name) in others][:1]


def _hidden(entities: _Entities, correction: Correction) -> _Entities:
    meant = _meant(entities, correction)
    return [entity for place, entity in enumerate(entities) if place not in meant]


def _pinned(entities: _Entities, correction: Correction) -> _Entities:
    return _changed(entities, correction, lambda entity: replace(entity, pinned=True))


def _typed(entities: _Entities, correction: Correction) -> _Entities:
    kind = EntityKind(correction.value)
    return _changed(entities, correction, lambda entity: replace(entity, kind=kind))


def _renamed(entities: _Entities, correction: Correction) -> _Entities:
    return _changed(entities, correction, lambda entity: _with_name(entity, correction.value))


def _changed(entities: _Entities, correction: Correction, change: Callable[[Entity], Entity]) -> _Entities:
    meant = _meant(entities, correction)
    return [change(entity) if place in meant else entity for place, entity in enumerate(entities)]


def _with_name(entity: Entity, name: str) -> Entity:
    aliases = dict.fromkeys((*entity.aliases, entity.name))
    aliases.pop(name, None)
    return replace(entity, name=name, aliases=tuple(aliases))


def _merged(entities: _Entities, correction: Correction) -> _Entities:
    """Put the meant entities to the one with the name ``value``; without one they take that name."""
    meant = _meant(entities, correction)
    goal = key_of(correction.value)
    named = [place for place, entity in enumerate(entities) if key_of(entity.name) == goal]
    named = named or [place for place, entity in enumerate(entities) if goal in map(key_of, entity.aliases)]
    named = [place for place in named if place not in meant]
    if not named:
        return _renamed(entities, correction)
    whole = entities[named[0]]
    for place in meant:
        whole = _together(whole, entities[place])
    return [
        whole if place == named[0] else entity for place, entity in enumerate(entities) if place not in meant
    ]


def _together(whole: Entity, part: Entity) -> Entity:
    mentions = tuple(sorted((*whole.mentions, *part.mentions), key=_place_in_story))
    used = Counter(mention.text for mention in mentions)
    forms = dict.fromkeys((*whole.aliases, part.name, *part.aliases))
    forms.pop(whole.name, None)
    aliases = tuple(sorted(forms, key=lambda text: (-used[text], text)))
    return replace(whole, aliases=aliases, mentions=mentions, pinned=whole.pinned or part.pinned)


def _split(entities: _Entities, correction: Correction) -> _Entities:
    """Take the mentions with the form ``value`` out of an entity, and let them be one of their own."""
    taken = {entity.id for entity in entities}
    form = key_of(correction.value)
    result = list(entities)
    for place in _meant(entities, correction):
        entity = entities[place]
        out = tuple(mention for mention in entity.mentions if key_of(mention.text) == form)
        left = tuple(mention for mention in entity.mentions if key_of(mention.text) != form)
        if not (out and left):
            continue
        name = max(Counter(mention.text for mention in out).items(), key=lambda row: (row[1], row[0]))[0]
        result[place] = _with_mentions(entity, left)
        apart = replace(entity, id=identifier_of(name, taken), name=name, aliases=(), pinned=False)
        result.append(_with_mentions(apart, out))
    return result


def _with_mentions(entity: Entity, mentions: tuple[Mention, ...]) -> Entity:
    """Return an entity with these mentions alone; its name stays where one of them still bears it."""
    used = Counter(mention.text for mention in mentions)
    name = entity.name
    if name not in used and key_of(name) not in map(key_of, used):
        name = max(used, key=lambda text: (len(text.split()), used[text], text))
    aliases = tuple(sorted((text for text in used if text != name), key=lambda text: (-used[text], text)))
    return replace(entity, name=name, aliases=aliases, mentions=mentions)


def _place_in_story(mention: Mention) -> tuple[str, bool, int, int]:
    number = mention.ref.number
    return mention.ref.story, number is None, number or 0, mention.start


_ACTS: dict[CorrectionAct, Callable[[_Entities, Correction], _Entities]] = {
    CorrectionAct.MERGE: _merged,
    CorrectionAct.SPLIT: _split,
    CorrectionAct.RENAME: _renamed,
    CorrectionAct.TYPE: _typed,
    CorrectionAct.HIDE: _hidden,
    CorrectionAct.PIN: _pinned,
}
