"""Two sources laid side by side: which passage of one is which of the other, and what was changed.

Every sentence looks for its best partner anywhere in the other text, so that moved passages are followed
and two sentences may share a partner; a sentence that was split or glued is matched as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sources.evidence.edits import Edit, word_edits
from sources.evidence.matching import find_matches
from sources.evidence.passages import contained_words, shared_runs
from sources.evidence.similarity import StoryVectors, plain_form
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.evidence.matching import Match
    from sources.evidence.similarity import ReadSource, Sentence
    from sources.model import Ref, Source

METHOD_VERSION = "4"

Kind = Literal["same", "edited", "paraphrase"]

EDITED = 0.5  # share of words kept, above which a pair counts as edited and not as retold


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A passage of ``a`` and its partner in ``b``: one sentence, or two where one was split or glued.

    ``score`` is 0 to 1; ``edits`` cover both spans.
    """

    a: Span
    b: Span
    score: float
    kind: Kind
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sources side by side; all spans are offsets into the two texts.

    ``a_in_b`` is the share, 0 to 1, of the words of ``a`` outside headings and muted zones that stand in
    ``b`` in passages of at least eight words; ``only_a`` are sentences of ``a`` without a partner.
    """

    a: Ref
    b: Ref
    a_in_b: float
    b_in_a: float
    rows: tuple[AlignedRow, ...]
    only_a: tuple[Span, ...]
    only_b: tuple[Span, ...]


def align(a: Source, b: Source, *, context: Sequence[Source] = ()) -> Alignment:
    """Lay two sources side by side; ``context`` are the sources of their story, for how rare a word is."""
    return align_with(read_story(context, (a, b)), a, b)


def said_alone(
    source: Source,
    others: Sequence[Source],
    *,
    context: Sequence[Source] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Span, ...] | None:
    """Return the sentences of ``source`` that none of ``others`` has in any form, in order.

    ``context`` are the sources of their story. None when ``cancelled`` became true.
    """
    vectors = read_story(context, (source, *others))
    read = vectors.reading(source)
    partnered: set[int] = set()
    for other in others:
        matches = find_matches(vectors, read, vectors.reading(other), cancelled=cancelled)
        if cancelled():
            return None
        for match in matches:
            partnered.update(range(match.a0, match.a1))
    return tuple(one.span for number, one in enumerate(read.sentences) if number not in partnered)


def read_story(context: Sequence[Source], sources: Sequence[Source]) -> StoryVectors:
    """Return the vectors of a story and of ``sources``, whether these are of it or not."""
    known = set(context)
    return _vectors((*context, *dict.fromkeys(source for source in sources if source not in known)))


@lru_cache(maxsize=2)
def _vectors(sources: tuple[Source, ...]) -> StoryVectors:
    """Keep the last stories read: a comparison of several sources asks for all their pairs."""
    return StoryVectors(sources)


def align_with(vectors: StoryVectors, a: Source, b: Source) -> Alignment:
    """Lay two sources side by side that are both among those of ``vectors``."""
    left, right = vectors.reading(a), vectors.reading(b)
    rows = [_row(left, right, match) for match in find_matches(vectors, left, right)]
    rows.sort(key=lambda row: (row.a, row.b))
    a_in_b = _contained(left, right)
    b_in_a = _contained(right, left)
    only_a = _without_partner(left.sentences, [row.a for row in rows])
    only_b = _without_partner(right.sentences, [row.b for row in rows])
    return Alignment(a.ref, b.ref, a_in_b, b_in_a, tuple(rows), only_a, only_b)


def _contained(one: ReadSource, other: ReadSource) -> float:
    words = len(one.shingles.words)
    return contained_words(shared_runs(one.shingles, other.shingles)) / words if words else 0.0


def _without_partner(sentences: Sequence[Sentence], partnered: list[Span]) -> tuple[Span, ...]:
    starts = {span.start for span in partnered}
    ends = {span.end for span in partnered}
    return tuple(
        sentence.span
        for sentence in sentences
        if sentence.span.start not in starts and sentence.span.end not in ends
    )


def _row(left: ReadSource, right: ReadSource, match: Match) -> AlignedRow:
    a = Span(left.sentences[match.a0].span.start, left.sentences[match.a1 - 1].span.end)
    b = Span(right.sentences[match.b0].span.start, right.sentences[match.b1 - 1].span.end)
    return compared(left, a, right, b, match.score)


def compared(left: ReadSource, a: Span, right: ReadSource, b: Span, score: float) -> AlignedRow:
    """Return two passages that are partners as a row: what kind they are, and what was changed."""
    if plain_form(a.of(left.text)) == plain_form(b.of(right.text)):
        return AlignedRow(a, b, 1.0, "same", (Edit("equal", a, b),))
    edits = word_edits(left.text, a, right.text, b)
    kept = sum(edit.a.end - edit.a.start + edit.b.end - edit.b.start for edit in edits if edit.op == "equal")
    kind: Kind = "edited" if kept >= EDITED * (a.end - a.start + b.end - b.start) else "paraphrase"
    return AlignedRow(a, b, round(min(score, 0.9999), 4), kind, edits)
