"""What a query means, in plain words, for help lines and empty results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.tree import And, Beside, Dates, InStory, IsRef, Not, Numbers, Or, Phrase, Prefix, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.query.tree import Leaf, Node


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
        case Word(text, _, field) | Phrase(text, _, field):
            return text + _in(field)
        case Prefix(text, _, field):
            return f"words in {text}" + _in(field)
        case Dates(_, _, low, high):
            if low is not None and high is not None:
                return f"dated {low}" if low == high else f"dated {low} to {high}"
            return f"dated {low} or later" if low is not None else f"dated {high} or earlier"
        case Numbers(_, _, low, high):
            if low is None:
                return "the summary"
            return f"number {low}" if low == high else f"numbers {low} to {high}"
        case InStory(_, _, slug, begins):
            return f"in stories {slug}*" if begins else f"in story {slug}"
        case IsRef(_, _, ref):
            return f"source {ref}"


def _in(field: str | None) -> str:
    return "" if field is None else f" in the {field}"
