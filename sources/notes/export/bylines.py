"""Bylines: the people and bodies that wrote a text, with their names taken apart."""

from __future__ import annotations

import re
from typing import NamedTuple

_BETWEEN = re.compile(r"\s*(?:[;,]|\band\b|&)\s*")
_BY = re.compile(r"(?:(?:story|report|reporting|words|text|written|posted|analysis) )?by:? ", re.IGNORECASE)
_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|I{2,3}|IV)(?= *(?:[;,&]|$| and\b))")
_PARTICLES = frozenset(
    (
        "von", "van", "der", "den", "de", "del", "della", "di", "da", "das", "dos", "do", "du", "la", "le",
        "ten", "ter", "zu", "zur", "bin", "ibn", "al", "el", "af", "av",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_OFFICE = re.compile(r"\b(?:editor|reporter|correspondent|writer|columnist|analyst)\b", re.IGNORECASE)
_LONGEST_NAME = 5  # words, particles included
_BODY = re.compile(
    r"(?:The|Agence) |\b(?:Press|News|Newsroom|Agency|Staff|Team|Desk|Editors|Editorial|Service|Wire|Media|"
    r"Network|Broadcasting|Times|Post|Herald|Tribune|Gazette|Journal|Magazine|Union|"
    r"Association|Ministry|Office|Department|University|Institute|Council|Committee|Company|Group|Foundation|"
    r"Board|Bureau|Inc|Ltd|LLC|plc|[A-Z]{2,})\b"
)


class PersonName(NamedTuple):
    """An author; ``family`` is empty where the name is not taken apart, ``suffix`` is such as ``Jr.``."""

    given: str
    family: str
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """Return the name with the family's first, or as it stands."""
        if not self.family:
            return self.given
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)


def authors(byline: str | None) -> tuple[PersonName, ...]:
    """Return the authors that a byline names.

    A byline is taken apart only where it is nothing but names of two to four capitalised words and their
    particles, or names with the family's first; a body stays as it stands. Else it is one name, since a
    wrong division is worse than none.
    """
    line = _BY.sub("", one_line(byline), count=1)
    if not line:
        return ()
    parts = [part for part in _BETWEEN.split(_SUFFIX.sub(r" \1", line)) if part]
    people_first = [part for part in parts if not _OFFICE.search(part)] or parts
    names = _inverted(line) or [_name(part) for part in people_first]
    known = [name for name in names if name is not None]
    people = sum(bool(name.family) or " " in name.given for name in known)
    if not known or len(known) < len(names) or (len(known) > 1 and people * 2 < len(known)):
        return (PersonName(line, ""),)
    return tuple(known)


def _name(name: str) -> PersonName | None:
    """Return the name of a person or of a body; None for what is neither."""
    found = _SUFFIX.search(name)
    suffix, name = (found[1], name[: found.start()]) if found else ("", name)
    words = name.split()
    no_person = _OFFICE.search(name) or (_BODY.search(name) and not name.isupper())
    if no_person or (len(words) == 1 and name[0].isupper()):
        return PersonName(name, "")
    particles = [place for place, word in enumerate(words) if word in _PARTICLES]
    plain = [word for word in words if word not in _PARTICLES]
    if not 2 <= len(plain) <= len(words) <= _LONGEST_NAME or len(plain) > 4 or words[-1] in _PARTICLES:
        return None
    if not all(word[0].isupper() and _WORD.fullmatch(word) for word in plain):
        return None
    family = next((place for place in particles if place), len(words) - 1)
    return PersonName(" ".join(words[:family]), " ".join(words[family:]), suffix)


def _inverted(line: str) -> list[PersonName | None] | None:
    """Return the names of a line such as ``Varga, Ines; Hale, Tom``; None where it is none."""
    names: list[PersonName | None] = []
    for part in re.split(r"\s*;\s*|\s+and\s+|\s*&\s*", line):
        family, comma, given = part.partition(", ")
        if not comma or not (_WORD.fullmatch(family) and family[0].isupper()):
            return None
        if len(given.split()) > 3 or not all(_WORD.fullmatch(w) and w[0].isupper() for w in given.split()):
            return None
        names.append(PersonName(given, family))
    return names


def one_line(text: str | None) -> str:
    """Return ``text`` on one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())
