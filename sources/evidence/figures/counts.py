"""What is counted: the noun phrase behind a number, or the words beside a bare one that stand for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.figures.number_words import UNITS_IN_WORDS, WORD_VALUES
from sources.evidence.figures.units import (
    AMBIGUOUS_NAMES,
    COMMON,
    CURRENCY_NAMES,
    FATES,
    IRREGULAR,
    JOINED_NOUNS,
    LINKS,
    MANY_MEASURES,
    MEASURES,
    METRES_AFTER,
    NOT_COUNTED,
    PLURALS,
    SINGLES,
    TIMES,
    VERBS,
    VERBS_AND_NOUNS,
    is_plural,
)

_WORD = re.compile(
    r"[ \u00a0\u202f][“”\"‘]?(?P<word>(?:U\.S\.|U\.K\.|U\.N\.|[^\W\d_][^\W\d_'’-]*)(?:[-'’][^\W\d_]+)*"
    r"(?:[²³2]|-\d+[A-Z]?)?"
    r"|\d+(?:[.,]\d+)?-?[a-z]+(?:-[a-z]+)*)(?P<owns>['’](?= [a-z]))?[”\"’]?"
)
PART_OF = re.compile(r"[ -](?:of )?an?[ -]([a-z]+)")
_GLUED = re.compile(r"([^\W\d_]+[²2]?)(?![\w²³])")
_HYPHENED = re.compile(r"-(?P<word>[^\W\d_]+)(?![^\W_])(?!-(?:and|to)-)")
_AREA = re.compile(r"[ \u00a0-](square|cubic|nautical|sq\.?|metric|light)[ -]([^\W\d_]+)", re.IGNORECASE)
_PARTS = re.compile(r"[ \u00a0-]parts?[ -]per[ -]([mbtr]+illion)\b", re.IGNORECASE)
_CAPITAL_BEHIND = re.compile(r" [A-Z][a-z]")
_DEGREES = re.compile(r"[ \u00a0]?[°º][ \u00a0]?(?P<scale>[CF])?\b|[ \u00a0]?[°º]")
SCALES = {"C": "degrees Celsius", "F": "degrees Fahrenheit"}
_SCALE_BEHIND = re.compile(r" (Celsius|Fahrenheit|[CF]\b)", re.IGNORECASE)
_RATE = re.compile(
    r"(?:/|[ -](?:per|an?|every)[ -])(?P<base>(?:square |cubic )?[a-zA-Z]+[²³]?)(?![\w/])(?! of\b)"
)
# "2,000 litres of water an hour"
_RATE_BEHIND = re.compile(r" of (?:[a-z]+ ){1,2}(?:per|an?|every|each) (?P<base>hour|minute|second)\b")
_AGE = re.compile(r"[- ](?P<unit>year|month|week|day)s?[- ](?:olds?\b|of[- ]age\b)", re.IGNORECASE)
_ODD = re.compile(r"-(?:odd|plus|strong)\b|\+(?= )")
_FURTHER = frozenset({"more", "other", "new", "additional", "extra", "fewer", "further"})
_NAME_AFTER = re.compile(r"['’&-]| (?:[A-Z]|(?:of|and) [A-Z])")
_STREET = re.compile(
    r"(?: [A-Z][\w’'-]*){0,3} (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Park|Place|Way)\b"
)
_DESIGNATED = re.compile(r" \d{1,4}[A-Z]?(?= [a-z])")  # "Falcon 9 rockets"
# "12 current or former leaders", "two small, fast boats"; not "10 overall, officials said"
_ADJECTIVES = re.compile(
    r"(?<=[a-z])(?:(?<=ed)|(?<=ing)|(?<=[eu]nt)|(?<=ous)|(?<=ive)|(?<=ic)|(?<=ful)|(?<=less)|(?<=ior)|(?<=able)"
    r"|(?<=ible)|(?<=ary)|(?<=ern)|(?<=[^t]al)|(?<=small)|(?<=large)|(?<=old)|(?<=new)|(?<=young)|(?<=wild)"
    r"|(?<=major)|(?<=former)|(?<=big))(?:,| or| and)(?= [a-z])"
)
_SAYS_BEHIND = re.compile(
    r" (?:said|says?|told|tells?|have|had|has|are|were|was|will|would|could|can|may|did)\b"
)
_MOST_WORDS = 6  # of a noun phrase

if TYPE_CHECKING:
    from collections.abc import Iterator


class Counted(NamedTuple):
    """What a number counts: its unit and where that ends, and the word that tells it, if that is no noun."""

    unit: str
    end: int
    noun: str | None = None
    factor: float = 1.0  # that the unit holds beside its own: a million tonnes in "35 MMT"


def noun_after(text: str, place: int, end: int) -> Counted | None:
    """Return the plural or measure that a number ending at ``place`` counts; None for another word."""
    age = _AGE.match(text, place, end)
    if age is not None:
        return Counted(TIMES[age["unit"].lower()], age.end(), "age")
    odd = _ODD.match(text, place, end)
    place = odd.end() if odd else place
    following = text[place : place + 2]
    if "°" in following or "º" in following:
        degrees = _DEGREES.match(text, place, end)
        return Counted(SCALES.get(degrees["scale"], "degrees"), degrees.end()) if degrees else None
    parts = _PARTS.match(text, place, end)
    if parts is not None:
        return Counted(f"parts per {parts[1].lower()}", parts.end())
    area = _AREA.match(text, place, end)
    if area is not None:
        measure = MEASURES.get(area[2].lower())
        kind = "square" if area[1].lower().startswith("sq") else area[1].lower()
        if measure is not None:
            return Counted(measure if kind == "metric" else f"{kind} {measure}", area.end())
        if kind == "light" and area[2].lower() in {"year", "years"}:
            return Counted("light-years", area.end())
    if following[:1] == "-":
        return _joined(text, place, end)
    if following and following[0] not in " \u00a0\u202f":
        return _glued(text, place, end)
    return _plural(text, place, end)


def part_of(text: str, place: int) -> Counted | None:
    """Return the measure that a fraction is a part of: ``half a mile``, ``a fifth of a milligram``."""
    match = PART_OF.match(text, place)
    word = match[1].lower() if match else ""
    unit = MEASURES.get(word) or TIMES.get(word)
    return Counted(unit, match.end()) if match and unit else None


def _glued(text: str, place: int, end: int) -> Counted | None:
    """Read a measure right behind its digits: ``12km``."""
    match = _GLUED.match(text, place, end)
    many = _many(text, match, 1)
    if many is not None:
        return many
    measure = MEASURES.get(match[1]) if match else None
    return _measured(text, measure, match.end()) if match and measure else None


def _many(text: str, match: re.Match[str] | None, group: int) -> Counted | None:
    """Read a trade unit that holds a number as well: ``35 MMT``; "3 Mt Moran" begins a name."""
    held = MANY_MEASURES.get(match[group]) if match else None
    if match is None or held is None or _CAPITAL_BEHIND.match(text, match.end(group)):
        return None
    factor, unit = held
    return Counted(unit, match.end(group), factor=factor)


def _joined(text: str, place: int, end: int) -> Counted | None:
    """Read ``a five-year contract``, ``a 40-page report``; other joined words are no counts."""
    match = _HYPHENED.match(text, place, end)
    if match is None:
        return None
    word = match["word"].lower()
    unit = TIMES.get(word) or MEASURES.get(word)
    if unit is not None:
        return Counted(unit, match.end())
    if word == "fold":
        return Counted("times", match.end())
    if word == "magnitude":
        return Counted(word, match.end())
    if word in JOINED_NOUNS:
        return Counted(IRREGULAR.get(word, f"{word}s"), match.end())
    many = text[max(0, place - 2) : place].isdigit() and word.isascii() and match["word"].islower()
    if not many or len(word) < 3 or word in NOT_COUNTED or word.endswith(("ed", "ing", "s", "ly")):
        return None
    behind = _WORD.match(text, match.end(), end)
    if behind is None or not behind["word"].islower() or behind["word"] in LINKS:
        return None
    return Counted(IRREGULAR.get(word, plural_of(word)), match.end())


def _plural(text: str, place: int, end: int) -> Counted | None:
    """Return the plural that ends a noun phrase, its describing words and names before it."""
    found: Counted | None = None
    named = False
    for turn, match in enumerate(_words(text, place, end)):
        word, small = match["word"], match["word"].lower()
        many = None if turn else _many(text, match, 1)
        if many is not None:
            return many
        if not turn and small in _FURTHER:
            continue
        if not turn and word != small and text[place - 1].isdigit() and _STREET.match(text, place, end):
            return None
        measure = MEASURES.get(word) or (MEASURES.get(small) if len(word) > 1 else None)
        if measure is not None and found is None and not named:
            return _measured(text, measure, match.end("word"))
        if small in WORD_VALUES and small != "one":
            break  # "up from 40 three years ago"
        if not turn and small in TIMES:
            return Counted(TIMES[small], match.end("word"))  # "a 12 year wait"
        verb = small in VERBS and (turn or small not in VERBS_AND_NOUNS)
        link = (small in LINKS or verb) and not (word.isupper() and len(word) > 1)  # "US", "IT"
        if link or (found is not None and small in FATES):
            break
        named = named or word != small or word[0].isdigit()
        found, goes_on = _head(text, match, turn, found)
        if not goes_on:
            break
    if (
        found is not None
        and _SAYS_BEHIND.match(text, found.end)
        and _ADJECTIVES.search(text, place, found.end)
    ):
        return None  # "rose to 10 final, officials said"
    if found is not None and any(mark.isdigit() for mark in text[place : found.end]):
        return found._replace(end=place)  # a number in it is read by itself
    return found


def _words(text: str, place: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the words that follow one another from a place on, as many as a noun phrase has at most."""
    for _ in range(_MOST_WORDS):
        match = _WORD.match(text, place, end)
        if match is None:
            return
        yield match
        place, word = match.end("word"), match["word"]
        if word[0].isupper():
            goes_on = _DESIGNATED.match(text, place, end)
        else:
            goes_on = None if is_plural(word) or word in FATES else _ADJECTIVES.match(text, place, end)
        place = goes_on.end() if goes_on else place


def _head(text: str, match: re.Match[str], turn: int, found: Counted | None) -> tuple[Counted | None, bool]:
    """Return the head of a noun phrase with one more word, and whether the phrase goes on behind it."""
    word, small, place = match["word"], match["word"].lower(), match.end("word")
    if word != small:
        if found is not None or not _is_capital_plural(text, place, word, turn):
            return found, found is None
        return Counted(word, place), not (word[:-1].isupper() or small in PLURALS)
    if word[0].isdigit():
        return found, True
    if not is_plural(small) or (match["owns"] and small.removesuffix("s") not in TIMES):
        return found, found is None
    if not may_be_counted(small) or (found is not None and small in TIMES.values()):
        return found, False
    return Counted(small, place), True


def one_after(text: str, place: int, end: int, *, listed: bool) -> Counted | None:
    """Return what a "one" counts: ``one person``, ``one MTA worker``, ``one loss and four draws``.

    ``listed`` tells that another count is right before it, so that "one" is a number as well.
    """
    for turn in range(_MOST_WORDS):
        match = _WORD.match(text, place, end)
        if match is None:
            return None
        small, place = match["word"].lower(), match.end("word")
        if small in LINKS or small in VERBS or is_plural(small):
            return None
        if small in SINGLES and _WORD_BEHIND.match(text, place, end) is None:
            return Counted(IRREGULAR.get(small, plural_of(small)), place)
        if not turn and small == match["word"] and (listed or _AND_MANY.match(text, place, end)):
            return Counted("people", place, small) if small in FATES else Counted(plural_of(small), place)
    return None


# "one person familiar with the matter", "one official said", "one man's dream" count nobody
_AND_MANY = re.compile(rf"(?:,| and) (?:\d|(?:{'|'.join(UNITS_IN_WORDS[2:])})\b)")
_WORD_BEHIND = re.compile(
    r"['’-]|,? (?:who |familiar|close to|said|says|told|tells|wrote|added|asked|put it|briefed"
    r"|with knowledge)"
)


def plural_of(word: str) -> str:
    """Return the plural of an English noun in small letters."""
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _measured(text: str, measure: str, place: int) -> Counted:
    """Return a measure with what it is told by: ``kilometres per hour``, ``milligrams per litre``."""
    if measure == "degrees":
        scale = _SCALE_BEHIND.match(text, place)
        return Counted(SCALES[scale[1][0].upper()], scale.end()) if scale else Counted(measure, place)
    rate = _RATE.match(text, place)
    if rate is None:
        beyond = _RATE_BEHIND.match(text, place)
        return Counted(f"{measure} per {beyond['base']}" if beyond else measure, place)
    written = rate["base"]
    base = _BASES.get(written) or MEASURES.get(written) or MEASURES.get(written.lower())
    base = base or (TIMES.get(written.lower()) if written.lower() in {"second", "minute", "hour"} else None)
    return Counted(f"{measure} per {singular_of(base)}", rate.end()) if base else Counted(measure, place)


_BASES = {"h": "hours", "hr": "hours", "s": "seconds", "sec": "seconds", "min": "minutes", "dL": "decilitres",
          "dl": "decilitres", "L": "litres", "l": "litres"}  # fmt: skip


def singular_of(unit: str) -> str:
    """Return the singular of a measure."""
    return {"feet": "foot", "inches": "inch", "centuries": "century"}.get(unit, unit.removesuffix("s"))


def _is_capital_plural(text: str, place: int, word: str, turn: int) -> bool:
    """Tell whether a word with a capital is counted: ``17 EVMs``, ``12 Democrats``, not "4 Oaks Street"."""
    if len(word) > 2 and word[:-1].isupper() and word.endswith("s"):
        return True
    if turn > 1 or len(word) < 5 or not word[1:].islower() or not is_plural(word.lower()):
        return False
    return _NAME_AFTER.match(text, place) is None and text[place : place + 1] != ":"


def may_be_counted(small: str) -> bool:
    """Tell whether a plural is no currency, share or time: these are read as what they are."""
    bare = small.removesuffix("s")
    return bare not in AMBIGUOUS_NAMES and bare not in CURRENCY_NAMES and bare != "cent"


def is_common(unit: str) -> bool:
    """Tell whether a unit is counted so often that no label before its number is thinkable."""
    return unit in COMMON


def metres_after(text: str, place: int) -> bool:
    """Tell whether ``m`` behind a number means metres: something deep, high or raced follows."""
    match = _WORD.match(text, place)
    return match is not None and match["word"].lower() in METRES_AFTER


# A number that is named before it, and one that is held against another.

_NAMED = re.compile(
    r"(?:\b(?P<name>hazard ratio|odds ratio|risk ratio|rate ratio|relative risk|magnitude|pH|BMI"
    r"|body mass index|index|score|rating|ratio|average|mean|median|R number)\b|\b(?P<short>[HOR]R|[pP])\b)"
    r"(?:-value)?[ ,]{0,2}(?:\([A-Z]{2,4}\)[ ,]?)?"
    r"(?:(?:for|from|in) [a-z -]{1,40} )?"
    r"(?:(?:of|was|is|at|to|stood at|rose to|fell to|slipped to|came to|[:=<>≤≥]) ?)?$"
)
_SHORT_NAMES = {
    "HR": "hazard ratio",
    "OR": "odds ratio",
    "RR": "relative risk",
    "P": "p-value",
    "p": "p-value",
}
NAMED_UNITS = frozenset({"magnitude", "pH", *_SHORT_NAMES.values(), "risk ratio", "rate ratio", "BMI",
                         "body mass index", "index", "score", "rating", "ratio", "average", "mean", "median",
                         "R number"})  # fmt: skip
_PER_MANY = re.compile(
    r" (?:per|for every|in every|out of every) "
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+ ?000|100|million|thousand)(?: (?P<noun>[a-z-]+))?"
)
_FACTOR = re.compile(r"\bfactor of (?:about |at least |roughly |up to )?$")
_NAMED_REACH = 80


def named_before(text: str, start: int, stop: int, floor: int) -> Counted | None:
    """Return the quantity named before a number: ``a hazard ratio of 0.82``, ``p = 0.03``."""
    named = _NAMED.search(text, max(floor, start - _NAMED_REACH), start)
    if named is None:
        factor = _FACTOR.search(text, max(floor, start - _NAMED_REACH), start)
        return Counted("times", stop) if factor else None
    decimal = "." in text[start:stop]
    unit = named["name"] or _SHORT_NAMES[named["short"]]
    return Counted(unit, stop) if decimal or unit == "magnitude" else None


def rate_after(text: str, place: int, end: int) -> Counted | None:
    """Return the whole that a number is held against: ``12 per 100,000 people``."""
    rate = _PER_MANY.match(text, place, end)
    if rate is None:
        return None
    noun = rate["noun"] if rate["noun"] and is_plural(rate["noun"]) else None
    stop = rate.end("noun") if noun else rate.end("whole")
    return Counted(f"per {rate['whole'].replace(' ', ',')}{f' {noun}' if noun else ''}", stop)
