"""Where a statement is surer than its source: what is only planned, possible, or claimed there."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from sources.evidence.audit import Difference
from sources.evidence.audit.held import condition_of
from sources.evidence.audit.levels import Level, Standing
from sources.evidence.audit.lexicon import listed
from sources.evidence.audit.passages import same_figure
from sources.evidence.clause_subjects import subject_of
from sources.evidence.noun_phrases import phrase_before
from sources.evidence.synonyms import meaning
from sources.evidence.word_kinship import root_of
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.audit.held import Common, Held
    from sources.evidence.audit.reading import Sentence
    from sources.evidence.noun_phrases import Phrase

_TELLS = 6  # words behind "sources" in which what they do is telling
_HALF = 0.5  # share of what a statement and its passage have in common that has to be less sure there


def weaker_standing(held: Held) -> Iterator[Difference]:
    """Find that what a statement says is so, or will be, may be or is planned by its passage.

    What both have is compared word by word, the verbs where these are the same, else all that one
    sentence has; where it has a word twice, the surer place counts.
    """
    if _is_doubted(held):
        return
    common = _of_one_sentence(held)
    verbs = {one.term.span.start: one for one in held.sentence.predications if held.has(one.term.span.start)}
    told = [one for one in common if one.place in verbs] or common
    weaker = []
    for one in told:
        mine, theirs = held.sentence.standing_at(one.place), _surest(held, one)
        done = one.place in verbs and verbs[one.place].past and not mine.level
        if theirs.level > mine.level and (theirs.level >= Level.PLANNED or done):
            weaker.append((one, mine, theirs))
    if sum(one.weight for one, _, _ in weaker) <= _HALF * sum(one.weight for one in told):
        return
    one, mine, theirs = max(weaker, key=lambda each: each[0].weight)
    assert theirs.why is not None  # noqa: S101 - it is none only of facts
    kind = "strength" if mine.level and theirs.level is not Level.CONSIDERED else "hedge"
    place = one.place if one.place in verbs else next(iter(verbs), one.place)
    yield Difference(kind, _with_auxiliary(held, place), theirs.why)


def _of_one_sentence(held: Held) -> list[Common]:
    """Return what a statement has in common with the sentence of its passage that has most of it."""
    common = held.common
    shares = defaultdict[int, float](float)
    for one in common:
        for number in {sentence.number for sentence, _ in one.there}:
            shares[number] += one.weight
    if not shares:
        return []
    main = max(shares, key=lambda number: (shares[number], -number))
    kept = [one._replace(there=tuple(each for each in one.there if each[0].number == main)) for one in common]
    return [one for one in kept if one.there]


def _surest(held: Held, one: Common) -> Standing:
    conditional = _is_conditional(held)
    return min(
        (_standing(sentence, place, conditional=conditional) for sentence, place in one.there),
        key=lambda each: each.level,
    )


def _standing(sentence: Sentence, place: int, *, conditional: bool) -> Standing:
    """Return how far from a fact a word is, a condition of its sentence counted unless the other has one."""
    found = sentence.standing_at(place)
    condition = None if conditional else condition_of(sentence, sentence.span)
    if condition is not None and found.level is Level.TO_COME:
        return Standing(Level.POSSIBLE, condition)
    return found


def _with_auxiliary(held: Held, place: int) -> Span:
    """Return where a word stands, from the word before it that tells whether it will or may be."""
    token = next((one for one in held.sentence.tokens if one.start <= place < one.end), None)
    why = held.sentence.standing_at(place).why
    end = place if token is None else token.end
    return Span(why.start if why is not None and why.start < place else place, end)


def _is_doubted(held: Held) -> bool:
    """Tell whether a statement is doubted by any word of it."""
    inside = {token.norm for token in held.sentence.tokens if held.has(token.start)}
    return not inside.isdisjoint(listed("reported") | listed("possible") - {"may"})


def _is_conditional(held: Held) -> bool:
    return condition_of(held.sentence, held.sentence.span) is not None or any(
        token.norm in ("should", "provided", "subject", "could", "might", "may", "would")
        for token in held.sentence.tokens
        if held.sentence.text[token.start : token.end].islower()
    )


_CLAIMED = 0.34  # share of a statement's words that a sentence has which only says that somebody claims it


def lost_attributions(held: Held) -> Iterator[Difference]:
    """Find what only somebody claims in the passage, where the statement says that it is so."""
    doubted = listed("claiming") | listed("reported") | listed("possible")
    if held.sentence.quotes or _is_according(held.sentence):
        return
    said = {meaning(one.cue) for one in held.sentence.credits}
    if any(token.norm in doubted for token in held.sentence.tokens if held.has(token.start)):
        return
    for sentence in held.passage.sentences:
        others = {meaning(one.cue) for one in sentence.credits}
        claim = _claim_in(sentence)
        if not said <= others or (claim is not None and meaning(claim.of(sentence.text).split()[-1]) in said):
            continue
        if claim is None or sentence is not held.main or not _has_it_all(held, sentence):
            continue
        if _is_claimed(held, sentence, claim):
            yield Difference("attribution", held.span, claim)
            return


def _is_claimed(held: Held, sentence: Sentence, claim: Span) -> bool:
    """Tell whether it is the statement that is claimed: what follows a claim, or is before one and a mark."""
    roots = {root_of(term.norm) for term, _ in held.asked.terms}
    places = [term.span.start for term in sentence.terms if root_of(term.norm) in roots]
    before = [place for place in places if place < claim.start]
    if len(places) > 2 * len(before):
        return True
    if not places:
        return True
    parted = _MARK.search(sentence.text, max(before), claim.start) is not None
    return parted and not _has_object(sentence, claim)


_MARK = re.compile(r"[,\"”’]")
_OBJECT = "wNPOLEdqn"  # kinds of words with which what is claimed begins: "claim damages"


def _has_object(sentence: Sentence, claim: Span) -> bool:
    words = sentence.clause.words
    at = next((at for at, word in enumerate(words) if word.start >= claim.end), len(words))
    return sentence.clause.kinds[at : at + 1] in tuple(_OBJECT) and words[at].text not in ("me", "us")


def _has_it_all(held: Held, sentence: Sentence) -> bool:
    """Tell whether a sentence has enough of a statement's words, and all its figures that the source has."""
    figures = [one for one in held.asked.figures if any(same_figure(one, each) for each in held.figures)]
    return held.share_in(sentence) >= _CLAIMED and all(
        any(same_figure(one, each) for each in sentence.figures) for one in figures
    )


def _is_according(sentence: Sentence) -> bool:
    norms = [token.norm for token in sentence.tokens]
    return ("according", "to") in pairwise(norms)


def _claim_in(sentence: Sentence) -> Span | None:
    """Return who only claims what a sentence tells: "the union claims", "some scientists think that"."""
    for credit in sentence.credits:
        if credit.cue in listed("claiming") or (credit.phrase is not None and _is_partial(credit.phrase)):
            return credit.span
    clause = sentence.clause
    for at, word in enumerate(clause.words[:-1]):
        if word.text.lower() in listed("anonymous") and any(
            each.text.lower() in listed("telling") for each in clause.words[at + 1 : at + 1 + _TELLS]
        ):
            return Span(word.start, word.end)
        if clause.kinds[at] == "y" and word.text.lower() in listed("claiming") - listed("meant"):
            phrase = subject_of(clause, at)
            if phrase is not None and phrase.kind != "p":
                return Span(phrase.start, word.end)
        if clause.words[at + 1].text.lower() == "that" and word.text.lower() in listed("claiming"):
            phrase = phrase_before(clause, at)
            return Span(word.start if phrase is None else phrase.start, word.end)
    return None


def _is_partial(speaker: Phrase) -> bool:
    """Tell whether those who say something have no name, or a side in a matter: "people familiar with it"."""
    words = set(speaker.text.lower().split())
    known = listed("anonymous") | listed("parties")
    return speaker.head in known or not words.isdisjoint(listed("informed"))
