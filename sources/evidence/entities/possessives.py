"""Names that end in ``'s`` by themselves: ``Macy's``, where the story never writes ``Macy``."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sources.evidence.entities.vocabulary import given_names, place_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.entities.trimming import Name

_POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
# After these a possessive would own nothing.
_OWNS_NOTHING = re.compile(
    r"['’]s(?:[.,;:!?)\n]|$| (?:in|and|or|to|for|at|on|by|with|from|is|was|were|has|had|said|says|will|would|which|that"
    r"|who|as|but|under|over|after|before|since|through)\b)"
)
_LENGTH = 2


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
    own = {
        text
        for text, free in marked.items()
        if text not in bare and 2 * sum(free) >= len(free) and not _is_owner(text)
    }
    if not own:
        return list(found)
    return [_lengthened(name, texts[name.line.source]) if name.text in own else name for name in found]


def _is_owner(text: str) -> bool:
    """Tell whether a name is a person or place by the lists, which own what is not said: ``a friend of Ada's``."""
    return text.split()[0] in given_names() or text in place_names() or text.isupper()


def _lengthened(name: Name, text: str) -> Name:
    end = name.end + _LENGTH
    return name._replace(end=end, text=text[name.start : end])
