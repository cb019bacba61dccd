"""The query tree and the fields it is about: what a query says, as frozen values with spans as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import QueryError
from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Ref, Span


TEXT_FIELDS = ("title", "text", "publisher", "author")  # what plain words are looked for in
NAME_FIELDS = ("person", "org", "place", "thing")  # what ``entity:`` looks in
WORD_FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, "speaker", "quote", "figure")  # the scored fields of the index
UNQUOTED = "unquoted"  # no field of the index: the text without its quotes, and the title
EVIDENCE_FIELDS = ("entity", "person", "org", "place", "speaker", "quote")
NOTE_FIELDS = ("tag", "label", "note")
FILTER_FIELDS = ("story", "date", "number", "ref", "tag", "label", "figure", "caps")  # followed by one value
SCOPES = ("only", "not")  # ``only:quotes`` and ``not:quotes``
STAR = "*"  # ends a word of a phrase that stands for all that begin so
FIELDS = (*TEXT_FIELDS, "story", "date", "number", "ref", *NOTE_FIELDS, *EVIDENCE_FIELDS, "figure", "caps")
EXAMPLES = {
    "title": "harbour", "text": "harbour", "publisher": "Courier", "author": "moss", "date": "2031-06",
    "story": "harbour-deal", "number": "4", "ref": "harbour-deal/4", "tag": "claim", "label": "claim",
    "note": "price", "entity": "northport", "person": "moss", "org": "northport", "place": "saltmarsh",
    "speaker": "moss", "quote": "buyer", "figure": "$14.3bn", "caps": "US",
}  # fmt: skip
_ALSO = {"organisation": "org", "organization": "org", "name": "entity", "tags": "tag", "labels": "label"}
_SCHEMES = frozenset(
    {
        "http", "https", "ftp", "file", "mailto", "tel", "doi", "urn", "isbn", "issn", "data", "javascript",
        "about", "irc", "git", "ssh",
    }
)  # fmt: skip
_LOOKED_FOR_IN = {"": TEXT_FIELDS, "entity": NAME_FIELDS, "note": (), UNQUOTED: ("title", "text")}
_SHORTEST = 3  # letters; shorter names before a colon are text: "Re:", "C:"
_NEAR = 2  # letters by which a name may differ from a field's to be taken for it


def field_of(name: str) -> str | None:
    """Return the field that ``name`` names in any case; None when there is none."""
    lowered = name.lower()
    return lowered if lowered in FIELDS or lowered in SCOPES else _ALSO.get(lowered)


def fields_of(field: str | None) -> tuple[str, ...]:
    """Return the fields of the index in which words of ``field`` are looked for; none for notes."""
    return _LOOKED_FOR_IN.get(field or "", (field or "",))


def refuse_unknown(name: str, query: str, place: int) -> None:
    """Let ``name:`` at ``place`` pass when it reads as text; raise QueryError when a field was meant."""
    following = query[place + len(name) + 1 :]
    lowered = name.lower()
    if len(name) < _SHORTEST or lowered in _SCHEMES or "_" in name:
        return
    if re.match(r"[\w\"“(]", following) is None:
        return
    from rapidfuzz.distance import OSA

    near = min(FIELDS, key=lambda field: (OSA.distance(lowered, field), field))
    if OSA.distance(lowered, near) <= min(_NEAR, len(near) // 2):
        hint = f"did you mean {near}:?"
    else:
        hint = f"there are {', '.join(FIELDS[:-1])} and {FIELDS[-1]}; as text write it in quotes"
    raise QueryError(f'there is no field "{name}"', query=query, position=place, hint=hint)


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

    A term that ends in STAR stands for all words that begin so.
    ``quoted`` tells a phrase in quotation marks from a compound such as ``GPT-4``, ``unfinished`` one that is
    still being typed.
    """

    text: str
    span: Span
    field: str | None
    terms: tuple[tuple[int, str], ...]
    quoted: bool
    unfinished: bool = False

    @property
    def starred(self) -> bool:
        """Tell whether any of its terms stands for several words."""
        return any(term.endswith(STAR) for _, term in self.terms)


class Prefix(NamedTuple):
    """All words that begin with ``start`` (folded); ``unfinished`` tells a word being typed from ``wor*``."""

    text: str
    span: Span
    field: str | None
    start: str
    unfinished: bool = False


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


def within_scope(node: Node, field: str) -> Node:
    """Return the same query with its plain words looked for in ``field`` only."""
    if isinstance(node, Worded):
        return node._replace(field=field) if node.field in {None, "text"} else node
    return with_parts(node, lambda part: within_scope(part, field))


def has_words(node: Node, field: str) -> bool:
    """Tell whether anything in a query is looked for in the words of ``field``, negated or not."""
    if isinstance(node, Worded):
        return node.field == field
    return any(has_words(part, field) for part in parts_of(node))


def with_speakers(node: Node, speakers: tuple[Node, ...] = ()) -> Node:
    """Return the same query with its quoted words bound to the speakers that stand beside them.

    A speaker counts for all that is joined with it, brackets within included, unless these name their own.
    Of several speakers each has to have said it.
    """
    if isinstance(node, Worded):
        if node.field != "quote" or not speakers:
            return node
        spoken = tuple(Spoken(node, speaker) for speaker in speakers)
        return spoken[0] if len(spoken) == 1 else And(spoken)
    joined = node.parts if isinstance(node, And) else node.must if isinstance(node, BoolQuery) else ()
    beside = tuple(part for part in joined if _names_speakers(part)) or speakers
    return with_parts(node, lambda part: with_speakers(part, beside))


def _names_speakers(node: Node) -> bool:
    """Tell whether a part of a query says nothing but who speaks."""
    if isinstance(node, Worded):
        return node.field == "speaker"
    return isinstance(node, And | Or | BoolQuery) and all(map(_names_speakers, parts_of(node)))
