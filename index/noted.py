"""Which sources have notes that a query asks for; the library is asked itself, so this is never behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import fold
from index.matching import Finder
from sources.errors import UnknownReference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.query.tree import Tagged, Worded
    from sources.model import Note, Ref


class Noted:
    """The notes of a library, read when a query first asks for them."""

    def __init__(
        self, read: Callable[[], tuple[Note, ...]], refs: Callable[[str], tuple[Ref, ...]] | None = None
    ) -> None:
        self._read = read
        self._refs_of_story = refs
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

        return self._refs(note for note in self.notes if carries(note))

    def saying(self, leaf: Worded) -> list[Ref]:
        """Return the sources with a note whose text has what is looked for."""
        finder = Finder(leaf, field="note")
        return self._refs(note for note in self.notes if finder.find(note.text, most=1))

    def tags(self) -> dict[Ref, list[str]]:
        """Return the tags of the notes on each source, each once."""
        found: dict[Ref, list[str]] = {}
        for note in self.notes:
            for ref in self._refs([note]):
                known = found.setdefault(ref, [])
                known += [tag for tag in note.tags if tag not in known]
        return found

    def _refs(self, notes: Iterable[Note]) -> list[Ref]:
        """Return what notes stand on; what is said of a story is said of each of its texts."""
        found: dict[Ref, None] = {}
        for note in notes:
            for target in note.targets:
                found.update(dict.fromkeys(self._texts_of(target.ref)))
        return list(found)

    def _texts_of(self, ref: Ref) -> tuple[Ref, ...]:
        if not ref.is_story:
            return (ref,)
        try:
            return self._refs_of_story(ref.story) if self._refs_of_story else ()
        except UnknownReference:
            return ()
