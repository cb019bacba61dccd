"""Counts the independent origins behind a story, or behind one claim in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.lineage.credits import CREDITED, MAIN, OWN, Standing
from sources.evidence.lineage.model import StoryOrigin
from sources.evidence.similarity import StoryVectors, likeness
from sources.evidence.synonyms import meaning
from sources.model import Origin, Ref, Source, Span
from sources.text.tokens import norms, tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.lineage.credits import CreditedText, StoryCredits
    from sources.evidence.similarity import Sentence

NEAR = 0.3  # likeness to the claim
COVERED = 0.5  # of the claim's weight
LED_TO = 0.16  # likeness to a sentence that states it, where both name two that the claim names
_LED_BY_ONE = 0.25  # the same where the claim names only one
_ROUNDS = 2
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
        if names <= said and (covered >= COVERED or near >= NEAR) and _says_more(weights, names, said):
            found[number] = max(near, min(1.0, covered))
    _led_to(vectors, rows, names, found)
    return tuple(
        ClaimSentence(rows[number][0].ref, rows[number][1].span, round(found[number], 4))
        for number in sorted(found)
    )


def _says_more(weights: dict[str, float], names: set[str], said: set[str]) -> bool:
    """Tell whether a sentence shares more with the claim than whom it is about."""
    rest = weights.keys() - names
    return not rest or bool(rest & said)


def _led_to(
    vectors: StoryVectors,
    rows: list[tuple[Source, Sentence, set[str]]],
    names: set[str],
    found: dict[int, float],
) -> None:
    if not names:
        return
    several = len(names) > 1
    least = LED_TO if several else _LED_BY_ONE
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


# How many independent origins stand behind a story, or behind one claim in it.

_ORDER = (CREDITED, MAIN, OWN)


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A sentence that states a claim, and the origin on which it stands there."""

    sentence: ClaimSentence
    origin: str
    basis: str


@dataclass(frozen=True, slots=True)
class ClaimOrigins:
    """Who states a claim, and what remains when copies and credits have been followed."""

    claim: str
    stated: tuple[StatedClaim, ...]
    origins: tuple[StoryOrigin, ...]


def origins_of_story(
    groups: Sequence[tuple[Ref, ...]], texts: Mapping[Ref, CreditedText], told: StoryCredits
) -> tuple[StoryOrigin, ...]:
    """Return the origins on which the distinct texts of a story stand, by their main credits."""
    found: dict[str, list[tuple[Ref, str]]] = {}
    for group in groups:
        standings = [told.main_standing(texts[ref]) for ref in group if texts[ref].sentences]
        for standing in _strongest(standings)[:1]:
            found.setdefault(standing.name, []).extend((ref, standing.basis) for ref in group)
    return _as_origins(found)


def origins_of_claim(
    claim: str,
    sources: Sequence[Source],
    groups: Sequence[tuple[Ref, ...]],
    texts: Mapping[Ref, CreditedText],
    told: StoryCredits,
) -> ClaimOrigins:
    """Return who states ``claim``, on whom each leans, and the origins that remain.

    Within a text, and among the copies of one text, a sentence that names its origin speaks for those that
    leave it open.
    """
    stated: list[StatedClaim] = []
    for sentence in sentences_stating(claim, sources):
        text = texts[sentence.ref]
        number = _sentence_at(text, sentence.span.start)
        if number is not None:
            standing = told.standing(text, number)
            stated.append(StatedClaim(sentence, standing.name, standing.basis))
    found: dict[str, list[tuple[Ref, str]]] = {}
    for group in groups:
        here = [one for one in stated if one.sentence.ref in group]
        for standing in _strongest([Standing(one.origin, one.basis) for one in here]):
            refs = dict.fromkeys(one.sentence.ref for one in here)
            found.setdefault(standing.name, []).extend((ref, standing.basis) for ref in refs)
    return ClaimOrigins(claim, tuple(stated), _as_origins(found))


def _sentence_at(text: CreditedText, start: int) -> int | None:
    for number, sentence in enumerate(text.sentences):
        if sentence.start <= start < sentence.end:
            return number
    return None


def _strongest(standings: Sequence[Standing]) -> list[Standing]:
    """Return the standings of the best basis that there is, each name once, the commonest first."""
    for basis in _ORDER:
        names = [standing.name for standing in standings if standing.basis == basis]
        if names and basis == OWN:
            return [Standing(names[0], OWN)]  # copies of one text are one voice, whichever had it first
        if names:
            distinct = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
            return [Standing(name, basis) for name in distinct]
    return []


def _as_origins(found: Mapping[str, list[tuple[Ref, str]]]) -> tuple[StoryOrigin, ...]:
    """Put origins in order, those that most stand on first."""
    origins = []
    for name, rows in found.items():
        basis = min((basis for _, basis in rows), key=_ORDER.index)
        refs = sorted({ref for ref, _ in rows}, key=lambda ref: (ref.story, ref.number or 0))
        origins.append(StoryOrigin(name, tuple(refs), basis))
    return tuple(sorted(origins, key=lambda origin: -len(origin.refs)))
