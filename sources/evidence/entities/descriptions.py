"""Reads what a sentence says that a name is: ``Kestle is a village``, ``the poet Moss``.

The description is the noun phrase after the article; its last word, before any preposition, tells the kind.
"""

from __future__ import annotations

import re
from functools import cache

from sources.evidence.entities.kinds import EVENT, ORGANISATION, OTHER, PERSON, PLACE, PRODUCT
from sources.evidence.word_lists import words

_LONGEST_DESCRIPTION = 7  # words; what is longer is no noun phrase that tells a kind. Not measured
_SHORTEST_PERSON_NOUN = 6  # letters of a noun whose ending tells a person: "artist", not "list". Not measured
_REACH = 110  # code points after a name in which its description must begin and end
_IS = re.compile(
    r" (?:\([^()\n]{0,60}\) )?(?:is|was|are|were|became|remains)(?: now| also| still| once)?"
    r" (?:an?|the|one of the) (?P<what>[^.,;:()\n\"“]+)"
)
_COMMA = re.compile(
    r", (?:an?|the|his|her|its|their|once an?|formerly an?|one of the)"
    r" (?P<what>[^.,;:()\n\"“]+)(?=[,.;:)\n]|$)"
)
# With a comma only after an article or a possessive, or a list of names would be taken for a description.
_NOUN_BEFORE = re.compile(
    r"\b(?i:an?|another|the|its|his|her|their|our|my|\w+['’]s?)"
    r"(?: [\w-]+){0,3} (?P<noun>[a-z-]+),?(?: the)? $"
)
# In "rivers such as X" and "newspapers including the X" what is named is one of these.
_EXAMPLE_OF = re.compile(
    r"\b(?P<noun>[A-Za-z][a-z-]*),? "
    r"(?:such as|including|like|namely|called|named|dubbed|nicknamed|christened|known as)(?: the)? $"
)
_BEFORE_AN_EXAMPLE = frozenset(
    "the as including like namely called named dubbed nicknamed christened known".split()  # noqa: SIM905
)
_PHRASE_ENDS = re.compile(
    r" (?:of|in|from|on|at|for|to|with|by|that|which|who|whose|where|when|near|between|under|and|or|based"
    r"|located|owned|known|made|built|founded|formed|run|developed|produced|used|created|set|held|has|had|is|was|as"
    r"|into|about)\b"
)
_PERSON_SUFFIX = re.compile(r"(?:ist|ian|woman|man|smith|wright|keeper|player|maker|writer|owner)$")


@cache
def _kinds_of_nouns() -> dict[str, int]:
    """Return the kind that each noun tells."""
    table: dict[str, int] = {}
    for kind, section in (
        (OTHER, "work-before"),
        (PRODUCT, "product-nouns"),
        (EVENT, "event-nouns"),
        (PLACE, "place-before"),
        (PLACE, "place-nouns"),
        (ORGANISATION, "company-before"),
        (ORGANISATION, "company-described"),
        (PERSON, "person-before"),
        (PERSON, "person-described"),
    ):
        for word in words("cues.txt", section):
            if kind == PERSON and table.get(word) == ORGANISATION:
                del table[word]  # "broadcaster" may be a man or a station
            else:
                table[word] = kind
    of_bodies = words("cues.txt", "company-before") | words("cues.txt", "company-described")
    for word in words("speakers.txt", "person") - of_bodies - words("speakers.txt", "also of bodies"):
        table.setdefault(word, PERSON)
    return table


def kind_before(text: str, start: int, line_start: int) -> int | None:
    """Return the kind that a noun before a name tells: ``a small lander, Plover``, ``the poet Moss``.

    None when no noun stands there that tells one.
    """
    if text[start - 1 : start] != " " or start == line_start:
        return None
    begin = max(line_start, start - 40)
    last = text[begin : start - 1].rpartition(" ")[2]
    example = last in _BEFORE_AN_EXAMPLE
    if not example and kind_of_noun(last.rstrip(",").lower()) is None:
        return None
    for pattern in (_EXAMPLE_OF, _NOUN_BEFORE) if example else (_NOUN_BEFORE,):
        found = pattern.search(text, begin, start)
        if found is not None:
            kind = kind_of_noun(found["noun"].lower())
            return None if kind == EVENT and last.endswith(",") else kind  # "At a news conference, Ada Moss"
    return None


def kind_of_noun(noun: str) -> int | None:
    """Return the kind of what a noun says, in the singular or the plural; None when it tells none."""
    kind = _kinds_of_nouns().get(noun)
    if kind is None and noun.endswith("ies"):
        kind = _kinds_of_nouns().get(noun[:-3] + "y")
    return _kinds_of_nouns().get(noun[:-1]) if kind is None and noun.endswith("s") else kind


def described_kind(text: str, end: int, line_end: int) -> int | None:
    """Return the kind of what a name that ends at ``end`` is said to be; None when that is not said."""
    stop = min(end + _REACH, line_end)
    found = _IS.match(text, end, stop) or _COMMA.match(text, end, stop)
    if found is None:
        return None
    phrase = _PHRASE_ENDS.split(found["what"], maxsplit=1)[0].split()
    if not phrase or len(phrase) > _LONGEST_DESCRIPTION:
        return None
    noun = phrase[-1]
    kind = kind_of_noun(noun.lower())
    if kind is None and noun.islower() and len(noun) >= _SHORTEST_PERSON_NOUN and _PERSON_SUFFIX.search(noun):
        return PERSON
    return kind
