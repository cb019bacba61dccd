"""What the texts measure, and when what happened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sources.workspace.asking.names import AskingNames

if TYPE_CHECKING:
    from sources.evidence.dates import DateMention
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.figures import Figure
    from sources.evidence.timeline import Event
    from sources.model import Ref, Source
    from sources.workspace.facts import Facts

# The evidence modules are loaded by the question that needs them: a search that only opens the library, or
# a compare that needs no names, must not pay for all of them.
# ruff: noqa: PLC0415


class AskingFacts(AskingNames):
    """What is asked of figures and dates."""

    def figures(self, ref: Ref) -> tuple[Figure, ...]:
        """Return the money, shares, counts and durations of a source."""
        return self._facts.figures(self.library.source(ref))

    def dates(self, ref: Ref) -> tuple[DateMention, ...]:
        """Return the dates of a source, resolved against its own."""
        return self._facts.dates(self.library.source(ref))

    def figure_matrix(self, slug: str) -> tuple[MatrixRow, ...]:
        """Return what is measured in a story and what each of its sources gives for it.

        The summary has no say. Of a story with more than ``AHEAD`` texts every source is a story of its own:
        nobody waits for an archive to be held against itself.
        """
        if self._is_small(slug):
            return self._facts.matrix(list(self.library.texts(slug)), self.entities(slug))
        return tuple(row for text in self.library.texts(slug) for row in self._matrix_alone(text))

    def timeline(self, slug: str) -> tuple[Event, ...]:
        """Return what happened when, as the sources of a story say; the summary has no say.

        Of a story with more than ``AHEAD`` texts nothing is merged: every source is read alone.
        """
        if self._is_small(slug):
            return self._facts.timeline(list(self.library.texts(slug)), self.entities(slug))
        events = [
            event
            for text in self.library.texts(slug)
            for event in self._facts.timeline([text], self._entities([text]))
        ]
        return tuple(
            sorted(events, key=lambda event: (event.start or event.end or "9999", str(event.status)))
        )

    def figures_of(self, ref: Ref) -> tuple[MatrixRow, ...]:
        """Return those rows of its story's matrix in which a source has a say, each with its mentions there.

        The status of a row is that of the whole story; the summary is read alone.
        """
        if ref.number is None or not self._is_small(ref.story):
            return self._matrix_alone(self.library.source(ref))
        found, text = [], self.library.source(ref).text
        for row in self.figure_matrix(ref.story):
            here = tuple(
                replace(value, text=text[mentions[0].start : mentions[0].end], mentions=mentions)
                for value in row.values
                if (mentions := tuple(mention for mention in value.mentions if mention.ref == ref))
            )
            if here:
                found.append(replace(row, values=here))
        return tuple(found)

    def _matrix_alone(self, source: Source) -> tuple[MatrixRow, ...]:
        return self._facts.matrix([source], self._entities([source]))

    @property
    def _facts(self) -> Facts:
        from sources.workspace.facts import Facts

        return Facts(self._found)
