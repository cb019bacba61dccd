"""Comparing: which sources, their alignment, and what is marked in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import TickDialog
from tui.app.messages import CompareSources, Jumping, LoadEvidence
from tui.app.state import MOST_COMPARED, SMALL_STORY, place_in
from tui.app.views.lineage import column_share, kin_words, pair_kind
from tui.app.views.read import document_of, hits_in
from tui.app.widgets.comparison_view import Filter
from tui.app.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.lineage import RetellingLink, ReusePair
    from sources.evidence.multi_alignment import Columns
    from sources.model import Ref, Source, Span
    from tui.app.controllers.base import Context
    from tui.app.widgets.comparison import ComparisonPane
    from tui.app.widgets.reader import ReaderDocument
    from tui.app.workers import Job
    from tui.services.evidence import SaidAlone


@dataclass(frozen=True, slots=True)
class Compared:
    """Sources laid side by side, the first of them leading; ``shared`` is what each has of that one."""

    sources: tuple[Source, ...]
    documents: tuple[ReaderDocument, ...]
    columns: Columns
    shared: tuple[ReusePair | None, ...]
    notes: tuple[tuple[Mark, ...], ...]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The refs of the sources, from left to right."""
        return tuple(source.ref for source in self.sources)


def _other_figures(alone: SaidAlone) -> dict[int, str]:
    return {one.span.start: f"others: {alone.other_figures(one.span)}" for one in alone.others}


class CompareController(Controller):
    """Shows two to four of the marked sources side by side."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: Compared | None = None  # state.side_by_side has its sources
        self._kin: dict[frozenset[Ref], RetellingLink] = {}
        self._spot = ""  # the row to come back to, once the texts are shown

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "compare": self.begin,
            "next-pair": self.step_selection,
            "previous-pair": partial(self.step_selection, -1),
            "swap-sides": self.lead,
            "next-difference": lambda: self._aligned.action_next_difference(1),
            "previous-difference": lambda: self._aligned.action_next_difference(-1),
            "only-differences": lambda: self.show_only(Filter.DIFFERENCES),
            "only-here": lambda: self.show_only(Filter.ONLY_HERE),
            "brackets": self.toggle_brackets,
            "scroll-lock": self.toggle_lock,
            "one-column": self.toggle_one_column,
        }

    @property
    def _aligned(self) -> ComparisonPane:
        return self.panes.compare_view.aligned

    def begin(self) -> None:
        """Compare the marked sources, or the open one with the marked one; of too many, ask which."""
        refs = self.state.to_compare()
        if len(refs) < 2:
            self.say(
                f"Mark another source with {self.key('mark')} first: "
                f"{self.key('compare')} then compares it with this one."
                if self.state.marked
                else f"Mark sources in the library with {self.key('mark')} first, "
                f"then {self.key('compare')} compares them."
            )
        elif len(refs) > MOST_COMPARED:
            self._ask(refs)
        else:
            self.open(
                self.state.compared if set(self.state.compared) in map(set, self.state.selections()) else refs
            )

    def _ask(self, refs: tuple[Ref, ...]) -> None:
        titles = {
            entry.ref: entry.title for entries in self.state.listing.entries.values() for entry in entries
        }
        choices = [(str(ref), titles.get(ref) or self.state.listing.names.get(ref, "")) for ref in refs]
        question = f"{len(refs)} sources are marked; which stand side by side?"

        def chosen(keys: str | None) -> None:
            if keys:
                self.open(tuple(ref for ref in refs if str(ref) in keys.split()))

        self.panes.app.push_screen(TickDialog(question, choices, least=2, most=MOST_COMPARED), chosen)

    def asked(self, wish: CompareSources) -> None:
        """Show sources side by side as the message says."""
        if wish.recorded:
            self.emit(Jumping())
        self._spot = wish.spot
        self.show(wish.refs, recorded=False)
        self.layout.show_view("compare", recorded=False)

    def open(self, refs: tuple[Ref, ...]) -> None:
        """Show sources side by side and go there."""
        self.asked(CompareSources(refs))

    def step_selection(self, direction: int = 1) -> None:
        """Compare all of the marked sources, then each pair of them, or back, round and round."""
        refs = self.state.step_selection(direction)
        if refs is None or refs == self.state.compared:
            self.say(f"There is no other pair: mark more sources with {self.key('mark')}.")
        if refs is not None:
            self.show(refs)

    def lead(self) -> None:
        """Put the column that is pointed at first; the others are held against it. From the first: swap."""
        refs, side = self.state.compared, self._aligned.side
        if len(refs) > 1:
            first = refs[side or 1]
            self.show((first, *(ref for ref in refs if ref != first)))

    def show_only(self, wanted: Filter) -> None:
        """Show only some rows, or all again."""
        if self.shown is not None and not self._aligned.show_only(wanted):
            self.say(
                "No differences."
                if wanted is Filter.DIFFERENCES
                else "Every sentence here is also in another column."
            )

    def toggle_brackets(self) -> None:
        """Show edits between brackets, or not."""
        self._aligned.toggle_brackets()

    def toggle_one_column(self) -> None:
        """Give one column all the room, or show the others again."""
        if self.shown is not None:
            self._aligned.toggle_one_column()

    def toggle_lock(self) -> None:
        """Let each column scroll by itself, or level them again where one stands."""
        if self.shown is not None and self._aligned.has_in_common():
            self._aligned.toggle_lock()
        elif self.shown is not None:
            self.say("They have no sentence in common that could stand level.")

    def refresh(self) -> None:
        """Show what belongs into the view when it is entered."""
        if len(self.state.compared) < 2:
            self.state.compared = next(iter(self.state.selections()), ())
        if len(self.state.compared) < 2:
            self.panes.compare_view.notice(self.panes.compare_view.nothing)
        elif self.shown is None or self.shown.refs != self.state.compared:
            self.show(self.state.compared, recorded=False)
        else:
            self.emit(LoadEvidence(self.state.compared))
            self.look_for_hits()
            self.look_for_notes()

    def show(self, refs: tuple[Ref, ...], *, recorded: bool = True) -> None:
        """Align sources beside the screen, then show them."""
        if recorded and self.panes.view == "compare" and self.shown is not None:
            self.emit(Jumping())
        self.state.compared = refs
        library, cache = self.services.require_library(), self.services.require_evidence_cache()
        if self.shown is None:
            self.panes.compare_view.notice(f"Comparing {', '.join(map(str, refs))}…")

        def work(job: Job) -> Compared | None:
            sources = tuple(library.source(ref) for ref in refs)
            documents = tuple(document_of(source, cache.sentences(source.ref)) for source in sources)
            job.still_wanted()
            columns = cache.columns(refs, cancelled=lambda: job.cancelled)
            if columns is None:
                return None
            notes = tuple(tuple(self._note_marks(ref)) for ref in refs)
            return Compared(sources, documents, columns, cache.shared_with_first(refs), notes)

        def done(answer: Compared | None) -> None:
            if answer is not None:
                self._show(answer)

        def failed(error: Exception) -> None:
            self.shown, self.state.side_by_side = None, ()
            self.panes.compare_view.notice(str(error))
            self.services.log_trouble(error)

        self.workers.run("compare", work, done, failed)

    def _show(self, answer: Compared) -> None:
        self.shown, self.state.side_by_side = answer, answer.sources
        selections = [set(known) for known in self.state.selections()]
        place = selections.index(set(answer.refs)) + 1 if set(answer.refs) in selections else 0
        which = f"  {place} of {len(selections)}" if place and len(selections) > 1 else ""
        self.panes.compare_view.show(answer.documents, answer.columns, which)
        self._aligned.set_notes(answer.notes)
        spot, self._spot = self._spot, ""
        self._aligned.stand_at(spot)
        self._head()
        self.emit(LoadEvidence(answer.refs))
        self.look_for_hits()
        self._look_for_kin()
        self._look_for_what_is_said_alone()
        self.panes.focus_main()
        self.panes.call_after_refresh(self.refresh_status)  # the row that is pointed at is another's

    def _head(self) -> None:
        """Say at the head of the columns how much each shares, and beside the title what that makes of it."""
        shown = self.shown
        if shown is None:
            return
        aligned = self._aligned
        lead, *others = shown.refs
        alike = [aligned.has_in_common(0, column) for column in range(1, len(shown.refs))]
        shares = [
            column_share(pair, other, lead, alike=common)
            for pair, other, common in zip(shown.shared, others, alike, strict=True)
        ]
        first = (
            column_share(shown.shared[0], lead, others[0], alike=alike[0])
            if len(others) == 1
            else "base text: the others are compared with it"
        )
        aligned.set_shares([first, *shares])
        told = []
        if not aligned.locked:
            told.append(
                "each scrolls by itself"
                + (f", {self.key('scroll-lock')} levels all here" if aligned.has_in_common() else "")
            )
        if aligned.side or len(others) == 1:
            other = max(aligned.side, 1) - 1
            pair, link = shown.shared[other], self._kin.get(frozenset((lead, others[other])))
            of = f"{others[other].number or 'summary'}: " if len(others) > 1 else ""
            if pair is not None or link is None:
                told.append(
                    of + (pair_kind(pair) if pair is not None or alike[other] else "no sentence in common")
                )
            if link is not None:
                told.append(kin_words(link) if pair is not None else of + kin_words(link))
        self.panes.compare_view.heading.info = " · ".join(told)

    def row_moved(self) -> None:
        """Take notice that another row or column is the current one."""
        self._head()
        self.refresh_status()

    def _look_for_kin(self) -> None:
        """Find out beside the screen whether the texts are kin, where their story is small enough."""
        shown = self.shown
        slugs = {ref.story for ref in shown.refs} if shown else set()
        if shown is None or len(slugs) > 1 or any(ref.number is None for ref in shown.refs):
            return
        library, cache, (slug,) = (
            self.services.require_library(),
            self.services.require_evidence_cache(),
            slugs,
        )

        def work(job: Job) -> dict[frozenset[Ref], RetellingLink]:
            if library.count(slug) > SMALL_STORY:
                return {}  # nobody waits for that many to be held against each other
            lineage = cache.lineage(slug, cancelled=lambda: job.cancelled)
            return {frozenset((link.a, link.b)): link for link in lineage.links} if lineage else {}

        def done(kin: dict[frozenset[Ref], RetellingLink]) -> None:
            self._kin = kin
            self._head()

        self.workers.run("kin of the compared", work, done, self.services.log_trouble)

    def _look_for_what_is_said_alone(self) -> None:
        shown = self.shown
        if shown is None:
            return
        cache = self.services.require_evidence_cache()

        def work(job: Job) -> list[SaidAlone | None]:
            from tui.services.evidence import said_alone

            found = []
            for ref in shown.refs:
                job.still_wanted()
                found.append(said_alone(cache, ref, cancelled=lambda: job.cancelled) if ref.number else None)
            return found

        def done(found: list[SaidAlone | None]) -> None:
            if self.shown is shown:
                self._aligned.set_alone(
                    [alone.spans if alone else () for alone in found],
                    [_other_figures(alone) if alone else {} for alone in found],
                )

        self.workers.run("said alone", work, done, self.services.log_trouble)

    # Marks

    def _note_marks(self, ref: Ref) -> list[Mark]:
        notes = self.services.require_library().notes(ref=ref)
        places = (place_in(note, ref) for note in notes)
        return [Mark(place.start, place.end, MarkKind.NOTE) for place in places if place]

    def look_for_notes(self) -> None:
        """Mark the notes on the texts again."""
        shown = self.shown
        if shown is None:
            return

        def done(notes: list[list[Mark]]) -> None:
            if self.shown is shown:
                self._aligned.set_notes(notes)

        self.workers.run("compared notes", lambda _job: [self._note_marks(ref) for ref in shown.refs], done)

    def query_changed(self) -> None:
        """Find in the texts what is searched for now, while they are shown."""
        if self.panes.view == "compare":
            self.look_for_hits()

    def notes_changed(self) -> None:
        """Mark the notes again, while the texts are shown."""
        if self.panes.view == "compare":
            self.look_for_notes()

    def look_for_hits(self) -> None:
        """Find in all texts what is searched for, and mark it."""
        shown = self.shown
        if shown is None:
            return
        query, unfinished = self.state.search.query, self.state.search.unfinished

        def work(_job: Job) -> list[tuple[Span, ...]]:
            return [hits_in(query, source.text, unfinished=unfinished) for source in shown.sources]

        def done(found: list[tuple[Span, ...]]) -> None:
            if self.shown is shown:
                hits = [[Mark(*span, MarkKind.HIT) for span in spans] for spans in found]
                self._aligned.set_hits(hits)

        self.workers.run("compared hits", work, done)

    def mark_evidence(self) -> None:
        """Mark the names in all texts."""
        pane, shown = self.panes.evidence_pane, self.shown
        if shown is None or not set(shown.refs) <= set(pane.evidence.refs):
            return
        hidden = MarkKind.ENTITY in self.panes.reader.hidden_kinds
        self._aligned.set_marks(
            [() if hidden else pane.evidence.entity_marks(ref, pane.isolated) for ref in shown.refs]
        )
