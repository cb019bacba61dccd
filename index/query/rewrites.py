"""Rewrites of a query's parts: units side by side, and whose words are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.query.tree import And, BoolQuery, Fuzzy, Near, Not, Or, Phrase, Prefix, Spoken, Word
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        case BoolQuery():
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
    return BoolQuery(
        tuple(meaningful or ([] if required else wanted)),
        tuple(required),
        excluded,
        any_wanted=not insists and bool(meaningful or not required),
    )


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and node.field is None and node.term in STOP_WORDS


# Whose words are meant: what is looked for in quotes beside ``speaker:`` has to be said by that speaker.

_WORDED = Word | Phrase | Prefix | Near | Fuzzy


def with_speakers(node: Node, speakers: tuple[Node, ...] = ()) -> Node:
    """Return the same query with its quoted words bound to the speakers that stand beside them.

    A speaker counts for all that is joined with it, brackets within included, unless these name their own.
    Of several speakers each has to have said it.
    """
    match node:
        case And(parts):
            beside = _speakers_among(parts) or speakers
            return And(tuple(with_speakers(part, beside) for part in parts))
        case Or(parts):
            return Or(tuple(with_speakers(part, speakers) for part in parts))
        case Not(part):
            return Not(with_speakers(part, speakers))
        case BoolQuery(wanted, required, excluded, any_wanted):
            beside = _speakers_among(required) or speakers
            bound = [
                tuple(with_speakers(part, beside) for part in parts) for parts in (wanted, required, excluded)
            ]
            return BoolQuery(bound[0], bound[1], bound[2], any_wanted)
        case Word() | Phrase() | Prefix() | Near() | Fuzzy() if node.field == "quote" and speakers:
            spoken = tuple(Spoken(node, speaker) for speaker in speakers)
            return spoken[0] if len(spoken) == 1 else And(spoken)
        case _:
            return node


def _speakers_among(parts: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(part for part in parts if _names_speakers(part))


def _names_speakers(node: Node) -> bool:
    """Tell whether a part of a query says nothing but who speaks."""
    match node:
        case And(parts) | Or(parts):
            return all(map(_names_speakers, parts))
        case BoolQuery(wanted, required, excluded):
            return all(map(_names_speakers, (*wanted, *required, *excluded)))
        case Word() | Phrase() | Prefix() | Near() | Fuzzy():
            return node.field == "speaker"
        case _:
            return False
