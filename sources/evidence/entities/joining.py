"""Tells whether a name goes on with the next capitalised word, by what is between them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sources.evidence.entities.capitalised_words import FIELD_ENDING
from sources.evidence.entities.casing import UPPER
from sources.evidence.word_lists import given_names, heads, is_plain, place_names, titles, words

if TYPE_CHECKING:
    from sources.evidence.entities.capitalised_words import CapitalisedWord

_PARTICLES = words("name-words.txt", "particles") | {
    "van der",
    "van den",
    "van de",
    "von der",
    "de la",
    "de las",
    "de los",
}
_ARTICLES = frozenset({"der", "den", "zu", "am", "das"})  # in German, before any noun
_MODEL_NUMBER = re.compile(r" [0-9]{1,3}[a-z]? ")  # iPhone 15 Pro
_NICKNAME_OPENS = (' "', " “", " ‘", " (“", ' ("')
_NICKNAME_CLOSES = ('" ', "” ", "’ ", "”) ", '") ')
_NICKNAME_ENDS = re.compile(rf"[\"”’]\)? [{UPPER}]")
_MARKS = frozenset({" & ", "&", " + ", *_NICKNAME_OPENS, *_NICKNAME_CLOSES})
WIDEST_GAP = 12
_CLOSING = frozenset({"Inc", "Corp", "Corporation", "Ltd", "plc", "PLC", "LLC", "Co"})
_LEGAL_WORDS = frozenset({"Group", "Company", "Holdings", "Holding"})  # legal forms that are also plain words
_OFFICES = frozenset(
    {"Department", "Ministry", "Committee", "Office", "Bureau", "Commission", "Faculty", "School"}
)
_CLOSES_FIRM = frozenset(
    {"Sons", "Daughters", "Bros", "Brothers", "Co", "Ltd", "Limited", "plc", "PLC", "LLP", "Inc"}
)
_ADJECTIVE = re.compile(r"(?:al|ed|ic|ing|ive|ary|ous|able|ian|an)$")


def continues_run(text: str, found: list[CapitalisedWord], first: int, position: int) -> bool:
    """Tell whether the word at ``position`` goes on the run that began at ``first``."""
    left, right = found[position - 1], found[position]
    gap = text[left.end : right.start]
    if gap in (" ", "\u00a0"):
        if left.text.rstrip(".") in _CLOSING and right.text.isupper():
            return False  # a ticker after the name
        return not (left.text.endswith(".") and right.text.lower() in words("common-words.txt", "function"))
    if _MODEL_NUMBER.fullmatch(gap) is not None:
        return right.text in words("name-words.txt", "product")
    if gap in _MARKS:
        return _joined_by_quotes(text, found, first, position, gap)
    if not (gap.startswith(" ") and gap.endswith(" ")) or len(gap) > WIDEST_GAP:
        return _joined_by_mark(text, found, position, gap)
    inner = gap.strip()
    if inner in _PARTICLES:
        known = left.text in given_names() or left.text in place_names() or left.text.lower() in _PARTICLES
        return known or (
            inner not in _ARTICLES and left.text.lower() not in words("common-words.txt", "function")
        )
    if inner in ("and", "and the"):
        return _joined_by_and(text, found, first, position)
    return _joined_by_preposition(text, found, first, position, inner)


def _joined_by_quotes(text: str, found: list[CapitalisedWord], first: int, position: int, gap: str) -> bool:
    """Tell whether ``&`` joins, or the marks around a nickname: ``Anthony "Tony" Moss``."""
    if "&" in gap or "+" in gap:
        return not _two_persons(text, found, first, position)
    if gap == "’ " and _joined_by_mark(text, found, position, gap):
        return True
    if gap in _NICKNAME_OPENS:
        return _NICKNAME_ENDS.match(text, found[position].end) is not None
    before = found[position - 2].end if position - 1 > first else 0
    return before > 0 and text[before : found[position - 1].start] in _NICKNAME_OPENS


def _joined_by_mark(text: str, found: list[CapitalisedWord], position: int, gap: str) -> bool:
    """Tell whether a comma or a possessive stands within a name: ``Northport, Inc.``, ``Moody's Corp.``."""
    if gap == ", ":
        legal = found[position].text.rstrip(".")
        if legal == "D.C":
            return found[position - 1].text == "Washington"
        if legal in words("name-words.txt", "legal"):
            return legal not in _LEGAL_WORDS
        return _joined_in_list(text, found, position)
    if gap in ("' ", "’ "):  # Harbour Workers' Union
        plural = found[position - 1].text.endswith("s")
        return plural and found[position].text in words("name-words.txt", "organisation")
    return gap in ("'s ", "’s ") and _goes_on_after_possessive(text, found, position)


def _joined_by_preposition(
    text: str, found: list[CapitalisedWord], first: int, position: int, inner: str
) -> bool:
    """Tell whether ``of``, ``for`` or ``on`` joins within the name of an office.

    Behind ``for`` anything may have an ``of``: ``Foundation for the Defence of Rivers``.
    """
    left, preposition = found[position - 1].text, inner.removesuffix(" the")
    given = any(word.text in given_names() for word in found[first : position - 1])
    if given and preposition == "of" and left in titles() | words("titles.txt", "weak"):
        return False  # Angus King of Maine
    if inner == "at":  # University of Texas at Austin
        return (
            position - first > 1
            and found[first].text == "University"
            and found[position].text in place_names()
        )
    if preposition not in ("of", "for", "on"):
        return False
    if left in words("name-words.txt", preposition):
        return True
    bodies = words("name-words.txt", "for")
    if preposition == "of" and any(word.text in bodies for word in found[first : position - 1]):
        return True
    return (
        inner == "of" and not given and left not in given_names() and _is_no_name_alone(text, found, position)
    )


def _joined_by_and(text: str, found: list[CapitalisedWord], first: int, position: int) -> bool:
    """Tell whether ``and`` joins within the name of an office or of a line."""
    left, right = found[position - 1], found[position]
    run = {word.text for word in found[first:position]}
    if f"{left.text} and {right.text}" in place_names() or _names_a_line(text, found, position):
        return True
    if position - first > 1 and text[found[position - 2].end : left.start] == ", ":
        return left.text not in words("name-words.txt", "legal") and left.text != "D.C."
    if _before_title(text, found, position):
        return False
    fields = words("name-words.txt", "fields")
    last = _last_adjacent(text, found, position)
    if last in _CLOSES_FIRM or (run & _OFFICES and _names_a_field(last, fields)):
        return len(run) == 1 or last not in _CLOSES_FIRM
    if run & words("name-words.txt", "of"):
        if last != right.text and _ADJECTIVE.search(left.text) and _ADJECTIVE.search(right.text):
            return True  # "Centre for Strategic and International Studies"
        of_bodies = last != right.text and last.removesuffix("s").removesuffix("ie") in _stems_of_bodies()
        return (last.endswith("s") and of_bodies) or (
            _names_a_field(left.text, fields) and _names_a_field(right.text, fields)
        )
    return left.text in fields and right.text in fields and _goes_on_to_a_body(text, found, position)


def _goes_on_to_a_body(text: str, found: list[CapitalisedWord], position: int) -> bool:
    for ahead in range(position, min(position + 4, len(found))):
        if ahead > position and text[found[ahead - 1].end : found[ahead].start] != " ":
            return False
        if found[ahead].text in words("name-words.txt", "organisation"):
            return True
    return False


def _is_no_name_alone(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a word can only have its capital as part of the name: ``Ring of Fire``."""
    word, left = found[position].text, found[position - 1]
    if not is_plain(word.lower()) or word in place_names() or word in titles() or left.initial:
        return False
    alone = _last_adjacent(text, found, position) == word
    return left.text[1:].islower() and (
        alone
        or (
            is_plain(left.text.lower())
            and left.text not in heads()
            and word not in words("name-words.txt", "place-first")
        )
    )


@cache
def _stems_of_bodies() -> frozenset[str]:
    return frozenset(word.removesuffix("y") for word in words("name-words.txt", "organisation"))


def _two_persons(text: str, found: list[CapitalisedWord], first: int, position: int) -> bool:
    """Tell whether ``&`` stands between two whole names of persons."""
    right = found[position]
    goes_on = position + 1 < len(found) and text[right.end : found[position + 1].start] == " "
    return goes_on and position - first > 1 and right.text in given_names()


def _names_a_line(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether two ends are named: ``the Saltmarsh and Northport Railway``."""
    for ahead in range(position + 1, min(position + 4, len(found))):
        if text[found[ahead - 1].end : found[ahead].start] != " ":
            return False
        if found[ahead].text in ("Railway", "Railroad", "Canal"):
            return True
        if found[ahead].text in ("Police", "Constabulary", "Council", "Hospitals", "Chamber"):
            return found[position - 1].text in place_names() or found[position].text in place_names()
    return False


def _names_a_field(word: str, fields: frozenset[str]) -> bool:
    return word in fields or FIELD_ENDING.search(word) is not None


def _last_adjacent(text: str, found: list[CapitalisedWord], position: int) -> str:
    """Return the last of the words that follow each other from ``position`` on."""
    while position + 1 < len(found) and text[found[position].end : found[position + 1].start] == " ":
        position += 1
    return found[position].text


def _before_title(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a title follows: ``the Ministry of Finance and Foreign Minister Moss``."""
    if position + 1 >= len(found) or text[found[position].end : found[position + 1].start] != " ":
        return False
    return found[position + 1].text in words("titles.txt", "strong")


def _joined_in_list(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a comma parts what one body is for: ``Bakers, Food and Allied Workers' Union``."""
    fields = words("name-words.txt", "fields")
    left, right = found[position - 1], found[position].text
    if not (left.text.endswith("ers") or _names_a_field(left.text, fields)):
        return False
    closing = position + 1
    while closing < len(found) and text[found[closing - 1].end : found[closing].start] == ", ":
        closing += 1
    if closing == len(found) or text[found[closing - 1].end : found[closing].start] != " and ":
        return False
    while closing + 1 < len(found) and text[found[closing].end : found[closing + 1].start] in (
        " ",
        "' ",
        "’ ",
    ):
        closing += 1
    last = found[closing].text
    if last in ("Union", "Unions"):
        return True
    if not (right.endswith("ers") or _names_a_field(right, fields)):
        return False
    of_office = text[max(0, left.start - 4) : left.start] in (" of ", "for ")
    return last in words("name-words.txt", "organisation") or (of_office and _names_a_field(last, fields))


def _goes_on_after_possessive(text: str, found: list[CapitalisedWord], position: int) -> bool:
    """Tell whether a possessive stands within a name: ``Moody's Corp``, ``King's College``."""
    last = found[position]
    goes_on = position + 1 < len(found) and text[last.end : found[position + 1].start] == " "
    known = last.text.rstrip(".") in words("name-words.txt", "after-possessive")
    if known and not (goes_on and found[position + 1].text not in place_names()):
        return True  # King's College London
    if found[position - 2].text in ("St", "St.") and position > 1 and goes_on:
        return _last_adjacent(text, found, position) in heads()  # St Ada's Primary School
    after = text[last.end : last.end + 12].split(" ")
    return (
        len(after) > 1
        and after[0] == ""
        and after[1].rstrip(".,") in {"Limited", "Ltd", "Inc", "Corp", "Service"}
    )
