"""From a query as typed to its tree, or to a QueryError that says where and what would be right.

    query   = ranked { ("OR" ranked) }         AND binds tighter than OR,
    all     = beside { "AND" beside }          things side by side tighter than AND
    beside  = { ["-" | "+" | "NOT"] unit }
    unit    = "(" query ")" | field ":" unit | quoted phrase | word | wor*

Operators are upper case; everything else is text. Plain words side by side rank: a source with all of
them comes first, one with any of them is found. Phrases and ``field:`` narrow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import STOP_WORDS, is_unspaced, tokens
from index.query.fields import field_of, refuse_unknown
from index.query.tree import FILTER_FIELDS, And, Beside, Not, Or, Phrase, Prefix, Word
from sources.errors import QueryError
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.analysis import Token
    from index.query.tree import Leaf, Node

LONGEST_QUERY = 4096  # code points
DEEPEST_NESTING = 32  # brackets within brackets
MOST_TERMS = 512  # words, phrases and values in one query
SHORTEST_PREFIX = 2  # letters before a *

_QUOTES = '"“”„‟«»＂'
_SPACE = re.compile(r"\s*")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|$)")
_CHUNK = re.compile(rf"(?:[^\s(){_QUOTES}]|(?<=\d)[\"”](?=[\s)]|$))+")
_NAMED = re.compile(r"([A-Za-z_]+):")


class _Marked(NamedTuple):
    """A unit of a query with the sign before it: ``+``, ``-`` or nothing."""

    sign: str
    node: Node
    narrows: bool  # a phrase, a field or an expression with operators


class _Unit(NamedTuple):
    """A unit of a query, and whether a field's name stood before it."""

    node: Node | None
    named: bool


def parse(query: str) -> Node:
    """Read a query; raise QueryError with the place of the first thing that cannot be understood."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"this query is longer than {LONGEST_QUERY} characters",
            query=query,
            position=LONGEST_QUERY,
            hint="search for a few words of it",
        )
    return _Parser(query).whole()


class _Parser:
    """One pass over a query; ``_place`` is the next code point to read."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._place = 0
        self._depth = 0
        self._terms = 0

    def whole(self) -> Node:
        """Read all of the query."""
        node = self._alternatives(None)
        if self._peek() == ")":
            raise self._error("this bracket closes nothing", self._place, 'take it away, or quote it: ")"')
        if node is None:
            raise self._error("there is nothing to search for", 0, 'write a word, or a phrase in quotes "…"')
        return node

    # Operators

    def _alternatives(self, field: str | None) -> Node | None:
        return self._joined("OR", Or, self._conjunction, field)

    def _conjunction(self, field: str | None) -> Node | None:
        return self._joined("AND", And, self._beside, field)

    def _joined(
        self,
        operator: str,
        kind: type[And | Or],
        inner: Callable[[str | None], Node | None],
        field: str | None,
    ) -> Node | None:
        first = inner(field)
        parts = [] if first is None else [first]
        while self._operator() == operator:
            place = self._place
            if not parts:
                raise self._error(f"{operator} has nothing on its left", place, _operator_hint(operator))
            self._place += len(operator)
            part = inner(field)
            if part is None:
                end = place + len(operator)
                raise self._error(f"{operator} has nothing on its right", end, _operator_hint(operator))
            parts.append(part)
        if len(parts) > 1:
            return kind(tuple(parts))
        return parts[0] if parts else None

    def _beside(self, field: str | None) -> Node | None:
        units = []
        while (unit := self._signed(field)) is not None:
            units.append(unit)
        return _side_by_side(units)

    def _signed(self, field: str | None) -> _Marked | None:
        """Read the next unit with its sign; None before an operator, a closing bracket or the end."""
        negated = False
        while True:
            character = self._peek()
            operator = self._operator()
            if not character or character == ")" or operator in {"AND", "OR"}:
                if negated:
                    raise self._error("NOT has nothing on its right", self._place, _operator_hint("NOT"))
                return None
            if operator == "NOT":
                self._place += len(operator)
                negated = not negated
                continue
            sign = self._sign()
            unit = self._unit(field)
            if unit.node is not None:
                if negated:
                    sign = "" if sign == "-" else "-"
                return _Marked(sign, unit.node, unit.named or _narrows(unit.node, field))

    def _sign(self) -> str:
        """Take a + or - that stands right before something."""
        sign = self._query[self._place]
        following = self._query[self._place + 1 : self._place + 2]
        if sign in "+-" and following and not following.isspace() and following not in "+-)":
            self._place += 1
            return sign
        return ""

    # Units

    def _unit(self, field: str | None) -> _Unit:
        """Read one unit; its node is None for text without words."""
        character = self._query[self._place]
        if character == "(":
            return _Unit(self._bracket(field), named=False)
        if character in _QUOTES:
            return _Unit(self._quoted(field), named=False)
        named = _NAMED.match(self._query, self._place)
        if named is not None:
            of_field = self._after_name(named)
            if of_field is not None:
                return _Unit(of_field, named=True)
        return _Unit(self._chunk(field), named=False)

    def _bracket(self, field: str | None) -> Node:
        place = self._place
        self._deeper(place)
        self._place += 1
        node = self._alternatives(field)
        self._depth -= 1
        if self._peek() != ")":
            raise self._error("this bracket is never closed", place, "write (harbour OR port)")
        if node is None:
            raise self._error("there is nothing between these brackets", place, "write (harbour OR port)")
        self._place += 1
        return node

    def _deeper(self, place: int) -> None:
        if self._depth == DEEPEST_NESTING:
            raise self._error("this query is nested too deeply", place, f"{DEEPEST_NESTING} levels are read")
        self._depth += 1

    def _quoted(self, field: str | None) -> Node | None:
        place = self._place
        end = place + 1
        while end < len(self._query) and self._query[end] not in _QUOTES:
            end += 1
        if end == len(self._query):
            raise self._error("this quotation mark is never closed", place, 'write "harbour deal"')
        self._place = end + 1
        span = Span(place, end + 1)
        return self._counted(_exactly(self._query, Span(place + 1, end), span, field))

    def _after_name(self, named: re.Match[str]) -> Node | None:
        """Read what follows ``name:``; None when that is no field but text."""
        field = field_of(named[1])
        if field is None:
            refuse_unknown(named[1], self._query, named.start())
            return None
        self._place = after = named.end()
        if self._peek() in {"", ")"}:
            raise self._error(
                f'"{field}:" is followed by nothing', after, f"write {field}:{_EXAMPLES[field]}"
            )
        if field in FILTER_FIELDS:
            return self._filter(field)
        self._deeper(named.start())
        node = self._unit(field).node
        self._depth -= 1
        if node is None:
            raise self._error(
                f'"{field}:" is followed by no word', after, f"write {field}:{_EXAMPLES[field]}"
            )
        return node

    def _filter(self, field: str) -> Node:
        place = self._place
        if self._query[place] in _QUOTES:
            end = next((at for at in range(place + 1, len(self._query)) if self._query[at] in _QUOTES), None)
            if end is None:
                raise self._error("this quotation mark is never closed", place, 'write "…" around the value')
            self._place = end + 1
            span = Span(place + 1, end)
        else:
            chunk = _CHUNK.match(self._query, place)
            if chunk is None:
                raise self._error(f'"{field}:" wants a value', place, f"write {field}:{_EXAMPLES[field]}")
            self._place = chunk.end()
            span = Span(*chunk.span())
        from index.query.values import field_value  # noqa: PLC0415 - most queries have no such values

        node = field_value(field, self._query, span.of(self._query).strip(), span)
        self._count()
        return node

    def _chunk(self, field: str | None) -> Node | None:
        """Read text up to the next white space, bracket or quotation mark."""
        chunk = _CHUNK.match(self._query, self._place)
        if chunk is None:
            self._place += 1
            return None
        self._place = chunk.end()
        span = Span(*chunk.span())
        if "*" in chunk[0]:
            return self._counted(self._prefix(span, field))
        return self._counted(_plain(self._query, span, field))

    def _prefix(self, span: Span, field: str | None) -> Leaf:
        text = span.of(self._query)
        start = text.rstrip("*")
        hint = "write the beginning of one word, such as harb*; in quotes a star is just a sign"
        if not start.strip("*"):
            raise self._error("a star alone would stand for every word", span.start, hint)
        if "*" in start:
            raise self._error(
                "a star may stand only at the end of a word", span.start + start.index("*"), hint
            )
        found = list(tokens(start))
        if len(found) == 1 and not is_unspaced(found[0].norm[:1]):
            if len(found[0].norm) < SHORTEST_PREFIX:
                raise self._error("one letter stands for too many words", span.start, hint)
            return Prefix(text, span, field, found[0].written)
        if found and all(is_unspaced(token.norm[:1]) for token in found):
            # Where words are not spaced, every run of characters is found inside longer ones anyway.
            return _leaf(found, text, span, field, quoted=False)
        if not found:
            raise self._error("no word stands before this star", span.start + len(start), hint)
        raise self._error("only a single word may end in a star", span.start + len(start), hint)

    # Reading

    def _peek(self) -> str:
        """Skip white space and return the next character, or nothing at the end."""
        space = _SPACE.match(self._query, self._place)
        if space is not None:
            self._place = space.end()
        return self._query[self._place : self._place + 1]

    def _operator(self) -> str:
        operator = _OPERATOR.match(self._query, self._place)
        return "" if operator is None else operator[1]

    def _counted(self, leaf: Leaf | None) -> Leaf | None:
        if leaf is not None:
            self._count()
        return leaf

    def _count(self) -> None:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise self._error(
                f"this query has more than {MOST_TERMS} words", self._place, "search for a few of them"
            )

    def _error(self, message: str, position: int, hint: str) -> QueryError:
        return QueryError(message, query=self._query, position=min(position, len(self._query)), hint=hint)


_EXAMPLES = {
    "title": "harbour", "text": "harbour", "publisher": "Courier", "author": "moss", "date": "2031-06",
    "story": "harbour-deal", "number": "4", "ref": "harbour-deal/4",
}  # fmt: skip


def _plain(query: str, span: Span, field: str | None) -> Leaf | None:
    found = list(tokens(query, span.start, span.end))
    return _leaf(found, span.of(query), span, field, quoted=False) if found else None


def _exactly(query: str, inner: Span, span: Span, field: str | None) -> Leaf | None:
    found = list(tokens(query, inner.start, inner.end))
    return _leaf(found, span.of(query), span, field, quoted=True) if found else None


def _leaf(found: list[Token], text: str, span: Span, field: str | None, *, quoted: bool) -> Leaf:
    """Make a word of one token, and a phrase of several or of anything in quotes."""
    terms = tuple(
        (place, token.written)
        for place, token in enumerate(found)
        # The last character of an unspaced run is already in the pair before it.
        if not (place and token.start == found[place - 1].end and _ends_pair(found[place - 1], token))
    )
    if quoted or len(terms) > 1:
        return Phrase(text, span, field, terms, quoted)
    return Word(text, span, field, terms[0][1], found[0].has_signs)


def _ends_pair(before: Token, token: Token) -> bool:
    return token.written == token.norm and before.has_signs and is_unspaced(before.norm[:1])


def _operator_hint(operator: str) -> str:
    return f"write harbour {operator} port; the word itself is written in small letters"


def _narrows(node: Node, field: str | None) -> bool:
    """Tell whether a unit in a bracket of ``field`` is a condition rather than a word to rank by."""
    match node:
        case Word() | Prefix():
            return node.field != field
        case Phrase():
            return node.quoted or node.field != field
        case Beside():
            return False
        case _:
            return True


def _side_by_side(units: list[_Marked]) -> Node | None:
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
