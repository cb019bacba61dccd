"""A query that is still being typed: what is open in it is closed, and its last word may go on.

What is taken away (``-wor``) goes by the whole word only: half a word would take away what nobody meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import is_unspaced, tokens
from index.query.pasted import PIECE, QUOTES
from index.query.tree import STAR, And, BoolQuery, InStory, Or, Phrase, Prefix, Tagged, Word, with_parts

if TYPE_CHECKING:
    from index.query.tree import Node


def closed(query: str) -> str:
    """Return a query with its open quotation mark and brackets closed."""
    depth, is_open = 0, False
    for piece in PIECE.finditer(query):
        quoted = piece["quoted"] or ""
        is_open = len(quoted) == 1 or (bool(quoted) and quoted[-1] not in QUOTES)
        depth = max(0, depth + bool(piece["open"]) - bool(piece["close"]))
    return query + '"' * is_open + ")" * depth


def going_on(node: Node, query: str) -> Node:
    """Return the tree of ``closed(query)`` with the last word standing for all that begin so as well.

    A word has come to its end when anything that is none of it follows, such as a blank.
    """
    words = list(tokens(query))
    if not words or words[-1].end < len(query) or is_unspaced(words[-1].norm[:1]):
        return node  # where words are not spaced, every run of characters is found inside longer ones anyway
    return _going_on(node, len(query))


def _going_on(node: Node, end: int) -> Node:
    """Let the leaves that come to an end at ``end`` go on."""
    match node:
        case And() | Or():
            return with_parts(node, lambda part: _going_on(part, end))
        case BoolQuery(should, must, must_not, needs_should):
            groups = [tuple(_going_on(part, end) for part in parts) for parts in (should, must)]
            return BoolQuery(groups[0], groups[1], must_not, needs_should)
        case Word(text, span, field, term) if span.end == end:
            longer = Prefix(text, span, field, term, unfinished=True)
            return BoolQuery((node, longer), (), (), needs_should=True)
        case Phrase(_, span, _, terms, quoted) if span.end == end + quoted:
            distance, term = terms[-1]
            whole = term.endswith(STAR) or is_unspaced(term[:1])
            if whole:
                return node
            return node._replace(terms=(*terms[:-1], (distance, term + STAR)), unfinished=True)
        case InStory(_, span) | Tagged(_, span) if span.end == end:
            return node._replace(begins=True)
        case _:
            return node
