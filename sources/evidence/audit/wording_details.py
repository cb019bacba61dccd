"""Where a statement turns its source round or is stronger: negation, scale, number, doubt, attribution."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sources.evidence.audit import Difference
from sources.evidence.audit.held import near_words
from sources.evidence.audit.lexicon import is_planned, listed, opposites, ranks
from sources.evidence.audit.reading import Term, root_of
from sources.evidence.synonyms import meaning
from sources.model import Span
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.audit.held import Held
    from sources.evidence.audit.reading import Sentence
    from sources.text.tokens import Token

_SCOPE = 5  # words before a predicate in which a negation, a plan or a doubt is of it


def _matched(held: Held) -> Iterator[tuple[Term, Sentence, Term]]:
    """Yield the words of a statement with the words of the passage that mean the same, verbs and others."""
    for mine, _ in held.asked.terms:
        for sentence in held.passage.sentences:
            theirs = next(
                (one for one in sentence.terms if one.form == mine.form or stem(one.norm) == stem(mine.norm)),
                None,
            )
            if theirs is not None:
                yield mine, sentence, theirs
                break


_ONLY = frozenset(("first", "only", "last", "until", "except", "before", "unless"))


def other_negations(held: Held) -> Iterator[Difference]:
    """Find what is said to be so in one, and not to be so in the other."""
    for mine, sentence, theirs in _matched(held):
        if (mine in held.sentence.predicates) != (theirs in sentence.predicates):
            continue
        verbs = mine in held.sentence.predicates
        if any(token.norm in _ONLY for token in (*sentence.tokens, *held.sentence.tokens)):
            continue  # "no woman had won before" is "the first woman to win"
        here, there = _negated(held.sentence, mine, verb=verbs), _negated(sentence, theirs, verb=verbs)
        if (here is None) != (there is None):
            yield Difference("negation", here or mine.span, there or theirs.span)
            return


_CLOSELY = 3  # words from "no" to what there is none of


def _negated(sentence: Sentence, term: Term, *, verb: bool = True) -> Span | None:
    """Return the word that says that something is not so: before a verb, or "no" before anything else."""
    at = next((at for at, token in enumerate(sentence.tokens) if token.start == term.span.start), None)
    if at is None:
        return None
    for before in range(at - 1, max(-1, at - _SCOPE), -1):
        token = sentence.tokens[before]
        if sentence.text[token.end : sentence.tokens[before + 1].start].strip(" "):
            break
        following = sentence.tokens[before + 1].norm
        if token.norm == "not" and following in ("only", "just"):
            return None
        verbal = token.norm in ("not", "never", "cannot", "nor") or token.norm.endswith(("n't", "n’t"))
        refused = token.norm in listed("refusals") and following == "to"
        absent = token.norm in ("no", "without") and at - before < _CLOSELY
        if (verb and (verbal or refused)) or (not verb and absent):
            return Span(token.start, token.end)
    return None


def opposite_words(held: Held) -> Iterator[Difference]:
    """Find words of a statement of which the passage has only the opposite."""
    forms = {term.norm for one in held.passage.sentences for term in one.terms}
    meanings = {term.form for one in held.passage.sentences for term in one.terms}
    others = {term.norm for term, _ in held.asked.terms}
    for term, _ in held.asked.terms:
        excluded = opposites(term.norm)
        if not excluded or term.norm in forms or term.form in meanings or others & excluded:
            continue
        for sentence in held.passage.sentences:
            for theirs in sentence.terms:
                alike = (_negated(held.sentence, term) is None) == (_negated(sentence, theirs) is None)
                if theirs.norm in excluded and alike and _share_company(held, term, sentence, theirs):
                    yield Difference("negation", term.span, theirs.span)
                    return


def _share_company(held: Held, term: Term, sentence: Sentence, theirs: Term) -> bool:
    """Tell whether two words stand beside a word or name that is the same."""
    return not (near_words(held.sentence, term.span) - {term.form, f"~{root_of(term.norm)}"}).isdisjoint(
        near_words(sentence, theirs.span) - {theirs.form, f"~{root_of(theirs.norm)}"}
    )


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
                            if _share_company(held, term, sentence, there):
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


# How far from a fact something is: said to be so, to come, or to be possible.
_FACT, _TO_COME, _POSSIBLE = range(3)
_MAY = frozenset(("may", "might", "could", "possibly", "perhaps", "potentially", "potential"))
_MODALS = frozenset(("will", "would", "shall", "should"))
_CONDITIONS = frozenset(("if", "unless", "provided", "subject"))


def lost_hedges(held: Held) -> Iterator[Difference]:
    """Find what the passage says is planned, possible or reported, where the statement says that it is so."""
    mine = _modality(held.sentence, held.span)
    for own, sentence, theirs in _matched(held):
        level, there = _modality_at(sentence, theirs)
        if level > mine and there is not None and own in held.sentence.predicates:
            yield Difference("strength" if mine == _TO_COME else "hedge", own.span, there)
            return
    main = held.main
    if mine == _TO_COME and held.passage.support >= _SURELY:
        possible = [token for token in main.tokens if token.norm in _MAY]
        if possible and not any(token.norm in _MODALS for token in main.tokens):
            yield Difference("strength", _modal_span(held), Span(possible[0].start, possible[0].end))


def _modal_span(held: Held) -> Span:
    return next(
        Span(token.start, token.end)
        for token in held.sentence.tokens
        if held.has(token.start) and _level(token.norm) == _TO_COME
    )


_SURELY = 0.5  # support from which a passage is about the very thing


def _level(norm: str) -> int:
    if norm in listed("reported") or norm in listed("possible"):
        return _POSSIBLE
    return _TO_COME if is_planned(norm) else _FACT


def _modality(sentence: Sentence, span: Span) -> int:
    """Return how far from a fact a statement is, by any word of it and of who says it."""
    inside = [token.norm for token in sentence.tokens if span.start <= token.start < span.end]
    conditional = _TO_COME if not _CONDITIONS.isdisjoint(inside) else _FACT
    claimed = max((_POSSIBLE for one in sentence.credits if one.cue in listed("claiming")), default=_FACT)
    return max([conditional, claimed, *(_level(norm) for norm in inside)])


def _modality_at(sentence: Sentence, term: Term) -> tuple[int, Span | None]:
    """Return how far from a fact a word is, by those before it in its clause, and which of them says so."""
    at = next((at for at, token in enumerate(sentence.tokens) if token.start == term.span.start), None)
    if at is None:
        return _FACT, None
    for before in range(at - 1, max(-1, at - _SCOPE), -1):
        token = sentence.tokens[before]
        if sentence.text[token.end : sentence.tokens[before + 1].start].strip(" "):
            break
        level = _level(token.norm)
        between = {each.norm for each in sentence.tokens[before + 1 : at]}
        if level and (
            token.norm in _MAY | _MODALS or level == _POSSIBLE or not between.isdisjoint(("to", "of", "for"))
        ):
            return level, Span(token.start, token.end)
    return _FACT, None


def lost_attributions(held: Held) -> Iterator[Difference]:
    """Find what only somebody claims in the passage, where the statement says that it is so."""
    if held.sentence.credits or held.sentence.quotes or _modality(held.sentence, held.span) == _POSSIBLE:
        return
    for credit in held.main.credits:
        if credit.cue in listed("claiming"):
            yield Difference("attribution", held.span, credit.span)
            return
