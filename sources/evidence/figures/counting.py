"""Numbers of one noun, measure or nothing: what a number counts, and what one beside no noun stands for."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sources.evidence.figures import NUMBER, FigureReading, counts, labels
from sources.evidence.figures.bare import unit_of_bare
from sources.evidence.figures.counts import Counted
from sources.evidence.figures.money import MoneyReader
from sources.evidence.figures.units import DURATIONS, MEASURE_UNITS, MONEY

if TYPE_CHECKING:
    from sources.evidence.figures.numbers import Number

FROM = re.compile(r"\bfrom (?:an? |about |around |just |roughly |nearly |more than )?$", re.IGNORECASE)
_SENTENCE_BETWEEN = re.compile(r"[.!?][”\"’)]?\s|\n")
_ROUND_BEFORE = re.compile(
    r"\b(?i:about|around|roughly|some|nearly|almost|over|than|least|to|approximately|another|estimated) $"
)
_HEAT = re.compile(r"°|\b(?:degrees|temperatures?|Celsius|Fahrenheit|heatwave|thermometers?)\b")
_HEAT_SCALE = re.compile(r" ?(?P<scale>[CF])(?![\w’'-])")
_LENGTHS = re.compile(
    r"\b(?:met(?:re|er)s?|feet|foot|centimet(?:re|er)s?|kilomet(?:re|er)s?)\b|\d ?(?:ft|km|cm)\b"
)
_LATEST = 12.0  # of whole numbers, those that a clock has
_LONGEST_SENTENCE = 400  # code points between a bare number and the figure that says what it is
_MEASURED = MEASURE_UNITS | DURATIONS
_OF_THEM = re.compile(r" of (?:them|which|those)\b")
_OF_THESE = re.compile(
    r"\b(?:among|of) (?:them|these|those|whom|which)\b[^.;]{0,20}$|,? including (?:\w+ ){0,2}$"
)
_NEXT = re.compile(r"(?:,|,? and) (?:only |just )?")
_LATER = re.compile(r"[^.;\n]{0,60}(?:,|,? and) (?:only |just )?")
_GOES_ON_BEHIND = re.compile(r" (?:for|against|in|at|on|to|from|was|is|had)\b")
_POUNDS = re.compile(r"[ \u00a0\u202f-]?(?P<pounds>pounds?)\b(?P<of> of\b)?", re.IGNORECASE)
_GOES_BACK = re.compile(
    r"[^.;:\d]{0,40}\b(?P<cue>from|to|at|of|against|than|was|is|with) "
    r"(?:about |just |only |around |nearly |roughly |the |a |an? planned )?[“\"]?$"
)
_LISTED = re.compile(
    r"(?:[^.;\d]{0,12}: ?(?:in )?|, ?(?:and )?(?:in |the )?| and (?:in |the )?)(?:[A-ZÀ-Þ][\w’'.-]*,? ){1,4}$"
)


class CountReader(MoneyReader):
    """Reads what numbers of a stretch of a text count; the figures before them say what bare ones are."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, start, end)
        self.of_things: FigureReading | None = None  # the last count of things

    @cached_property
    def _heat(self) -> bool:
        return _HEAT.search(self.text) is not None

    @cached_property
    def _lengths(self) -> bool:
        return _LENGTHS.search(self.text) is not None

    def _counted(self, number: Number) -> Counted | None:
        """Return the noun or measure that a number counts."""
        if (number.is_year and not self._is_round(number)) or not (number.number or number.raw):
            return None
        if number.letter and number.letter not in "km":
            return None
        behind = self.text[number.end : number.end + 1]
        if (metres := self._metres(number, behind)) is not None:
            return metres
        if number.letter and behind in ("-", "²", "³"):
            return None
        if number.raw and (scale := _HEAT_SCALE.match(self.text, number.end, self.end)):
            glued = scale[0][0] != " " and not labels.is_label(self.text, number.start, self.start)
            if glued or self._heat:
                return Counted(counts.SCALES[scale["scale"]], scale.end())
        is_part = number.value < 1.0 and not number.raw
        rate = (
            counts.part_of(self.text, number.end)
            if is_part
            else counts.rate_after(self.text, number.end, self.end)
        )
        rate = rate or counts.named_before(self.text, number.start, number.end, self.start)
        if rate is not None:
            return rate
        found = counts.noun_after(self.text, number.end, self.end)
        if number.value == 1.0 and (found is None or found.unit not in _MEASURED):
            found = counts.one_after(self.text, number.end, self.end, listed=self._listed(number, _NEXT))
        if found is None:
            found = self._weight(number)
        if found is None and number.letter == "m" and number.number < 10_000 and self._lengths:
            return Counted("metres", number.end)
        return found if found is not None and self._may_count(number, found) else None

    def _metres(self, number: Number, behind: str) -> Counted | None:
        """Read a number with an m that is no million: ``40m deep``, ``300m²``."""
        if number.letter != "m":
            return None
        if behind == "²":
            return Counted("square metres", number.end + 1)
        deep = behind == "-" and counts.metres_after(f" {self.text[number.end + 1 : number.end + 16]}", 0)
        return Counted("metres", number.end) if deep or counts.metres_after(self.text, number.end) else None

    def _is_round(self, number: Number) -> bool:
        """Tell whether digits that may be a year are hedged as round numbers are: ``about 2000``."""
        hedged = _ROUND_BEFORE.search(self.text, max(self.start, number.start - 16), number.start)
        return hedged is not None and number.number % 50 == 0

    def _weight(self, number: Number) -> Counted | None:
        pounds = _POUNDS.match(self.text, number.end, self.end)
        if pounds is None or not (pounds["of"] or number.raw):
            return None
        return Counted("pounds", pounds.end("pounds"))

    def _may_count(self, number: Number, found: Counted) -> bool:
        """Tell whether a number with a noun is no label, name or version."""
        if not number.raw and labels.is_name(self.text, number.start, self.start):
            return False
        labelled = number.raw and number.value < 1000 and self.text[number.end : number.end + 1] != "-"
        if counts.is_common(found.unit):
            return found.unit in _MEASURED or not (
                labelled and labels.is_sure_label(self.text, number.start, self.start)
            )
        return not (labelled and labels.is_label(self.text, number.start, self.start))

    def _count(self, number: Number, counted: Counted) -> FigureReading:
        metres = number.letter == "m" and counted.unit == "metres"
        value = number.number if metres else self._plain_value(number, counted.unit) * counted.factor
        start, negative = number.start, False
        if counted.unit.startswith("degree") or counted.unit == NUMBER:
            start, negative = self._signed(number.start)
        return FigureReading(
            start, counted.end, counted.unit, -value if negative else value, noun=counted.noun
        )

    def _plain_value(self, number: Number, unit: str) -> float:
        """Return a value that is no money; what cannot be divided has no three decimals: 1.204 votes."""
        measured = unit in _MEASURED or " " in unit or unit.startswith("percent")
        thousands = number.grouped and number.factor == 1.0 and not measured
        return number.value * (1000.0 if thousands else 1.0)

    def _bare(self, number: Number) -> FigureReading | None:
        """Read a number beside no noun: how old somebody is, more of what was named before, or a count."""
        if (number.is_year and not self._is_round(number)) or number.value == 0.0:
            return None
        if number.value == 1.0 and not (
            self._listed(number, _LATER) and _GOES_ON_BEHIND.match(self.text, number.end)
        ):
            return None
        span, limits = (number.start, number.end), (self.start, self.end)
        if self._is_age(number):
            return FigureReading(*span, "years", number.value, noun="age")
        last = self._last_in_sentence(number.start)
        if last is not None and _LISTED.fullmatch(self.text, last.end, number.start):
            return self._of_last(number, last)
        if self._counts_nothing(number):
            return None
        if last is not None and self._goes_on(number, last):
            return self._of_last(number, last)
        if number.letter:
            return None
        if "." in number.raw and number.factor == 1.0 and not number.grouped:
            found = Counted(NUMBER, number.end)  # things are not counted in parts
        else:
            found = unit_of_bare(self.text, span, limits, partial(self._antecedent, number.start))
        return self._count(number, found)

    def _counts_nothing(self, number: Number) -> bool:
        small = number.value <= _LATEST and number.value == int(number.value)
        span, limits = (number.start, number.end), (self.start, self.end)
        return labels.counts_nothing(self.text, span, limits, whole=small)

    def _is_age(self, number: Number) -> bool:
        span, limits = (number.start, number.end), (self.start, self.end)
        return labels.is_age(self.text, span, limits, number.value)

    def _of_last(self, number: Number, last: FigureReading) -> FigureReading:
        """Read a number of the unit, and mostly of the scale, of the figure before it."""
        factor = last.factor if number.factor == 1.0 and last.unit in MONEY else 1.0
        return FigureReading(
            number.start, number.end, last.unit, number.value * factor, factor=number.factor * factor
        )

    def _goes_on(self, number: Number, last: FigureReading) -> bool:
        """Tell whether a number has the unit of the figure before it: "to 2.7% from 2.4"."""
        if number.factor >= 1e6 and last.unit in MONEY:
            return number.letter in ("", "m")
        if last.unit in _MEASURED and self.text[last.end : number.start] == ", ":
            return _OF_THEM.match(self.text, number.end) is not None
        cue = _GOES_BACK.fullmatch(self.text, last.end, number.start)
        if cue is None or number.letter or is_of_things(last.unit) or last.unit == NUMBER:
            return False
        change = last.unit.startswith("percent") and cue["cue"] == "to"
        if change and not FROM.search(self.text, max(self.start, last.start - 26), last.start):
            return False  # "rose 2% to 7,400"
        return "." in number.raw or cue["cue"] in ("from", "to", "against")

    def _listed(self, number: Number, between: re.Pattern[str]) -> bool:
        """Tell whether a number goes on a list of counts: ``five for it, one against``."""
        last = self._last_in_sentence(number.start)
        counted = last is not None and (last.unit == NUMBER or is_of_things(last.unit))
        return (
            counted and last is not None and between.fullmatch(self.text, last.end, number.start) is not None
        )

    def _antecedent(self, place: int, *, far: int) -> str | None:
        """Return what was counted before a place in its sentence or up to ``far`` sentences back."""
        counted = self.of_things
        if counted is None or place - counted.end > _LONGEST_SENTENCE:
            return None
        breaks = len(_SENTENCE_BETWEEN.findall(self.text, counted.end, place))
        return counted.unit if breaks <= far else None

    def _is_of_these(self, start: int) -> bool:
        """Tell whether a count is of some of what was counted before it, so that more are of the whole."""
        if self.of_things is None:
            return False
        return _OF_THESE.search(self.text, max(self.of_things.end, start - 40), start) is not None

    def _last_in_sentence(self, place: int) -> FigureReading | None:
        """Return the figure before a place, if it is in the same sentence."""
        last = self.last
        if last is None or place - last.end > _LONGEST_SENTENCE:
            return None
        return None if _SENTENCE_BETWEEN.search(self.text, last.end, place) else last


def is_of_things(unit: str) -> bool:
    """Tell whether a unit is a noun that is counted, which a bare number after it may count as well."""
    measured = (
        unit in _MEASURED or unit in MONEY or unit in counts.NAMED_UNITS or unit.startswith(("per", "degree"))
    )
    return not measured and " " not in unit and unit not in {NUMBER, "times"}
