"""Reading: one source in the middle, or what to begin with when the library is empty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from sources.errors import QueryError
from sources.text.structure import structure_of
from tui.app.key_order import commands_of
from tui.app.views.library import short_ref
from tui.app.views.pane import Pane, bindings_for
from tui.app.widgets.reader import Reader, ReaderDocument
from tui.app.widgets.reader_dress import dress
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.actions import with_keys
from tui.services.links import links_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Source, Span

# What an empty library offers, with the commands whose keys stand beside. Its words say to somebody who has
# read nothing what this is.
WELCOME_WORDS = (
    "Read the sources of a story against each other: what each of them says, who copied whom, where they "
    "disagree. Search, compare, write notes, export. Everything stays on this machine.\n\n"
    "This library is empty."
)
WELCOME = (
    Row("tour", Content("Take the tour: ten steps with a demo story")),
    Row("open-demo", Content("Look at the demo story (fictional)")),
    Row("add", Content("Add files or folders…"), hint="{add}"),
    Row("help", Content("Help"), hint="{help}"),
    Row("quit-app", Content("Quit"), hint="{leave}"),
)
# What the demo's library offers when all was removed from it.
WELCOME_DEMO = (Row("open-library", Content("Open my library"), hint="{open-library}"), *WELCOME[2:])


class SourceReader(Reader):
    """The reader of the frame: hits and marks are stepped through across sources, by the frame.

    ``taken_keys`` are characters and names of keys that mean something else than usual while one labels.
    """

    taken_keys: frozenset[str] = frozenset()

    class KeyTaken(Message):
        """One of the keys that mean something else was pressed."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    async def _on_key(self, event: events.Key) -> None:
        taken = next((key for key in (event.key, event.character) if key in self.taken_keys), None)
        if taken is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.KeyTaken(taken))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave to the frame what may lead into another source."""
        if action == "next_hit" or (action == "mark_or_paragraph" and self.selection is None):
            return False
        return super().check_action(action, parameters)


class Welcome(Vertical):
    """What one sees first: a few words, and what can be done now."""

    def compose(self) -> ComposeResult:
        """Lay out words and offers."""
        yield Static("", id="welcome-name", markup=False)
        yield Static("", id="welcome-words", markup=False)
        yield VirtualList(id="welcome-list")

    def say(self, words: str, offers: Sequence[Row]) -> None:
        """Show words and offers; without words nothing at all."""
        self.query_one("#welcome-name", Static).update(Content("crossread" if words else ""))
        self.query_one("#welcome-words", Static).update(Content(words))
        self.query_one("#welcome-list", VirtualList).set_rows(
            [replace(row, hint=with_keys(row.hint, commands_of(self))) for row in offers]
        )


class ReadView(Pane):
    """The reader with its title line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("read")
    pane_title: ClassVar[str] = "Read"
    hints = (
        ("/", "search"), ("f", "find"), ("v", "select"), ("a", "note"), ("c", "compare"), ("e", "evidence"),
        ("W", "where else"),
    )  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out title, reader and welcome."""
        yield self.heading
        yield Static("", id="label-keys", markup=False)
        yield SourceReader(id="reader")
        yield Static("", id="peek", markup=False)
        yield Welcome(id="welcome")

    def on_mount(self) -> None:
        """Begin with neither text nor offers."""
        self.query_one("#label-keys").display = False
        self.query_one("#reader").display = False
        self.query_one("#peek").display = False

    reader = query_one(SourceReader)

    def show_label_keys(self, words: Content | None) -> None:
        """Say above the text which keys give which labels, or nothing."""
        line = self.query_one("#label-keys", Static)
        line.display = words is not None
        if words is not None:
            line.update(words)

    def peek(self, words: Content | None) -> None:
        """Show below the text what is known of a mark in it, as it may be shown, or nothing.

        The cursor stays in view.
        """
        peek = self.query_one("#peek", Static)
        peek.display = words is not None
        if words is not None:
            peek.update(words)
            self.call_after_refresh(lambda: self.reader.go_to(self.reader.cursor))

    @property
    def peeking(self) -> bool:
        """Tell whether it is shown what is known of a mark."""
        return bool(self.query_one("#peek").display)

    @property
    def welcoming(self) -> bool:
        """Tell whether the welcome is shown instead of a text."""
        return bool(self.query_one("#welcome").display)

    def wait(self) -> None:
        """Show nothing, since a text or the welcome will be there in a moment; the focus has its place."""
        self.welcome("", ())
        self.heading.title = ""

    def welcome(self, words: str, offers: Sequence[Row] = WELCOME) -> None:
        """Show the welcome instead of a text."""
        self.reader.display = False
        welcome = self.query_one(Welcome)
        welcome.display = True
        welcome.say(words, offers)
        self.heading.title = "Welcome"
        self.heading.info = ""

    def show(self, document: ReaderDocument, about: str) -> None:
        """Show a text; ``about`` stands at the end of the title line."""
        self.query_one("#welcome").display = False
        self.reader.display = True
        self.reader.show(without_title_twice(document))
        self.heading.title = short_ref(document.ref, 24)
        self.heading.info = about


def without_title_twice(document: ReaderDocument) -> ReaderDocument:
    """Return a document without its title where the text begins with it."""
    says_title = bool(document.title) and document.text.lstrip().startswith(document.title)
    return replace(document, title="") if says_title else document


def document_of(source: Source, sentences: Sequence[Span]) -> ReaderDocument:
    """Return a source as the reader shows it."""
    title = source.title or ("Summary" if source.ref.number is None else "")
    byline = " · ".join(part for part in (source.publisher, source.author, source.date, source.url) if part)
    return ReaderDocument(str(source.ref), title, byline, source.text, source.zones, tuple(sentences))


def dressed_document(source: Source, sentences: Sequence[Span]) -> ReaderDocument:
    """Return a source as the reader shows it, its structure drawn; in long texts it takes a while."""
    links = links_in(source)
    numbers = {link.start: link.number for link in links}
    shown = dress(source.text, structure_of(source), source.zones, numbers)
    return replace(document_of(source, sentences), dress=shown, links=links)


def hits_in(query: str, text: str, *, unfinished: bool) -> tuple[Span, ...]:
    """Return where a query's words are in a text; nothing for an invalid query."""
    from tui.services.queries import spans_in

    try:
        return spans_in(query, text, unfinished=unfinished) if query.strip() else ()
    except QueryError:
        return ()
