"""Whose words are meant: what is looked for in quotes beside ``speaker:`` has to be said by that speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.tree import And, Beside, Fuzzy, Near, Not, Or, Phrase, Prefix, Spoken, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.query.tree import Node

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
        case Beside(wanted, required, excluded, any_wanted):
            beside = _speakers_among(required) or speakers
            bound = [
                tuple(with_speakers(part, beside) for part in parts) for parts in (wanted, required, excluded)
            ]
            return Beside(bound[0], bound[1], bound[2], any_wanted)
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
        case Beside(wanted, required, excluded):
            return all(map(_names_speakers, (*wanted, *required, *excluded)))
        case Word() | Phrase() | Prefix() | Near() | Fuzzy():
            return node.field == "speaker"
        case _:
            return False
