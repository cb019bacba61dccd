"""Reads the figures of a source in their context: the sentence, its words, the slots, and what was before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from sources.evidence.context_vectors import (
    clause_around,
    context_vector,
    context_window,
    telling_words,
    weight_at,
)
from sources.evidence.dates import DateMention, Precision
from sources.evidence.dates.calendar import MONTHS, WEEKDAYS
from sources.evidence.dates.finder import find_dates
from sources.evidence.figure_matrix import measures, sense, voices
from sources.evidence.figure_matrix import slots as reading
from sources.evidence.figure_matrix.clause_roles import LASTING, SentenceRoles
from sources.evidence.figure_matrix.figure_in_context import FigureInContext, same_unit
from sources.evidence.figure_matrix.measured_things import measured_thing
from sources.evidence.figure_matrix.measures import Cue, find_cues
from sources.evidence.figure_matrix.own_measure import find_measure
from sources.evidence.figure_matrix.owners import Topics
from sources.evidence.figure_matrix.surroundings import Surroundings
from sources.evidence.figure_matrix.values import telling_digits, value_range, widest_range
from sources.evidence.figures import NUMBER, Figure, FigureKind
from sources.evidence.figures.finder import find_figures
from sources.evidence.synonyms import meaning
from sources.model import Span
from sources.text.sentences import split_sentences
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.figure_matrix.clause_roles import Role
    from sources.evidence.figure_matrix.owners import Named
    from sources.evidence.noun_phrases import Phrase
    from sources.model import Source

_Found = TypeVar("_Found", Figure, DateMention, Cue)
_OF = re.compile(
    r" of (?:(?:the|its|their|his|her|our|all|these|those|every)(?: (?:other|remaining|whole))? )?"
)
_PHRASE_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STOP_WORDS = (
    "was said had has have will would last this next throughout today yesterday tomorrow year month week"
)
_PHRASE_STOPS = STOP_WORDS | frozenset(_STOP_WORDS.split()) | {name.lower() for name in (*MONTHS, *WEEKDAYS)}
_OBJECT = re.compile(
    r"(?:[- ](?:[a-z-]+ ){0,2}(?:stake|investment|purchase|deal|sale))?(?: (?:in|into|of|for|on))?"
    r"(?: (?:[\d.]+%|an?|\w+ per ?cent)(?: stake)? (?:of|in))? "
    r"(?:the |its |a |an |their |his |her )?(?=[^\W\d_])"
)
_WITHOUT_OBJECT = {None, "revenue", "rating"}
_NOT_LEFT = re.compile(r"\bnot (?:the |just |only )?$")
_LOOK_LEFT_FOR_NOT = 16
_AND_NOT = re.compile(
    r"[^.;:\d]{0,40}?(?:,| and| but|,? –|,? —) not (?:the |just |only )?"
)  # "two, not three"
_BUT = re.compile(r"[^.;:,\d]{0,24},? but (?:only |just |rather )?")  # "not three but two"
_MOST_BESIDE_DENIED = 4
_IN_QUOTES = re.compile(r"[“\"][^”\"]*$")
_LOOK_LEFT = 24  # before a figure, for the few words that say that it is where something began
_FROM_LEFT = re.compile(r"\bfrom (?:about |just |around |roughly |only )?$", re.IGNORECASE)
_TO_AFTER = re.compile(
    r" to (?:about |just |around |roughly |more than |over |nearly |almost )?$", re.IGNORECASE
)
_BESIDE_A_FIGURE = 60  # code points from a figure within which a date says when it was so
_LONGEST_THING = 4  # words of what a figure is a share of
_PAIRED_WITHIN = 2  # figures after one, among which what it became is looked for
_IN_BRACKETS = re.compile(r" ?\([^()]{0,24}$")  # "£1.24bn (Q3 2029: £1.18bn)"


def read_figures(source: Source, named: Named, begin: int) -> list[FigureInContext]:
    """Return the figures of a source as it tells them; ``begin`` is the place in the list of the first."""
    text = source.text
    sentences = split_sentences(text, source.zones)
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
    topics = Topics(named)
    last = -1
    for place, around in sorted(inside.items()):
        if place < 0:
            continue
        for earlier in range(max(last + 1, place - _TOPIC_REACH), place):
            start, end = sentences[earlier]
            opening = Span(start, min(end, start + _OPENING))
            topics.add(partial(_subject_of, text, opening, named))
        last = place
        whole = context_window(Span(around[0].start, around[-1].end), sentences[place])
        roles = SentenceRoles(text, whole, named.spans(whole), around)
        tokens = tokenize(text, sentences[place])
        wording = " ".join([token.norm for token in tokens])
        inner = tokens if whole == sentences[place] else tokenize(text, whole)
        words = telling_words(whole, named.places, inner)
        cues = find_cues(text, *whole)
        persons = named.persons(whole)
        denied: list[Figure] = []
        for figure in around:
            if figure.end > sentences[place].end:
                continue
            if _NOT_LEFT.search(text, max(0, figure.start - _LOOK_LEFT_FOR_NOT), figure.start):
                denied.append(figure)  # it says what others said
                continue
            span = Span(figure.start, figure.end)
            near = context_window(span, sentences[place])
            clause = clause_around(text, span, near)
            beside = Surroundings(text, clause, near, _between(around, near), _between(cues, near))
            one = _in_context(
                source, figure, beside, _between(dated[place], near), topics, roles.role(figure)
            )
            one.sentence, one.wording, one.order = sentences[place], wording, place
            one.persons = persons
            one.measured = measured_thing(roles.clause, figure, one.cue, one.slots.noun)
            one.quoted = _IN_QUOTES.search(text, sentences[place].start, figure.start) is not None
            one.terms, one.spelling = context_vector(text, span, clause, words, _noun_place(figure))
            told.append(one)
        topics.add(roles.subject)
        _deny(text, told, denied)
    for _, group in groupby(told, key=lambda each: each.order):
        _set_beside(list(group))
    _pair(text, told, begin)
    voices.read_voices(text, told)
    return told


def _deny(text: str, told: Sequence[FigureInContext], denied: Sequence[Figure]) -> None:
    """Let the figure right before or behind a value that is said to be wrong know of it."""
    for figure in denied:
        for one in told[-_MOST_BESIDE_DENIED:]:
            apart = text[one.figure.end : figure.start] if one.figure.end <= figure.start else ""
            if _AND_NOT.fullmatch(apart) or (
                figure.end <= one.figure.start and _BUT.fullmatch(text[figure.end : one.figure.start])
            ):
                one.denied |= {figure.value}


def _set_beside(sentence: Sequence[FigureInContext]) -> None:
    """Let each figure of a sentence know the others: what those of its unit may stand for, and long ones.

    Two sentences with another figure of many digits in common hardly tell of two things.
    """
    for one in sentence:
        for other in sentence:
            if other is not one and telling_digits(other.value) >= _LONG:
                term = f"#{other.value}{other.figure.unit}"
                gap = max(0, other.figure.start - one.figure.end, one.figure.start - other.figure.end)
                one.terms[term] = weight_at(gap)
                one.spelling[term] = other.figure.text
        one.beside = tuple(other.bounds for other in sentence if other is not one and same_unit(one, other))


def _subject_of(text: str, opening: Span, named: Named) -> Phrase | None:
    return SentenceRoles(text, opening, named.spans(opening)).subject()


_LONG = 3  # digits that tell
_OPENING = 160  # code points of a sentence in which its subject is looked for
_TOPIC_REACH = 3  # sentences before one with a figure, of which the subject may be carried on


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
        near = bisect_right(starts, date.start - _BESIDE_A_FIGURE)
        if near < len(starts) and starts[near] < date.start + _BESIDE_A_FIGURE:
            continue
        if any(character.isdigit() for character in date.text) and "ago" not in date.text:
            unit = date.precision.value
            yield Figure(date.start, date.end, FigureKind.DATE, 0.0, unit, None, None, None, date.text)


def _in_context(
    source: Source,
    figure: Figure,
    beside: Surroundings,
    dates: Sequence[DateMention],
    topics: Topics,
    role: Role,
) -> FigureInContext:
    text, sentence = source.text, beside.sentence
    measure, cue, kind = find_measure(figure, beside)
    thing, words = _thing(text, figure, sentence)
    if figure.kind is FigureKind.PERCENT:
        if kind == "share" and measure is None and thing:
            measure = "share"
        elif kind == "level":
            thing, words = None, ""  # "68% of voters took part" is a turnout, as "turnout was 68%" is
    if not words and measure not in _WITHOUT_OBJECT and kind != "change":
        words = _object(text, figure, cue, sentence)
    if figure.kind is FigureKind.DURATION and measure is None and role.noun and role.verb in LASTING:
        measure, thing = measures.TIME, reading.thing_key(role.noun)
    is_date = figure.kind is FigureKind.DATE
    slots = reading.Slots(
        *topics.owner(role, measure),
        role.noun,
        role.label,
        measure,
        cue,
        kind,
        reading.contrasts_of(figure, beside),
        None if is_date else sense.find_period(figure, dates, beside),
        sense.find_sense(figure, beside),
        sense.is_new(figure, beside),
        figure.kind is FigureKind.COUNT and reading.is_part(figure, beside),
        reading.find_voice(text, sentence, topics.named),
        meaning(role.verb) if role.verb else "",
        role.acts,
        reading.find_per(text, figure, sentence.end) if figure.kind is FigureKind.MONEY else None,
        sense.find_day(figure, dates, beside),
        reading.find_places(beside, topics.named),
    )
    value: float | str = figure.value
    bounds, widest = value_range(figure), widest_range(figure)
    if is_date:
        day = next(date for date in dates if date.start == figure.start)
        value = (day.first or "")[: {"year": 4, "month": 7}.get(day.precision.value, 10)]
        bounds = widest = (_ordinal(day.first), _ordinal(day.last))
    return FigureInContext(
        source.ref,
        source.date,
        figure,
        figure.kind,
        value,
        bounds,
        widest,
        sentence,
        0,
        "",
        slots,
        thing,
        words,
        slots.sense.before,
    )


def _ordinal(day: str | None) -> float:
    year, month, date = (int(part) for part in (day or "0001-01-01").split("-"))
    return year * 372.0 + month * 31 + date


def _thing(text: str, figure: Figure, sentence: Span) -> tuple[str | None, str]:
    """Return the stem of what a figure is a share of, or a number of, and its words."""
    if figure.kind is FigureKind.COUNT:
        return (None, "") if figure.unit == NUMBER else (meaning(figure.unit.lower()), figure.unit)
    if figure.kind is not FigureKind.PERCENT:
        return None, ""
    match = _OF.match(text, figure.end, sentence.end)
    words = _phrase(text, match.end(), sentence.end) if match else ""
    return reading.thing_key(words), words


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


def _object(text: str, figure: Figure, cue: Cue | None, sentence: Span) -> str:
    """Return what stands as the object of a measure: ``stake in X``, ``values X at``, ``for 49% of X``."""
    for place in (figure.end, *(() if cue is None else (cue.end,))):
        match = _OBJECT.match(text, place, sentence.end)
        phrase = _phrase(text, match.end(), sentence.end) if match else ""
        if match and place < figure.start < match.end() + len(phrase):
            continue  # "US" of "pay US$5"
        if phrase and match and (phrase[0].isupper() or match.end() > place + 1):
            return phrase
    return ""


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
            if told[other].sentence == one.sentence and same_unit(one, told[other])
        ]  # fmt: skip
        if not followers or one.pair is not None:
            continue
        other = followers[0]
        left, right = one.figure, told[other].figure
        if _FROM_LEFT.search(
            text, max(one.sentence.start, left.start - _LOOK_LEFT), left.start
        ) and _TO_AFTER.match(text, left.end, right.start):
            one.before = True
        if one.before == told[other].before:
            was = re.search(r"\b(?:was|were|had been|stood)\b[^.;]{0,20}$", text[left.end : right.start])
            told[other].before = was is not None and sense.is_before_behind(text, right)
        if one.before != told[other].before:
            one.pair, told[other].pair = begin + other, begin + place
            bare, full = (one, told[other]) if one.measure is None else (told[other], one)
            if bare.measure is None or _IN_BRACKETS.fullmatch(text[left.end : right.start]):
                # What stands in brackets, or after "up from", measures what the other does.
                bare.slots = replace(
                    full.slots,
                    period=bare.slots.period,
                    sense=bare.slots.sense,
                    role=bare.slots.role,
                    part=bare.slots.part,
                )
