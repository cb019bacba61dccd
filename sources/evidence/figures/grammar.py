"""The grammar of figures: numbers with their units, ranges of them, and shares in words.

    figure  = money | share | counted
    money   = sign range | range name-of-currency
    share   = range "percent" | part "of" whole | number "in" number
    counted = range (measure | noun | words beside it)
    range   = number [("to" | "-" | "or" | "and" after "between") number]

Each form is tried at the token that a number or sign begins with; what was read is never read again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.figures import NUMBER, FigureReading, counts, labels
from sources.evidence.figures.counting import FROM, CountReader, is_of_things
from sources.evidence.figures.money import Unit
from sources.evidence.figures.numbers import Number, is_latin
from sources.evidence.figures.shares import share_at, vague_at
from sources.evidence.figures.tokens import Token, TokenKind
from sources.evidence.figures.units import (
    CODES,
    MONEY,
    SHORT_NAMES,
    SIGNS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOIN = re.compile(r"(?P<dash>-to-| ?[-–—] ?)| (?P<word>to|and|or|bis|und|à|et|y|till) ", re.IGNORECASE)
_ALL_JOINS = frozenset((" to ", "-", "–", "—", " - ", " – ", " — ", " and "))
_BETWEEN = re.compile(r"\b(?:between|entre|zwischen) (?:an? |about |around |some )?[$€£¥₹]?$", re.IGNORECASE)
_MOVING = re.compile(
    r"\b(?:r[oi]se[sn]?|rising|f[ae]ll(?:s|en|ing)?|gr[eo]w\w*|increas\w+|decreas\w+|declin\w+|dropp?\w*|jump\w*"
    r"|climb\w*|soar\w*|slid\w*|slipp?\w*|slow\w*|sank|s[iu]nk\w*|plung\w+|surg\w+|went|go(?:es|ing|ne)?|up|down"
    r"|cut\w*|rais\w+|lift\w*|lower\w*|reduc\w+|doubl\w+|tripl\w+|shr[aiu]nk\w*|chang\w+|mov\w+|revis\w+|widen\w*"
    r"|narrow\w*|expand\w*|swell\w*|swung|swing\w*|recover\w*|rebound\w*|tumbl\w+|improv\w+|edg\w+|push\w*|brought"
    r"|bring\w*|took|taken|balloon\w*|quadrupl\w+|halv\w+|upgrad\w+|boost\w*|correct\w*|updat\w+)\b",
    re.IGNORECASE,
)
_BEFORE_NUMBER = frozenset("_,:/#&’'.+%$€£¥₹)")

_ERROR = re.compile(r"(?: ?(?:±|\+/[-–−]) ?| plus or minus |,? give or take (?:about )?)")
_VOTED = re.compile(
    r"\b(?:vot(?:ed?|es|ing)|ruled|ruling|verdict|majority|decision|passed|approved|rejected|backed|split|motion"
    r"|failed by|tally|overr[io]de|acquitted|convicted)\b[^.;\n\d]{0,40}$",
    re.IGNORECASE,
)
_A_VOTE = re.compile(r"[ -](?:vote|ruling|verdict|majority|decision)\b")
_STOPPED = re.compile(
    r"(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d(?:\.\d+)?)(?![\d:]| ?(?:[ap]\.?m\b|[A-Z]{2,4}\b))"
)
_AT = re.compile(r"(?:\b(?:at|by|until|till|[AP]M)|[T\d\[(]) ?$")


class FigureReader(CountReader):
    """Reads the figures of one stretch of a text; with ``counting`` also counts and durations."""

    def __init__(self, text: str, start: int, end: int, *, counting: bool) -> None:
        super().__init__(text, start, end)
        self.counting = counting

    def readings(self) -> Iterator[FigureReading]:
        """Yield the figures of the stretch, in order."""
        place = 0
        waiting: list[FigureReading] = []
        while place < len(self.tokens):
            if self.tokens[place].start < self.floor:
                place += 1
                continue
            found, place = self._at(place)
            if not found:
                continue
            self.floor, self.last = max(found[-1].end, self.floor), found[-1]
            if is_of_things(self.last.unit) and not self._is_of_these(self.last.start):
                self.of_things = self.last
            merged = self._merged(waiting[-1], found[0]) if waiting and len(found) == 1 else None
            if merged is not None:
                waiting, self.last = merged, merged[-1]
                continue
            yield from waiting
            waiting = found
        yield from waiting

    def _at(self, place: int) -> tuple[list[FigureReading], int]:
        """Read what begins at a token; return it with the token to go on with."""
        token = self.tokens[place]
        if token.kind is TokenKind.CURRENCY:
            return self._after_sign(place)
        if token.kind is TokenKind.VAGUE:
            vague = vague_at(self.text, token, (self.start, self.end), counting=self.counting)
            return list(vague), place + 1
        if token.kind in (TokenKind.WORD, TokenKind.DIGITS, TokenKind.PART):
            share = share_at(self.text, token, self.start, self.end)
            if share is not None:
                return [share], place + 1
        if token.kind is TokenKind.FOLD:
            return [
                FigureReading(token.start, token.end, "times", token.value)
            ] if self.counting else [], place + 1
        if self._is_glued(token):
            return [], place + 1
        if self.counting and (clock := self._stopped(token)) is not None:
            return [clock], place + 1
        first = self.number(place)
        if first is None:
            return [], place + 1
        second = self._second(first)
        found = self._with_error(first) or (self._range(first, second) if second is not None else [])
        return found or self._single(first), first.after

    def _is_glued(self, token: Token) -> bool:
        """Tell whether a token goes on what stands before it: ``X200``, ``GPT-4``, ``3:15``."""
        if token.start == self.start:
            return False
        before = self.text[token.start - 1]
        if before in "%$€£¥₹)" and token.start == self.floor:
            return False
        if before in "-−–—":
            earlier = self.text[max(self.start, token.start - 2) : token.start - 1]
            return bool(earlier) and (earlier.isalnum() or earlier in ")%") and token.start - 1 != self.floor
        if before == "." and token.kind is TokenKind.DIGITS:
            return self.text[max(self.start, token.start - 2) : token.start - 1] not in ("", " ", "(", "\n")
        if before == "+" and token.kind is TokenKind.DIGITS:
            return False
        return is_latin(before) or before in _BEFORE_NUMBER

    def _stopped(self, token: Token) -> FigureReading | None:
        """Read a time that was stopped, ``2:21:34``, not the time of day."""
        found = _STOPPED.match(self.text, token.start, self.end)
        if found is None or _AT.search(self.text, max(self.start, token.start - 8), token.start):
            return None
        value = float(found["h"]) * 3600 + float(found["m"]) * 60 + float(found["s"])
        return FigureReading(found.start(), found.end(), "seconds", value)

    # Money whose sign stands before its number

    def _after_sign(self, place: int) -> tuple[list[FigureReading], int]:
        token = self.tokens[place]
        start, sign = self._sign_at(token)
        if not sign:
            return [], place + 1
        number = self._number_of_sign(place, sign)
        if number is None:
            return [], place + 1
        unit = SIGNS.get(sign) or (sign if sign in CODES else SHORT_NAMES[sign])
        start, negative = self._signed(start)
        value = self._money_value(number)
        single = FigureReading(start, number.end, unit, -value if negative else value, factor=number.factor)
        second = self._second(number, of_money=True)
        if (
            second is None
            or (second.join == "to" and second.number.factor == 1.0)
            or not second.ends_amount(self.text)
        ):
            return [single], number.after
        low, high = single, FigureReading(
            second.number.start, second.number.end, unit, self._money_value(second.number),
            factor=second.number.factor,
        )  # fmt: skip
        return self._pair(low, high, number.number, second.join) or [single], second.number.after

    # Two numbers

    def _second(self, first: Number, *, of_money: bool = False) -> _Second | None:
        """Return the number that is joined to a first one."""
        join = _JOIN.match(self.text, first.end, self.end)
        following = self.token(first.after)
        if join is None or following is None:
            return None
        word = (join["word"] or "-").lower()
        if following.start != join.end():
            article = following.kind in (TokenKind.SCALE, TokenKind.PART)
            if not article or following.start - join.end() > 2:
                return None
        number = self.number(first.after, of_money=of_money)
        return _Second(number, word) if number is not None else None

    def _range(self, first: Number, second: _Second) -> list[FigureReading]:
        """Read two joined numbers that share the unit behind the second."""
        unit = self._unit_after(second.number)
        if unit is None and self.counting and not first.is_year:
            votes = self._votes(first, second, named=True)
            if votes:
                return votes
            counted = self._counted(second.number)
            if counted is not None:
                unit = Unit(counted.unit, counted.factor, counted.end)
            else:
                unit = self._unit_of_bare_range(first, second)
        if unit is None:
            return self._votes(first, second) if self.counting else []
        money = unit.unit in MONEY
        start, negative = self._signed(first.start)
        if unit.unit not in MONEY and not unit.unit.startswith("percent"):
            start, negative = first.start, False
        values = [
            self._money_value(each) if money else self._plain_value(each, unit.unit)
            for each in (first, second.number)
        ]
        low = FigureReading(
            start,
            first.end,
            unit.unit,
            (-values[0] if negative else values[0]) * unit.factor,
            factor=first.factor,
        )
        high = FigureReading(
            second.number.start, unit.end, unit.unit, values[1] * unit.factor, factor=second.number.factor
        )
        if self._is_of_other(low, unit.unit):
            return []
        pair = self._pair(low, high, first.number, second.join)
        return pair or ([low, high] if self._share_noun(first, second) else [])

    def _share_noun(self, first: Number, second: _Second) -> bool:
        """Tell whether two numbers that are no range have one noun: ``20 and 50 years``."""
        alike = bool(first.raw) == bool(second.number.raw) and first.value > 1.0 and not first.is_year
        alike = alike and ("." in first.raw) == ("." in second.number.raw)
        return second.join == "and" and alike and not self._counts_nothing(first)

    def _with_error(self, first: Number) -> list[FigureReading]:
        """Read a value with its error: ``5.2 ± 0.4 per cent``."""
        sign, following = _ERROR.match(self.text, first.end, self.end), self.token(first.after)
        if sign is None or following is None or following.start != sign.end():
            return []
        error = self.number(first.after)
        found = self._single(error) if error is not None else []
        if error is None or not found or found[0].unit == NUMBER:
            return []
        factor = abs(found[0].value) / error.number if error.number else 1.0
        value, off = first.number * factor, error.number * factor
        return [replace(found[0], start=first.start, value=value, low=value - off, high=value + off)]

    def _unit_of_bare_range(self, first: Number, second: _Second) -> Unit | None:
        """Return what two joined numbers count where no noun is behind them: ``aged 16 to 18``."""
        if self._is_age(first):
            return Unit("years", 1.0, second.number.end)
        if second.join in ("-", "and") or self._told(first):
            return None
        bare = self._bare(second.number)
        return Unit(bare.unit, 1.0, bare.end) if bare is not None else None

    def _told(self, first: Number) -> bool:
        """Tell whether a number is the first of those who voted for and against."""
        return _VOTED.search(self.text, max(self.start, first.start - 64), first.start) is not None

    def _votes(self, first: Number, second: _Second, *, named: bool = False) -> list[FigureReading]:
        """Read ``voted 52 to 48`` and ``a 5-4 ruling`` as one figure, of the first number."""
        told = _A_VOTE.match(self.text, second.number.end, self.end) if named else self._told(first)
        if second.join not in ("-", "to") or not told or first.number != int(first.number):
            return []
        return [FigureReading(first.start, second.number.end, "votes", first.value)]

    def _is_of_other(self, low: FigureReading, unit: str) -> bool:
        """Tell whether the number of a range belongs to a label."""
        if unit in MONEY or unit.startswith("percent") or counts.is_common(unit):
            return False
        return labels.is_label(self.text, low.start, self.start)

    def _pair(self, low: FigureReading, high: FigureReading, bare: float, join: str) -> list[FigureReading]:
        """Make one range of two amounts, or leave the two that a change leads from and to."""
        if low.factor == 1.0 and high.factor > 1.0 and 0 <= bare < high.value / high.factor:
            low = replace(low, value=low.value * high.factor, factor=high.factor)
        if self._changes(low.start):
            return [low, high]
        between = join == "and" or join in {"und", "et", "y"}
        if between and not _BETWEEN.search(self.text, max(self.start, low.start - 24), low.start):
            return []
        if not low.value < high.value or (low.value < 0 and join == "-"):
            return []
        return [FigureReading(low.start, high.end, high.unit, low.value, low.value, high.value)]

    def _changes(self, start: int) -> bool:
        """Tell whether ``from`` before an amount speaks of a change, not of a range."""
        found = FROM.search(self.text, max(self.start, start - 26), start)
        return (
            found is not None
            and _MOVING.search(self.text, max(self.start, start - 64), found.start()) is not None
        )

    def _merged(self, left: FigureReading, right: FigureReading) -> list[FigureReading] | None:
        """Return what two neighbouring amounts with a unit each make up together, None when nothing."""
        if left.unit != right.unit or left.low is not None or right.low is not None:
            return None
        gap = self.text[left.end : right.start]
        if gap not in _ALL_JOINS:
            return None
        return self._pair(left, right, left.value / left.factor, gap.strip()) or None

    # One number

    def _single(self, number: Number) -> list[FigureReading]:
        unit = self._unit_after(number)
        if unit is not None:
            value = self._money_value(number) if unit.unit in MONEY else number.value
            start, negative = self._signed(number.start)
            if not number.raw:
                start = start if negative else number.start
            return [
                FigureReading(
                    start, unit.end, unit.unit, (-value if negative else value) * unit.factor,
                    factor=number.factor * unit.factor,
                )
            ]  # fmt: skip
        if not self.counting:
            return []
        counted = self._counted(number)
        if counted is not None:
            return [self._count(number, counted)]
        bare = self._bare(number)
        return [bare] if bare is not None else []


class _Second(NamedTuple):
    """The second of two joined numbers, and the word or dash that joins them."""

    number: Number
    join: str

    def ends_amount(self, text: str) -> bool:
        """Tell whether the number is the end of a range behind a sign: no unit of its own follows."""
        following = text[self.number.end : self.number.end + 9].lstrip(" \u00a0")
        if following[:1] in ("%", "$", "€", "£") or following.startswith(("percent", "per cent")):
            return False
        return not is_latin(text[self.number.end : self.number.end + 1])
