"""Undo and redo: the last change of the user's to anything in the library, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sources.library.audit_choice_repository import KIND as CHOICE
from sources.library.correction_repository import KIND as CORRECTION
from sources.library.source_edits import KIND, STORY
from sources.model import Ref
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from sources.library import Library
    from sources.library.journal import Entry

Moves: TypeAlias = tuple[tuple[Ref, Ref], ...]  # what a source was, and what it is now


def undo(library: Library) -> Entry | None:
    """Undo the last change and say which, None without one; passages are found in the texts of now."""
    return _followed(library, library.undo(find_anchor), again=False)


def redo(library: Library) -> Entry | None:
    """Do the change again that was taken back last, as `undo` does it."""
    return _followed(library, library.redo(find_anchor), again=True)


def _followed(library: Library, entry: Entry | None, *, again: bool) -> Entry | None:
    """Let what else names a story follow where it has another slug now."""
    for step in entry.steps if entry is not None else ():
        if step.kind == STORY and "slug" in step.before:
            from tui.services.editing import rename_settings

            names = (step.before["slug"], step.after["slug"])
            rename_settings(library, *(names if again else reversed(names)))
    return entry


def moves_of(library: Library, entry: Entry | None, *, again: bool) -> Moves:
    """Return what sources are after an undo, or a redo (``again``), that were another ref before."""
    moved: list[tuple[Ref, Ref]] = []
    for step in entry.steps if entry is not None else ():
        was, now = (step.before, step.after) if again else (step.after, step.before)
        if step.kind == STORY and "slug" in now and library.has_story(now["slug"]):
            moved += [(Ref(was["slug"], ref.number), ref) for ref in library.refs(now["slug"])]
        elif step.kind == KIND and "place" in now:
            moved.append((_ref(was["place"]), _ref(now["place"])))
    return tuple(moved)


def _ref(place: tuple[str, int]) -> Ref:
    slug, number = place
    return Ref(slug, number or None)  # 0 is the summary


def changes_sources(entry: Entry | None) -> bool:
    """Tell whether a change was one of sources or stories, so that lists and the index have to follow."""
    return _changes(entry, KIND, STORY)


def changes_names(entry: Entry | None) -> bool:
    """Tell whether a change was a correction of an entity, which evidence and the index have to follow."""
    return _changes(entry, CORRECTION)


def changes_audits(entry: Entry | None) -> bool:
    """Tell whether a change was a decision of the user's in an audit."""
    return _changes(entry, CHOICE)


def _changes(entry: Entry | None, *kinds: str) -> bool:
    return entry is not None and any(step.kind in kinds for step in entry.steps)


def step_words(entry: Entry | None, *, again: bool) -> str:
    """Return in a sentence what `undo` did, or `redo` (``again``)."""
    if entry is None:
        return "Nothing to redo." if again else "Nothing to undo."
    return f"{'Redone' if again else 'Undone'}: {entry.what}."
