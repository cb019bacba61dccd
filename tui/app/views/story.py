"""The story as a whole: a page of boxes, with its summary, its sources, and what is known from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from sources.model import Ref
from tui.app.views.audit_box import AuditBox
from tui.app.views.evidence_boxes import CreditsBox, FiguresBox, QuotesBox, TimelineBox
from tui.app.views.library import Signs, source_table
from tui.app.views.lineage import LineageBox, OddNamesBox, OriginsBox, OverlapBox, TreeBox, counts_line
from tui.app.views.pane import FULL, ListPane, Pane, blank, section, set_class_for
from tui.app.views.read import document_of
from tui.app.widgets.reader import Mark, MarkKind, Reader
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from sources.evidence.lineage import Lineage
    from sources.model import RelatedStory, Span, Story
    from tui.app.views.pane import Passages
    from tui.services.audit import Audited

_PAGE_STRUCTURE = frozenset({"count", "number"})  # says nothing that the table does not say
_COLUMN = 42  # cells that a box has at least where two or more stand side by side
_MOST_COLUMNS = 3
_LEAST_LINES = 9  # of a box


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
        """Lay out title, reader and notice."""
        yield self.heading
        yield Reader(id="story-summary")
        yield Static("This story has no summary.", id="story-no-summary", classes="notice", markup=False)


class ContentsPane(ListPane):
    """Sources, related stories and muted lines in one list."""

    pane_title: ClassVar[str] = "Sources"
    hints = (("enter", "read"), ("space", "mark"), ("c", "compare"), ("m", "maximise"), ("q", "back"))
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

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.listing.size.width
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


_BOXES: dict[str, type[Pane]] = {
    "summary-pane": SummaryPane,
    "contents-pane": ContentsPane,
    "audit": AuditBox,
    "origins": OriginsBox,
    "overlap": OverlapBox,
    "lineage": TreeBox,
    "odd-names": OddNamesBox,
    "figures": FiguresBox,
    "quotes": QuotesBox,
    "credits": CreditsBox,
    "timeline": TimelineBox,
}


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
        self.has_boxes = False  # they can be shown
        self.summary_audit: Audited | None = None

    def compose(self) -> ComposeResult:
        """Lay out the heading and the page; the boxes come when they are first wanted."""
        yield Static("", id="story-heading", markup=False)
        with StoryPage(id="story-page"):
            yield Container(id="story-boxes")

    async def make_boxes(self) -> None:
        """Make the boxes, once."""
        boxes = self.query_one("#story-boxes")
        if not boxes.children:
            await boxes.mount_all(box(id=name) for name, box in _BOXES.items())
            self.has_boxes = True

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
        counts = [counted(len(story.sources), "source"), counted(words, "word")]
        if story.related:
            counts.append(f"{len(story.related)} related")
        counts.append(f"added {story.added[:10]}")
        self._counts = " · ".join([story.slug, *counts])
        self._head()
        reader = self.query_one("#story-summary", Reader)
        reader.display = story.summary is not None
        self.set_class(story.summary is None, "-no-summary")
        self.query_one("#story-no-summary").display = story.summary is None
        if story.summary is not None:
            shown = (story.slug, story.summary.version)
            if shown != self._shown:
                # The heading above says the title already.
                reader.show(replace(document_of(story.summary, sentences), title="", byline=""))
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
        told = counts_line(self._lineage) if self._lineage else ""
        self.query_one("#story-heading", Static).update(
            Content.assemble(
                (story.title or story.slug, "bold"),
                "\n",
                (self._counts, "dim"),
                "\n",
                (told, "bold $primary"),
            )
        )

        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Give the boxes the room that the heading leaves."""
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

    def tell_lineage(self, words: str) -> None:
        """Say how far the answer is, or why there is none."""
        for box in self.query(LineageBox):
            box.wait(words)

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
        set_class_for(self, FULL, self._full, heading, self.query_one(StoryPage), boxes)
        width, height = self.size
        columns = 1 if self._full else max(1, min(_MOST_COLUMNS, width // _COLUMN))
        boxes.styles.grid_size_columns = columns
        if self._full:
            boxes.styles.grid_rows = "1fr"
            return
        if was_full:
            self.call_after_refresh(self._back_to_box)
        page = max(1, height - heading.outer_size.height - 1)
        rows = -(-len(self.query(Pane)) // columns)
        fitting = max(1, min(rows, page // (_LEAST_LINES + columns)))
        boxes.styles.grid_rows = str(max(_LEAST_LINES, page // fitting))

    def _back_to_box(self) -> None:
        """Bring the box that was at full size back into view."""
        focused = self.screen.focused
        if focused is not None and focused in self.query("*"):
            focused.scroll_visible(animate=False)

    def on_resize(self, _event: events.Resize) -> None:
        """Give the boxes their places again."""
        self._fit()


def _related_row(number: int, item: RelatedStory, slug: str | None) -> Row:
    known = [counted(item.sources, "source") if item.sources else "", item.category, item.age]
    hint = " · ".join(part for part in (*known, f"here as {slug}" if slug else "") if part)
    key = f"related:{number}" if slug is None else f"related:{number}:{slug}"
    return Row(key, Content(f"  {' '.join(item.text.split())}"), hint=hint)


def related_story(key: str) -> str | None:
    """Return the story of the library that the row of a related story leads to."""
    kind, _, rest = key.partition(":")
    return rest.partition(":")[2] or None if kind == "related" else None
