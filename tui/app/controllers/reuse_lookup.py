"""Locating: where else a passage stands, who says it, and in which other text a new one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.dialogs.elsewhere import ElsewhereScreen, place_of
from tui.app.messages import CompareSources, OpenSource
from tui.app.state import SMALL_STORY
from tui.app.views.lineage_rows import share_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.lineage.origins import ClaimOrigins
    from sources.evidence.lineage.text_reuse import FoundReuse
    from sources.model import Ref
    from tui.app.controllers.base import Context
    from tui.app.workers import Job
    from tui.services.evidence import PlaceElsewhere

NEWS_FOR = 120.0  # seconds that the status line tells whose text a new one is
_PLACES, _CLAIM, _NEWS = "elsewhere", "who says it", "news"


class ReuseLookupController(Controller):
    """Asks the whole library about a passage, and about what was just added."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.news: tuple[FoundReuse, ...] = ()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"elsewhere": self.ask, "compare-new": self.compare_new}

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
        """Find out beside the screen whether new sources stand in others for a good part."""
        cache = self.services.require_evidence_cache()

        def done(found: tuple[FoundReuse, ...]) -> None:
            self.news = found
            self.refresh_status()
            if found:
                self.clock.after(self.panes, NEWS_FOR, lambda: self._forget(found))

        self.workers.run(
            _NEWS,
            lambda job: cache.reuse_of(refs, cancelled=lambda: job.cancelled),
            done,
            self.services.log_trouble,
        )

    def _forget(self, news: tuple[FoundReuse, ...]) -> None:
        if self.news is news:
            self.news = ()
            self.refresh_status()

    @property
    def status(self) -> str:
        """What the status line says of new sources, such as ``70% of harbour/9 is in harbour/4``."""
        if not self.news:
            return ""
        first, *rest = self.news
        more = f", and {len(rest)} more" if rest else ""
        return f"{share_words(first.share)} of {first.ref} is in {first.holder}{more}: C compares"

    @property
    def short_status(self) -> str:
        """The same in few words, for a status line that must leave room for the keys."""
        if not self.news:
            return ""
        share, ref, holder = self.news[0].share, self.news[0].ref, self.news[0].holder
        both = (ref.number, holder.number) if ref.story == holder.story else (ref, holder)
        one, other = ("summary" if each is None else str(each) for each in both)
        return f"{share_words(share)} of {one} is in {other}: C compares"

    def compare_new(self) -> None:
        """Compare a new source with the one that most of it is in; again: the next of them."""
        if not self.news:
            self.say("None of the sources that were just added stands in another one.")
            return
        first, *rest = self.news
        self.news = tuple(rest)
        self.emit(CompareSources((first.holder, first.ref)))
