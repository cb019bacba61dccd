"""The passages of a story's sources, to show what stands at a place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Ref, Span


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of a story's sources with their sentences."""

    refs: tuple[Ref, ...] = ()
    titles: Mapping[Ref, str] = field(default_factory=dict)
    texts: Mapping[Ref, str] = field(default_factory=dict)
    sentences: Mapping[Ref, tuple[Span, ...]] = field(default_factory=dict)

    def sentence(self, ref: Ref, offset: int) -> tuple[str, int]:
        """Return the sentence at an offset of a source, and where in the text it begins."""
        text, sentences = self.texts.get(ref, ""), self.sentences.get(ref, ())
        place = bisect_right([span.start for span in sentences], offset) - 1
        if place < 0 or not text:
            return "", 0
        span = sentences[place]
        return text[span.start : span.end], span.start

    def name(self, ref: Ref) -> str:
        """Return number and title of a source."""
        number = "summary" if ref.number is None else str(ref.number)
        return f"{number} {self.titles.get(ref) or ''}".strip()
