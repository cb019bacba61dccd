"""Which capitalised words go on a name: the words and marks that may stand between two words of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import UPPER
from sources.evidence.entities.lists import words
from sources.evidence.entities.vocabulary import given_names, place_names

if TYPE_CHECKING:
    from sources.evidence.entities.candidates import Word

_PARTICLES = words("name-words.txt", "particles") | {
    "van der",
    "van den",
    "van de",
    "von der",
    "de la",
    "de las",
    "de los",
}
_ARTICLES = frozenset({"der", "den", "zu", "am", "das", "do"})  # in German, before any noun
_MODEL_NUMBER = re.compile(r" [0-9]{1,3}[a-z]? ")  # iPhone 15 Pro
_NICKNAME_OPENS = (' "', " “", " ‘", " (“", ' ("')
_NICKNAME_CLOSES = ('" ', "” ", "’ ", "”) ", '") ')
_NICKNAME_ENDS = re.compile(rf"[\"”’]\)? [{UPPER}]")
_MARKS = frozenset({" & ", "&", " + ", *_NICKNAME_OPENS, *_NICKNAME_CLOSES})
_WIDEST_GAP = 12
_CLOSING = frozenset({"Inc", "Corp", "Corporation", "Ltd", "plc", "PLC", "LLC", "Co"})
_LEGAL_WORDS = frozenset({"Group", "Company", "Holdings", "Holding"})  # legal forms that are also plain words
_OFFICES = frozenset(
    {"Department", "Ministry", "Committee", "Office", "Bureau", "Commission", "Faculty", "School"}
)
_FIELD_ENDING = re.compile(r"(?:ics|omy|ogy|ment|tion|sion|ing|ure|ence|ance|ices|ies|nes)$")


def joined(text: str, found: list[Word], first: int, position: int) -> bool:
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
    if not (gap.startswith(" ") and gap.endswith(" ")) or len(gap) > _WIDEST_GAP:
        return _joined_by_mark(text, found, position, gap)
    inner = gap.strip()
    if inner in _PARTICLES:
        known = left.text in given_names() or left.text in place_names()
        return known or (
            inner not in _ARTICLES and left.text.lower() not in words("common-words.txt", "function")
        )
    if inner in ("and", "and the"):
        return _joined_by_and(text, found, first, position)
    return _joined_by_preposition(left, inner)


def _joined_by_quotes(text: str, found: list[Word], first: int, position: int, gap: str) -> bool:
    """Tell whether ``&`` joins, or the marks around a nickname: ``Anthony "Tony" Moss``."""
    if "&" in gap or "+" in gap:
        return not _two_persons(text, found, first, position)
    if gap in _NICKNAME_OPENS:
        return _NICKNAME_ENDS.match(text, found[position].end) is not None
    before = found[position - 2].end if position - 1 > first else 0
    return before > 0 and text[before : found[position - 1].start] in _NICKNAME_OPENS


def _joined_by_mark(text: str, found: list[Word], position: int, gap: str) -> bool:
    """Tell whether a comma or a possessive stands within a name: ``Northport, Inc.``, ``Moody's Corp.``."""
    if gap == ", ":
        legal = found[position].text.rstrip(".")
        if legal == "D.C":
            return found[position - 1].text == "Washington"
        return legal in words("name-words.txt", "legal") and legal not in _LEGAL_WORDS
    if gap in ("' ", "’ "):  # Harbour Workers' Union
        plural = found[position - 1].text.endswith("s")
        return plural and found[position].text in words("name-words.txt", "organisation")
    return gap in ("'s ", "’s ") and _goes_on_after_possessive(text, found, position)


def _joined_by_preposition(left: Word, inner: str) -> bool:
    """Tell whether ``of``, ``for`` or ``on`` joins within the name of an office."""
    preposition = inner.removesuffix(" the")
    return preposition in ("of", "for", "on") and left.text in words("name-words.txt", preposition)


def _joined_by_and(text: str, found: list[Word], first: int, position: int) -> bool:
    """Tell whether ``and`` joins within the name of an office or of a line."""
    left, right = found[position - 1], found[position]
    run = {word.text for word in found[first:position]}
    if f"{left.text} and {right.text}" in place_names() or _names_a_line(text, found, position):
        return True
    fields = words("name-words.txt", "fields")
    if _before_title(text, found, position):
        return False
    if run & _OFFICES and _names_a_field(_last_adjacent(text, found, position), fields):
        return True
    if left.text not in fields or right.text not in fields:
        return False
    if run & words("name-words.txt", "of"):
        return True
    for ahead in range(position, min(position + 4, len(found))):
        if ahead > position and text[found[ahead - 1].end : found[ahead].start] != " ":
            break
        if found[ahead].text in words("name-words.txt", "organisation"):
            return True
    return False


def _two_persons(text: str, found: list[Word], first: int, position: int) -> bool:
    """Tell whether ``&`` stands between two whole names of persons."""
    right = found[position]
    goes_on = position + 1 < len(found) and text[right.end : found[position + 1].start] == " "
    return goes_on and position - first > 1 and right.text in given_names()


def _names_a_line(text: str, found: list[Word], position: int) -> bool:
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
    return word in fields or _FIELD_ENDING.search(word) is not None


def _last_adjacent(text: str, found: list[Word], position: int) -> str:
    """Return the last of the words that follow each other from ``position`` on."""
    while position + 1 < len(found) and text[found[position].end : found[position + 1].start] == " ":
        position += 1
    return found[position].text


def _before_title(text: str, found: list[Word], position: int) -> bool:
    """Tell whether a title follows: ``the Ministry of Finance and Foreign Minister Moss``."""
    if position + 1 >= len(found) or text[found[position].end : found[position + 1].start] != " ":
        return False
    return found[position + 1].text in words("titles.txt", "strong")


def _goes_on_after_possessive(text: str, found: list[Word], position: int) -> bool:
    """Tell whether a possessive stands within a name: ``Moody's Corp``, ``King's College``."""
    last = found[position]
    goes_on = position + 1 < len(found) and text[last.end : found[position + 1].start] == " "
    if last.text.rstrip(".") in words("name-words.txt", "after-possessive") and not goes_on:
        return True
    after = text[last.end : last.end + 12].split(" ")
    return (
        len(after) > 1
        and after[0] == ""
        and after[1].rstrip(".,") in {"Limited", "Ltd", "Inc", "Corp", "Service"}
    )
