"""What a sentence says that a name is: ``Upper Kestle is a village in ...``, ``Moss, a retired pilot, ...``.

The description is the noun phrase after the article; its last word, before any preposition, tells the kind.
"""

from __future__ import annotations

import re
from functools import cache

from sources.evidence.entities import kinds
from sources.evidence.entities.lists import words

REACH = 110  # code points after a name in which its description must begin and end
_IS = re.compile(
    r" (?:\([^()\n]{0,60}\) )?(?:is|was|are|were|became|remains)(?: now| also| still| once)?"
    r" (?:an?|the|one of the) (?P<what>[^.,;:()\n\"“]+)"
)
_COMMA = re.compile(r", (?:an?|the|once an?|formerly an?) (?P<what>[^.,;:()\n\"“]+)(?=[,.;:)\n]|$)")
# With a comma only after an article or a possessive, or a list of names would be taken for a description.
_NOUN_BEFORE = re.compile(
    r"\b(?i:an?|the|its|his|her|their|our|my|\w+['’]s?)(?: [\w-]+){0,3} (?P<noun>[a-z-]+),?(?: the)? $"
)
_PHRASE_ENDS = re.compile(
    r" (?:of|in|from|on|at|for|to|with|by|that|which|who|whose|where|when|near|between|under|and|or|based"
    r"|located|owned|known|made|built|founded|formed|run|developed|produced|used|created|set|held|has|had|is|was|as"
    r"|into|about)\b"
)
_PERSON_SUFFIX = re.compile(r"(?:ist|ian|woman|man|smith|wright|keeper|player|maker|writer|owner)$")


@cache
def _told_by() -> dict[str, int]:
    """Return the kind that each noun tells."""
    table: dict[str, int] = {}
    for kind, section in (
        (kinds.OTHER, "work-before"),
        (kinds.PRODUCT, "product-nouns"),
        (kinds.EVENT, "event-nouns"),
        (kinds.PLACE, "place-before"),
        (kinds.PLACE, "place-nouns"),
        (kinds.ORGANISATION, "company-before"),
        (kinds.ORGANISATION, "company-described"),
        (kinds.PERSON, "person-before"),
        (kinds.PERSON, "person-described"),
    ):
        for word in words("cues.txt", section):
            table[word] = kind
    return table


def kind_before(text: str, start: int, line_start: int) -> int | None:
    """Return the kind that a noun before a name tells: ``a small lander, Plover``, ``the poet Moss``.

    None when no noun stands there that tells one.
    """
    found = _NOUN_BEFORE.search(text, max(line_start, start - 40), start)
    if found is None:
        return None
    return _told_by().get(found["noun"])


def described_kind(text: str, end: int, line_end: int) -> int | None:
    """Return the kind of what a name that ends at ``end`` is said to be; None when that is not said."""
    stop = min(end + REACH, line_end)
    found = _IS.match(text, end, stop) or _COMMA.match(text, end, stop)
    if found is None:
        return None
    phrase = _PHRASE_ENDS.split(found["what"], maxsplit=1)[0].split()
    if not phrase or len(phrase) > 7:
        return None
    noun = phrase[-1]
    kind = _told_by().get(noun)
    if kind is None and noun.endswith("s"):
        kind = _told_by().get(noun[:-1])
    if kind is None and noun.islower() and len(noun) > 5 and _PERSON_SUFFIX.search(noun):
        return kinds.PERSON
    return kind
