"""The library's side of the frame: what is listed, unfolded and marked, kept in step with other writers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Ref
from tui.app.state import MOST_MARKED
from tui.app.views.library import LibraryRows, Shelf, Signs

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Note
    from tui.app.main_screen import MainScreen
    from tui.app.workers import Job


MOST_NAMELESS = 50  # sources without a title whose first words are looked up


def first_words(text: str) -> str:
    """Return the first line of a text, to name it by where it has no title."""
    return next((" ".join(line.split())[:80] for line in text.splitlines() if line.strip()), "")


class LibraryController:
    """Keeps the library pane true."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self.shelf = Shelf()
        self._rows = LibraryRows(self.shelf, Signs())
        self.unfolded: list[str] = []
        self.change_number = 0
        self._afterwards: list[Callable[[], None]] = []  # what waits for the lists to be read

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "open": self.open_highlighted,
            "mark": self.mark_highlighted,
            "unmark-all": self.unmark_all,
            "toggle-read": self.toggle_read,
        }

    def signs(self) -> Signs:
        """Return what is open, marked and read, and what stems from another source."""
        desk, tracing = self._frame.desk, self._frame.tracing
        return Signs(desk.ref, tuple(desk.marked), frozenset(desk.read), tracing.copies, tracing.rewrites)

    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Read the lists anew beside the screen, then show them."""
        if then is not None:
            # Another reading may take the place of this one, which must not cost what follows from it.
            self._afterwards.append(then)
        library = self._frame.app.require_library()
        wanted, signs = tuple(self.unfolded), self.signs()

        def work(_job: Job) -> tuple[int, Shelf, LibraryRows]:
            number = library.change_number
            stories = library.stories()
            there = {story.slug for story in stories}
            entries = {slug: library.entries(slug) for slug in wanted if slug in there}
            noted = {slug: len(library.notes(ref=Ref(slug, None))) for slug in entries}
            nameless = [entry.ref for known in entries.values() for entry in known if not entry.title]
            names = {ref: first_words(library.source(ref).text) for ref in nameless[:MOST_NAMELESS]}
            shelf = Shelf.of(stories, entries, noted, names)
            return number, shelf, LibraryRows(shelf, signs)

        def done(answer: tuple[int, Shelf, LibraryRows]) -> None:
            self.change_number, self.shelf, self._rows = answer
            self._show()
            waiting, self._afterwards = self._afterwards, []
            for callback in waiting:
                callback()

        self._frame.app.background.run("library", work, done)

    def redraw(self) -> None:
        """Show what is open, marked and read by now."""
        self._show()
        self._frame.story_view.show_signs(self.signs(), self.shelf.names)

    def _show(self) -> None:
        total = sum(story.sources for story in self.shelf.stories)
        marked = f"◆{len(self._frame.desk.marked)} " if self._frame.desk.marked else ""
        self._frame.library_pane.show(self._rows.sign(self.signs()), f"{marked}{total:,}")
        self._frame.refresh_status()

    def unfold(self, slug: str, then: Callable[[], None] | None = None) -> None:
        """Show the sources of a story."""
        if slug not in self.unfolded:
            self.unfolded.append(slug)
            self.reload(then)
        elif then is not None:
            then()

    def choose(self, key: str) -> None:
        """Fold or unfold a story, or open a source."""
        kind, _, slug = key.partition(":")
        if kind == "story":
            if slug in self.unfolded:
                self.unfolded.remove(slug)
                self.reload()
            else:
                self.unfold(slug)
            return
        ref = Ref.parse(key)
        if ref is not None:
            self._frame.reading.open(ref)

    def open_highlighted(self) -> None:
        """Open what is highlighted in the pane that has the focus."""
        ref = self._frame.highlighted_ref()
        if ref is not None:
            self._frame.reading.open(ref)
        elif self._frame.arranging.focused_pane is self._frame.library_pane:
            self.choose(self._frame.library_pane.listing.highlighted_key or "")

    def mark_highlighted(self) -> None:
        """Mark or unmark what is highlighted in a list, or what is open."""
        ref = self._frame.highlighted_ref()
        if ref is None:
            self._frame.say("Choose a source to mark; a story itself cannot be compared.")
            return
        if not self._frame.desk.toggle_mark(ref):
            self._frame.say(f"{MOST_MARKED} sources are marked already; unmark one with space first.")
            return
        self.redraw()

    def unmark_all(self) -> None:
        """Take all marks off."""
        self._frame.desk.marked.clear()
        self.redraw()

    def toggle_read(self) -> None:
        """Tick the open source as read, or untick it."""
        ref = self._frame.desk.ref
        if ref is not None:
            self._frame.desk.read ^= {ref}
            self.redraw()

    def poll(self) -> None:
        """Look whether another process wrote to the library."""
        app, desk = self._frame.app, self._frame.desk
        library, ref = app.library, desk.ref
        if library is None or app.background.busy("poll"):
            return

        def work(_job: Job) -> tuple[int, tuple[Note, ...] | None]:
            notes = library.notes(ref=ref) if ref is not None else None
            return library.change_number, notes

        def done(answer: tuple[int, tuple[Note, ...] | None]) -> None:
            number, notes = answer
            if number != self.change_number:
                self.follow()
            elif notes is not None and ref == desk.ref and set(notes) != set(desk.notes):
                self._frame.noting.refresh()

        app.background.run("poll", work, done, app.log_trouble)

    def follow(self) -> None:
        """Take over what another process, or an import here, changed."""
        frame = self._frame
        library = frame.app.require_library()
        before, open_ref = self.change_number, frame.desk.ref

        def work(_job: Job) -> tuple[tuple[Ref, ...], bool]:
            changes = library.changes_since(before)
            return changes.removed, open_ref in changes.changed

        def done(answer: tuple[tuple[Ref, ...], bool]) -> None:
            removed, open_changed = answer
            frame.desk.forget(removed)
            frame.tracing.forget()
            if open_ref is not None and open_ref in removed:
                frame.say(f"{open_ref} was removed from the library.")
                frame.reading.close()
            elif open_ref is not None and open_changed:
                frame.reading.open(open_ref, at=frame.reader.cursor, focus=False)
            self.reload(frame.library_listed)
            frame.noting.refresh()
            frame.app.catch_up()

        frame.app.background.run("follow", work, done)
