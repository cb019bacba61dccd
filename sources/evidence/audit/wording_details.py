"""Where a statement turns its source round or is stronger: negation, scale, number, doubt, attribution."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sources.evidence.audit import Difference
from sources.evidence.audit.held import MOST_OF_IT, near_words, objects_of, share_argument
from sources.evidence.audit.lexicon import Term, listed, opposites, ranks
from sources.evidence.synonyms import meaning
from sources.evidence.thesaurus import bases_of, excluded_by
from sources.model import Span
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.audit.held import Held
    from sources.evidence.audit.reading import Sentence
    from sources.evidence.noun_phrases import Phrase
    from sources.text.tokens import Token

_SCOPE = 5  # words before a word in which a negation is of it


def is_negated(sentence: Sentence, term: Term) -> bool:
    """Tell whether a word is said not to be so, or that there is none of it."""
    at = next((at for at, token in enumerate(sentence.tokens) if token.start == term.span.start), None)
    if at is None:
        return False
    for before in range(at - 1, max(-1, at - _SCOPE), -1):
        token = sentence.tokens[before]
        if sentence.text[token.end : sentence.tokens[before + 1].start].strip(" "):
            break
        if token.norm in listed("negations"):
            return sentence.tokens[before + 1].norm not in ("only", "just")
    return False


def opposite_words(held: Held) -> Iterator[Difference]:
    """Find words of a statement of which the passage has only the opposite."""
    forms = {term.norm for one in held.passage.sentences for term in one.terms}
    meanings = {term.form for one in held.passage.sentences for term in one.terms}
    others = {term.norm for term, _ in held.asked.terms}
    for term, _ in held.asked.terms:
        excluded = opposites(term.norm)
        antonyms = excluded_by(term.norm)
        if not (excluded or antonyms) or term.norm in forms or term.form in meanings or others & excluded:
            continue
        for sentence in held.passage.sentences:
            share = held.share_in(sentence)
            for theirs in sentence.terms:
                listed_so = theirs.norm in excluded
                if not listed_so and antonyms.isdisjoint(bases_of(theirs.norm)):
                    continue
                if is_negated(held.sentence, term) != is_negated(sentence, theirs):
                    continue
                if (listed_so and _have_one_object(held, term, sentence, theirs)) or (
                    share >= MOST_OF_IT
                    and (
                        (listed_so and _are_of_one(held, term, sentence, theirs))
                        or _is_beside_same(held.sentence, term, sentence, theirs)
                    )
                ):
                    yield Difference("negation", term.span, theirs.span)
                    return


def _have_one_object(held: Held, term: Term, sentence: Sentence, theirs: Term) -> bool:
    """Tell whether two words are verbs with one object, and not with two names as their subjects."""
    mine = next((one for one in held.sentence.predications if one.term == term), None)
    other = next((one for one in sentence.predications if one.term == theirs), None)
    if mine is None or other is None or mine.passive or other.passive:
        return False
    if not objects_of(held.sentence, mine) & objects_of(sentence, other):
        return False
    return _may_be_one(held.sentence, mine.subject, sentence, other.subject)


def _may_be_one(one: Sentence, mine: Phrase | None, other: Sentence, theirs: Phrase | None) -> bool:
    """Tell whether two subjects may well be one: of one name or noun, or one is "the company"."""
    if mine is None or theirs is None or "p" in (mine.kind, theirs.kind):
        return mine is not None or theirs is not None
    names, others = (
        {name.entity.id for name in row.names if each.start <= name.span.start < each.end}
        for row, each in ((one, mine), (other, theirs))
    )
    if names and others:
        return not names.isdisjoint(others)
    if names or others:
        return (theirs if names else mine).text.lower().startswith(("the ", "its ", "their "))
    return meaning(mine.head or "") == meaning(theirs.head or "")


def _are_of_one(held: Held, term: Term, sentence: Sentence, theirs: Term) -> bool:
    """Tell whether two words are said of one thing: verbs of one subject or object, or words side by side."""
    mine = next((one for one in held.sentence.predications if one.term == term), None)
    other = next((one for one in sentence.predications if one.term == theirs), None)
    if any(each.span.of(one.text)[0].isupper() for one, each in ((held.sentence, term), (sentence, theirs))):
        return False  # "North" of a name
    if mine is not None and other is not None:
        return share_argument(held.sentence, mine, sentence, other)
    return _in_company(held, term, sentence, theirs) >= _COMPANY


_COMPANY = 2  # words or names beside two words of which not both are plainly verbs


def _is_beside_same(one: Sentence, term: Term, other: Sentence, theirs: Term) -> bool:
    """Tell whether the next word of either that says something is the same: "lowest since the war"."""
    behind = [
        next((each.form for each in sentence.terms if each.span.start > word.span.start), None)
        for sentence, word in ((one, term), (other, theirs))
    ]
    return behind[0] is not None and behind[0] == behind[1]


def _in_company(held: Held, term: Term, sentence: Sentence, theirs: Term) -> int:
    """Count the words and names that stand beside both of two words."""
    mine = near_words(held.sentence, term.span) - {term.form}
    return sum(1 for one in mine & (near_words(sentence, theirs.span) - {theirs.form}) if one[0] != "~")


def stronger_words(held: Held) -> Iterator[Difference]:
    """Find words that are stronger than those of the passage on the same scale."""
    present = {token.norm for one in held.passage.sentences for token in one.tokens}
    stems = {stem(norm) for norm in present}
    for term, _ in held.asked.terms:
        if stem(term.norm) in stems:
            continue
        mine = ranks(term.norm)
        for sentence in held.passage.sentences:
            for token in sentence.tokens:
                for rank in ranks(token.norm):
                    for own in mine:
                        if own.scale == rank.scale and own.strength > rank.strength:
                            there = Term(Span(token.start, token.end), token.norm, meaning(token.norm))
                            if _in_company(held, term, sentence, there):
                                yield Difference("strength", term.span, Span(token.start, token.end))
                                return


_IN_PHRASE = 6  # words from "all" to its noun: "all of the affected families"


def larger_quantifiers(held: Held) -> Iterator[Difference]:
    """Find "all" of what the passage says of some of them, before the same noun."""
    for at, token in enumerate(held.sentence.tokens):
        if token.norm not in listed("all") or not held.has(token.start):
            continue
        nouns = {meaning(each.norm) for each in _phrase_behind(held.sentence, at)}
        for sentence in held.passage.sentences:
            found = _some_of(sentence, nouns)
            if found is not None and not any(each.norm in listed("all") for each in sentence.tokens):
                yield Difference("quantifier", Span(token.start, token.end), found)
                return


def _phrase_behind(sentence: Sentence, at: int) -> list[Token]:
    """Return the words behind a quantifier that say what they are so many of."""
    found = []
    for before, token in pairwise(sentence.tokens[at : at + _IN_PHRASE + 1]):
        if sentence.text[before.end : token.start].strip(" "):
            break
        if token.norm not in STOP_WORDS and token.norm.isalpha():
            found.append(token)
    return found


def _some_of(sentence: Sentence, nouns: set[str]) -> Span | None:
    """Return what says that it is some of them: "five of the six areas", "many farmers"."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        counted = token.norm.isdecimal() or meaning(token.norm).isdecimal()
        of = at + 1 < len(tokens) and tokens[at + 1].norm == "of"
        if not (token.norm in listed("some") or (counted and of)):
            continue
        behind = _phrase_behind(sentence, at)
        if any(meaning(each.norm) in nouns for each in behind):
            return Span(token.start, token.end)
    return None
