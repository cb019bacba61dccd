"""Money and shares: the sign before a number, and the currency, per cent or points behind it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.figures.numbers import Number, NumberReader, is_latin
from sources.evidence.figures.tokens import LETTERS, Token, TokenKind
from sources.evidence.figures.units import (
    AMBIGUOUS_NAMES,
    CODES,
    CURRENCY_NAMES,
    CURRENCY_OF_PEOPLE,
    PERCENT_PHRASES,
    PERCENT_WORDS,
    POINT_LETTERS,
    POINT_PHRASES,
    SHORT_NAMES,
    SIGNS,
    SMALL_CHANGE,
    words,
)

if TYPE_CHECKING:
    from sources.evidence.figures import FigureReading

_SURELY_MONEY = 100_000.0  # of a unit that is a verb or plain word as well
_MINUS = re.compile(r"(?:(?<![\w)])[-−]|\bminus )$", re.IGNORECASE)
_PLUS = re.compile(r"(?<![\w)])\+$")
_SIGN_PREFIX = re.compile(r"(?<![^\W_])(?:US|AU|CA|NZ|HK|NT|CN|RMB|A|C|S|R)$")
_FOLLOWING = re.compile(rf"(?P<gap>[ \u00a0\u202f\u2009-]?)(?P<word>[{LETTERS}]+|[$€£¥₹₩₽₺₪₫₴₱₦฿%])")
_NAMES = "|".join(sorted(CURRENCY_NAMES, key=len, reverse=True))
_PEOPLES = "|".join(map(re.escape, sorted(CURRENCY_OF_PEOPLE, key=len, reverse=True)))
_PHRASE = re.compile(
    rf"[ \u00a0-]?(?:(?P<percent>{'|'.join(PERCENT_PHRASES)})(?!\w)"
    rf"|(?:of )?(?:a )?(?P<point>{'|'.join(POINT_PHRASES).replace(' ', '[ -]')})s?\b"
    r"|of an? (?P<half>percent|per cent)\b"
    rf"|a (?P<of>percent|per cent)\b"
    rf"|(?:(?P<people>{_PEOPLES}) |(?:d[ei] |d['’] ?))?(?P<name>{_NAMES})s?\b)",
    re.IGNORECASE,
)
_PHRASE_HEADS = frozenset(
    [phrase.split()[0] for phrase in (*PERCENT_PHRASES, *POINT_PHRASES)]
    + [people.split()[0].split(".")[0] for people in CURRENCY_OF_PEOPLE]
    + ["of", "a", "de", "di", "d", "u"]
)
_VIDEO = frozenset((240.0, 360.0, 480.0, 720.0, 1080.0, 1440.0, 2160.0))  # lines of a picture: 1080p
_STERLING = re.compile(r"£|\bpence\b|\bsterling\b|\bGBP\b")
_RAND = re.compile(r"\b(?:rand|ZAR|R\d{1,3},\d{3})\b")
_OPINION = re.compile(r"\b(?:my|your|his|her|its|our|their) $", re.IGNORECASE)
_GIVE_OR_TAKE = re.compile(r"(?:±|\+/[-–−]|\bplus or)(?: minus)? ?$")


class Unit(NamedTuple):
    """The unit behind a number, what one of it is in the unit that is given, and where it ends."""

    unit: str
    factor: float
    end: int


class MoneyReader(NumberReader):
    """Reads the numbers of one stretch of a text with the currencies and shares beside them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, start, end)
        self.floor = start  # where what was read ends
        self.last: FigureReading | None = None

    @cached_property
    def _sterling(self) -> bool:
        return _STERLING.search(self.text) is not None

    @cached_property
    def _rand(self) -> bool:
        return _RAND.search(self.text) is not None

    def _sign_at(self, token: Token) -> tuple[int, str]:
        """Return where the currency's sign of a token begins, and the sign, empty where it is none."""
        start, sign = token.start, token.word
        if not sign[0].isalpha():
            prefix = _SIGN_PREFIX.search(self.text, max(self.floor, start - 3), start)
            if prefix is not None and prefix.group() + sign in SIGNS:
                return prefix.start(), prefix.group() + sign
        elif start > self.start and (self.text[start - 1].isalnum() or self.text[start - 1] in "_&"):
            return start, ""
        return start, sign

    def _number_of_sign(self, place: int, sign: str) -> Number | None:
        """Return the number that stands behind a currency's sign or code, if one does."""
        token, following = self.tokens[place], self.token(place + 1)
        if following is None or following.kind not in (TokenKind.DIGITS, TokenKind.FRACTION):
            return None
        gap = self.text[token.end : following.start]
        stopped = sign in SHORT_NAMES and gap.startswith(".") and sign != "R"
        if gap not in ("", " ", "\u00a0", ".") and not (stopped and gap in (".", ". ", ".\u00a0")):
            return None
        number = self.number(place + 1, of_money=True)
        if number is None or is_latin(self.text[number.end : number.end + 1]):
            return None
        if sign == "R" and (gap or (number.factor < 1e3 and "," not in number.raw and not self._rand)):
            return None  # a road, a model
        return number

    def _money_value(self, number: Number) -> float:
        """Return the value of an amount of money, in which three digits behind a point are thousands."""
        if (
            number.grouped
            and number.factor == 1.0
            and (number.raw.endswith("000") or self._decimal_mark is None)
        ):
            return number.value * 1000.0
        return number.value

    def _signed(self, start: int) -> tuple[int, bool]:
        """Return where a number begins with its sign, and whether it is negative."""
        before = self.text[start - 1 : start]
        if before == " " and self.text[start - 2 : start - 1] not in ("s", "S"):
            return start, False
        if before not in (" ", "-", "−", "+"):
            return start, False
        minus = _MINUS.search(self.text, max(self.start, start - 7), start)
        if minus is not None and _GIVE_OR_TAKE.search(self.text, max(self.start, start - 16), start):
            return start, False
        if minus is not None and minus.start() >= self.floor and not (self.floor == start - 1 and self.last):
            return minus.start(), True
        plus = _PLUS.search(self.text, max(self.start, start - 2), start)
        return (plus.start(), False) if plus is not None else (start, False)

    def _unit_after(self, number: Number) -> Unit | None:
        """Return the currency, or kind of share, that stands behind a number."""
        match = _FOLLOWING.match(self.text, number.end, self.end)
        if match is None:
            return None
        word, small, end = match["word"], match["word"].lower(), match.end()
        if small in PERCENT_WORDS:
            return Unit("percent", 1.0, end)
        bare = small.removesuffix("s")
        if bare in SMALL_CHANGE:
            return self._small_change(number, SMALL_CHANGE[bare], end)
        if small in CURRENCY_NAMES or bare in CURRENCY_NAMES or small in _PHRASE_HEADS:
            return self._unit_phrase(number)
        return self._unit_sign(number, word, end, glued=not match["gap"]) if number.raw else None

    def _unit_sign(self, number: Number, word: str, end: int, *, glued: bool) -> Unit | None:
        """Read a sign, code or letter behind digits: ``3,50 €``, ``250 USD``, ``25bp``, ``31p``."""
        if word in SIGNS:
            return None if self.text[end : end + 1].isdigit() else Unit(SIGNS[word], 1.0, end)
        if word in CODES or word in {"kr", "Kr"}:
            return Unit(SHORT_NAMES.get(word, word), 1.0, end)
        if word.lower() in POINT_LETTERS:
            return Unit("percentage points", POINT_LETTERS[word.lower()], end)
        pence = word == "p" and glued and self._sterling and number.value not in _VIDEO
        return Unit("GBP", 0.01, end) if pence else None

    def _small_change(self, number: Number, unit: str, end: int) -> Unit | None:
        if number.value == 2.0 and _OPINION.search(
            self.text, max(self.start, number.start - 8), number.start
        ):
            return None
        return Unit(unit, 0.01, end)

    def _unit_phrase(self, number: Number) -> Unit | None:
        """Read a unit of several words: ``per cent``, ``basis points``, ``Swiss francs``, ``de dólares``."""
        match = _PHRASE.match(self.text, number.end, self.end)
        if match is None:
            return None
        if match["percent"]:
            return Unit("percent", 1.0, match.end())
        if match["half"] or match["of"]:
            return Unit("percent", 1.0, match.end()) if number.number < 1.0 else None
        if match["point"]:
            return Unit(
                "percentage points", POINT_PHRASES[match["point"].lower().replace("-", " ")], match.end()
            )
        name, end = match["name"].lower(), match.end()
        if self.text.startswith(" sterling", end):
            return Unit("GBP", 1.0, end + 9)
        if match["people"]:
            return Unit(CURRENCY_OF_PEOPLE[match["people"].lower()], 1.0, end)
        return Unit(CURRENCY_NAMES[name], 1.0, end) if self._is_money(number, name, end) else None

    def _is_money(self, number: Number, name: str, end: int) -> bool:
        """Tell whether a name that is a weight or a plain word too means a currency here."""
        if name == "pound":
            span = number.start, end
            return _are_pounds_money(
                self.text, span, number.value, scaled=number.factor > 1.0, sterling=self._sterling
            )
        plural = self.text[end - 1] == "s"
        if name in {"sole", "libra"}:
            return plural and (number.factor > 1.0 or number.value >= 100.0)
        least = 1000.0 if name in {"rand", "lira", "dong"} else _SURELY_MONEY
        return name not in AMBIGUOUS_NAMES or number.factor > 1.0 or number.value >= least


# Pounds: money or a weight.

_OF_STUFF = re.compile(r" of (?P<stuff>[a-z-]+)")
_MONEY_STUFF = words("money-stuff")
_WEIGHT_BESIDE = re.compile(
    r"\b(?:weigh\w*|lose|lost|gain\w*|shed|thrust|heav\w+|lift\w*|carr\w+|payloads?|force|pressure)\b"
    r"[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:cost\w*|pay(?:s|ing|ments?)?|paid|price\w*|fine[ds]?|worth|spen[dt]\w*|earn\w*|salar\w+|fees?"
    r"|ow(?:e|es|ed|ing)|s[oe]lls?|sold|charg\w+|rais\w+|bills?|budget\w*|debts?|revenues?|profits?|sales"
    r"|loss(?:es)?|bought|buy\w*|stole\w*|rent\w*|won|win|award\w+|grant\w*|funds?|funding|valued?|invest\w*"
    r"|wages?|share[sd]?|donat\w+|loans?)\b[^.;\n]{0,60}$",
    re.IGNORECASE,
)


def _are_pounds_money(
    text: str, span: tuple[int, int], value: float, *, scaled: bool, sterling: bool
) -> bool:
    """Tell whether pounds at ``span`` are money: where a sign, a word of paying or the size proves it."""
    start, stop = span
    stuff = _OF_STUFF.match(text, stop)
    if stuff is not None and stuff["stuff"] not in _MONEY_STUFF:
        return False
    if _WEIGHT_BESIDE.search(text, max(0, start - 50), start):
        return False
    return sterling or (scaled and value >= 1e6) or _PAID.search(text, max(0, start - 90), start) is not None
