"""What a query finds: a set of documents with scores, 0 where the query only narrows.

Things written side by side are found by any of them; documents with all of them are lifted above the rest.
How sets are kept, and how words are weighed, is a matter of ``sets``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from index.analysis import word_terms
from index.bm25f import AS_TYPED
from index.expansion import amounts_within, begun_by, like
from index.positions import frequencies, near, phrases
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
    Word,
    fields_of,
)
from index.scorers import Found
from index.term_query import counted
from sources.model import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.deadline import Deadline
    from index.noted_sources import Noted
    from index.query.tree import Leaf, Node, Worded
    from index.reader import IndexReader
    from index.scorers import Sets
    from sources.model import Ref


class Evaluator(Generic[Found]):
    """Finds and scores the documents of one reader, within one budget."""

    def __init__(self, reader: IndexReader, sets: Sets[Found], budget: Deadline, noted: Noted) -> None:
        self._reader = reader
        self._sets = sets
        self._budget = budget
        self._noted = noted

    def evaluate(self, node: Node) -> Found:
        """Return all documents that ``node`` finds."""
        return self._sets.planned(node, lambda: self._found(node))

    def _found(self, node: Node) -> Found:
        match node:
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return self._sets.added([self._found(part) for part in parts])
            case Not(part):
                return self._all_of((Not(part),))
            case BoolQuery():
                return self._beside(node)
            case Spoken():
                return self._spoken(node)
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Found:
        match leaf:
            case Word() | Phrase() | Prefix() | Near() | Fuzzy():
                return self._worded(leaf)
            case Figures():
                return self._sets.words({"figure": amounts_within(self._reader, leaf, self._budget)})
            case Tagged():
                return self._refs(self._noted.tagged(leaf))
            case Dates():
                return self._dates(leaf)
            case Numbers():
                return self._numbers(leaf)
            case InStory(_, _, slug, begins):
                terms = list(self._reader.terms("story", slug, self._budget)) if begins else [slug]
                return self._sets.marked("story", terms)
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
        whole = self._sets.common(found) if found else self._sets.everything()
        return self._without(whole, excluded)

    def _without(self, found: Found, excluded: Iterable[Node]) -> Found:
        for node in excluded:
            found = self._sets.without(found, self._found(node))
            if self._budget.spent():  # what was not read yet cannot be left out
                return self._sets.added([])
        return found

    def _beside(self, node: BoolQuery) -> Found:
        sets = self._sets
        ranked = self._ranked(node.wanted) if node.wanted else sets.added([])
        if not node.required:
            return self._without(ranked, node.excluded)
        found = sets.common([self._found(part) for part in node.required])
        if node.any_wanted and node.wanted:
            found = sets.common([found, ranked])
        else:
            found = sets.added([found, sets.within(ranked, found)])
        return self._without(found, node.excluded)

    def _ranked(self, wanted: tuple[Node, ...]) -> Found:
        """Score by all of ``wanted``; repeated ones count more, all of them together lift."""
        sets = self._sets
        found = [
            self._found(node) if factor == 1.0 else sets.times(self._found(node), factor)
            for node, factor in counted(wanted)
        ]
        if len(found) == 1:
            return found[0]
        return sets.lifted(sets.added(found), found, sum(map(sets.highest, found)))

    # Words

    def _worded(self, leaf: Worded) -> Found:
        if leaf.field == UNQUOTED:
            return self._outside_quotes(leaf)
        if leaf.field == "note":
            return self._refs(self._noted.saying(leaf))
        fields = fields_of(leaf)
        match leaf:
            case Word():
                return self._word(leaf, fields)
            case Phrase():
                return self._sets.phrase(fields, leaf.terms)
            case Near():
                reader, budget = self._reader, self._budget
                return self._sets.weighed(
                    {field: near(reader, field, leaf.terms, leaf.within, budget) for field in fields}
                )
            case Prefix():
                return self._sets.words(dict.fromkeys(fields, self._expanded(leaf, fields)))
            case Fuzzy():
                terms = dict.fromkeys(fields, self._expanded(leaf, fields))
                return self._lifted_as_typed(self._sets.words(terms), leaf.term, fields)

    def _word(self, word: Word, fields: Sequence[str]) -> Found:
        if word.exact:
            return self._sets.words(dict.fromkeys(fields, (word.term,)))
        stems = self._sets.words(dict.fromkeys(fields, word_terms(word.term)))
        return self._lifted_as_typed(stems, word.term, fields)

    def _lifted_as_typed(self, found: Found, term: str, fields: Sequence[str]) -> Found:
        """Return ``found`` with more for those that have the very form that was typed."""
        typed = self._sets.words(dict.fromkeys(fields, (term,)))
        return self._sets.added([found, self._sets.times(typed, AS_TYPED)])

    def _expanded(self, leaf: Prefix | Fuzzy, fields: Sequence[str]) -> list[str]:
        if isinstance(leaf, Prefix):
            return begun_by(self._reader, leaf, fields, self._budget)
        return like(self._reader, leaf, fields, self._budget)

    def _outside_quotes(self, leaf: Worded) -> Found:
        """Find what stands in the text oftener than in its quotes, or in the title."""
        count = self._counter(leaf)
        text, quoted = count("text"), count("quote")
        if self._budget.spent():  # what was not read of the quotes cannot be taken off
            return self._sets.added([])
        outside = {
            number: times - quoted.get(number, 0.0)
            for number, times in text.items()
            if times > quoted.get(number, 0.0)
        }
        return self._sets.weighed({"title": count("title"), "text": outside})

    def _counter(self, leaf: Worded) -> Callable[[str], dict[int, float]]:
        """Return what counts a leaf in the documents of one field."""
        reader, budget = self._reader, self._budget
        match leaf:
            case Phrase():
                return lambda field: phrases(reader, field, leaf.terms, budget)
            case Near():
                return lambda field: near(reader, field, leaf.terms, leaf.within, budget)
            case Word():
                terms: Sequence[str] = (leaf.term,) if leaf.exact else word_terms(leaf.term)
            case _:
                terms = self._expanded(leaf, ("text", "title"))
        return lambda field: frequencies(reader, field, terms, budget)

    def _spoken(self, spoken: Spoken) -> Found:
        """Find words that are said by certain speakers."""
        from index.speaker_search import Saying

        sets = self._sets
        both = sets.within(self._found(spoken.part), self._found(spoken.by))
        documents = sorted(sets.documents(both))
        saying = Saying(self._reader, documents, self._expanded, self._budget)
        return sets.weighed({"quote": saying.counted(spoken)})

    # Narrowing

    def _refs(self, refs: Iterable[Ref]) -> Found:
        return self._sets.marked("ref", [str(ref) for ref in refs])

    def _dates(self, dates: Dates) -> Found:
        from index.query.values import within

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
