"""Audits a text: holds each sentence against the sources that it cites, and looks for better ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING

from sources.evidence.audit import (
    Audit,
    AuditedSentence,
    Check,
    Marker,
    StatementCheck,
    StatementVerdict,
    Verdict,
    choice_key,
)
from sources.evidence.audit.bearing import bearing_of, together
from sources.evidence.audit.differences import details_of
from sources.evidence.audit.held import Held
from sources.evidence.audit.languages import other_language
from sources.evidence.audit.markers import find_markers, with_markers, without_markers
from sources.evidence.audit.passages import Reach, Searcher, Weights, asked_of
from sources.evidence.audit.reading import ReadText
from sources.evidence.audit.statements import statements_of
from sources.model import Span
from sources.text.folding import fold
from sources.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sources.evidence.audit import Reading
    from sources.evidence.audit.bearing import Bearing
    from sources.evidence.audit.held import Details
    from sources.evidence.audit.markers import MarkerPlace
    from sources.evidence.audit.passages import Asked, Passage
    from sources.evidence.audit.reading import Sentence
    from sources.evidence.entities import Entity
    from sources.model import Ref, Source

SUPPORTED = 0.5  # share of a sentence from which a source that it does not cite may be one that bears it out
_LIKELY = 0.5  # how likely a source bears something out from which it is said to do so
_NEARLY = 0.25  # how likely it says anything of a sentence from which what differs is of the same
_ABOUT_IT = 0.4  # share of a statement, or of its words, from which what differs in a passage is of the same
_TRIED = 6  # sources that are searched for a sentence that cites none, or none that bears it out
_BEST = 3  # sources that were not cited and are named
_MOST_READINGS = 24  # of all markers of a sentence together


class Auditor:
    """Holds sentences against sources that were read, by the numbers under which these are cited."""

    def __init__(self, sources: Mapping[int, Source], entities: Sequence[Entity]) -> None:
        self.texts = {number: ReadText(source, entities) for number, source in sources.items()}
        self.weights = Weights(self.texts.values())
        self._searchers = {number: Searcher(text) for number, text in self.texts.items()}

    def asked(self, sentence: Sentence, statements: Sequence[Span]) -> tuple[Asked, ...]:
        """Return what the statements of a sentence say."""
        return tuple(asked_of(sentence, span, self.weights) for span in statements)

    def candidates(self, asked: Sequence[Asked]) -> list[int]:
        """Return the few sources that may bear out a sentence, those that have most of its words first."""
        reach = self._reach.of(asked)
        likely = [number for number, share in reach.items() if share >= SUPPORTED]
        return sorted(likely, key=lambda number: (-reach[number], number))[:_TRIED]

    @cached_property
    def _reach(self) -> Reach:
        return Reach(self.texts)

    def check(self, draft: ReadText, sentence: Sentence, asked: Sequence[Asked], number: int) -> Check:
        """Hold what a sentence says against one source."""
        searcher, text = self._searchers[number], self.texts[number]
        passages = [searcher.passage(one) if one.weight else None for one in asked]
        covered = [
            passage.coverage if passage is not None else searcher.nothing(one)
            for one, passage in zip(asked, passages, strict=True)
        ]
        whole = together(covered)
        bearing = bearing_of(whole)
        found: list[StatementCheck] = []
        for one, passage, told in zip(asked, passages, covered, strict=True):
            if passage is None or bearing.in_part < _NEARLY:
                support = round(passage.support, 4) if passage is not None else 0.0
                found.append(_unsupported(one.span, support))
                continue
            details = details_of(Held(sentence, one, passage, text, draft))
            own = bearing_of(told._replace(same=whole.same, named=whole.named))
            found.append(_judged(one.span, passage, details, bearing, own))
        if bearing.in_part >= _LIKELY:
            found = _as_partial(found, [bearing_of(told) for told in covered], bearing)
        return Check(
            text.ref, _together([one.verdict for one in found]), _mean_support(found, asked), tuple(found)
        )


def _unsupported(span: Span, support: float) -> StatementCheck:
    return StatementCheck(span, Verdict.UNSUPPORTED, support, (), (), ())


def _judged(span: Span, passage: Passage, details: Details, bearing: Bearing, own: Bearing) -> StatementCheck:
    """Return the verdict on a statement, by how likely its sentence and itself are borne out."""
    support = round(passage.support, 4)
    about_it = max(passage.content, passage.wording) >= _ABOUT_IT
    if about_it and any(one.contradicts for one in details.differs):
        verdict = Verdict.CONTRADICTED
    elif bearing.in_part < _LIKELY:
        return _unsupported(span, support)
    elif max(bearing.as_a_whole, own.as_a_whole) >= _LIKELY:
        verdict = Verdict.PARTIAL if details.missing or details.differs else Verdict.SUPPORTED
    elif own.in_part >= _LIKELY:
        verdict = Verdict.PARTIAL
    else:
        return _unsupported(span, support)
    places = (*passage.spans, *(one.span for one in details.beside))
    return StatementCheck(
        span,
        verdict,
        support,
        tuple(sorted(set(places))),
        tuple(details.missing),
        tuple(details.differs),
    )


def _as_partial(
    found: Sequence[StatementCheck], own: Sequence[Bearing], bearing: Bearing
) -> list[StatementCheck]:
    """Let the statements agree with their sentence, of which something is borne out, but not surely all."""
    verdicts = {one.verdict for one in found}
    pick = max
    if verdicts == {Verdict.SUPPORTED} and bearing.as_a_whole < _LIKELY:
        pick = min
    elif verdicts != {Verdict.UNSUPPORTED}:
        return list(found)
    at = pick(range(len(found)), key=lambda each: own[each].as_a_whole)
    return [replace(one, verdict=Verdict.PARTIAL) if each == at else one for each, one in enumerate(found)]


def _mean_support(statements: Sequence[StatementCheck], asked: Sequence[Asked]) -> float:
    whole = sum(one.weight for one in asked) or 1.0
    return round(sum(one.support * of.weight for one, of in zip(statements, asked, strict=True)) / whole, 4)


def _together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that follows from those of the statements."""
    known = set(verdicts)
    if known == {Verdict.UNCITED}:
        return Verdict.UNCITED
    if Verdict.CONTRADICTED in known:
        return Verdict.CONTRADICTED
    if known == {Verdict.SUPPORTED}:
        return Verdict.SUPPORTED
    return Verdict.UNSUPPORTED if known <= {Verdict.UNSUPPORTED} else Verdict.PARTIAL


def audit(
    text: Source,
    sources: Mapping[int, Source],
    entities: Sequence[Entity],
    *,
    chosen: Mapping[str, Reading] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audit | None:
    """Hold the sentences of ``text`` against the sources that they cite, or against all if it has no markers.

    ``sources`` are by the numbers under which the text cites them; ``entities`` are those of the text and the
    sources; ``chosen`` are the readings that the user chose, by `choice_key`. None when ``cancelled`` became
    true.
    """
    reason = _why_unjudged(text, sources)
    if reason is not None:
        return Audit((), reason)
    markers = find_markers(
        text.text,
        sorted(sources),
        urls={source.url: number for number, source in sources.items() if source.url},
        labels={number: f"{one.publisher or ''} {one.title or ''}" for number, one in sources.items()},
        sources=[source.text for source in sources.values()],
    )
    plain = without_markers(text.text, markers)
    cited = with_markers(split_sentences(plain, text.zones), markers)
    dated = text.date or max((source.date for source in sources.values() if source.date), default=None)
    draft = ReadText(
        replace(text, text=plain, date=dated),
        entities,
        [one.span for one in cited],
        [one.span for one in markers],
    )
    auditor = Auditor(sources, entities)
    by_start = {one.span.start: one.markers for one in cited}
    found = []
    for sentence in draft.sentences:
        if cancelled():
            return None
        if sentence.heading:
            continue
        places = by_start[sentence.span.start]
        one = _Sentence(auditor, draft, sentence)
        found.append(one.against_all() if not markers else one.against_cited(places, chosen or {}))
    return Audit(tuple(found))


def _why_unjudged(text: Source, sources: Mapping[int, Source]) -> str | None:
    """Return why a text cannot be judged by its sources, None where it can."""
    language = other_language(text.text)
    if language is not None:
        return f"This text seems to be in {language}; crossread can judge English only."
    languages = [other_language(source.text) for source in sources.values()]
    if languages and all(languages):
        return f"The sources seem to be in {languages[0]}; crossread can judge English only."
    return None


class _Sentence:
    """A sentence that is held against sources, each at most once."""

    def __init__(self, auditor: Auditor, draft: ReadText, sentence: Sentence) -> None:
        self._auditor = auditor
        self._draft = draft
        self._sentence = sentence
        self._statements = statements_of(sentence)
        self._asked = auditor.asked(sentence, self._statements)
        self._words = " ".join(fold(sentence.span.of(sentence.text)).split())
        self._checked: dict[int, Check] = {}

    def against_cited(self, places: Sequence[MarkerPlace], chosen: Mapping[str, Reading]) -> AuditedSentence:
        """Hold it against what it cites, and look for better sources where that does not bear it out."""
        marker = self._marker(places, chosen)
        checks = [self._check(number) for number in (marker.chosen if marker else ())]
        verdicts = self._together(checks)
        verdict = _together([one.verdict for one in verdicts])
        best = [] if verdict is Verdict.SUPPORTED else self._best({one.ref for one in checks})
        return AuditedSentence(
            self._sentence.span, self._words, marker, verdict, tuple(verdicts), tuple(checks), tuple(best)
        )

    def against_all(self) -> AuditedSentence:
        """Hold it against all sources: those that bear out most of it, or say otherwise, are its checks."""
        best = self._best(set())
        otherwise = [
            one
            for one in map(self._check, self._likely)
            if one.verdict is Verdict.CONTRADICTED and one.support >= SUPPORTED
        ]
        checks = best or otherwise[:_BEST]
        verdicts = self._together(checks)
        if not checks:
            verdicts = [StatementVerdict(span, Verdict.UNSUPPORTED) for span in self._statements]
        verdict = _together([one.verdict for one in verdicts])
        return AuditedSentence(
            self._sentence.span, self._words, None, verdict, tuple(verdicts), tuple(checks), ()
        )

    @cached_property
    def _likely(self) -> list[int]:
        return self._auditor.candidates(self._asked)

    def _check(self, number: int) -> Check:
        if number not in self._checked:
            self._checked[number] = self._auditor.check(self._draft, self._sentence, self._asked, number)
        return self._checked[number]

    def _marker(self, places: Sequence[MarkerPlace], chosen: Mapping[str, Reading]) -> Marker | None:
        """Return what a sentence cites: its markers as one, read as the user chose, or the likeliest way."""
        if not places:
            return None
        first, text = places[0], " ".join(one.text for one in places)
        ways = [self._by_likelihood(one.readings) or ((),) for one in places]
        together = (
            tuple(dict.fromkeys(number for way in row for number in way))
            for row in islice(product(*ways), _MOST_READINGS)
        )
        readings = tuple(one for one in dict.fromkeys(together) if one)
        own = tuple(chosen.get(choice_key(self._words, text), ()))
        taken = own if own in readings else next(iter(readings), ())
        return Marker(Span(first.span.start, first.span.end), text, readings, taken)

    def _by_likelihood(self, readings: Sequence[Reading]) -> tuple[Reading, ...]:
        if len(readings) < 2:
            return tuple(readings)
        return tuple(sorted(readings, key=lambda one: (-self._support(one), len(one), one)))

    def _support(self, reading: Reading) -> float:
        found = [self._check(number) for number in reading]
        return sum(one.support - (one.verdict is Verdict.UNSUPPORTED) for one in found) / len(found)

    def _together(self, checks: Sequence[Check]) -> list[StatementVerdict]:
        return [
            StatementVerdict(span, _combined([one.statements[at] for one in checks]))
            for at, span in enumerate(self._statements)
        ]

    def _best(self, known: set[Ref]) -> list[Check]:
        """Return the sources that bear out most of it, but those that are known."""
        good = [
            one
            for one in map(self._check, self._likely)
            if one.ref not in known
            and one.support >= SUPPORTED
            and one.verdict in (Verdict.SUPPORTED, Verdict.PARTIAL)
        ]
        good.sort(key=lambda one: (one.verdict is not Verdict.SUPPORTED, -one.support, one.ref))
        return good[:_BEST]


def _combined(checks: Sequence[StatementCheck]) -> Verdict:
    """Return what several sources together bear out of a statement: what one lacks another may have."""
    if not checks:
        return Verdict.UNCITED
    verdicts = {one.verdict for one in checks}
    if Verdict.CONTRADICTED in verdicts:
        return Verdict.CONTRADICTED
    if Verdict.SUPPORTED in verdicts:
        return Verdict.SUPPORTED
    partial = [one for one in checks if one.verdict is Verdict.PARTIAL]
    if len(partial) > 1:
        missing = set.intersection(*(set(one.missing) for one in partial))
        weaker = set.intersection(*({each.said for each in one.differs} for one in partial))
        if not missing and not weaker and max(one.support for one in partial) >= SUPPORTED:
            return Verdict.SUPPORTED
    return Verdict.PARTIAL if partial else Verdict.UNSUPPORTED
