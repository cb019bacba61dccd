"""Reuse lookup: where else a passage is, who says it, and to which other text a new one belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.dialogs.elsewhere import ElsewhereScreen, place_of
from tui.app.messages import CompareSources, OpenSource, SourcesChanged
from tui.app.state import SMALL_STORY
from tui.services.wording import share_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.lineage.origins import ClaimOrigins
    from sources.evidence.lineage.text_reuse import FoundReuse
    from sources.model import Ref
    from tui.app.workers import Job
    from tui.services.adding import Near
    from tui.services.evidence import PlaceElsewhere
    from tui.services.proposed_stories import ProposedStory

NEWS_FOR = 120.0  # seconds that the status line tells whose text a new one is
_PLACES, _CLAIM, _NEWS = "elsewhere", "who says it", "news"


class ReuseLookupController(Controller):
    """Asks the whole library about a passage, and about what was just added."""

    news: tuple[FoundReuse, ...] = ()
    proposed: tuple[ProposedStory, ...] = ()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"elsewhere": self.ask, "compare-new": self.compare_new, "join-story": self.join_story}

    # A passage

    def ask(self) -> None:
        """Ask where else the selection or the sentence at the cursor stands, and who says it."""
        found = self.current.passage()
        if found is None:
            self.say(
                "Open a source first: the question is about its selection, or the sentence at the cursor."
            )
            return
        source, span = found
        passage = span.of(source.text)
        screen = ElsewhereScreen(f"From {source.ref}", passage)

        def closed(key: str | None) -> None:
            self.workers.drop(_PLACES)
            self.workers.drop(_CLAIM)
            if key is not None and (place := place_of(key)) is not None:
                self.emit(OpenSource(place[0], at=place[1]))

        self.panes.app.push_screen(screen, closed)
        library, cache = self.services.require_library(), self.services.require_evidence_cache()

        def places(_job: Job) -> tuple[PlaceElsewhere, ...]:
            from tui.services.evidence import elsewhere

            return elsewhere(cache, passage, ref=source.ref, span=span)

        self.workers.run(
            _PLACES,
            places,
            screen.heard(screen.show_places),
            screen.heard(lambda error: screen.tell_places(str(error))),
        )
        if library.count(source.ref.story) > SMALL_STORY:
            screen.tell_claim("The story has too many sources to ask all of them who says it.")
            return

        def claim(job: Job) -> tuple[ClaimOrigins | None, dict[Ref, str]]:
            found = cache.claim_origins(source.ref.story, passage)
            job.still_wanted()
            refs = {one.sentence.ref for one in found.stated} if found else set()
            return found, {ref: library.source(ref).text for ref in refs}

        self.workers.run(
            _CLAIM,
            claim,
            screen.heard(lambda answer: screen.show_claim(*answer)),
            screen.heard(lambda error: screen.tell_claim(str(error))),
        )

    # What was just added

    def look_up(self, refs: Sequence[Ref]) -> None:
        """Find out beside the screen whether new sources are in others for a good part, or of their story."""
        cache = self.services.require_evidence_cache()

        def work(job: Job) -> Near:
            from tui.services.adding import what_is_near

            return what_is_near(cache, refs, cancelled=lambda: job.cancelled)

        def done(near: Near) -> None:
            self.news, self.proposed = near.reuse, near.groups
            self.refresh_status()
            if near.reuse or near.groups:
                self.clock.after(self.panes, NEWS_FOR, lambda: self._forget(near))

        self.workers.run(_NEWS, work, done, self.services.log_trouble)

    def _forget(self, near: Near) -> None:
        self.news = () if self.news is near.reuse else self.news
        self.proposed = () if self.proposed is near.groups else self.proposed
        self.refresh_status()

    @property
    def status(self) -> str:
        """What the status line says of new sources, such as ``70% of harbour/9 is in harbour/4``."""
        told = []
        if self.proposed and not self._both_of_one:
            told.append(
                f"{_proposal(self.proposed[0])}{_and_more(self.proposed)}: "
                + _key(self.proposed[0], self.key("join-story"))
            )
        if self.news:
            first, also = self.news[0], _and_more(self.news)
            new = self.key("compare-new")
            move = f", {self.key('join-story')} moves it there" if self._both_of_one else ""
            told.append(
                f"{share_words(first.share)} of {first.ref} is in {first.holder}{also} · {new} compare{move}"
            )
        return "  ".join(told)

    @property
    def short_status(self) -> str:
        """The same in few words, for a status line that must leave room for the keys."""
        if self.proposed:
            first = self.proposed[0]
            compare = f"{self.key('compare-new')} compare, " if self._both_of_one else ""
            like = f"like {first.kin}" if len(first.refs) == 1 else f"{len(first.refs)} new are one story"
            return f"{like}: {compare}" + _key(first, self.key("join-story"))
        if not self.news:
            return ""
        share, ref, holder = self.news[0].share, self.news[0].ref, self.news[0].holder
        both = (ref.number, holder.number) if ref.story == holder.story else (ref, holder)
        one, other = ("summary" if each is None else str(each) for each in both)
        return f"{share_words(share)} of {one} is in {other} · {self.key('compare-new')} compare"

    @property
    def _both_of_one(self) -> bool:
        """Tell whether both are of one text."""
        return bool(self.news and self.proposed) and (self.news[0].ref,) == self.proposed[0].refs

    def compare_new(self) -> None:
        """Compare a new source with the one that most of it is in; again: the next of them."""
        if not self.news:
            self.say("None of the sources that were just added is in another one.")
            return
        first, *rest = self.news
        self.news = tuple(rest)
        self.emit(CompareSources((first.holder, first.ref)))

    def join_story(self) -> None:
        """Put new sources into the story that they seem to belong to, and compare one with its like there."""
        if not self.proposed:
            self.say("None of the sources that were just added seems to belong to another story.")
            return
        proposal, self.proposed = self.proposed[0], self.proposed[1:]
        cache = self.services.require_evidence_cache()

        def work(_job: Job) -> dict[Ref, Ref]:
            from tui.services.proposed_stories import put_together

            return put_together(cache, proposal)

        def done(moved: dict[Ref, Ref]) -> None:
            gone = set(moved)
            self.news = tuple(one for one in self.news if not gone & {one.ref, one.holder})
            (first, there), *others = moved.items()
            also = f", and {len(others)} more went there" if others else ""
            self.say(f"{first} is {there} now{also}; {self.key('undo')} undoes it.")
            self.emit(SourcesChanged(moved=tuple(moved.items())))
            self.emit(CompareSources((proposal.kin, there)))

        self.workers.queue("writing", work, done)


def _proposal(one: ProposedStory) -> str:
    """Say what new texts seem to be of one story."""
    if one.kin in one.refs:
        return f"{len(one.refs)} new texts may be one story, {one.into}"
    if len(one.refs) == 1:
        return f"{one.refs[0]} says the same as {one.kin}"
    return f"{len(one.refs)} new texts are near {one.into}"


def _key(one: ProposedStory, key: str) -> str:
    """Say what the key does with it."""
    if one.kin in one.refs:
        return f"{key} puts them together"
    return f"{key} moves it there" if len(one.refs) == 1 else f"{key} moves them there"


def _and_more(found: Sequence[object]) -> str:
    return f", and {len(found) - 1} more" if len(found) > 1 else ""
