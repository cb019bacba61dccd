"""The boxes of what the sources of a story tell: figures side by side, quotes and their variants, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from sources.model import Ref
from tui.app.key_order import commands_of
from tui.app.messages import OpenSource
from tui.app.views.pane import Passages, StoryBox
from tui.app.views.story_rows import (
    chain_lines,
    chain_rows,
    drift_count,
    family_lines,
    family_rows,
    place_of,
    timeline_rows,
)
from tui.app.views.text_evidence import in_order_of_note, said_by, value_rows
from tui.app.widgets.matrix import Matrix, ValueMatrix
from tui.app.widgets.virtual_list import VirtualList
from tui.services.actions import with_keys
from tui.services.wording import short_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.timeline import Event
    from tui.app.views.pane import Hints
    from tui.app.widgets.virtual_list import Row

FIGURE_LEGEND = "≠ differs  → changed  = agree  ≈ copied words  ~ about  ≥ ≤ at least, most"
CREDIT_LEGEND = "the origin on top, under each voice who cites it   ! stronger than its source"
QUOTE_LEGEND = "= whole  … part  + joined  ≈ copied  ! speaker  {+altered+}  [-left out-]"


class EvidenceBox(StoryBox):
    """A box of evidence: what it shows waits for the survey of the story; a foot says more of a choice.

    ``nothing`` is said where the sources tell nothing of the kind. A box says what comes first (``ordered``),
    what its title line tells (``told``), and which rows it has (``rows_for``).
    """

    legend: ClassVar[str] = ""
    nothing: ClassVar[str] = ""
    passages: Passages = Passages()
    _found: Sequence[Any] = ()
    _drawn: tuple[bool, int] | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, notice, contents, foot and legend."""
        yield self.heading
        yield Static("", classes="notice", markup=False)
        yield from self.contents()
        yield Static("", classes="box-foot", markup=False)
        yield Static(self.legend, classes="box-legend", markup=False)

    def contents(self) -> ComposeResult:
        """Lay out what is between title and foot."""
        yield VirtualList(id=self.list_id)

    def show(self, found: Sequence[Any], passages: Passages) -> None:
        """Show what was found in the sources."""
        self._found, self.passages = self.ordered(found), passages
        self.tell("" if found else with_keys(self.nothing, commands_of(self)))
        self.heading.info = self.told()
        self.draw_again()
        self.post_message(self.Filled())

    def ordered(self, found: Sequence[Any]) -> Sequence[Any]:
        """Return what was found in the order in which it is listed."""
        return found

    def told(self) -> str:
        """Return what the title line tells of it."""
        return str(len(self._found))

    def wait(self, words: str) -> None:
        """Say that nothing is known yet, or why nothing can be."""
        self.heading.info = ""
        self.tell(words)

    @property
    def waiting(self) -> bool:
        """Tell whether words stand in place of what the box is to show."""
        return bool(self.query_one(".notice", Static).display)

    def tell(self, words: str) -> None:
        """Show words in place of the contents; nothing shows the contents."""
        notice = self.query_one(".notice", Static)
        notice.update(Content(words))
        notice.display = bool(words)
        for part in self.query("ValueMatrix, .box-foot"):
            part.display = not words
        if not words and self.full and self.screen.focused is None:  # it was opened before it could be read
            self.call_after_refresh(lambda: self.screen.set_focus(self.focus_target))
        self.post_message(self.Filled())

    def rows_for(self, width: int) -> list[Row] | None:
        """Return the rows for ``width`` cells; None where they are the same at every width."""
        del width
        return None

    def draw_again(self) -> None:
        """Draw what is to be shown by now."""
        self._drawn = None
        self._draw()

    def _draw(self) -> None:
        """Draw the rows for the present size, unless they are drawn for it already."""
        width = next((listing.scrollable_content_region.width for listing in self.query(VirtualList)), 0)
        drawn = (self.full, width if self.full else 0)
        if drawn == self._drawn or self.waiting:
            return
        rows = self.rows_for(width or self.size.width)
        if rows is not None:
            self._drawn = drawn
            self.listing.set_rows(rows)

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self._draw)

    def say_more(self, words: Content) -> None:
        """Show words at the foot."""
        self.query_one(".box-foot", Static).update(words)

    def passage(self, ref: Ref, start: int, end: int) -> Content:
        """Return the sentence at a place, what stands there bold, behind the name of its source."""
        said, begin = self.passages.sentence(ref, start)
        words = Content(said.replace("\n", " ")).stylize("bold underline", start - begin, end - begin)
        return Content.assemble((f"{self.passages.name(ref, (start, end))}: ", "$accent"), words)

    def choose(self, key: str) -> None:
        """Open the place that a row names."""
        place = self.place_at(key)
        if place is not None:
            self.ask(OpenSource(*place))

    def place_at(self, key: str) -> tuple[Ref, int] | None:
        """Return the source and the offset that a row names."""
        place = place_of(key)
        ref = Ref.parse(place[0]) if place else None
        return None if place is None or ref is None else (ref, place[1])

    @property
    def place(self) -> tuple[Ref, int] | None:
        """The source and the offset of what is highlighted."""
        return self.place_at(self.listing.highlighted_key or "")


def _counted(found: Sequence[Any], sign: str, holds: Callable[[Any], object], unit: str = "") -> str:
    """Return how many were found, and for how many of them something holds."""
    some = sum(bool(holds(one)) for one in found)
    return f"{len(found)}{unit}, {some} {sign}" if some else f"{len(found)}{unit}"


def _disputed(found: MatrixRow | Event) -> bool:
    return str(found.status) == "conflict"


class FiguresBox(EvidenceBox):
    """The figure matrix: a row for what is measured, a column for each source."""

    pane_title: ClassVar[str] = "Figures"
    full_hints: ClassVar[Hints] = (("enter", "read the passage"), ("n N", "next conflict"), ("esc", "page"))
    legend = FIGURE_LEGEND
    nothing = "No figures in this story."
    _found: Sequence[MatrixRow] = ()

    def contents(self) -> ComposeResult:
        """Lay out the matrix."""
        yield ValueMatrix(id="figures-matrix")

    matrix = query_one(ValueMatrix)

    def ordered(self, found: Sequence[MatrixRow]) -> Sequence[MatrixRow]:
        """Return the rows, the disputed ones first."""
        return in_order_of_note(found)

    def told(self) -> str:
        """Return how many rows there are, and how many of them are disputed."""
        return _counted(self._found, "≠", _disputed, " rows")

    def draw_again(self) -> None:
        """Lay the figures out."""
        heads = list(map(short_number, self.passages.refs))
        self.matrix.show(heads, value_rows(self._found, self.passages.refs))
        self._describe()

    def _said(self) -> list[tuple[MatrixValue, MatrixMention]]:
        if not self._found or not self.passages.refs:
            return []
        row = self._found[min(self.matrix.row, len(self._found) - 1)]
        return said_by(row, self.passages.refs[self.matrix.column])

    def _describe(self) -> None:
        said = self._said()
        if said:
            value, mention = said[0]
            status = self._found[self.matrix.row].status
            told = "differs: " if value.dissents else ""
            foot = self.passage(mention.ref, mention.start, mention.end)
            self.say_more(Content.assemble((f"{status}  ", "bold"), (told, "bold $error"), foot))
        elif self._found:
            ref = self.passages.refs[self.matrix.column]
            self.say_more(Content.styled(f"{self.passages.name(ref)}: does not mention it", "dim"))

    @on(Matrix.Moved)
    def _moved(self, message: Matrix.Moved) -> None:
        message.stop()
        self._describe()

    @on(Matrix.Chosen)
    def _cell_chosen(self, message: Matrix.Chosen) -> None:
        message.stop()
        self.enter("cell")

    def choose(self, key: str) -> None:
        """Open the passage of the cell under the cursor."""
        del key
        if self.place is not None:
            self.ask(OpenSource(*self.place))

    @property
    def place(self) -> tuple[Ref, int] | None:
        """The source and the offset of the cell under the cursor."""
        return next(((mention.ref, mention.start) for _, mention in self._said()), None)


class QuotesBox(EvidenceBox):
    """What is quoted: a line for each utterance; at full size its variants, level with it."""

    pane_title: ClassVar[str] = "Quotes"
    full_hints: ClassVar[Hints] = (("enter", "read the passage"), ("esc", "page"))
    list_id = "quotes-list"
    legend = QUOTE_LEGEND
    nothing = "Nobody is quoted in this story."
    _found: Sequence[QuoteFamily] = ()

    def ordered(self, found: Sequence[QuoteFamily]) -> Sequence[QuoteFamily]:
        """Return the families, those of most sources first."""
        return sorted(found, key=lambda family: -_sources(family))

    def told(self) -> str:
        """Return how many families there are, and how many are in several sources."""
        return _counted(self._found, "in several", lambda family: _sources(family) > 1)

    def rows_for(self, width: int) -> list[Row]:
        """Return the families, at full size with their variants."""
        return (
            family_rows(self._found, self.passages.texts, width) if self.full else family_lines(self._found)
        )


def _sources(family: QuoteFamily) -> int:
    return len({variant.ref for variant in family.variants})


class CreditsBox(EvidenceBox):
    """Who is credited for what: a line for each claim; at full size the tree of those who tell it."""

    pane_title: ClassVar[str] = "Attribution chains"
    full_hints: ClassVar[Hints] = (("enter", "read the credit"), ("esc", "page"))
    list_id = "credits-list"
    legend = CREDIT_LEGEND
    nothing = "No source of this story cites another."
    _found: Sequence[CreditChain] = ()

    def ordered(self, found: Sequence[CreditChain]) -> Sequence[CreditChain]:
        """Return the chains, those in which a claim grew first."""
        return sorted(found, key=lambda chain: -drift_count(chain))

    def told(self) -> str:
        """Return how many chains there are, and in how many a claim is overstated."""
        return _counted(self._found, "overstated", drift_count)

    def rows_for(self, width: int) -> list[Row]:
        """Return the chains, as trees at full size."""
        return chain_rows(self._found, width) if self.full else chain_lines(self._found)


class TimelineBox(EvidenceBox):
    """What happened when, with conflicting dates side by side."""

    pane_title: ClassVar[str] = "Timeline"
    full_hints: ClassVar[Hints] = (("enter", "read the sentence"), ("esc", "page"))
    list_id = "timeline-list"
    nothing = "No dates in this story."
    _found: Sequence[Event] = ()

    def told(self) -> str:
        """Return how many events there are, and how many of them are disputed."""
        return _counted(self._found, "≠", _disputed)

    def draw_again(self) -> None:
        """List the events."""
        self.listing.set_rows(timeline_rows(self._found))
        self._describe()

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        self._describe()

    def _describe(self) -> None:
        """Show the whole sentence of the highlighted row, and why a date is left open."""
        place = place_of(self.listing.highlighted_key or "")
        for event in self._found if place else ():
            for mention in event.mentions:
                if (str(mention.ref), mention.start) == place:
                    why = f"  ({mention.open_because})" if mention.open_because else ""
                    said = self.passage(mention.ref, mention.start, mention.end)
                    self.say_more(said.append(Content.styled(why, "dim")))
                    return
