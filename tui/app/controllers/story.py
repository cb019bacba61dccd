"""The story as a whole: what it holds, what its sources tell, and who stems from whom; beside the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from sources.errors import UnknownReference
from sources.evidence.lineage.drawing import Relation, lineage_trees
from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.messages import SignsChanged, StoryShown
from tui.app.state import SMALL_STORY
from tui.app.views.audit_box import AuditBox
from tui.app.views.evidence_boxes import CreditsBox, EvidenceBox, FiguresBox, QuotesBox, TimelineBox
from tui.app.views.library import signs_of
from tui.app.views.pane import Passages
from tui.app.widgets.virtual_list import Row
from tui.services.original_places import OriginalPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sources.evidence.lineage import Lineage
    from sources.model import Span, Story
    from tui.app.controllers.base import Context
    from tui.app.messages import SourceShown
    from tui.app.workers import Job
    from tui.services import EvidenceCache, Library
    from tui.services.audit import Audited


class StoryController(Controller):
    """Fills the story view."""

    def judge_again(self) -> None:
        """Work out again what is shown of a story, since a text came, changed or went."""
        if self.panes.view == "story":
            self.refresh()

    def refresh(self) -> None:
        """Read the story beside the screen and show it."""
        slug = self.current.story()
        if slug is None:
            return
        library, cache = self.services.require_library(), self.services.require_evidence_cache()

        def work(_job: Job) -> tuple[Story, tuple[Span, ...], tuple[str | None, ...]]:
            from tui.services.related_stories import related_in

            story = library.story(slug)
            sentences = cache.sentences(Ref(slug, None)) if story.summary else ()
            return story, sentences, related_in(library, story)

        def done(answer: tuple[Story, tuple[Span, ...], tuple[str | None, ...]]) -> None:
            story, sentences, related = answer
            signs, names = signs_of(self.state), self.state.listing.names
            self.panes.story_view.show(story, sentences, related, signs, names)
            self.emit(StoryShown(answer[0]))

        self.workers.run("story", work, done)


# Surveying: what the sources of the story shown tell, worked out beside the screen, box by box.


PROGRESS_AFTER = 0.3  # seconds that an answer may take before it is told how far it is


class StoryEvidenceController(Controller):
    """Fills the boxes of evidence."""

    _shown = ""  # the slug of the story whose evidence is in the boxes

    def story_shown(self, shown: StoryShown) -> None:
        """Fill the boxes for a story, one after the other; until then what is shown stays."""
        from tui.services.evidence import WHOLE_STORIES

        story, slug = shown.story, shown.story.slug
        if len(story.sources) > WHOLE_STORIES:
            self.workers.drop("survey")
            self._shown = ""
            self._wait(
                f"{len(story.sources):,} sources: figures, quotes and dates are held against each other "
                f"in stories of up to {WHOLE_STORIES}. Each text has its own beside it in Read."
            )
            return
        if not story.sources:
            self._wait("This story has no sources.")
            return
        if self._shown != slug:
            self._shown = slug
            self._wait("Reading what the sources tell…")
        titles = {
            entry.ref: entry.title or self.state.listing.names.get(entry.ref, "") for entry in story.sources
        }
        work = self._work(slug, titles, has_summary=story.summary is not None)
        self.workers.run("survey", work, lambda _: None, self._failed)

    def _work(self, slug: str, titles: Mapping[Ref, str], *, has_summary: bool) -> Callable[[Job], None]:
        view = self.panes.story_view
        library, cache = self.services.require_library(), self.services.require_evidence_cache()
        clock = self.clock
        began = clock.now()

        def show(box: type[EvidenceBox], found: Sequence[Any], passages: Passages) -> None:
            view.query_one(box).show(found, passages)

        def work(job: Job) -> None:
            def begin(words: str) -> None:
                job.still_wanted()
                if clock.now() - began > PROGRESS_AFTER:
                    job.tell(lambda: self._wait_on(words))

            begin("Reading the texts…")
            passages = passages_of(library, cache, slug, titles)
            begin("Looking for names…")
            cache.entities(slug)
            steps: tuple[tuple[str, type[EvidenceBox], Callable[[str], Sequence[Any]]], ...] = (
                ("Laying figures side by side…", FiguresBox, cache.figure_matrix),
                ("Looking for quotes and their speakers…", QuotesBox, cache.quote_families),
                ("Following who cites whom…", CreditsBox, cache.credit_chains),
                ("Putting dates in order…", TimelineBox, cache.timeline),
            )
            for words, box, find in steps:
                begin(words)
                job.tell(partial(show, box, find(slug), passages))
            begin("Checking the summary against its sources…")
            audited = audit_of(library, slug, "", job) if has_summary else None
            job.tell(lambda: self._summary_audited(slug, audited, passages))

        return work

    def _summary_audited(self, slug: str, audited: Audited | None, passages: Passages) -> None:
        """Show the audit of the summary, until that of a draft in its place is there."""
        self.panes.story_view.show_audit(audited, passages)
        if slug in self.state.drafts:
            self.audit_changed()

    def audit_changed(self) -> None:
        """Audit the summary, or the draft in its place, again, as the user decided."""
        slug, view = self._shown, self.panes.story_view
        library, draft = self.services.require_library(), self.state.drafts.get(slug, "")
        story = view.story
        if not draft and (story is None or story.summary is None):
            self.workers.drop("audit")
            view.show_audit(None, view.query_one(AuditBox).passages)
            return

        def done(audited: Audited | None) -> None:
            box = view.query_one(AuditBox)
            if audited is not None and self._shown == slug:
                view.show_audit(audited, box.passages)

        def failed(error: Exception) -> None:
            view.query_one(AuditBox).wait(str(error))

        self.workers.run("audit", lambda job: audit_of(library, slug, draft, job), done, failed)

    def _wait(self, words: str) -> None:
        """Say in all boxes that there is nothing to show."""
        for box in self.panes.story_view.query(EvidenceBox):
            box.wait(words)

    def _wait_on(self, words: str) -> None:
        """Say how far the work is where nothing is shown yet."""
        for box in self.panes.story_view.query(EvidenceBox):
            if box.waiting:
                box.wait(words)

    def _failed(self, error: Exception) -> None:
        self._shown = ""
        self._wait_on("The evidence could not be worked out; the log tells why.")
        self.services.log_trouble(error)


def audit_of(library: Library, slug: str, draft: str, job: Job) -> Audited | None:
    """Hold a draft, or else the summary, against the sources of a story; raises CrossreadError."""
    from tui.services.audit import audit_file, audit_story

    if draft:
        return audit_file(library, draft, slug, cancelled=lambda: job.cancelled)
    return audit_story(library, slug, cancelled=lambda: job.cancelled)


def passages_of(library: Library, cache: EvidenceCache, slug: str, titles: Mapping[Ref, str]) -> Passages:
    """Return the texts of a story's sources with their sentences."""
    texts = [text for text in library.texts(slug) if text.ref.number is not None]
    return Passages(
        tuple(text.ref for text in texts),
        titles,
        {text.ref: text.text for text in texts},
        {text.ref: cache.sentences(text.ref) for text in texts},
        OriginalPlaces.in_sources(texts),
    )


# Who stems from whom in the story that is shown.


class LineageController(Controller):
    """Fills the boxes of lineage."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.known: dict[str, Lineage] = {}  # the newest answer for each story
        self._scopes: dict[str, str] = {}  # by story, which of its sources were chosen

    def source_shown(self, shown: SourceShown) -> None:
        """Work out the story of the source that is open now, once the index does not need the machine."""
        if self.services.index is not None:
            self.learn(shown.ref.story)

    def story_shown(self, shown: StoryShown) -> None:
        """Fill the boxes for the story that is in the view now."""
        self.show(shown.story)

    def show(self, story: Story) -> None:
        """Fill the boxes for a story, or ask first where it has very many sources."""
        titles = {
            entry.ref: entry.title or self.state.listing.names.get(entry.ref, "") for entry in story.sources
        }
        refs = [entry.ref for entry in story.sources]
        view = self.panes.story_view
        if len(refs) > SMALL_STORY and story.slug not in self._scopes:
            self._ask(len(refs))
            return
        chosen = self._chosen(story.slug, refs)
        if not chosen:
            view.tell_lineage("This story has no sources.")
            return
        self._find(story.slug, chosen if len(chosen) < len(refs) else (), titles)

    def learn(self, slug: str) -> None:
        """Work a story out before it is shown, for the marks of the library; a large one is left alone."""
        library, cache = self.services.require_library(), self.services.require_evidence_cache()
        if slug in self.known or self.workers.busy("lineage"):
            return

        def work(job: Job) -> Lineage | None:
            try:
                if library.count(slug) > SMALL_STORY:
                    return None
                return cache.lineage(slug, cancelled=lambda: job.cancelled)
            except UnknownReference:  # the story was removed meanwhile
                return None

        def done(lineage: Lineage | None) -> None:
            if lineage is not None:
                self._take(slug, lineage)

        self.workers.run("lineage", work, done, self.services.log_trouble)

    def _take(self, slug: str, lineage: Lineage) -> None:
        self.known[slug] = lineage
        by_relation = stemming(lineage)
        here = frozenset(lineage.listed)
        self.state.copies = self.state.copies - here | by_relation[0]
        self.state.rewrites = self.state.rewrites - here | by_relation[1]
        self.emit(SignsChanged())

    def forget(self) -> None:
        """Ask again about the story that is open: texts came or went."""
        self.known.clear()
        open_ref = self.state.ref
        if open_ref is not None:
            self.learn(open_ref.story)

    def choose_scope(self, scope: str) -> None:
        """Take over which sources of the story shown are meant."""
        story = self.panes.story_view.story
        if story is not None:
            self._scopes[story.slug] = scope
            if scope == "ask":
                del self._scopes[story.slug]
            self.show(story)

    def _chosen(self, slug: str, refs: list[Ref]) -> tuple[Ref, ...]:
        scope = self._scopes.get(slug, "all") if len(refs) > SMALL_STORY else "all"
        if scope == "marked":
            return tuple(ref for ref in refs if ref in self.state.marked)
        if scope == "first":
            return tuple(refs[:SMALL_STORY])
        if scope == "last":
            return tuple(refs[-SMALL_STORY:])
        return tuple(refs)

    def _ask(self, count: int) -> None:
        from tui.services.evidence import MOST_IN_LINEAGE

        marked = sum(ref.story == self._slug for ref in self.state.marked)
        choices = []
        if marked > 1:
            choices.append(Row("scope:marked", Content(f"The {marked} that are marked")))
        choices += [
            Row("scope:first", Content(f"The first {SMALL_STORY}")),
            Row("scope:last", Content(f"The last {SMALL_STORY}")),
        ]
        if count <= MOST_IN_LINEAGE:
            choices.append(Row("scope:all", Content(f"All {count:,}"), hint="takes a while"))
        self.panes.story_view.ask_scope(f"Which of the {count:,} sources?", choices)

    @property
    def _slug(self) -> str:
        story = self.panes.story_view.story
        return story.slug if story else ""

    def _find(self, slug: str, refs: tuple[Ref, ...], titles: Mapping[Ref, str]) -> None:
        view = self.panes.story_view
        cache = self.services.require_evidence_cache()
        if slug in self.known and not refs:
            pass  # what is shown stays until there is something newer
        else:
            view.tell_lineage("Comparing the texts…")
        clock = self.clock
        began = clock.now()

        def work(job: Job) -> Lineage | None:
            def progress(words: str) -> None:
                if clock.now() - began > PROGRESS_AFTER:
                    job.tell(lambda: view.tell_lineage(words))

            return cache.lineage(slug, refs, cancelled=lambda: job.cancelled, progress=progress)

        def done(lineage: Lineage | None) -> None:
            if lineage is None or self._slug != slug:
                return
            self._take(slug, lineage)
            view.show_lineage(lineage, titles, another_choice=len(titles) > SMALL_STORY)

        def failed(error: Exception) -> None:
            view.tell_lineage(str(error))
            self.services.log_trouble(error)

        self.workers.run("lineage", work, done, failed)


def stemming(lineage: Lineage) -> tuple[frozenset[Ref], frozenset[Ref]]:
    """Return which texts are copies of others, whole or in part, and which are rewrites."""
    copies: set[Ref] = set()
    rewrites: set[Ref] = set()
    nodes = [node for tree in lineage_trees(lineage) for node in tree.children]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        if node.relation is Relation.REWRITE:
            rewrites.add(node.ref)
        elif node.relation is not Relation.STANDS_ON:
            copies.add(node.ref)
    return frozenset(copies), frozenset(rewrites)
