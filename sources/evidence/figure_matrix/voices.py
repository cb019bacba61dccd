"""Who says what in one text: figures of two voices, one of which says no more than another value.

Two values that one text gives are two things or two times, unless it sets one voice against another.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix.figure_in_context import same_unit
from sources.evidence.figure_matrix.values import value_range, widest_range
from sources.evidence.figures import NUMBER, FigureKind
from sources.evidence.speaker_nouns import is_document, is_group, is_human
from sources.evidence.word_lists import calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.figure_matrix.figure_in_context import FigureInContext

_DAYS = frozenset(map(str.lower, calendar()))


def are_two_voices(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether a source sets two values against one another, or has two speakers give them."""
    voices = {one.slots.voice, other.slots.voice} - {None}
    # "But" sets its sentence against what was before, not against what follows or two figures of its own.
    if one.order == other.order:
        set_apart = one.contrasted != other.contrasted
    else:
        set_apart = max(one, other, key=lambda each: each.order).contrasted
    return one.ref == other.ref and (set_apart or len(voices) > 1)


def name_two_places(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two sentences name others than who speaks in them, and none in common."""
    first, second = _named_beside(one), _named_beside(other)
    return bool(first and second) and first.isdisjoint(second)


def _named_beside(told: FigureInContext) -> set[str]:
    """Return what the sentence of a figure names, without who says so and the word that it begins with."""
    begins, _, _ = told.wording.partition(" ")
    return {
        term
        for term, written in told.spelling.items()
        if written[0].isupper()
        and term != f"@{told.slots.voice}"
        and (small := written.lower()) != begins
        and small not in _DAYS
        and not is_human(small)
    }


_THAN_GIVEN = re.compile(
    r"[^.;,\d]{0,20} (?:given|reported|claimed|stated|cited|announced|published|put out) by\b"
)
_THAN = re.compile(r"\b(?:than|against|not|with|to) the (?:\w+ )?$")
_OTHER_VOICE = re.compile(
    r"(?:But(?! (?:even )?if\b)|However|Yet|By contrast|In contrast|Others?|Critics|Opponents)\b"
    r"|[^.;]{1,60}?\b(?:claims|claimed|disput\w+"
    r"|insist\w*|counter(?:s|ed)|den(?:y|ies|ied)|reject\w+)\b"
)

# "The union said 85 percent had stayed away. Metroline put the figure at 58 percent."
_ANAPHORA = re.compile(
    r"(?P<put>\b(?:put|puts|putting) )?"
    r"\b(?:the|that|this|their|its|his|her) (?:own |real |true |actual |official |latest )?"
    r"(?:figure|number|total|tally|count|sum|amount|share|proportion|percentage)"
    r"(?: (?:was|is|stood|as|at|to be|had reached|to|closer|nearer|rather|instead)){1,3}"
    r"(?: (?:about|around|only|just|nearly|almost|some|roughly))? $",
    re.IGNORECASE,
)
# "Five people took part, the man said. The police have spoken of four."
_SAYS = (
    r"(?:speaks?|spoke|spoken|talks?|talked) of|arrive[sd]? at|c[ao]mes? (?:up with|to)|(?:adds?|added) up to"
    r"|sa(?:id|ys?)|g[ai]ves? (?:it|that|this|them) as|ha[sd] it at|ma(?:kes?|de) it"
)
# What many a one does, and not only says: "the club lists 45 players, the league 90" contradicts nothing.
_DOES = r"count(?:s|ed)?|claim(?:s|ed)?|shows?|showed|lists?|listed|names?|named"
_HEDGES = (
    r"(?: (?:about|around|only|just|nearly|almost|some|roughly|at least|more than|fewer than|no more than))?"
    r"(?: [“\"‘](?:about |around |only |roughly )?)?\s?$"
)
_SAID_ALONE = re.compile(
    rf"\b(?P<said>{_SAYS}|{_DOES}|puts? (?:it|that|this|them) at|there (?:were|are|had been)"
    r"|it (?:was|is|had been)(?: (?:closer|nearer) to)?|(?:admits?|admitted|concede[sd]?) (?:to|only))"
    + _HEDGES,
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"\b(?:(?:{_SAYS})(?: that)?|puts? (?:it|that|them|(?:the|its|their) [^.;,\d]{{1,40}}) at){_HEDGES}",
    re.IGNORECASE,
)
_DONE = re.compile(rf"\b(?:{_DOES}){_HEDGES}", re.IGNORECASE)
# "The union says 300 men walked out, the company 180."
_GAPPED = re.compile(
    r"(?:[,;]|\b(?:and|while|but)) (?:the |an? )?(?P<who>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,2}?)"
    r"(?: (?:at|of|only|just|about|around|nearly|almost|roughly)){0,2} $",
    re.IGNORECASE,
)
# What is their own is no figure of another voice: "it sold 300 vans", but not "it was 300".
_OF_ITSELF = re.compile(
    r"\b(?:(?:it|they|we|he|she|i)(?! (?:was|is|were|had been)\b)|its|their|our|his|her|my)\b", re.IGNORECASE
)
_SPEAKS_OF = re.compile(r"\b(?:speaks?|spoke|spoken|talks?|talked) of\b")  # of what was told before
_IN_TRUTH = re.compile(r"\b(?:in (?:fact|truth|reality)|actually)\b", re.IGNORECASE)
_DISPUTES = re.compile(r"\b(?:disput|contest|den(?:y|ie)|reject|contradict|challeng)\w*\b")
_OF_A_SPEAKER = ("there", "it")  # "there were 12" says who says so before it
_PRONOUN_SAYS = re.compile(
    r"\b(?:it|they|he|she|we|i|who|which)(?: (?:had|has|have|also|only|itself|themselves))*\s?$",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:told|said|says?|insists?|insisted|claims?|claimed|maintains?|maintained)\b")
_OTHER_TIME = re.compile(
    r"\b(?:later|earlier|previously|initially|originally|at first|so far|then|once|last|next|will|would"
    r"|by)\b",
    re.IGNORECASE,
)
_SAYS_NO_MORE = re.compile(r"[”\"’]?(?:[.;:!?,]|\s*$|,? (?:but|and|while|according)\b)")
_COUNT = FigureKind.COUNT
_OF_ANY_UNIT = {_COUNT, FigureKind.DURATION}
_WITH_UNITS = {_COUNT, FigureKind.DURATION, FigureKind.PERCENT}
_SAID_WITHIN = 48  # code points between who gives a figure and the figure
_MOST_BEFORE = 12  # figures before one among which that which it takes up is looked for
_LOOK_BACK = 2  # sentences in which the figure that "the figure" takes up is looked for


def read_voices(text: str, told: Sequence[FigureInContext]) -> None:
    """Mark the figures that another voice gives, and what each of them takes up."""
    _mark_contrasted(text, told)
    _take_up(text, told)
    _set_against(told)


def _take_up(text: str, told: Sequence[FigureInContext]) -> None:
    """Let "the figure", or a figure of which another voice says no more, measure what the one before does."""
    for place, one in enumerate(told):
        if one.measure is not None:
            continue
        near = told[max(0, place - _MOST_BEFORE) : place]
        other = _told_otherwise(one, near)
        if other is not None:
            _take(one, other)
            continue
        named = _ANAPHORA.search(text, one.sentence.start, one.figure.start)
        alone = named is None and (_is_said_alone(text, one, near) or _is_gapped(text, one, near))
        put = alone or (named is not None and named["put"] is not None)
        if named is None and not alone:
            continue
        if alone and not _SPEAKS_OF.search(text, one.sentence.start, one.figure.start):
            near = [other for other in near if not _is_of_itself(text, other)]
        other = _taken_up(one, near, alone=alone) or (_with_unit(one, near) if alone else None)
        if other is None:
            continue
        one.contrasted = one.contrasted or put or one.order != other.order or _is_given(text, other)
        _take(one, other)


def _take(one: FigureInContext, other: FigureInContext) -> None:
    """Let a figure measure what the one before it does."""
    slots = one.slots
    one.slots = replace(
        other.slots, voice=slots.voice, sense=slots.sense, moved=slots.moved, period=slots.period
    )
    one.thing, one.thing_words = other.thing, other.thing_words
    if one.figure.unit == NUMBER:
        one.kind = other.kind
        one.figure = replace(one.figure, kind=other.kind, unit=other.figure.unit)
        one.bounds, one.widest = value_range(one.figure), widest_range(one.figure)
    one.taken_up = other.figure if slots.period in (None, other.slots.period) else None


def _told_otherwise(one: FigureInContext, near: Sequence[FigureInContext]) -> FigureInContext | None:
    """Return the only count of the sentence before a bare number to which another voice gives another.

    ""Ninety men were aboard," the harbour master said. However, the owner claimed that 112 had sailed."
    """
    last = [other for other in near if one.order - other.order == 1 and other.kind is not FigureKind.DATE]
    if one.figure.unit != NUMBER or not one.contrasted or len(last) != 1:
        return None
    (other,) = last
    voices = {one.slots.voice, other.slots.voice}
    fits = other.kind is _COUNT and None not in voices and len(voices) > 1
    return other if fits and _may_be_said_alone(one, other) else None


def _taken_up(
    one: FigureInContext, near: Sequence[FigureInContext], *, alone: bool
) -> FigureInContext | None:
    """Return the figure that another voice's takes up, None where it is open which of two."""
    before = [
        other
        for other in near
        if (same_unit(one, other) or (one.kind is other.kind and one.kind in _OF_ANY_UNIT))
        and (not alone or _may_be_said_alone(one, other))
    ]
    last = max((other.order for other in before), default=one.order)
    taken = [other for other in before if other.order == last]
    return taken[0] if len(taken) == 1 and one.order - last <= _LOOK_BACK else None


def _with_unit(one: FigureInContext, near: Sequence[FigureInContext]) -> FigureInContext | None:
    """Return the only figure of the sentence before a bare number, of which that may leave out the unit.

    "The company says seven months ago. The letter says 17."
    """
    last = [other for other in near if one.order - other.order == 1 and other.kind in _WITH_UNITS]
    return last[0] if one.figure.unit == NUMBER and len(last) == 1 else None


def _is_given(text: str, told: FigureInContext) -> bool:
    """Tell whether a figure is what somebody gives: "the office says 14 kilos"."""
    start = max(told.sentence.start, told.figure.start - _SAID_WITHIN)
    return _GIVEN.search(text, start, told.figure.start) is not None


def _is_done(text: str, told: FigureInContext) -> bool:
    start = max(told.sentence.start, told.figure.start - _SAID_WITHIN)
    return _DONE.search(text, start, told.figure.start) is not None


def _is_of_itself(text: str, told: FigureInContext) -> bool:
    """Tell whether a figure is of whoever gives it: "the firm says it sold 300 vans"."""
    said = _REPORTS.search(text, told.sentence.start, told.figure.start)
    return said is not None and _OF_ITSELF.search(text, said.end(), told.figure.start) is not None


def _is_gapped(text: str, one: FigureInContext, near: Sequence[FigureInContext]) -> bool:
    """Tell whether a figure is all that is said of who gives it, as the verb stands before: "police 180"."""
    other = near[-1] if near and near[-1].order == one.order else None
    if other is None or not _is_given(text, other) or _SAYS_NO_MORE.match(text, one.figure.end) is None:
        return False
    gap = _GAPPED.search(text, other.figure.end, one.figure.start)
    head = gap["who"].rpartition(" ")[2].lower() if gap else ""
    return bool(head) and (is_group(head) or is_document(head))


def _is_said_alone(text: str, one: FigureInContext, near: Sequence[FigureInContext]) -> bool:
    """Tell whether a figure is all that a clause says, in which somebody gives it."""
    start, figure = one.sentence.start, one.figure
    said = _SAID_ALONE.search(text, max(start, figure.start - _SAID_WITHIN), figure.start)
    if said is None or _SAYS_NO_MORE.match(text, figure.end) is None:
        return False
    if near and _DONE.search(text, start, figure.start) and _is_done(text, near[-1]):
        return False
    clause = max(start, text.rfind(";", start, said.start()))
    if _OTHER_TIME.search(text, clause, figure.start):
        return False
    if said["said"].lower().startswith(_OF_A_SPEAKER):
        return bool(
            _REPORTS.search(text, clause, said.start()) or _IN_TRUTH.search(text, clause, said.start())
        )
    if near and near[-1].order == one.order and _DISPUTES.search(text, near[-1].figure.end, figure.start):
        return True
    return one.slots.voice is not None or _PRONOUN_SAYS.search(text, clause, said.start()) is None


def _may_be_said_alone(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether what another voice says no more of can be what a figure before it measures."""
    voice = one.slots.owner if one.slots.owner_sure else one.slots.voice
    if one.order != other.order and voice is not None and voice == other.slots.voice:
        return False
    same_thing = one.thing is None or one.thing == other.thing or one.kind is not _COUNT
    return same_thing and not other.slots.part and not other.before


def _set_against(told: Sequence[FigureInContext]) -> None:
    """Let a figure take up the one of the sentence before to which another voice gives another value.

    "The board said 117 people had died. But the governor said he was told of 134 dead."
    """
    for place, one in enumerate(told):
        if one.measure is None or one.taken_up is not None:
            continue
        before = [
            other
            for other in told[max(0, place - _MOST_BEFORE) : place]
            if other.order == one.order - 1 and _measure_the_same(one, other)
        ]
        if len(before) == 1 and are_two_voices(one, before[0]) and not name_two_places(one, before[0]):
            one.taken_up = before[0].figure


def _measure_the_same(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether all that two figures of one text say of what they measure is the same."""
    first, second = one.slots, other.slots
    same = (one.thing, first.measure, first.role, first.sense, first.part, first.per) == (
        other.thing, second.measure, second.role, second.sense, second.part, second.per,
    )  # fmt: skip
    same = same and all(second.contrasts.get(group, side) == side for group, side in first.contrasts.items())
    owners = {each.owner for each in (first, second) if each.owner_sure}
    same = same and first.period in (None, second.period) and not other.before
    return same and same_unit(one, other) and len(owners) < 2


def _mark_contrasted(text: str, told: Sequence[FigureInContext]) -> None:
    """Mark the figures of which the source says that another voice gives another value."""
    for one in told:
        figure = one.figure
        by_other = _THAN.search(text, one.sentence.start, figure.start) and _THAN_GIVEN.match(
            text, figure.end
        )
        one.contrasted = bool(by_other or _OTHER_VOICE.match(text, one.sentence.start, figure.start))
        if by_other:
            one.before = False
