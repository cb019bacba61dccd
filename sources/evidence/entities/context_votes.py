"""Votes for the kind of a name by the words around it, and by its neighbours in a list."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from sources.evidence.entities.descriptions import kind_of_noun
from sources.evidence.entities.kinds import EVENT, ORGANISATION, OTHER, PERSON, PLACE, PRODUCT, Votes
from sources.evidence.word_lists import (
    given_names,
    place_names,
    words,
)

if TYPE_CHECKING:
    from sources.evidence.entities.candidates import Name


# By the kind that a noun right before a name tells.
_NOUN_RIGHT_BEFORE = {PERSON: 2.0, ORGANISATION: 2.0, PLACE: 1.5, PRODUCT: 1.2, EVENT: 0.5, OTHER: 1.5}
_IN_VOTES = 1.4  # the weight of "in" before a name
_NAMED_AFTER = 2.0  # against a person, of such a noun where "the" stands before the name
_NOUN_BEHIND = 1.5  # of a noun right behind it: "the Plover rocket"


@cache
def _after_table() -> dict[str, tuple[tuple[int, float], ...]]:
    """Return what the word right after a name votes for."""
    table: dict[str, list[tuple[int, float]]] = {}
    for kind, weight, section in (
        (PERSON, 1.0, "speech"),
        (ORGANISATION, 0.4, "speech"),
        (PERSON, 1.2, "life"),
        (ORGANISATION, 1.0, "company"),
        (ORGANISATION, 2.0, "company-nouns"),
        (ORGANISATION, 1.0, "team-after"),
        (PERSON, 0.6, "team-after"),
        (PRODUCT, 1.5, "product-after"),
    ):
        for word in words("cues.txt", section):
            table.setdefault(word, []).append((kind, weight))
    return {word: tuple(votes) for word, votes in table.items()}


@cache
def _before_table() -> dict[str, tuple[tuple[int, float], ...]]:
    """Return what the word right before a name votes for."""
    table: dict[str, list[tuple[int, float]]] = {}
    for kind, weight, section in (
        (ORGANISATION, 1.5, "team-before"),
        (PLACE, 1.5, "place-prepositions"),
        (ORGANISATION, 0.6, "agent-prepositions"),
        (PERSON, 0.6, "agent-prepositions"),
        (PRODUCT, 1.2, "product-before"),
    ):
        for word in words("cues.txt", section):
            table.setdefault(word, []).append((kind, weight))
    return {word: tuple(votes) for word, votes in table.items()}


_STATE = re.compile(
    r", (?:[A-Z]\.[A-Z]\."
    r"|(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo"
    r"|Mont|Neb|Nev|Okla|Ont|Ore|Pa|Que|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.)"
)
_LETTERS_OF_STATE = re.compile(r"[A-Z]\.[A-Z]\.?")
_BY_LINE = re.compile(r"(?:^|[(;] ?)(?:\w+ )?(?:By|by) $")
_AGE = re.compile(r", (?:aged )?[1-9][0-9],")
_BASED = re.compile(r"-(based|born|area)\b")
_OWNED = re.compile(r"-(?:owned|backed|led|founded|run|made|funded|developed|branded)\b")


# Not the letters of members of parliaments, which stand behind the name of a party too.
_LETTERS_BEHIND = re.compile(
    rf",? (?:{'|'.join(sorted(words('titles.txt', 'behind') - {'MP', 'MPP', 'MHA', 'MEP', 'MSP', 'MLA'}))})\b"
)
# Behind a place, in front of a report: LONDON, Oct 24 (Reuters) - and Paris (AFP) - and such.
_AFTER_DATELINE = re.compile(
    r"(?:, [^\n()]{1,30}?)?(?: \([A-Z][\w /.]+\) ?[-–—:]*| ?[–—]| --?|: ?)(?= ?[\w\"“])"
)


def vote_in_context(votes: Votes, text: str, name: Name) -> None:
    """Add to ``votes`` what the words around one mention tell."""
    after = text[name.end : min(name.end + 48, name.line.end)]
    before = text[max(name.start - 48, name.line.start) : name.start]
    for holds, kind, weight in (
        (_opens_a_dateline(name, after), PLACE, 4.0),
        (name.titled or _LETTERS_BEHIND.match(after) is not None, PERSON, 4.0),
        (name.role_after, ORGANISATION, 2.0),
        (name.quoted, OTHER, 3.0),
        (after[:2] == ", " and _STATE.match(after) is not None, PLACE, 4.0),
        (before.endswith(", ") and _LETTERS_OF_STATE.fullmatch(name.text) is not None, PLACE, 3.0),
        (before.endswith("y ") and _BY_LINE.search(before) is not None, PERSON, 2.5),
        (after[:1] == ":" and name.start == name.line.start and name.text.isupper(), PERSON, 2.0),
        (before.endswith(("Photo/", "Photo: ", "Photograph: ", "Photo by ", "Picture: ")), PERSON, 2.5),
    ):
        votes[kind] += weight if holds else 0.0
    if after[:1] == " ":
        one_of = before.endswith((" a ", " an ", "A ", "An "))
        _vote_by_next_word(votes, after, one_of=one_of, named_after=before.endswith(("the ", "The ")))
    elif after[:1] == "," and not before.endswith((" of ", " in ", " at ", " from ")):
        _vote_by_apposition(votes, after, listed=before.endswith(" and "))
    elif after[:1] in "'’":
        _vote_by_possession(votes, after)
    elif after[:1] == "-":
        if _BASED.match(after):
            votes[PLACE] += 4.0
        elif _OWNED.match(after):
            votes[ORGANISATION] += 1.5
    if before[-1:] in " \u00a0":
        _vote_by_words_before(votes, before, name.text, owns=after.startswith(("'s ", "’s ")))
        if after[:4] == " in " and _in_known_place(after):
            votes[PLACE] += 1.0 if before.endswith((" in ", " of ", " near ", " from ", " to ")) else 0.4


def _opens_a_dateline(name: Name, after: str) -> bool:
    """Tell whether a name at the start of a line says where the report was written."""
    if name.start != name.line.start or not (name.text.isupper() or "(" in after):
        return False
    return len(name.text) > 3 and _AFTER_DATELINE.match(after) is not None


def _in_known_place(after: str) -> bool:
    """Tell whether `` in NAME`` follows with the name of a known place."""
    following = after[4:].split()
    return bool(following) and following[0].rstrip(".,;:") in place_names()


def _vote_by_next_word(votes: Votes, after: str, *, one_of: bool, named_after: bool) -> None:
    """Vote by the word behind a name.

    ``one_of`` with "a" before it (``a Leeds firm``), ``named_after`` with "the" (``the Ada Moss museum``).
    """
    following = after.split(None, 2)
    if not following:
        return
    word = following[0].rstrip(",.;:")
    for kind, weight in _after_table().get(word, ()):
        votes[kind] += weight
    if word.startswith("(") and len(following) > 1 and following[0][1:].isdigit():
        votes[PERSON] += 0.5  # the years of a life
    if word == "chief" and len(following) > 1 and following[1][0].islower():
        votes[ORGANISATION] += 2.0  # Northport chief economist Ada Moss
    noun = kind_of_noun(word)
    if noun is not None and noun in (PRODUCT, ORGANISATION, PLACE):
        votes[PLACE if noun == ORGANISATION and one_of else noun] += _NOUN_BEHIND
        votes[PERSON] -= _NAMED_AFTER if named_after else 0.0
    if word in ("lies", "lay") and len(following) > 1 and following[1] in _WHERE:
        votes[PLACE] += 2.5  # "Vale lies in the hills"
    if word in ("maker", "makers"):
        votes[PRODUCT] += 1.5
    if word in ("administration", "presidency"):
        votes[PERSON] += 3.0
    if word in ("family", "siblings", "brothers", "sisters"):
        votes[PERSON] += 2.0
    if word in {"River", "County"} or word in words("cues.txt", "of-nature"):
        votes[PLACE] += 2.0
    nouns = [part.rstrip(",.;:") for part in following[:2]]
    if any(noun in ("brand", "brands", "range") for noun in nouns) or word in words("cues.txt", "goods"):
        votes[PRODUCT] += 2.0
        votes[PERSON] -= 1.0


_WHERE = frozenset("in on at near between above below by beside beyond along north south east west".split())  # noqa: SIM905


def _vote_by_apposition(votes: Votes, after: str, *, listed: bool) -> None:
    if _AGE.match(after):
        votes[PERSON] += 4.0
        return
    parts = after[1:].split()
    if not parts:
        return
    first = parts[0].rstrip(",.")
    if first in {"who", "whom"}:
        votes[PERSON] += 0.5 if listed else 3.0  # "men from Oslo and Vale, who left"
    elif first == "which":
        votes[ORGANISATION] += 0.4
        votes[PERSON] -= 1.0
    elif first in place_names() or " ".join(parts[:2]).rstrip(",.") in place_names():
        votes[PLACE] += 2.5
    elif first in (
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "CEO",
        "chief",
        "founder",
        "president",
        "chairman",
        "co-founder",
        "head",
    ):
        roles = words("cues.txt", "person-after")
        if any(part.rstrip(",.") in roles or part == "CEO" for part in parts[:4]):
            votes[PERSON] += 3.0


def _vote_by_possession(votes: Votes, after: str) -> None:
    owned = [word.rstrip(",") for word in re.split(r"[.;:!?]", after[2:])[0].split()[:4]]
    if not owned:
        return
    if any(word.lower() in words("cues.txt", "company-nouns") for word in owned):
        votes[ORGANISATION] += 2.0
    elif owned[0] in words("cues.txt", "of-team"):
        votes[ORGANISATION] += 3.0
    elif owned[0] in words("cues.txt", "of-person"):
        votes[PERSON] += 2.5
    elif owned[0] in words("cues.txt", "of-place"):
        votes[PLACE] += 1.0


def _vote_by_words_before(votes: Votes, before: str, name: str, *, owns: bool) -> None:
    words_before = before.split()
    if not words_before:
        return
    last = words_before[-1]
    previous = words_before[-2].lower() if len(words_before) > 1 else ""
    first, several, _ = name.partition(" ")
    if last[0].isupper() and last.endswith(("'s", "’s")) and not several:
        votes[PRODUCT] += 0.0 if last[:-2] in place_names() else 1.0
    if last.endswith("-year-old"):
        votes[PERSON] += 4.0
    elif last in words("cues.txt", "done-by") or (last == "by" and previous.endswith("ed")):
        votes[ORGANISATION] += 0.8
        votes[PERSON] += 0.8
        votes[PLACE] -= 1.0
    elif last.lower() in ("in", "at", "of", "for", "from", "to"):
        if owns and several and last.lower() == "in":
            return  # "in Ada Moss's den" says nothing of her
        _vote_by_preposition(votes, last.lower(), previous)
    elif last in ("the", "The"):
        votes[PERSON] -= 1.5
        votes[ORGANISATION] += 0.3
        if previous == "in" and not several:
            votes[PLACE] += 0.8
    else:
        for kind, weight in _before_table().get(last.lower(), ()):
            votes[kind] += weight
        noun = kind_of_noun(last)
        if noun is not None and not (last == "owner" and first in given_names()):
            votes[noun] += _NOUN_RIGHT_BEFORE[noun]


def _vote_by_preposition(votes: Votes, preposition: str, previous: str) -> None:
    """Vote by a preposition and the word before it: ``based in X``, ``a stake in X``, ``chief of X``."""
    of_company = previous in words("cues.txt", "company-of")
    if preposition == "in":
        if previous in words("cues.txt", "not-place-in"):
            votes[ORGANISATION] += 1.5
        else:
            votes[PLACE] += 2.0 if previous in words("cues.txt", "place-in") else _IN_VOTES
    elif preposition == "at":
        votes[PLACE] += 1.6 if previous in words("cues.txt", "place-nouns") else 0.8
        votes[ORGANISATION] += 1.5 if of_company else 0.6
    elif preposition in ("of", "for"):
        if previous in words("cues.txt", "of-constituency"):
            votes[PLACE] += 2.0
        elif of_company:
            votes[ORGANISATION] += 1.5
        elif preposition == "of" and previous in words("cues.txt", "of-product"):
            votes[PRODUCT] += 2.0
        elif preposition == "of" and previous in words("cues.txt", "place-before"):
            votes[PLACE] += 2.5
        elif preposition == "of" and previous in words("cues.txt", "place-nouns"):
            votes[PLACE] += 1.0
    elif previous in words("cues.txt", "moved"):
        votes[PLACE] += 1.5
    else:
        votes[PLACE] += 0.3


_NEIGHBOUR = re.compile(r"(?:,|,? and(?: also)?|,? or| &| /| as well as|,? including) \Z")


_FIRM = 1.0  # votes from which a name speaks for its neighbours,
_SHARED = 0.8  # and how much


def _are_neighbours(text: str, left: Name, right: Name) -> bool:
    """Tell whether two names stand in one list, or at the two ends of one way."""
    if text[left.end : right.start] == " to ":
        return text[max(0, left.start - 6) : left.start].lower().endswith("from ")
    return _NEIGHBOUR.match(text, left.end, right.start) is not None


def vote_by_neighbours(text: str, row: list[tuple[Name, Votes]]) -> None:
    """Let names in a list, ``X, Y and Z``, speak for each other; ``row`` are those of one line in order."""
    shares: list[tuple[Votes, int]] = []
    for (left, left_votes), (right, right_votes) in itertools.pairwise(row):
        if (
            right.start - left.end < 16
            and left_votes is not right_votes
            and _are_neighbours(text, left, right)
        ):
            for giver, taker in ((left_votes, right_votes), (right_votes, left_votes)):
                most = max(giver)
                if most >= _FIRM:
                    shares.append((taker, giver.index(most)))
    for taker, kind in shares:
        taker[kind] += _SHARED
