"""Putting units of a query together that stand side by side without an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.query.tree import Beside, Fuzzy, Not, Or, Phrase, Prefix, Word
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from index.query.tree import Node


class Marked(NamedTuple):
    """A unit of a query with the sign before it: ``+``, ``-`` or nothing."""

    sign: str
    node: Node
    narrows: bool  # a phrase, a field or an expression with operators


def narrows(node: Node, field: str | None) -> bool:
    """Tell whether a unit in a bracket of ``field`` is a condition rather than a word to rank by."""
    match node:
        case Word() | Prefix() | Fuzzy():
            return node.field != field
        case Phrase():
            return node.quoted or node.field != field
        case Beside():
            return False
        case _:
            return True


def side_by_side(units: list[Marked]) -> Node | None:
    """Put units without operators between them together."""
    if not units:
        return None
    excluded = tuple(unit.node for unit in units if unit.sign == "-")
    positive = [unit for unit in units if unit.sign != "-"]
    if not positive:
        return Not(excluded[0] if len(excluded) == 1 else Or(excluded))
    if len(units) == 1:
        return units[0].node
    required = [unit.node for unit in positive if unit.sign == "+" or unit.narrows]
    wanted = [unit.node for unit in positive if not (unit.sign == "+" or unit.narrows)]
    meaningful = [node for node in wanted if not _is_stop_word(node)]
    insists = any(unit.sign == "+" and not unit.narrows for unit in positive)
    return Beside(
        tuple(meaningful or ([] if required else wanted)),
        tuple(required),
        excluded,
        any_wanted=not insists and bool(meaningful or not required),
    )


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and node.field is None and node.term in STOP_WORDS
