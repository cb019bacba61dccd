"""Labels: the reasons for which a number beside no noun counts nothing, as it names or dates something."""

from __future__ import annotations

import re

from sources.evidence.figures.units import LINKS, is_plural, words

_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_LABEL = rf"(?:\b(?i:{'|'.join(sorted(words('labels')))})|\b{_MONTHS})\.? (?:\d+ to )?$"
_SURE_LABEL = re.compile(_LABEL)
_NAME_BEFORE = re.compile(rf"\b(?!{_DAYS} )(?P<name>[A-ZÀ-Þ][\w.&’'-]*) $")
_BEGINS = re.compile(r"(?:^|[.!?:;”“\"\n]) ?$")
_OWNS = ("'s", "’s", "'", "’")
_NO_NAMES = LINKS | {"around", "nearly", "almost", "roughly", "approximately", "another", "barely", "exactly"}
_REACH = 24  # code points before a number in which its label is

_GOES_ON = re.compile(
    r"-(?!plus\b|odd\b)|[/:'’_@#]|[^\W\d_]|\(\w|\.\d| \d|\.? ?[ap]\.?m\b| (?:o['’]clock|GMT|hrs)\b"
    rf"|(?: of)? {_MONTHS}\b|,? (?:and|or|to) \d\d? {_MONTHS}\b"
)
_NO_DIGITS = re.compile(r"0\d|\d{7}(?!\d*\.\d)")  # a telephone, an account
_IN_ANOTHER = re.compile(r"(?:[\w)]-|=[\"'“])$")
_OF_A_NAME = re.compile(r" [A-Z]")  # behind digits: "10 Mill Lane"
_IN_YEARS = re.compile(r"1[0-4]\d\d")  # later ones are told by themselves
_OF_MANY_THINGS = re.compile(r" of\b")
_EARLY_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Yy]ear|AD|from) $")
_COUNTER = re.compile(r"[.)](?:\s|$)|[ \t]*(?:\n|$)")
_LINE_BEGINS = re.compile(r"(?:^|\n)[ \t]*[(*•-]?[ \t]*$")
_RANK_OR_CLOCK = re.compile(
    r"(?:\d |\btop |\bby the |\bGroup of |\b(?:[Oo]ne|an? [a-z]+|year|month|week|day|hour) or "
    r"|(?<!stood )(?<!stands )(?<!put )(?<!puts )(?<!remain )(?<!remained )(?<!set )(?<!is )(?<!was )"
    r"\b(?P<clock>[Aa]t|until|till) )$"
)
_PLACE_BEFORE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|[Aa]t) (?:[A-ZÀ-Þ][\w’'-]* ){1,3}$")
_COUNTER_BEFORE = re.compile(r"\b\d+ of $")  # "Picture 3 of 9"
_OF_MANY = re.compile(r" of (?:(?:the|its|his|their) )?\d")
_SMALL_BEFORE = re.compile(r"(?:^|[\s“\"(])[a-z][a-z’'-]* $")

_PERSONS = "|".join(sorted(words("persons")))
_AGED = re.compile(
    r"\b(?:[Aa]ge[sd]?(?: of| between| from)?|(?:who|[Hh]e|[Ss]he|I)(?:[’'][sm]| is| was| am)(?: about)?"
    rf"|turn(?:s|ed|ing)?|(?:young|old|eld)est(?: is| was|,)?|(?:{_PERSONS}) of"
    r"|\b(?:those|children|people|adults|everyone|anyone) (?:under|over|above|below))"
    r"(?: only| just| now| about)? $"
)
_AND_OLDER = re.compile(r" (?:and|or) (?:older|younger|over|under|above|up)\b(?! \w+ [a-z])")
_AFTER_COMMA = re.compile(r"(?P<who>[^\W\d_][\w’'.-]*),? $")
_BEFORE_COMMA = re.compile(r"[,.;)]| and | or |$")
_OLDEST, _GROWN = 120.0, 10.0


def is_label(text: str, start: int, floor: int, *, anywhere: bool = False) -> bool:
    """Tell whether a word that numbers things or a name is right before a number: ``page 9``, "Apollo 9".

    A word that begins a sentence is taken for a name only with ``anywhere``.
    """
    if is_sure_label(text, start, floor):
        return True
    named = _NAME_BEFORE.search(text, max(floor, start - _REACH), start)
    if named is None or named["name"].lower() in _NO_NAMES or named["name"].endswith(_OWNS):
        return False
    return anywhere or _BEGINS.search(text, max(floor, named.start() - 2), named.start()) is None


def is_sure_label(text: str, start: int, floor: int) -> bool:
    """Tell whether a word that numbers things is right before a number."""
    return _SURE_LABEL.search(text, max(floor, start - _REACH), start) is not None


def counts_nothing(text: str, span: tuple[int, int], limits: tuple[int, int], *, whole: bool) -> bool:
    """Tell whether a number beside no noun is a label, an hour, a day, a rank or a part of something longer.

    ``whole`` tells that it is a small whole number, as hours and ranks are.
    """
    (start, stop), (floor, end) = span, limits
    if _GOES_ON.match(text, stop, end) or _IN_ANOTHER.search(text, max(floor, start - 2), start):
        return True
    counter = _COUNTER_BEFORE.search(text, max(floor, start - _REACH), start)
    if is_label(text, counter.start() if counter else start, floor, anywhere=True):
        in_place = _PLACE_BEFORE.search(text, max(floor, start - 2 * _REACH), start)
        return in_place is None or _OF_MANY.match(text, stop, end) is None
    if not text[start].isdigit():
        if is_name(text, start, floor):
            return True
    elif _NO_DIGITS.match(text, start, end) or _OF_A_NAME.match(text, stop, end):
        return True
    if _LINE_BEGINS.search(text, max(floor, start - 4), start) and _COUNTER.match(text, stop, end):
        return True
    if _IN_YEARS.fullmatch(text, start, stop) and _EARLY_YEAR.search(text, max(floor, start - 8), start):
        return _OF_MANY_THINGS.match(text, stop, end) is None
    ranked = _RANK_OR_CLOCK.search(text, max(floor, start - _REACH), start)
    return ranked is not None and (whole or ranked["clock"] is None)


def is_name(text: str, start: int, floor: int) -> bool:
    """Tell whether a number word is a name or begins one: ``Channel Four``.

    "Seven News reporters" at the begin of a sentence is told by "Seven News" in the middle of another.
    """
    if not text[start].isupper() or text[start + 1].isupper():
        return False
    if _SMALL_BEFORE.search(text, max(floor, start - _REACH), start):
        return True
    named = _NAME.match(text, start)
    return named is not None and re.search(rf"[a-z,] {re.escape(named[0])}\b", text) is not None


_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][\w’'-]+")


def is_age(text: str, span: tuple[int, int], limits: tuple[int, int], value: float) -> bool:
    """Tell whether a number is how old somebody is: ``aged 31``, ``Ada Moss, 31, said``."""
    (start, stop), (floor, end) = span, limits
    if value > _OLDEST or value != int(value):
        return False
    if _AGED.search(text, max(floor, start - _REACH), start) and text[stop : stop + 1] != "-":
        return True
    if _AND_OLDER.match(text, stop, end):
        return True
    if text[start - 2 : start] != ", " or not text[start].isdigit():
        return False
    whose = _AFTER_COMMA.search(text, max(floor, start - _REACH), start)
    if (
        whose is None
        or is_sure_label(text, start, floor)
        or (whose["who"].islower() and is_plural(whose["who"]))
    ):
        return False
    enclosed = text[stop : stop + 2] == ", " and value >= _GROWN
    return enclosed or (whose["who"][0].isupper() and _BEFORE_COMMA.match(text, stop, end) is not None)
