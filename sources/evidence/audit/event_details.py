"""Where a source tells the same deed otherwise: it is not so, not yet so, or somebody else's.

What is compared are predications of one verb, a verb being the same where the lemma is; for what only weakens
a statement a synonym will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit import Difference
from sources.evidence.audit.held import MOST_OF_IT, SOME_OF_IT, share_argument
from sources.evidence.audit.lexicon import is_office, plain_office
from sources.evidence.audit.passages import same_figure
from sources.evidence.audit.quote_details import speaks_for
from sources.evidence.figures import NUMBER
from sources.evidence.synonyms import meaning
from sources.evidence.thesaurus import SAME_SENSE, bases_of, related
from sources.model import Span
from sources.text.tokens import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.audit.held import Held
    from sources.evidence.audit.predications import Predication
    from sources.evidence.audit.reading import NameHere, Sentence
    from sources.evidence.entities import Entity
    from sources.evidence.figures import Figure

_ONLY = frozenset(("first", "only", "last", "until", "except", "before", "unless", "more", "than", "yet"))
_NONE = frozenset(("without", "any", "no"))  # which, behind a verb, say of what there is none
_NEAR = 6  # words from a verb to one of these that turns a negation round
_CLOSELY = 3  # words from "no" to what there is none of


class _Deed(NamedTuple):
    """One deed as the statement and a sentence of the source tell it; ``same`` tells that the verb is one."""

    mine: Predication
    sentence: Sentence
    theirs: Predication
    same: bool


def _is_same_verb(one: str, other: str) -> bool:
    return meaning(one) == meaning(other) or not set(bases_of(one)).isdisjoint(bases_of(other))


def _deeds(held: Held) -> Iterator[_Deed]:
    """Yield the predications of a statement with those of the passage that may be of one deed."""
    for mine in held.sentence.predications:
        if not held.has(mine.term.span.start):
            continue
        alike = related(mine.term.norm)
        for sentence in held.passage.sentences:
            for theirs in sentence.predications:
                same = _is_same_verb(mine.term.norm, theirs.term.norm)
                if same or any(alike.get(base, 0.0) >= SAME_SENSE for base in bases_of(theirs.term.norm)):
                    yield _Deed(mine, sentence, theirs, same)


def compare_deeds(held: Held) -> Iterator[Difference]:
    """Find the first difference of each deed of a statement that its source tells otherwise."""
    deeds = list(_deeds(held))
    for verb in dict.fromkeys(deed.mine.term.span for deed in deeds):
        told = [deed for deed in deeds if deed.mine.term.span == verb]
        told = _nearest(held, [deed for deed in told if deed.same] or told)
        for find in (_negation, _subject, _count):
            differences = [find(held, deed) for deed in told]
            # what one sentence of the source tells as the statement does is borne out
            if differences and all(differences):
                found = differences[0]
                assert found is not None  # noqa: S101 - all are
                yield found
                break
    if not deeds:
        yield from _none_of_it(held)


def _nearest(held: Held, deeds: Sequence[_Deed]) -> list[_Deed]:
    """Return those of several deeds of the very word, or that have most in common with the statement."""
    ranks = [
        (
            not set(bases_of(deed.mine.term.norm)).isdisjoint(bases_of(deed.theirs.term.norm)),
            _rest_in_common(held, deed.sentence, (deed.mine.term.span,)),
        )
        for deed in deeds
    ]
    return [deed for deed, rank in zip(deeds, ranks, strict=True) if rank == max(ranks)]


def _negation(held: Held, deed: _Deed) -> Difference | None:
    """Return how one says that it is so and the other that it is not."""
    mine, theirs = deed.mine, deed.theirs
    lemma = not set(bases_of(mine.term.norm)).isdisjoint(bases_of(theirs.term.norm))
    if not lemma or (mine.negation is None) == (theirs.negation is None):
        return None
    if held.share_in(deed.sentence) < SOME_OF_IT:
        return None
    if _turned(held.sentence, mine) or _turned(deed.sentence, theirs):
        return None  # "no woman had won before" is "the first woman to win"
    if _subjects_differ(held, deed) or not share_argument(held.sentence, mine, deed.sentence, theirs):
        return None
    return Difference("negation", mine.negation or mine.term.span, theirs.negation or theirs.term.span)


def _turned(sentence: Sentence, one: Predication) -> bool:
    row = [token.norm for token in sentence.tokens]
    at = next(at for at, token in enumerate(sentence.tokens) if token.start == one.term.span.start)
    behind = row[at + 1 : at + _CLOSELY]
    return not _ONLY.isdisjoint(row[max(0, at - _NEAR) : at + _NEAR]) or not _NONE.isdisjoint(behind)


def _none_of_it(held: Held) -> Iterator[Difference]:
    """Find a deed of which the passage has, as a noun, none: "no decision" of what was decided."""
    for mine in held.sentence.predications:
        if mine.negation is not None or not held.has(mine.term.span.start):
            continue
        for sentence in held.passage.sentences:
            for at, token in enumerate(sentence.tokens):
                if token.norm != "no" or held.share_in(sentence) < SOME_OF_IT:
                    continue
                for noun in sentence.tokens[at + 1 : at + 1 + _CLOSELY]:
                    alike = related(noun.norm)
                    if any(alike.get(base) == SAME_SENSE for base in bases_of(mine.term.norm)) and any(
                        term.span.start == noun.start for term in sentence.terms
                    ):
                        yield Difference("negation", mine.term.span, Span(token.start, noun.end))
                        return


class _Subject(NamedTuple):
    names: tuple[NameHere, ...]
    head: str
    span: Span


def _subject_in(sentence: Sentence, one: Predication) -> _Subject | None:
    """Return who does it, None where that is not plain to see or only a pronoun says it."""
    phrase = one.subject
    if phrase is None or phrase.kind == "p":
        return None
    begin, end = (phrase.start, phrase.end) if phrase.is_name else (0, 0)
    names = tuple(
        name
        for name in sentence.names
        if begin <= name.span.start < end and not sentence.is_dateline(name.span)
    )
    return _Subject(names, normalised(phrase.head or ""), Span(phrase.start, phrase.end))


def _subjects_differ(held: Held, deed: _Deed) -> bool:
    """Tell whether two predications are surely of two things: names of which none is the other's."""
    mine, theirs = _subject_in(held.sentence, deed.mine), _subject_in(deed.sentence, deed.theirs)
    if mine is None or theirs is None or not mine.names or not theirs.names:
        return False
    return not any(speaks_for(one.entity, other.entity) for one in mine.names for other in theirs.names)


def _same_verb_elsewhere(held: Held, deed: _Deed) -> Iterator[tuple[Sentence, Predication]]:
    for sentence in held.text.sentences:
        for one in sentence.predications:
            if _is_same_verb(one.term.norm, deed.mine.term.norm):
                yield sentence, one


def _subject(held: Held, deed: _Deed) -> Difference | None:
    """Return whom the source has as the doer of the same deed instead."""
    mine, theirs = _subject_in(held.sentence, deed.mine), _subject_in(deed.sentence, deed.theirs)
    if mine is None or theirs is None or not _is_told_alike(deed):
        return None
    if held.share_in(deed.sentence) < MOST_OF_IT:
        return None
    if not _rest_in_common(held, deed.sentence, (mine.span, theirs.span, deed.mine.term.span)):
        return None
    if len(mine.names) == len(theirs.names) == 1:
        one, other = mine.names[0], theirs.names[0]
        exclude = _exclude(held, deed, one.entity, other.entity)
        return Difference("name", one.span, other.span) if exclude else None
    offices = not mine.names and not theirs.names and is_office(mine.head) and is_office(theirs.head)
    if not offices or plain_office((mine.head,)) == plain_office((theirs.head,)):
        return None
    return Difference("name", mine.span, theirs.span)


def _is_told_alike(deed: _Deed) -> bool:
    """Tell whether two predications have one verb in one voice, and neither is negated."""
    negated = deed.mine.negation is not None or deed.theirs.negation is not None
    return deed.same and deed.mine.passive == deed.theirs.passive and not negated


def _exclude(held: Held, deed: _Deed, one: Entity, other: Entity) -> bool:
    """Tell whether a source has only the other as the doer: one of a kind, or each in the other's place."""
    both = {one.id, other.id}
    swapped = both <= {name.entity.id for name in held.sentence.names} and both <= {
        name.entity.id for name in deed.sentence.names
    }
    if (one.kind is not other.kind and not swapped) or speaks_for(one, other):
        return False
    for sentence, each in _same_verb_elsewhere(held, deed):
        subject = _subject_in(sentence, each)
        if subject is None or any(name.entity.id == one.id for name in subject.names):
            return False
    return True


def _rest_in_common(held: Held, sentence: Sentence, closed: Sequence[Span]) -> int:
    """Count what a statement and a sentence have in common beside the places ``closed`` in either.

    The last of these is the verb, whose meaning does not count wherever it stands.
    """
    verb = {term.form for term in held.sentence.terms if closed[-1].overlaps(term.span)}

    def rest(one: Sentence) -> set[str]:
        there = {(term.span, term.form) for term in one.terms if term.form not in verb}
        there |= {(name.span, f"@{name.entity.id}") for name in one.names}
        there |= {(Span(date.start, date.end), date.text.lower()) for date in one.dates}
        there |= {(Span(each.start, each.end), f"#{each.value:g}") for each in one.figures}
        own = closed[:1] if one is held.sentence else closed[1:2]
        return {form for span, form in there if not any(each.overlaps(span) for each in own)}

    return len(rest(held.sentence) & rest(sentence))


def _count(held: Held, deed: _Deed) -> Difference | None:
    """Return how many the source says do it, where the statement has another number of the same."""
    if not _is_told_alike(deed) or held.share_in(deed.sentence) < MOST_OF_IT:
        return None
    mine, theirs = _number_of(held.sentence, deed.mine), _number_of(deed.sentence, deed.theirs)
    if mine is None or theirs is None or same_figure(mine, theirs) or not _one_thing(mine, theirs):
        return None
    for sentence, each in _same_verb_elsewhere(held, deed):
        number = _number_of(sentence, each)
        if number is not theirs and (number is None or same_figure(mine, number)):
            return None
    return Difference("figure", Span(mine.start, mine.end), Span(theirs.start, theirs.end))


def _number_of(sentence: Sentence, one: Predication) -> Figure | None:
    """Return the number with which the subject of a verb begins."""
    phrase = one.subject
    if phrase is None:
        return None
    return next((figure for figure in sentence.figures if abs(figure.start - phrase.start) <= 1), None)


def _one_thing(one: Figure, other: Figure) -> bool:
    if one.kind is not other.kind:
        return False
    units = {meaning(each.unit.lower()) for each in (one, other) if each.unit != NUMBER}
    return len(units) < 2
