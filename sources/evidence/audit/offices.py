"""What a sentence says that somebody is, right before or behind the name: an office, a tie, a trade."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.lexicon import is_office, plain_office
from sources.model import Span
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.audit.reading import Sentence
    from sources.text.tokens import Token

_TITLE_WORDS = 6  # words before a name, or in commas behind it, that may say what somebody is


class Office(NamedTuple):
    """What somebody is: where it is said, and its words, an office that has several names by one of them."""

    span: Span
    words: tuple[str, ...]


def offices_of(sentence: Sentence, span: Span) -> list[Office]:
    """Return what somebody is said to be right before or behind the name: "interim chief executive"."""
    tokens = sentence.tokens
    first = next((at for at, token in enumerate(tokens) if token.start >= span.start), len(tokens))
    last = next((at for at in range(len(tokens) - 1, -1, -1) if tokens[at].end <= span.end), first)
    found: list[Office] = []
    before: list[Token] = []
    for at in range(first - 1, max(-1, first - 1 - _TITLE_WORDS), -1):
        gap = sentence.text[tokens[at].end : tokens[at + 1].start]
        if gap.strip(" ,") or (gap.strip() and at != first - 1):
            break
        if tokens[at].norm in STOP_WORDS and tokens[at].norm not in ("of", "for"):
            break
        before.insert(0, tokens[at])
    if before and is_office(before[-1].norm):
        found.append(_office(before))
    behind = sentence.text[span.end : span.end + 2]
    if behind.startswith(","):
        row: list[Token] = []
        for at in range(last + 1, min(len(tokens), last + 1 + 2 * _TITLE_WORDS)):
            gap = sentence.text[tokens[at - 1].end : tokens[at].start]
            if row and gap.strip():
                break
            row.append(tokens[at])
        until = next(
            (at for at, token in enumerate(row) if token.norm in ("who", "which", "whose", "said", "told")),
            None,
        )
        row = row[:until]
        heads = [at for at, token in enumerate(row) if is_office(token.norm)]
        if heads and (
            row[0].norm in ("the", "a", "an", "its", "his", "her", "their")
            or is_office(row[0].norm)
            or heads[0] <= 3
        ):
            stop = next(
                (
                    at
                    for at in range(heads[0], len(row))
                    if row[at].norm in ("of", "for", "at", "in", "and", "with")
                ),
                len(row),
            )
            found.append(_office([token for token in row[:stop] if token.norm not in STOP_WORDS]))
    return [office for office in found if office.words]


def _office(tokens: Sequence[Token]) -> Office:
    return Office(Span(tokens[0].start, tokens[-1].end), plain_office(tuple(token.norm for token in tokens)))
