"""Exports and imports from inside the app: gathered, written and read beside the screen."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sources.library.repository import moment_now
from sources.notes.export import FORMATS, LABEL_FORMATS, SOURCE_FORMATS, STORY_FORMATS
from sources.notes.export.saving import named_path, save
from sources.places import exports_folder
from sources.workspace.note_collections import gather_labels, gather_notes, gather_sources, gather_story
from tui.note_filter import filtered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index import SearchIndex
    from sources.importing.note_import import NoteImport
    from sources.library import Library
    from sources.model import Ref
    from sources.notes.export import ExportFormat, NoteCollection
    from tui.app.main_screen import MainScreen

    Gathered = tuple[NoteCollection, int]


class What(StrEnum):
    """What can be exported."""

    NOTES = "notes"
    LABELS = "labels"
    SOURCES = "sources"
    STORY = "story"


OFFERED: Mapping[What, Mapping[str, ExportFormat]] = {
    What.NOTES: FORMATS,
    What.LABELS: LABEL_FORMATS,
    What.SOURCES: SOURCE_FORMATS,
    What.STORY: STORY_FORMATS,
}


class Order(NamedTuple):
    """What is exported how and where to; an empty ``story`` is all stories, ``path`` the library's folder."""

    what: What
    format: str
    story: str
    query: str
    path: str


class Delivered(NamedTuple):
    """Where an export lies, and how much is in it; no path where there was nothing to write."""

    path: Path | None
    size: int  # notes, spans or sources


class ExportController:
    """Runs the screens of export and import."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"export": self.show_export, "import-notes": self.show_import}

    def show_export(self) -> None:
        """Ask what to export, how, and where to."""
        from tui.app.dialogs.export import ExportScreen  # noqa: PLC0415 - seldom asked for

        frame = self._frame
        if frame.app.library is not None:
            story = frame.desk.ref.story if frame.desk.ref is not None else ""
            known = tuple(each.slug for each in frame.shelving.shelf.stories)
            frame.app.push_screen(ExportScreen(self.export, story, known))

    def show_import(self) -> None:
        """Ask for a file of notes."""
        from tui.app.dialogs.import_notes import ImportScreen  # noqa: PLC0415 - seldom asked for

        if self._frame.app.library is not None:
            self._frame.app.push_screen(ImportScreen(self.take_in))

    def export(
        self, order: Order, done: Callable[[Delivered], None], failed: Callable[[Exception], None]
    ) -> None:
        """Write an export beside the screen."""
        library, index = self._frame.app.require_library(), self._frame.app.index
        self._frame.app.background.queue(
            "export", lambda _job: carry_out(library, index, order), done, failed
        )

    def take_in(
        self,
        path: str,
        form: str | None,
        done: Callable[[NoteImport], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Import a file of notes beside the screen."""
        from sources.importing.note_import import import_notes  # noqa: PLC0415 - only importing needs the formats

        def taken(found: NoteImport) -> None:
            done(found)
            self._frame.noting.refresh()

        self._frame.noting.write_beside(
            lambda library: import_notes(library, Path(path).expanduser(), form), taken, failed
        )


def carry_out(library: Library, index: SearchIndex | None, order: Order) -> Delivered:
    """Write what an order asks for; raises CrossreadError."""
    form = OFFERED[order.what][order.format]
    collection, count = _gathered(library, index, order, texts=form.texts)
    if not count:
        return Delivered(None, 0)
    about = order.story or "all-stories"
    path = save(
        form,
        collection,
        named_path(order.path),
        folder=exports_folder(library.folder),
        what=order.story if order.what is What.STORY else f"{about}-{order.what}",
        moment=moment_now(),
    )
    return Delivered(path, count)


def _gathered(library: Library, index: SearchIndex | None, order: Order, *, texts: bool) -> Gathered:
    story = order.story or None
    if story is not None or order.what is What.STORY:
        library.story(order.story)  # an unknown one is refused here
    if order.what is What.STORY:
        whole = gather_story(library, order.story)
        return whole, len(whole.texts)
    if order.what is What.NOTES:
        notes = library.notes(story=story)
        if order.query:
            notes = filtered(notes, order.query)
        return gather_notes(library, notes, texts=texts), len(notes)
    wanted = _found(library, index, order) if order.query else None
    if order.what is What.LABELS:
        collection = gather_labels(library, story=story, texts=texts)
        spans = tuple(span for span in collection.labelled if wanted is None or span.ref in wanted)
        return replace(collection, labelled=spans), len(spans)
    entries = tuple(entry for entry in library.entries(story) if wanted is None or entry.ref in wanted)
    return gather_sources(entries), len(entries)


def _found(library: Library, index: SearchIndex | None, order: Order) -> frozenset[Ref]:
    from sources.errors import IndexTrouble  # noqa: PLC0415 - only told when there is no index yet

    if index is None:
        raise IndexTrouble("The index is still being opened; try again in a moment.")
    story = order.story or None
    found = index.search(order.query, story=story, limit=library.count(story), all_copies=True)
    return frozenset(hit.ref for hit in found.hits)
