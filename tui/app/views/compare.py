"""Comparing: two to four sources side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui.app.key_order import key_of
from tui.app.views.library import short_ref
from tui.app.views.pane import Pane, bindings_for
from tui.app.widgets.comparison import ComparisonPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.evidence.multi_alignment import Columns
    from tui.app.widgets.reader import ReaderDocument

LEGEND = "= same  ~ edited  ≈ in other words  ∩ in part  ↕ moved  ↺ said before  ! nowhere else  ● note"


class CompareView(Pane):
    """The aligned texts, how much they share, and which of the marked they are."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("compare")
    pane_title: ClassVar[str] = "Compare"
    hints = (
        ("n N", "differences"), ("] [", "pairs"), ("f", "differences alone"), ("!", "only here"),
        ("=", "scroll lock"), ("s", "base"), ("W", "where else"),
    )  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out title, aligned texts and the notice for when there are none."""
        yield self.heading
        yield ComparisonPane(id="aligned")
        yield Static(LEGEND, id="compare-legend", markup=False)
        yield Static("", id="compare-notice", classes="notice", markup=False)

    def on_mount(self) -> None:
        """Begin with the notice."""
        self.notice(self.nothing)

    @property
    def nothing(self) -> str:
        """What to say while nothing is compared."""
        mark, compare = key_of(self, "mark"), key_of(self, "compare")
        return (
            "Nothing is being compared.\n\n"
            f"Mark sources in the library with {mark}, then press {compare}: up to four stand side by side. "
            f"With one marked, {compare} compares it with the one that is open."
        )

    aligned = query_one(ComparisonPane)  # the view of the two texts

    def notice(self, words: str) -> None:
        """Say something instead of showing texts."""
        self.aligned.display = self.query_one("#compare-legend").display = False
        line = self.query_one("#compare-notice", Static)
        line.display = True
        line.update(Content(words))
        self.heading.title, self.heading.info = "Compare", ""

    def show(self, documents: Sequence[ReaderDocument], columns: Columns, which: str) -> None:
        """Show texts; ``which`` tells which of several choices it is."""
        self.query_one("#compare-notice").display = False
        self.aligned.display = self.query_one("#compare-legend").display = True
        self.aligned.show(documents, columns)
        first, *rest = (document.ref for document in documents)
        story = first.rpartition("/")[0]
        short = len(rest) > 1 and all(ref.rpartition("/")[0] == story for ref in rest)
        others = [ref.rpartition("/")[2] if short else short_ref(ref, 24) for ref in rest]
        self.heading.title = f"{' ↔ '.join([short_ref(first, 24), *others])}{which}"
        self.heading.info = ""
