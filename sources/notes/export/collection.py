"""What an export needs to know, gathered beforehand, so that writing it is pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Note, Ref


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as a citation names it."""

    ref: Ref
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class NoteCollection:
    """Notes with what is known of their stories' titles and their sources; what is missing was removed."""

    notes: tuple[Note, ...]
    sources: Mapping[Ref, CitedSource] = field(default_factory=dict)
    titles: Mapping[str, str | None] = field(default_factory=dict)
