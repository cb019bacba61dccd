"""Attributions: who is credited for a statement, by which word, and on whom they lean in turn.

"Ledger Wire reported, citing three people", "according to a Monday report from Ledger Wire", "three people
told Ledger Wire", "the company said in a statement", "-- Ledger Wire". Each is found within its sentence by
a cascade of patterns, the most telling first; what a pattern has taken is closed to the later ones. Pronouns
are no credit: whom they mean is a question of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.credit_readers import READERS
from sources.model import Span, ZoneKind
from sources.text.sentences import split_sentences

if TYPE_CHECKING:
    from sources.model import Source

PRONOUNS = frozenset(("he", "she", "they"))  # who told an outlet, and whom a credit leaves open


@dataclass(frozen=True, slots=True)
class Attribution:
    """A credit in a text: ``span`` is the words that give it, without the statement itself.

    ``credited`` is a name or phrase as it stands there; ``cue`` the word that credits, as it stands there;
    ``citing`` what the credited lean on ("unnamed people who know the plan"), None where the text does not
    say; ``told`` the outlet that they spoke to ("three people told Ledger Wire"), None where none is named;
    ``medium`` the outlet that the words themselves call one ("the radio station RPP").
    """

    span: Span
    credited: str
    cue: str
    citing: str | None = None
    told: str | None = None
    medium: str | None = None


def find_attributions(source: Source) -> tuple[Attribution, ...]:
    """Find the credits of a source outside headings and muted zones, in the order of the text."""
    text = source.text
    told = [zone for zone in source.zones if not zone.kind.muted and zone.kind is not ZoneKind.HEADING]
    if source.zones and not told:
        return ()
    sentences = split_sentences(text, told)
    return tuple(attribution for span in sentences for attribution in attributions_in(text, span))


def attributions_in(text: str, sentence: Span, known: frozenset[str] = frozenset()) -> list[Attribution]:
    """Find the credits within one sentence of ``text``.

    ``known`` are names of outlets, as `plain_name` returns them, besides those that all know.
    """
    said = text[sentence.start : sentence.end]
    taken: list[tuple[int, int]] = []
    found: list[Attribution] = []
    for signs, reader in READERS:
        if not any(sign in said for sign in signs):
            continue
        for one in reader(said, known):
            start, end = one.match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            span = Span(sentence.start + start, sentence.start + end)
            found.append(Attribution(span, one.credited, one.cue, one.citing, one.told, one.medium))
    return sorted(found, key=lambda one: one.span)
