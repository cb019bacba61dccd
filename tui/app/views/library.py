"""The library pane: stories as folding rows with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from sources.model import Ref
from tui.app.views.pane import ListPane, bindings_for
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from textual.binding import BindingType

    from sources.model import SourceEntry, StoryEntry
    from tui.app.state import AppState, LibraryListing


class LibraryPane(ListPane):
    """The list of stories and sources."""

    pane_title = "Library"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("library")
    hints = (("enter", "open"), ("space", "mark"), ("c", "compare"), ("A", "add"), ("h l", "fold, unfold"))

    list_id = "library-list"

    def show(self, rows: Sequence[Row], info: str) -> None:
        """Show the rows; ``info`` stands at the end of the title line."""
        self.listing.set_rows(rows)
        self.heading.info = info

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

    def __init__(self, listing: LibraryListing, signs: Signs) -> None:
        self._shelf = listing
        self._signs = signs
        self._entries: dict[Ref, tuple[int, SourceEntry | None, int]] = {}  # place, entry, digits
        self._rows: list[Row] = []
        for story in listing.stories:
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

    def _add_story(self, story: StoryEntry) -> None:
        entries = self._shelf.entries.get(story.slug)
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
        if story.has_summary:
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
        hint = "".join(sign for sign, shown in said if shown) + f" {short_publisher(publisher)}"
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
