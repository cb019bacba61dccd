"""In what is read: its outline, its links, letters that lead to all that is in view, and what is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.text.reading_view import words_at
from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import ListDialog
from tui.app.dialogs.jump_mode import JumpMode
from tui.app.messages import Jumping
from tui.app.state import citation
from tui.app.views.story import SummaryPane
from tui.app.widgets.cells import shown
from tui.app.widgets.reader import Reader
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.reading import outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.geometry import Offset

    from sources.model import Source, Span
    from sources.text.structure import TextHeading

_KEYS = "enter go there   esc leave"
# What a passage is copied as.
_COPIES = (
    Row("c", Content("Citation: the words, with title, publisher, author, date, address and ref"), hint="c"),
    Row("u", Content("Address of the source on the web"), hint="u"),
    Row("r", Content("Ref, as the command line takes it"), hint="r"),
)


class InTextController(Controller):
    """Leads to places of the open text, and copies from it."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "outline": self.outline,
            "links": self.links,
            "jump-mode": self.jump_mode,
            "copy": self.copy,
            "copy-as": self.copy_as,
        }

    # Copying

    def copy(self) -> None:
        """Put the words of the passage, as they are seen, onto the clipboard, through the terminal."""
        self._copy(lambda source, span: words_at(source, *span), "Copied")

    def copy_as(self) -> None:
        """Ask what of the passage is to be copied: a citation, the address or the ref."""
        if self.current.passage() is None:
            self._say_nothing_open()
            return

        def chosen(key: str | None) -> None:
            if key == "c":
                self._copy(citation, "Copied with its source")
            elif key == "r":
                self._copy(lambda source, _: str(source.ref), "Copied its ref")
            elif key == "u":
                self._copy(lambda source, _: source.url or "", "Copied its address")

        keys = {row.key: row.key for row in _COPIES}
        self.panes.app.push_screen(ListDialog("Copy as", _COPIES, shortcuts=keys, size="wide"), chosen)

    def _copy(self, words_of: Callable[[Source, Span], str], said: str) -> None:
        found = self.current.passage()
        if found is None:
            self._say_nothing_open()
            return
        words = words_of(*found)
        if not words:
            self.say(f"{found[0].ref} has no address of the web; {self.key('edit-note')} gives it one.")
            return
        self.panes.app.copy_to_clipboard(words)
        letter = self.state.registers.keep(words)
        self.say(f"{said}{f' to {letter}' if letter else ''}.")
        self.panes.reader.clear_selection()

    def _say_nothing_open(self) -> None:
        self.say("Open a source to copy from.")

    # Outline and links

    def outline(self) -> None:
        """Show the headings of the open text, or the parts of the story's page; the chosen one is gone to."""
        if self.panes.view == "story" and self.panes.story_view.has_boxes:
            self._outline_of_page()
            return
        source = self._read_source()
        if source is None:
            return
        headings = outline(source)
        if not headings:
            self.say("This text has no headings.")
            return
        self._choose_place("Outline", list(_outline_rows(headings)), [one.start for one in headings])

    def _outline_of_page(self) -> None:
        """Show the boxes of the story's page, under its summary the headings there."""
        view = self.panes.story_view
        rows, places = [], {box.id or "": box for box in view.parts}
        for name, box in places.items():
            title = f"{box.heading.key or ' '}  {box.heading.title}"
            rows.append(Row(name, Content(title), hint=box.heading.info))
            if isinstance(box, SummaryPane) and view.story is not None and view.story.summary is not None:
                rows += _outline_rows(outline(view.story.summary), indent=4)
        at = self.panes.focused_pane
        focused = at.id or "" if at is not None and at.id in places else ""

        def chosen(key: str | None) -> None:
            if key is None:
                return
            self.emit(Jumping())
            self.layout.go_to_box(places.get(key) or view.query_one(SummaryPane))
            if key not in places:
                view.query_one("#story-summary", Reader).land(int(key))
            self.refresh_status()

        heading = f"Outline of {view.story.title or view.story.slug}" if view.story else "Outline"
        self.panes.app.push_screen(
            ListDialog(heading, rows, first=focused, keys=_KEYS, size="widest"), chosen
        )

    def links(self) -> None:
        """List the links of the open text with their numbers; the one that is chosen is gone to."""
        if self._read_source() is None:
            return
        links = self.panes.reader.document.links
        if not links:
            self.say("This text has no links.")
            return
        firsts = {link.number: link for link in reversed(links)}
        rows = [
            Row(
                str(link.start),
                Content.assemble(f"{number:>3}  ", shown(link.words), "  ", (shown(link.address), "dim")),
            )
            for number, link in sorted(firsts.items())
        ]
        starts = sorted(link.start for link in firsts.values())
        self._choose_place(
            "Links",
            rows,
            starts,
            keys=f"enter go there, where {self.key('open-address')} opens it   esc leave",
        )

    def _choose_place(
        self,
        heading: str,
        rows: Sequence[Row],
        starts: Sequence[int],
        keys: str = _KEYS,
    ) -> None:
        """Let one of some places be chosen, the last one up to the cursor first, and go there."""
        before = [start for start in starts if start <= self.panes.reader.cursor]
        first = str(before[-1] if before else starts[0])

        def chosen(key: str | None) -> None:
            if key is not None:
                self._go_to(int(key))

        dialog = ListDialog(heading, rows, first=first, keys=keys, size="widest")
        self.panes.app.push_screen(dialog, chosen)

    def _go_to(self, offset: int) -> None:
        self.emit(Jumping())
        self.panes.reader.land(offset)
        self.panes.set_focus(self.panes.reader)
        self.refresh_status()

    def _read_source(self) -> Source | None:
        source = self.state.source
        if source is None or self.panes.view != "read":
            self.say("Open a source first.")
            return None
        return source

    # Jump mode

    def jump_mode(self) -> None:
        """Show a letter at each place in view that can be reached, and go where one is typed."""
        reached = _apart(list(self._reached()))
        if not reached:
            self.say("There is nothing here to jump to.")
            return

        def chosen(number: int | None) -> None:
            if number is not None:
                reached[number][1]()

        self.panes.app.push_screen(JumpMode([place for place, _ in reached]), chosen)

    def _reached(self) -> Iterator[tuple[Offset, Callable[[], None]]]:
        """Yield where on the screen something can be reached, and what goes there."""
        reader = self.panes.reader
        if self.panes.view == "read" and not self.panes.read_view.welcoming:
            for offset, place in reader.places_in_view():
                yield place, lambda offset=offset: self._go_to(offset)  # type: ignore[misc]
        for listing in self.panes.query(VirtualList):
            for key, place in listing.places_in_view():
                yield place, lambda listing=listing, key=key: self._choose(listing, key)  # type: ignore[misc]

    def _choose(self, listing: VirtualList, key: str) -> None:
        self.panes.set_focus(listing)
        listing.highlight(key)
        self.refresh_status()


def _apart(
    reached: Sequence[tuple[Offset, Callable[[], None]]],
) -> list[tuple[Offset, Callable[[], None]]]:
    """Leave out what a label of two letters would stand upon that is left of it."""
    kept: dict[tuple[int, int], tuple[Offset, Callable[[], None]]] = {}
    for place, go in reached:
        if (place.y, place.x - 1) not in kept:
            kept.setdefault((place.y, place.x), (place, go))
    return list(kept.values())


def _outline_rows(headings: Sequence[TextHeading], indent: int = 0) -> Iterator[Row]:
    least = min((heading.level for heading in headings), default=0)
    for heading in headings:
        lead = " " * indent + "  " * (heading.level - least)
        yield Row(str(heading.start), Content(lead + shown(heading.words)))
