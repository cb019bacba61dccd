"""Whom a credited phrase names: the name of "Moss, the chief executive,", a person, an outlet, or nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.clause_words import NAME
from sources.evidence.outlet_names import agency_names, is_outlet, plain_name
from sources.evidence.word_lists import words
from sources.text.headlines import KNOWN_OUTLETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.entities import Entity
    from sources.model import Source

A_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SMALL = "|".join(re.escape(name) for name in agency_names() if name[0].islower())  # dpa
THE_NAME = rf"(?:(?:[Tt]he )?{NAME}(?: (?:do|dos|das|des) {NAME})?|(?:{_SMALL})\b)"
WHENCE = rf"(?: (?:from|at|in|with) {THE_NAME})"  # "Ida Brook from Northport"
_OWN_OUTLET = re.compile(
    rf"(?P<outlet>{THE_NAME}?)(?:'s|’s) requests? for (?:comments?|remarks?|an interview)"
    rf"|(?:answer|respond to|reply to) (?:any )?questions from (?P<asker>{THE_NAME})"
    rf"|requests? for (?:comment|remark)s? (?:from|by) (?P<other>{THE_NAME})"
)
_NAMED = r"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*"
_SPOKEN_FOR = re.compile(
    rf"^(?:(?:[Aa]n?|[Tt]he) )?(?!(?:An?|The|Its) )(?P<whom>{_NAMED})(?:[’']s)? "
    r"(?:spokes\w+|representative)s?\b"
    rf"|^(?:[Aa]n?|[Tt]he) (?:spokes\w+|representative)s? (?:for|of|from) (?P<other>(?:the )?{_NAMED})"
)
NO_SPEAKERS = words("speakers.txt", "no-name")
LEADS_IN = re.compile(
    r"^(?:(?:[Aa]s|[Bb]ut|[Aa]nd|[Ww]hile|[Ww]hen|[Aa]fter|[Ss]ince|[Oo]n|[Ii]n|C[EFOT]O|[Cc]o-founder) )+"
    r"|^.* (?:after|since|when|while|because|that|years|months|days) (?=(?:the |a |an )?[A-Z])"
)
_RELATIVE = re.compile(
    r"^[^,]*? (?:which|whom|that|says|said) ['‘]?(?=[\w ]*\w)"
)  # "the warning which two sailors told"
_ADVERBS = re.compile(
    r"(?: (?:also|recently|later|earlier|now|then|again|still|even|only|just|[a-z]+ly))+(?=,?$)"
)
_WHOLE_NAME = re.compile(NAME)
NAME_FROM = re.compile(rf"(?P<name>{THE_NAME}){WHENCE}(?=,|$)")
_PASSIVE = re.compile(r" (?:was|were|is|are|been|be|being)$")
_UNNAMED_PEOPLE = re.compile(
    r"\b(?:sources?|people|persons?|officials?|insiders?|employees?|workers?|spokes(?:person|man|woman|people)"
    r"|analysts?|executives?|researchers?|experts?|lawyers?|critics|contractors?|managers?|shareholders?"
    r"|investors?|staff(?:ers)?|aides?|witness(?:es)?|residents?|minutes|documents?"
    r"|filings?|memos?|letters?|statements?|releases?|report|company|firm|startup|group|union|ministry)\b"
)
# A phrase with a finite verb in it is a clause: nobody.
CLAUSE = re.compile(
    r" (?:was|were|is|are|has|have|had|will|would|could|should|did|does|can) |\b(?:it|he|she|they|we|I)\b"
)
# "her place after a poll in Northport": the name is where something is, not who speaks.
_ENDS_ELSEWHERE = re.compile(rf"^[a-z].* (?:in|at|from|on|near|after|before|over) (?:the )?{NAME}$")
_HUMAN = re.compile(rf"\b(?:{'|'.join(sorted(words('speakers.txt', 'person')))})s?$")

# "the board", "the museum's press office": a body without its name.
_BODY = re.compile(
    rf"^[Tt]he (?:\w+ )?(?:{'|'.join(sorted(words('speakers.txt', 'bodies')))})(?:['’]s? [a-z ]+)?$"
)


class Persons:
    """The persons of a story by the names under which it knows them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._names = {
            plain_name(form): entity.name
            for entity in entities
            if str(entity.kind) == "person"
            for form in (entity.name, *entity.aliases)
        }

    def named(self, phrase: str) -> str | None:
        """Return the person whom a phrase names, whatever office stands before the name."""
        parts = plain_name(phrase).split()
        tails = (" ".join(parts[at:]) for at in range(len(parts)))
        return next((self._names[tail] for tail in tails if tail in self._names), None)


def own_outlet(source: Source) -> str | None:
    """Return the outlet that a source is of: its publisher, else whose request for comment it tells of."""
    if source.publisher:
        return source.publisher
    for match in _OWN_OUTLET.finditer(source.text):
        named = match["outlet"] or match["asker"] or match["other"]
        if named and named.split()[0] not in NO_SPEAKERS:
            return str(named)
    return None


def spoken_for(phrase: str) -> str | None:
    """Return for whom somebody without a name speaks: ``a Northport spokesperson``; else None."""
    match = _SPOKEN_FOR.match(phrase)
    return (match["whom"] or match["other"]) if match is not None else None


def is_name(who: str) -> bool:
    """Tell whether a phrase is a name, by its first word: not "Another", not "The" alone."""
    first = who.split(maxsplit=1)[0]
    return first not in NO_SPEAKERS and not (first.lower() == "the" and len(who.split()) == 1)


def speaks(who: str) -> bool:
    """Tell whether a phrase can say something: a name, or people of whom no name is given."""
    first = who.split(maxsplit=1)[0]
    if first in NO_SPEAKERS:
        return False
    named = first[:1].isupper() and first not in ("The", "A", "An", "One")
    if CLAUSE.search(who) or who.endswith((" and", " or")):
        return False
    return (
        (named and is_name(who))
        or bool(_UNNAMED_PEOPLE.search(who) or _HUMAN.search(who) or _BODY.search(who))
        or (any(part[:1].isupper() for part in who.split()[1:]) and not _ENDS_ELSEWHERE.search(who))
    )


def trimmed(phrase: str | None) -> str | None:
    """Return the name of ``Moss, the chief executive,``, without what leads up to it; None for a passive."""
    if phrase is None or _PASSIVE.search(phrase):
        return None
    head = _ADVERBS.sub("", _RELATIVE.sub("", LEADS_IN.sub("", phrase)))
    whence = NAME_FROM.match(head)
    if whence is not None and " " in whence["name"]:
        head = whence["name"] + head[whence.end() :]
    first, *_, last = [part.strip() for part in f"{head},{head}".split(",") if part.strip()]
    is_named = " " in first and _WHOLE_NAME.fullmatch(first)  # "Ada Moss, CEO of Northport, told"
    if not is_named and " " in last and _WHOLE_NAME.fullmatch(last):
        return last  # "fleeing Northport, its harbour master, Wilma Astley, told"
    head = head.split(",", 1)[0] if head[:1].isupper() else head
    return head.strip(" ,") or None


def one_outlet(name: str) -> str:
    """Return the outlet of ``told Reuters Google has``, where another name follows it."""
    name = re.sub(rf" {A_DAY}$", "", name)
    parts = name.split()
    for count in range(1, len(parts)):
        head = " ".join(parts[:count])
        if plain_name(head) in KNOWN_OUTLETS and not is_outlet(name):
            return head
    return name
