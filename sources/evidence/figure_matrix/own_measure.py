"""What a figure measures: which of the words around it that measure is its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figures import FigureKind
from sources.evidence.synonyms import meaning
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.figure_matrix.surroundings import Surroundings
    from sources.evidence.figures import Figure

_PART_OF_CLAUSE = re.compile(
    r",? (?:because|including|excluding|after|following|despite|amid|when|if|since|thanks to"
    r"|compared with|where)\b"
    r"|, (?:which|who|as|with|against|but)\b"
)


def _part_of_clause(text: str, figure: Figure, clause: Span) -> Span:
    """Return the part of a clause around a figure that no word of cause, time or relation divides."""
    start, end = clause
    for match in _PART_OF_CLAUSE.finditer(text, clause.start, clause.end):
        if match.end() <= figure.start:
            start = match.end()
        elif match.start() >= figure.end:
            end = match.start()
            break
    return Span(start, end)


# The measure: the nearest word that says what a figure

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
_OF = re.compile(
    r" of (?:(?:the|its|their|his|her|our|all|these|those|every)(?: (?:other|remaining|whole))? )?"
)
_OF_VOTERS = re.compile(
    r" of (?:the |all |its )?(?:[a-z]+ ){0,2}(?:voters|electors|electorate)(?: (?:had|have|has))?"
    r" (?:voted|cast|turned out|took part|taken part|went to the polls|participated)\b"
)
_OTHER_BEFORE = re.compile(r"\b(?:other|remaining|rest,?) $", re.IGNORECASE)
_STAKE_AFTER = re.compile(r"[- ]?(?:[a-z-]+ ){0,2}(?:stake|shareholding|holding|interest|share)\b")
_FOR_SHARE = re.compile(r" for (?:a |an |its |the |about )?(?:[\d.]+%|\w+ ?-?per ?cent|share|stake|half)")
_FOR_LEFT = re.compile(r"\bfor (?:about |just |some |around |a |an |only |more than |over )?$")
_HEDGE = (
    r"(?: (?:by|to|about|almost|nearly|roughly|around|some|just|only|more than|over|at least|up to"
    r"|as much as|a))*"
)
_MOVED_LEFT = re.compile(
    rf"\b(?P<word>up|down|[^\W\d_]+)(?: (?:back|further|again|sharply|slightly|another|its|their))?{_HEDGE} $"
)
_MOVED_RIGHT = re.compile(
    r"[- ](?:(?:year-on-year|annual|quarterly|like-for-like|more|sharp) )?(?P<word>[^\W\d_]+)"
)
_OR_SHARE = re.compile(r"\b(?P<word>[^\W\d_]+) [^\s,]*\d[^\s,]*(?: [^\W\d_]+)?, or $")  # "up 31p, or 4%"
_UP_DOWN = {"up": measures.RISE, "down": measures.FALL, "off": measures.FALL, "higher": measures.RISE,
            "lower": measures.FALL, "more": measures.RISE, "fewer": measures.FALL,
            "less": measures.FALL}  # fmt: skip
_LEVEL_AFTER = re.compile(r"\bto(?: (?:about|just|around|roughly|more than|over|nearly|almost|some))? $")


def find_measure(figure: Figure, beside: Surroundings) -> tuple[str | None, measures.Cue | None, str]:
    """Return what a figure measures, the word that says so, and its role: level, change or share."""
    text, clause, sentence = beside.text, beside.clause, beside.sentence
    part = _part_of_clause(text, figure, clause)
    cues = ranked_cues(figure, part, beside)
    still = [cue for cue in cues if _measures(cue, figure)]
    left = max(clause.start, figure.start - _LOOK_LEFT)
    role = "change" if _is_change(text, figure, clause) else "level"
    if figure.kind is FigureKind.PERCENT:
        share = _find_share(figure, beside, still, is_level=role == "level")
        if share is not None:
            return share
    elif figure.kind is FigureKind.MONEY:
        bought = [
            cue
            for cue in still
            if cue.measure in {"price", "stake"} and clause.start <= cue.start < figure.start
        ]
        if bought and _FOR_LEFT.search(text, left, figure.start):
            return "price", bought[0], role
        if _FOR_SHARE.match(text, figure.end, sentence.end):
            return "price", still[0] if still else None, role
    if figure.kind is FigureKind.COUNT:
        still = [cue for cue in still if clause.start <= cue.start < clause.end]
    else:
        # What has moved or stands somewhere is named before the verb, however much stands between the two.
        before = [cue for cue in beside.cues if cue.end <= figure.start]
        subject = [cue for cue in reversed(before) if cue.is_noun and _measures(cue, figure)]
        own = [cue for cue in subject if cue.start >= part.start]
        if role == "change":
            still = own or subject or still
        else:
            still = [cue for cue in still if part.start <= cue.start < part.end] or own or still
    for cue in still:
        sold = figure.kind is FigureKind.MONEY and cue.measure == "stake"
        return "price" if sold else cue.measure, cue, role
    return None, None, role


def _find_share(
    figure: Figure, beside: Surroundings, cues: Sequence[measures.Cue], *, is_level: bool
) -> tuple[str | None, measures.Cue | None, str] | None:
    """Return what a share "of" something measures, None for one of nothing that is named."""
    text, clause = beside.text, beside.clause
    left = max(clause.start, figure.start - _LOOK_LEFT)
    if _OTHER_BEFORE.search(text, left, figure.start):
        return "rest", None, "share"
    if _STAKE_AFTER.match(text, figure.end, clause.end):
        return "stake", next((cue for cue in cues if cue.measure == "stake"), None), "share"
    if _OF_VOTERS.match(text, figure.end, beside.sentence.end):
        return "turnout", None, "level"
    if is_level and _OF.match(text, figure.end):
        return ("stake" if _is_owned(text, figure, left, cues) else None), None, "share"
    return None


_OF_TIMES = {"sentence", "ban", "delay"}  # which are no amounts of money
_OF_THINGS = {"destroyed", "damaged"}  # what befalls things, and not people


def _measures(cue: measures.Cue, figure: Figure) -> bool:
    """Tell whether a word can say what a figure of this kind measures."""
    if cue.measure in {measures.RISE, measures.FALL} or figure.kind is FigureKind.DATE:
        return False
    if figure.kind is FigureKind.DURATION:
        return cue.measure in measures.TERMS
    if figure.kind is FigureKind.COUNT:
        dimension = figure.unit.lower() in measures.UNITS
        if cue.measure in _OF_THINGS and meaning(figure.unit.lower()) in measures.PEOPLE:
            return False
        return cue.measure in (measures.DIMENSIONS if dimension else measures.STATES)
    if cue.measure in measures.DIMENSIONS:
        return False
    if figure.kind is FigureKind.MONEY:
        return cue.measure not in measures.STATES | _OF_TIMES or cue.measure == "damaged"
    return cue.word != "lost"


def _is_owned(text: str, figure: Figure, left: int, cues: Sequence[measures.Cue]) -> bool:
    """Tell whether a share "of" something is bought there."""
    paid_for = _FOR_LEFT.search(text, left, figure.start) is not None
    return any(
        cue.end <= figure.start and figure.start - cue.end < _OWNED_WITHIN
        for cue in cues
        if cue.measure in {"price", "stake"} or (cue.measure == "payment" and paid_for)
    )


def _is_change(text: str, figure: Figure, clause: Span) -> bool:
    """Tell whether a figure says by how much something moved."""
    if _LEVEL_AFTER.search(text, clause.start, figure.start):
        return False
    found = [
        _MOVED_LEFT.search(text, max(clause.start, figure.start - 2 * _LOOK_LEFT), figure.start),
        _MOVED_RIGHT.match(text, figure.end, clause.end),
        _OR_SHARE.search(text, max(clause.start, figure.start - 2 * _LOOK_LEFT), figure.start),
    ]
    return any(
        match is not None
        and (
            _UP_DOWN.get(match["word"].lower())
            or measures.measure_of(match["word"]) in {measures.RISE, measures.FALL}
            or (match["word"] == "lost" and figure.kind is FigureKind.PERCENT)
        )
        and (
            match is not found[0]
            or figure.kind is not FigureKind.COUNT
            or match["word"] not in {"up", "down"}
        )
        for match in found
    )


def ranked_cues(figure: Figure, clause: Span, beside: Surroundings) -> list[measures.Cue]:
    """Return the cues of a sentence, the nearest to a figure first; a figure between puts them off."""

    def distance(cue: measures.Cue) -> float:
        ahead = cue.start >= figure.end
        gap = cue.start - figure.end if ahead else figure.start - cue.end
        left, right = (figure.end, cue.start) if ahead else (cue.end, figure.start)
        between = sum(
            left <= each.start < right for each in beside.figures if each.kind is not FigureKind.DATE
        )
        beyond = not clause.start <= cue.start < clause.end
        apart = gap + _FIGURE_BETWEEN * between + _CLAUSE_BETWEEN * beyond
        if ahead and gap <= _RIGHT_BEHIND and cue.is_noun:
            return apart - _NOUN_RIGHT_BEHIND
        return apart + _CUE_BEHIND if ahead else apart

    unit = figure.end if figure.kind is not FigureKind.COUNT else figure.start
    # The noun of another figure says what that one counts: "two fatalities and 84 people taken to hospital".
    taken = [(figure.start, unit), *((each.start, each.end) for each in beside.figures if each is not figure)]
    found = [cue for cue in beside.cues if not any(start <= cue.start < end for start, end in taken)]
    return sorted((cue for cue in found if distance(cue) < _FARTHEST_CUE), key=distance)
