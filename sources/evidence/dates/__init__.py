"""Dates: absolute and relative ones, resolved against the day on which their source was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from datetime import date

    from sources.evidence.dates.calendar import Days

__all__ = ["DateMention", "Precision"]


NO_SOURCE_DATE = "the source has no date"
NO_SUCH_DAY = "there is no such day"
TWO_READINGS = "which number is the month is not said"
VAGUE = "it is too vague"
OTHER_EVENT = "it counts from another event"


class Precision(StrEnum):
    """How much time a date takes up as it was said."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"  # anything else with two ends, or with one
    OPEN = "open"  # nothing can be said


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: ``text`` is what stands at ``start`` to ``end``.

    ``first`` and ``last`` are the ISO 8601 days between which it lies, both included; one of them is None
    where that end is open ("over a year ago"), both where nothing can be said, and then ``open_because`` says
    why. ``relative`` tells whether the source's own date was needed.
    """

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    precision: Precision
    relative: bool
    open_because: str | None = None

    @property
    def resolved(self) -> bool:
        """Tell whether at least one end is known."""
        return self.first is not None or self.last is not None


# A text while its dates are read: its limits, and the day it was published.

# The verbs of a clause as far as they tell when it is: the last before a date says whether that is to come.
_IRREGULAR = "|".join(sorted(word for word in words("clause-words.txt", "verbs") if not word.endswith("s")))
_BETWEEN = (
    r"(?: (?:not|also|then|only|soon|either|never|still|again|now|even|both|be|been|being|to|[a-z]+ly))*"
)
_WILL = r"(?:\b(?:will|won['’]t|would|shall|could|may|might|should|must)\b|['’]ll\b)"
_AHEAD = (
    r"\b(?:due|scheduled|deadline|(?:set|slated|poised|likely|bound|ready|about|in line) (?:to|for)"
    r"|(?:plan(?:s|ned)?|wants?|needs?|intends?|hop(?:es?|ed)|prepar(?:es?|ing)) (?:to|for)"
    r"|expect(?:s|ed)?|going to|(?:is|are) to|takes? effect|comes? into (?:force|effect)"
    r"|(?:begin|start|open|reopen|close|end|resume|return|expire|sail|arrive|leave|convene|meet|retire)s"
    r"|(?:who|which|that|[Ii]t|[Ss]?[Hh]e|[Tt]he [a-z]+)"
    r" (?:vote|turn|play|face|launche|premiere|run|go|host|mark|travel)s"
    r"|(?<=[a-z]s )(?:begin|start|open|reopen|close|resume|return|meet|vote|expire|sail|arrive|leave))\b"
)
_REGULAR = (  # "shuttered agencies" is no verb
    r"[a-z]{2,}ed(?=[^\w\s]| ?$| [^a-z]| [a-z]+ly\b"
    r"| (?:an?|the|to|by|in|on|at|for|from|with|of|that|its|his|her|their|and|or|as|it|him|them|after|before"
    r"|into|over|up|down|out|off|no|all|more|about|against|when|how|while|during|through|this|last|early|late|some)\b)"
)
_PAST_VERB = (
    rf"\b(?:was|were|had|said|says?|told|wrote|sent|ran|(?:has|have) (?:been|[a-z]+(?:ed|en))|{_IRREGULAR}"
    rf"|{_REGULAR}|after [a-z]+ing)\b"
)
_VERBS = re.compile(
    rf"(?P<perhaps>{_WILL}{_BETWEEN} have\b)|(?P<ahead>(?:{_WILL}|{_AHEAD}){_BETWEEN}(?: [a-z]+)?)"
    rf"|(?P<over>{_PAST_VERB})|(?P<perhaps_over>\b[a-z]{{2,}}ed\b)"
    r"|(?P<clause>\b(?:it|he|she|they|we|who|which|when|since|after|while|than|but)\b)"
)
_UNTIL = re.compile(
    r"\b(?:until|till|by|before|(?<!day )through) (?:the |(?:the )?(?:end|middle|start) of )?$", re.IGNORECASE
)
_RECENTLY = re.compile(r"\bas (?:recently|early|long ago) as $|\bsince $", re.IGNORECASE)
_FIRST_IN_SENTENCE = re.compile(
    r"[^\w]*(?:(?:[OoIi]n|By|From|[Ll]ate|[Ee]arly|At|Until|Before|Through|of|the (?:end|start|middle)) )*"
)
_PAST_RIGHT_BEFORE = re.compile(
    rf"(?:{_PAST_VERB}|\bsince\b)"
    r"(?: (?!to\b|will\b|would\b|that\b|until\b|by\b|before\b|for\b)[\w’'-]+){0,4} (?:on |in )?$"
)
SENTENCE_END = re.compile(r"(?:(?<![ap]\.m)(?<!\b[A-Z])\.|[!?;:])(?=\s)|\n")
_LOOK_BACK = 120


@dataclass(frozen=True, slots=True)
class DateContext:
    """The stretch ``floor`` to ``end`` of ``text``, its day of publication, if known, and the date before."""

    text: str
    floor: int
    end: int
    published: date | None
    last: DateMention | None = None

    def back(self, place: int, reach: int = 32) -> int:
        """Return how far back from ``place`` a pattern may look."""
        return max(self.floor, place - reach)

    def is_to_come(self, place: int) -> bool:
        """Tell whether the verb before ``place``, or after it where it heads a sentence, is of the future."""
        begin = self.back(place, _LOOK_BACK)
        if _RECENTLY.search(self.text, self.back(place), place):
            return False
        for stop in SENTENCE_END.finditer(self.text, begin, place):
            begin = stop.end()
        tense = None
        for verb in _VERBS.finditer(self.text, begin, place):
            if verb.lastgroup != "perhaps_over":
                tense = None if verb.lastgroup == "clause" else verb.lastgroup
        if tense is None and _FIRST_IN_SENTENCE.fullmatch(self.text, begin, place):
            end = SENTENCE_END.search(self.text, place, self.end)
            verbs = _VERBS.finditer(self.text, place, end.start() if end else self.end)
            tense = next((verb.lastgroup for verb in verbs if verb.lastgroup != "clause"), None)
        if tense is None:
            return _UNTIL.search(self.text, self.back(place), place) is not None
        return tense == "ahead"

    def is_over(self, place: int) -> bool:
        """Tell whether a verb right before ``place`` says that something has happened: ``was held on``."""
        return _PAST_RIGHT_BEFORE.search(self.text, self.back(place, _LOOK_BACK), place) is not None

    def mention(
        self, start: int, end: int, days: Days, precision: Precision, *, relative: bool
    ) -> DateMention:
        """Return a date that was resolved, or left open where it lies beyond the calendar."""
        if days.first is None and days.last is None:
            return self.unresolved(start, end, VAGUE, relative=relative)
        first, last = (None if day is None else day.isoformat() for day in days)
        return DateMention(start, end, self.text[start:end], first, last, precision, relative)

    def unresolved(
        self, start: int, end: int, why: str = NO_SOURCE_DATE, *, relative: bool = True
    ) -> DateMention:
        """Return a date of which nothing can be said, and why."""
        return DateMention(start, end, self.text[start:end], None, None, Precision.OPEN, relative, why)
