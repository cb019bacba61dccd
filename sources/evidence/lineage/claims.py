"""The sentences of a story that state a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.similarity import StoryVectors, likeness
from sources.evidence.synonyms import meaning
from sources.model import Origin, Ref, Source, Span
from sources.text.tokens import norms, tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.sentence_reading import Sentence

STATING_SCORE = 0.3  # likeness to the claim
STATING_COVERAGE = 0.5  # of the claim's weight
FOLLOWED_SCORE = 0.16  # likeness to a sentence that states it, where both name two that the claim names
_FOLLOWED_BY_ONE_NAME = 0.25  # the same where the claim names only one
_ROUNDS = 2
_SEVERAL_WORDS = 3  # of a claim beside its names, from which on one of them is no claim
_DECLINES = re.compile(
    r"\bdeclin\w+ (?:to )?(?:comment|remark|discuss|touch|talk|speak|say)|\b(?:not|n[’']t) (?:immediately )?"
    r"(?:comment|remark|respond|reply|answer|discuss|talk|speak)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClaimSentence:
    """A sentence that states a claim: its source, its span, and how near it is to the claim, 0 to 1."""

    ref: Ref
    span: Span
    score: float


def sentences_stating(claim: str, sources: Sequence[Source]) -> tuple[ClaimSentence, ...]:
    """Find the sentences of ``sources`` that state ``claim``, in the order of the story.

    There are none for a claim in which no word says anything.
    """
    if all(token.norm in STOP_WORDS for token in tokenize(claim)):
        return ()
    asked = Source(Ref("claim", None), None, None, None, None, None, None, claim, (), Origin(None, "", ""))
    vectors = StoryVectors([*sources, asked])
    wanted = vectors.reading(asked).sentences
    if not wanted:
        return ()
    claimed = vectors.vector(*wanted)
    names = _names(claim)
    rows: list[tuple[Source, Sentence, set[str]]] = []
    for source in sources:
        for sentence in vectors.reading(source).sentences:
            if sentence.heading or _DECLINES.search(sentence.span.of(source.text)):
                continue
            said = {meaning(norm) for norm in norms(source.text, sentence.span)}
            rows.append((source, sentence, said))
    weights = {one: weight * weight for one, weight in vectors.meanings(claimed).items()}
    found: dict[int, float] = {}
    for number, (_, sentence, said) in enumerate(rows):
        covered = sum(weight for one, weight in weights.items() if one in said)
        near = likeness(claimed, vectors.vector(sentence))
        if (
            names <= said
            and (covered >= STATING_COVERAGE or near >= STATING_SCORE)
            and _says_more(weights, names, said)
        ):
            found[number] = max(near, min(1.0, covered))
    _follow_similar(vectors, rows, names, found)
    return tuple(
        ClaimSentence(rows[number][0].ref, rows[number][1].span, round(found[number], 4))
        for number in sorted(found)
    )


def _says_more(weights: dict[str, float], names: set[str], said: set[str]) -> bool:
    """Tell whether a sentence shares more with the claim than whom it is about, and of several words two."""
    rest = weights.keys() - names
    return len(rest & said) >= min(len(rest), 2 if len(rest) >= _SEVERAL_WORDS else 1)


def _follow_similar(
    vectors: StoryVectors,
    rows: list[tuple[Source, Sentence, set[str]]],
    names: set[str],
    found: dict[int, float],
) -> None:
    if not names:
        return
    several = len(names) > 1
    least = FOLLOWED_SCORE if several else _FOLLOWED_BY_ONE_NAME
    latest = dict(found)
    for _ in range(_ROUNDS if several else 1):
        more: dict[int, float] = {}
        for number, (_, sentence, said) in enumerate(rows):
            if number in found or not names <= said:
                continue
            here = vectors.vector(sentence)
            near = max((likeness(here, vectors.vector(rows[other][1])) for other in latest), default=0.0)
            if near >= least:
                more[number] = near
        found.update(more)
        latest = more


def _names(claim: str) -> set[str]:
    """Return what the claim's words with a capital mean, the first one's too unless it is a usual word."""
    return {
        meaning(token.norm)
        for token in tokenize(claim)
        if claim[token.start].isupper() and token.norm not in STOP_WORDS
    }
