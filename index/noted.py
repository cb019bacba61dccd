"""Which sources have notes that a query asks for; the library is asked itself, so this is never behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import fold
from index.matching import Finder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.query.tree import Tagged, Worded
    from sources.model import Note, Ref


class Noted:
    """The notes of a library, read when a query first asks for them."""

    def __init__(self, read: Callable[[], tuple[Note, ...]]) -> None:
        self._read = read
        self._notes: tuple[Note, ...] | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes that are not in the bin."""
        if self._notes is None:
            self._notes = self._read()
        return self._notes

    def tagged(self, tagged: Tagged) -> list[Ref]:
        """Return the sources with a note that carries a tag or label."""

        def carries(note: Note) -> bool:
            words = note.tags if tagged.field == "tag" else note.labels
            if tagged.begins:
                return any(fold(word).startswith(tagged.value) for word in words)
            return any(fold(word) == tagged.value for word in words)

        return _refs(note for note in self.notes if carries(note))

    def saying(self, leaf: Worded) -> list[Ref]:
        """Return the sources with a note whose text has what is looked for."""
        finder = Finder(leaf, field="note")
        return _refs(note for note in self.notes if finder.find(note.text, most=1))

    def tags(self) -> dict[Ref, list[str]]:
        """Return the tags of the notes on each source, each once."""
        found: dict[Ref, list[str]] = {}
        for note in self.notes:
            for ref in _refs([note]):
                known = found.setdefault(ref, [])
                known += [tag for tag in note.tags if tag not in known]
        return found


def _refs(notes: Iterable[Note]) -> list[Ref]:
    return list(dict.fromkeys(target.ref for note in notes for target in note.targets))
