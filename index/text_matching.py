"""Finds where the words and phrases of a query are in a text.

A search for the beginnings of the wanted words picks the few places that are worth taking apart, and what
stands between white space is taken apart once, however often it is met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.analysis import is_unspaced, tokens
from index.expansion import first_letter_edits
from index.query.parser import parse
from index.query.tree import (
    EVIDENCE_FIELDS,
    STAR,
    UNQUOTED,
    Figures,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Word,
    Worded,
    positive_leaves,
)
from index.word_beginnings import beginnings, heads_of, places_of
from sources.model import Span
from sources.text.reading_view import view_of
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.analysis import Token
    from index.query.tree import Node

_REACH = 64  # code points that one word of a phrase may take, white space included
_PORTION = 4096  # words taken apart at once; more than any phrase has
_SHOWN_IN = {
    # What is looked for in a field of evidence was found in the text.
    "text": frozenset({None, "text", UNQUOTED, *EVIDENCE_FIELDS}),
    "title": frozenset({None, "title", UNQUOTED}),
}
_QUOTES = ("quote", UNQUOTED)
_SEARCHED = Worded | Figures


class Match(NamedTuple):
    """A place where a leaf of the query stands; ``leaf`` counts the leaves of the finder."""

    start: int
    end: int
    leaf: int


def spans_in(query: str, text: str, *, field: str = "text", unfinished: bool = False) -> tuple[Span, ...]:
    """Return where ``query`` hits ``text``, in order and without overlaps; raises QueryError.

    ``field`` is the field that ``text`` is the content of; words that are wanted in others are left out.
    """
    view = view_of(text)
    finder = Finder(parse(query, unfinished=unfinished), field=field)
    spans = merged(finder.find(text if view is None else view.text))
    return tuple(spans if view is None else [view.span(*span) for span in spans])


def merged(found: Iterable[Match]) -> list[Span]:
    """Return the places of hits, which come in the order of their start, those that overlap as one."""
    spans: list[Span] = []
    for start, end, _ in found:
        if spans and start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, end))
        else:
            spans.append(Span(start, end))
    return spans


class Finder:
    """The words, phrases, beginnings and amounts of a query that may be in one field."""

    def __init__(self, query: Node, *, field: str = "text") -> None:
        self.leaves = tuple(dict.fromkeys(_searched(query, field)))
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._prefixes: list[tuple[str, int]] = []
        self._fuzzy: list[tuple[Fuzzy, int]] = []
        self._phrases: dict[str, list[tuple[tuple[tuple[int, str], ...], int]]] = {}
        self._starred: list[tuple[str, tuple[tuple[int, str], ...], int]] = []
        self._near: dict[str, list[tuple[Near, int]]] = {}
        self._figures: list[tuple[Figures, int]] = []
        self._alike: dict[tuple[str, int], bool] = {}
        self._longest = 1
        for place, leaf in enumerate(self.leaves):
            self._take(leaf, place)
        self._reach = self._longest * _REACH if self._longest > 1 else 0
        self._starts = beginnings(self.leaves)
        self._heads = heads_of(self.leaves)
        self._chunks: dict[str, tuple[Match, ...]] = {}

    def _take(self, leaf: _SEARCHED, place: int) -> None:
        match leaf:
            case Word():
                self._words.setdefault(leaf.term, []).append(place)
                if not leaf.exact:
                    self._stems.setdefault(stem(leaf.term), []).append(place)
            case Prefix():
                self._prefixes.append((leaf.start, place))
            case Fuzzy():
                self._fuzzy.append((leaf, place))
            case Phrase():
                first = leaf.terms[0][1]
                if first.endswith(STAR):
                    self._starred.append((first.removesuffix(STAR), leaf.terms, place))
                else:
                    self._phrases.setdefault(first, []).append((leaf.terms, place))
                self._longest = max(self._longest, leaf.terms[-1][0] + 1)
            case Near():
                for term in leaf.terms:
                    self._near.setdefault(term, []).append((leaf, place))
                self._longest = max(self._longest, len(leaf.terms) + leaf.within)
            case Figures():
                self._figures.append((leaf, place))

    def find(self, text: str, *, most: int | None = None) -> list[Match]:
        """Return all places in order of their start, or of a long text at least the first ``most``."""
        found: list[Match] = []
        places = places_of(self._starts, text, self._heads) if self._starts else ()
        if places is None:
            self._look_through(text, [(0, len(text))], most, found)
        elif self._reach:
            self._look_through(text, self._ranges(text, places), most, found)
        else:
            self._look_by_chunk(text, places, most, found)
        if self._figures:
            from index.evidence_fields import amounts_in

            found += [Match(start, end, place) for start, end, place in amounts_in(text, self._figures)]
        if any(_field(leaf) in _QUOTES for leaf in self.leaves):
            from index.evidence_fields import quotes_in

            found = self._as_quoted(found, quotes_in(text))
        return sorted(dict.fromkeys(found))

    def _as_quoted(self, found: Iterable[Match], quotes: Sequence[Span]) -> list[Match]:
        """Leave out what stands outside of quotes, or inside, where that matters."""
        kept = []
        for hit in found:
            field = _field(self.leaves[hit.leaf])
            inside = any(quote.start <= hit.start and hit.end <= quote.end for quote in quotes)
            if field not in _QUOTES or inside == (field == "quote"):
                kept.append(hit)
        return kept

    def _look_by_chunk(
        self, text: str, places: Iterable[tuple[int, int]], most: int | None, found: list[Match]
    ) -> None:
        """Append what stands around ``places``; no word reaches across white space."""
        chunks = self._chunks
        spaced = text.replace("\n", " ")  # other white space only widens what is looked at
        end = -1
        for place, last in places:
            if place < end:
                continue
            start, end = spaced.rfind(" ", 0, place) + 1, spaced.find(" ", last)
            if end < 0:
                end = len(text)
            chunk = text[start:end]
            here = chunks.get(chunk)
            if here is None:
                inside: list[Match] = []
                words = list(tokens(chunk))
                self._look_at(words, len(words), inside)
                here = chunks[chunk] = tuple(inside)
            for begin, stop, leaf in here:
                found.append(Match(start + begin, start + stop, leaf))
            if most is not None and len(found) >= most:
                return

    def _look_through(
        self, text: str, ranges: Iterable[tuple[int, int]], most: int | None, found: list[Match]
    ) -> None:
        """Append what is in ``ranges``, where hits may be of several words."""
        for start, end in ranges:
            words: list[Token] = []
            for token in tokens(text, start, end):
                words.append(token)
                if len(words) == _PORTION:
                    words = self._look_at(words, _PORTION - self._longest + 1, found)
                    if most is not None and len(found) >= most:
                        break
            self._look_at(words, len(words), found)
            if most is not None and len(found) >= most:
                return

    def _look_at(self, words: list[Token], until: int, found: list[Match]) -> list[Token]:
        """Append what begins at the first ``until`` words; return the rest."""
        for place in range(until):
            self._look(words, place, found)
        return words[until:]

    def _look(self, words: Sequence[Token], place: int, found: list[Match]) -> None:
        """Append what begins at ``words[place]``."""
        token = words[place]
        start, end, norm, written, also = token
        here = self._same_or_like(norm, end)
        for form in also:
            here.update(dict.fromkeys(self._stems.get(stem(form), ()), end) if self._stems else {})
        for form in (norm, *also) if written == norm else (norm, written, *also):
            for leaf in self._words.get(form, ()):
                here[leaf] = max(_end_as(token, form), here.get(leaf, 0))
            phrases = self._phrases.get(form, ())
            if self._starred:
                begun = [(terms, leaf) for begin, terms, leaf in self._starred if form.startswith(begin)]
                phrases = [*phrases, *begun]
            for terms, leaf in phrases:
                last = _end_of(words, place, terms)
                if last is not None:
                    found.append(Match(start, last, leaf))
            for begin, leaf in self._prefixes:
                if form.startswith(begin):
                    here.setdefault(leaf, end)
            for near, leaf in self._near.get(form, ()):
                found += [Match(*span, leaf) for span in _near_at(words, place, near)]
        for leaf, last in here.items():
            found.append(Match(start, last, leaf))

    def _same_or_like(self, norm: str, end: int) -> dict[int, int]:
        """Return the leaves that a word fits by its stem or nearly, each with the word's end."""
        here: dict[int, int] = {}
        if self._stems:
            here.update(dict.fromkeys(self._stems.get(stem(norm), ()), end))
        for fuzzy, leaf in self._fuzzy:
            if self._is_like(fuzzy, norm):
                here[leaf] = end
        return here

    def _is_like(self, fuzzy: Fuzzy, norm: str) -> bool:
        if norm[:1] != fuzzy.term[0]:
            return bool(norm) and norm in first_letter_edits(fuzzy.term, norm[0])
        if abs(len(norm) - len(fuzzy.term)) > fuzzy.edits:
            return False
        key = (norm, fuzzy.edits)
        known = self._alike.get(key)
        if known is None:
            # Whoever searches for a fuzzy word has loaded it already.
            from rapidfuzz.distance import OSA

            known = OSA.distance(norm, fuzzy.term, score_cutoff=fuzzy.edits) <= fuzzy.edits
            self._alike[key] = known
        return known

    def _ranges(self, text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the stretches of ``text``, from white space to white space, that may hold a hit."""
        begin, end = 0, -1
        for place, last in places:
            if last + self._reach <= end:
                continue
            start = _back_to_space(text, place)
            until = _on_to_space(text, last + self._reach)
            if start <= end:
                end = until
                continue
            if end >= 0:
                yield begin, end
            begin, end = start, until
        if end >= 0:
            yield begin, end


def _searched(query: Node, field: str) -> Iterator[_SEARCHED]:
    """Yield what may be in a text that is the content of ``field``."""
    fields = _SHOWN_IN.get(field, frozenset({None, field}))
    for leaf in positive_leaves(query):
        if isinstance(leaf, Figures):
            if field == "text":
                yield leaf
        elif isinstance(leaf, Worded) and leaf.field in fields:
            yield leaf


def _field(leaf: _SEARCHED) -> str | None:
    return None if isinstance(leaf, Figures) else leaf.field


def _near_at(words: Sequence[Token], place: int, near: Near) -> list[tuple[int, int]]:
    """Return the spans of near words, the first of which is ``words[place]``; none when some are missing."""
    found: dict[str, tuple[int, int]] = {}
    for token in words[place : place + len(near.terms) + near.within]:
        for form in (token.norm, token.written, *token.also):
            if form in near.terms and form not in found:
                found[form] = (token.start, _end_as(token, form))
    return list(found.values()) if len(found) == len(near.terms) else []


def _end_of(words: Sequence[Token], place: int, terms: Iterable[tuple[int, str]]) -> int | None:
    """Return where a phrase ends that begins at ``words[place]``; None when it does not stand there."""
    end = 0
    for distance, term in terms:
        if place + distance >= len(words):
            return None
        word = words[place + distance]
        forms = {word.norm, word.written, *word.also}
        begins = term.endswith(STAR) and any(form.startswith(term.removesuffix(STAR)) for form in forms)
        if not begins and term not in forms:
            return None
        end = _end_as(word, term)
    return end


def _end_as(word: Token, form: str) -> int:
    """Return where ``word`` ends when it is taken as ``form``: a pair of characters is two long."""
    pair = word.has_signs and form == word.written and is_unspaced(form[:1])
    return word.end + 1 if pair else word.end


def _back_to_space(text: str, place: int) -> int:
    """Return where the word around ``place`` begins, at the latest; other white space only widens it."""
    space = text.rfind(" ", 0, place)
    return max(space, text.rfind("\n", space + 1, place)) + 1


def _on_to_space(text: str, place: int) -> int:
    """Return where the word around ``place`` ends, at the earliest."""
    space = text.find(" ", place)
    stop = len(text) if space < 0 else space
    newline = text.find("\n", place, stop)
    return stop if newline < 0 else newline
