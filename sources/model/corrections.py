"""Corrections: what the user said of entities."""

from __future__ import annotations

from enum import StrEnum

from sources.frozen import frozen


class CorrectionAct(StrEnum):
    """What the user did to an entity."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    TYPE = "type"
    HIDE = "hide"
    PIN = "pin"


@frozen
class Correction:
    """What the user said of an entity, by its names, so that new imports obey as well.

    ``story`` is None for one that holds in the whole library. ``names`` are the name that the entity had and
    its aliases. ``value`` is the name of the entity that it goes with (merge), the form that is taken out of
    it (split), its new name (rename) or its kind (type), and empty else. ``made`` is an ISO 8601 moment.
    """

    id: int
    story: str | None
    act: CorrectionAct
    names: tuple[str, ...]
    value: str
    made: str

    @property
    def name(self) -> str:
        """Return the name that the entity had."""
        return self.names[0]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return its other names."""
        return self.names[1:]
