"""Tracing: who stems from whom in the story that is shown, worked out beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.errors import UnknownReference
from sources.evidence.lineage.drawing import Relation, lineage_trees
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.evidence.lineage import Lineage
    from sources.model import Ref, Story
    from tui.app.main_screen import MainScreen
    from tui.app.workers import Job

AT_ONCE = 100  # sources of a story up to which nobody is asked which of them are meant
SOON = 0.3  # seconds that an answer may take before it is told how far it is


class LineageController:
    """Fills the boxes of lineage."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self.known: dict[str, Lineage] = {}  # the newest answer for each story
        self.copies: frozenset[Ref] = frozenset()  # of all stories that are known
        self.rewrites: frozenset[Ref] = frozenset()
        self._scopes: dict[str, str] = {}  # by story, which of its sources were chosen

    def show(self, story: Story, names: Mapping[Ref, str]) -> None:
        """Fill the boxes for a story, or ask first where it has very many sources."""
        titles = {entry.ref: entry.title or names.get(entry.ref, "") for entry in story.sources}
        refs = [entry.ref for entry in story.sources]
        view = self._frame.story_view
        if len(refs) > AT_ONCE and story.slug not in self._scopes:
            self._ask(len(refs))
            return
        chosen = self._chosen(story.slug, refs)
        if not chosen:
            view.tell_lineage("This story has no sources.")
            return
        self._find(story.slug, chosen if len(chosen) < len(refs) else (), titles)

    def learn(self, slug: str) -> None:
        """Work a story out before it is shown, for the marks of the library; a large one is left alone."""
        frame = self._frame
        library, cache = frame.app.require_library(), frame.app.require_evidence_cache()
        if slug in self.known or frame.app.background.busy("lineage"):
            return

        def work(job: Job) -> Lineage | None:
            try:
                if library.count(slug) > AT_ONCE:
                    return None
                return cache.lineage(slug, cancelled=lambda: job.cancelled)
            except UnknownReference:  # the story was removed meanwhile
                return None

        def done(lineage: Lineage | None) -> None:
            if lineage is not None:
                self._take(slug, lineage)

        frame.app.background.run("lineage", work, done, frame.app.log_trouble)

    def _take(self, slug: str, lineage: Lineage) -> None:
        self.known[slug] = lineage
        by_relation = stemming(lineage)
        here = frozenset(lineage.listed)
        self.copies = self.copies - here | by_relation[0]
        self.rewrites = self.rewrites - here | by_relation[1]
        self._frame.shelving.redraw()

    def forget(self) -> None:
        """Ask anew about the story that is open: texts came or went."""
        self.known.clear()
        open_ref = self._frame.desk.ref
        if open_ref is not None:
            self.learn(open_ref.story)

    def choose_scope(self, scope: str) -> None:
        """Take over which sources of the story shown are meant."""
        story = self._frame.story_view.story
        if story is not None:
            self._scopes[story.slug] = scope
            if scope == "ask":
                del self._scopes[story.slug]
            self.show(story, self._frame.shelving.shelf.names)

    def _chosen(self, slug: str, refs: list[Ref]) -> tuple[Ref, ...]:
        scope = self._scopes.get(slug, "all") if len(refs) > AT_ONCE else "all"
        if scope == "marked":
            return tuple(ref for ref in refs if ref in self._frame.desk.marked)
        if scope == "first":
            return tuple(refs[:AT_ONCE])
        if scope == "last":
            return tuple(refs[-AT_ONCE:])
        return tuple(refs)

    def _ask(self, count: int) -> None:
        from sources.evidence_cache.cache import MOST_IN_LINEAGE

        marked = sum(ref.story == self._slug for ref in self._frame.desk.marked)
        choices = []
        if marked > 1:
            choices.append(Row("scope:marked", Content(f"The {marked} that are marked")))
        choices += [
            Row("scope:first", Content(f"The first {AT_ONCE}")),
            Row("scope:last", Content(f"The last {AT_ONCE}")),
        ]
        if count <= MOST_IN_LINEAGE:
            choices.append(Row("scope:all", Content(f"All {count:,}"), hint="takes a while"))
        self._frame.story_view.ask_scope(f"Which of the {count:,} sources?", choices)

    @property
    def _slug(self) -> str:
        story = self._frame.story_view.story
        return story.slug if story else ""

    def _find(self, slug: str, refs: tuple[Ref, ...], titles: Mapping[Ref, str]) -> None:
        frame, view = self._frame, self._frame.story_view
        cache = frame.app.require_evidence_cache()
        if slug in self.known and not refs:
            pass  # what is shown stays until there is something newer
        else:
            view.tell_lineage("Holding the texts against each other…")
        clock = frame.app.clock
        began = clock.now()

        def work(job: Job) -> Lineage | None:
            def progress(words: str) -> None:
                if clock.now() - began > SOON:
                    job.tell(lambda: view.tell_lineage(words))

            return cache.lineage(slug, refs, cancelled=lambda: job.cancelled, progress=progress)

        def done(lineage: Lineage | None) -> None:
            if lineage is None or self._slug != slug:
                return
            self._take(slug, lineage)
            view.show_lineage(lineage, titles, another_choice=len(titles) > AT_ONCE)

        def failed(error: Exception) -> None:
            view.tell_lineage(str(error))
            frame.app.log_trouble(error)

        frame.app.background.run("lineage", work, done, failed)


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
