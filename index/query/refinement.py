"""Narrowing a query by a condition and widening it again, in the text of the query itself."""

from __future__ import annotations

from index.query.parser import parse
from index.query.pasted import PIECE
from index.query.tree import STAR
from index.query.unfinished import closed
from sources.errors import QueryError


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
    kept = [part for part in parts if part != condition]
    if len(kept) == 1 and kept[0].startswith("(") and _closes_at(kept[0]) == len(kept[0]) - 1:
        return kept[0][1:-1].strip()
    return " AND ".join(kept)


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
