"""Where only one of a statement and its passage has a "not", or one has the opposite of a word of the other.

That both tell the same deed is not proved here, as `sources.evidence.audit.event_details` proves it: what is
found only keeps a statement from being called borne out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit import UNSURE, Difference
from sources.evidence.audit.held import MOST_OF_IT, SAME, SOME_OF_IT, near_words
from sources.evidence.audit.lexicon import listed, opposites
from sources.evidence.audit.passages import keys_like
from sources.evidence.thesaurus import bases_of, excluded_by
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.audit.held import Held
    from sources.evidence.audit.lexicon import Term
    from sources.evidence.audit.reading import Sentence
    from sources.text.tokens import Token

_SCOPE = 6  # words behind a "not" that it is of
_CLOSELY = 2  # words behind "no" of which there is none
_SHORTEST = 6  # letters of a word that "un" turns round: "unpaid", not "until"
_UNTIL = frozenset(("first", "only", "last", "until", "except", "before", "unless", "than", "yet"))
_AGAINST = frozenset(("against", "opposed", "rather", "free", "doubt", "doubted"))
_NONE = frozenset(("no", "without"))
_JOINTS = frozenset(("and", "but", "while", "whereas", "although", "though", "because", "who", "which"))


class _Not(NamedTuple):
    """A word that says that something is not so, and the places of the words that say what."""

    span: Span
    denied: frozenset[int]


def turned_words(held: Held) -> Iterator[Difference]:
    """Find a "not" of a statement whose passage denies nothing, or one of the passage on a word of both."""
    mine = [one for one in _negations(held.sentence) if held.has(one.span.start)]
    if mine:
        if not any(_denies(sentence) for sentence in held.passage.sentences) and not _is_double(held):
            yield Difference(UNSURE, mine[0].span, None)
        return
    main = held.main
    if held.share_in(main) < SOME_OF_IT or not _UNTIL.isdisjoint(_norms(held.sentence)):
        return
    theirs = list(_negations(main))
    verbs = {one.term.span.start for one in held.sentence.predications}
    for term, _ in held.asked.terms:
        there = [(sentence, place) for sentence in held.passage.sentences for place in _like(term, sentence)]
        found = [_negation_at(theirs, place) if sentence is main else None for sentence, place in there]
        if not found or None in found:  # somewhere it is said as the statement says it
            continue
        negation = found[0]
        assert negation is not None  # noqa: S101 - none of them is
        if term.span.start in verbs or _is_none_of(main, negation, there[0][1]):
            yield Difference(UNSURE, term.span, negation)
            return


def _norms(sentence: Sentence) -> set[str]:
    return {token.norm for token in sentence.tokens}


def _negations(sentence: Sentence) -> Iterator[_Not]:
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if not _turns(tokens, at):
            continue
        last = at
        while last + 1 < min(len(tokens), at + 1 + _SCOPE):
            gap = sentence.text[tokens[last].end : tokens[last + 1].start]
            if gap.strip(" '’-\"“") or tokens[last + 1].norm in _JOINTS:
                break
            last += 1
        begin, end = token.end, tokens[last].end
        denied = {term.span.start for term in sentence.terms if begin <= term.span.start < end}
        yield _Not(Span(token.start, token.end), frozenset(denied))


def _turns(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a word says that what follows is not so: "not", but "not only", and "refused to"."""
    norm = tokens[at].norm
    following = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    if norm in listed("negations") or norm.endswith("n't"):
        return following not in ("only", "just")
    return norm in listed("refusals") and following == "to"


def _denies(sentence: Sentence) -> bool:
    """Tell whether a sentence says in any way that something is not so: "nobody", "unpaid", "the first"."""
    norms = _norms(sentence)
    return (
        any(_turns(sentence.tokens, at) for at in range(len(sentence.tokens)))
        or not norms.isdisjoint(_UNTIL | _AGAINST | listed("refusals"))
        or any(norm.startswith(("un", "non")) and len(norm) >= _SHORTEST for norm in norms)
    )


def _is_double(held: Held) -> bool:
    """Tell whether a statement denies that somebody is against it: "with nobody opposed"."""
    inside = {token.norm for token in held.sentence.tokens if held.has(token.start)}
    return not inside.isdisjoint(_AGAINST | listed("refusals"))


def _like(term: Term, sentence: Sentence) -> list[int]:
    keys = [key for key, nearness in keys_like(term.norm, term.form) if nearness >= SAME]
    return sorted({place for key in keys for place in sentence.places.get(key, ())})


def _negation_at(negations: Sequence[_Not], place: int) -> Span | None:
    return next((one.span for one in negations if place in one.denied), None)


def _is_none_of(sentence: Sentence, negation: Span, place: int) -> bool:
    """Tell whether a word is what there is none of: "no cracks"."""
    at = next(at for at, token in enumerate(sentence.tokens) if token.start == negation.start)
    behind = sentence.tokens[at + 1 : at + 1 + _CLOSELY]
    return sentence.tokens[at].norm in _NONE and any(token.start == place for token in behind)


def other_directions(held: Held) -> Iterator[Difference]:
    """Find a word of a statement of which its passage has, beside the same word, only the opposite."""
    norms = {norm for one in held.passage.sentences for norm in _norms(one)}
    known = {base for norm in norms for base in bases_of(norm)}
    main = held.main
    if held.share_in(main) < MOST_OF_IT:
        return
    mine = {token.norm for token in held.sentence.tokens if held.has(token.start)}
    for token in held.sentence.tokens:
        if not held.has(token.start) or not known.isdisjoint(bases_of(token.norm)):
            continue
        if token.norm in listed("all") | listed("some"):
            continue  # which are of how many, and compared as such
        excluded, antonyms = opposites(token.norm), excluded_by(token.norm)
        if not mine.isdisjoint(excluded):
            continue  # it has both
        here = Span(token.start, token.end)
        for other in main.tokens:
            if other.norm not in excluded and antonyms.isdisjoint(bases_of(other.norm)):
                continue
            there = Span(other.start, other.end)
            if _negated(held.sentence, here) != _negated(main, there):
                continue
            near = near_words(held.sentence, here) & near_words(main, there)
            if any(one[0] != "~" for one in near):
                yield Difference(UNSURE, here, there)
                return


def _negated(sentence: Sentence, span: Span) -> bool:
    return _negation_at(list(_negations(sentence)), span.start) is not None
