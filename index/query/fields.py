"""The fields of a query: which there are, what a name before a colon means, and where each is looked for."""

from __future__ import annotations

import re

from sources.errors import QueryError

TEXT_FIELDS = ("title", "text", "publisher", "author")  # what plain words are looked for in
NAME_FIELDS = ("person", "org", "place", "thing")  # what ``entity:`` looks in
WORD_FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, "speaker", "quote", "figure")  # the scored fields of the index
UNQUOTED = "unquoted"  # no field of the index: the text without its quotes, and the title
EVIDENCE_FIELDS = ("entity", "person", "org", "place", "speaker", "quote")
NOTE_FIELDS = ("tag", "label", "note")
FILTER_FIELDS = ("story", "date", "number", "ref", "tag", "label", "figure")  # followed by one value
SCOPES = ("only", "not")  # ``only:quotes`` and ``not:quotes``
FIELDS = (*TEXT_FIELDS, "story", "date", "number", "ref", *NOTE_FIELDS, *EVIDENCE_FIELDS, "figure")
EXAMPLES = {
    "title": "harbour", "text": "harbour", "publisher": "Courier", "author": "moss", "date": "2031-06",
    "story": "harbour-deal", "number": "4", "ref": "harbour-deal/4", "tag": "claim", "label": "claim",
    "note": "price", "entity": "northport", "person": "moss", "org": "northport", "place": "saltmarsh",
    "speaker": "moss", "quote": "buyer", "figure": "$14.3bn",
}  # fmt: skip
_ALSO = {"organisation": "org", "organization": "org", "name": "entity", "tags": "tag", "labels": "label"}
_SCHEMES = frozenset(
    {
        "http", "https", "ftp", "file", "mailto", "tel", "doi", "urn", "isbn", "issn", "data", "javascript",
        "about", "irc", "git", "ssh",
    }
)  # fmt: skip
_LOOKED_FOR_IN = {"": TEXT_FIELDS, "entity": NAME_FIELDS, "note": (), UNQUOTED: ("title", "text")}
_SHORTEST = 3  # letters; shorter names before a colon are text: "Re:", "C:"
_NEAR = 2  # letters by which a name may differ from a field's to be taken for it


def field_of(name: str) -> str | None:
    """Return the field that ``name`` names in any case; None when there is none."""
    lowered = name.lower()
    return lowered if lowered in FIELDS or lowered in SCOPES else _ALSO.get(lowered)


def fields_of(field: str | None) -> tuple[str, ...]:
    """Return the fields of the index in which words of ``field`` are looked for; none for notes."""
    return _LOOKED_FOR_IN.get(field or "", (field or "",))


def refuse_unknown(name: str, query: str, place: int) -> None:
    """Let ``name:`` at ``place`` pass when it reads as text; raise QueryError when a field was meant."""
    following = query[place + len(name) + 1 :]
    lowered = name.lower()
    if len(name) < _SHORTEST or lowered in _SCHEMES or "_" in name:
        return
    if re.match(r"[\w\"“(]", following) is None:
        return
    from rapidfuzz.distance import OSA

    near = min(FIELDS, key=lambda field: (OSA.distance(lowered, field), field))
    if OSA.distance(lowered, near) <= min(_NEAR, len(near) // 2):
        hint = f"did you mean {near}:?"
    else:
        hint = f"there are {', '.join(FIELDS[:-1])} and {FIELDS[-1]}; as text write it in quotes"
    raise QueryError(f'there is no field "{name}"', query=query, position=place, hint=hint)
