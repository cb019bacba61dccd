"""The story as a whole: its summary, its sources, and what else its page held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sources.model import Ref
from tui.screens.library_rows import Signs
from tui.screens.pane import Pane
from tui.screens.read_view import document_of
from tui.screens.rows import source_table
from tui.widgets.line_list import LineList, Row
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from sources.model import RelatedStory, Span, Story

_PAGE_STRUCTURE = frozenset({"count", "number"})  # says nothing that the table does not say
WIDE = 150  # cells from which summary and sources stand side by side


class SummaryPane(Pane):
    """The summary, readable."""

    pane_title: ClassVar[str] = "Summary"
    hints = (("o", "open to note and search"), ("m", "maximise"), ("tab", "sources"))

    def compose(self) -> ComposeResult:
        """Lay out title, reader and notice."""
        yield self.heading
        yield Reader(id="story-summary")
        yield Static("This story has no summary.", id="story-no-summary", classes="notice", markup=False)


class ContentsPane(Pane):
    """Sources, related stories and muted lines in one list."""

    pane_title: ClassVar[str] = "Sources"
    hints = (("enter", "read"), ("space", "mark"), ("c", "compare"), ("m", "maximise"), ("q", "back"))

    def compose(self) -> ComposeResult:
        """Lay out title and list."""
        yield self.heading
        yield LineList(id="story-contents")


class StoryView(Container):
    """The overview of one story."""

    class Opened(Message):
        """A source was chosen."""

        def __init__(self, ref: Ref) -> None:
            super().__init__()
            self.ref = ref

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.story: Story | None = None
        self._signs = Signs()
        self._names: Mapping[Ref, str] = {}
        self._shown: tuple[str, int] | None = None  # the slug and its summary's version

    def compose(self) -> ComposeResult:
        """Lay out heading, summary and contents."""
        yield Static("", id="story-heading", markup=False)
        with Container(id="story-parts"):
            yield SummaryPane(id="summary-pane")
            yield ContentsPane(id="contents-pane")

    @property
    def contents(self) -> LineList:
        """Return the list."""
        return self.query_one("#story-contents", LineList)

    @property
    def highlighted_ref(self) -> Ref | None:
        """Return the source whose row is highlighted."""
        return Ref.parse(self.contents.highlighted_key or "")

    @property
    def summary_ref(self) -> Ref | None:
        """Return the summary that is shown."""
        return self.story.summary.ref if self.story and self.story.summary else None

    def show(self, story: Story, sentences: Sequence[Span], signs: Signs, names: Mapping[Ref, str]) -> None:
        """Show a story."""
        self.story, self._signs, self._names = story, signs, names
        words = sum(entry.words for entry in story.sources)
        counts = [_count(len(story.sources), "source"), _count(words, "word")]
        if story.related:
            counts.append(f"{len(story.related)} related")
        counts.append(f"added {story.added[:10]}")
        self.query_one("#story-heading", Static).update(
            Content.assemble(
                (story.title or story.slug, "bold"), "\n", (" · ".join([story.slug, *counts]), "dim")
            )
        )
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
            self.query_one(SummaryPane).heading.info = _count(len(sentences), "sentence")
        self.call_after_refresh(self._draw)

    def show_signs(self, signs: Signs, names: Mapping[Ref, str]) -> None:
        """Show what is open, marked and read by now; ``names`` are for sources without a title."""
        self._signs, self._names = signs, names
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Stand side by side where there is room, and lay the table out anew."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self.story is None or not self.display:
            return
        width = self.contents.size.width or self.size.width
        rows = source_table(self.story.sources, self._signs, width, self._names)
        if self.story.related:
            rows += [Row("blank:related", Content(""), disabled=True), _section("related", "Related stories")]
            rows += [_related_row(number, item) for number, item in enumerate(self.story.related)]
        muted = [line for line in self.story.muted if line.kind not in _PAGE_STRUCTURE]
        if muted:
            rows += [Row("blank:muted", Content(""), disabled=True), _section("muted", "Also on the page")]
            rows += [
                Row(f"muted:{number}", Content.styled(f"░ {line.text}", "dim"), hint=line.kind)
                for number, line in enumerate(muted)
            ]
        self.contents.set_rows(rows)
        self.query_one(ContentsPane).heading.info = f"{len(self.story.sources):,}"

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        ref = Ref.parse(message.key)
        if ref is not None:
            self.post_message(self.Opened(ref))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _section(key: str, title: str) -> Row:
    return Row(f"section:{key}", Content.styled(title, "bold"), disabled=True)


def _related_row(number: int, item: RelatedStory) -> Row:
    known = [_count(item.sources, "source") if item.sources else "", item.category, item.age]
    hint = " · ".join(part for part in known if part)
    return Row(f"related:{number}", Content(f"  {' '.join(item.text.split())}"), hint=hint)
