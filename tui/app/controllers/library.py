"""The library: what is listed, unfolded and marked, kept in step with other writers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.messages import LibraryChanged, NotesChanged, OpenSource, OpenStory, SourceGone
from tui.app.state import MOST_MARKED, LibraryListing
from tui.app.views.library import LibraryRows, Signs, signs_of
from tui.app.views.library_order import ORDER_WORDS, ORDERS, Look
from tui.app.views.read import WELCOME, WELCOME_DEMO, WELCOME_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sources.model import Note, Source
    from tui.app.controllers.base import Context
    from tui.app.messages import SourceShown
    from tui.app.workers import Job


MOST_NAMELESS = 50  # sources without a title whose first words are looked up


def first_words(source: Source) -> str:
    """Return the first line of a source that is no caption or credit, to name it by where it has no title."""
    shown = [source.text[zone.start : zone.end] for zone in source.zones if not zone.kind.muted]
    lines = (line for text in (*shown, source.text) for line in text.splitlines())
    return next((" ".join(line.split())[:80] for line in lines if line.strip()), "")


class LibraryController(Controller):
    """Keeps the library pane true."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows = LibraryRows(self.state.listing, Signs())
        self.unfolded: list[str] = []
        self.change_number = 0
        self.first_view = ""  # in which the first story is opened; none leaves it to the story
        self.order = ORDERS[0]  # of stories and sources
        self._afterwards: list[Callable[[], None]] = []  # what waits for the lists to be read

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "open": self.open_highlighted,
            "fold": self.fold_highlighted,
            "unfold": self.unfold_highlighted,
            "mark": self.mark_highlighted,
            "unmark-all": self.unmark_all,
            "toggle-read": self.toggle_read,
            "filter-library": self.begin_filter,
            "sort-library": self.next_order,
        }

    def reload(self, then: Callable[[], None] | None = None, *, look_only: bool = False) -> None:
        """Read the lists again beside the screen, then show them; ``look_only`` where only others are wanted.

        While one types a filter, what was read for it is not read again.
        """
        if then is not None:
            # Another reading may take the place of this one, which must not cost what follows from it.
            self._afterwards.append(then)
        library = self.services.require_library()
        wanted, signs = tuple(self.unfolded), signs_of(self.state)
        look, columns = self._look_now(), self.panes.library_pane.columns
        known = self.state.listing.entries if look_only else {}

        def work(_job: Job) -> tuple[int, LibraryListing, LibraryRows]:
            from tui.services.changes import changed_stories

            number = library.change_number
            stories = library.stories()
            there = {story.slug for story in stories}
            slugs = there if look.filters else [slug for slug in wanted if slug in there]
            entries = {slug: known.get(slug) or library.entries(slug) for slug in slugs}
            noted = {slug: len(library.notes(ref=Ref(slug, None))) for slug in entries}
            nameless = [entry.ref for known in entries.values() for entry in known if not entry.title]
            names = {ref: first_words(library.source(ref)) for ref in nameless[:MOST_NAMELESS]}
            listing = LibraryListing.of(stories, entries, noted, names, changed_stories(library))
            return number, listing, LibraryRows(listing, signs, look, columns)

        def done(answer: tuple[int, LibraryListing, LibraryRows]) -> None:
            self.change_number, self.state.listing, self._rows = answer
            self._show()
            waiting, self._afterwards = self._afterwards, []
            for callback in waiting:
                callback()

        self.workers.run("library", work, done)

    def look_again(self) -> None:
        """Show other rows or columns, once there is a library."""
        if self.services.library is not None:
            self.reload(look_only=True)

    def redraw(self) -> None:
        """Show what is open, marked and read by now."""
        self._show()
        self.panes.story_view.show_signs(signs_of(self.state), self.state.listing.names)

    def _show(self) -> None:
        total = sum(story.sources for story in self.state.listing.stories)
        marked = f"◆{len(self.state.marked)} " if self.state.marked else ""
        listed = f"{self._rows.listed:,} of " if self._rows.look.filters else ""
        rows = self._rows.sign(signs_of(self.state))
        self.panes.library_pane.show(rows, f"{marked}{listed}{total:,}", self._rows.told)
        self.refresh_status()

    # What is listed, and in which order

    def _look_now(self) -> Look:
        marked, read = frozenset(self.state.marked), frozenset(self.state.read)
        return Look(self.panes.library_pane.wanted, self.order, marked, read)

    def begin_filter(self) -> None:
        """Let the user type what is to be listed."""
        self.panes.library_pane.begin_filter()

    def next_order(self) -> None:
        """Put stories and sources into the next order."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.say(f"The library is listed {ORDER_WORDS[self.order]}.")
        self.reload()

    def source_shown(self, shown: SourceShown) -> None:
        """Point at the source that is open now."""
        self.unfold(shown.ref.story, lambda: self.panes.library_pane.point_at(shown.ref))
        self.redraw()

    def show_beginning(self) -> None:
        """Show the welcome when the library is empty, a text when it no longer is."""
        if not self.state.listing.stories:
            offers = WELCOME_DEMO if self.state.demo else WELCOME
            self.panes.read_view.welcome(WELCOME_WORDS, offers)
            if self.panes.view == "read":
                self.panes.focus_main()
        elif self.state.ref is None and self.state.wanted is None:
            first = self.state.listing.stories[0].slug
            self.emit(OpenStory(first, view=self.first_view, unless_busy=True))

    def unfold(self, slug: str, then: Callable[[], None] | None = None) -> None:
        """Show the sources of a story."""
        if slug not in self.unfolded:
            self.unfolded.append(slug)
            self.reload(then)
        elif then is not None:
            then()

    def fold(self, slug: str) -> None:
        """Show no sources of a story."""
        if slug in self.unfolded:
            self.unfolded.remove(slug)
            self.reload(lambda: self.panes.library_pane.listing.highlight(f"story:{slug}"))

    def fold_highlighted(self) -> None:
        """Fold the story that is highlighted, or that of the source."""
        if (slug := self._highlighted_story) is not None:
            self.fold(slug)

    def unfold_highlighted(self) -> None:
        """Unfold the story that is highlighted."""
        if (slug := self._highlighted_story) is not None:
            self.unfold(slug)

    @property
    def _highlighted_story(self) -> str | None:
        target = self.current.target()
        return target.story if isinstance(target, Ref) else target

    def choose(self, key: str) -> None:
        """Open a source, or unfold a story and open it; the story that is shown already is folded."""
        kind, _, slug = key.partition(":")
        if kind == "story":
            several = any(story.slug == slug and story.sources > 1 for story in self.state.listing.stories)
            shown = self.state.ref is not None and self.state.ref.story == slug
            if shown and slug in self.unfolded and self.panes.view == ("story" if several else "read"):
                self.fold(slug)
            else:
                self.unfold(slug)
                self.emit(OpenStory(slug))
            return
        ref = Ref.parse(key)
        if ref is not None:
            self.emit(OpenSource(ref))

    def open_highlighted(self) -> None:
        """Open what is highlighted in the pane that has the focus."""
        ref = self.current.ref()
        if ref is not None:
            self.emit(OpenSource(ref))
        elif self.panes.focused_pane is self.panes.library_pane:
            self.choose(self.panes.library_pane.listing.highlighted_key or "")

    def mark_highlighted(self) -> None:
        """Mark or unmark what is highlighted in a list, or what is open."""
        ref = self.current.ref()
        if ref is None:
            if isinstance(self.current.target(), str):
                self.say("Choose a source to mark; a story itself cannot be compared.")
            elif self.state.ref is None and self.state.wanted is not None:
                self.say(f"{self.state.wanted} is still being opened.")
            else:
                self.say("Open a source, or choose one in the library, to mark it.")
            return
        if not self.state.toggle_mark(ref):
            self.say(f"{MOST_MARKED} sources are marked already; unmark one with {self.key('mark')} first.")
            return
        self.redraw()

    def unmark_all(self) -> None:
        """Take all marks off."""
        self.state.marked.clear()
        self.redraw()

    def toggle_read(self) -> None:
        """Tick the open source as read, or untick it."""
        ref = self.state.ref
        if ref is not None:
            self.state.read ^= {ref}
            self.redraw()

    def poll(self) -> None:
        """Look whether another process wrote to the library."""
        library, ref = self.services.library, self.state.ref
        if library is None or self.workers.busy("poll"):
            return

        def work(_job: Job) -> tuple[int, tuple[Note, ...] | None]:
            notes = library.notes(ref=ref) if ref is not None else None
            return library.change_number, notes

        def done(answer: tuple[int, tuple[Note, ...] | None]) -> None:
            number, notes = answer
            if number != self.change_number:
                self.follow()
            elif notes is not None and ref == self.state.ref and set(notes) != set(self.state.notes):
                self.emit(NotesChanged())

        self.workers.run("poll", work, done, self.services.log_trouble)

    def follow(self, moved: Mapping[Ref, Ref] | None = None) -> None:
        """Take over what another process, or an import here, changed."""
        library = self.services.require_library()
        before, open_ref = self.change_number, self.state.ref

        def work(_job: Job) -> tuple[tuple[Ref, ...], bool]:
            changes = library.changes_since(before)
            return changes.removed, open_ref in changes.changed

        def done(answer: tuple[tuple[Ref, ...], bool]) -> None:
            removed, open_changed = answer
            self.state.follow(moved or {})
            stories = {ref.story: home.story for ref, home in (moved or {}).items()}
            self.unfolded = list(dict.fromkeys(stories.get(slug, slug) for slug in self.unfolded))
            self.state.forget(removed)
            if open_ref is not None and (home := (moved or {}).get(open_ref)):
                self.emit(OpenSource(home, self.panes.reader.cursor, focus=False, recorded=False))
            elif open_ref is not None and open_ref in removed:
                self.say(f"{open_ref} was removed from the library.")
                self.emit(SourceGone())
            elif open_ref is not None and open_changed:
                self.emit(OpenSource(open_ref, self.panes.reader.cursor, focus=False, recorded=False))
            self.reload(self.show_beginning)
            self.emit(LibraryChanged())

        self.workers.run("follow", work, done)
