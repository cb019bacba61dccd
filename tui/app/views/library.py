"""The library pane: stories as folding rows with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from sources.model import Ref
from tui.app.views.library_order import ALL, Look
from tui.app.views.pane import ListPane, bindings_for
from tui.app.views.prompt_line import PromptLine
from tui.app.widgets.cells import truncated
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import SourceEntry, StoryEntry
    from tui.app.state import AppState, LibraryListing


class LibraryPane(ListPane):
    """The list of stories and sources."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("library")
    pane_title = "Library"
    hints = (
        ("enter", "open"), ("space", "mark"), ("c", "compare"), ("f", "filter"), ("A", "add"),
        ("h l", "fold, unfold"),
    )  # fmt: skip

    list_id = "library-list"

    class LookChanged(Message):
        """Other rows are wanted, or there is room for other columns."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._told: Callable[[str], str] = lambda _key: ""
        self._columns = NARROW
        self.wanted = ""  # what the filter says

    def compose(self) -> ComposeResult:
        """Lay out title, filter, list, and what is said of the highlighted row."""
        yield self.heading
        yield PromptLine("f", "filter", id="library-filter")
        yield VirtualList(id=self.list_id, wraps=False)
        yield Static("", id="library-foot", markup=False)

    def on_mount(self) -> None:
        """Begin without a filter."""
        self.filter_line.display = self.foot.display = False

    filter_line = query_one("#library-filter", PromptLine)  # the line that filters the list
    foot = query_one("#library-foot", Static)  # the highlighted row in full

    @property
    def focus_target(self) -> VirtualList:
        """Return the list: the filter is reached by its own key."""
        return self.listing

    @property
    def columns(self) -> Columns:
        """Return what there is room for."""
        return Columns.at(self.size.width)

    def show(self, rows: Sequence[Row], info: str, told: Callable[[str], str]) -> None:
        """Show the rows; ``info`` ends the title line, ``told`` says all of a row by its key."""
        self._told = told
        self.listing.placeholder = "Nothing here has these words." if self.wanted else ""
        self.listing.set_rows(rows)
        self.heading.info = info
        self._tell_more()

    def begin_filter(self) -> None:
        """Let the user type what is to be listed."""
        self.filter_line.display = True
        self.screen.set_focus(self.filter_line.input)

    def end_filter(self) -> None:
        """List everything again."""
        self.filter_line.set_quietly("")
        self.filter_line.display = False
        self.screen.set_focus(self.listing)
        self._want("")

    def _want(self, words: str) -> None:
        if words != self.wanted:
            self.wanted = words
            self.post_message(self.LookChanged())

    def _tell_more(self) -> None:
        """Say at the foot what the highlighted row has no room for, while the list has the focus."""
        words = self._told(self.listing.highlighted_key or "") if self.listing.has_focus else ""
        self.foot.display = bool(words)
        if words:
            self.foot.update(Content(words))

    def on_resize(self, _event: events.Resize) -> None:
        """Ask for other columns where there is room for them, or no longer."""
        if self.columns != self._columns:
            self._columns = self.columns
            self.post_message(self.LookChanged())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Light the title, and say more of the row."""
        super().on_descendant_focus(event)
        self._tell_more()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Put the title's light out, and take back what was said of the row."""
        super().on_descendant_blur(event)
        self._tell_more()

    @on(PromptLine.Changed)
    def _filter_typed(self, message: PromptLine.Changed) -> None:
        message.stop()
        self._want(message.value)

    @on(PromptLine.Submitted)
    def _filter_left(self, message: PromptLine.Submitted) -> None:
        message.stop()
        if message.value.strip():
            self.screen.set_focus(self.listing)
        else:
            self.end_filter()

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        self._tell_more()

    def point_at(self, ref: Ref) -> None:
        """Put the highlight on a source, if its story is unfolded."""
        self.listing.highlight(str(ref))


# The library as rows of a list; of a hundred thousand rows only those that changed are made again.


@dataclass(frozen=True, slots=True)
class Signs:
    """What the library pane has to say about single sources; ``copies`` and ``rewrites`` stem from others."""

    open: Ref | None = None
    marked: Collection[Ref] = ()
    read: Collection[Ref] = frozenset()
    copies: Collection[Ref] = frozenset()
    rewrites: Collection[Ref] = frozenset()


_WITH_DATE, _WITH_PUBLISHER = 40, 60  # cells of the list from which it has these columns
_PUBLISHER = 20  # cells of a publisher at most


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands at the right of a source: its date, and its publisher in words in place of its letters."""

    date: bool = False
    publisher: bool = False

    @classmethod
    def at(cls, width: int) -> Columns:
        """Return the columns for which ``width`` cells have room."""
        return cls(width >= _WITH_DATE, width >= _WITH_PUBLISHER)


NARROW = Columns()


def signs_of(state: AppState) -> Signs:
    """Return what is open, marked and read, and what is known to stem from another source."""
    return Signs(state.ref, tuple(state.marked), frozenset(state.read), state.copies, state.rewrites)


def short_publisher(publisher: str | None) -> str:
    """Return up to three letters that stand for a publisher: its capitals, without an article."""
    words = [word for word in (publisher or "").split() if word.casefold() not in {"the", "a", "of"}]
    capitals = [letter for word in words for letter in word if letter.isupper()]
    return "".join(capitals)[:3] or "".join(words)[:1].upper()


def short_ref(ref: str, width: int) -> str:
    """Return a ref cut to ``width`` code points in the middle of its story's name, its number whole."""
    story, _, number = ref.rpartition("/")
    room = max(1, width - len(number) - 2)
    return ref if len(ref) <= width else f"{story[:room]}…/{number}"


def signs_before(ref: Ref, signs: Signs) -> tuple[str, str]:
    """Return what stands before a source: whether it is open, whether it is marked."""
    return ("»" if ref == signs.open else " ") + ("◆" if ref in signs.marked else " "), "$accent"


def named(title: str | None, name: str | None) -> Content:
    """Return a source's title, or in its place its first words."""
    if title:
        return Content(title)
    return Content.styled(name or "(no title)", "italic")


class LibraryRows:
    """The rows of one listing: stories, and under the unfolded ones their sources and summary."""

    def __init__(
        self, listing: LibraryListing, signs: Signs, look: Look = ALL, columns: Columns = NARROW
    ) -> None:
        self._shelf = listing
        self._signs = signs
        self.look, self.columns = look, columns
        self._entries: dict[Ref, tuple[int, SourceEntry | None, int]] = {}  # place, entry, digits
        self._rows: list[Row] = []
        self._stories = {story.slug: story for story in listing.stories}
        for story in look.stories(listing.stories):
            self._add_story(story)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they are now."""
        return self._rows

    def sign(self, signs: Signs) -> Sequence[Row]:
        """Take over what is open, marked and read by now, and return all rows."""
        before, self._signs = self._signs, signs
        changed = set(before.marked) ^ set(signs.marked) | set(before.read) ^ set(signs.read)
        changed |= set(before.copies) ^ set(signs.copies) | set(before.rewrites) ^ set(signs.rewrites)
        if before.open != signs.open:
            changed |= {ref for ref in (before.open, signs.open) if ref}
        if changed:
            self._rows = list(self._rows)
        for ref in changed & self._entries.keys():
            place, entry, digits = self._entries[ref]
            self._rows[place] = self._row(ref, entry, digits)
        return self._rows

    @property
    def listed(self) -> int:
        """How many sources have a row."""
        return sum(entry is not None for _, entry, _ in self._entries.values())

    def told(self, key: str) -> str:
        """Return all that is known of the row of a source or story: title, publisher, date, words, notes."""
        ref = Ref.parse(key)
        _, entry, _ = self._entries.get(ref, (0, None, 0)) if ref is not None else (0, None, 0)
        if entry is not None:
            counts = (counted(entry.words, "word"), counted(entry.notes, "note") if entry.notes else "")
            parts = (entry.publisher, entry.date, *counts)
            title = entry.title or self._shelf.names.get(entry.ref) or "(no title)"
            return " · ".join((title, *(part for part in parts if part)))
        story = self._stories.get(key.partition(":")[2])
        if story is None:
            return ""
        return f"{story.title or story.slug} · {counted(story.sources, 'source')} · added {story.added[:10]}"

    def _add_story(self, story: StoryEntry) -> None:
        entries = self._shelf.entries.get(story.slug)
        if entries is not None:
            entries = tuple(self.look.sources(story, entries))
        if self.look.filters and not entries:
            return
        changed = "Δ " if story.slug in self._shelf.changed else ""
        cells = Content.assemble(
            ("▸ " if entries is None else "▾ ", "dim"), (story.title or story.slug, "bold")
        )
        self._rows.append(Row(f"story:{story.slug}", cells, hint=f"{changed}{story.sources:,}"))
        if entries is None:
            return
        digits = len(str(max((entry.ref.number or 0 for entry in entries), default=1)))
        for entry in entries:
            self._add(entry.ref, entry, digits)
        if story.has_summary and not self.look.filters:
            self._add(Ref(story.slug, None), None, digits)

    def _add(self, ref: Ref, entry: SourceEntry | None, digits: int) -> None:
        self._entries[ref] = (len(self._rows), entry, digits)
        self._rows.append(self._row(ref, entry, digits))

    def _row(self, ref: Ref, entry: SourceEntry | None, digits: int) -> Row:
        read, is_open = ref in self._signs.read, ref == self._signs.open
        if entry is None:
            title, number, publisher = Content.styled("summary", "italic"), "", None
            notes = self._shelf.summary_notes.get(ref.story, 0)
        else:
            title, number = named(entry.title, self._shelf.names.get(ref)), str(ref.number)
            publisher, notes = entry.publisher, entry.notes
        title = title.stylize("bold") if is_open else title.stylize("dim") if read else title
        cells = Content.assemble(signs_before(ref, self._signs), (f"{number:>{digits}} ", "dim"), title)
        is_copy = ref in self._shelf.copies or ref in self._signs.copies
        gone = entry is not None and entry.vanished
        said = (("†", gone), ("≈", is_copy), ("R", ref in self._signs.rewrites), ("●", notes), ("✓", read))
        by = short_publisher(publisher)
        if self.columns.publisher:
            by = truncated(publisher or "", _PUBLISHER)
        date = (entry.date or "")[:10] if entry is not None and self.columns.date else ""
        hint = " ".join(("".join(sign for sign, shown in said if shown), by, date))
        return Row(str(ref), cells, hint=hint.strip())


# How sources look as rows of a list.


_WORDS, _TITLE = 6, 12  # cells of the words, and what a title needs beside them
_GAP = 2  # cells between the columns


def source_table(
    entries: Sequence[SourceEntry], signs: Signs, width: int, names: Mapping[Ref, str]
) -> list[Row]:
    """Return the story view's table of sources: number, title, publisher, date, words and notes.

    Where little room is left for the titles, the words are left out.
    """
    digits = len(str(max((entry.ref.number or 0 for entry in entries), default=1)))
    wide = width >= 90
    by_width = (22 if wide else 3) * any(entry.publisher for entry in entries)
    date_width = 10 * any(entry.date for entry in entries)
    notes_width = max((len(f" ●{entry.notes}") for entry in entries if entry.notes), default=0)
    before = 2 + 2 + digits + 1  # the list's pointer, the signs, the number
    room = width - before - notes_width - sum(cells + _GAP for cells in (by_width, date_width) if cells)
    words_width = _WORDS if room - _WORDS - _GAP >= _TITLE else 0
    room = max(_TITLE, room - _WORDS - _GAP if words_width else room)

    def line(title: Content, by: str, date: str, words: str) -> Content:
        columns = [title.truncate(room, ellipsis=True, pad=True)]
        if by_width:
            columns.append(Content(by).truncate(by_width, ellipsis=True, pad=True))
        if date_width:
            columns.append(Content.styled(f"{date[:10]:<10}", "dim"))
        if words_width:
            columns.append(Content.styled(f"{words:>{words_width}}", "dim"))
        return Content(" " * _GAP).join(columns)

    head = line(Content("title"), "publisher" if wide else "by", "date", "words")
    rows = [Row("head", Content.assemble(" " * (digits + 3), head), disabled=True)]
    for entry in entries:
        title = named(entry.title, names.get(entry.ref))
        if entry.ref == signs.open:
            title = title.stylize("bold")
        by = (entry.publisher or "") if wide else short_publisher(entry.publisher)
        cells = Content.assemble(
            signs_before(entry.ref, signs),
            (f"{entry.ref.number:>{digits}} ", "dim"),
            line(title, by, entry.date or "", f"{entry.words:,}"),
            (f" ●{entry.notes}" if entry.notes else "", "$accent"),
        )
        rows.append(Row(str(entry.ref), cells))
    return rows
