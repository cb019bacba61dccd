"""Numbers: reads one number at a token, in digits or in words, with its scale words and fractions.

    number = (digits [fraction] | words | half | parts) scale* ["and a half"]

Digits take the separators that the text uses: which mark it writes before decimals is told by those of its
numbers that can be read in one way only.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from sources.evidence.figures.counts import part_of
from sources.evidence.figures.number_words import (
    COMMA_SCALES,
    LETTERS_OF_SCALE,
    LOOKS_GROUPED,
    WITH_STOP,
    decimal_mark,
    read_digits,
)
from sources.evidence.figures.tokens import Token, TokenKind, find_tokens
from sources.evidence.figures.units import LINKS

_WORD_GAPS = frozenset((" ", "-", " and ", "-and-"))
_SPACES = " \u00a0\u202f\u2009"
_ARTICLE_BEFORE = re.compile(r"\b(?:an?|(?P<half>half)(?: an?|-)?|a half) ?$", re.IGNORECASE)
_AND_A_PART = re.compile(r"[ -]and[ -]a[ -](?P<part>half|quarter)\b", re.IGNORECASE)
_OF_A = re.compile(r"[ -](?:of )?an?[ -]|[ -]")
_OF_PERCENT = re.compile(r" (?:of )?an? per(?:cent|centage point| cent)", re.IGNORECASE)
_MIXED = re.compile(rf"[{_SPACES}-](\d)/(\d{{1,2}})(?![\d/])")
_FRACTION = re.compile(r"(\d)/(\d{1,2})(?![\d/])")
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32))
_AFTER_STOP = re.compile(r"\.[ \u00a0](?=[a-z€$£]|Euro|Dollar|Franken|EUR|CHF|USD|Kronen)")
_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?")
_GROUPED_BY_COMMA = re.compile(r"\d,\d{3}(?!\d)")
_MONEY_SCALES = frozenset({"cr", "lac", "lacs", "md"})  # words of other meanings beside any other number
_THOUSAND_IN_SPANISH = re.compile(r" (?:millones|milhões|de |personas|pessoas|euros|dólares|pesos|reais)")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.&’'-]*) $")
_LABELS = frozenset(
    ["page", "room", "line", "flight", "route", "no", "nos", "day", "bus", "number", "chapter"]
)
_NO_LABELS = LINKS | frozenset(["around", "nearly", "almost", "roughly", "approximately"])


class Number(NamedTuple):
    """A number at ``start`` to ``end``; ``after`` is the token behind it.

    ``letter`` is the scale letter glued to its digits ("5m"), ``grouped`` tells that a point in it may well
    part thousands ("12.000"), ``raw`` is the text of its digits, empty for words.
    """

    start: int
    end: int
    number: float
    factor: float
    after: int
    raw: str = ""
    letter: str = ""
    grouped: bool = False

    @property
    def value(self) -> float:
        """Return the number in single units."""
        return self.number * self.factor

    @property
    def is_year(self) -> bool:
        """Tell whether the digits may be those of a year: "1 500" is written apart, as no year is."""
        together = len(self.raw) == 4 and self.raw.isdigit() and self.end - self.start == len(self.raw)
        return together and self.factor == 1.0 and 1500 <= self.number <= 2100


def is_latin(character: str) -> bool:
    """Tell whether a character goes on a word or number of a script that parts words by spaces."""
    return character.isalnum() and character < "\u0250"


class NumberReader:
    """Reads the numbers of one stretch of a text, token by token."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.tokens = find_tokens(text, start, end)

    @cached_property
    def _decimal_mark(self) -> str | None:
        return decimal_mark(self.text)

    @cached_property
    def _groups_by_comma(self) -> bool:
        return _GROUPED_BY_COMMA.search(self.text) is not None

    def token(self, place: int) -> Token | None:
        """Return a token by its number, None behind the last."""
        return self.tokens[place] if place < len(self.tokens) else None

    def number(self, place: int, *, of_money: bool = False) -> Number | None:
        """Read the number that begins at a token; ``of_money`` where a currency stands before it."""
        token = self.tokens[place]
        if token.kind in (TokenKind.DIGITS, TokenKind.FRACTION):
            found = self._digits(place)
            return self._scaled(found, of_money=of_money) if found else None
        return self._words(place)

    # Digits

    def _digits(self, place: int) -> Number | None:
        token = self.tokens[place]
        if token.kind is TokenKind.FRACTION:
            return Number(token.start, token.end, token.value, 1.0, place + 1, token.word)
        end, after, raw = token.end, place + 1, token.word
        following = self.token(after)
        adjoining = following is not None and following.start - end <= 1
        if adjoining and self.text[end] == "/":
            return self._fraction(place)
        if adjoining and raw.isdigit() and len(raw) <= 3 and raw[0] != "0":
            groups = self._groups(place)
            after += len(groups)
            end = groups[-1].end if groups else end
            raw += "".join(group.word for group in groups)
        value = read_digits(raw)
        if self._is_after_point(token):
            return Number(token.start - 1, end, float(f"0.{raw}"), 1.0, after, raw) if raw.isdigit() else None
        if value is None:
            return None
        grouped = raw[-4:-3] == "." and LOOKS_GROUPED.fullmatch(raw) is not None
        if grouped and self._decimal_mark == ",":
            value, grouped = value * 1000.0, False
        number = Number(token.start, end, value, 1.0, after, raw, "", grouped)
        return self._with_fraction(number)

    def _is_after_point(self, token: Token) -> bool:
        """Tell whether only a point stands before digits, as in ``.25``."""
        place = token.start - 1
        if place < self.start or self.text[place] != ".":
            return False
        return place == self.start or self.text[place - 1] in f"{_SPACES}$€£¥₹"

    def _groups(self, place: int) -> list[Token]:
        """Return the groups of three digits that go on a number written with spaces."""
        found: list[Token] = []
        gaps = ""
        end = self.tokens[place].end
        while (token := self.token(place + 1 + len(found))) is not None and token.kind is TokenKind.DIGITS:
            gap = self.text[end : token.start]
            if len(gap) != 1 or gap not in _SPACES:
                break
            if _GROUP.fullmatch(token.word) is None:
                break
            found.append(token)
            gaps += gap
            end = token.end
            if not token.word.isdigit():
                break
        if len(found) == 1 and gaps == " " and not self._plain_space_groups(self.tokens[place], found[0]):
            return []
        return found

    def _plain_space_groups(self, first: Token, group: Token) -> bool:
        """Tell whether a lone plain space parts thousands, and not two numbers."""
        before = _WORD_BEFORE.search(self.text, max(self.start, first.start - 24), first.start)
        if before is not None:
            small = before[1].lower().rstrip(".")
            if small in _LABELS or (before[1][0].isupper() and small not in _NO_LABELS):
                return False
        return group.word.startswith("000") or not self._groups_by_comma

    def _fraction(self, place: int) -> Number | None:
        """Read ``1/2``, but neither a date nor ``24/7``."""
        token = self.tokens[place]
        match = _FRACTION.match(self.text, token.start, self.end)
        if match is None or not 0 < int(match[1]) < int(match[2]) or int(match[2]) not in _DENOMINATORS:
            return None
        return Number(token.start, match.end(), int(match[1]) / int(match[2]), 1.0, place + 2, match[0])

    def _with_fraction(self, number: Number) -> Number:
        """Add the fraction behind whole digits: ``2 1/2``, ``6¼``, ``2 and a half``."""
        if not number.raw.isdigit():
            return number
        following = self.token(number.after)
        if following is not None and following.kind is TokenKind.FRACTION:
            if self.text[number.end : following.start] in ("", *_SPACES):
                return number._replace(
                    number=number.number + following.value, end=following.end, after=number.after + 1
                )
            return number
        mixed = _MIXED.match(self.text, number.end, self.end) if following is not None else None
        if mixed and 0 < int(mixed[1]) < int(mixed[2]) and int(mixed[2]) in _DENOMINATORS:
            part = int(mixed[1]) / int(mixed[2])
            return number._replace(number=number.number + part, end=mixed.end(), after=number.after + 2)
        return self._and_a_part(number)

    def _and_a_part(self, number: Number) -> Number:
        """Add ``and a half`` to a number before or behind its scale word."""
        match = None
        if self.text.startswith(("and", "AND"), number.end + 1):
            match = _AND_A_PART.match(self.text, number.end, self.end)
        if match is None:
            return number
        part = 0.5 if match["part"].lower() == "half" else 0.25
        after = number.after
        while (token := self.token(after)) is not None and token.start < match.end():
            after += 1
        return number._replace(number=number.number + part, end=match.end(), after=after)

    def _scaled(self, number: Number, *, of_money: bool) -> Number:
        """Multiply a number by the scale words behind it."""
        scaled = number
        while (token := self.token(scaled.after)) is not None and token.kind is TokenKind.SCALE:
            if not self._is_scale(scaled, token, of_money=of_money):
                break
            small = token.word.lower()
            value = scaled.number
            looks = LOOKS_GROUPED.fullmatch(scaled.raw)
            if looks and scaled.factor == 1.0 and small in COMMA_SCALES:
                value = number.number * 1000.0 if looks[1] == "." and scaled.grouped else value
                value = value / 1000.0 if looks[1] == "," else value
            stop = _AFTER_STOP.match(self.text, token.end, self.end) if small in WITH_STOP else None
            end = token.end + 1 if stop else token.end
            glued = token.start == scaled.end and len(small) == 1
            scaled = scaled._replace(
                number=value, factor=scaled.factor * token.value, end=end, after=scaled.after + 1,
                letter=small if glued else scaled.letter, grouped=False,
            )  # fmt: skip
        return self._and_a_part(scaled) if scaled.factor > 1.0 else scaled

    def _is_scale(self, number: Number, token: Token, *, of_money: bool) -> bool:
        gap, small = self.text[number.end : token.start], token.word.lower()
        if gap not in ("", "-", *_SPACES) or number.letter:
            return False
        following = self.text[token.end : token.end + 1]
        if small == "mil":
            return _THOUSAND_IN_SPANISH.match(self.text, token.end, self.end) is not None
        if small in _MONEY_SCALES or (small == "mm" and not gap):
            return of_money or following == "€"
        if small in LETTERS_OF_SCALE:
            if following.isalnum():
                return False
            return not gap or (
                token.word.isupper() and token.word in {"M", "MM", "B"} and (of_money or following in "€$")
            )
        return len(small) > 2 or not gap or token.word.islower()

    # Words

    def _words(self, place: int) -> Number | None:
        token = self.tokens[place]
        if token.kind is TokenKind.PART:
            return self._parts(1.0, token.start, place)
        if token.kind in (TokenKind.SCALE, TokenKind.DOZEN):
            return self._after_article(place)
        if token.kind is not TokenKind.WORD:
            return None
        before = self.text[token.start - 1 : token.start] if token.start > self.start else ""
        if before and (is_latin(before) or before in "_'’-"):
            return None
        following = self.token(place + 1)
        beside = following is not None and following.start - token.end == 1
        if beside and following is not None and following.kind is TokenKind.PART and following.value > 2:
            found = self._parts(token.value, token.start, place + 1)
            if found is not None:
                return found
        return self._sum_of_words(place, token.start, 0.0)

    def _after_article(self, place: int) -> Number | None:
        """Read ``a hundred``, ``half a million`` and ``a dozen`` at their second word."""
        token = self.tokens[place]
        if token.kind is TokenKind.SCALE and len(token.word) < 4:
            return None
        before = _ARTICLE_BEFORE.search(self.text, max(self.start, token.start - 10), token.start)
        if before is None or (token.kind is TokenKind.DOZEN and token.value > 12.0):
            return None  # "a score" is a result
        found = self._sum_of_words(place, before.start(), 1.0)
        return found._replace(number=found.number / 2) if found and before["half"] else found

    def _parts(self, number: float, start: int, place: int) -> Number | None:
        """Read ``half a million``, ``three quarters of a billion`` and ``a quarter of a million``."""
        part, following = self.tokens[place], self.token(place + 1)
        if _OF_PERCENT.match(self.text, part.end, self.end) or part_of(self.text, part.end):
            return Number(start, part.end, number / part.value, 1.0, place + 1)
        if following is None or following.kind not in (TokenKind.SCALE, TokenKind.DOZEN):
            return None
        gap = _OF_A.match(self.text, part.end, following.start)
        if gap is None or gap.end() != following.start or len(following.word) < 4:
            return None
        if " of " not in gap[0] and part.value > 2:
            return None
        if number == 1.0 and part.value > 2 and start == part.start:
            article = _ARTICLE_BEFORE.search(self.text, max(self.start, start - 10), start)
            if article is None:
                return None
            start = article.start()
        share = number / part.value
        return Number(start, following.end, share, following.value, place + 2)

    def _sum_of_words(self, place: int, start: int, group: float) -> Number | None:
        """Add and multiply words: ``four hundred and twenty thousand``, ``two dozen``."""
        words, end, first = _Sum(group), start, True
        while (token := self.token(place)) is not None:
            gap = "" if first else self.text[end : token.start].lower()
            if not first and gap not in _WORD_GAPS:
                break
            if not words.take(token, joined="and" in gap):
                break
            end, place, first = token.end, place + 1, False
            if (
                not words.scaled
                and self.text.startswith("and", end + 1)
                and _AND_A_PART.match(self.text, end, self.end)
            ):
                number = Number(start, end, words.value, 1.0, place)
                return self._scaled(self._and_a_part(number), of_money=False)
        if first:
            return None
        if words.total and not words.group:
            return self._and_a_part(Number(start, end, words.total / words.last, words.last, place))
        return Number(start, end, words.value, 1.0, place)


class _Sum:
    """Number words added up: ``group`` is what is below the next scale word, ``last`` the scale before."""

    def __init__(self, group: float) -> None:
        self.total, self.group, self.last = 0.0, group, float("inf")
        self.scaled = False  # the last word was a scale word or hundred

    @property
    def value(self) -> float:
        """Return what the words come to."""
        return self.total + self.group

    def take(self, token: Token, *, joined: bool) -> bool:
        """Add a word, which "and" joins to those before; tell whether it belongs to their number."""
        if token.kind is TokenKind.WORD:
            below = self.group % 100
            fits = token.value > 0 or not self.group
            if below:
                fits = 0 < token.value < 10 and below >= 20 and not below % 10
            if not fits or (joined and not (self.scaled and not below)):
                return False
            self.group += token.value
            self.scaled = False
            return True
        if joined or len(token.word) < 4:
            return False
        if token.kind is TokenKind.DOZEN:
            return self._multiply(token.value)
        return token.kind is TokenKind.SCALE and self._scale(token.value)

    def _multiply(self, factor: float) -> bool:
        fits = 0 < self.group < 100 and (factor != 20.0 or self.group < 10)
        self.group *= factor if fits else 1.0
        self.scaled = False
        return fits

    def _scale(self, factor: float) -> bool:
        if factor == 100.0:
            fits = 0 < self.group < 100
            self.group *= 100.0 if fits else 1.0
        elif self.group:
            fits = factor < self.last
            if fits:
                self.total += self.group * factor
                self.group, self.last = 0.0, factor
        else:
            fits = self.scaled and self.total > 0
            self.total *= factor if fits else 1.0  # lakh crore
        self.scaled = fits
        return fits
