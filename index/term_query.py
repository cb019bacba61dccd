"""Queries of plain words: what most people type, and what is answered without scoring every text.

Such a query finds what holds any of its words, or all of them, by the sum of their scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.analysis import word_terms
from index.bm25f import REPEATED
from index.query.tree import UNQUOTED, And, BoolQuery, Or, Word, fields_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from index.query.tree import Node

_MOST_WORDS = 16  # with more of them, bounds of sums are too wide to help


class WantedTerm(NamedTuple):
    """Any of ``terms`` in ``fields``, and some more for ``typed``; the score counts ``factor`` times."""

    fields: tuple[str, ...]
    terms: tuple[str, ...]
    typed: str | None
    factor: float


class TermQuery(NamedTuple):
    """Some words: ``every`` one has to be there, or any; texts with all of them may be ``lifted``."""

    words: tuple[WantedTerm, ...]
    every: bool
    lifted: bool


def counted(nodes: Iterable[Node]) -> list[tuple[Node, float]]:
    """Return each of ``nodes`` once with what its score counts: the more the oftener it was typed."""
    times: dict[Hashable, int] = {}
    once: dict[Hashable, Node] = {}
    for node in nodes:
        key: Hashable = (node.field, node.term) if isinstance(node, Word) else node
        times[key] = times.get(key, 0) + 1
        once.setdefault(key, node)
    return [(node, 1.0 + REPEATED * (times[key] - 1)) for key, node in once.items()]


def plan_of(node: Node) -> TermQuery | None:
    """Return how to answer a query of plain words; None for any other."""
    match node:
        case Word():
            words, every, lifted = [(node, 1.0)], False, False
        case BoolQuery(wanted, (), ()) if wanted:
            words, every, lifted = counted(wanted), False, True  # type: ignore[assignment]  # looked at below
        case And(parts):
            words, every, lifted = [(part, 1.0) for part in parts], True, False  # type: ignore[misc]  # as above
        case Or(parts):
            words, every, lifted = [(part, 1.0) for part in parts], False, False  # type: ignore[misc]  # as above
        case _:
            return None
    if len(words) > _MOST_WORDS or not all(_is_plain(word) for word, _ in words):
        return None
    return TermQuery(tuple(_wanted(word, factor) for word, factor in words), every, lifted and len(words) > 1)


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word) and node.field not in {UNQUOTED, "note"}


def _wanted(word: Word, factor: float) -> WantedTerm:
    fields = fields_of(word)
    if word.exact:
        return WantedTerm(fields, (word.term,), None, factor)
    return WantedTerm(fields, word_terms(word.term), word.term, factor)
