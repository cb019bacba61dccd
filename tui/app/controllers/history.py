"""Who said first what is under the cursor, and what changed in the library since a while."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from sources.model import Ref, Span
from tui.app.controllers.base import Controller
from tui.app.dialogs.dialog import ListDialog
from tui.app.messages import CompareSources, OpenSource, StoryLookedAt
from tui.app.views.evidence_boxes import EvidenceBox
from tui.app.views.story_rows import place_of
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row
from tui.services.wording import counted_changes, flat, replaced_words, short_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.blame import Fact, Saying
    from sources.evidence.version_changes import Replaced, VersionChanges
    from tui.app.messages import StoryShown
    from tui.app.workers import Job
    from tui.services import Library
    from tui.services.changes import Change, Since
    from tui.services.versions import VersionHere, Versions

_BLAME, _SINCE, _VERSIONS = "who said it first", "changes", "versions"


class HistoryController(Controller):
    """Answers where something comes from, and what is new."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"blame": self.blame, "changes": self.changes, "versions": self.versions}

    def blame(self) -> None:
        """Tell who said first what is under the cursor: a figure, a quote, or a sentence."""
        asked = self._passage()
        if asked is None:
            self.say("Put the cursor on a sentence, a figure or a quote first.")
            return
        ref, span = asked
        cache = self.services.require_evidence_cache()

        def work(_job: Job) -> tuple[Fact, ...]:
            from tui.services.history import facts_at

            return facts_at(cache, ref, span)

        self.workers.run(_BLAME, work, self._show_facts, lambda error: self.say(str(error)))

    def _passage(self) -> tuple[Ref, Span] | None:
        pane = self.panes.focused_pane
        if isinstance(pane, EvidenceBox):
            place = pane.place
            return None if place is None else (place[0], Span(place[1], place[1] + 1))
        found = self.current.passage()
        return None if found is None else (found[0].ref, found[1])

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        if not facts:
            self.say("No figure, quote or sentence of the story is known here.")
            return
        rows: list[Row] = []
        for number, fact in enumerate(facts):
            title = f"{fact.kind}: {fact.subject}" if fact.subject else str(fact.kind)
            title += "" if fact.sure else "  not known who was first"
            rows.append(Row(f"fact:{number}", Content.styled(title, "bold"), disabled=True))
            rows.append(_saying_row(number, fact.first, "first" if fact.sure else ""))
            rows += [_saying_row(number, one, "≠" if one.changed else "") for one in fact.taken_over]
        words = Content("First is who dates or copies prove to be; ≠ where a text differs.")
        self._ask("Who said it first", rows, words)

    def changes(self) -> None:
        """List what changed in the marked story since it was looked at, or in all stories in a week.

        Texts, verdicts, conflicts, origins, notes. The mark goes.
        """
        cache, slug = self.services.require_evidence_cache(), self.current.story()
        marked = slug if slug in self.state.listing.changed else None

        def work(_job: Job) -> Since:
            from tui.services.changes import changes_since, moment_of, seen_at

            seen = None if marked is None else seen_at(cache.library, marked)
            return changes_since(cache, seen or moment_of(None), story=marked)

        def done(since: Since) -> None:
            where = "Since" if marked is None else f"{marked} since"
            if since.changes:
                rows = [*map(_change_row, range(len(since.changes)), since.changes)]
                self._ask(f"{where} {since.start[:10]}", rows)
            else:
                self.say(f"Nothing changed since {since.start[:10]}.")
            if marked is not None:
                self._look_at(marked)

        self.workers.run(_SINCE, work, done, lambda error: self.say(str(error)))

    def versions(self) -> None:
        """List the versions of a source with what changed from one to the next; enter compares the two."""
        ref = self.current.ref() or self.state.ref
        if ref is None:
            self.say("Open a source, or choose one in a list, to see its versions.")
            return
        cache = self.services.require_evidence_cache()

        def work(_job: Job) -> Versions:
            from tui.services.versions import versions_of

            return versions_of(cache, ref)

        self.workers.run(_VERSIONS, work, self._show_versions, lambda error: self.say(str(error)))

    def _show_versions(self, found: Versions) -> None:
        if len(found.versions) == 1:
            self.say(f"{found.ref} has one version, seen {_seen(found.versions[0])}.")
            return

        def picked(key: str | None) -> None:
            number = int((key or "").partition(":")[0] or 0)
            if number:
                pair = replace(found.ref, version=number - 1), replace(found.ref, version=number)
                self.emit(CompareSources(pair))

        keys = "enter compare with the one before   esc leave"
        dialog = ListDialog(f"Versions of {found.ref}", version_rows(found), keys=keys, size="widest")
        self.panes.app.push_screen(dialog, picked)

    def story_shown(self, shown: StoryShown) -> None:
        """Count from now on what changes in a story that is shown for the first time."""
        slug, library = shown.story.slug, self.services.require_library()

        def work(_job: Job) -> str | None:
            from tui.services.changes import seen_at

            return seen_at(library, slug)

        def done(seen: str | None) -> None:
            if seen is None:
                self._look_at(slug)

        self.workers.run("seen", work, done)

    def _look_at(self, slug: str) -> None:
        def work(library: Library) -> None:
            from tui.services.changes import look_at

            look_at(library, slug)

        self.write(work, lambda _none: self.emit(StoryLookedAt()), self.report)

    def _ask(self, heading: str, rows: list[Row], words: Content | None = None) -> None:
        def picked(key: str | None) -> None:
            place = place_of(key or "")
            ref = Ref.parse(place[0]) if place else None
            if place is not None and ref is not None:
                self.emit(OpenSource(ref, place[1]))

        keys = "enter open   esc close"
        self.panes.app.push_screen(
            ListDialog(heading, rows, words=words, keys=keys, size="widest tall"), picked
        )


def _saying_row(number: int, one: Saying, sign: str) -> Row:
    version = f"@{one.version}" if one.version > 1 else ""
    source = f" from {short_number(one.source)}" if one.source is not None else ""
    cell = Content.assemble(
        (f"{sign:<7}", "bold $error" if sign == "≠" else "bold"),
        (f"{short_number(one.ref) + version:<6} ", "$accent"),
        (f"{one.date or '':<11}", "dim"),
        flat(one.text),
        (source, "dim"),
    )
    return Row(f"said:{one.ref}:{one.start}#{number}", cell)


def _change_row(number: int, change: Change) -> Row:
    was = "new" if change.was is None else str(change.was)
    cell = Content.assemble(
        (f"{change.kind:<9}", "bold"),
        (f"{was} → {'gone' if change.now is None else change.now}  ", "$accent"),
        flat(change.subject),
        (f"  {change.story}", "dim"),
    )
    ref = change.because[0] if change.because else None
    return Row(f"said:{ref}:0#{number}", cell)


def _seen(one: VersionHere) -> str:
    return one.added[:16].replace("T", " ")


def version_rows(found: Versions) -> list[Row]:
    """Return the versions of a source, the newest first: changed figures, then quotes, then sentences."""
    rows: list[Row] = []
    for one in reversed(found.versions):
        changed = one.changed
        told = f"{one.words:,} words" if changed is None else counted_changes(changed)
        title = Content.assemble((f"@{one.number}", "bold"), f"  seen {_seen(one)}  {told}")
        rows.append(Row(f"{one.number}:", title, disabled=changed is None))
        if changed is None:
            continue
        was, now = found.texts[one.number - 1], found.texts[one.number]
        lines = [(name, replaced_words(each)) for name, each in _first(changed)]
        for sentence in changed.sentences:
            if sentence.kind != "added" and sentence.was is not None:
                lines.append(("was", flat(sentence.was.of(was))))
            if sentence.kind != "removed" and sentence.now is not None:
                lines.append(("now", flat(sentence.now.of(now))))
        for place, (name, words) in enumerate(lines):
            cells = Content.assemble((f"   {name:<7} ", "dim"), shown(words))
            rows.append(Row(f"{one.number}:{place}", cells))
    return rows


def _first(changed: VersionChanges) -> list[tuple[str, Replaced]]:
    return [("figure", each) for each in changed.figures] + [("quote", each) for each in changed.quotes]
