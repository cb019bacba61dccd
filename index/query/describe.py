"""What a query means, in plain words, for help lines and empty results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.tree import (
    UNQUOTED,
    And,
    Beside,
    Dates,
    Figures,
    Fuzzy,
    InStory,
    IsRef,
    Near,
    Not,
    Numbers,
    Or,
    Phrase,
    Prefix,
    Spoken,
    Tagged,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.query.tree import Leaf, Node, Worded

_PLACES = {
    UNQUOTED: " outside quotes",
    "quote": " in quotes",
    "note": " in notes",
    "entity": " among the names",
    "person": " among the persons",
    "org": " among the organisations",
    "place": " among the places",
    "speaker": " among the speakers",
}


def describe(node: Node) -> str:
    """Say what is searched for, as one line without a full stop."""
    match node:
        case And(parts):
            return _listed(parts, " and ")
        case Or(parts):
            return _listed(parts, " or ")
        case Not(part):
            return f"not {_within(part)}"
        case Beside():
            return _beside(node)
        case Spoken(part, by):
            return f"{_words(part)} in quotes of {describe(by).replace(_PLACES['speaker'], '')}"
        case _:
            return _leaf(node)


def _beside(node: Beside) -> str:
    said = [_within(part) for part in node.required]
    if node.wanted:
        words = ", ".join(_within(part) for part in node.wanted)
        several = len(node.wanted) > 1
        how = ("any of " if several else "") if node.any_wanted else "better with "
        said.append(f"{how}{words}")
    said.extend(f"without {_within(part)}" for part in node.excluded)
    return ", ".join(said)


def _listed(parts: Iterable[Node], joint: str) -> str:
    return joint.join(_within(part) for part in parts)


def _within(node: Node) -> str:
    said = describe(node)
    return f"({said})" if isinstance(node, And | Or | Beside) else said


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Word() | Phrase() | Prefix() | Near() | Fuzzy():
            return _words(leaf) + _in(leaf.field)
        case Dates(_, _, low, high):
            return f"dated {low}" if low == high else f"dated {_between(low, high)}"
        case Numbers(_, _, low, high):
            if low is None:
                return "the summary"
            return f"number {low}" if low == high else f"numbers {low} to {high}"
        case _:
            return _other(leaf)


def _words(leaf: Worded) -> str:
    match leaf:
        case Prefix():
            return f"words in {leaf.text}"
        case Near():
            return f"{' and '.join(leaf.terms)} within {leaf.within} words"
        case Fuzzy():
            return f"words like {leaf.term}"
        case _:
            return leaf.text


def _between(low: str | None, high: str | None) -> str:
    if low is None:
        return f"{high} or earlier"
    return f"{low} or later" if high is None else f"{low} to {high}"


def _other(leaf: Figures | Tagged | InStory | IsRef) -> str:
    match leaf:
        case Figures():
            return f"the amount {leaf.text}"
        case Tagged():
            return f"{leaf.field} {leaf.value}{'*' if leaf.begins else ''}"
        case InStory():
            return f"in stories {leaf.slug}*" if leaf.begins else f"in story {leaf.slug}"
        case IsRef():
            return f"source {leaf.ref}"


def _in(field: str | None) -> str:
    if field is None:
        return ""
    return _PLACES.get(field, f" in the {field}")
