"""The figures and dates of a statement that its source has not, or has otherwise."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from sources.evidence.audit import UNSURE, Difference
from sources.evidence.audit.held import SOME_OF_IT, near_words
from sources.evidence.audit.lexicon import listed
from sources.evidence.audit.passages import same_figure
from sources.evidence.audit.reading import words_of
from sources.evidence.audit.times import are_of_other_times, excludes, same_time, says_a_day
from sources.evidence.figure_matrix.exclusion import are_apart
from sources.evidence.figure_matrix.values import value_range
from sources.evidence.figures import NUMBER, FigureKind
from sources.evidence.figures.units import MEASURE_UNITS as UNITS
from sources.evidence.synonyms import meaning
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.audit.held import Details, Held
    from sources.evidence.audit.reading import ReadText, Sentence
    from sources.evidence.dates import DateMention
    from sources.evidence.figures import Figure

_MUCH_IN_COMMON = 2  # words beside two figures from which they are of one thing


def compare_figures(held: Held, found: Details) -> None:
    """Find the figures that the source has not, or has otherwise."""
    inside = [figure for one in held.passage.sentences for figure in one.figures]
    taken = [other for other in inside if any(same_figure(figure, other) for figure in held.sentence.figures)]
    for figure in held.asked.figures:
        said = Span(figure.start, figure.end)
        unit = _other_unit(held, figure)
        if unit is not None:
            found.differs.append(Difference("unit", said, unit))
            continue
        if any(same_figure(figure, other) for other in inside):
            continue
        beside = _sentence_with(held, figure)
        if beside is not None:
            found.beside.append(beside)
            continue
        if _is_written(held, figure) or (figure.unit == NUMBER and _says_number(figure, held.around)):
            continue
        if figure.kind is FigureKind.PERCENT and (_is_rest(held, figure, inside) or _is_share(held, figure)):
            continue
        beside_it = [each for one in held.around for each in one.figures if each not in taken]
        other = _in_its_place(held, figure, beside_it)
        if other is None and any(_comparable(figure, each) for each in beside_it):
            found.differs.append(Difference(UNSURE, said, None))
        elif other is None:
            found.missing.append(said)
        else:
            found.differs.append(Difference(_kind_of(figure, other), said, Span(other.start, other.end)))


def _other_unit(held: Held, figure: Figure) -> Span | None:
    """Return the same number in the passage where it measures in another unit, and is nowhere in this one."""
    found = None
    near = near_words(held.sentence, Span(figure.start, figure.end))
    measured = figure.kind is FigureKind.DURATION or figure.unit in UNITS
    for sentence in held.text.sentences:
        for other in sentence.figures:
            differ = _units_differ(figure, other)
            if not differ and same_figure(figure, other):
                return None
            if not differ:
                continue
            span = Span(other.start, other.end)
            beside = sentence in held.passage.sentences and not near.isdisjoint(near_words(sentence, span))
            both = measured and (other.kind is FigureKind.DURATION or other.unit in UNITS)
            if beside or (both and _is_telling(figure.value)):
                found = span
    return found


def _is_telling(value: float) -> bool:
    """Tell whether a number is so odd that it hardly comes twice by chance: 19, 61, 2.3, not 5, 24 or 300."""
    digits = f"{value:g}".replace(".", "").strip("0")
    return len(digits) > 1 and value not in _COMMON_NUMBERS


_COMMON_NUMBERS = frozenset(
    (11.0, 12.0, 14.0, 15.0, 18.0, 21.0, 24.0, 25.0, 36.0, 48.0, 72.0, 75.0, 1.5, 2.5)
)


def _units_differ(one: Figure, other: Figure) -> bool:
    """Tell whether one value is given in two units of which one at least is a measure."""
    if one.kind is not other.kind or one.value != other.value or NUMBER in (one.unit, other.unit):
        return False
    if one.kind is FigureKind.PERCENT:
        return one.unit != other.unit
    if one.kind is FigureKind.DURATION:
        return not same_figure(one, other)
    if one.kind is FigureKind.MONEY:  # "30,000 pounds" may be Egyptian ones
        return one.unit != other.unit and one.text.split()[-1].lower() != other.text.split()[-1].lower()
    measures = [each.unit in UNITS for each in (one, other)]
    return one.kind is FigureKind.COUNT and any(measures) and meaning(one.unit) != meaning(other.unit)


def _is_written(held: Held, figure: Figure) -> bool:
    """Tell whether a source has a number with the word before it ("Berth 7"), or as one side of a result."""
    if figure.kind is not FigureKind.COUNT and not figure.text.isdecimal():
        return False
    word = _NAME_BEFORE.search(held.sentence.text, max(0, figure.start - _WORD), figure.start)
    number = words_of(held.sentence.text[figure.start : figure.end])[:1]
    if word is not None and f" {' '.join((*words_of(word[1]), *number))} " in held.text.plain_words:
        return True
    sides = [
        each for each in held.sentence.figures if each.kind is FigureKind.COUNT and each.unit == figure.unit
    ]
    if len(sides) != 2:
        return False
    first, second = (f"{each.value:g}" for each in sides)
    return re.search(rf"\b(?:{first}[-–]{second}|{second}[-–]{first})\b", held.text.source.text) is not None


_NAME_BEFORE = re.compile(r"\b([A-Z]\w+) $")
_WORD = 30  # characters before a number in which the word before it is


def _is_rest(held: Held, figure: Figure, others: Iterable[Figure]) -> bool:
    """Tell whether a share is what another leaves of the whole, as two thirds who are not leave a third."""
    negated = any(
        token.norm in listed("negations") for token in held.sentence.tokens if held.has(token.start)
    )
    there = any(token.norm in listed("negations") for token in held.main.tokens)
    return negated != there and any(
        other.kind is FigureKind.PERCENT and abs(figure.value + other.value - 100.0) < 1.0 for other in others
    )


_ROUNDED = 1.0  # percentage points by which a share may differ from what two counts of it make


def _is_share(held: Held, figure: Figure) -> bool:
    """Tell whether a share is what two counts of one thing in a sentence make: 40 percent of "27 of 68"."""
    for sentence in held.passage.sentences:
        counts = [each for each in sentence.figures if each.kind is FigureKind.COUNT]
        for part, whole in permutations(counts, 2):
            same = meaning(part.unit) == meaning(whole.unit)
            if same and 0.0 < part.value < whole.value:
                share = 100.0 * part.value / whole.value
                if abs(share - figure.value) <= _ROUNDED:
                    return True
    return False


def _says_number(figure: Figure, sentences: Iterable[Sentence]) -> bool:
    """Tell whether a number is anywhere in sentences, as in a result: "6-3"."""
    wanted = f"{figure.value:g}"
    return any(
        wanted in re.findall(r"\d+", token.norm) or meaning(token.norm) == wanted
        for sentence in sentences
        for token in sentence.tokens
    )


def _sentence_with(held: Held, figure: Figure) -> Sentence | None:
    """Return a sentence elsewhere in the source that has a figure with what it is a figure of."""
    near = near_words(held.sentence, Span(figure.start, figure.end))
    around = {one.number for one in held.around}
    for sentence in held.text.sentences:
        for other in sentence.figures:
            if same_figure(figure, other) and (
                sentence.number in around
                or not near.isdisjoint(near_words(sentence, Span(other.start, other.end)))
            ):
                return sentence
    return None


def _in_its_place(held: Held, figure: Figure, others: Iterable[Figure]) -> Figure | None:
    """Return the figure that the passage has where the statement has another, if that can be proved.

    No slot of the two may differ, and their clauses tell the same but for them: they are of one measure or
    thing and beside the same words, or in a sentence that has most of the statement's words.
    """
    mine = held.draft.slots.get(figure.start)
    rivals = [each for each in others if _comparable(figure, each) and _same_role_of(held, figure, each)]
    alone = len(rivals) == 1 and sum(1 for each in held.asked.figures if _comparable(each, figure)) == 1
    found = []
    for other in rivals:
        theirs, sentence = held.text.slots.get(other.start), held.text.sentence_at(other.start)
        if mine is None or theirs is None or sentence is None:
            continue
        if are_apart(mine, theirs) or mine.before != theirs.before or mine.slots.role != theirs.slots.role:
            continue
        if mine.slots.part != theirs.slots.part or _is_vague(other):
            continue
        if _are_of_others(held, figure, sentence, other) or are_of_other_times(held.sentence, sentence):
            continue
        if mine.measure and theirs.measure and mine.measure != theirs.measure:
            continue
        common = _words_beside(held, figure, sentence, other)
        measured = mine.measure is not None and mine.measure == theirs.measure
        thing = mine.thing is not None and mine.thing == theirs.thing
        change = _is_change(held.sentence.text, figure)
        proofs = common + measured + thing + change  # of the same, or no rival
        alike = _is_told_alike(held, sentence)
        known = change or held.share_in(sentence) >= SOME_OF_IT
        if (common and known and proofs >= _MUCH_IN_COMMON and (alone or alike)) or (alone and alike):
            found.append((proofs, other))
    return max(found, key=lambda one: one[0])[1] if found else None


def _is_vague(figure: Figure) -> bool:
    """Tell whether a figure only says of what size something is: "millions of"."""
    low, high = value_range(figure)
    return low > 0.0 and high > _VAGUE * low


_VAGUE = 1.5  # times the least that a figure may mean, from which the most says nothing of another figure


def _are_of_others(held: Held, figure: Figure, sentence: Sentence, other: Figure) -> bool:
    """Tell whether two figures stand beside names, and none of these is beside both: "UK", "US consumers"."""
    near = near_words(held.sentence, Span(figure.start, figure.end))
    there = near_words(sentence, Span(other.start, other.end))
    mine, theirs = ({one for one in words if one[0] == "@"} for words in (near, there))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _same_role_of(held: Held, figure: Figure, other: Figure) -> bool:
    """Tell whether two figures are both how much something is or changes, and none is of the others."""
    here, there = held.sentence.text, held.text.source.text
    for text, one in ((here, figure), (there, other)):
        if _OTHERS.search(text[max(0, one.start - _WORD // 2) : one.end + _WORD // 3]):
            return False
    return _is_change(here, figure) == _is_change(there, other)


_OTHERS = re.compile(r"\b(?:other|others|another|further|additional|total|already)\b", re.IGNORECASE)


def _words_beside(held: Held, figure: Figure, sentence: Sentence, other: Figure) -> int:
    """Count the words and names that are beside both of two figures, but what these count."""
    span = Span(figure.start, figure.end)
    near = near_words(held.sentence, span) & near_words(sentence, Span(other.start, other.end))
    counted = {meaning(word) for word in f"{figure.unit} {figure.noun or ''}".lower().split()}
    return sum(1 for one in near - counted if one[0] != "~")


_ALIKE = 0.5  # share of a statement's words in the one sentence whose only duration is another


def _is_told_alike(held: Held, sentence: Sentence) -> bool:
    return held.share_in(sentence) >= _ALIKE


_CHANGE_BEHIND = re.compile(
    r"\s+(?:more|less|fewer|higher|lower|larger|smaller|extra|cheaper|dearer|above|below)\b"
)
_CHANGE_BEFORE = re.compile(r"\bby(?:\s+(?:about|some|around|nearly|almost))?\s+$")


def _is_change(text: str, figure: Figure) -> bool:
    """Tell whether a figure is how much more or less something is, and not how much it is."""
    behind = _CHANGE_BEHIND.match(text, figure.end) is not None
    return behind or _CHANGE_BEFORE.search(text, max(0, figure.start - _WORD), figure.start) is not None


def _comparable(one: Figure, other: Figure) -> bool:
    """Tell whether two figures could be of one thing: of a kind, and counting the same."""
    if one.kind is not other.kind:
        return one.value == other.value and {one.kind, other.kind} == {FigureKind.PERCENT, FigureKind.COUNT}
    if one.kind is FigureKind.MONEY and one.unit != other.unit:
        return False
    if one.kind is FigureKind.COUNT and NUMBER not in (one.unit, other.unit):
        return one.value == other.value or meaning(one.unit.lower()) == meaning(other.unit.lower())
    return True


def _kind_of(figure: Figure, other: Figure) -> str:
    if figure.unit != other.unit and figure.value == other.value:
        return "unit"
    if figure.kind is FigureKind.MONEY and figure.unit != other.unit:
        return "unit"
    return "figure"


def compare_dates(held: Held, found: Details) -> None:
    """Find the days and periods that the source has not, or has otherwise."""
    inside = [date for one in held.passage.sentences for date in one.dates]
    around = [date for one in held.around for date in one.dates]
    for date in held.sentence.dates:
        if not held.has(date.start) or _is_figure(held.sentence, date):
            continue
        if any(same_time(date, other) for other in around) or _is_of_publication(date, held.text):
            continue
        said = Span(date.start, date.end)
        rivals = [other for other in inside if excludes(date, other) and _same_role(held, said, other)]
        if len(rivals) == 1:
            found.differs.append(Difference("date", said, Span(rivals[0].start, rivals[0].end)))
        elif says_a_day(date) and not any(
            same_time(date, other) for one in held.text.sentences for other in one.dates
        ):
            found.missing.append(said)


def _is_figure(sentence: Sentence, date: DateMention) -> bool:
    return any(figure.start < date.end and date.start < figure.end for figure in sentence.figures)


def _is_of_publication(date: DateMention, text: ReadText) -> bool:
    """Tell whether a date is just the day on which the source came out."""
    published = (text.source.date or "").partition("/")[0][:10]
    return bool(published and date.first and date.last and date.first <= published <= date.last)


def _same_role(held: Held, said: Span, other: DateMention) -> bool:
    """Tell whether two dates are of one predicate: a word is beside both, and not only other names."""
    sentence = held.text.sentence_at(other.start)
    if sentence is None:
        return False
    if held.share_in(sentence) < SOME_OF_IT:
        return False
    near, there = near_words(held.sentence, said), near_words(sentence, Span(other.start, other.end))
    mine, theirs = ({one for one in words if one[0] == "@"} for words in (near, there))
    return not near.isdisjoint(there) and not (mine and theirs and mine.isdisjoint(theirs))
