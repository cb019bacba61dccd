"""What is counted: the noun phrase behind a number, or the words beside a bare one that stand for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.evidence.figures.units import (
    AMBIGUOUS_NAMES,
    COMMON,
    CURRENCY_NAMES,
    FATES,
    HARMS,
    IRREGULAR,
    JOINED_NOUNS,
    LINKS,
    MEASURES,
    METRES_AFTER,
    PLURALS,
    TIMES,
    VERBS,
    words,
)

_WORD = re.compile(r"[ \u00a0\u202f]([^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*[²³2]?)")
_GLUED = re.compile(r"([^\W\d_]+[²2]?)(?:/(h)\b)?(?![\w²³])")
_HYPHENED = re.compile(r"-([^\W\d_]+)(?![^\W_])(?!-olds?\b| olds?\b|-(?:and|to)-)")
_AREA = re.compile(r"[ \u00a0-](square|cubic|nautical|sq\.?|metric|light)[ -]([^\W\d_]+)", re.IGNORECASE)
_DEGREES = re.compile(r" ?° ?(?:[CF]\b)?")
_PER_HOUR = re.compile(r" (?:per|an) hour\b|/h\b")
_FURTHER = frozenset({"more", "other", "new", "additional", "extra", "fewer", "further", "others"})
_OLD = re.compile(r"[ -]olds?\b| of age\b")
_NAME_AFTER = re.compile(r"['’&-]| [A-Z]")
_MOST_WORDS = 4  # of a noun phrase


class Counted(NamedTuple):
    """What a number counts: the unit, where it ends, and the word that tells it, where that is no noun."""

    unit: str
    end: int
    noun: str | None = None


def noun_after(text: str, place: int, end: int) -> Counted | None:
    """Return the plural or measure that a number ending at ``place`` counts; None for another word."""
    following = text[place : place + 2]
    if "°" in following:
        degrees = _DEGREES.match(text, place, end)
        return Counted("degrees", degrees.end()) if degrees else None
    if following[:1] == "-":
        return _joined(text, place, end)
    if following and following[0] not in " \u00a0\u202f":
        return _glued(text, place, end)
    area = _AREA.match(text, place, end)
    if area is not None:
        measure = MEASURES.get(area[2].lower())
        kind = "square" if area[1].lower().startswith("sq") else area[1].lower()
        if measure is not None:
            return Counted(measure if kind == "metric" else f"{kind} {measure}", area.end())
    return _plural(text, place, end)


def _glued(text: str, place: int, end: int) -> Counted | None:
    """Read a measure right behind its digits: ``12km``."""
    match = _GLUED.match(text, place, end)
    measure = MEASURES.get(match[1]) if match else None
    if match is None or measure is None:
        return None
    return Counted(f"{measure} per hour" if match[2] else measure, match.end())


def _joined(text: str, place: int, end: int) -> Counted | None:
    """Read ``a five-year contract``, ``a 40-page report``; other joined words are no counts."""
    match = _HYPHENED.match(text, place, end)
    if match is None:
        return None
    word = match[1].lower()
    unit = TIMES.get(word) or MEASURES.get(word)
    if unit is None and word in JOINED_NOUNS:
        unit = IRREGULAR.get(word, f"{word}s")
    return Counted(unit, match.end()) if unit else None


def _plural(text: str, place: int, end: int) -> Counted | None:
    """Return the plural that ends a noun phrase, at most three describing words before it."""
    for turn in range(_MOST_WORDS):
        match = _WORD.match(text, place, end)
        if match is None:
            return None
        word, small = match[1], match[1].lower()
        place = match.end()
        if small in _FURTHER and not turn:
            continue
        measure = MEASURES.get(word) or (MEASURES.get(small) if word != small else None)
        if measure is not None:
            return _measured(text, measure, place)
        if small in LINKS or small in VERBS:
            return None
        if word != small:
            return Counted(word, place) if _is_capital_plural(text, place, word, turn) else None
        if is_plural(small):
            counted = may_be_counted(small) and not _OLD.match(text, place, end)
            return Counted(small, place) if counted else None
    return None


def _measured(text: str, measure: str, place: int) -> Counted:
    hour = _PER_HOUR.match(text, place) if measure in {"miles", "kilometres", "metres"} else None
    return Counted(f"{measure} per hour", hour.end()) if hour else Counted(measure, place)


def _is_capital_plural(text: str, place: int, word: str, turn: int) -> bool:
    """Tell whether a word with a capital is counted: ``17 EVMs``, ``12 Democrats``, not "4 Oaks Street"."""
    if len(word) > 2 and word[:-1].isupper() and word.endswith("s"):
        return True
    if turn or len(word) < 5 or not word[1:].islower() or not is_plural(word.lower()):
        return False
    return _NAME_AFTER.match(text, place) is None


def is_plural(small: str) -> bool:
    """Tell whether a word in small letters is a plural."""
    return small in PLURALS or (
        len(small) > 3
        and small[-1] == "s"
        and not small.endswith(("ss", "us", "is", "ous", "'s", "’s", "s'", "s’"))
    )


def may_be_counted(small: str) -> bool:
    """Tell whether a plural is no currency, share or time: these are read as what they are."""
    bare = small.removesuffix("s")
    return (
        bare not in AMBIGUOUS_NAMES and bare not in CURRENCY_NAMES and bare not in {"cent", "point", "time"}
    )


def is_common(unit: str) -> bool:
    """Tell whether a unit is counted so often that no label before its number is thinkable."""
    return unit in COMMON


def metres_after(text: str, place: int) -> bool:
    """Tell whether ``m`` behind a number means metres: something deep, high or raced follows."""
    match = _WORD.match(text, place)
    return match is not None and match[1].lower() in METRES_AFTER


# A bare number: what it counts is told by the words beside it.

_HEDGES = (
    r"(?:(?:at least|more than|fewer than|less than|about|around|nearly|almost|over|some|up to|just|only"
    r"|roughly|approximately|as many as|an? estimated|another|a further|the other|no fewer than|under|above"
    r"|past) ){0,2}"
)
_FATE_AFTER = re.compile(
    r"(?: of (?:them|whom|those))?"
    r"(?: (?:have|has|had|were|was|are|is|be|remain|remained|been|being|still|also|now|reported|reportedly"
    r"|confirmed|feared|left|more|others|other|critically|seriously|badly|slightly|gravely|severely|already"
    r"|listed as|declared|believed|presumed|found|who|would|could|may))*"
    r" ([a-z]+)\b(?! (?:bodies|people|men|women|children)\b)"
)
_HARM_BEFORE = re.compile(rf"\b({'|'.join(sorted(HARMS))}) {_HEDGES}$", re.IGNORECASE)
_LEADS_TO = (
    r"(?:to|at|as|of|is|was|reached|reaches|reach|hits?|passed|passes|topped|tops|exceeded|exceeds|surpassed"
    r"|past|above|beyond|now)"
)
_TOLL_BEFORE = re.compile(
    r"\b(?P<noun>toll|tally|majority|margin|lead|total|figure|number|count)\b(?! (?:one|two|three)\b)"
    rf"(?P<said>[^.;:\n\d]{{0,80}}?)\b{_LEADS_TO} {_HEDGES}$",
    re.IGNORECASE,
)
_LOOKING_BACK = re.compile(
    rf"\b(?:(?:up|down) from|from|against|than|versus|with|another|a further|further|had|held|holds|has"
    rf"|counted|carried|carries|took|takes|contained|contains|put it at) {_HEDGES}$",
    re.IGNORECASE,
)
_CUE_BEFORE = re.compile(
    rf"\b(?:{'|'.join(sorted(HARMS))}|{_LEADS_TO}|from|against|than|versus|with|had|held|holds|has"
    r"|counted|carried|carries|took|takes|contained|contains|another|further|least|about|around"
    r"|nearly|almost|over|some|just|only|roughly|approximately|many as|estimated|other|fewer than|under) $",
    re.IGNORECASE,
)
_CUE_REACH = 16
_MORE = re.compile(r" (?:more|others)\b(?! than)")
_OF_GROUP = re.compile(
    r" of (?:(?:the|its|their|our|his|her|those|these) )?(?:[\w’'-]+(?:['’]s|s['’]) )?"
    r"(?:(?:more than |about )?[\d,]+ )?([a-z-]+)(?: ([a-z-]+))?(?: ([a-z-]+))?"
)
_ENDS_HERE = re.compile(
    r"[.,;:)!?”\"’…–—]|\s*$|\s*\n| (?:of|in|on|at|to|by|for|from|with|and|or|but|as|so|after|before|since"
    r"|when|while|who|which|that|last|this|yesterday|today|it|he|she|they)\b"
)
_COUNTS_OF_NOUN = frozenset({"figure", "number", "total", "count", "lead"})
_TOLL_REACH, _PREFIX_REACH = 110, 60


def beside_bare(
    text: str, span: tuple[int, int], limits: tuple[int, int], antecedent: str | None
) -> Counted | None:
    """Return what a number without a noun counts, told by the words beside it.

    ``antecedent`` is the unit of the count before it in its sentence.
    """
    (start, stop), (floor, end) = span, limits
    if text[stop : stop + 1] == "-":
        return None
    led = _CUE_BEFORE.search(text, max(floor, start - _CUE_REACH), start) is not None
    fate = _FATE_AFTER.match(text, stop, end)
    if fate is not None:
        if fate[1] in FATES:
            return Counted("people", stop if " " in fate[0].strip() else fate.end(), fate[1])
        if antecedent and led and fate[1].endswith("ed") and _looks_back(text, start, floor):
            return Counted(antecedent, stop)
    if _MORE.match(text, stop, end):
        return _harm(text, start, stop, floor) or (Counted(antecedent, stop) if antecedent else None)
    if led:
        found = (
            _harm(text, start, stop, floor) or _of_group(text, stop, end) or _toll(text, start, stop, floor)
        )
        if found is not None or antecedent is None or _ENDS_HERE.match(text, stop, end) is None:
            return found
        return Counted(antecedent, stop) if _looks_back(text, start, floor) else None
    return _of_group(text, stop, end)


def _harm(text: str, start: int, stop: int, floor: int) -> Counted | None:
    """Read ``killing 58``."""
    harm = _HARM_BEFORE.search(text, max(floor, start - _PREFIX_REACH), start)
    return Counted("people", stop, harm[1].lower()) if harm else None


def _of_group(text: str, stop: int, end: int) -> Counted | None:
    """Read ``118 of the assembly's 230 seats`` and ``12 of its members``."""
    group = _OF_GROUP.match(text, stop, end) if text.startswith(" of ", stop) else None
    for word in group.groups(default="") if group else ():
        if not word or word in LINKS or word in VERBS:
            return None
        if is_plural(word):
            return Counted(word, stop) if may_be_counted(word) else None
    return None


def _toll(text: str, start: int, stop: int, floor: int) -> Counted | None:
    """Read ``the toll climbed to 41``, ``the number of cases is 2,300``."""
    toll = _TOLL_BEFORE.search(text, max(floor, start - _TOLL_REACH), start)
    if toll is None:
        return None
    noun, said = toll["noun"].lower(), toll["said"].lower().split()
    if said[:1] == ["of"] and noun in _COUNTS_OF_NOUN:
        for word in said[1:4]:
            if word in FATES or is_plural(word):
                return Counted("people" if word in FATES else word, stop, word)
    if noun in {"number", "total", "lead"} and not said:
        return None
    return Counted("people" if noun == "toll" else noun, stop, noun)


def _looks_back(text: str, start: int, floor: int) -> bool:
    """Tell whether a number is held against one before it: ``up from 28``, ``another 12``."""
    return _LOOKING_BACK.search(text, max(floor, start - _PREFIX_REACH), start) is not None


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


def are_pounds_money(text: str, span: tuple[int, int], value: float, *, scaled: bool, sterling: bool) -> bool:
    """Tell whether pounds at ``span`` are money: where a sign, a word of paying or the size proves it."""
    start, stop = span
    stuff = _OF_STUFF.match(text, stop)
    if stuff is not None and stuff["stuff"] not in _MONEY_STUFF:
        return False
    if _WEIGHT_BESIDE.search(text, max(0, start - 50), start):
        return False
    return sterling or (scaled and value >= 1e6) or _PAID.search(text, max(0, start - 90), start) is not None
