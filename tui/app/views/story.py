"""The story as a whole: a page of boxes, with its summary, its sources, and what is known from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, Horizontal, ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from sources.model import Ref
from tui.app.views.audit_box import AuditBox
from tui.app.views.evidence_boxes import CreditsBox, FiguresBox, QuotesBox, TimelineBox
from tui.app.views.library import Signs, source_table
from tui.app.views.lineage import LineageBox, OddNamesBox, OriginsBox, OverlapBox, TreeBox, counts_line
from tui.app.views.pane import FULL, ListPane, Pane, PaneTitle, blank, section, set_class_for, wrapped
from tui.app.views.read import dressed_document
from tui.app.widgets.matrix import Matrix
from tui.app.widgets.reader import Mark, MarkKind, Reader
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from sources.evidence.lineage import Lineage
    from sources.model import RelatedStory, Span, Story
    from tui.app.views.pane import Passages
    from tui.services.audit import Audited

_PAGE_STRUCTURE = frozenset({"count", "number"})  # says nothing that the table does not say
_EMPTY = "-empty"  # the class of a box that a story has nothing for
_COLUMN = 42  # cells that a box has at least where two or more stand side by side
_MOST_COLUMNS = 3
_LEAST_LINES, _MOST_LINES = 6, 18  # that a box may have on the page, its title with them
_SHARE = 2 / 5  # of the page that one box may have
_LOW = 30  # lines below which the heading has one or two of them
_NAMED = 70  # cells from which the line of the views names the story


class SummaryPane(Pane):
    """The summary, readable."""

    pane_title: ClassVar[str] = "Summary"
    hints = (
        ("}", "next citation"),
        ("enter", "open it"),
        ("o", "open to note and search"),
        ("tab", "sources"),
    )

    def compose(self) -> ComposeResult:
        """Lay out title and reader."""
        yield self.heading
        yield Reader(id="story-summary")


class ContentsPane(ListPane):
    """Sources, related stories and muted lines in one list."""

    pane_title: ClassVar[str] = "Sources"
    hints = (("enter", "read"), ("space", "mark"), ("c", "compare"), ("Z", "maximise"))
    list_id = "story-contents"

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._story: Story | None = None
        self._signs = Signs()
        self._names: Mapping[Ref, str] = {}
        self._related: Sequence[str | None] = ()

    def show(
        self, story: Story, related: Sequence[str | None], signs: Signs, names: Mapping[Ref, str]
    ) -> None:
        """Show what a story holds; ``names`` are for sources without a title.

        ``related`` are the slugs of its related stories, of those that are in the library.
        """
        self._story, self._related, self._signs, self._names = story, related, signs, names
        self._draw()
        self.post_message(self.Filled())

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.listing.scrollable_content_region.width
        if self._story is None or not width:
            return
        rows = source_table(self._story.sources, self._signs, width, self._names)
        if self._story.related:
            rows += [blank("related"), section("related", "Related stories")]
            known = enumerate(zip(self._story.related, self._related, strict=True))
            rows += [_related_row(number, item, slug) for number, (item, slug) in known]
        muted = [line for line in self._story.muted if line.kind not in _PAGE_STRUCTURE]
        if muted:
            rows += [blank("muted"), section("muted", "Also on the page")]
            rows += [
                Row(f"muted:{number}", Content.styled(f"░ {line.text}", "dim"), hint=line.kind)
                for number, line in enumerate(muted)
            ]
        self.listing.set_rows(rows)
        self.heading.info = f"{len(self._story.sources):,}"


# The boxes in their order: what a story is, then what is asked first of it.
_BOXES: dict[str, type[Pane]] = {
    "summary-pane": SummaryPane,
    "contents-pane": ContentsPane,
    "audit": AuditBox,
    "origins": OriginsBox,
    "figures": FiguresBox,
    "quotes": QuotesBox,
    "lineage": TreeBox,
    "overlap": OverlapBox,
    "odd-names": OddNamesBox,
    "credits": CreditsBox,
    "timeline": TimelineBox,
}
_OF_SEVERAL = ("lineage", "overlap", "odd-names")  # boxes that a story of one source has nothing for


class StoryPage(ScrollableContainer, can_focus=False):
    """What scrolls the boxes into view; the keys are those of the boxes."""


class StoryView(Container):
    """The overview of one story."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.story: Story | None = None
        self._related: Sequence[str | None] = ()
        self._shown: tuple[str, int] | None = None  # the slug and its summary's version
        self._counts = ""
        self._lineage: Lineage | None = None
        self._full = False
        self._fitting = False  # the boxes are about to get their heights again
        self.has_boxes = False  # they can be shown
        self.keys_of_boxes: Mapping[str, str] = {}  # by the ids of the boxes
        self.summary_audit: Audited | None = None

    def compose(self) -> ComposeResult:
        """Lay out the heading and the page; the boxes come when they are first wanted."""
        yield Static("", id="story-heading", markup=False)
        with StoryPage(id="story-page"):
            yield Container(id="story-boxes")
        yield Static("", id="story-below", markup=False)

    async def make_boxes(self) -> None:
        """Make the boxes, once."""
        boxes = self.query_one("#story-boxes")
        if not boxes.children:
            made = [box(id=name) for name, box in _BOXES.items()]
            for box in made:
                box.heading.key = self.keys_of_boxes.get(box.id or "", "")
            await boxes.mount_all(made)
            self.has_boxes = True
            self.watch(self.query_one(StoryPage), "scroll_y", self._tell_below, init=False)

    @property
    def parts(self) -> list[Pane]:
        """Return the boxes that the story has anything for, in their order."""
        return [box for box in self.query(Pane) if not box.has_class(_EMPTY)]

    @property
    def contents(self) -> VirtualList:
        """Return the list."""
        return self.query_one(ContentsPane).listing

    @property
    def highlighted_ref(self) -> Ref | None:
        """Return the source whose row is highlighted."""
        return Ref.parse(self.contents.highlighted_key or "")

    @property
    def summary_ref(self) -> Ref | None:
        """Return the summary that is shown."""
        return self.story.summary.ref if self.story and self.story.summary else None

    def show(
        self,
        story: Story,
        sentences: Sequence[Span],
        related: Sequence[str | None],
        signs: Signs,
        names: Mapping[Ref, str],
    ) -> None:
        """Show a story with the ``sentences`` of its summary; ``related`` as the list has it."""
        another = self.story is None or self.story.slug != story.slug
        self.story, self._related = story, related
        if another:
            self._lineage = None
            self.query_one(StoryPage).scroll_home(animate=False)
        words = sum(entry.words for entry in story.sources)
        counts = [counted(words, "word"), f"added {story.added[:10]}", story.slug]
        if story.related:
            counts.insert(1, f"{len(story.related)} related")
        self._counts = " · ".join(counts)
        for name in _OF_SEVERAL:
            self.query_one(f"#{name}").set_class(len(story.sources) < 2, _EMPTY)
        self.query_one(SummaryPane).set_class(story.summary is None, _EMPTY)
        self._head()
        reader = self.query_one("#story-summary", Reader)
        if story.summary is not None:
            shown = (story.slug, story.summary.version)
            if shown != self._shown:
                # The heading above says the title already.
                reader.show(replace(dressed_document(story.summary, sentences), title="", byline=""))
            self._shown = shown
            self.query_one(SummaryPane).heading.info = counted(len(sentences), "sentence")
        self.call_after_refresh(self.show_signs, signs, names)

    def show_signs(self, signs: Signs, names: Mapping[Ref, str]) -> None:
        """Show what is open, marked and read by now; ``names`` are for sources without a title."""
        if self.story is not None:
            self.query_one(ContentsPane).show(self.story, self._related, signs, names)

    def _head(self) -> None:
        story = self.story
        if story is None:
            return
        several = len(story.sources) > 1
        told = (
            counts_line(self._lineage) if self._lineage and several else counted(len(story.sources), "source")
        )
        title = Content.styled(story.title or story.slug, "bold")
        total, more = Content.styled(told, "bold $primary"), Content.styled(self._counts, "dim")
        lines = [title, total, more]
        if self.size.height < _LOW:
            # The line of the views has the title, where that has room for one.
            lines = [*([title] if self.size.width < _NAMED else []), Content(" · ").join((total, more))]
            lines = [line.truncate(max(1, self.size.width - 4), ellipsis=True) for line in lines]
        self.query_one("#story-heading", Static).update(Content("\n").join(lines))
        self._fit_soon()

    @on(Pane.Filled)
    def _fit_soon(self) -> None:
        """Give the boxes the heights that they want by now, once for all that came together."""
        if not self._fitting:
            self._fitting = True
            self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Give the boxes the room that the heading leaves."""
        self._fitting = False
        if not self._full:
            self.lay_out(None)

    def show_audit(self, audited: Audited | None, passages: Passages) -> None:
        """Show an audit; the markers of a summary become links. None where there is no text to audit."""
        self.query_one(AuditBox).show_audit(audited, passages)
        if audited is not None and audited.is_draft:
            return
        self.summary_audit = audited
        markers = [one.sentence.marker for one in audited.sentences] if audited is not None else []
        marks = [
            Mark(*marker.span, MarkKind.CITATION)
            for marker in markers
            if marker is not None and marker.chosen
        ]
        reader = self.query_one("#story-summary", Reader)
        reader.chosen_kinds = frozenset({MarkKind.CITATION})
        reader.set_marks(MarkKind.CITATION, marks)

    # Lineage

    def show_lineage(
        self, lineage: Lineage, titles: Mapping[Ref, str], *, another_choice: bool = False
    ) -> None:
        """Show who stems from whom; ``titles`` are those of the story's sources.

        ``another_choice`` offers to choose again which sources are meant.
        """
        self._lineage = lineage
        self._head()
        for box in self.query(LineageBox):
            box.show(lineage, titles)
        if another_choice:
            self.query_one(OriginsBox).offer_choice()
        self._fit_soon()

    def tell_lineage(self, words: str) -> None:
        """Say how far the answer is, or why there is none."""
        for box in self.query(LineageBox):
            box.wait(words)
        self._fit_soon()

    def ask_scope(self, words: str, choices: Sequence[Row]) -> None:
        """Ask which sources of a large story are to be held against each other."""
        self._lineage = None
        self._head()
        self.tell_lineage("Choose in the box of origins which sources are meant.")
        self.query_one(OriginsBox).ask_scope(words, choices)

    # Laying out

    def lay_out(self, kept: Pane | None) -> None:
        """Give the boxes their places; ``kept`` has all the room if it is one of them."""
        was_full, self._full = self._full, kept is not None and kept in self.query(Pane)
        heading, boxes = self.query_one("#story-heading"), self.query_one("#story-boxes")
        below = self.query_one("#story-below")
        set_class_for(self, FULL, self._full, heading, self.query_one(StoryPage), boxes, below)
        width, height = self.size
        columns = 1 if self._full else max(1, min(_MOST_COLUMNS, width // _COLUMN))
        boxes.styles.grid_size_columns = columns
        if self._full:
            boxes.styles.grid_rows = "1fr"
            return
        if was_full:
            self.call_after_refresh(self._back_to_box)
        page = max(1, height - heading.outer_size.height - 1)
        shown = [box for box in boxes.children if box.display]
        wanted = [lines_of(box, width // columns - 2) for box in shown]
        rows = [max(wanted[at : at + columns]) for at in range(0, len(wanted), columns)]
        boxes.styles.grid_rows = " ".join(str(lines) for lines in row_heights(rows, page)) or "1fr"
        self.call_after_refresh(self._tell_below)

    def _tell_below(self) -> None:
        """Name the boxes that begin below what is seen of the page."""
        page, line = self.query_one(StoryPage), self.query_one("#story-below", Static)
        bottom = page.scroll_offset.y + page.size.height - 1
        below = [box for box in self.query(Pane) if box.display and box.virtual_region.y >= bottom]
        names = (f"{box.heading.key} {box.heading.title}".strip() for box in below)
        told = Content(f"▾ {' · '.join(names)}" if below else "")
        line.update(told.truncate(max(1, line.content_size.width), ellipsis=True))

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Bring the whole box that has the focus into view, with its title."""
        self._back_to_box()

    def _back_to_box(self) -> None:
        """Bring the box that was at full size back into view."""
        focused = self.screen.focused
        for box in self.query(Pane):
            if focused is not None and not self._full and box in focused.ancestors_with_self:
                box.scroll_visible(animate=False)

    def on_resize(self, _event: events.Resize) -> None:
        """Give the boxes their places again, and the heading its lines."""
        self._head()


def lines_of(widget: Widget, width: int) -> int:
    """Return how many lines a widget of the page would fill, ``width`` cells wide."""
    match widget:
        case VirtualList():
            placeholder = widget.placeholder
            return len(widget.rows) or (len(wrapped(Content(placeholder), width)) if placeholder else 0)
        case Matrix():
            return widget.placing().heading + widget.row_count
        case Reader():
            return widget.virtual_size.height
        case PaneTitle():
            return 1
        case Static():
            most = widget.styles.max_height
            lines = widget.styles.padding.height + sum(
                len(wrapped(line, width - widget.styles.padding.width))
                for line in Content(str(widget.content)).split()
            )
            return min(lines, int(most.value)) if most else lines
    parts = [lines_of(child, width) for child in widget.children if child.display]
    return max(parts, default=0) if isinstance(widget, Horizontal) else sum(parts)


def row_heights(wanted: Sequence[int], page: int) -> list[int]:
    """Return the lines of each row of boxes, of which a page has so many lines.

    No row has more than it wants, or than its share of the page while the others fill it.
    """
    most = max(_LEAST_LINES, min(_MOST_LINES, int(page * _SHARE)))
    heights = [max(2, min(lines, most)) for lines in wanted]
    for place, lines in enumerate(wanted):
        heights[place] += max(0, min(lines - heights[place], page - sum(heights)))
    return heights


def _related_row(number: int, item: RelatedStory, slug: str | None) -> Row:
    known = [counted(item.sources, "source") if item.sources else "", item.category, item.age]
    hint = " · ".join(part for part in (*known, f"here as {slug}" if slug else "") if part)
    key = f"related:{number}" if slug is None else f"related:{number}:{slug}"
    return Row(key, Content(f"  {' '.join(item.text.split())}"), hint=hint)


def related_story(key: str) -> str | None:
    """Return the story of the library that the row of a related story leads to."""
    kind, _, rest = key.partition(":")
    return rest.partition(":")[2] or None if kind == "related" else None
