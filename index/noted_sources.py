"""Which sources have notes or labels that a query asks for; the library is asked, so this is never behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text_matching import Finder
from sources.errors import UnknownReference
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.document_source import IndexedLibrary
    from index.query.tree import Tagged, Worded
    from sources.model import Note, Ref


class Noted:
    """The notes and labels of a library, read when a query first asks for them."""

    def __init__(self, library: IndexedLibrary) -> None:
        self._library = library
        self._notes: tuple[Note, ...] | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes that are not in the bin."""
        if self._notes is None:
            self._notes = self._library.notes()
        return self._notes

    def tagged(self, tagged: Tagged) -> list[Ref]:
        """Return the sources with a note that carries a tag or label, or with a span of that label.

        A label of the codebook stands for those under it too.
        """
        if tagged.field == "tag":
            return self._refs(
                note for note in self.notes if any(_is_meant(word, tagged) for word in note.tags)
            )
        codebook = self._library.codebook()
        family = codebook.family(label for label in codebook if _is_meant(label.name, tagged))
        names, ids = {fold(label.name) for label in family}, {label.id for label in family}
        noted = self._refs(
            note
            for note in self.notes
            if any(_is_meant(word, tagged) or fold(word) in names for word in note.labels)
        )
        spans = [ref for ref, label_id in self._library.labelled_sources() if label_id in ids] if ids else []
        return list(dict.fromkeys([*noted, *spans]))

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
            return self._library.refs(ref.story)
        except UnknownReference:
            return ()


def _is_meant(word: str, tagged: Tagged) -> bool:
    folded = fold(word)
    return folded.startswith(tagged.value) if tagged.begins else folded == tagged.value
