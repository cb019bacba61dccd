"""Reading: opening texts, their marks and evidence, and going from hit to hit across sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.app.state import Sought, hit_from, hit_number, in_reading_order, place_in, step
from tui.app.text_evidence import TextEvidence, story_context, text_evidence
from tui.app.views.evidence import TAB_KINDS
from tui.app.views.read import document_of, hits_in
from tui.app.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.entities import Entity
    from sources.model import Note, Ref, Source, Span
    from tui.app.main_screen import MainScreen
    from tui.app.workers import Job

READ_FROM = 99  # percent of a text that has to have been seen before it counts as read


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A text with all that is needed to show it at once."""

    source: Source
    sentences: tuple[Span, ...]
    notes: tuple[Note, ...]
    spans: tuple[Span, ...]
    sequence: tuple[Ref, ...]
    about: str


def about(source: Source) -> str:
    """Return what the title line says of a source: publisher, date and length."""
    words = f"{len(source.text.split()):,} words"
    return " · ".join(part for part in (source.publisher, source.date, words) if part)


class ReadingController:
    """Opens sources and keeps the marks in the reader true."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self.places: dict[Ref, int] = {}  # where the cursor was in texts opened before

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "next-source": lambda: self.step_source(1),
            "previous-source": lambda: self.step_source(-1),
            "next-hit": lambda: self.step_hit(1),
            "previous-hit": lambda: self.step_hit(-1),
            "next-mark": lambda: self.step_mark(1),
            "previous-mark": lambda: self.step_mark(-1),
            "isolate": self.isolate,
            "toggle-kind": self.toggle_kind,
            "next-tab": lambda: self._frame.evidence_pane.step_tab(1),
            "previous-tab": lambda: self._frame.evidence_pane.step_tab(-1),
        }

    def open(
        self, ref: Ref, *, at: int | None = None, hit: int = 0, focus: bool = True, view: str = "read"
    ) -> None:
        """Open a source at an offset, or at its first (1) or last (-1) hit, or where one was in it.

        With ``focus`` the view ``view`` is shown when it is open.
        """
        frame, desk = self._frame, self._frame.desk
        library, cache = frame.app.require_library(), frame.app.require_evidence_cache()
        query = desk.search.query
        known = frame.shelving.shelf.refs(ref.story) if ref.story in frame.shelving.shelf.entries else ()
        desk.wanted = ref

        def work(job: Job) -> OpenedSource:
            source = library.source(ref)
            job.still_wanted()
            return OpenedSource(
                source,
                cache.sentences(ref),
                in_reading_order(library.notes(ref=ref), ref),
                hits_in(query, source.text),
                known or library.refs(ref.story),
                about(source),
            )

        def done(opened: OpenedSource) -> None:
            self._show(opened, at, hit)
            if focus:
                frame.arranging.show_view(view)
            elif frame.view == "read" and frame.arranging.focused_pane in {None, frame.read_view}:
                frame.arranging.focus_main()

        def failed(error: Exception) -> None:
            desk.wanted = desk.ref  # nothing is to be asked of a text that did not come
            frame.app.report(error)

        frame.app.background.run("text", work, done, failed)

    def _show(self, opened: OpenedSource, at: int | None, hit: int) -> None:
        frame, desk = self._frame, self._frame.desk
        ref = opened.source.ref
        if desk.ref is not None:
            self.places[desk.ref] = frame.reader.cursor
        another = desk.ref != ref
        desk.source, desk.notes, desk.spans = opened.source, opened.notes, opened.spans
        desk.sequence = opened.sequence
        frame.read_view.show(document_of(opened.source, opened.sentences), opened.about)
        if another:
            frame.evidence_pane.show(TextEvidence(), "Looking for names, figures and quotes…")
            frame.find_line.display = False
        else:
            self.mark_evidence()
        self.mark_hits()
        self.mark_notes()
        frame.labelling.refresh()
        frame.reader.go_to(self._landing(opened, at, hit))
        frame.results_pane.listing.highlight(str(ref))
        frame.shelving.unfold(ref.story, lambda: frame.library_pane.point_at(ref))
        frame.shelving.redraw()
        frame.searching.redraw()
        self.load_evidence((ref,))
        if frame.app.index is not None:
            frame.tracing.learn(ref.story)
        frame.refresh_status()

    def _landing(self, opened: OpenedSource, at: int | None, hit: int) -> int:
        if at is not None:
            return at
        if hit and opened.spans:
            self._frame.desk.sought = Sought.SEARCH
            return opened.spans[0 if hit > 0 else -1].start
        return self.places.get(opened.source.ref, 0)

    def close(self) -> None:
        """Show no text."""
        frame = self._frame
        frame.desk.source = frame.desk.wanted = None
        frame.desk.notes = frame.desk.spans = ()
        frame.evidence_pane.show(TextEvidence(), "No source is open.")
        frame.read_view.welcome("Choose a source on the left.", ())

    # Evidence

    def load_evidence(self, refs: tuple[Ref, ...]) -> None:
        """Find the evidence of what is shown, beside the screen, and show it."""
        frame = self._frame
        cache = frame.app.require_evidence_cache()

        def done(evidence: TextEvidence) -> None:
            frame.evidence_pane.show(evidence)
            self.mark_evidence()

        def work(job: Job) -> TextEvidence:
            found = text_evidence(cache, refs)
            if len(refs) != 1:
                return found
            job.still_wanted()
            # What the text itself says is shown before the story has been read for what it says to that.
            job.tell(lambda: done(found))
            return replace(found, story=story_context(cache, refs[0]))

        def failed(error: Exception) -> None:
            frame.evidence_pane.show(
                TextEvidence(), "The evidence could not be worked out; the log tells why."
            )
            frame.app.log_trouble(error)

        frame.app.background.run("evidence", work, done, failed)

    def mark_evidence(self) -> None:
        """Mark in the text what the evidence pane lists."""
        frame, pane = self._frame, self._frame.evidence_pane
        evidence, reader = pane.evidence, self._frame.reader
        reader.chosen_kinds = frozenset({pane.kind})
        ref = frame.desk.ref
        if ref is not None and ref in evidence.refs:
            reader.set_marks(MarkKind.ENTITY, evidence.entity_marks(ref, pane.isolated))
            if evidence.refs == (ref,):
                reader.set_marks(MarkKind.FIGURE, evidence.figure_marks())
                reader.set_marks(MarkKind.DISSENT, evidence.dissent_marks())
                reader.set_marks(MarkKind.QUOTE, evidence.quote_marks())
        frame.comparing.mark_evidence()

    def mark_hits(self) -> None:
        """Mark the search's hits in the open text."""
        self._frame.reader.set_marks(
            MarkKind.HIT, [Mark(span.start, span.end, MarkKind.HIT) for span in self._frame.desk.spans]
        )

    def mark_notes(self) -> None:
        """Mark the notes in the open text, numbered as in the pane of notes."""
        frame, desk = self._frame, self._frame.desk
        if desk.ref is None:
            return
        places = [(place_in(note, desk.ref), number) for number, note in enumerate(desk.notes, 1)]
        marks = [
            Mark(place.start, place.end, MarkKind.NOTE, str(number)) for place, number in places if place
        ]
        frame.reader.set_marks(MarkKind.NOTE, marks)
        frame.notes_here.show(desk.notes, desk.ref)

    def look_for_hits(self) -> None:
        """Find the search's hits in the open text anew, after the query changed."""
        frame, desk = self._frame, self._frame.desk
        if frame.view == "compare":
            frame.comparing.look_for_hits()
        source, query = desk.source, desk.search.query
        if source is None:
            return

        def done(spans: tuple[Span, ...]) -> None:
            if desk.source is source:
                desk.spans = spans
                self.mark_hits()
                frame.refresh_status()

        frame.app.background.run("hits", lambda _job: hits_in(query, source.text), done)

    def isolate(self) -> None:
        """Highlight only the chosen entity, or all of them again."""
        pane = self._frame.evidence_pane
        kind, _, name = (pane.listing.highlighted_key or "").partition(":")
        if kind != "entity":
            return
        pane.isolated = None if pane.isolated == name else name
        pane.redraw()
        self.mark_evidence()

    def toggle_kind(self) -> None:
        """Turn the marks of the chosen tab's kind off or on."""
        pane, reader = self._frame.evidence_pane, self._frame.reader
        reader.toggle_kind(pane.kind)
        if pane.kind is MarkKind.FIGURE:
            reader.toggle_kind(MarkKind.DISSENT)
        self._frame.comparing.mark_evidence()
        pane.hidden = reader.hidden_kinds
        pane.redraw()

    def hide_kind(self, name: str) -> None:
        """Begin with the marks of one kind off."""
        pane, reader = self._frame.evidence_pane, self._frame.reader
        if name in {str(kind) for kind in TAB_KINDS.values()} and MarkKind(name) not in reader.hidden_kinds:
            reader.toggle_kind(MarkKind(name))
            if name == MarkKind.FIGURE:
                reader.toggle_kind(MarkKind.DISSENT)
            pane.hidden = reader.hidden_kinds
            pane.redraw()

    def choose_evidence(self, key: str) -> None:
        """Go to the next place of an entity, or to a figure or quote."""
        frame, pane = self._frame, self._frame.evidence_pane
        kind, _, name = key.partition(":")
        if kind == "hidden":
            frame.correcting.show_again(int(name))
            return
        if frame.view == "compare":
            frame.comparing.jump(1)
            return
        ref = frame.desk.ref
        if kind != "entity":
            frame.reader.go_to(int(name))
            return
        entity = next((entity for entity in pane.evidence.entities if entity.id == name), None)
        starts = sorted(one.start for one in entity.mentions if one.ref == ref) if entity else []
        if starts:
            cursor = frame.reader.cursor
            frame.reader.go_to(next((start for start in starts if start > cursor), starts[0]))

    def activate(self, mark: Mark) -> None:
        """Show in the panes on the right what a mark in the text is about."""
        frame, desk, pane = self._frame, self._frame.desk, self._frame.evidence_pane
        if mark.kind is MarkKind.NOTE and desk.ref is not None:
            for note in desk.notes:
                place = place_in(note, desk.ref)
                if place == (mark.start, mark.end):
                    frame.notes_here.listing.highlight(f"note:{note.id}")
        elif mark.kind is MarkKind.ENTITY and desk.ref is not None:
            entity = pane.evidence.entity_at(desk.ref, mark.start)
            pane.choose_tab("entities")
            if entity is not None:
                pane.listing.highlight(f"entity:{entity.id}")
        elif mark.kind in {MarkKind.FIGURE, MarkKind.DISSENT}:
            pane.choose_tab("figures")
            pane.listing.highlight(f"figure:{mark.start}")
        elif mark.kind is MarkKind.QUOTE:
            pane.choose_tab("quotes")
            pane.listing.highlight(f"quote:{mark.start}")

    # From place to place

    def step_source(self, direction: int) -> None:
        """Open the neighbour of the open source."""
        frame = self._frame
        ref = step(frame.desk.sequence, frame.desk.wanted, direction)
        if ref is None:
            frame.say("This is the last source." if direction > 0 else "This is the first source.")
        else:
            self.open(ref)

    def step_mark(self, direction: int) -> None:
        """Go to the next or previous mark of the chosen kind."""
        frame, entity = self._frame, self._followed()
        if frame.view == "compare":
            frame.comparing.jump(direction)
        elif entity is not None:
            self._step_mention(entity, direction)
        elif frame.reader.jump_to_mark({frame.evidence_pane.kind}, direction) is None:
            frame.say(f"No {frame.evidence_pane.tab} to go to in this text.")

    def _followed(self) -> Entity | None:
        """Return the entity whose mentions are gone through over the whole story.

        That is the highlighted one while the evidence has the focus, else the one that alone is marked.
        """
        frame, pane = self._frame, self._frame.evidence_pane
        if pane.tab != "entities" or frame.desk.ref is None or not pane.evidence.story.refs:
            return None
        in_pane = frame.arranging.focused_pane is pane
        followed = pane.highlighted_entity if in_pane else pane.isolated
        return pane.evidence.entity(followed) if followed else None

    def _step_mention(self, entity: Entity, direction: int) -> None:
        """Go to the next or previous mention of an entity, on into the next source that names it."""
        frame, ref = self._frame, self._frame.desk.ref
        order = {each: place for place, each in enumerate(frame.evidence_pane.evidence.story.refs)}
        places = sorted(
            (order[mention.ref], mention.start, mention.ref)
            for mention in entity.mentions
            if mention.ref in order
        )
        if not places or ref not in order:
            frame.say(f"{entity.name} is named nowhere here.")
            return
        here = (order[ref], frame.reader.cursor)
        ahead = [one for one in places if (one[:2] > here if direction > 0 else one[:2] < here)] or places
        found = ahead[0 if direction > 0 else -1]
        frame.evidence_pane.heading.info = f"{places.index(found) + 1}/{len(places)} in the story"
        if found[2] == ref:
            frame.reader.go_to(found[1])
        else:
            self.open(found[2], at=found[1], focus=frame.arranging.focused_pane is frame.read_view)

    def step_hit(self, direction: int) -> None:
        """Go to the next or previous hit of what was searched or found last."""
        frame, desk = self._frame, self._frame.desk
        if desk.sought is Sought.FIND and frame.reader.find_count:
            frame.reader.find_next(direction)
            frame.finding.show_state()
            return
        if not desk.search.on:
            frame.say("Nothing is being searched for: / searches the library, f finds in this text.")
            return
        if frame.view != "read":
            frame.arranging.show_view("read")
        index = hit_from(desk.spans, frame.reader.cursor, direction) if desk.ref == desk.wanted else None
        if index is not None:
            frame.reader.go_to(desk.spans[index].start)
            frame.refresh_status()
            return
        ref = desk.search.step(desk.wanted, direction)
        if ref is not None:
            self.open(ref, hit=direction)
        elif direction > 0 and desk.search.left:
            # Without further hits on the next page there is nothing left, and the next step says so.
            frame.searching.more(lambda: self.step_hit(direction))
        else:
            frame.say(
                "No further hit: this is the last source." if direction > 0 else "No hit before this one."
            )

    def hit_status(self) -> str:
        """Return which hit the cursor is at, and in which source, such as ``hit 2/7 in source 3 of 12``."""
        desk, search = self._frame.desk, self._frame.desk.search
        if not search.on or not desk.spans:
            return ""
        number, total = hit_number(desk.spans, self._frame.reader.cursor), len(desk.spans)
        here = "1 hit here" if total == 1 else f"{total} hits here"
        place = search.place_of(desk.ref)
        where = f" in source {place} of {search.results.total:,}" if place and search.results else ""
        return (f"hit {number}/{total}" if number else here) + where

    def moved(self) -> None:
        """Take notice that the cursor moved: a text seen to its end counts as read."""
        frame, ref = self._frame, self._frame.desk.ref
        if ref is not None and ref not in frame.desk.read and frame.reader.percent >= READ_FROM:
            frame.desk.read.add(ref)
            frame.shelving.redraw()
        frame.refresh_status()
