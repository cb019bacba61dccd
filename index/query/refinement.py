"""Narrowing a query by a condition and widening it again, in the text of the query itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.query.parser import parse
from index.query.pasted import PIECE, QUOTES
from index.query.tree import STAR, field_of
from index.query.unfinished import closed
from sources.errors import QueryError
from sources.model import Span

# What is written with a field and looks for words all the same.
_FOR_WORDS = frozenset({"text", "title", "quote", "note"})
_FILTER = re.compile(
    rf"""(?<!\S)(?P<sign>(?:NOT\s+)?[-+]?)(?P<name>[A-Za-z_]+):
    (?P<value>[{QUOTES}][^{QUOTES}]*[{QUOTES}]?|\([^()]*\)?|[^\s(){QUOTES}]+)""",
    re.VERBOSE,
)
_AND_AT_END = re.compile(r"(?:^|\s+)AND\s*$")
_AND_AT_START = re.compile(r"\s*AND(?:\s+|$)")


class Filter(NamedTuple):
    """A condition of a query on a field: where it stands, and what it says in words."""

    span: Span
    words: str


def filters(query: str) -> tuple[Filter, ...]:
    """Return the conditions on fields that all hits of a query fulfil; none beside alternatives."""
    found = []
    place = depth = 0
    while place < len(query):
        condition = _FILTER.match(query, place) if depth == 0 else None
        piece = PIECE.match(query, place)
        field = field_of(condition["name"]) if condition is not None else None
        if condition is not None and field is not None and field not in _FOR_WORDS:
            value = condition["value"].strip(f"{QUOTES}() ")
            negated = "not " if ("NOT" in condition["sign"]) != ("-" in condition["sign"]) else ""
            found.append(Filter(Span(*condition.span()), f"{negated}{field}: {value}"))
            place = condition.end()
        elif piece is not None and piece.end() > place:
            if piece["operator"] == "OR" and depth == 0:
                return ()
            depth = max(0, depth + bool(piece["open"]) - bool(piece["close"]))
            place = piece.end()
        else:
            place += 1
    return tuple(found)


def without(query: str, taken: Filter) -> str:
    """Return a query without one of its ``filters``."""
    before, behind = query[: taken.span.start].rstrip(), query[taken.span.end :].lstrip()
    if _AND_AT_START.match(behind):
        behind = (
            _AND_AT_START.sub("", behind, count=1) if not before or _AND_AT_END.search(before) else behind
        )
    elif _AND_AT_END.search(before) and not behind:
        before = _AND_AT_END.sub("", before)
    rest = f"{before} {behind}" if before and behind else before or behind
    return _unwrapped(rest)


def spelled_out(query: str, *, begins: bool) -> str:
    """Return what to write for an unfinished query so that it finds the same when it is finished.

    What is open is closed; where the last word only ``begins`` some that are in the texts, it gets a star.
    """
    whole = closed(query)
    starred = query + STAR + whole[len(query) :]
    try:
        return starred if begins and parse(starred) else whole
    except QueryError:  # no star can say that a compound goes on
        return whole


def conditions(query: str) -> tuple[str, ...]:
    """Return the parts of a query that all have to hold: what stands between AND outside of brackets."""
    parts, alternatives = _split(query)
    return () if alternatives else parts


def narrowed(query: str, condition: str) -> str:
    """Return a query that finds what ``query`` finds and ``condition`` holds for.

    The condition comes first, so that one can go on typing at the end.
    """
    parts, alternatives = _split(query)
    if not parts:
        return condition
    if alternatives:
        return f"{condition} AND ({query.strip()})"
    return query if condition in parts else f"{condition} AND {query.lstrip()}"


def widened(query: str, condition: str) -> str:
    """Return the query without a condition that it was narrowed by."""
    parts = conditions(query)
    if condition not in parts:
        return query
    return _unwrapped(" AND ".join(part for part in parts if part != condition))


def _unwrapped(query: str) -> str:
    """Return a query without the brackets around all of it, if there are any."""
    whole = query.strip()
    if whole.startswith("(") and _closes_at(whole) == len(whole) - 1:
        return whole[1:-1].strip()
    return query


def _split(query: str) -> tuple[tuple[str, ...], bool]:
    """Split a query at AND outside of brackets and quotes; tell whether an OR stands there, too."""
    parts, start, depth, alternatives = [], 0, 0, False
    for token in PIECE.finditer(query):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(0, depth - 1)
        elif token["operator"] == "OR":
            alternatives = alternatives or depth == 0
        elif token["operator"] == "AND" and depth == 0:
            parts.append(query[start : token.start()].strip())
            start = token.end()
    parts.append(query[start:].strip())
    return tuple(part for part in parts if part), alternatives


def _closes_at(query: str) -> int:
    """Return where the bracket that a query begins with is closed; -1 when it is not."""
    depth = 0
    for token in PIECE.finditer(query):
        depth += bool(token["open"]) - bool(token["close"])
        if depth == 0 and token["close"]:
            return token.start()
    return -1
