"""What an import tells about itself while it runs and when it has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.errors import LibraryError
    from sources.model import Ref


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: ``done`` of ``total`` inputs, the one being read, and the sources seen so far."""

    done: int
    total: int
    path: str
    sources: int


@dataclass(frozen=True, slots=True)
class StoryReport:
    """What one story got: the refs that are new, that changed, and that were there already."""

    slug: str
    title: str | None
    added: tuple[Ref, ...]
    changed: tuple[Ref, ...]
    unchanged: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input, or a part of one, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all inputs; ``warnings`` are sentences about what was odd but could be read.

    ``trouble`` is why the library could not be written any more after ``stories`` had been saved; what was
    not read because of it is among ``failed``.
    """

    stories: tuple[StoryReport, ...]
    failed: tuple[FailedInput, ...]
    warnings: tuple[str, ...]
    trouble: LibraryError | None = None
