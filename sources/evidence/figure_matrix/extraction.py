"""Reads a figure in its context: the sentence, what it measures, for which time, and what was before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sources.evidence.context_vectors import clause_around, context_vector, context_window
from sources.evidence.dates import DateMention, Precision, find_dates
from sources.evidence.dates.calendar import MONTHS, WEEKDAYS
from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.measures import value_range
from sources.evidence.figures import Figure, FigureKind, find_figures
from sources.model import Span
from sources.text.sentences import split_sentences
from sources.text.tokens import norms
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.context_vectors import Names
    from sources.model import Ref, Source

_Found = TypeVar("_Found", Figure, DateMention)
_OF = re.compile(
    r" of (?:(?:the|its|their|his|her|our|all|these|those|every)(?: (?:other|remaining|whole))? )?"
)
_OF_IT = re.compile(r" of (?:it|them)\b")
_PHRASE_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STOP_WORDS = (
    "was said had has have will would last this next throughout today yesterday tomorrow year month week"
)
_PHRASE_STOPS = STOP_WORDS | frozenset(_STOP_WORDS.split()) | {name.lower() for name in (*MONTHS, *WEEKDAYS)}
_MOVING = {FigureKind.MONEY, FigureKind.PERCENT}  # kinds of which "before the sale" says what was
_WITHOUT_OBJECT = {None, measures.RISE, measures.FALL, measures.INCOME, measures.RATING}
_OBJECT = re.compile(
    r"(?:[- ](?:[a-z-]+ ){0,2}(?:stake|investment|purchase|deal|sale))?(?: (?:in|into|of|for|on))?"
    r"(?: (?:[\d.]+%|an?|\w+ per ?cent)(?: stake)? (?:of|in))? "
    r"(?:the |its |a |an |their |his |her )?(?=[^\W\d_])"
)
_OTHER_BEFORE = re.compile(r"\b(?:other|remaining|rest,?) $", re.IGNORECASE)
_STAKE_AFTER = re.compile(r"[- ]?(?:[a-z-]+ ){0,2}(?:stake|shareholding|holding|interest|share)\b")
_UP_BEFORE = re.compile(r"\b(?P<up>up)|(?P<down>down)(?: by| about| more than| nearly| almost)? $")
_FOR_SHARE = re.compile(r" for (?:a |an |its |the |about )?(?:[\d.]+%|\w+ ?-?per ?cent|share|stake|half)")
_FOR_LEFT = re.compile(r"\bfor (?:about |just |some |around |a |an |only |more than |over )?$")
_BUYING = {measures.PRICE, measures.STAKE}
_BEFORE_LEFT = re.compile(
    r"(?:\b(?:compared (?:with|to)|up from|down from|rise from|increase from|drop from"
    r"|instead of|in (?:1[5-9]|20)\d\d,? (?:it|they|that|the \w+) (?:was|were)"
    r"|previously|formerly|earlier|once|used to be|higher than the|more than the|less than the)"
    r"(?: (?:just|about|only|around|some|a|an|the|at|worth|was|valued at|stood at))* )$",
    re.IGNORECASE,
)
_AGAINST_LEFT = re.compile(r"\b(?:against|versus)(?: (?:just|about|only|around|some))? $")
_THEN_RIGHT = re.compile(
    r" (?:in (?:1[5-9]|20)\d\d|(?:a|one|the|last) (?:\w+ )?(?:year|month|week|quarter|time))\b"
)
_NOT_LEFT = re.compile(r"\bnot (?:the |just |only )?$")
_BEFORE_RIGHT = re.compile(
    r"[^.;,\d$€£]{0,24}?\b(?:(?:a|one) (?:year|month|week|decade|quarter|day) (?:earlier|before|ago)"
    r"|(?:years|months|weeks|days) (?:earlier|before)|the (?:year|month|week|quarter) before"
    r"|before (?:the|its|that|this)\b|earlier than the|when [^.;]{0,60}\blast\b|previously\b)",
    re.IGNORECASE,
)
_FROM_LEFT = re.compile(r"\bfrom (?:about |just |around |roughly |only )?$", re.IGNORECASE)
_TO_AFTER = re.compile(
    r" to (?:about |just |around |roughly |more than |over |nearly |almost )?$", re.IGNORECASE
)
_PERIODS = {Precision.YEAR, Precision.QUARTER, Precision.MONTH, Precision.RANGE}
_PERIOD_REACH = 60  # code points between a figure and the time that it is about
# How far a cue is from a figure, in code points. Not measured one by one: the bundled story and the planted
# ones of the tests have their rows with all of them together.
_FARTHEST_CUE = 110  # from there on a cue says nothing of the figure
_FIGURE_BETWEEN = 40  # that another figure between the two adds,
_CLAUSE_BETWEEN = 60  # that the border of a clause adds,
_CUE_BEHIND = 15  # and that a cue behind the figure has farther,
_NOUN_RIGHT_BEHIND = 12  # save a noun right behind it, which is this much nearer:
_RIGHT_BEHIND = 3  # "a $3 billion stake"
_OWNED_WITHIN = 80  # between a verb of buying and the share that is bought
_LOOK_LEFT = 24  # before a figure, for the few words that say what it is
_LOOK_LEFT_FOR_BEFORE = 48  # for words that say that it is what was before: they are longer
_LOOK_LEFT_FOR_NOT = 16
_LONGEST_THING = 4  # words of what a figure is a share of
_PAIRED_WITHIN = 2  # figures after one, among which what it became is looked for


@dataclass(slots=True)
class FigureInContext:
    """A figure in its sentence; ``value`` is a number or an ISO 8601 day, ``bounds`` what it may stand for.

    ``thing`` is what it is a share or number of; ``period`` the days it is about, None where that is not
    said; ``pair`` the place in the list of the figure that it is said to have been before or after;
    ``echoes`` is set for a share "of it", which speaks of what was named before.
    """

    ref: Ref
    figure: Figure
    kind: FigureKind
    value: float | str
    bounds: tuple[float, float]
    sentence: Span
    wording: str
    measure: str | None
    cue: measures.Cue | None
    thing: str | None
    thing_words: str
    period: tuple[str, str] | None
    before: bool
    terms: dict[str, float] = field(default_factory=dict)
    spelling: dict[str, str] = field(default_factory=dict)
    pair: int | None = None
    echoes: bool = False


def read_figures(source: Source, names: Names, begin: int) -> list[FigureInContext]:
    """Return the figures of a source as it tells them; ``begin`` is the place in the list of the first."""
    sentences = split_sentences(source.text, source.zones)
    starts = [sentence.start for sentence in sentences]
    dates = find_dates(source)
    figures = list(find_figures(source))
    figures += _dates_as_figures(dates, figures)
    inside: dict[int, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda each: each.start):
        inside[bisect_right(starts, figure.start) - 1].append(figure)
    dated: dict[int, list[DateMention]] = defaultdict(list)
    for date in dates:
        dated[bisect_right(starts, date.start) - 1].append(date)
    told: list[FigureInContext] = []
    for place, around in inside.items():
        wording = " ".join(norms(source.text, sentences[place])) if place >= 0 else ""
        for figure in around:
            if place < 0 or figure.end > sentences[place].end:
                continue
            if _NOT_LEFT.search(source.text, max(0, figure.start - _LOOK_LEFT_FOR_NOT), figure.start):
                continue  # it says what others said
            near = context_window(Span(figure.start, figure.end), sentences[place])
            one = _in_context(
                source,
                figure,
                near,
                _between(around, near),
                _between(dated[place], near),
            )
            one.sentence, one.wording = sentences[place], wording
            span = Span(figure.start, figure.end)
            one.terms, one.spelling = context_vector(
                source.text, span, one.sentence, names, _noun_place(figure)
            )
            one.echoes = _OF_IT.match(source.text, figure.end) is not None
            told.append(one)
    _pair(source.text, told, begin)
    return told


def _between(found: Sequence[_Found], near: Span) -> Sequence[_Found]:
    """Return those of what was found, in order, that begin within ``near``."""
    first = bisect_left(found, near.start, key=lambda each: each.start)
    return found[first : bisect_left(found, near.end, key=lambda each: each.start)]


def _dates_as_figures(dates: Sequence[DateMention], figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the days, months and years named in digits, save those that say when a figure was so."""
    starts = [figure.start for figure in figures]
    for date in dates:
        if date.first is None or date.last is None or date.precision is Precision.RANGE:
            continue
        near = bisect_right(starts, date.start - _PERIOD_REACH)
        if near < len(starts) and starts[near] < date.start + _PERIOD_REACH:
            continue
        if any(character.isdigit() for character in date.text) and "ago" not in date.text:
            unit = date.precision.value
            yield Figure(date.start, date.end, FigureKind.DATE, 0.0, unit, None, None, None, date.text)


def _in_context(
    source: Source, figure: Figure, sentence: Span, around: Sequence[Figure], dates: Sequence[DateMention]
) -> FigureInContext:
    text = source.text
    clause = clause_around(text, Span(figure.start, figure.end), sentence)
    measure, cue = _measure(text, figure, clause, sentence, around)
    thing, words = _thing(text, figure, sentence)
    if not words and measure not in _WITHOUT_OBJECT:
        words = _object(text, figure, cue, sentence)
    period = None if figure.kind is FigureKind.DATE else _period(figure, clause, dates, around)
    before = _is_of_before(text, figure, sentence)
    value: float | str = figure.value
    bounds = value_range(figure)
    if figure.kind is FigureKind.DATE:
        named = next(date for date in dates if date.start == figure.start)
        value = (named.first or "")[: {"year": 4, "month": 7}.get(named.precision.value, 10)]
        bounds = (_ordinal(named.first), _ordinal(named.last))
    return FigureInContext(
        source.ref,
        figure,
        figure.kind,
        value,
        bounds,
        sentence,
        "",
        measure,
        cue,
        thing,
        words,
        period,
        before,
    )


def _is_of_before(text: str, figure: Figure, sentence: Span) -> bool:
    """Tell whether the words beside a figure say that it is what was before."""
    left, place = max(sentence.start, figure.start - _LOOK_LEFT_FOR_BEFORE), figure.start
    if _BEFORE_LEFT.search(text, left, place):
        return True
    if _AGAINST_LEFT.search(text, left, place) and _THEN_RIGHT.match(text, figure.end, sentence.end):
        return True  # "against 12 million in 2021", but not "52% against 44% for the other"
    return figure.kind in _MOVING and _BEFORE_RIGHT.match(text, figure.end, sentence.end) is not None


def _ordinal(day: str | None) -> float:
    year, month, date = (int(part) for part in (day or "0001-01-01").split("-"))
    return year * 372.0 + month * 31 + date


def _measure(
    text: str, figure: Figure, clause: Span, sentence: Span, around: Sequence[Figure]
) -> tuple[str | None, measures.Cue | None]:
    """Return what a figure measures, with the word that says so; that is the nearest one that fits."""
    if figure.kind not in {FigureKind.MONEY, FigureKind.PERCENT}:
        return (figure.unit if figure.kind is FigureKind.COUNT else None), None
    cues = ranked_cues(text, figure, clause, sentence, around)
    if figure.kind is FigureKind.PERCENT:
        return _measure_of_share(text, figure, clause, cues)
    if _FOR_LEFT.search(text, max(clause.start, figure.start - _LOOK_LEFT), figure.start):
        bought = [cue for cue in cues if cue.measure in _BUYING and clause.start <= cue.start < figure.start]
        if bought:
            return measures.PRICE, bought[0]
    for_share = _FOR_SHARE.match(text, figure.end, sentence.end) is not None
    for cue in cues:
        if cue.measure in {measures.RISE, measures.FALL, measures.RATING}:
            continue
        owned = cue.measure == measures.STAKE or (cue.measure == measures.PAY and for_share)
        return (measures.PRICE if owned else cue.measure), cue
    return (measures.PRICE if for_share else None), None


def ranked_cues(
    text: str, figure: Figure, clause: Span, sentence: Span, around: Sequence[Figure]
) -> list[measures.Cue]:
    """Return the cues of a sentence, the nearest to a figure first; a figure between puts them off."""

    def distance(cue: measures.Cue) -> float:
        ahead = cue.start >= figure.end
        gap = cue.start - figure.end if ahead else figure.start - cue.end
        left, right = (figure.end, cue.start) if ahead else (cue.end, figure.start)
        between = sum(left <= each.start < right for each in around if each.kind is not FigureKind.DATE)
        beyond = not clause.start <= cue.start < clause.end
        apart = gap + _FIGURE_BETWEEN * between + _CLAUSE_BETWEEN * beyond
        if ahead and gap <= _RIGHT_BEHIND and cue.is_noun:
            return apart - _NOUN_RIGHT_BEHIND
        return apart + _CUE_BEHIND if ahead else apart

    found = [cue for cue in measures.find_cues(text, *sentence) if not figure.start <= cue.start < figure.end]
    return sorted((cue for cue in found if distance(cue) < _FARTHEST_CUE), key=distance)


def _measure_of_share(
    text: str, figure: Figure, clause: Span, cues: Sequence[measures.Cue]
) -> tuple[str | None, measures.Cue | None]:
    left = max(clause.start, figure.start - _LOOK_LEFT)
    if _OTHER_BEFORE.search(text, left, figure.start):
        return measures.REST, None
    if _STAKE_AFTER.match(text, figure.end, clause.end):
        stake = [cue for cue in cues if cue.measure == measures.STAKE]
        return measures.STAKE, stake[0] if stake else None
    if _OF.match(text, figure.end):
        paid_for = _FOR_LEFT.search(text, left, figure.start) is not None
        owning = [cue for cue in cues if cue.measure in _BUYING or (cue.measure == measures.PAY and paid_for)]
        owned = any(cue.end <= figure.start and figure.start - cue.end < _OWNED_WITHIN for cue in owning)
        thing, _ = _thing(text, figure, clause)
        return (measures.STAKE if owned else "share" if thing else None), None
    moved = _UP_BEFORE.search(text, left, figure.start)
    if moved is not None:
        return (measures.RISE if moved["up"] else measures.FALL), None
    for cue in cues:
        if cue.measure in {measures.RISE, measures.FALL, measures.RATING, measures.TAX}:
            return cue.measure, cue
    return None, None


def _thing(text: str, figure: Figure, sentence: Span) -> tuple[str | None, str]:
    """Return the stem of what a figure is a share of, or a number of, and its words."""
    if figure.kind is FigureKind.COUNT:
        return stem(figure.unit), figure.unit
    if figure.kind is not FigureKind.PERCENT:
        return None, ""
    match = _OF.match(text, figure.end, sentence.end)
    words = _phrase(text, match.end(), sentence.end) if match else ""
    if not words:
        return None, ""
    last = re.sub(r"['’]s?$", "", words.split()[-1]).lower()
    return stem(last), words


def _phrase(text: str, place: int, end: int) -> str:
    """Return the words from ``place`` on up to a small word or a comma, at most four."""
    begin = finish = place
    plural = False
    for _ in range(_LONGEST_THING):
        word = _PHRASE_WORD.match(text, place, end)
        if word is None or word[0].lower() in _PHRASE_STOPS or plural:
            break
        finish, place = word.end(), word.end() + 1
        plural = (
            word[0].islower() and word[0].endswith("s") and not word[0].endswith(("ss", "'s", "’s", "us"))
        )
        if text[finish:place] != " ":
            break
    return re.sub(r"['’]s?$", "", text[begin:finish])


def _object(text: str, figure: Figure, cue: measures.Cue | None, sentence: Span) -> str:
    """Return what stands as the object of a measure: ``stake in X``, ``values X at``, ``for 49% of X``."""
    for place in (figure.end, *(() if cue is None else (cue.end,))):
        match = _OBJECT.match(text, place, sentence.end)
        phrase = _phrase(text, match.end(), sentence.end) if match else ""
        if phrase and match and (phrase[0].isupper() or match.end() > place + 1):
            return phrase
    return ""


def _period(
    figure: Figure, clause: Span, dates: Sequence[DateMention], around: Sequence[Figure]
) -> tuple[str, str] | None:
    """Return the time that a figure is about: the nearest date of its clause that is longer than a week."""
    near = [
        date
        for date in dates
        if date.precision in _PERIODS
        and date.first is not None
        and date.last is not None
        and clause.start <= date.start < clause.end
        and min(abs(date.start - figure.end), abs(figure.start - date.end)) < _PERIOD_REACH
        and not any(figure.end <= each.start < date.start for each in around if each.kind == figure.kind)
    ]
    best = min(
        near, key=lambda date: min(abs(date.start - figure.end), abs(figure.start - date.end)), default=None
    )
    return None if best is None else (best.first or "", best.last or "")


def _noun_place(figure: Figure) -> Span:
    """Return what of a figure does not count among its surroundings: all but the noun that is counted."""
    if figure.kind is FigureKind.COUNT:
        return Span(figure.start, figure.start + max(0, figure.text.rfind(" ")))
    return Span(figure.start, figure.end)


def _pair(text: str, told: list[FigureInContext], begin: int) -> None:
    """Join what was before to what is now, where one sentence says both."""
    for place, one in enumerate(told):
        followers = [
            other for other in range(place + 1, min(place + 1 + _PAIRED_WITHIN, len(told)))
            if told[other].sentence == one.sentence and _same_unit(one, told[other])
        ]  # fmt: skip
        if not followers:
            continue
        other = followers[0]
        between = (one.figure.end, told[other].figure.start)
        if _FROM_LEFT.search(
            text, max(one.sentence.start, one.figure.start - _LOOK_LEFT), one.figure.start
        ) and _TO_AFTER.match(text, *between):
            one.before = True
        if one.before == told[other].before:
            was = re.search(r"\b(?:was|were|had been|stood)\b[^.;]{0,20}$", text[slice(*between)])
            told[other].before = (
                was is not None and _BEFORE_RIGHT.match(text, told[other].figure.end) is not None
            )
        if one.before != told[other].before:
            one.pair, told[other].pair = begin + other, begin + place


def _same_unit(one: FigureInContext, other: FigureInContext) -> bool:
    return one.kind == other.kind and one.figure.unit == other.figure.unit
