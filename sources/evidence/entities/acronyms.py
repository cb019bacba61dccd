"""What a story's acronyms stand for, where it says so: ``the Mine Safety Board (MSB)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import LETTER, UPPER
from sources.evidence.entities.linking import key_of
from sources.evidence.entities.lists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.entities.candidates import StoryWords
    from sources.model import Source

_DEFINED = re.compile(r"\(([A-Z][A-Za-z&]{1,8})\)")
_TICKER = re.compile(r"\((?P<exchange>[A-Z]{2,8}|Nasdaq|Xetra): ?(?P<ticker>[A-Z]{1,6})\)")
_TRADED = re.compile(rf"[{UPPER}][{LETTER}0-9&'’-]*(?: (?:plc|[{UPPER}][{LETTER}0-9&'’-]*)){{0,4}},? $")
_REACH = 90  # code points before a bracket in which the name stands


def defined_acronyms(sources: Sequence[Source], evidence: StoryWords) -> dict[str, str]:
    """Return the acronyms that the story defines, as keys, with the names they stand for.

    Those that stand for common nouns (``large language models (LLMs)``) go to ``evidence.generic``, those
    under which shares are traded (``Northport (LSE: NPT)``) to ``evidence.tickers``.
    """
    found: dict[str, str] = {}
    for source in sources:
        for match in _TICKER.finditer(source.text):
            evidence.tickers.add(match.group("ticker"))
            evidence.generic.add(match.group("exchange"))
            traded = _TRADED.search(source.text, max(0, match.start() - _REACH), match.start())
            if traded is not None:
                found[key_of(match.group("ticker"))] = key_of(traded.group().strip(", "))
        for match in _DEFINED.finditer(source.text):
            acronym = match.group(1)
            letters = [letter.lower() for letter in acronym.rstrip("s") if letter.isalpha()]
            before = source.text[max(0, match.start() - _REACH) : match.start()].rpartition("\n")[2].split()
            full = _spelled_out(before, letters) or _name_before(before, letters)
            if full is None:
                continue
            if all(word[0].islower() for word in full[-2:]):
                evidence.generic.add(acronym)
                evidence.generic.add(acronym.rstrip("s"))
            else:
                evidence.acronyms.add(acronym)
                found[key_of(acronym)] = key_of(" ".join(full))
    return found


def _spelled_out(before: list[str], letters: list[str]) -> list[str] | None:
    """Return the last words of ``before`` whose initials are ``letters``; small words may stand between."""
    rest = list(letters)
    for position in range(len(before) - 1, -1, -1):
        word = before[position].strip("\"'“”‘’,")
        if not word:
            return None
        parts = [part for part in re.split(r"[-–]", word) if part]
        for part in reversed(parts):
            if rest and part[0].lower() == rest[-1]:
                rest.pop()
            elif word.lower() not in {"of", "the", "and", "for", "on", "in", "&", "de"}:
                return None
        if not rest:
            return [item.strip("\"'“”‘’,") for item in before[position:]]
    return None


def _name_before(before: list[str], letters: list[str]) -> list[str] | None:
    """Return the name that ends ``before`` when it has ``letters`` in order: Bank of Saltmarsh (BSM)."""
    name: list[str] = []
    for word in reversed(before[-6:]):
        if not (word[0].isupper() or (name and word in {"of", "the", "and", "for", "de", "&"})):
            break
        name.insert(0, word)
    whole = list(name)
    while name and name[0][0].lower() != letters[0]:
        name.pop(0)
    if len(whole) > 2 and whole[-1] in words("name-words.txt", "organisation") and len(letters) > 2:
        return name if name and _in_order(name, letters) else whole  # of the name in another language
    return name if name and len(letters) > 1 and _in_order(name, letters) else None


def _in_order(name: list[str], letters: list[str]) -> bool:
    rest = iter("".join(name).lower())
    return all(letter in rest for letter in letters)
