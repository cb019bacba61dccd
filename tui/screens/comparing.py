"""Comparing: which pair, its alignment, and the names marked in both texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.screens.compare_view import NOTHING
from tui.screens.read_view import document_of, hits_in
from tui.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.alignment import Alignment
    from sources.model import Ref, Source, Span
    from tui.background import Job
    from tui.screens.frame import Frame


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts with their sentences and alignment."""

    left: Source
    right: Source
    left_sentences: tuple[Span, ...]
    right_sentences: tuple[Span, ...]
    alignment: Alignment


class Comparing:
    """Shows pairs of the marked sources."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.shown: Pair | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "compare": self.begin,
            "next-pair": self.next_pair,
            "swap-sides": self.swap,
            "next-difference": lambda: self._frame.compare_view.aligned.action_next_difference(1),
            "previous-difference": lambda: self._frame.compare_view.aligned.action_next_difference(-1),
            "only-differences": self.only_differences,
            "brackets": self.brackets,
        }

    def begin(self) -> None:
        """Compare the marked sources, or the open one with the marked one."""
        frame, desk = self._frame, self._frame.desk
        pairs = desk.pairs()
        if not pairs:
            frame.say(
                "Mark another source with space first: c then compares it with this one."
                if desk.marked
                else "Mark sources in the library with space first, then c compares them."
            )
            return
        known = {frozenset(pair) for pair in pairs}
        if desk.pair is None or frozenset(desk.pair) not in known:
            desk.pair = pairs[0]
        self.show(desk.pair)
        frame.arranging.show_view("compare")

    def next_pair(self) -> None:
        """Compare the next pair of the marked sources."""
        pair = self._frame.desk.next_pair()
        if pair is None or pair == self._frame.desk.pair:
            self._frame.say("There is no other pair: mark more sources with space, up to four.")
        if pair is not None:
            self.show(pair)

    def swap(self) -> None:
        """Put the left text on the right."""
        if self._frame.desk.pair is not None:
            left, right = self._frame.desk.pair
            self.show((right, left))

    def only_differences(self) -> None:
        """Leave out what is the same, or bring it back."""
        self._frame.compare_view.aligned.action_only_differences()

    def brackets(self) -> None:
        """Show edits between brackets, or not."""
        self._frame.compare_view.aligned.action_brackets()

    def refresh(self) -> None:
        """Show what belongs into the view when it is entered."""
        frame, desk = self._frame, self._frame.desk
        if desk.pair is None:
            pairs = desk.pairs()
            desk.pair = pairs[0] if pairs else None
        if desk.pair is None:
            frame.compare_view.notice(NOTHING)
        elif self.shown is None or (self.shown.left.ref, self.shown.right.ref) != desk.pair:
            self.show(desk.pair)
        else:
            frame.reading.load_evidence(desk.pair)
            self.look_for_hits()

    def show(self, pair: tuple[Ref, Ref]) -> None:
        """Align two sources beside the screen, then show them."""
        frame = self._frame
        frame.desk.pair = pair
        library, workspace = frame.app.require_library(), frame.app.require_workspace()
        if self.shown is None:
            frame.compare_view.notice(f"Comparing {pair[0]} with {pair[1]}…")

        def work(job: Job) -> Pair:
            left, right = library.source(pair[0]), library.source(pair[1])
            sentences = workspace.sentences(pair[0]), workspace.sentences(pair[1])
            job.still_wanted()
            return Pair(left, right, *sentences, workspace.compare(pair)[0])

        def done(answer: Pair) -> None:
            self.shown = answer
            pairs = [frozenset(known) for known in frame.desk.pairs()]
            place = pairs.index(frozenset(pair)) + 1 if frozenset(pair) in pairs else 0
            which = f"  (pair {place} of {len(pairs)}, p next)" if place and len(pairs) > 1 else ""
            left = document_of(answer.left, answer.left_sentences)
            right = document_of(answer.right, answer.right_sentences)
            frame.compare_view.show(left, right, answer.alignment, which)
            frame.reading.load_evidence(pair)
            self.look_for_hits()
            frame.arranging.focus_main()

        def failed(error: Exception) -> None:
            self.shown = None
            frame.compare_view.notice(str(error))
            frame.app.log_trouble(error)

        frame.app.background.run("compare", work, done, failed)

    def look_for_hits(self) -> None:
        """Find in both texts what is searched for, and mark it."""
        frame, shown = self._frame, self.shown
        if shown is None:
            return
        query, texts = frame.desk.search.query, (shown.left.text, shown.right.text)

        def done(found: tuple[tuple[Span, ...], ...]) -> None:
            if self.shown is shown:
                left, right = ([Mark(*span, MarkKind.HIT) for span in spans] for spans in found)
                frame.compare_view.aligned.set_hits(left, right)

        frame.app.background.run(
            "compared hits", lambda _job: tuple(hits_in(query, text) for text in texts), done
        )

    def mark_evidence(self) -> None:
        """Mark the names in both texts."""
        frame, pane = self._frame, self._frame.evidence_pane
        pair = frame.desk.pair
        if self.shown is None or pair is None or not set(pair) <= set(pane.evidence.refs):
            return
        hidden = MarkKind.ENTITY in frame.reader.hidden_kinds
        left, right = (() if hidden else pane.evidence.entity_marks(ref, pane.isolated) for ref in pair)
        frame.compare_view.aligned.set_marks(left, right)

    def passage(self) -> tuple[Source, Span] | None:
        """Return the passage of the current row, on the side that is pointed at."""
        place = self._frame.compare_view.aligned.current_place
        if self.shown is None or place is None:
            return None
        side, span = place
        return (self.shown.right if side else self.shown.left), span

    def jump(self, direction: int) -> None:
        """Go to the next or previous mark in the compared texts."""
        if self.shown is not None:
            self._frame.compare_view.aligned.jump_to_mark(direction)
