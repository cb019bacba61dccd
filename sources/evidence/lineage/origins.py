"""How many independent origins stand behind a story, or behind one claim in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.lineage import StoryOrigin
from sources.evidence.lineage.claims import ClaimSentence, sentences_stating
from sources.evidence.lineage.story_credits import CREDITED, MAIN, OWN, STATEMENT, WIRE, CreditedOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.lineage.story_credits import CreditedText, StoryCredits
    from sources.model import Ref, Source

_ORDER = (CREDITED, WIRE, MAIN, STATEMENT, OWN)


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
    """Return the origins on which the distinct texts of a story stand."""
    found: dict[str, list[tuple[Ref, CreditedOrigin]]] = {}
    statements = told.statements(groups, texts)
    for group in groups:
        rows = {ref: told.text_origins(texts[ref]) for ref in group if texts[ref].sentences}
        first = _strongest([origins_found[0] for origins_found in rows.values()])[:1]
        if first and first[0].basis == OWN and not first[0].proved:
            first = [statements.get(group, first[0])]
        for one in first:
            found.setdefault(one.name, []).extend((ref, one) for ref in group)
        for ref, origins_found in rows.items():  # what only one of the copies adds
            for one in origins_found:
                if one.basis != OWN or (one.proved and len(origins_found) > 1):
                    found.setdefault(one.name, []).append((ref, one))
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
    proved: dict[str, bool] = {}
    for sentence in sentences_stating(claim, sources):
        text = texts[sentence.ref]
        number = _sentence_at(text, sentence.span.start)
        if number is not None:
            credited_origin = told.credited_origin(text, number)
            stated.append(StatedClaim(sentence, credited_origin.name, credited_origin.basis))
            proved[credited_origin.name] = proved.get(credited_origin.name, False) or credited_origin.proved
    found: dict[str, list[tuple[Ref, CreditedOrigin]]] = {}
    for group in groups:
        here = [one for one in stated if one.sentence.ref in group]
        known = [CreditedOrigin(one.origin, one.basis, proved[one.origin]) for one in here]
        for credited_origin in _strongest(known):
            refs = dict.fromkeys(one.sentence.ref for one in here)
            found.setdefault(credited_origin.name, []).extend((ref, credited_origin) for ref in refs)
    return ClaimOrigins(claim, tuple(stated), _as_origins(found))


def _sentence_at(text: CreditedText, start: int) -> int | None:
    for number, sentence in enumerate(text.sentences):
        if sentence.start <= start < sentence.end:
            return number
    return None


def _strongest(origins_found: Sequence[CreditedOrigin]) -> list[CreditedOrigin]:
    """Return the standings of the best basis that there is, each name once, the commonest first."""
    for basis in _ORDER:
        given = [one for one in origins_found if one.basis == basis]
        if given and basis == OWN:
            return given[:1]  # copies of one text are one voice, whichever had it first
        if given:
            names = [one.name for one in given]
            distinct = {one.name: one for one in given}
            return sorted(distinct.values(), key=lambda one: -names.count(one.name))
    return []


def _as_origins(found: Mapping[str, list[tuple[Ref, CreditedOrigin]]]) -> tuple[StoryOrigin, ...]:
    """Put origins in order, those that most stand on first."""
    origins = []
    for name, rows in found.items():
        basis = min((one.basis for _, one in rows), key=_ORDER.index)
        refs = sorted({ref for ref, _ in rows}, key=lambda ref: (ref.story, ref.number or 0))
        origins.append(StoryOrigin(name, tuple(refs), basis, any(one.proved for _, one in rows)))
    return tuple(sorted(origins, key=lambda origin: -len(origin.refs)))
