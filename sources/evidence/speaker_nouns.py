"""Nouns that can speak: for persons, for bodies, and for what is written and quoted."""

from __future__ import annotations

import re
from functools import cache

from sources.evidence.word_lists import is_demonym, words


@cache
def human_nouns() -> frozenset[str]:
    """Return nouns for persons and for groups of persons, in small letters."""
    rows = (
        ("cues.txt", "person-before"), ("cues.txt", "person-described"), ("cues.txt", "person-after"),
        ("speakers.txt", "person"),
    )  # fmt: skip
    other = words("speakers.txt", "no-person")
    return frozenset().union(*(words(*row) for row in rows)) - other | {
        word.lower() for word in words("titles.txt", "strong") | words("titles.txt", "weak")
    }


_AGENT = re.compile(
    r"(?:man|woman|men|women|person|people|ist|ists|ian|ians|ee|ees|er|ers|or|ors|eur|ant|ants|(?<!m)ents?)$"
)


@cache
def is_human(head: str) -> bool:
    """Tell whether a noun means a person, by lists and by how it ends: "the striker", "a lobbyist"."""
    if head.endswith(("-in-law", "-year-old", "-year-olds")) or is_demonym(head.capitalize()):
        return True
    if head in human_nouns() or head.rpartition("-")[2] in human_nouns():
        return True
    single = head.removesuffix("s")
    if not words("speakers.txt", "no-person").isdisjoint((head, single)):
        return False
    listed = not human_nouns().isdisjoint((single, single.replace("-", "")))  # "team-mate"
    return listed or (len(single) > 4 and _AGENT.search(single) is not None)


def is_group(head: str) -> bool:
    """Tell whether a noun means an organisation or a body that speaks: "the company", "the ministry"."""
    single = head.removesuffix("s")
    groups = words("cues.txt", "company-before") | words("cues.txt", "company-described")
    return any(one in groups or one in words("speakers.txt", "bodies") for one in (head, single))


def is_document(head: str) -> bool:
    """Tell whether a noun means something written that can be quoted: "the report", "his letter"."""
    return head in words("speakers.txt", "documents") or head.removesuffix("s") in words(
        "speakers.txt", "documents"
    )


_MANLY = re.compile(r"(?:^|[a-z-])(?:man|men)$")
_WOMANLY = re.compile(r"(?:woman|women|ess|lady)$")


def is_plural(written: str, head: str) -> bool:
    """Tell whether a description with that noun means several: "police", "the men", not "a boss"."""
    first = written.partition(" ")[0].lower()
    if first in ("a", "an", "one", "this", "that", "another", "his", "her") and not head.endswith("men"):
        return False
    return head in ("people", "police", "men", "women", "children") or (
        head.endswith("s") and not head.endswith(("ss", "us"))
    )


def singular(noun: str) -> str:
    """Return the noun for one of several persons: "team-mate" for "team-mates", "woman" for "women"."""
    if noun == "people":
        return "person"
    return f"{noun[:-2]}an" if noun.endswith("men") else noun.removesuffix("s")


def gender_of_noun(noun: str) -> str | None:
    """Return "he" or "she" where a noun says which: "the widow"; None where it does not."""
    for section, pronoun in (("male", "he"), ("female", "she")):
        if noun in words("speakers.txt", section):
            return pronoun
    if _WOMANLY.search(noun):
        return None if noun == "witness" else "she"
    return "he" if _MANLY.search(noun) and noun not in ("chairman", "spokesman") else None
