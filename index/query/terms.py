"""Words, phrases, near words, prefixes and fuzzy words: from what was typed to leaves of the query tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from index.analysis import CAPITALS_MARK, compound, is_unspaced, tokens
from index.query.tree import STAR, BoolQuery, Fuzzy, Near, Phrase, Prefix, Word
from sources.errors import QueryError

if TYPE_CHECKING:
    import re

    from index.analysis import Token
    from index.query.tree import Leaf, Node
    from sources.model import Span

SHORTEST_PREFIX = 2  # letters before a *
SHORTEST_FUZZY = 3  # letters before a ~
MOST_EDITS = 2  # letters by which a fuzzy word may differ


def quoted_leaf(query: str, inner: Span, span: Span, field: str | None) -> Leaf | None:
    """Read what is within quotation marks as ``inner``; None without words."""
    found = list(tokens(query, *inner))
    return (
        _leaf(_starred(query, found, inner.end), span.of(query), span, field, quoted=True) if found else None
    )


def _starred(query: str, found: list[Token], end: int) -> list[Token]:
    """Return words with a star at the end of those that have one behind them."""
    return [
        token._replace(written=token.norm + STAR)
        if query[token.end : min(token.end + 2, end)].rstrip() == STAR and len(token.norm) >= SHORTEST_PREFIX
        else token
        for token in found
    ]


def chunk_node(query: str, span: Span, field: str | None, *, acronyms: bool) -> Node | None:
    """Read a chunk of text; None without words.

    What people write in several ways is looked for in all of them: those with the very one come first. Words
    in capitals are taken for ``acronyms``.
    """
    found = list(tokens(query, *span))
    if not found:
        return None
    text = span.of(query)
    leaf = _leaf(found, text, span, field, quoted=False)
    other = _other_spelling(found, span.of(query) if acronyms else "")
    if other is None:
        return leaf
    exact = other.startswith(CAPITALS_MARK)
    return BoolQuery((leaf, Word(text, span, field, other, exact)), (), (), needs_should=True)


def _other_spelling(found: list[Token], typed: str) -> str | None:
    """Return a term under which a word is found in another spelling, or, of an acronym, in capitals alone."""
    norms = tuple(token.norm for token in found)
    if len(found) > 1:
        joined = compound(norms)
        return joined if joined is not None and joined in found[0].also else None
    if typed.isupper() and len(norms[0]) > 1 and "&" not in norms[0]:
        return next((form for form in found[0].also if form.startswith(CAPITALS_MARK)), None)
    parts = norms[0].split(".")  # of "Ph.D.", not of "U.S.", which would be any "us"
    if "'" in norms[0] or (len(parts) > 1 and any(len(part) > 1 for part in parts)):
        return norms[0].translate({ord("'"): None, ord("."): None})
    return None


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
    error = partial(_error, query, "write the beginning of one word, such as harb*")
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
