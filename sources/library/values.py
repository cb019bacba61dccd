"""What the library gives back when something was put in, taken out or asked since a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.model import Ref


@dataclass(frozen=True, slots=True)
class Intake:
    """What one parcel became: the story it went to, and what was new, different or the same."""

    slug: str
    title: str | None
    added: tuple[Ref, ...]
    changed: tuple[Ref, ...]
    unchanged: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """What was removed, and how many notes lost a passage by it."""

    refs: tuple[Ref, ...]
    orphaned_notes: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to sources up to change ``number``; each ref stands in one of the two at most."""

    number: int
    changed: tuple[Ref, ...]
    removed: tuple[Ref, ...]
