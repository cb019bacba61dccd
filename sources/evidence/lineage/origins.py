"""How many independent origins stand behind a story, or behind one claim in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.lineage.claims import ClaimSentence, sentences_stating
from sources.evidence.lineage.crediting import CREDITED, MAIN, OWN, Standing
from sources.evidence.lineage.values import StoryOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.lineage.crediting import CreditedText, StoryCredits
    from sources.model import Ref, Source

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
