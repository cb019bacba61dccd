"""What a query finds: a set of documents with scores, 0 where the query only narrows.

Things written side by side are found by any of them; documents with all of them are lifted above the rest.
How sets are kept, and how words are weighed, is a matter of ``sets``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from index.analysis import word_terms
from index.query.tree import (
    TEXT_FIELDS,
    And,
    Beside,
    Dates,
    InStory,
    IsRef,
    Not,
    Numbers,
    Or,
    Phrase,
    Prefix,
    Word,
)
from index.sets import Found
from sources.model import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from index.budget import Budget
    from index.query.tree import Leaf, Node
    from index.reading import IndexReader
    from index.sets import Sets

AS_TYPED = 0.25  # what the word in the very form that was typed adds to its stem
MOST_EXPANSIONS = 256  # words that one prefix stands for
MOST_SCANNED = 4096  # words looked at to choose them


class Evaluator(Generic[Found]):
    """Finds and scores the documents of one reader, within one budget."""

    def __init__(self, reader: IndexReader, sets: Sets[Found], budget: Budget) -> None:
        self._reader = reader
        self._sets = sets
        self._budget = budget

    def evaluate(self, node: Node) -> Found:
        """Return all documents that ``node`` finds."""
        match node:
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return self._sets.added([self.evaluate(part) for part in parts])
            case Not(part):
                return self._all_of((Not(part),))
            case Beside():
                return self._beside(node)
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Found:
        match leaf:
            case Word():
                return self._word(leaf)
            case Phrase():
                return self._sets.phrase(_fields(leaf), leaf.terms)
            case Prefix():
                return self._prefix(leaf)
            case Dates():
                return self._dates(leaf)
            case Numbers():
                return self._numbers(leaf)
            case InStory(_, _, slug, begins):
                terms = list(self._reader.terms("story", slug, self._budget)) if begins else [slug]
                return self._sets.marked("story", terms)
            case IsRef(_, _, ref):
                return self._sets.marked("ref", [str(ref)])

    # Combinations

    def _all_of(self, parts: Iterable[Node]) -> Found:
        excluded: list[Node] = []
        found: list[Found] = []
        for part in parts:
            if isinstance(part, Not):
                excluded.append(part.part)
            else:
                found.append(self.evaluate(part))
        whole = self._sets.common(found) if found else self._sets.everything()
        return self._without(whole, excluded)

    def _without(self, found: Found, excluded: Iterable[Node]) -> Found:
        for node in excluded:
            found = self._sets.without(found, self.evaluate(node))
            if self._budget.spent():  # what was not read yet cannot be left out
                return self._sets.added([])
        return found

    def _beside(self, node: Beside) -> Found:
        sets = self._sets
        ranked = self._ranked(node.wanted) if node.wanted else sets.added([])
        if not node.required:
            return self._without(ranked, node.excluded)
        found = sets.common([self.evaluate(part) for part in node.required])
        if node.any_wanted and node.wanted:
            found = sets.common([found, ranked])
        else:
            found = sets.added([found, sets.within(ranked, found)])
        return self._without(found, node.excluded)

    def _ranked(self, wanted: tuple[Node, ...]) -> Found:
        """Score by all of ``wanted``; repeated ones count as often, all of them together lift."""
        times: dict[Hashable, int] = {}
        once: dict[Hashable, Node] = {}
        for node in wanted:
            key: Hashable = (node.field, node.term) if isinstance(node, Word) else node
            times[key] = times.get(key, 0) + 1
            once.setdefault(key, node)
        sets = self._sets
        found = [
            self.evaluate(node) if times[key] == 1 else sets.times(self.evaluate(node), times[key])
            for key, node in once.items()
        ]
        if len(found) == 1:
            return found[0]
        return sets.lifted(sets.added(found), found, sum(map(sets.highest, found)))

    # Words

    def _word(self, word: Word) -> Found:
        sets = self._sets
        fields = _fields(word)
        typed = dict.fromkeys(fields, (word.term,))
        if word.exact:
            return sets.words(typed)
        stems = sets.words(dict.fromkeys(fields, word_terms(word.term)))
        return sets.added([stems, sets.times(sets.words(typed), AS_TYPED)])

    def _prefix(self, prefix: Prefix) -> Found:
        fields = _fields(prefix)
        frequent: dict[str, int] = {}
        scanned = 0
        for field in fields:
            for term in self._reader.terms(field, prefix.start, self._budget):
                scanned += 1
                if scanned > MOST_SCANNED:
                    break
                frequent[term] = frequent.get(term, 0) + self._reader.document_frequency(field, term)
        terms = sorted(frequent, key=lambda term: (-frequent[term], term))[:MOST_EXPANSIONS]
        if len(terms) < len(frequent) or scanned > MOST_SCANNED:
            self._budget.left_out = (
                f"{prefix.text} stands for very many words; the {len(terms)} most frequent were searched."
            )
        return self._sets.words(dict.fromkeys(fields, terms))

    # Narrowing

    def _dates(self, dates: Dates) -> Found:
        from index.query.values import within  # noqa: PLC0415 - most queries have no dates

        terms = [
            term
            for term in self._reader.terms("date", "", self._budget)
            if within(term, dates.low, dates.high)
        ]
        return self._sets.marked("date", terms)

    def _numbers(self, numbers: Numbers) -> Found:
        if numbers.low is None or numbers.high is None:
            return self._sets.marked("number", [SUMMARY])
        terms = [
            term
            for term in self._reader.terms("number", "", self._budget)
            if term.isdecimal() and numbers.low <= int(term) <= numbers.high
        ]
        return self._sets.marked("number", terms)


def _fields(leaf: Word | Phrase | Prefix) -> tuple[str, ...]:
    return TEXT_FIELDS if leaf.field is None else (leaf.field,)
