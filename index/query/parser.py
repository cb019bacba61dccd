"""One grammar: from a query as typed to its tree, or to a QueryError that says where and what is wrong.

    query   = ranked { ("OR" ranked) }         AND binds tighter than OR,
    all     = beside { "AND" beside }          things side by side tighter than AND
    beside  = { ["-" | "+" | "NOT"] unit }
    unit    = "(" query ")" | field ":" unit | "only:quotes" | "not:quotes"
            | quoted phrase [ "~" number ] | word | wor* | word~ [ number ]
            | "is:" standing | "#" tag                 only where notes are asked for

Operators are upper case; everything else is text. Plain words side by side rank: a source with all of
them comes first, one with any of them is found. Phrases and ``field:`` narrow. ``only:quotes`` and
``not:quotes`` hold for all that is in the same brackets.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from index.query.pasted import OPERATOR, QUOTES, is_shouted
from index.query.side_by_side import narrows, plain_words, together
from index.query.tree import (
    EXAMPLES,
    FILTER_FIELDS,
    SCOPES,
    UNQUOTED,
    And,
    Clause,
    Or,
    Tagged,
    field_of,
    refuse_unknown,
)
from sources.errors import QueryError
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from index.query.tree import Node

# Not measured: more than anybody types, and little enough that any query is read and answered in time.
LONGEST_QUERY = 4096  # code points
DEEPEST_NESTING = 32  # brackets within brackets
MOST_TERMS = 512  # words, phrases and values in one query
FARTHEST = 50  # words between near words

_SPACE = re.compile(r"\s*")
_CHUNK = re.compile(rf"(?:[^\s(){QUOTES}]|(?<=\d)[\"”](?=[\s)]|$))+")
_NAMED = re.compile(r"([A-Za-z_]+):")
_SPEAKER = re.compile("speaker:", re.IGNORECASE)
_TILDE = re.compile(r"~(\d{0,9})(?=[\s()]|$)", re.ASCII)
_FUZZY = re.compile(r"(.*[^~])~(\d{0,9})", re.ASCII | re.DOTALL)
_RANGE = re.compile(r"[<>]=?|[\[{][^\[\]{}]*\bTO\b[^\[\]{}]*[\]}]|\w*\.\.\w*(?=[\s()]|$)")
_BRACKETED = re.compile(r"[\[{]\s*[^\s\[\]{}]*\s*\bTO\b\s*[^\s\[\]{}]*\s*[\]}]")
_MAYBE_FIGURE = re.compile(
    r"[$€£¥₹₩₽%]|\d[^\W\d_]*\s*(?:per ?cent|pct|[mb]illion|trillion|[mb]n|dollars?|euros?|pounds?)\b",
    re.IGNORECASE,
)


class _Unit(NamedTuple):
    """A unit of a query, and whether a field's name stood before it."""

    node: Node | None
    named: bool


def parse(query: str, *, note_states: Collection[str] = (), unfinished: bool = False) -> Node:
    """Read a query; raise QueryError with the place of the first thing that cannot be understood.

    ``note_states`` are the words that may follow ``is:``. They are given where notes are asked for; there,
    ``#word`` is a tag that begins so, too. Of an ``unfinished`` query, which is still being typed, what is
    open is read as if it were closed, and the last word stands for all that begin so as well.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"this query is longer than {LONGEST_QUERY} characters",
            query=query,
            position=LONGEST_QUERY,
            hint="search for a few words of it",
        )
    plain = plain_words(query) if query.count(" ") < MOST_TERMS else None
    if plain is not None and not unfinished:
        return plain
    if unfinished:
        from index.query.unfinished import closed, going_on

        node = going_on(plain or _Parser(closed(query), note_states).whole(), query)
    else:
        node = _Parser(query, note_states).whole()
    if _SPEAKER.search(query):
        from index.query.tree import with_speakers

        return with_speakers(node)
    return node


class _Parser:
    """One pass over a query; ``_place`` is the next code point to read."""

    def __init__(self, query: str, note_states: Collection[str]) -> None:
        self._query = query
        self._note_states = note_states
        self._place = 0
        self._depth = 0
        self._terms = 0
        self._shouted = is_shouted(query)
        self._scope: tuple[str, int] | None = None  # of the brackets that are open: a field, and its place

    def whole(self) -> Node:
        """Read all of the query."""
        node = self._scoped(None)
        if self._peek() == ")":
            raise self._error("this bracket closes nothing", self._place, 'take it away, or quote it: ")"')
        if node is None:
            raise self._error("there is nothing to search for", 0, 'write a word, or a phrase in quotes "…"')
        return node

    def _scoped(self, field: str | None) -> Node | None:
        """Read all up to a closing bracket or the end, and let ``only:quotes`` hold for it."""
        outer = self._take_scope()
        node = self._alternatives(field)
        scope = self._take_scope()
        self._scope = outer
        if scope is None:
            return node
        from index.query.tree import has_words, within_scope

        in_field, place = scope
        name = "not:quotes" if in_field == UNQUOTED else "only:quotes"
        if node is not None:
            node = within_scope(node, in_field)
        if node is None or not has_words(node, in_field):
            raise self._error(f"{name} has no words to look for", place, f"write {name} harbour")
        return node

    def _take_scope(self) -> tuple[str, int] | None:
        scope, self._scope = self._scope, None
        return scope

    # Operators

    def _alternatives(self, field: str | None) -> Node | None:
        return self._joined("OR", Or, partial(self._joined, "AND", And, self._beside), field)

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
        if field is None and _MAYBE_FIGURE.search(self._query):
            from index.query.amounts import with_figures

            units = with_figures(self._query, units, together)
        return together(units)

    def _signed(self, field: str | None) -> Clause | None:
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
            place = self._place
            sign = self._sign()
            scope = self._scope
            unit = self._unit(field)
            if self._scope is not scope and (negated or sign == "-"):
                raise self._error("this cannot be negated", place, "write only:quotes or not:quotes")
            if unit.node is not None:
                if negated:
                    sign = "" if sign == "-" else "-"
                return Clause(sign, unit.node, unit.named or narrows(unit.node, field))

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
        if character in QUOTES:
            return _Unit(self._quoted(field), named=False)
        named = _NAMED.match(self._query, self._place)
        if named is not None:
            of_field = self._after_name(named)
            if of_field is not None:
                return of_field
        return _Unit(self._chunk(field), named=False)

    def _bracket(self, field: str | None) -> Node:
        place = self._place
        self._deeper(place)
        self._place += 1
        node = self._scoped(field)
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
        from index.query.terms import near_leaf, quoted_leaf

        place = self._place
        inner = self._within_quotes('write "harbour deal"')
        tilde = _TILDE.match(self._query, self._place)
        if tilde is None:
            return self._counted(quoted_leaf(self._query, inner, Span(place, inner.end + 1), field))
        self._place = tilde.end()
        if not tilde[1] or int(tilde[1]) > FARTHEST:
            message = (
                f"near words are at most {FARTHEST} words apart" if tilde[1] else "how near should they be?"
            )
            raise self._error(
                message, tilde.start() + 1, 'write "harbour sale"~5 for at most 5 words between'
            )
        found = near_leaf(self._query, inner, Span(place, tilde.end()), field, int(tilde[1]))
        return self._counted(found)

    def _within_quotes(self, hint: str) -> Span:
        """Read from one quotation mark to the next."""
        place = self._place
        end = next((at for at in range(place + 1, len(self._query)) if self._query[at] in QUOTES), None)
        if end is None:
            raise self._error("this quotation mark is never closed", place, hint)
        self._place = end + 1
        return Span(place + 1, end)

    def _after_name(self, named: re.Match[str]) -> _Unit | None:
        """Read what follows ``name:``; None when that is no field but text."""
        if self._note_states and named[1].lower() == "is":
            return _Unit(self._standing(named), named=True)
        field = field_of(named[1])
        if field is None:
            refuse_unknown(named[1], self._query, named.start())
            return None
        self._place = after = named.end()
        if field in SCOPES:
            self._quotes(field)
            return _Unit(None, named=True)
        if self._peek() in {"", ")"}:
            raise self._error(f'"{field}:" is followed by nothing', after, f"write {field}:{EXAMPLES[field]}")
        if field in FILTER_FIELDS:
            return _Unit(self._filter(field), named=True)
        if _RANGE.match(self._query, self._place):
            raise self._error(
                "words have no ranges", self._place, "only date:, number: and figure: are followed by a range"
            )
        self._deeper(named.start())
        node = self._unit(field).node
        self._depth -= 1
        if node is None:
            raise self._error(f'"{field}:" is followed by no word', after, f"write {field}:{EXAMPLES[field]}")
        return _Unit(node, named=True)

    def _standing(self, named: re.Match[str]) -> Node:
        self._place = named.end()
        chunk = None if self._peek() in {"", ")"} else _CHUNK.match(self._query, self._place)
        word = chunk[0].lower() if chunk else ""
        if chunk is None or word not in self._note_states:
            message = f"there is no note that is {word or 'nothing'}"
            hint = f"use is: with one of {', '.join(self._note_states)}"
            raise self._error(message, named.start(), hint)
        self._place = chunk.end()
        self._count()
        return Tagged(chunk[0], Span(*chunk.span()), "is", word, begins=False)

    def _quotes(self, name: str) -> None:
        """Read what follows ``only:`` or ``not:`` and keep it for the brackets that it is in."""
        start = self._place - len(name) - 1
        value = re.compile(r"quotes?(?=[\s()]|$)", re.IGNORECASE).match(self._query, self._place)
        if value is None:
            raise self._error(
                f'"{name}:" is followed by something else than quotes', self._place, f"write {name}:quotes"
            )
        self._place = value.end()
        field = "quote" if name == "only" else UNQUOTED
        if self._scope is not None and self._scope[0] != field:
            raise self._error("nothing is in quotes and outside of them", start, "write one of the two")
        self._scope = (field, start)

    def _filter(self, field: str) -> Node:
        place = self._place
        if self._query[place] in QUOTES:
            span = self._within_quotes('write "…" around the value')
        else:
            chunk = _CHUNK.match(self._query, place)
            if chunk is None:
                raise self._error(f'"{field}:" wants a value', place, f"write {field}:{EXAMPLES[field]}")
            self._place = chunk.end()
            span = Span(*chunk.span())
        from index.query.values import field_value

        node = field_value(field, self._query, span.of(self._query).strip(), span)
        self._count()
        return node

    def _chunk(self, field: str | None) -> Node | None:
        """Read text up to the next white space, bracket or quotation mark."""
        from index.query.terms import chunk_node, fuzzy_leaf, prefix_leaf

        chunk = _CHUNK.match(self._query, self._place)
        if chunk is None:
            self._place += 1
            return None
        if chunk[0][0] in "[{" and _BRACKETED.match(self._query, self._place):
            raise self._error(
                "ranges are not written so", self._place, "write date:2031-05..2031-06; words have no ranges"
            )
        self._place = chunk.end()
        span = Span(*chunk.span())
        if self._note_states and field is None and chunk[0].startswith("#") and len(chunk[0]) > 1:
            from index.query.values import field_value

            tag = Span(span.start + 1, span.end)
            return self._counted(field_value("tag", self._query, f"{chunk[0][1:].rstrip('*')}*", tag))
        if "*" in chunk[0]:
            return self._counted(prefix_leaf(self._query, span, field))
        tilde = _FUZZY.fullmatch(chunk[0]) if "~" in chunk[0] else None
        if tilde is not None:
            return self._counted(fuzzy_leaf(self._query, span, field, tilde))
        return self._counted(chunk_node(self._query, span, field, acronyms=not self._shouted))

    # Reading

    def _peek(self) -> str:
        """Skip white space and return the next character, or nothing at the end."""
        space = _SPACE.match(self._query, self._place)
        if space is not None:
            self._place = space.end()
        return self._query[self._place : self._place + 1]

    def _operator(self) -> str:
        operator = None if self._shouted else OPERATOR.match(self._query, self._place)
        return "" if operator is None else operator[1]

    def _counted(self, node: Node | None) -> Node | None:
        if node is not None:
            self._count()
        return node

    def _count(self) -> None:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise self._error(
                f"this query has more than {MOST_TERMS} words", self._place, "search for a few of them"
            )

    def _error(self, message: str, position: int, hint: str) -> QueryError:
        return QueryError(message, query=self._query, position=min(position, len(self._query)), hint=hint)


def _operator_hint(operator: str) -> str:
    return f"write harbour {operator} port; the word itself is written in small letters"
