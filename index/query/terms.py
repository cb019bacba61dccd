"""Words, phrases, near words, prefixes and fuzzy words: from what was typed to leaves of the query tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from index.analysis import is_unspaced, tokens
from index.query.tree import Fuzzy, Near, Phrase, Prefix, Word
from sources.errors import QueryError

if TYPE_CHECKING:
    import re

    from index.analysis import Token
    from index.query.tree import Leaf
    from sources.model import Span

SHORTEST_PREFIX = 2  # letters before a *
SHORTEST_FUZZY = 3  # letters before a ~
MOST_EDITS = 2  # letters by which a fuzzy word may differ


def text_leaf(query: str, span: Span, field: str | None, inner: Span | None = None) -> Leaf | None:
    """Read a chunk of text, or what is within quotation marks as ``inner``; None without words."""
    found = list(tokens(query, *(inner or span)))
    return _leaf(found, span.of(query), span, field, quoted=inner is not None) if found else None


def near_leaf(query: str, inner: Span, span: Span, field: str | None, within: int) -> Leaf | None:
    """Read near words; None without words."""
    found = list(tokens(query, inner.start, inner.end))
    terms = tuple(dict.fromkeys(term for _, term in _terms(found)))
    if len(terms) < 2:
        return _leaf(found, span.of(query), span, field, quoted=True) if found else None
    return Near(span.of(query), span, field, terms, within)


def _leaf(found: list[Token], text: str, span: Span, field: str | None, *, quoted: bool) -> Leaf:
    """Make a word of one token, and a phrase of several or of anything in quotes."""
    terms = _terms(found)
    if quoted or len(terms) > 1:
        return Phrase(text, span, field, terms, quoted)
    return Word(text, span, field, terms[0][1], found[0].has_signs)


def _terms(found: list[Token]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (place, token.written)
        for place, token in enumerate(found)
        # The last character of an unspaced run is already in the pair before it.
        if not (place and token.start == found[place - 1].end and _ends_pair(found[place - 1], token))
    )


def _ends_pair(before: Token, token: Token) -> bool:
    return token.written == token.norm and before.has_signs and is_unspaced(before.norm[:1])


def prefix_leaf(query: str, span: Span, field: str | None) -> Leaf:
    """Read a chunk with a star; raise QueryError."""
    text = span.of(query)
    start = text.rstrip("*")
    error = partial(
        _error, query, "write the beginning of one word, such as harb*; in quotes a star is just a sign"
    )
    if not start.strip("*"):
        raise error("a star alone would stand for every word", span.start)
    if "*" in start:
        raise error("a star may be only at the end of a word", span.start + start.index("*"))
    found = list(tokens(start))
    if len(found) == 1 and not is_unspaced(found[0].norm[:1]):
        if len(found[0].norm) < SHORTEST_PREFIX:
            raise error("one letter stands for too many words", span.start)
        return Prefix(text, span, field, found[0].written)
    if found and all(is_unspaced(token.norm[:1]) for token in found):
        # Where words are not spaced, every run of characters is found inside longer ones anyway.
        return _leaf(found, text, span, field, quoted=False)
    if not found:
        raise error("no word is before this star", span.start + len(start))
    raise error("only a single word may end in a star", span.start + len(start))


def fuzzy_leaf(query: str, span: Span, field: str | None, match: re.Match[str]) -> Leaf | None:
    """Read a chunk that ends in a tilde and perhaps a number; raise QueryError."""
    end = span.start + match.end(1)
    error = partial(_error, query, "write harbor~ or harbor~2 for words that differ in one letter, or in two")
    found = list(tokens(query, span.start, end))
    if not found:
        return None
    word = found[0].norm
    if len(found) > 1 or is_unspaced(word[:1]):
        raise error("only a single word can be fuzzy", end)
    if len(word) < SHORTEST_FUZZY or not word.isalnum():
        raise error("too many words are like this one", span.start)
    edits = int(match[2]) if match[2] else 1 if len(word) <= 5 else MOST_EDITS
    if not 1 <= edits <= MOST_EDITS:
        raise error("words may differ in one letter, or in two", end + 1)
    return Fuzzy(span.of(query), span, field, word, min(edits, len(word) - 2))


def _error(query: str, hint: str, message: str, position: int) -> QueryError:
    return QueryError(message, query=query, position=position, hint=hint)
