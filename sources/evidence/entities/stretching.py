"""Names that reach further than their capitals, as the rest of the story shows.

``Macy's`` ends in ``'s`` by itself where the story never writes ``Macy``; ``de Vroom`` begins with a particle
where the story also writes ``Anneke de Vroom``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sources.evidence.entities.lists import given_names, organisation_names, place_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.entities.trimming import Name

_POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
# After these a possessive would own nothing.
_OWNS_NOTHING = re.compile(
    r"['’]s(?:[.,;:!?)\n]|$| (?:in|and|or|to|for|at|on|by|with|from|is|was|were|has|had|said|says|will|would"
    r"|which|that|who|as|but|under|over|after|before|since|through)\b)"
)
_LENGTH = 2
_INNER_PARTICLE = re.compile(r" ((?:(?:de|da|di|du|del|van|von|der|den|ter|la|le|bin|ibn|al) )+[^ ]+)$")
_PARTICLES_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?:de|da|di|du|del|van|von|der|den|ter|la|le|bin|ibn|al) )+$", re.IGNORECASE
)
_REACH = 16  # characters of particles before a name


def with_own_possessives(found: Sequence[Name], texts: Sequence[str]) -> list[Name]:
    """Return the names, those that always stand with ``'s`` and own nothing at least once with it."""
    marked: dict[str, list[bool]] = defaultdict(list)
    bare: set[str] = set()
    for name in found:
        text = texts[name.line.source]
        if _POSSESSIVE.match(text, name.end, name.line.end) is None:
            bare.add(name.text)
        else:
            marked[name.text].append(_OWNS_NOTHING.match(text, name.end) is not None)
    famous = {text for text in marked if f"{text}'s" in organisation_names()}
    own = famous | {
        text
        for text, free in marked.items()
        if text not in bare and 2 * sum(free) >= len(free) and not _is_owner(text)
    }
    if not own:
        return list(found)
    return [_lengthened(name, texts[name.line.source]) if name.text in own else name for name in found]


def _is_owner(text: str) -> bool:
    """Tell whether a name is a person or place by the lists: ``a friend of Ada's``."""
    return text.split(maxsplit=1)[0] in given_names() or text in place_names() or text.isupper()


def _lengthened(name: Name, text: str) -> Name:
    end = name.end + _LENGTH
    return name._replace(end=end, text=text[name.start : end])


def with_own_particles(found: Sequence[Name], texts: Sequence[str]) -> list[Name]:
    """Return the names, surnames with the particles that their full names have in the story."""
    tails = {tail.group(1).lower() for name in found if (tail := _INNER_PARTICLE.search(name.text))}
    if not tails:
        return list(found)
    return [_with_particle(name, texts[name.line.source], tails) for name in found]


def _with_particle(name: Name, text: str, tails: set[str]) -> Name:
    before = _PARTICLES_BEFORE.search(text, max(name.line.start, name.start - _REACH), name.start)
    if before is None or f"{before.group().lower()}{name.text.lower()}" not in tails:
        return name
    return name._replace(start=before.start(), text=text[before.start() : name.end])
