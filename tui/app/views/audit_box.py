"""The box of the audit: each sentence of the summary or of a draft, and what the sources say of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from sources.evidence.audit import Verdict
from tui.app.messages import RefreshStatus
from tui.app.views.audit_rows import (
    SIGNS,
    beside_rows,
    check_rows,
    marked_words,
    remarks,
    sentence_of,
    sentence_rows,
    with_marks,
)
from tui.app.views.evidence_boxes import EvidenceBox
from tui.app.views.pane import bindings_for
from tui.app.views.story_rows import place_of
from tui.app.widgets.virtual_list import VirtualList
from tui.services.wording import flat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.evidence.audit import Check
    from tui.app.views.pane import Hints, Passages
    from tui.app.widgets.virtual_list import Row
    from tui.services.audit import Audited, SentenceHere

AUDIT_LEGEND = (
    "✓ supported  ~ in part  ? not found  ≠ differs  · cites none  + not cited but says it  ! yours"
)
_WIDE = 110  # cells from which the passages stand beside the sentences
_BESIDE = "-beside"  # the class of a box in which they do
# What n and N stop at, by what a person calls it; the first at first.
STOPS: tuple[tuple[str, Callable[[SentenceHere], bool]], ...] = (
    ("weak", lambda one: one.verdict != Verdict.SUPPORTED or one.unread),
    ("contradicted", lambda one: one.verdict == Verdict.CONTRADICTED),
    ("uncited", lambda one: one.verdict == Verdict.UNCITED),
    ("ambiguous", lambda one: one.unread),
)


class AuditBox(EvidenceBox):
    """The audit: a line a sentence; at full size what each source says stands under it, or beside it.

    Where there is room, the sentences stand as they were written, and the passages of the one that is
    highlighted beside them.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("audit")
    pane_title: ClassVar[str] = "Audit"
    list_id = "audit-list"
    legend = AUDIT_LEGEND
    nothing = "This story has no summary to audit; {audit-draft} audits a draft of yours against it."
    _found: Sequence[SentenceHere] = ()
    _stop = 0
    audited: Audited | None = None
    listing = query_one("#audit-list", VirtualList)
    beside = query_one("#audit-beside", VirtualList)

    def contents(self) -> ComposeResult:
        """Lay out the sentences, and the passages beside them."""
        with Horizontal(classes="audit-columns"):
            yield VirtualList(id=self.list_id)
            yield VirtualList(id="audit-beside")

    def show_audit(self, audited: Audited | None, passages: Passages) -> None:
        """Show an audit, the highlight staying where it was; None where there is no text to audit."""
        here = self.listing.highlighted_key
        self.audited = audited
        self.heading.title = self.pane_title
        if audited is not None and audited.is_draft:
            self.heading.title = f"Audit of {flat(audited.text.origin.path or '')}"
        self.show(audited.sentences if audited is not None else (), passages)
        if audited is None:
            self.listing.set_rows(())
            self.beside.set_rows(())
        elif audited.unjudged is not None:
            self.tell(f"{audited.unjudged}.")
        if here is not None:
            self.listing.highlight(here)

    @property
    def sentence(self) -> SentenceHere | None:
        """The sentence that is highlighted, or whose source is."""
        number = sentence_of(self.listing.highlighted_key or "")
        return self._found[number] if number < len(self._found) else None

    @property
    def stop(self) -> str:
        """What n and N stop at."""
        return STOPS[self._stop][0]

    @property
    def current_hints(self) -> Hints:
        """Return the keys of the size that the box has, and of the list that has the focus."""
        if not self.full:
            return self.hints
        there = self.beside.has_focus
        sides: Hints = (("← →", "sentences" if there else "passages"),) if self.has_class(_BESIDE) else ()
        steps = (("enter", "passage"), ("n N", f"next {self.stop}"), ("f", "stop at"))
        return (*steps, *sides, ("~", "reading"), ("E", "verdict"), ("u", "undo"), ("esc", "page"))

    def told(self) -> str:
        """Return how many sentences have which verdict, in words at full size."""
        counts = Counter(one.verdict for one in self._found)
        return ", ".join(
            f"{counts[verdict]} {_COUNTED[verdict] if self.full else SIGNS[verdict][0]}"
            for verdict in Verdict
            if counts[verdict]
        )

    def rows_for(self, width: int) -> list[Row]:
        """Return the sentences, at full size with what each source says, or as they were written."""
        del width
        beside = self.has_class(_BESIDE)
        rows: list[Row] = []
        for number, one in enumerate(self._found):
            rows += sentence_rows(number, one, self._half if beside else None)
            if self.full and not beside:
                rows += check_rows(number, one)
        return rows

    @property
    def _half(self) -> int:
        """The cells of either list where two stand beside each other, without border and scrollbar."""
        return self.size.width // 2 - 2

    def step(self, direction: int) -> bool:
        """Go to the next sentence of the kind that n stops at; tell whether there is one."""
        stops = [number for number, one in enumerate(self._found) if STOPS[self._stop][1](one)]
        at = sentence_of(self.listing.highlighted_key or "")
        ahead = [number for number in stops if (number - at) * direction > 0]
        if ahead:
            self.listing.highlight(f"sentence:{min(ahead, key=lambda number: abs(number - at))}")
        return bool(ahead)

    def turn_stop(self) -> None:
        """Have n and N stop at the next kind of sentence."""
        self._stop = (self._stop + 1) % len(STOPS)

    def go_beside(self) -> None:
        """Move the focus to the passages, where they stand beside the sentences, or back."""
        if self.has_class(_BESIDE):
            (self.listing if self.beside.has_focus else self.beside).focus()

    def choose(self, key: str) -> None:
        """Open the passage of a row; that of a sentence is its first."""
        if place_of(key) is None:
            number = sentence_of(key)
            shown = [row.key for row in check_rows(number, self._found[number])] if self._found else []
            key = next((each for each in shown if place_of(each)), key)
        super().choose(key)

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        if message.control is self.listing:
            self._describe()

    def _draw(self) -> None:
        """Draw for the present size: at full size and where there is room, the passages beside."""
        beside = self.full and self.size.width >= _WIDE
        if not beside and self.beside.has_focus:
            self.listing.focus()
        if beside != self.has_class(_BESIDE):
            self.set_class(beside, _BESIDE)
            self.ask(RefreshStatus())  # there are other keys
        self.heading.info = "" if self.waiting else self.told()
        self.query_one(".box-foot", Static).display = not (beside or self.waiting)
        super()._draw()
        self._describe()

    def _describe(self) -> None:
        """Show the passages beside the sentence; else at the foot the whole of it, or one passage."""
        key = self.listing.highlighted_key or ""
        number = sentence_of(key)
        if not self._found or number >= len(self._found) or self.audited is None:
            return
        one = self._found[number]
        if self.has_class(_BESIDE):
            self.beside.set_rows(beside_rows(self.audited, number, one, self.passages, self._half))
            self.beside.scroll_home(animate=False)
            return
        place = place_of(key)
        if place is None:
            more = [Content.styled(f"  {flat(words)}", style) for words, style in remarks(one)]
            self.say_more(Content.assemble(marked_words(one), *more))
            return
        for check in (*(here.check for here in one.checks), *one.sentence.best):
            if str(check.ref) == place[0]:
                self.say_more(self._passage_of(check))
                return

    def _passage_of(self, check: Check) -> Content:
        text = self.passages.texts.get(check.ref, "")
        parts = [with_marks(text, span, [one.source for one in check.differs]) for span in check.evidence]
        words = Content(" … ").join(parts) if parts else Content("does not mention it")
        name = self.passages.name(check.ref, check.evidence[0] if check.evidence else None)
        return Content.assemble((f"{name}: ", "$accent"), words)


_COUNTED = {
    Verdict.SUPPORTED: "supported",
    Verdict.PARTIAL: "partly",
    Verdict.UNSUPPORTED: "unsupported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.UNCITED: "uncited",
}
