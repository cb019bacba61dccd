"""The workspace: the evidence in a library's texts, worked out when it is first asked for and then kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.workspace.asking.comparisons import AskingComparisons
from sources.workspace.asking.facts import AskingFacts
from sources.workspace.asking.lineage import FINGERPRINTS, AskingLineage
from sources.workspace.remembering import never

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.model import Note
    from sources.notes.export import NoteCollection
    from sources.workspace.labelling import Labelling


# Labels and exports are loaded by the question that needs them.
# ruff: noqa: PLC0415


class Workspace(AskingLineage, AskingFacts, AskingComparisons):
    """What can be known from the texts of ``library``; the questions are in ``asking``, by subject.

    Every method may raise UnknownReference, and the errors of LibraryError.
    """

    def prepare(self, slug: str, *, cancelled: Callable[[], bool] = never) -> None:
        """Work out and keep what the screens ask of a story: names, quotes, figures, matrix and timeline.

        A story of more than ``AHEAD`` texts is left until it is asked for: an archive is read source by
        source, and adding to it must not take minutes. Evidence of texts that have gone is dropped.
        """
        self.tidy()
        if not self._is_small(slug):
            return
        for source in self.library.texts(slug):
            if cancelled():
                return
            self._quotes(source)
            self._facts.figures(source)
        self.entities(slug)
        if not cancelled():
            self.figure_matrix(slug)
            self.timeline(slug)

    def tidy(self) -> None:
        """Drop the kept evidence of texts that are no longer in the library."""
        self._cache.keep_only(self.library.text_sums())
        if (self.library.folder / FINGERPRINTS).exists():
            self._fingerprints().catch_up(self.library)

    def clear(self) -> None:
        """Drop all kept evidence."""
        with self._lock:
            self._answers.clear()
        self._cache.clear()
        self._fingerprints().clear()

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the kept evidence, a sentence each; nothing when all is well."""
        return (*self._cache.problems(), *self._fingerprints().problems())

    @property
    def labelling(self) -> Labelling:
        """What can be asked of the labelled spans: agreement, disagreements, company, suggestions."""
        from sources.workspace.labelling import Labelling

        return Labelling(self.library, self.sentences, self.entities)

    def collect(self, notes: Sequence[Note]) -> NoteCollection:
        """Gather what an export of ``notes`` tells about their sources and stories."""
        from sources.workspace.gathering import gather_notes

        return gather_notes(self.library, notes)
