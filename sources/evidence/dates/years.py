"""Dates that name years: a year, a range of years, a decade or a century."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.dates import Precision
from sources.evidence.dates.calendar import (
    MOVED_BEFORE,
    PART_BEFORE,
    YEAR,
    part_of_year,
    year_of,
)
from sources.evidence.word_lists import function_words, words

if TYPE_CHECKING:
    from sources.evidence.dates import DateContext, DateMention

_RANGE = re.compile(
    rf"(?P<first>{YEAR})(?:(?: ?[-–] ?| to | and | until | through )(?P<last>{YEAR})"
    r"|[-–/](?P<short>\d\d)(?![\w-]))"
)
_YEAR = re.compile(rf"{YEAR}(?![-–/]\w)")
_OLD_YEAR = re.compile(r"1[0-4]\d\d(?=[ ,.;)])(?![.,]\d)")
_OLD_BEFORE = re.compile(
    r"\b(?:(?:in|since|until|circa)(?: the year| about| around)?|dat(?:es?|ed|ing) (?:from|to)"
    r"|(?:born|buried|burial|built|carved|died|erected|founded|made|minted|painted|struck|written)"
    r" (?:in )?(?:about|around|circa)) $",
    re.IGNORECASE,
)
_OLD_YEARS = re.compile(r"(?P<first>1[0-4]\d\d)(?: and |[-–])(?P<last>1[0-4]\d\d)(?=[,.;)]|$)")
_OLD_YEARS_BEFORE = re.compile(r"\b(?:was|were|is|are) [a-z]+ between $")
_OLD_BEHIND = re.compile(r"[,.;)]| (?:(?P<small>[a-z]+)\b|[^\w\s])")
_DECADE = re.compile(r"(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b")
_SHORT_DECADE = re.compile(r"(?P<decade>\d0)s\b")
_SHORT_DECADE_BEFORE = re.compile(r"(?:\b(?:the|early|mid|late|and|or|to) ?|[-–])['’‘]$", re.IGNORECASE)
_CENTURY = re.compile(r"(?P<number>\d{1,2})(?:st|nd|rd|th)[ -]century\b")
_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|through|throughout|around|circa"
    r"|for|to|fiscal|year|between|and|than|on|as of|into|come|came|including|towards?|versus|alongside"
    r"|[Aa]s (?:early|soon|late|far back|recently) as|back in)(?: (?:the )?(?:fiscal )?year)? "
    r"|\(|\b(?:early|mid|late)[ -](?:in )?|\b(?:cup|series|games|olympics|elections?) "
    r"|(?:1[5-9]|20)\d\d(?: (?:and|or) |,(?: and| or)? ))$",
    re.IGNORECASE,
)
_LOOSE_BEFORE = re.compile(r"\b(?:of|for|from|to|than|and|on) $", re.IGNORECASE)
_COUNTED_AFTER = re.compile(
    r" (?:(?!(?:was|is|has|as|its|this|does)\b)[a-z]+s\b|people|men|women|[A-Z]{3}\b|[A-Z][a-z]+ [a-z]+s\b)"
    r"|[ ]?(?:%|per cent|percent|€|£)"
)
_ADJECTIVE_BEFORE = re.compile(
    r"(?:\b(?:the|its|their|his|her|our|this|that)|['’]s|s['’])"
    r"(?: (?!(?:first|last|next|other|remaining|some|about|nearly|over|only|extra|additional|total|more|than"
    r"|all|of|in|on|at|to|for|and|or|by|with|from|as|under)\b)[a-z][\w-]*){0,2} $",
    re.IGNORECASE,
)
_INDEFINITE_BEFORE = re.compile(r"\ban? (?:[a-z]+ )?$", re.IGNORECASE)
_NOUN = re.compile(r" ([a-z][\w’'-]*)(?=[^\w]|$)")
_NAMES_AFTER = re.compile(r"(?: [A-Z][\w’'-]+)* ([A-Z][\w’'-]+)(?: ([a-z][\w-]+)|(?! [A-Z]))")
_EVENTS_AND_WORKS = words("name-words.txt", "event") | words("name-words.txt", "work")
_PLURAL = re.compile(r"[a-z]+[^su\Wi]s$|[a-z]+ies$")
_CAMPAIGN = re.compile(
    r" (?:presidential|congressional|general|midterm|primary|state|federal|campaign|election|elections|races?"
    r"|season|budget|vote|politics|ballot|map|cycle|hopefuls?|contenders?)\b"
)
_CLOCK = re.compile(r" ?(?:GMT|UTC|BST|CES?T|[ECMP][SD]?T|hours|hrs|local time)\b")
_MODELS = frozenset(("model", "models", "version", "range", "vintage"))
_ROUND = 50  # a count is often a multiple of this, a year seldom
_VERB_AFTER = re.compile(
    r" (?:was|were|is|will|would|has|had|saw|may|might|could|brought|marked|began|ended|came|promises)\b"
)
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?][\"”’)]* |\n|[\"“]|\b[A-Z][a-z]+ly, )$")
_YEARS_BEFORE = re.compile(rf"{YEAR},?(?: and| or)? $")
_YEAR_BEHIND = re.compile(rf",?(?: and| or)? {YEAR}")
_REACH, _REACH_BACK = 12, 32  # characters
_OF_CENTURY = {"early": (0, 33), "mid": (33, 33), "late": (66, 34)}  # years from its first, and how many
_OF_DECADE = {"early": (0, 4), "mid": (4, 3), "late": (6, 4)}


def read_decade(reading: DateContext, match: re.Match[str]) -> DateMention:
    """Read ``the early 1890s``."""
    return _part(reading, match.start(), match.end(), int(match["decade"]), 10)


def read_short_decade(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``the '60s``, of the century of the decade before it or of the last."""
    place = match.start()
    if _SHORT_DECADE_BEFORE.search(reading.text, reading.back(place), place) is None:
        return None
    decade, beside = int(match["decade"]), reading.last
    if beside is not None and beside.first is not None and place - beside.end < _REACH:
        century = int(beside.first[:2])
    elif decade in {10, 20}:
        return None
    else:
        century = 20 if not decade else 19
    return _part(reading, place - 1, match.end(), 100 * century + decade, 10)


def read_century(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``the mid-19th century``."""
    number = int(match["number"])
    if not 1 <= number <= 25:
        return None
    return _part(reading, match.start(), match.end(), 100 * number - 99, 100)


def _part(reading: DateContext, start: int, end: int, first: int, years: int) -> DateMention:
    """Return a decade or century, or the early, mid or late part of it where the words before say so."""
    part = PART_BEFORE.search(reading.text, reading.back(start), start)
    if part is not None:
        start = part.start()
        begin, years = (_OF_DECADE if years == 10 else _OF_CENTURY)[part["part"].lower()]
        first += begin
    start = reading.with_the(start)
    return reading.mention(start, end, year_of(first, years), Precision.RANGE, relative=False)


def read_years(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``from 2019 to 2021``, ``2019-21``."""
    first = int(match["first"])
    last = int(match["last"] or f"{match['first'][:2]}{match['short']}")
    start = reading.with_range_word(match.start())
    if MOVED_BEFORE.search(reading.text, reading.back(start), start):
        start = match.start()
    dashed = match["short"] or any(dash in match[0] for dash in "-–")
    if last <= first:
        return None
    if not dashed and start == match.start():
        return read_year(reading, match)
    return reading.mention(
        start, match.end(), year_of(first, last - first + 1), Precision.RANGE, relative=False
    )


def read_year(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``in 2014``, ``a 2014 study``, where the words beside the number say that it is a year."""
    start, end, text = match.start(), match.start() + 4, reading.text
    before = max(reading.begin, start - _REACH_BACK)
    if not _named_as_year(text, before, start, end) and not _is_adjective(text, before, start, end):
        return None
    year = int(text[start:end])
    part = PART_BEFORE.search(text, before, start)
    if part is not None:
        days = part_of_year(year, part["part"].lower())
        return reading.mention(part.start(), end, days, Precision.RANGE, relative=False)
    return reading.mention(start, end, year_of(year), Precision.YEAR, relative=False)


def _named_as_year(text: str, before: int, start: int, end: int) -> bool:
    if _BEFORE.search(text, before, start) is None:
        return bool(_VERB_AFTER.match(text, end) and _SENTENCE_BEFORE.search(text, before, start))
    counted = _LOOSE_BEFORE.search(text, before, start) and _COUNTED_AFTER.match(text, end)
    if _CLOCK.match(text, end):
        return False
    return not counted or _YEARS_BEFORE.search(text, max(0, start - _REACH), start) is not None


def read_old_year(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``in 1420``, a number that is a count more often than a year: only where no noun is behind it."""
    behind = _OLD_BEHIND.match(reading.text, match.end())
    small = behind["small"] if behind is not None else None
    counts = behind is None or not (small is None or small in function_words() or small.endswith("ed"))
    if counts or _OLD_BEFORE.search(reading.text, reading.back(match.start()), match.start()) is None:
        return None
    return reading.mention(match.start(), match.end(), year_of(int(match[0])), Precision.YEAR, relative=False)


def read_old_years(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``was shorn between 1020 and 1060.``, where nothing is counted."""
    first, last = int(match["first"]), int(match["last"])
    before = _OLD_YEARS_BEFORE.search(reading.text, reading.back(match.start()), match.start())
    if before is None or last <= first:
        return None
    start = reading.with_range_word(match.start())
    return reading.mention(
        start, match.end(), year_of(first, last - first + 1), Precision.RANGE, relative=False
    )


def _is_adjective(text: str, before: int, start: int, end: int) -> bool:
    """Tell whether a year says of which year something is: ``a 2014 study``, ``the bloody 1989 crackdown``.

    A round number before a plural may be a count, and a year before one name the name of a thing; "a 2008
    Harland Tug" is a model of that year and no time.
    """
    if _CAMPAIGN.match(text, end):
        return True
    indefinite = _INDEFINITE_BEFORE.search(text, before, start)
    if indefinite is None and _ADJECTIVE_BEFORE.search(text, before, start) is None:
        return False
    if indefinite is None and _YEAR_BEHIND.match(text, end):
        return True
    noun = _NOUN.match(text, end)
    if noun is None:
        names = _NAMES_AFTER.match(text, end)
        described = names and names[2] and names[2] not in function_words()
        return bool(names and indefinite is None and (described or names[1] in _EVENTS_AND_WORKS))
    if noun[1] in function_words() or noun[1] in _MODELS:
        return False
    return _PLURAL.match(noun[1]) is None or int(text[start:end]) % _ROUND != 0


AT_NUMBER = ((_CENTURY, read_century), (_SHORT_DECADE, read_short_decade))
AT_YEAR = (
    (_DECADE, read_decade),
    (_RANGE, read_years),
    (_YEAR, read_year),
    (_OLD_YEARS, read_old_years),
    (_OLD_YEAR, read_old_year),
)
