"""The query tree: what a query says, as frozen values; spans are code points of the query as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Ref, Span

# Leaves are named tuples. Combinations are not: as tuples, an And would equal an Or of the same parts.


class Word(NamedTuple):
    """One word; ``term`` is its dictionary form, and ``exact`` says that stems do not count.

    ``field`` is a field whose words are searched, ``note`` or UNQUOTED; None is all of TEXT_FIELDS. So it
    is for phrases, near words, prefixes and fuzzy words.
    """

    text: str
    span: Span
    field: str | None
    term: str
    exact: bool


class Phrase(NamedTuple):
    """Words in this order, exactly as written; each term with its distance from the first, in words.

    ``quoted`` tells a phrase in quotation marks from a compound such as ``GPT-4``.
    """

    text: str
    span: Span
    field: str | None
    terms: tuple[tuple[int, str], ...]
    quoted: bool


class Prefix(NamedTuple):
    """All words that begin with ``start`` (folded)."""

    text: str
    span: Span
    field: str | None
    start: str


class Near(NamedTuple):
    """Words in any order with at most ``within`` others between them, each exactly as written."""

    text: str
    span: Span
    field: str | None
    terms: tuple[str, ...]
    within: int


class Fuzzy(NamedTuple):
    """All words that differ from ``term`` in at most ``edits`` letters; see ``expansion.like``."""

    text: str
    span: Span
    field: str | None
    term: str
    edits: int


class Figures(NamedTuple):
    """Amounts within ``low``..``high``, both included, None is open; without ``unit`` of any unit."""

    text: str
    span: Span
    unit: str | None
    low: float | None
    high: float | None


class Tagged(NamedTuple):
    """Sources with a note or span of this tag or label (``field``), or of one that begins so.

    Asked of notes: those with the tag or label, or, with the field ``is``, those that stand so.
    """

    text: str
    span: Span
    field: str
    value: str
    begins: bool


class Dates(NamedTuple):
    """Sources dated within ``low``..``high``, whole days in ISO 8601, both included; None is open."""

    text: str
    span: Span
    low: str | None
    high: str | None


class Numbers(NamedTuple):
    """Sources numbered ``low``..``high`` in their story, both included; both None is the summary."""

    text: str
    span: Span
    low: int | None
    high: int | None


class InStory(NamedTuple):
    """Sources of one story, or of all whose slug begins so when ``begins`` is true."""

    text: str
    span: Span
    slug: str
    begins: bool


class IsRef(NamedTuple):
    """The one source of that name."""

    text: str
    span: Span
    ref: Ref


class Spoken(NamedTuple):
    """Words in quotes (``part``) that are said by whom ``by`` names, in one and the same quote."""

    part: Worded
    by: Node


@frozen
class And:
    """What all parts find."""

    parts: tuple[Node, ...]


@frozen
class Or:
    """What at least one part finds."""

    parts: tuple[Node, ...]


@frozen
class Not:
    """All but what the part finds."""

    part: Node


@frozen
class BoolQuery:
    """Things written side by side without an operator.

    A source has to be found by each of ``must`` and none of ``must_not``; ``should`` rank it, those
    with all of them first. When ``needs_should`` is true, at least one of ``should`` has to be there.
    """

    should: tuple[Node, ...]
    must: tuple[Node, ...]
    must_not: tuple[Node, ...]
    needs_should: bool


Worded = Word | Phrase | Prefix | Near | Fuzzy  # what is looked for in words
Leaf = Worded | Figures | Tagged | Dates | Numbers | InStory | IsRef
Node = Leaf | Spoken | And | Or | Not | BoolQuery


class Clause(NamedTuple):
    """A unit of a query with the sign before it: ``+``, ``-`` or nothing."""

    sign: str
    node: Node
    narrows: bool  # a phrase, a field or an expression with operators


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


def positive_leaves(node: Node) -> tuple[Leaf, ...]:
    """Return the leaves that a hit may show, in order: all but what stands under a negation."""
    match node:
        case And(parts) | Or(parts):
            return tuple(leaf for part in parts for leaf in positive_leaves(part))
        case BoolQuery(should, must):
            return tuple(leaf for part in (*must, *should) for leaf in positive_leaves(part))
        case Not():
            return ()
        case Spoken(part):
            return (part,)
        case _:
            return (node,)


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return what a combination is made of, negated or not; nothing for a leaf."""
    match node:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case BoolQuery(should, must, must_not):
            return (*should, *must, *must_not)
        case _:
            return ()


def with_parts(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a combination with each of its parts changed, and a leaf as it is."""
    match node:
        case And(parts) | Or(parts):
            return type(node)(tuple(map(change, parts)))
        case Not(part):
            return Not(change(part))
        case BoolQuery(should, must, must_not, needs_should):
            groups = [tuple(map(change, parts)) for parts in (should, must, must_not)]
            return BoolQuery(groups[0], groups[1], groups[2], needs_should)
        case _:
            return node
