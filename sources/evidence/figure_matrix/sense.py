"""What the value of a figure stands for: its time, and whether it is what is, was, is expected, or moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.dates import Precision
from sources.evidence.figure_matrix import measures
from sources.evidence.figures import FigureKind
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.dates import DateMention
    from sources.evidence.figure_matrix.surroundings import Surroundings
    from sources.evidence.figures import Figure
    from sources.model import Span


class Sense(NamedTuple):
    """Whether a value is what is, what was before, what is expected, or what others had expected.

    ``elsewhere`` tells that its clause is of another than the story is: "in the neighbouring bay".
    """

    before: bool
    consensus: bool
    forecast: bool
    elsewhere: bool


# The time: the nearest date of the clause that is longer than a week.

_PERIODS = {Precision.YEAR, Precision.QUARTER, Precision.MONTH, Precision.RANGE}
# "43 rings, buried in about 1040" are counted now, "houses that were built in 1950" were built then.
_MADE_THEN = re.compile(
    r"(?<!was )(?<!were )(?<!been )\b(?:built|made|painted|written|founded|minted|buried|laid|cast|carved"
    r"|struck|forged|erected|composed|dated|dating) (?:(?:in|from|to|around|about|back|between) ){1,3}$"
)
_LOOK_LEFT_FOR_MADE = 32
_PERIOD_REACH = 60  # code points between a figure and the time that it is about


def find_period(figure: Figure, dates: Sequence[DateMention], beside: Surroundings) -> tuple[str, str] | None:
    """Return the first and last day of the time that a figure is about."""

    def gap(date: DateMention) -> int:
        return min(abs(date.start - figure.end), abs(figure.start - date.end))

    near = [
        date
        for date in dates
        if date.precision in _PERIODS
        and date.first is not None
        and date.last is not None
        and beside.clause.start <= date.start < beside.clause.end
        and gap(date) < _PERIOD_REACH
        and not _MADE_THEN.search(
            beside.text, max(beside.clause.start, date.start - _LOOK_LEFT_FOR_MADE), date.start
        )
        and not any(
            figure.end <= each.start < date.start for each in beside.figures if each.kind == figure.kind
        )
    ]
    best = min(near, key=gap, default=None)
    return None if best is None else (best.first or "", best.last or "")


_SAID_THEN = re.compile(
    r"\b(?:said|says|told|announced|reported|added|confirmed|wrote|according to|statement)\b[^,;]{0,24}$"
)
_LOOK_LEFT_FOR_SAID = 40


def find_day(figure: Figure, dates: Sequence[DateMention], beside: Surroundings) -> str | None:
    """Return the day of which a clause tells, which is not that on which somebody said so."""
    days = [
        date
        for date in dates
        if date.precision is Precision.DAY
        and date.first is not None
        and beside.clause.start <= date.start < beside.clause.end
        and not _SAID_THEN.search(
            beside.text, max(beside.sentence.start, date.start - _LOOK_LEFT_FOR_SAID), date.start
        )
    ]
    nearest = min(days, key=lambda date: abs(date.start - figure.start), default=None)
    return None if nearest is None else nearest.first


# The sense: what was before, what others expected, what is expected.

_LOOK_LEFT_FOR_BEFORE = 48  # for words that say that it is what was before: they are longer
_BEFORE_LEFT = re.compile(
    r"(?:\b(?:compared (?:with|to)|(?:up|down|rise|rose|increase|increased|drop|dropped"
    r"|fall|fell|revised) from"
    r"|instead of|rather than|in (?:1[5-9]|20)\d\d,? (?:it|they|that|the \w+) (?:was|were)"
    r"|used to be|(?<=\w )once (?:had|stood at|numbered|was|were|worth)"
    r"|higher than the|more than the|less than the"
    r"|(?:previous(?:ly)?|earlier|formerly|prior|initial(?:ly)?|original(?:ly)?)(?: [^\W\d_]+){0,2}?)"
    r"(?: (?:just|about|only|around|some|a|an|the|at|of|worth|was|were|valued at|stood at"
    r"|put at|between))* )$",
    re.IGNORECASE,
)
_AGAINST_LEFT = re.compile(r"\b(?:against|versus)(?: (?:just|about|only|around|some))? $")
_THEN_RIGHT = re.compile(
    r" (?:in (?:1[5-9]|20)\d\d|(?:a|one|the|last) (?:\w+ )?(?:year|month|week|quarter|time))\b"
)
_BEFORE_RIGHT = re.compile(
    r"[^.;,\d$€£]{0,24}?\b(?:(?:a|one) (?:year|month|week|decade|quarter|day)"
    r" (?:earlier|ago|before(?! [a-z]+s\b))|(?:years|months|weeks|days) (?:earlier|before)"
    r"|the (?:year|month|week|quarter) before"
    r"|at first\b|originally\b|earlier than the"
    r"|when [^.;]{0,60}\blast\b|previously\b"
    r"|(?:it|they|he|she) (?:had )?(?:forecast|predicted|expected|reported|gave"
    r"|said) (?:in|on|last|earlier)\b)",
    re.IGNORECASE,
)
# "was worth $5m before the sale", not "had paid out $5m before the sale"
_BEFORE_EVENT = re.compile(r"[^.;,\d$€£]{0,24}?\bbefore (?:the|its|that|this)\b")
_WAS_LEFT = re.compile(
    r"\b(?:is|was|are|were|been|be|at|of|worth|ha[sd]|have|cost|from|against)"
    r"(?: (?:about|around|nearly|almost|only|just|over|some|roughly|more than|less than|at least))? $"
)
_YEAR_LEFT = re.compile(r"\((?:(?:Q[1-4]|H[12]|FY|\w+ quarter) ?)?(?P<year>(?:19|20)\d\d): $")
_CORRECTED = re.compile(
    r"\b(?:an?|the|our|its) (?:earlier|previous|prior|original|initial|first) (?:version"
    r"|post|article|story|report"
    r"|headline|edition|update|item|caption|dispatch|tweet)\b[^.]{0,80}?\b(?:said|says"
    r"|stated|gave|misstated|reported|put|had|listed"
    r"|incorrectly|wrongly|mistakenly|erroneously|read|referred)\b|\b(?:misstated"
    r"|incorrectly|wrongly|erroneously"
    r"|mistakenly) (?:said|stated|gave|reported|put|the|listed)\b",
    re.IGNORECASE,
)
_RIGHTED = re.compile(r"[.;,](?: [^.;,\d]{0,30})? (?:is|are|was|were|should)\b", re.IGNORECASE)
_CONSENSUS = re.compile(
    r"\b(?:analysts?|economists?|consensus|Wall Street|the City|investors|markets?|experts"
    r"|poll(?:ed|sters?)?)\b"
    r"[^.;]{0,40}?\b(?:expect\w*|forecast\w*|predict\w*|estimat\w*|consensus|pencilled|looking for|hoped)\b"
    r"|\b(?:expected|forecast|predicted|estimated|expectations?|estimates?|consensus)\b"
    r"(?: (?:by|of|from|among|in|a))*(?: [^\W\d_]+)? (?:analysts?|economists?|the City"
    r"|Wall Street|Reuters|FactSet|Refinitiv)",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expects?|expected to|expecting|forecasts?|guid(?:ance|es)|outlook|will|would"
    r"|could|may|might|predict\w*"
    r"|project(?:s|ed|ions?)|targets?|target(?:ed|ing)|aims?|set to|due to|estimates? that"
    r"|likely to|plans? to|faces?|faced|facing|asked for|sought|demanded)\b"
)
_MOVED = re.compile(
    r"\b(?:doubled|tripled|raised|lifted|increased|cut|lowered|revised|up(?:graded|dated)"
    r"|downgraded|extended|now"
    r"|climb(?:s|ed)|r[io]ses?|risen|fallen|fell|latest|so far)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(rf"\b(?:{'|'.join(sorted(words('figure-slots.txt', 'elsewhere')))})\b", re.IGNORECASE)
_MOVING_KINDS = {FigureKind.MONEY, FigureKind.PERCENT}  # of which "before the sale" says what was


def find_sense(figure: Figure, beside: Surroundings) -> Sense:
    """Read from the words beside a figure what its value stands for."""
    text, clause, sentence = beside.text, beside.clause, beside.sentence
    left, place = max(sentence.start, figure.start - _LOOK_LEFT_FOR_BEFORE), figure.start
    before = (
        _BEFORE_LEFT.search(text, left, place) is not None
        or _YEAR_LEFT.search(text, left, place) is not None
        # "against 12 million in 2021", but not "52% against 44% for the other"
        or bool(_AGAINST_LEFT.search(text, left, place) and _THEN_RIGHT.match(text, figure.end, sentence.end))
        or (figure.kind in _MOVING_KINDS and _is_before_right(text, figure, sentence))
        or _is_corrected(text, figure, sentence)
    )
    near = (max(clause.start, figure.start - 60), min(clause.end, figure.end + 40))
    consensus = any(
        found.start() < figure.start < found.end() + 40 or 0 <= found.start() - figure.end < 20
        for found in _CONSENSUS.finditer(text, *near)
    )
    forecast = _EXPECTED.search(text, max(clause.start, figure.start - 90), figure.start) is not None
    elsewhere = _ELSEWHERE.search(text, clause.start, figure.end) is not None
    return Sense(before, consensus, forecast, elsewhere)


def _is_before_right(text: str, figure: Figure, sentence: Span) -> bool:
    """Tell whether the words behind an amount or a share say that it is what was before."""
    if _BEFORE_RIGHT.match(text, figure.end, sentence.end):
        return True
    left = max(sentence.start, figure.start - _LOOK_LEFT_FOR_BEFORE)
    return bool(
        _BEFORE_EVENT.match(text, figure.end, sentence.end) and _WAS_LEFT.search(text, left, figure.start)
    )


def is_before_behind(text: str, figure: Figure) -> bool:
    """Tell whether the words behind a figure say that it is what was before."""
    return _BEFORE_RIGHT.match(text, figure.end) is not None


def _is_corrected(text: str, figure: Figure, sentence: Span) -> bool:
    """Tell whether a correction says that the figure was wrong."""
    wrong = _CORRECTED.search(text, sentence.start, figure.start)
    return wrong is not None and _RIGHTED.search(text, wrong.end(), figure.start) is None


def is_new(figure: Figure, beside: Surroundings) -> bool:
    """Tell whether the words before a figure say that the value has moved there."""
    near = max(beside.clause.start, figure.start - _LOOK_LEFT_FOR_BEFORE)
    moved = any(
        cue.measure in {measures.RISE, measures.FALL}
        for cue in beside.cues
        if near <= cue.start < cue.end <= figure.start
    )
    return moved or _MOVED.search(beside.text, beside.clause.start, figure.start) is not None
