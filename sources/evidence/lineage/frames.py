"""Finds what an outlet repeats from text to text, such as the head and foot of a newsletter.

A paragraph is part of the frame when several texts of one outlet have it and tell something else beside it.
Copies of one report share their paragraphs too, but have nothing else to tell, or tell the same in it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Span
from sources.text.folding import loose
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sources.model import Ref, Source

# Not measured: two texts may be two versions of one; from three on it is a habit.
LEAST_TEXTS = 3
_LEAST_OWN = 5  # words that a text has to tell beside its frame
_ALIKE = 0.3  # share of their words that two tellings have in common, from which they tell the same
_MOST_TEXTS = 60  # of an outlet, held against each other; what more of them have is compared in part


class _Paragraph(NamedTuple):
    span: Span
    words: str


def framed(
    sources: Iterable[Source], body: Callable[[Source], Sequence[Span]]
) -> Mapping[Ref, tuple[Span, ...]]:
    """Return the spans of frames in each of the texts of an outlet; ``body`` gives where a text tells."""
    by_outlet: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if outlet := loose(source.publisher or ""):
            by_outlet[outlet].append(source)
    found: dict[Ref, tuple[Span, ...]] = {}
    for texts in by_outlet.values():
        if len(texts) >= LEAST_TEXTS:
            found |= _of_outlet({text.ref: _paragraphs(text, body(text)) for text in texts})
    return found


def without(spans: Sequence[Span], frame: Sequence[Span]) -> list[Span]:
    """Return the parts of ``spans`` that no span of ``frame`` covers; both are in order."""
    left = []
    for start, end in spans:
        at = start
        for cut in frame:
            if at < cut.end and cut.start < end:
                if at < cut.start:
                    left.append(Span(at, cut.start))
                at = max(at, cut.end)
        if at < end:
            left.append(Span(at, end))
    return left


def _paragraphs(source: Source, spans: Sequence[Span]) -> list[_Paragraph]:
    paragraphs = []
    for start, end in spans:
        at = start
        for line in source.text[start:end].splitlines(keepends=True):
            if words := loose(line):
                paragraphs.append(_Paragraph(Span(at, at + len(line)), words))
            at += len(line)
    return paragraphs


def _of_outlet(texts: Mapping[Ref, list[_Paragraph]]) -> dict[Ref, tuple[Span, ...]]:
    holders: dict[str, set[Ref]] = defaultdict(set)
    for ref, paragraphs in texts.items():
        for paragraph in paragraphs:
            holders[paragraph.words].add(ref)
    repeated = {words for words, refs in holders.items() if len(refs) >= LEAST_TEXTS}
    if not repeated:
        return {}
    own = {ref: _told(paragraphs, repeated) for ref, paragraphs in texts.items()}
    frame = {words for words in repeated if _tell_otherwise([own[ref] for ref in sorted(holders[words])])}
    return {
        ref: tuple(paragraph.span for paragraph in paragraphs if paragraph.words in frame)
        for ref, paragraphs in texts.items()
    }


def _told(paragraphs: Sequence[_Paragraph], repeated: set[str]) -> frozenset[str]:
    """Return the words of a text beside what is repeated, without those that every text has."""
    words = [word for one in paragraphs if one.words not in repeated for word in one.words.split()]
    bare = [word.strip(".,;:!?\"'()") for word in words]
    return frozenset(stem(word) for word in bare if word and word not in STOP_WORDS)


def _tell_otherwise(told: Sequence[frozenset[str]]) -> bool:
    """Tell whether texts have something to tell beside what they share, each something else."""
    if any(len(words) < _LEAST_OWN for words in told):
        return False
    return all(
        len(one & other) < _ALIKE * min(len(one), len(other))
        for one, other in combinations(told[:_MOST_TEXTS], 2)
    )
