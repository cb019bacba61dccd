"""The query tree: what a query says, as frozen values; spans are code points of the query as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import QueryError
from sources.frozen import frozen
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.model import Ref, Span

_SCHEMES = frozenset(
    re.findall(
        r"\w+",
        "http https ftp file mailto tel doi urn isbn issn data javascript about irc git ssh",
    )
)
_ALSO = {"organisation": "org", "organization": "org", "name": "entity", "tags": "tag", "labels": "label"}
_SHORTEST = 3  # shorter names before a colon are text: "Re:", "C:"
_NEAR = 2  # edits


def field_of(name: str) -> str | None:
    """Return the field that ``name`` names in any case; None when there is none."""
    lowered = name.lower()
    return lowered if lowered in FIELDS or lowered in SCOPES else _ALSO.get(lowered)


def refuse_unknown(name: str, query: str, place: int) -> None:
    """Let ``name:`` at ``place`` pass when it reads as text; raise QueryError when a field was meant."""
    following = query[place + len(name) + 1 :]
    lowered = name.lower()
    if len(name) < _SHORTEST or lowered in _SCHEMES or "_" in name:
        return
    if re.match(r"[\w\"“(]", following) is None:
        return
    near = min(FIELDS, key=lambda field: (distance(lowered, field), field))
    if distance(lowered, near) <= min(_NEAR, len(near) // 2):
        hint = f"did you mean {near}:?"
    else:
        hint = f"there are {', '.join(FIELDS[:-1])} and {FIELDS[-1]}; as text write it in quotes"
    raise QueryError(f'there is no field "{name}"', query=query, position=place, hint=hint)


def distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out, replaced or swapped with their neighbour.

    The restricted Damerau-Levenshtein distance, by dynamic programming.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]


# Leaves are named tuples. Combinations are not: as tuples, an And would equal an Or of the same parts.

TEXT_FIELDS = ("title", "text", "publisher", "author")  # what plain words are looked for in
NAME_FIELDS = ("person", "org", "place", "thing")  # what ``entity:`` looks in
WORD_FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, "speaker", "quote", "figure")  # the scored fields of the index
UNQUOTED = "unquoted"  # no field of the index: the text without its quotes, and the title
EVIDENCE_FIELDS = ("entity", "person", "org", "place", "speaker", "quote")
NOTE_FIELDS = ("tag", "label", "note")
FILTER_FIELDS = ("story", "date", "number", "ref", "tag", "label", "figure")  # followed by one value
SCOPES = ("only", "not")  # ``only:quotes`` and ``not:quotes``
FIELDS = (*TEXT_FIELDS, "story", "date", "number", "ref", *NOTE_FIELDS, *EVIDENCE_FIELDS, "figure")


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


def fields_of(leaf: Worded) -> tuple[str, ...]:
    """Return the fields of the index in which the words of a leaf are looked for; none for notes."""
    match leaf.field:
        case None:
            return TEXT_FIELDS
        case "entity":
            return NAME_FIELDS
        case "note":
            return ()
        case field:
            return ("title", "text") if field == UNQUOTED else (field,)


def within_scope(node: Node, field: str) -> Node:
    """Return the same query with its plain words looked for in ``field`` only."""
    match node:
        case And(parts) | Or(parts):
            return type(node)(tuple(within_scope(part, field) for part in parts))
        case Not(part):
            return Not(within_scope(part, field))
        case BoolQuery(should, must, must_not, needs_should):
            return BoolQuery(
                tuple(within_scope(part, field) for part in should),
                tuple(within_scope(part, field) for part in must),
                tuple(within_scope(part, field) for part in must_not),
                needs_should,
            )
        case Word() | Phrase() | Prefix() | Near() | Fuzzy() if node.field in {None, "text"}:
            return node._replace(field=field)
        case _:
            return node


def has_words(node: Node, field: str) -> bool:
    """Tell whether anything in a query is looked for in the words of ``field``, negated or not."""
    match node:
        case And(parts) | Or(parts):
            return any(has_words(part, field) for part in parts)
        case Not(part):
            return has_words(part, field)
        case BoolQuery(should, must, must_not):
            return any(has_words(part, field) for part in (*should, *must, *must_not))
        case Word() | Phrase() | Prefix() | Near() | Fuzzy():
            return node.field == field
        case _:
            return False


class Clause(NamedTuple):
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


def bool_query(units: list[Clause]) -> Node | None:
    """Put units without operators between them together."""
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
        case BoolQuery(should, must, must_not, needs_should):
            beside = _speakers_among(must) or speakers
            bound = [
                tuple(with_speakers(part, beside) for part in parts) for parts in (should, must, must_not)
            ]
            return BoolQuery(bound[0], bound[1], bound[2], needs_should)
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
        case BoolQuery(should, must, must_not):
            return all(map(_names_speakers, (*should, *must, *must_not)))
        case Word() | Phrase() | Prefix() | Near() | Fuzzy():
            return node.field == "speaker"
        case _:
            return False
