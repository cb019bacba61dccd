"""Several texts on the screen, their rows level with each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.widgets.cells import Drawn, cells, shown, truncated
from tui.app.widgets.comparison_layout import (
    ALONE,
    BRACKETS,
    NO_BRACKETS,
    REPEATED,
    ComparisonRow,
    LevelLine,
    Piece,
    RowKind,
    Side,
    comparison_rows,
    level,
    split_at_marks,
    text_lines,
)
from tui.app.widgets.reader_marks import Mark, MarkRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.style import Style

    from sources.evidence.multi_alignment import Columns
    from sources.model import Span
    from tui.app.widgets.text_view import ReaderDocument


class Filter(StrEnum):
    """Which rows are shown."""

    ALL = ""
    DIFFERENCES = "differences only"
    ONLY_HERE = "only here"  # what the text that is pointed at says alone


def keeps(wanted: Filter, row: ComparisonRow, side: int) -> bool:
    """Tell whether a filter shows a row when ``side`` is pointed at."""
    if wanted is Filter.DIFFERENCES:
        return row.differs
    return wanted is Filter.ALL or row.only == side


@dataclass(slots=True)
class Page:
    """The lines of some columns, the row that is the current one, and the line at the top of the view."""

    columns: tuple[int, ...] = ()
    kept: Sequence[int] = ()
    lines: Sequence[LevelLine] = ()
    current: int = 0
    top: int = 0
    _firsts: dict[int, int] = field(default_factory=dict)

    def fill(self, kept: Sequence[int], lines: Sequence[LevelLine]) -> None:
        """Take over which rows there are and their lines; the current row stays one of them."""
        self.kept, self.lines = kept, lines
        self._firsts = {line.row: place for place, line in enumerate(lines) if line.first}
        if kept and self.current not in self._firsts:
            self.current = min(kept, key=lambda row: abs(row - self.current))

    def extent(self) -> tuple[int, int]:
        """Return the first and the last line of the current row."""
        first = last = self._firsts.get(self.current, 0)
        while last + 1 < len(self.lines) and self.lines[last + 1].row == self.current:
            last += 1
        return first, last

    def reveal(self, height: int) -> None:
        """Scroll so far that the current row is in view."""
        first, last = self.extent()
        self.top = min(max(self.top, last + 2 - height), max(0, first - 1))
        self.top = max(0, min(self.top, len(self.lines) - height))

    def place_at(self, line: int, height: int) -> None:
        """Scroll so that the current row begins ``line`` lines below the top, as far as there is room."""
        self.top = max(0, min(self.extent()[0] - line, len(self.lines) - height))


# Several texts on the screen, their rows level with each other.
#
# What keys and mouse do is in ``aligned``; this is what it looks like.

POINTER = "›"
NOTED = "●"
HEADER_LINES = 4
GUTTER_CELLS = 4  # two for signs, the pointer, and a blank
BETWEEN_CELLS = 1
NARROWEST = 24  # cells of a column; where they would be narrower, some are left out
_NARROWEST_OF_ALL = 10


class ComparisonView(Drawn, ScrollView):
    """Draws texts in equal columns, with signs before each; one row is the current one."""

    ALLOW_SELECT = False
    STYLES = "aligned"

    DEFAULT_CSS = """
    ComparisonView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        border-left: blank;
        & > .aligned--title { text-style: bold; }
        & > .aligned--pointed { text-style: bold reverse; }
        & > .aligned--byline { color: $text-muted; }
        & > .aligned--share { color: $text-primary; }
        & > .aligned--gutter { text-style: bold; }
        & > .aligned--heading { text-style: bold; }
        & > .aligned--muted { text-style: dim; }
        & > .aligned--again { text-style: dim italic; }
        & > .aligned--deleted { color: $text-error; text-style: underline; }
        & > .aligned--inserted { color: $text-success; text-style: bold; }
        & > .aligned--mark { text-style: underline; }
        & > .aligned--note { color: $text-accent; text-style: italic underline; }
        & > .aligned--hit { text-style: reverse; }
        & > .aligned--current { background: $boost; }
    }
    ComparisonView:focus {
        border-left: outer $accent;
        & > .aligned--current { background: $primary 30%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._documents: tuple[ReaderDocument, ...] = ()
        self._shares: tuple[str, ...] = ()
        self._rows: Sequence[ComparisonRow] = ()
        self._alone: tuple[frozenset[int], ...] = ()  # by text, the places where what it alone says begins
        self._remarks: tuple[Mapping[int, str], ...] = ()  # by text and where a sentence begins
        self._side = 0
        self._filter = Filter.ALL
        self._bracketed = False
        self._locked = True
        self._one_column = False
        self._page = Page()
        self._pages: dict[int, Page] = {}  # by column, while they are not locked
        self._marks: tuple[MarkRow, ...] = ()
        self._notes: tuple[MarkRow, ...] = ()
        self._hits: tuple[MarkRow, ...] = ()

    @property
    def rows(self) -> Sequence[ComparisonRow]:
        """All rows, the filtered ones too."""
        return self._rows

    @property
    def current_row(self) -> int:
        """The index of the row that the pointer is at."""
        return self._page.current

    @property
    def side(self) -> int:
        """The column that is pointed at."""
        return self._side

    @property
    def locked(self) -> bool:
        """Tell whether the columns scroll together."""
        return self._locked

    def has_in_common(self, *columns: int) -> bool:
        """Tell whether these columns say anything together, in any row; all of them, where none is named."""
        if not columns:
            return any(len(row.present) > 1 for row in self._rows)
        return any(set(columns) <= set(row.present) for row in self._rows)

    def show(self, documents: Sequence[ReaderDocument], columns: Columns) -> None:
        """Show texts in the order of the columns, the first of them leading."""
        self._documents = tuple(documents)
        self._shares = ("",) * len(documents)
        sides = [Side(document.text, document.zones) for document in documents]
        self._rows = comparison_rows(sides, columns)
        self._alone, self._remarks = (frozenset(),) * len(documents), ({},) * len(documents)
        self._side = 0
        # Texts that have nothing in common begin side by side: level, one would stand below the other.
        self._locked, self._one_column = self.has_in_common(), False
        self._pages = {} if self._locked else {column: Page() for column in range(len(documents))}
        self._page = Page() if self._locked else self._pages[0]
        self._marks = self._notes = self._hits = (MarkRow(()),) * len(documents)
        if not any(keeps(self._filter, row, 0) for row in self._rows):
            self._filter = Filter.ALL
        self._fill()
        self._turn_to(self._page)

    def set_shares(self, shares: Sequence[str]) -> None:
        """Say at the head of each column how much it shares."""
        self._shares = tuple(shares)
        self.refresh()

    def set_alone(self, alone: Sequence[Iterable[Span]], remarks: Sequence[Mapping[int, str]]) -> None:
        """Mark the passages of each text that nobody else in its story has.

        ``remarks`` are what to write under sentences of each text that it alone has, by where they begin.
        """
        self._alone = tuple(frozenset(span.start for span in spans) for spans in alone)
        self._remarks = tuple(remarks)
        self.on_resize()

    def set_marks(self, marks: Sequence[Sequence[Mark]]) -> None:
        """Make spans of each text stand out."""
        self._marks = tuple(map(MarkRow, marks))
        self.refresh()

    def set_notes(self, notes: Sequence[Sequence[Mark]]) -> None:
        """Mark the spans of each text that have a note."""
        self._notes = tuple(map(MarkRow, notes))
        self.refresh()

    def set_hits(self, hits: Sequence[Sequence[Mark]]) -> None:
        """Reverse what a search hit in each text."""
        self._hits = tuple(map(MarkRow, hits))
        self.refresh()

    def _has_mark(self, row: ComparisonRow) -> bool:
        return any(
            next(marks.within(run.start, run.end), None)
            for side, marks in zip(row.sides, self._marks, strict=True)
            for run in side.runs
        )

    # Which columns, and their lines

    def columns_in_view(self) -> tuple[int, ...]:
        """Return the columns there is room for: the leading one, and those around the one pointed at."""
        count = len(self._documents)
        if self._one_column:
            return (self._side,)
        room = self.scrollable_content_region.width + BETWEEN_CELLS
        fitting = max(min(2, count), min(count, room // (GUTTER_CELLS + NARROWEST + BETWEEN_CELLS)))
        if fitting == count:
            return tuple(range(count))
        first = max(1, min(self._side, count - fitting + 1))
        return (0, *range(first, first + fitting - 1))

    def column_width(self) -> int:
        """Return the cells of a column, without its gutter."""
        count = max(1, len(self.columns_in_view()))
        room = self.scrollable_content_region.width - count * GUTTER_CELLS - (count - 1) * BETWEEN_CELLS
        return max(_NARROWEST_OF_ALL, room // count)

    def _fill(self) -> None:
        """Break all lines again."""
        if not self._documents:
            return
        columns, width = self.columns_in_view(), self.column_width()
        brackets = BRACKETS if self._bracketed or self._colourless() else NO_BRACKETS
        texts = [document.text for document in self._documents]
        kept = [index for index, row in enumerate(self._rows) if keeps(self._filter, row, self._side)]
        if self._locked:
            self._page.columns = columns
            self._page.fill(kept, level(self._rows, kept, texts, columns, width, brackets, self._remarks))
        else:
            for column, page in self._pages.items():
                own = [index for index in kept if self._rows[index].sides[column].runs]
                own.sort(key=lambda index, at=column: self._rows[index].sides[at].runs[0].start)  # type: ignore[misc]
                page.columns = (column,)
                remarks = self._remarks[column]
                page.fill(own, text_lines(self._rows, own, texts[column], column, width, brackets, remarks))
        self.virtual_size = Size(self.scrollable_content_region.width, HEADER_LINES + len(self._page.lines))
        self.refresh()

    def _turn_to(self, page: Page) -> None:
        """Let keys and scroll bar work on a page."""
        self._page = page
        self.virtual_size = Size(self.scrollable_content_region.width, HEADER_LINES + len(page.lines))
        self.scroll_to(y=page.top, animate=False, force=True, immediate=True)
        self.refresh()

    def _colourless(self) -> bool:
        return self.is_attached and (self.app.no_color or self.app.native_ansi_color)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take over where the scroll bar or the wheel went."""
        super().watch_scroll_y(old_value, new_value)
        self._page.top = round(new_value)
        self.refresh()

    def on_resize(self) -> None:
        """Break the lines again for the new width, with the current row in view."""
        self._fill()
        for page in (self._page, *self._pages.values()):
            page.reveal(self._height)
        self._turn_to(self._page)

    def on_show(self) -> None:
        """Catch up with what was shown while the comparison itself was not."""
        self.on_resize()

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height - HEADER_LINES)

    def _reveal(self) -> None:
        self._page.reveal(self._height)
        self._turn_to(self._page)

    # What it looks like

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view; the header stays in place."""
        width = self.scrollable_content_region.width
        base = self._parts.base
        if not self._documents:
            return Strip.blank(width, base)
        if y < HEADER_LINES:
            return Strip(self._header(y, base)).adjust_cell_length(width, base)
        place = y - HEADER_LINES
        if self._locked:
            segments = self._level_segments(self._page, place, base)
        else:
            segments = []
            for column in self.columns_in_view():
                segments += self._between(segments, base)
                segments += self._level_segments(self._pages[column], place, base)
        return Strip(segments).adjust_cell_length(width, base)

    def _between(self, segments: Sequence[Segment], base: Style) -> list[Segment]:
        return [Segment(" " if self._locked else "│", base + self._parts["muted"])] if segments else []

    def _header(self, y: int, base: Style) -> list[Segment]:
        width, columns = self.column_width(), self.columns_in_view()
        segments: list[Segment] = []
        for column in columns:
            segments += self._between(segments, base)
            if y == HEADER_LINES - 1:
                rule = "━" if column == self._side else "─"
                segments.append(Segment(rule * (GUTTER_CELLS + width), base + self._parts["byline"]))
                continue
            document = self._documents[column]
            pointer = POINTER if column == self._side and y == 0 else " "
            hidden = column == columns[-1] and len(columns) < len(self._documents) and y == 0
            texts = (document.title or document.ref, document.byline, self._shares[column])
            more = f" +{len(self._documents) - len(columns)}" if hidden else ""
            style = base + self._parts[("title", "byline", "share")[y]]
            text = truncated(" ".join(texts[y].split()), width - len(more))
            segments.append(Segment(f"  {pointer} ", base + self._parts["gutter"]))
            segments += _padded(text, width - len(more), style, base)
            segments.append(Segment(more, base + self._parts["gutter"]))
        return segments

    def _level_segments(self, page: Page, place: int, base: Style) -> list[Segment]:
        width, number = self.column_width(), page.top + place
        cells_of_page = len(page.columns) * (GUTTER_CELLS + width + BETWEEN_CELLS) - BETWEEN_CELLS
        if number >= len(page.lines):
            return [Segment(" " * cells_of_page, base)]
        line = page.lines[number]
        if line.folded:
            text = f"{' ' * GUTTER_CELLS}⋯ {line.folded} left out ⋯"
            return [Segment(f"{text:<{cells_of_page}}"[:cells_of_page], base + self._parts["muted"])]
        current = line.row == page.current and (page is self._page or self._locked)
        under = base + self._parts["current"] if current else base
        segments: list[Segment] = []
        sides = line.sides or ((),) * len(page.columns)
        for column, pieces in zip(page.columns, sides, strict=True):
            segments += [Segment(" ", under)] if segments else []
            segments.append(self._gutter(line, column, under, current=current))
            segments += self._side_segments(pieces, column, width, under)
        return segments

    def _gutter(self, line: LevelLine, column: int, under: Style, *, current: bool) -> Segment:
        sign = self._sign(line.row, column) if line.first else ""
        pointer = POINTER if current and line.first and column == self._side else " "
        return Segment(f"{sign:<2}{pointer} ", under + self._parts["gutter"])

    def _sign(self, number: int, column: int) -> str:
        row = self._rows[number]
        side = row.sides[column]
        if side.span is None:
            return ""
        sign = side.sign
        if row.kind is RowKind.AGAIN:
            sign = REPEATED + sign
        elif row.kind is RowKind.ONLY and any(
            side.span.start <= start < side.span.end for start in self._alone[column]
        ):
            sign = ALONE + sign
        noted = next(self._notes[column].within(side.span.start, side.span.end), None)
        return (sign + NOTED if noted else sign)[:2]

    def _side_segments(self, pieces: Sequence[Piece], side: int, width: int, under: Style) -> list[Segment]:
        segments = []
        layers = (("mark", self._marks[side]), ("note", self._notes[side]), ("hit", self._hits[side]))
        for piece in pieces:
            parts = [(piece, under + self._parts[piece.role])]
            for name, marks in layers:
                parts = [
                    (part, style + self._parts[name] if marked else style)
                    for whole, style in parts
                    for part, marked in split_at_marks(whole, marks)
                ]
            segments += [Segment(shown(part.text), style) for part, style in parts]
        used = sum(cells(piece.text) for piece in pieces)
        return [*segments, Segment(" " * max(0, width - used), under)] if used < width else segments


def _padded(text: str, width: int, style: Style, base: Style) -> list[Segment]:
    fill = width - cells(text)
    return [Segment(text, style), *([Segment(" " * fill, base)] if fill > 0 else [])]
