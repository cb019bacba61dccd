"""Aligns two sources: which passage of one is partner of which in the other, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sources.evidence.audit.passages import Searcher, Weights, asked_of
from sources.evidence.audit.reading import ReadText
from sources.evidence.edits import Edit, word_edits
from sources.evidence.partners import NEAR_TIMES, Matching, find_matches, is_rounded, is_same_amount
from sources.evidence.sentence_reading import SMALL, digits_of, plain_form
from sources.evidence.shared_passages import contained_words, shared_runs
from sources.evidence.similarity import StoryVectors
from sources.model import Span
from sources.text.tokens import norms
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.evidence.partners import SentenceMatch, SentencePair
    from sources.evidence.sentence_reading import Amount, ReadSource, Sentence
    from sources.model import Ref, Source

_SAYS_SOMETHING = 0.4  # share of a sentence, by the words and figures of a passage that may mean the same
_TELLING = 100.0  # a value that large is found again whatever its unit

PassageKind = Literal["same", "edited", "paraphrase", "partial"]

_FAR_MORE = 2.0  # times as many words that say something
EDITED = 0.5  # share of words kept, above which a pair counts as edited and not as retold


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A passage of ``a`` and its partner in ``b``: one sentence, or two where one was split or glued.

    ``score`` is 0 to 1; ``edits`` cover both spans.
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


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """What another source has, at ``place`` of ``ref``, where the sentence ``span`` has a figure."""

    span: Span
    ref: Ref
    place: Span
    text: str


@dataclass(frozen=True, slots=True)
class UniqueSentences:
    """The sentences of a source that no other has in any form, and other figures for what it says.

    ``others`` are of sentences that are not unique for this reason alone: others say it with other figures.
    """

    spans: tuple[Span, ...]
    others: tuple[OtherFigure, ...]


def unique_sentences(
    source: Source,
    others: Sequence[Source],
    *,
    context: Sequence[Source] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> UniqueSentences | None:
    """Return the sentences of ``source`` of which none of ``others`` says anything, in order.

    That takes more than having no partner: nothing like it is elsewhere, and no figure of it, or another of
    its unit. ``context`` are the sources of their story. None when ``cancelled`` became true.
    """
    vectors = read_story(context, (source, *others))
    read = vectors.reading(source)
    known: set[int] = set()
    figures: list[OtherFigure] = []
    units: set[str] = set()
    values: set[float] = set()
    for other in others:
        there = vectors.reading(other)
        matching = Matching(vectors, read, there, cancelled)
        matches = matching.matches()
        if cancelled():
            return None
        known.update(matching.alike, *(range(match.a0, match.a1) for match in matches))
        figures += _other_figures(vectors, read, there, matching.contested)
        told = [amount for sentence in there.sentences for amount in sentence.figures]
        units.update(amount.unit for amount in told)
        values.update(amount.value for amount in told if _is_told_again(amount))
    spans = [
        one.span
        for number, one in enumerate(read.sentences)
        if number not in known
        and not any(
            each.unit in units or (each.value in values and _is_told_again(each)) for each in one.figures
        )
    ]
    found = tuple(_in_no_words(spans, source, others))
    return UniqueSentences(found, tuple(sorted(figures, key=lambda one: (one.span, one.ref.number or 0))))


def _in_no_words(spans: Sequence[Span], source: Source, others: Sequence[Source]) -> Iterator[Span]:
    """Yield the sentences of which no other source says anything even in words that only mean the same."""
    if not spans:
        return
    mine = _read_text(source)
    texts = [_read_text(other) for other in others]
    weights = Weights(texts)
    searchers = [Searcher(text) for text in texts]
    for span in spans:
        sentence = mine.sentence_at(span.start)
        if sentence is None:
            continue
        asked = asked_of(sentence, sentence.span, weights)
        passages = (searcher.passage(asked) for searcher in searchers) if asked.weight else ()
        if not any(passage is not None and passage.content >= _SAYS_SOMETHING for passage in passages):
            yield span


@lru_cache(maxsize=64)
def _read_text(source: Source) -> ReadText:
    """Keep the last texts read: those of a story are asked for by each of its sources."""
    return ReadText(source, ())


def _is_told_again(amount: Amount) -> bool:
    """Tell whether a value found again is the same figure, whatever its unit: speakers are people."""
    return amount.value >= _TELLING or (amount.family == "count" and digits_of(amount.value) > 1)


def _other_figures(
    vectors: StoryVectors, read: ReadSource, there: ReadSource, contested: Iterable[SentencePair]
) -> Iterator[OtherFigure]:
    """Yield what another source has in place of a figure: one of each unit, precise, and near it.

    Of several in one unit it is not known which stands for which, what is far off is of something else, and
    so is what neither sentence says of what the other is about.
    """
    for a, b in contested:
        one, other = read.sentences[a], there.sentences[b]
        if not vectors.statement(read, one).mentions_subject(vectors.statement(there, other)):
            continue
        for unit in {amount.unit for amount in one.figures}:
            mine, theirs = ([each for each in side.figures if each.unit == unit] for side in (one, other))
            if len(mine) == len(theirs) == 1 and _is_in_place_of(theirs[0], mine[0]):
                place = theirs[0].span
                yield OtherFigure(one.span, there.ref, place, place.of(there.text))


def _is_in_place_of(one: Amount, other: Amount) -> bool:
    """Tell whether two figures are near each other, none a small or vague number, nor the other rounded."""
    less, more = sorted((one.value, other.value))
    near = more <= NEAR_TIMES * less and not is_rounded(less, more)
    return near and SMALL not in (one.tells, other.tells)


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
        kind = "partial" if _says_more(left, a, right, b) or _says_more(right, b, left, a) else "paraphrase"
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
