"""Comparing: two sources side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Static

from tui.screens.library_rows import short_ref
from tui.screens.pane import Pane, bindings_for
from tui.widgets.aligned import AlignedView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.evidence.alignment import Alignment
    from tui.widgets.reader import ReaderDocument

NOTHING = (
    "Nothing is being compared.\n\n"
    "Mark sources in the library with space, up to four, then press c. "
    "With one marked, c compares it with the one that is open."
)


class CompareView(Pane):
    """The aligned texts of a pair, how much they share, and which pair of the marked it is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("compare")
    pane_title: ClassVar[str] = "Compare"
    hints = (("d", "next difference"), ("p", "other pair"), ("s", "swap"), ("e", "evidence"), ("q", "back"))

    def compose(self) -> ComposeResult:
        """Lay out title, aligned texts and the notice for when there are none."""
        yield self.heading
        yield AlignedView(id="aligned")
        yield Static(NOTHING, id="compare-notice", classes="notice", markup=False)

    def on_mount(self) -> None:
        """Begin with the notice."""
        self.notice(NOTHING)

    @property
    def aligned(self) -> AlignedView:
        """Return the view of the two texts."""
        return self.query_one(AlignedView)

    def notice(self, words: str) -> None:
        """Say something instead of showing texts."""
        self.aligned.display = False
        line = self.query_one("#compare-notice", Static)
        line.display = True
        line.update(Content(words))
        self.heading.title, self.heading.info = "Compare", ""

    def show(self, left: ReaderDocument, right: ReaderDocument, alignment: Alignment, which: str) -> None:
        """Show two texts; ``which`` tells which pair of several it is."""
        self.query_one("#compare-notice").display = False
        self.aligned.display = True
        self.aligned.show(left, right, alignment)
        self.heading.title = f"{short_ref(left.ref, 24)} ↔ {short_ref(right.ref, 24)}{which}"
        self.heading.info = ""
