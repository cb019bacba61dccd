"""Where sources are: moved to other stories, stories merged, and what was removed brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import ListDialog
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.messages import SourcesChanged
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.services import Binned
    from tui.services.stories import Moved

_NEW = "new story"  # the key of a row; no slug has a blank


class PlacingController(Controller):
    """Asks where to, and moves beside the screen; the undo of the journal takes it back."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "move-sources": self.move,
            "merge-story": self.merge,
            "restore-source": self.choose_restored,
        }

    def move(self) -> None:
        """Move the marked sources, or the one that is meant, to a story that is chosen."""
        ref = self.current.ref() or self.state.ref
        meant = self.state.marked or ([ref] if ref is not None else [])
        refs = [one for one in meant if one.number is not None]
        if not refs:
            self.say("Mark the sources to move with M, or choose one in the library.")
            return

        def chosen(slug: str | None) -> None:
            if slug == _NEW:
                self._split(refs)
            elif slug is not None:
                from tui.services.stories import move_sources

                self._place(lambda cache: move_sources(cache, refs, slug))

        what = str(refs[0]) if len(refs) == 1 else f"{len(refs)} marked sources"
        left = {one.story for one in refs} if len({one.story for one in refs}) == 1 else set()
        rows = [Row(_NEW, Content("a new story…")), *self._stories(left)]
        self.panes.app.push_screen(ListDialog(f"Move {what} to which story?", rows, size="wide"), chosen)

    def _split(self, refs: list[Ref]) -> None:
        if len({ref.story for ref in refs}) > 1:
            self.say("A new story is split off one story; unmark the sources of the others first.")
            return

        def submitted(form: FormDialog[Moved], answers: Answers) -> None:
            name = answers["name"]
            cache = self.services.require_evidence_cache()

            def work(_job: object) -> Moved:
                from tui.services.stories import split_story

                return split_story(cache, refs[0].story, refs, name)

            self.workers.queue("writing", work, form.finish, form.heard(form.fail))

        def done(moved: Moved | None) -> None:
            if moved is not None:
                self._moved(moved)

        lines = (Line("name", hint="lower-case words joined by hyphens"),)
        form = FormDialog("The name of the new story", lines, submitted, keys="enter move   esc leave")
        self.panes.app.push_screen(form, done)

    def merge(self) -> None:
        """Merge the story that is meant into another one, which is chosen."""
        slug = self.current.story()
        others = self._stories({slug}) if slug is not None else []
        if slug is None or not others:
            self.say("Merging takes two stories: choose one of them in the library.")
            return

        def chosen(into: str | None) -> None:
            if into is not None:
                from tui.services.stories import merge_stories

                self._place(lambda cache: merge_stories(cache, [slug], into))

        self.panes.app.push_screen(ListDialog(f"Merge {slug} into which story?", others, size="wide"), chosen)

    def _stories(self, without: set[str]) -> list[Row]:
        return [
            Row(story.slug, Content.assemble((story.slug, "bold"), "  ", shown(story.title or "")))
            for story in self.state.listing.stories
            if story.slug not in without
        ]

    def _place(self, work: Callable[..., Moved]) -> None:
        cache = self.services.require_evidence_cache()
        self.workers.queue("writing", lambda _job: work(cache), self._moved, self._refused)

    def _refused(self, error: Exception) -> None:
        self.say(str(error))

    def _moved(self, moved: Moved) -> None:
        first = moved.moved[0] if moved.moved else None
        told = f"{first.old} is {first.new} now" if first else f"{moved.story} is as it was"
        more = f", and {len(moved.moved) - 1} more moved" if len(moved.moved) > 1 else ""
        gone = f"; {moved.binned[0]} is in the bin" if moved.binned else ""
        self.say(f"{told}{more}{gone}; {self.key('undo')} undoes it.")
        self.emit(SourcesChanged(moved=tuple((one.old, one.new) for one in moved.moved)))

    # The bin

    def choose_restored(self) -> None:
        """List what was removed in the last 30 days, and bring back what is chosen."""
        self.library.read("bin", lambda library: library.binned_sources(), self._show_bin)

    def _show_bin(self, binned: tuple[Binned, ...]) -> None:
        if not binned:
            self.say("Nothing was removed in the last 30 days.")
            return

        def chosen(key: str | None) -> None:
            target = None if key is None else Ref.parse(key) or key
            cache = self.services.require_evidence_cache()
            if target is not None:
                from tui.services.stories import restore

                work = partial(restore, cache, target)
                self.workers.queue("writing", lambda _job: work(), self._restored, self._refused)

        rows: list[Row] = []
        for slug in dict.fromkeys(one.ref.story for one in binned):
            of_story = [one for one in binned if one.ref.story == slug]
            if len(of_story) > 1:
                title = Content.assemble((slug, "bold"), f"  all {counted(len(of_story), 'text')}")
                rows.append(Row(slug, title))
            for one in of_story:
                cells = Content.assemble((f"{one.ref}  ", "bold"), shown(one.title or ""))
                rows.append(Row(str(one.ref), cells, hint=one.removed[:10]))
        keys = "enter bring back   esc leave"
        dialog = ListDialog("Removed in the last 30 days", rows, keys=keys, size="wide")
        self.panes.app.push_screen(dialog, chosen)

    def _restored(self, refs: tuple[Ref, ...]) -> None:
        self.say(f"{refs[0]} is back." if len(refs) == 1 else f"{len(refs)} texts are back.")
        self.emit(SourcesChanged(new=refs))
