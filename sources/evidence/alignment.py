"""Aligns two sources: which passage of one is partner of which in the other, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sources.evidence.edits import Edit, word_edits
from sources.evidence.figure_agreement import is_same_amount
from sources.evidence.partners import find_matches
from sources.evidence.sentence_reading import plain_form
from sources.evidence.shared_passages import contained_words, shared_runs
from sources.evidence.similarity import StoryVectors
from sources.model import Span
from sources.text.tokens import norms
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.partners import SentenceMatch
    from sources.evidence.sentence_reading import ReadSource, Sentence
    from sources.model import Ref, Source

PassageKind = Literal["same", "edited", "paraphrase", "partial"]

_FAR_MORE = 2.0  # times as many words that say something
EDITED = 0.5  # share of words kept, above which a pair counts as edited and not as retold


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A passage of ``a`` and its partner in ``b``: one sentence, or two where one was split or glued.

    ``score`` is how likely they say the same, 0 to 1; ``edits`` cover both spans.
    """

    a: Span
    b: Span
    score: float
    kind: PassageKind
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
    a_in_b = _contained_share(left, right)
    b_in_a = _contained_share(right, left)
    only_a = _without_partner(left.sentences, [row.a for row in rows])
    only_b = _without_partner(right.sentences, [row.b for row in rows])
    return Alignment(a.ref, b.ref, a_in_b, b_in_a, tuple(rows), only_a, only_b)


def _contained_share(one: ReadSource, other: ReadSource) -> float:
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


def _row(left: ReadSource, right: ReadSource, match: SentenceMatch) -> AlignedRow:
    a = Span(left.sentences[match.a0].span.start, left.sentences[match.a1 - 1].span.end)
    b = Span(right.sentences[match.b0].span.start, right.sentences[match.b1 - 1].span.end)
    return compare_passages(left, a, right, b, match.score)


def compare_passages(left: ReadSource, a: Span, right: ReadSource, b: Span, score: float) -> AlignedRow:
    """Return two passages that are partners as a row: what kind they are, and what was changed."""
    if plain_form(a.of(left.text)) == plain_form(b.of(right.text)):
        return AlignedRow(a, b, 1.0, "same", (Edit("equal", a, b),))
    edits = word_edits(left.text, a, right.text, b)
    kept = sum(edit.a.end - edit.a.start + edit.b.end - edit.b.start for edit in edits if edit.op == "equal")
    if kept >= EDITED * (a.end - a.start + b.end - b.start):
        kind: PassageKind = "edited"
    else:
        partly = _says_more(left, a, right, b) or _says_more(right, b, left, a)
        kind = "partial" if partly else "paraphrase"
    return AlignedRow(a, b, round(min(score, 0.9999), 4), kind, edits)


def _says_more(one: ReadSource, span: Span, other: ReadSource, there: Span) -> bool:
    """Tell whether a passage says what its partner does not: far more, or figures beside the same ones.

    Where each has figures of its own, these are different words or a slip, and neither says more.
    """
    mine, theirs = one.figures_in(span), other.figures_in(there)
    unmatched = [each for each in mine if not any(is_same_amount(each, known) for known in theirs)]
    if unmatched and (len(unmatched) < len(mine) or not theirs):
        return True
    return len(content_words(one.text, span)) > _FAR_MORE * max(1, len(content_words(other.text, there)))


@lru_cache(maxsize=1 << 12)
def content_words(text: str, span: Span) -> frozenset[str]:
    """Return the words of a passage that say something."""
    return frozenset(norms(text, span)) - STOP_WORDS
