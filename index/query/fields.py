"""The names of fields, and what to make of a name that is none."""

from __future__ import annotations

import re

from index.query.tree import FIELDS, SCOPES
from sources.errors import QueryError

_SCHEMES = frozenset(
    re.findall(
        r"\w+",
        "http https ftp file mailto tel doi urn isbn issn data javascript about irc git ssh",
    )
)
_ALSO = {"organisation": "org", "organization": "org", "name": "entity", "tags": "tag", "labels": "label"}
_SHORTEST = 3  # shorter names before a colon are text: "Re:", "C:"
_NEAR = 2  # edits


def field_of(name: str) -> str | None:
    """Return the field that ``name`` names in any case; None when there is none."""
    lowered = name.lower()
    return lowered if lowered in FIELDS or lowered in SCOPES else _ALSO.get(lowered)


def refuse_unknown(name: str, query: str, place: int) -> None:
    """Let ``name:`` at ``place`` pass when it reads as text; raise QueryError when a field was meant."""
    following = query[place + len(name) + 1 :]
    lowered = name.lower()
    if len(name) < _SHORTEST or lowered in _SCHEMES or "_" in name:
        return
    if re.match(r"[\w\"“(]", following) is None:
        return
    near = min(FIELDS, key=lambda field: (distance(lowered, field), field))
    if distance(lowered, near) <= min(_NEAR, len(near) // 2):
        hint = f"did you mean {near}:?"
    else:
        hint = f"there are {', '.join(FIELDS[:-1])} and {FIELDS[-1]}; as text write it in quotes"
    raise QueryError(f'there is no field "{name}"', query=query, position=place, hint=hint)


def distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out, replaced or swapped with their neighbour.

    The restricted Damerau-Levenshtein distance, by dynamic programming.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]
