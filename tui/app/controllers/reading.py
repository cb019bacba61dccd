"""Reading: opening texts, and the marks and the evidence in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.messages import (
    EvidenceMarked,
    Jumping,
    OpenSource,
    OpenStory,
    SignsChanged,
    SourceShown,
)
from tui.app.state import Sought, in_reading_order, place_in
from tui.app.views.evidence import TAB_KINDS
from tui.app.views.read import dressed_document, hits_in
from tui.app.views.story import related_story
from tui.app.views.text_evidence import TextEvidence, story_context, text_evidence
from tui.app.widgets.reader import Mark, MarkKind
from tui.services.addresses import open_in_browser, web_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.dates.publication import Publication
    from sources.model import Note, Source, Span
    from tui.app.controllers.base import Context
    from tui.app.widgets.text_view import ReaderDocument
    from tui.app.workers import Job
    from tui.services import EvidenceCache

LONG = 200_000  # code points from which a text is shown before its words and sentences are counted
READ_FROM = 99  # percent of a text that has to have been seen before it counts as read


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A text with all that is needed to show it at once."""

    source: Source
    document: ReaderDocument
    notes: tuple[Note, ...]
    spans: tuple[Span, ...]
    sequence: tuple[Ref, ...]
    about: str


def about(source: Source, published: Publication | None = None) -> str:
    """Return what the title line says of a source: publisher, date or what tells it, and its words.

    As everywhere, captions, credits and the like are not counted.
    """
    from sources.text.tokens import count_words

    words = f"{count_words(source.text, source.zones):,} words"
    day = source.date or (str(published) if published else None)
    return " · ".join(part for part in (source.publisher, day, words) if part)


def about_source(cache: EvidenceCache, source: Source) -> str:
    """Return the same, with what is known of the day of a source without a date."""
    return about(source, None if source.date else cache.publication(source.ref))


class ReadingController(Controller):
    """Opens sources and keeps the marks in the reader true."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.opens_address: Callable[[str], bool] = open_in_browser
        self.places: dict[Ref, int] = {}  # where the cursor was in texts opened before

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "open-address": self.open_address,
            "isolate": self.isolate,
            "toggle-kind": self.toggle_kind,
            "next-tab": lambda: self.panes.evidence_pane.step_tab(1),
            "previous-tab": lambda: self.panes.evidence_pane.step_tab(-1),
        }

    def open(self, wish: OpenSource) -> None:
        """Open a source as the message says."""
        ref = wish.ref
        library, cache = self.services.require_library(), self.services.require_evidence_cache()
        query, unfinished = self.state.search.query, self.state.search.unfinished
        known = self.state.listing.refs(ref.story) if ref.story in self.state.listing.entries else ()
        self.state.wanted = ref

        def work(job: Job) -> OpenedSource:
            source = library.source(ref)
            job.still_wanted()
            is_long = len(source.text) > LONG
            return OpenedSource(
                source,
                dressed_document(source, () if is_long else cache.sentences(ref)),
                in_reading_order(library.notes(ref=ref), ref),
                hits_in(query, source.text, unfinished=unfinished),
                known or library.refs(ref.story),
                "" if is_long else about_source(cache, source),
            )

        def done(opened: OpenedSource) -> None:
            if wish.recorded:
                self.emit(Jumping())
            self._show(opened, wish)
            if (self.state.search.query, self.state.search.unfinished) != (query, unfinished):
                self.look_for_hits()
            then = wish.then or (lambda: None)
            if wish.focus:
                self.layout.show_view(wish.view, then, recorded=False)
            elif self.panes.view == "read" and (
                self.panes.focused is None or self.panes.focused_pane is self.panes.read_view
            ):
                if wish.view == "read":
                    self.panes.focus_main()
                else:
                    self.layout.show_view(wish.view, recorded=False)

        def failed(error: Exception) -> None:
            self.state.wanted = self.state.ref  # nothing is to be asked of a text that did not come
            self.report(error)

        self.workers.run("text", work, done, failed)

    def _show(self, opened: OpenedSource, wish: OpenSource) -> None:
        ref = opened.source.ref
        if self.state.ref is not None:
            self.places[self.state.ref] = self.panes.reader.cursor
        another = self.state.ref != ref
        self.state.source, self.state.notes, self.state.spans = opened.source, opened.notes, opened.spans
        self.state.sequence = opened.sequence
        self.panes.read_view.show(opened.document, opened.about)
        if another:
            self.panes.evidence_pane.show(TextEvidence(), "Looking for names, figures and quotes…")
            self.panes.find_line.display = False
        else:
            self.mark_evidence()
        self.mark_hits()
        self.mark_notes()
        reader, landing = self.panes.reader, self._landing(opened, wish)
        jumped = wish.recorded and (wish.at is not None or wish.hit)
        (reader.land if jumped else reader.go_to)(landing)
        if len(opened.source.text) > LONG:
            self._complete(opened.source)
        else:
            self.load_evidence((ref,))
        self.emit(SourceShown(ref))
        self.refresh_status()

    def _complete(self, source: Source) -> None:
        """Work out what a long text was shown without, and then its evidence."""
        cache = self.services.require_evidence_cache()

        def work(_job: Job) -> tuple[tuple[Span, ...], str]:
            return cache.sentences(source.ref), about_source(cache, source)

        def done(found: tuple[tuple[Span, ...], str]) -> None:
            if self.state.source is source:
                sentences, about = found
                self.panes.reader.know_sentences(sentences)
                self.panes.read_view.heading.info = about
                self.load_evidence((source.ref,))

        self.workers.run("long text", work, done)

    def open_story(self, wish: OpenStory) -> None:
        """Open a story as the message says."""
        library = self.services.require_library()

        def done(refs: tuple[Ref, ...]) -> None:
            if not refs or (wish.unless_busy and self.state.wanted is not None):
                return
            several = sum(ref.number is not None for ref in refs) > 1
            view = wish.view or ("story" if several else "read")
            here = self.state.ref if self.state.ref == self.state.wanted else None
            if wish.first is None and here in refs:
                self.layout.show_view(view, wish.then or (lambda: None), recorded=wish.recorded)
                return
            recorded = wish.recorded and not wish.unless_busy
            first = wish.first or refs[0]
            self.open(OpenSource(first, None, 0, not wish.unless_busy, view, recorded, wish.then))

        self.workers.run("first", lambda _job: library.refs(wish.slug), done)

    def _landing(self, opened: OpenedSource, wish: OpenSource) -> int:
        if wish.at is not None:
            return wish.at
        if wish.hit and opened.spans:
            self.state.sought = Sought.SEARCH
            return opened.spans[0 if wish.hit > 0 else -1].start
        return self.places.get(opened.source.ref, 0)

    def choose_source(self, key: str) -> None:
        """Open the source of a row, or the related story, if it has one."""
        ref = Ref.parse(key)
        if ref is not None:
            self.open(OpenSource(ref))
        elif (slug := related_story(key)) is not None:
            self.open_story(OpenStory(slug, view="story"))

    def close(self) -> None:
        """Show no text."""
        self.state.source = self.state.wanted = None
        self.state.notes = self.state.spans = ()
        self.panes.evidence_pane.show(TextEvidence(), "No source is open.")
        self.panes.read_view.welcome("Choose a source on the left.", ())

    def open_address(self) -> None:
        """Open the link under the cursor in the browser, else the address of the source."""
        reader = self.panes.reader
        link = reader.document.link_at(reader.cursor) if reader.has_focus else None
        if link is not None:
            self._browse(link.address)
            return
        ref = self.current.ref() or self.state.ref
        if ref is None:
            self.say("Open a source, or choose one in a list, to see it on the web.")
            return

        def done(source: Source) -> None:
            address = web_address(source.url)
            if address is None:
                self.say(f"{ref} has no address of the web; {self.key('edit-note')} gives it one.")
            else:
                self._browse(address)

        self.library.read("address", lambda library: library.source(ref), done)

    def _browse(self, address: str) -> None:
        if self.opens_address(address):
            self.say(f"Opened in the browser: {address}")
        else:
            self.panes.app.copy_to_clipboard(address)
            self.say(f"There is no browser with a window here; copied instead: {address}")

    # Evidence

    def load_evidence(self, refs: tuple[Ref, ...]) -> None:
        """Find the evidence of what is shown, beside the screen, and show it."""
        cache = self.services.require_evidence_cache()

        def done(evidence: TextEvidence) -> None:
            self.panes.evidence_pane.show(evidence)
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
            self.panes.evidence_pane.show(
                TextEvidence(), "The evidence could not be worked out; the log tells why."
            )
            self.services.log_trouble(error)

        self.workers.run("evidence", work, done, failed)

    def mark_evidence(self) -> None:
        """Mark in the text what the evidence pane lists."""
        pane = self.panes.evidence_pane
        evidence, reader = pane.evidence, self.panes.reader
        reader.chosen_kinds = frozenset({pane.kind})
        ref = self.state.ref
        if ref is not None and ref in evidence.refs:
            reader.set_marks(MarkKind.ENTITY, evidence.entity_marks(ref, pane.isolated))
            if evidence.refs == (ref,):
                reader.set_marks(MarkKind.FIGURE, evidence.figure_marks())
                reader.set_marks(MarkKind.DISSENT, evidence.dissent_marks())
                reader.set_marks(MarkKind.QUOTE, evidence.quote_marks())
        self.emit(EvidenceMarked())

    def mark_hits(self) -> None:
        """Mark the search's hits in the open text."""
        self.panes.reader.set_marks(
            MarkKind.HIT, [Mark(span.start, span.end, MarkKind.HIT) for span in self.state.spans]
        )

    def mark_notes(self) -> None:
        """Mark the notes in the open text, numbered as in the pane of notes."""
        if self.state.ref is None:
            return
        places = [(place_in(note, self.state.ref), number) for number, note in enumerate(self.state.notes, 1)]
        marks = [
            Mark(place.start, place.end, MarkKind.NOTE, str(number)) for place, number in places if place
        ]
        self.panes.reader.set_marks(MarkKind.NOTE, marks)
        self.panes.notes_here.show(self.state.notes, self.state.ref)

    def look_for_hits(self) -> None:
        """Find the search's hits in the open text again, after the query changed."""
        source, query, unfinished = self.state.source, self.state.search.query, self.state.search.unfinished
        if source is None:
            return

        def work(_job: Job) -> tuple[Span, ...]:
            return hits_in(query, source.text, unfinished=unfinished)

        def done(spans: tuple[Span, ...]) -> None:
            if self.state.source is source:
                self.state.spans = spans
                self.mark_hits()
                self.refresh_status()

        self.workers.run("hits", work, done)

    def isolate(self) -> None:
        """Highlight only the chosen entity, or all of them again."""
        pane = self.panes.evidence_pane
        kind, _, name = (pane.listing.highlighted_key or "").partition(":")
        if kind != "entity":
            return
        pane.isolated = None if pane.isolated == name else name
        pane.redraw()
        self.mark_evidence()

    def toggle_kind(self) -> None:
        """Turn the marks of the chosen tab's kind off or on."""
        pane, reader = self.panes.evidence_pane, self.panes.reader
        reader.toggle_kind(pane.kind)
        if pane.kind is MarkKind.FIGURE:
            reader.toggle_kind(MarkKind.DISSENT)
        self.emit(EvidenceMarked())
        pane.hidden = reader.hidden_kinds
        pane.redraw()

    def hide_kind(self, name: str) -> None:
        """Begin with the marks of one kind off."""
        pane, reader = self.panes.evidence_pane, self.panes.reader
        if name in {str(kind) for kind in TAB_KINDS.values()} and MarkKind(name) not in reader.hidden_kinds:
            reader.toggle_kind(MarkKind(name))
            if name == MarkKind.FIGURE:
                reader.toggle_kind(MarkKind.DISSENT)
            pane.hidden = reader.hidden_kinds
            pane.redraw()

    def moved(self) -> None:
        """Take notice that the cursor moved: a text seen to its end counts as read."""
        ref = self.state.ref
        if ref is not None and ref not in self.state.read and self.panes.reader.percent >= READ_FROM:
            self.state.read.add(ref)
            self.emit(SignsChanged())
        self.refresh_status()
