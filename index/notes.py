"""Searches notes: the notes that a query asks for, and the sources whose notes or labels it asks for.

Words are looked for in a note's text, the quotes it stands on, its tags, labels, relation and coder, and
all words written side by side have to be there. ``quote:`` looks in its quotes alone, ``tag:``, ``label:``
and ``note:`` as everywhere; ``story:``, ``ref:`` and ``number:`` ask what it stands on, ``date:`` for the
day it was changed last. Notes alone have ``is:``, which asks how they stand, and ``#word``, a tag that begins
so. Other fields belong to sources and are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.parser import parse
from index.query.tree import (
    UNQUOTED,
    And,
    BoolQuery,
    Dates,
    Figures,
    InStory,
    IsRef,
    Not,
    Numbers,
    Or,
    Spoken,
    Tagged,
)
from index.text_matching import Finder
from sources.errors import QueryError, UnknownReference
from sources.model import NoteState
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.query.tree import Leaf, Node, Worded
    from sources.library import Library
    from sources.model import Note, Ref, Target

NOTE_STATES: dict[str, Callable[[Note], bool]] = {  # what may follow ``is:``
    "orphan": lambda note: note.is_orphan,
    "moved": lambda note: any(target.state is NoteState.MOVED for target in note.targets),
    "pinned": lambda note: note.pinned,
    "draft": lambda note: note.draft is not None,
    "link": lambda note: len(note.targets) > 1,
}
_ANYWHERE = {None, "text", "note", UNQUOTED}


def matching_notes(notes: Iterable[Note], query: str) -> tuple[Note, ...]:
    """Return the notes that ``query`` asks for, in their order, all for none; raises QueryError."""
    if not query.strip():
        return tuple(notes)
    node = parse(query, note_states=NOTE_STATES)
    asked = _Asked(query)
    return tuple(note for note in notes if asked.answers(node, note))


class _Asked:
    """One query; what looks for its words is made once."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._finders: dict[Leaf, Finder] = {}

    def answers(self, node: Node, note: Note) -> bool:
        """Tell whether a note is one that ``node`` asks for."""
        match node:
            case And(parts):
                return all(self.answers(part, note) for part in parts)
            case Or(parts):
                return any(self.answers(part, note) for part in parts)
            case Not(part):
                return not self.answers(part, note)
            case BoolQuery(should, must, must_not, needs_should):
                needed = (*must, *should) if needs_should else must
                return all(self.answers(part, note) for part in needed) and not any(
                    self.answers(part, note) for part in must_not
                )
            case Spoken():
                raise self._refusal(node.part, "who says something")
            case _:
                return self._leaf(node, note)

    def _leaf(self, leaf: Leaf, note: Note) -> bool:
        match leaf:
            case Tagged(_, _, "is", value):
                return NOTE_STATES[value](note)
            case Tagged(_, _, field, value, begins):
                words = map(fold, note.tags if field == "tag" else note.labels)
                return any(word.startswith(value) if begins else word == value for word in words)
            case Dates(_, _, low, high):
                day = note.modified[:10]
                return (low is None or low <= day) and (high is None or day <= high)
            case Numbers() | InStory() | IsRef():
                return any(_stands_on(leaf, target) for target in note.targets)
            case Figures():
                return any(self._finder(leaf, leaf, "text").find(text) for text in _texts(note))
            case _:
                return self._words(leaf, note)

    def _words(self, leaf: Worded, note: Note) -> bool:
        if leaf.field == "quote":
            texts = [target.anchor.quote for target in note.targets]
        elif leaf.field in _ANYWHERE:
            texts = [note.text] if leaf.field == "note" else _texts(note)
        else:
            raise self._refusal(leaf, f"{leaf.field}:")
        finder = self._finder(leaf, leaf._replace(field="note"), "note")
        return any(finder.find(text, most=1) for text in texts)

    def _finder(self, leaf: Leaf, sought: Leaf, field: str) -> Finder:
        if leaf not in self._finders:
            self._finders[leaf] = Finder(sought, field=field)
        return self._finders[leaf]

    def _refusal(self, leaf: Worded, what: str) -> QueryError:
        return QueryError(
            f"notes are not searched by {what}",
            query=self._query,
            position=leaf.span.start,
            hint="search the sources for that",
        )


def _stands_on(leaf: Numbers | InStory | IsRef, target: Target) -> bool:
    ref = target.ref
    match leaf:
        case InStory(_, _, slug, begins):
            return ref.story.startswith(slug) if begins else ref.story == slug
        case IsRef():
            return ref == leaf.ref
        case Numbers(_, _, low, high):
            if ref.is_story:
                return False
            if low is None and high is None:
                return ref.number is None
            return (
                ref.number is not None and (low or 0) <= ref.number and (high is None or ref.number <= high)
            )


def _texts(note: Note) -> list[str]:
    """Return all that the words of a note are: a phrase may not reach from one into another."""
    return [
        note.text,
        *(target.anchor.quote for target in note.targets),
        *(target.made.quote for target in note.targets if target.made is not None),
        *note.tags,
        *note.labels,
        *(words for words in (note.relation, note.coder) if words),
    ]


class NotedSources:
    """The notes and labels of a library, read when a query first asks for them."""

    def __init__(self, library: Library) -> None:
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
