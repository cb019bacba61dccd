"""Queries of plain words: what most people type, and what is answered without scoring every text.

Such a query finds what holds any of its words, or all of them, by the sum of their scores.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Generic

from index.analysis import word_terms
from index.bm25f import AS_TYPED, REPEATED
from index.expansion import expand_amounts, expand_fuzzy, expand_phrase, expand_prefix
from index.positions import starts_of, term_counts, together_counts
from index.query.tree import (
    UNQUOTED,
    And,
    BoolQuery,
    Dates,
    Figures,
    Fuzzy,
    InStory,
    IsRef,
    Near,
    Not,
    Numbers,
    Or,
    Phrase,
    Prefix,
    Spoken,
    Tagged,
    TermQuery,
    WantedTerm,
    Word,
    fields_of,
)
from index.scorers import Found
from sources.model import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from index.interface import Deadline
    from index.notes import NotedSources
    from index.query.tree import Node, Worded
    from index.reader import IndexReader
    from index.scorers import Scorer
    from sources.library import Library
    from sources.model import Ref

_MOST_WORDS = 16  # with more of them, bounds of sums are too wide to help


def boosted(nodes: Iterable[Node]) -> list[tuple[Node, float]]:
    """Return each of ``nodes`` once with what its score counts: the more the oftener it was typed."""
    times: dict[Hashable, int] = {}
    once: dict[Hashable, Node] = {}
    for node in nodes:
        key: Hashable = (node.field, node.term) if isinstance(node, Word) else node
        times[key] = times.get(key, 0) + 1
        once.setdefault(key, node)
    return [(node, 1.0 + REPEATED * (times[key] - 1)) for key, node in once.items()]


def term_query_of(node: Node) -> TermQuery | None:
    """Return how to answer a query of plain words; None for any other."""
    match node:
        case Word():
            words, every, lifted = [(node, 1.0)], False, False
        case BoolQuery(should, (), ()) if should:
            words, every, lifted = boosted(should), False, True  # type: ignore[assignment]  # looked at below
        case And(parts):
            words, every, lifted = [(part, 1.0) for part in parts], True, False  # type: ignore[misc]  # as above
        case Or(parts):
            words, every, lifted = [(part, 1.0) for part in parts], False, False  # type: ignore[misc]  # as above
        case _:
            return None
    if len(words) > _MOST_WORDS or not all(_is_plain(word) for word, _ in words):
        return None
    return TermQuery(tuple(_wanted(word, factor) for word, factor in words), every, lifted and len(words) > 1)


def _is_plain(node: Node) -> bool:
    return isinstance(node, Word) and node.field not in {UNQUOTED, "note"}


def _wanted(word: Word, factor: float) -> WantedTerm:
    fields = fields_of(word.field)
    if word.exact:
        return WantedTerm(fields, (word.term,), None, factor)
    return WantedTerm(fields, word_terms(word.term), word.term, factor)


class Evaluator(Generic[Found]):
    """Finds and scores the documents of one reader, within one deadline."""

    def __init__(
        self, reader: IndexReader, scorer: Scorer[Found], deadline: Deadline, library: Library
    ) -> None:
        self._reader = reader
        self._scorer = scorer
        self._deadline = deadline
        self._library = library

    @cached_property
    def noted(self) -> NotedSources:
        """The notes of the library, read when the query asks for them."""
        from index.notes import NotedSources

        return NotedSources(self._library)

    def evaluate(self, node: Node) -> Found:
        """Return all documents that ``node`` finds."""
        query = term_query_of(node)
        found = None if query is None else self._scorer.term_query(query)
        return self._found(node) if found is None else found

    def _found(self, node: Node) -> Found:
        match node:
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return self._scorer.union([self._found(part) for part in parts])
            case Not(part):
                return self._all_of((Not(part),))
            case BoolQuery():
                return self._bool_query(node)
            case Word() | Phrase() | Prefix() | Near() | Fuzzy():
                return self._worded(node)
            case Spoken():
                return self._spoken(node)
            case _:
                return self._filter(node)

    def _filter(self, node: Figures | Tagged | Dates | Numbers | InStory | IsRef) -> Found:
        match node:
            case Figures():
                return self._scorer.terms({"figure": expand_amounts(self._reader, node, self._deadline)})
            case Tagged():
                return self._refs(self.noted.tagged(node))
            case Dates():
                return self._dates(node)
            case Numbers():
                return self._numbers(node)
            case InStory(_, _, slug, begins):
                return self._where("story", bool, slug) if begins else self._scorer.filter("story", [slug])
            case IsRef(_, _, ref):
                return self._refs([ref])

    # Combinations

    def _all_of(self, parts: Iterable[Node]) -> Found:
        excluded: list[Node] = []
        found: list[Found] = []
        for part in parts:
            if isinstance(part, Not):
                excluded.append(part.part)
            else:
                found.append(self._found(part))
        whole = self._scorer.intersection(found) if found else self._scorer.all_docs()
        return self._without(whole, excluded)

    def _without(self, found: Found, excluded: Iterable[Node]) -> Found:
        for node in excluded:
            found = self._scorer.difference(found, self._found(node))
            if self._deadline.spent():  # what was not read yet cannot be left out
                return self._scorer.union([])
        return found

    def _bool_query(self, node: BoolQuery) -> Found:
        scorer = self._scorer
        ranked = self._ranked(node.should) if node.should else scorer.union([])
        if not node.must:
            return self._without(ranked, node.must_not)
        found = scorer.intersection([self._found(part) for part in node.must])
        if node.needs_should and node.should:
            found = scorer.intersection([found, ranked])
        else:
            found = scorer.union([found, scorer.restrict(ranked, found)])
        return self._without(found, node.must_not)

    def _ranked(self, should: tuple[Node, ...]) -> Found:
        """Score by all of ``should``; repeated ones count more, all of them together lift."""
        scorer = self._scorer
        found = [
            self._found(node) if factor == 1.0 else scorer.boost(self._found(node), factor)
            for node, factor in boosted(should)
        ]
        return found[0] if len(found) == 1 else scorer.ranked(found)

    # Words

    def _worded(self, leaf: Worded) -> Found:
        if leaf.field == UNQUOTED:
            return self._outside_quotes(leaf)
        if leaf.field == "note":
            return self._refs(self.noted.saying(leaf))
        fields = fields_of(leaf.field)
        match leaf:
            case Word():
                return self._word(leaf, fields)
            case Phrase():
                return self._scorer.phrase(fields, expand_phrase(self._reader, leaf, fields, self._deadline))
            case Near():
                count = self._counter(leaf)
                return self._scorer.counts({field: count(field) for field in fields})
            case Prefix():
                return self._scorer.terms(dict.fromkeys(fields, self._expanded(leaf, fields)))
            case Fuzzy():
                terms = dict.fromkeys(fields, self._expanded(leaf, fields))
                return self._lifted_as_typed(self._scorer.terms(terms), leaf.term, fields)

    def _word(self, word: Word, fields: Sequence[str]) -> Found:
        if word.exact:
            return self._scorer.terms(dict.fromkeys(fields, (word.term,)))
        stems = self._scorer.terms(dict.fromkeys(fields, word_terms(word.term)))
        return self._lifted_as_typed(stems, word.term, fields)

    def _lifted_as_typed(self, found: Found, term: str, fields: Sequence[str]) -> Found:
        """Return ``found`` with more for those that have the very form that was typed."""
        typed = self._scorer.terms(dict.fromkeys(fields, (term,)))
        return self._scorer.union([found, self._scorer.boost(typed, AS_TYPED)])

    def _expanded(self, leaf: Prefix | Fuzzy, fields: Sequence[str]) -> list[str]:
        if isinstance(leaf, Prefix):
            return expand_prefix(self._reader, leaf, fields, self._deadline)
        return expand_fuzzy(self._reader, leaf, fields, self._deadline)

    def _outside_quotes(self, leaf: Worded) -> Found:
        """Find what is in the text oftener than in its quotes, or in the title."""
        count = self._counter(leaf)
        text, quoted = count("text"), count("quote")
        if self._deadline.spent():  # what was not read of the quotes cannot be taken off
            return self._scorer.union([])
        outside = {
            number: times - quoted.get(number, 0.0)
            for number, times in text.items()
            if times > quoted.get(number, 0.0)
        }
        return self._scorer.counts({"title": count("title"), "text": outside})

    def _counter(self, leaf: Worded) -> Callable[[str], dict[int, float]]:
        """Return what counts a leaf in the documents of one field."""
        reader, deadline = self._reader, self._deadline
        match leaf:
            case Phrase():
                spelled = expand_phrase(reader, leaf, ("text", "title"), deadline)
                words: list[Sequence[str]] = [terms for _, terms in spelled]
                return lambda field: together_counts(reader, field, words, starts_of(leaf), deadline)
            case Near():
                words = [(term,) for term in leaf.terms]
                return lambda field: together_counts(reader, field, words, starts_of(leaf), deadline)
            case Word():
                terms: Sequence[str] = (leaf.term,) if leaf.exact else word_terms(leaf.term)
            case _:
                terms = self._expanded(leaf, ("text", "title"))
        return lambda field: term_counts(reader, field, terms, deadline)

    def _spoken(self, spoken: Spoken) -> Found:
        """Find words that are said by certain speakers."""
        from index.speaker_search import SpeakerSearch

        scorer = self._scorer
        both = scorer.restrict(self._found(spoken.part), self._found(spoken.by))
        documents = sorted(scorer.documents(both))
        saying = SpeakerSearch(self._reader, documents, self._expanded, self._deadline)
        return scorer.counts({"quote": saying.counted(spoken)})

    # Narrowing

    def _refs(self, refs: Iterable[Ref]) -> Found:
        return self._scorer.filter("ref", [str(ref) for ref in refs])

    def _dates(self, dates: Dates) -> Found:
        from index.query.values import within

        return self._where("date", lambda term: within(term, dates.low, dates.high))

    def _numbers(self, numbers: Numbers) -> Found:
        low, high = numbers.low, numbers.high
        if low is None or high is None:
            return self._scorer.filter("number", [SUMMARY])
        return self._where("number", lambda term: term.isdecimal() and low <= int(term) <= high)

    def _where(self, field: str, is_wanted: Callable[[str], bool], start: str = "") -> Found:
        """Return what has a term of ``field`` that is wanted and begins with ``start``."""
        terms = self._reader.terms(field, start, self._deadline)
        return self._scorer.filter(field, list(filter(is_wanted, terms)))
