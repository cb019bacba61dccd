"""What units of a query that stand side by side, without an operator, mean together.

Plain words rank: a source with all of them comes first, one with any of them is found. Phrases and fields
are conditions; words of the stop list count only where there is nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.analysis import LONGEST_TERM
from index.query.tree import And, BoolQuery, Clause, Fuzzy, Not, Or, Phrase, Prefix, Word
from sources.model import Span
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.query.tree import Node

_PLAIN = re.compile(rf"[a-z]{{1,{LONGEST_TERM}}}(?: [a-z]{{1,{LONGEST_TERM}}})*")


def narrows(node: Node, field: str | None) -> bool:
    """Tell whether a unit in a bracket of ``field`` is a condition rather than a word to rank by."""
    match node:
        case Word() | Prefix() | Fuzzy():
            return node.field != field
        case Phrase():
            return node.quoted or node.field != field
        case BoolQuery():
            return False
        case _:
            return True


def together(units: Sequence[Clause]) -> Node | None:
    """Return the query that the units are together; None for no unit."""
    if not units:
        return None
    must_not = tuple(unit.node for unit in units if unit.sign == "-")
    positive = [unit for unit in units if unit.sign != "-"]
    if not positive:
        return Not(must_not[0] if len(must_not) == 1 else Or(must_not))
    if len(units) == 1:
        return units[0].node
    must = [unit.node for unit in positive if unit.sign == "+" or unit.narrows]
    should = [unit.node for unit in positive if not (unit.sign == "+" or unit.narrows)]
    meaningful = [node for node in should if not _is_stop_word(node)]
    insists = any(unit.sign == "+" and not unit.narrows for unit in positive)
    return BoolQuery(
        tuple(meaningful or ([] if must else should)),
        tuple(must),
        must_not,
        needs_should=not insists and bool(meaningful or not must),
    )


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and node.field is None and node.term in STOP_WORDS


def plain_words(query: str) -> Node | None:
    """Read small letters, single spaces and AND, which is most queries, without a look at every sign.

    Returns None for anything else.
    """
    parts: list[Node] = []
    start = 0
    for words in query.split(" AND "):
        if not _PLAIN.fullmatch(words):
            return None
        units = []
        for word in words.split(" "):
            end = start + len(word)
            units.append(Clause("", Word(word, Span(start, end), None, word, exact=False), narrows=False))
            start = end + 1
        if (part := together(units)) is not None:
            parts.append(part)
        start += len("AND ")
    return And(tuple(parts)) if len(parts) > 1 else parts[0]
