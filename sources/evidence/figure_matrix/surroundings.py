"""What stands around a figure: its clause and sentence, the other figures, the words that measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.figure_matrix.measures import Cue
    from sources.evidence.figures import Figure
    from sources.model import Span


class Surroundings(NamedTuple):
    """Where a figure stands; ``figures`` and ``cues`` are those of the sentence, in order."""

    text: str
    clause: Span
    sentence: Span
    figures: Sequence[Figure]
    cues: Sequence[Cue]
