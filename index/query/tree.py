"""What a query says, as a tree of frozen values; spans are code points of the query as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.model import Ref, Span

TEXT_FIELDS = ("title", "text", "publisher", "author")
NAME_FIELDS = ("person", "org", "place", "thing")  # what ``entity:`` looks in
WORD_FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, "speaker", "quote")  # the fields of words of the index
FILTER_FIELDS = ("date", "story", "number", "ref")
FIELDS = TEXT_FIELDS + FILTER_FIELDS


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``term`` is its dictionary form, and ``exact`` says that stems do not count.

    ``field`` is one of TEXT_FIELDS, or None for all of them; so it is for phrases and prefixes.
    """

    text: str
    span: Span
    field: str | None
    term: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, exactly as written; each term with its distance from the first, in words.

    ``quoted`` tells a phrase in quotation marks from a compound such as ``GPT-4``.
    """

    text: str
    span: Span
    field: str | None
    terms: tuple[tuple[int, str], ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin with ``start`` (folded)."""

    text: str
    span: Span
    field: str | None
    start: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Sources dated within ``low``..``high``, whole days in ISO 8601, both included; None is open."""

    text: str
    span: Span
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Sources numbered ``low``..``high`` in their story, both included; both None is the summary."""

    text: str
    span: Span
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class InStory:
    """Sources of one story, or of all whose slug begins so when ``begins`` is true."""

    text: str
    span: Span
    slug: str
    begins: bool


@dataclass(frozen=True, slots=True)
class IsRef:
    """The one source of that name."""

    text: str
    span: Span
    ref: Ref


@dataclass(frozen=True, slots=True)
class And:
    """What all parts find."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one part finds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All but what the part finds."""

    part: Node


@dataclass(frozen=True, slots=True)
class Beside:
    """Things written side by side without an operator.

    A source has to be found by each of ``required`` and none of ``excluded``; ``wanted`` rank it, those
    with all of them first. When ``any_wanted`` is true, at least one of ``wanted`` has to be there.
    """

    wanted: tuple[Node, ...]
    required: tuple[Node, ...]
    excluded: tuple[Node, ...]
    any_wanted: bool


Leaf = Word | Phrase | Prefix | Dates | Numbers | InStory | IsRef
Node = Leaf | And | Or | Not | Beside


def found_leaves(node: Node) -> tuple[Leaf, ...]:
    """Return the leaves that a hit may show, in order: all but what stands under a negation."""
    match node:
        case And(parts) | Or(parts):
            return tuple(leaf for part in parts for leaf in found_leaves(part))
        case Beside(wanted, required):
            return tuple(leaf for part in (*required, *wanted) for leaf in found_leaves(part))
        case Not():
            return ()
        case _:
            return (node,)
