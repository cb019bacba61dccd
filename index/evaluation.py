"""What a query finds: for each document a score, 0 where the query only narrows.

Words are weighed by BM25F, a saturated sum of weighted, length-normalised frequencies over the fields
(Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004). Things
written side by side are found by any of them; documents with all of them are lifted above the rest.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

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
from index.schema import decode_places
from sources.model import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from index.budget import Budget
    from index.query.tree import Leaf, Node
    from index.reading import IndexReader, Postings

Scores = dict[int, float]

FIELD_WEIGHTS = {"title": 3.0, "text": 1.0, "publisher": 0.5, "author": 0.5}
SATURATION = 1.2  # k1 of BM25
LENGTH_SHARE = {"title": 0.3, "text": 0.75, "publisher": 0.3, "author": 0.3}  # b of BM25
AS_TYPED = 0.25  # what the word in the very form that was typed adds to its stem
MOST_EXPANSIONS = 256  # words that one prefix stands for
MOST_SCANNED = 4096  # words looked at to choose them


class Evaluator:
    """Finds and scores the documents of one reader, within one budget."""

    def __init__(self, reader: IndexReader, budget: Budget) -> None:
        self._reader = reader
        self._budget = budget
        self._known: dict[tuple[str, str], Postings] = {}

    def evaluate(self, node: Node) -> Scores:
        """Return all documents that ``node`` finds."""
        match node:
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return _added([self.evaluate(part) for part in parts])
            case Not(part):
                without = self.evaluate(part)
                if self._budget.spent():
                    return {}  # what was not read yet cannot be left out
                return {number: 0.0 for number in self._reader.documents() if number not in without}
            case Beside():
                return self._beside(node)
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Scores:
        match leaf:
            case Word():
                return self._word(leaf)
            case Phrase():
                return self._phrase(leaf)
            case Prefix():
                return self._prefix(leaf)
            case Dates():
                return self._dates(leaf)
            case Numbers():
                return self._numbers(leaf)
            case InStory(_, _, slug, begins):
                terms = list(self._reader.terms("story", slug, self._budget)) if begins else [slug]
                return self._unscored("story", terms)
            case IsRef(_, _, ref):
                return self._unscored("ref", [str(ref)])

    # Combinations

    def _all_of(self, parts: Iterable[Node]) -> Scores:
        without: set[int] = set()
        found: list[Scores] = []
        for part in parts:
            if isinstance(part, Not):
                without |= self.evaluate(part.part).keys()
            else:
                found.append(self.evaluate(part))
        if without and self._budget.spent():
            return {}
        if not found:
            return {number: 0.0 for number in self._reader.documents() if number not in without}
        return _common(found, without)

    def _beside(self, node: Beside) -> Scores:
        without: set[int] = set()
        for part in node.excluded:
            without |= self.evaluate(part).keys()
        if without and self._budget.spent():
            return {}
        ranked = self._ranked(node.wanted) if node.wanted else {}
        if not node.required:
            return {number: score for number, score in ranked.items() if number not in without}
        found = _common([self.evaluate(part) for part in node.required], without)
        if node.any_wanted and node.wanted:
            return {number: score + ranked[number] for number, score in found.items() if number in ranked}
        return {number: score + ranked.get(number, 0.0) for number, score in found.items()}

    def _ranked(self, wanted: tuple[Node, ...]) -> Scores:
        """Score by all of ``wanted``; repeated ones count as often, all of them together lift."""
        times: dict[Hashable, int] = {}
        once: dict[Hashable, Node] = {}
        for node in wanted:
            key: Hashable = (node.field, node.term) if isinstance(node, Word) else node
            times[key] = times.get(key, 0) + 1
            once.setdefault(key, node)
        found = [_times(times[key], self.evaluate(node)) for key, node in once.items()]
        total = _added(found)
        if len(found) > 1:
            complete = min(found, key=len).keys()
            lift = sum(max(scores.values(), default=0.0) for scores in found)
            for number in complete:
                if all(number in scores for scores in found):
                    total[number] += lift
        return total

    # Words

    def _word(self, word: Word) -> Scores:
        if word.exact:
            return self._weighed(self._frequencies(word.field, (word.term,)))
        terms = word_terms(word.term)
        scores = self._weighed(self._frequencies(word.field, terms))
        typed = self._weighed(self._frequencies(word.field, (word.term,)))
        for number, score in typed.items():
            scores[number] = scores.get(number, 0.0) + AS_TYPED * score
        return scores

    def _prefix(self, prefix: Prefix) -> Scores:
        fields = TEXT_FIELDS if prefix.field is None else (prefix.field,)
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
        return self._weighed(self._frequencies(prefix.field, terms))

    def _phrase(self, phrase: Phrase) -> Scores:
        fields = TEXT_FIELDS if phrase.field is None else (phrase.field,)
        return self._weighed({field: self._occurrences(field, phrase.terms) for field in fields})

    def _occurrences(self, field: str, terms: tuple[tuple[int, str], ...]) -> dict[int, float]:
        """Count in each document where all terms stand at their distances from one another."""
        lists = []
        for distance, term in terms:
            postings = self._postings(field, term)
            if not postings.ids:
                return {}
            lists.append((distance, postings))
        if len(lists) == 1:
            return dict(zip(lists[0][1].ids, lists[0][1].frequencies, strict=True))
        lists.sort(key=lambda entry: len(entry[1].ids))
        documents = set(lists[0][1].ids)
        for _, postings in lists[1:]:
            documents.intersection_update(postings.ids)
        starts: dict[int, set[int]] = {}
        for order, (distance, postings) in enumerate(lists):
            for number, places in zip(postings.ids, postings.places, strict=True):
                if number not in documents:
                    continue
                here = {place - distance for place in decode_places(places)}
                starts[number] = here if order == 0 else starts[number] & here
        return {number: float(len(found)) for number, found in starts.items() if found}

    # Narrowing

    def _dates(self, dates: Dates) -> Scores:
        from index.query.values import within  # noqa: PLC0415 - most queries have no dates

        terms = [
            term
            for term in self._reader.terms("date", "", self._budget)
            if within(term, dates.low, dates.high)
        ]
        return self._unscored("date", terms)

    def _numbers(self, numbers: Numbers) -> Scores:
        if numbers.low is None or numbers.high is None:
            return self._unscored("number", [SUMMARY])
        terms = [
            term
            for term in self._reader.terms("number", "", self._budget)
            if term.isdecimal() and numbers.low <= int(term) <= numbers.high
        ]
        return self._unscored("number", terms)

    def _unscored(self, field: str, terms: Iterable[str]) -> Scores:
        found: Scores = {}
        for term in terms:
            found.update(dict.fromkeys(self._postings(field, term).ids, 0.0))
        return found

    # Postings and weights

    def _postings(self, field: str, term: str) -> Postings:
        known = self._known.get((field, term))
        if known is None:
            known = self._known[field, term] = self._reader.postings(field, term, self._budget)
        return known

    def _frequencies(self, only: str | None, terms: Iterable[str]) -> dict[str, dict[int, float]]:
        """Return for each field how often any of ``terms`` stands in each document."""
        terms = tuple(terms)
        counted = {}
        for field in TEXT_FIELDS if only is None else (only,):
            counts: dict[int, float] = {}
            for term in terms:
                postings = self._postings(field, term)
                if counts:
                    for number, frequency in zip(postings.ids, postings.frequencies, strict=True):
                        counts[number] = counts.get(number, 0.0) + frequency
                else:
                    counts = dict(zip(postings.ids, postings.frequencies, strict=True))
            counted[field] = counts
        return counted

    def _weighed(self, counted: Mapping[str, Mapping[int, float]]) -> Scores:
        """Return BM25F of one word from its frequencies by field and document."""
        reader = self._reader
        sums: Scores = {}
        for field, counts in counted.items():
            share = LENGTH_SHARE[field]
            per_word = share / reader.average_length(field)
            weight = FIELD_WEIGHTS[field]
            for number, frequency in counts.items():
                length = reader.length(field, number)
                part = weight * frequency / (1.0 - share + per_word * length)
                sums[number] = sums.get(number, 0.0) + part
        rarity = log(1.0 + (max(reader.count - len(sums), 0) + 0.5) / (len(sums) + 0.5))
        for number, total in sums.items():
            sums[number] = rarity * total * (SATURATION + 1.0) / (SATURATION + total)
        return sums


def _times(times: int, scores: Scores) -> Scores:
    return scores if times == 1 else {number: score * times for number, score in scores.items()}


def _added(found: Iterable[Scores]) -> Scores:
    total: Scores = {}
    for scores in found:
        if not total:
            total = dict(scores)
            continue
        for number, score in scores.items():
            total[number] = total.get(number, 0.0) + score
    return total


def _common(found: list[Scores], without: set[int]) -> Scores:
    rarest, *rest = sorted(found, key=len)
    return {
        number: score + sum(scores[number] for scores in rest)
        for number, score in rarest.items()
        if number not in without and all(number in scores for scores in rest)
    }
