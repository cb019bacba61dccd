"""Decides of what kind a named thing is, by votes from the name, its contexts and its descriptions."""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sources.evidence.entities import EntityKind
from sources.evidence.entities.capitalised_words import is_syllabic_given_name
from sources.evidence.word_lists import (
    function_words,
    given_names,
    heads,
    is_demonym,
    organisation_names,
    place_names,
    plain_words,
    words,
)

if TYPE_CHECKING:
    from sources.evidence.entities.trimming import Name

PERSON, ORGANISATION, PLACE, PRODUCT, EVENT, OTHER = range(6)
KINDS = (
    EntityKind.PERSON,
    EntityKind.ORGANISATION,
    EntityKind.PLACE,
    EntityKind.PRODUCT,
    EntityKind.EVENT,
    EntityKind.OTHER,
)
Votes = list[float]

_PERSON_WORD = re.compile(
    r"(?:(?:al|el|ad|ul|as)-|(?:[^\W\d_a-z]|Mc|Mac|Fitz)['’]?(?=[^\W\d_a-z]))?"
    r"[^\W\d_a-z][^\W\d_A-Z]+(?:-[^\W\d_]+)?|de|van|von|der|la|bin|di|da|del"
)
_PARTICLE = re.compile(r" (?:de|da|do|dos|del|della|di|du|van|von|der|den|ter|bin|ibn|al) ")
_VERSION = re.compile(r"(?:^|[^\W\d_])[- ]?\d+(?:\.\d+)?[a-z]?$")
_PLACE_ENDING = re.compile(
    r"(?:ville|burg|burgh|borough|shire|stan|grad|abad|pur|stadt|dorf|wick|mouth|minster|polis|land|ford|side|halle"
    r"|platz|straße|strasse|bury|chester|cester|hampton|thorpe|stead|holm|vik|havn|haven|ingen)$"
)
_FIRM_ENDING = re.compile(r"(?:[a-z]ics|tech|soft|pharma|works|labs|media|ware|sys)$")
_ROMAN = re.compile(r"[IVX]+")
_INNER_CAPITAL = re.compile(r"[^\W_][^\W\d_a-z]|[a-z][^\W\d_a-z]")
_PERSON_ENDING = re.compile(
    r"(?:son|sen|ez|ov|ova|ev|sky|ski|stein|berg|escu|vich|ian|elli|etti|opoulos|wala)$"
)
_COMPANY_ENDING = re.compile(
    r"(?:tech|soft|corp|bank|works|net|ware|pharma|gen|com|air|tel|box|labs|media)$", re.IGNORECASE
)


_SHORTEST_DRUG = 7  # letters of the name of a drug
_IN_VOTES = 1.4  # the weight of "in" before a name
# Not measured one by one: the names of the labelled articles have their kinds with all votes together.
_GIVEN_NAME_VOTES = 4.0  # for a person, by a given name in front,
_PRODUCT_BY_CASE = 3.0  # for what the story writes with small letters and with capitals
_TEAM_OF_PLACE = 4.0  # for a plural behind a place
_GIVEN_NAME_ALONE = 3.0  # where it is all of the name
_GIVEN_NAME_IN_TITLE = 2.0  # where the last word says that it is something else: "Ada Moss Foundation"
_SHAPE_ALONE = 1.5  # votes up to which only the shape of a name spoke for a person


_NO_PERSON_HAS = (
    function_words() - words("name-words.txt", "particles") - {"may", "will", "so", "do", "can", "one"}
)


def is_drug(word: str) -> bool:
    """Tell whether a word ends as the international names of drugs do."""
    return len(word) >= _SHORTEST_DRUG and word.lower().endswith(
        tuple(words("name-words.txt", "drug-endings"))
    )


def no_votes() -> Votes:
    """Return votes with none cast."""
    return [0.0] * 6


@lru_cache(maxsize=50_000)
def votes_of_form(form: str) -> tuple[float, ...]:
    """Return what a name by itself tells, one weight a kind in the order of ``KINDS``."""
    votes = no_votes()
    parts = form.split()
    if parts[0] in ("The", "the") and len(parts) > 1:
        parts = parts[1:]
    last, first = parts[-1], parts[0]
    listed = form in organisation_names()
    for holds, kind, weight in (
        (form in place_names() or " ".join(parts) in place_names(), PLACE, 5.0),
        (form.isupper() and len(form) > 4 and form.title() in place_names(), PLACE, 5.0),
        (listed, ORGANISATION, 5.0),
        (listed, PERSON, -2.0),
        (not words("name-words.txt", "index").isdisjoint((first, last)), OTHER, 5.0),
        (any(part.lower() in _NO_PERSON_HAS for part in parts), PERSON, -4.0),  # "My Big Coin"
        (form.startswith("The "), ORGANISATION, 0.7),  # newspapers and bands keep their article
        (last.endswith(("'s", "’s")), ORGANISATION, 2.5),  # shops: "Miller's"
    ):
        votes[kind] += weight if holds else 0.0
    _vote_by_words(votes, parts)
    if len(parts) > 1:
        _vote_as_person(votes, form, parts)
    elif not votes[PLACE]:
        _vote_single(votes, last)
    if _VERSION.search(form) and not form[0].isdigit():
        votes[PRODUCT] += 2.5
        votes[PERSON] -= 20.0  # however often it "tells" or "says"
    if len(parts) > 1:
        _vote_by_opening(votes, first)
    return tuple(votes)


def _vote_by_opening(votes: Votes, first: str) -> None:
    """Vote by the first word of several."""
    if first in words("name-words.txt", "article"):
        votes[PLACE] += 1.0
        votes[ORGANISATION] += 1.5  # newspapers keep their article
        votes[PERSON] -= 1.5
    elif first in words("name-words.txt", "place-first"):
        votes[PLACE] += 2.5 if first not in given_names() else 1.0
    if first in words("name-words.txt", "event-first"):
        votes[EVENT] += 5.0
    if first in words("name-words.txt", "ship"):
        votes[PRODUCT] += 5.0
        votes[PERSON] -= 2.0


def _vote_by_words(votes: Votes, parts: list[str]) -> None:
    """Vote by the words that say what is named: the last one, and the one before ``of``."""
    # The number of "World War II" says nothing.
    last = parts[-2] if len(parts) > 2 and _ROMAN.fullmatch(parts[-1]) else parts[-1]
    if last in words("name-words.txt", "legal") and len(parts) > 1:
        votes[ORGANISATION] += 6.0
    weight = 4.0 if len(parts) > 1 else 0.5
    last = last.rpartition("-")[2] if len(parts) > 1 else last  # "Times-News"
    heads = [last]
    if "for" in parts[1:] and parts[parts.index("for", 1) - 1] in ("Center", "Centre"):
        votes[ORGANISATION] += 6.0
    for small in ("of", "for", "on"):
        if small in parts[1:]:
            heads = [parts[parts.index(small, 1) - 1]]
            break
    for head in heads:
        share = weight if head is last else weight + 1.0
        for kind, section in (
            (ORGANISATION, "organisation"),
            (PLACE, "place"),
            (EVENT, "event"),
            (PRODUCT, "product"),
            (OTHER, "work"),
        ):
            if head in words("name-words.txt", section):
                votes[kind] += share * (0.5 if kind == PRODUCT else 1.0)
    for part in parts[:-1]:
        if part in words("name-words.txt", "organisation") and part not in heads:
            votes[ORGANISATION] += 1.0
    _vote_by_first_words(votes, parts)


def _vote_by_first_words(votes: Votes, parts: list[str]) -> None:
    last = parts[-1]
    if last in ("Centre", "Center") and parts[0] in ("National", "International", "European", "Federal"):
        votes[ORGANISATION] += 4.0
    if parts[0] in words("name-words.txt", "organisation-first") and len(parts) > 1:
        votes[ORGANISATION] += 4.0
    if "&" in parts or "and" in parts:
        votes[ORGANISATION] += 1.5
    if _starts_with_place(parts) and last.endswith("s") and last not in heads():
        votes[ORGANISATION] += _TEAM_OF_PLACE  # "Oslo Herons"
        votes[PERSON] -= 1.0
    if ("School" in parts and last in ("District", "Board")) or " ".join(parts[-3:]) == "Hall of Fame":
        votes[ORGANISATION] += 6.0
    if len(parts) > 2 and last in _BODIES_OF_COUNTRIES and _country_of(parts):
        votes[ORGANISATION] += 4.0


_BODIES_OF_COUNTRIES = frozenset({"Survey", "Mint", "Post", "Attorney", "Office"})


def _starts_with_place(parts: list[str]) -> bool:
    return any(" ".join(parts[:length]) in place_names() for length in (1, 2) if length < len(parts))


def _country_of(parts: list[str]) -> bool:
    return parts[0] in place_names() or " ".join(parts[:2]) in place_names() or is_demonym(parts[0])


def _vote_as_person(votes: Votes, form: str, parts: list[str]) -> None:
    """Vote by the shape of a name of several words."""
    last, first = parts[-1], parts[0]
    headed = any(votes[kind] >= 4.0 for kind in (ORGANISATION, PLACE, EVENT, OTHER))
    if first in given_names() and "of" not in parts:
        votes[PERSON] += _GIVEN_NAME_IN_TITLE if headed else _GIVEN_NAME_VOTES
    elif all(_PERSON_WORD.fullmatch(part) and not part.isupper() for part in parts) and not headed:
        if _FIRM_ENDING.search(last):
            votes[ORGANISATION] += 1.0
        elif last.casefold() in plain_words() or _singular(last.casefold()) in plain_words():
            votes[ORGANISATION] += 0.5  # few surnames are plain words, while firms like them
        else:
            votes[PERSON] += 1.0 if len(parts) == 2 else 0.3
    elif any(len(part) > 1 and part.isupper() and part.isalpha() for part in parts[:-1]):
        votes[ORGANISATION] += 0.8  # "SK Hynix"
    if is_syllabic_given_name(last) or is_syllabic_given_name(first):
        votes[PERSON] += _GIVEN_NAME_VOTES
    if re.search(r"(?:^| )[A-Z]\. ", form) or last in ("Jr.", "Sr."):
        votes[PERSON] += 3.0
    if _PARTICLE.search(form):
        votes[PERSON] += 1.0
    if _PERSON_ENDING.search(last) and not headed:
        votes[PERSON] += 0.5
    if last in ("II", "III", "IV", "VI", "VII", "VIII", "XIV", "XVI"):
        votes[PERSON] += 1.0
    if last.isupper() and len(last) > 1 and last.isalpha():
        votes[ORGANISATION] += 1.0


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 4 else word


def without_person_shape(told: tuple[float, ...], form: str) -> tuple[float, ...]:
    """Return votes without what the shape of ``form`` said for a person, since its first word is common."""
    if " " not in form or form.partition(" ")[0] in given_names() or told[PERSON] > _SHAPE_ALONE:
        return told
    return (min(told[PERSON], 0.0), told[ORGANISATION] + 0.5, *told[2:])


def as_product(told: tuple[float, ...]) -> tuple[float, ...]:
    """Return votes with those for what is written with a small letter as well."""
    return (*told[:PRODUCT], told[PRODUCT] + _PRODUCT_BY_CASE, *told[PRODUCT + 1 :])


def _vote_single(votes: Votes, word: str) -> None:
    """Vote by the shape of a name of one word; most tell nothing."""
    if word in given_names():
        votes[PERSON] += _GIVEN_NAME_ALONE
    letters = word.replace(".", "")
    if letters.isupper() and len(letters) > 1:
        votes[ORGANISATION] += 1.5
    elif _INNER_CAPITAL.search(word) and not word.startswith(("Mc", "Mac")):
        votes[ORGANISATION] += 1.0
        votes[PRODUCT] += 0.6
    if _PLACE_ENDING.search(word):
        votes[PLACE] += 0.8
    if is_drug(word):
        votes[PRODUCT] += 2.0
    if _PERSON_ENDING.search(word):
        votes[PERSON] += 0.5
    if _COMPANY_ENDING.search(word):
        votes[ORGANISATION] += 0.8


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
        (ORGANISATION, 2.0, "team-after"),
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
        (ORGANISATION, 2.0, "company-before"),
        (ORGANISATION, 1.5, "team-before"),
        (PERSON, 2.0, "person-before"),
        (PLACE, 1.5, "place-before"),
        (PLACE, 1.0, "place-verbs"),
        (PRODUCT, 1.2, "product-before"),
        (OTHER, 1.5, "work-before"),
    ):
        for word in words("cues.txt", section):
            table.setdefault(word, []).append((kind, weight))
    return {word: tuple(votes) for word, votes in table.items()}


_AGE = re.compile(r", (?:aged )?[1-9][0-9],")
_BASED = re.compile(r"-(based|born|area)\b")
_OWNED = re.compile(r"-(?:owned|backed|led|founded|run|made|funded|developed|branded)\b")


# Not the letters of members of parliaments, which stand behind the name of a party too.
_LETTERS_BEHIND = re.compile(
    rf",? (?:{'|'.join(sorted(words('titles.txt', 'behind') - {'MP', 'MEP', 'MSP', 'MLA'}))})\b"
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
        (before.endswith(("Photo/", "Photo: ", "Photograph: ", "Photo by ", "Picture: ")), PERSON, 2.5),
    ):
        votes[kind] += weight if holds else 0.0
    if after[:1] == " ":
        _vote_by_next_word(votes, after)
    elif after[:1] == ",":
        _vote_by_apposition(votes, after)
    elif after[:1] in "'’":
        _vote_by_possession(votes, after)
    elif after[:1] == "-":
        if _BASED.match(after):
            votes[PLACE] += 4.0
        elif _OWNED.match(after):
            votes[ORGANISATION] += 1.5
    if before[-1:] in " \u00a0":
        _vote_by_words_before(votes, before, several=" " in name.text)
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


def _vote_by_next_word(votes: Votes, after: str) -> None:
    following = after.split(None, 2)
    if not following:
        return
    word = following[0].rstrip(",.;:")
    for kind, weight in _after_table().get(word, ()):
        votes[kind] += weight
    if word.startswith("(") and len(following) > 1 and following[0][1:].isdigit():
        votes[PERSON] += 0.5  # the years of a life
    if word in ("maker", "makers"):
        votes[PRODUCT] += 1.5
    if word in ("family", "siblings", "brothers", "sisters"):
        votes[PERSON] += 2.0
    if word in {"River", "County"} or word in words("cues.txt", "of-nature"):
        votes[PLACE] += 2.0
    nouns = [part.rstrip(",.;:") for part in following[:2]]
    if any(noun in ("brand", "brands", "range") for noun in nouns) or word in words("cues.txt", "goods"):
        votes[PRODUCT] += 2.0
        votes[PERSON] -= 1.0


def _vote_by_apposition(votes: Votes, after: str) -> None:
    if _AGE.match(after):
        votes[PERSON] += 4.0
        return
    parts = after[1:].split()
    if not parts:
        return
    first = parts[0].rstrip(",.")
    if first in {"who", "whom"}:
        votes[PERSON] += 3.0
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


def _vote_by_words_before(votes: Votes, before: str, *, several: bool) -> None:
    words_before = before.split()
    if not words_before:
        return
    last = words_before[-1]
    previous = words_before[-2].lower() if len(words_before) > 1 else ""
    if last[0].isupper() and last.endswith(("'s", "’s")) and not several:
        votes[PRODUCT] += 0.0 if last[:-2] in place_names() else 1.0
    if last.endswith("-year-old"):
        votes[PERSON] += 4.0
    elif last in words("cues.txt", "done-by") or (last == "by" and previous.endswith("ed")):
        votes[ORGANISATION] += 0.8
        votes[PERSON] += 0.8
        votes[PLACE] -= 1.0
    elif last.lower() in ("in", "at", "of", "for", "from", "to"):
        _vote_by_preposition(votes, last.lower(), previous)
    elif last.lower() in (
        "between",
        "near",
        "outside",
        "towards",
        "toward",
        "via",
        "throughout",
        "across",
        "around",
    ):
        votes[PLACE] += 1.5
    elif last in ("the", "The"):
        votes[PERSON] -= 1.5
        votes[ORGANISATION] += 0.3
        if previous == "in" and not several:
            votes[PLACE] += 0.8
    else:
        for kind, weight in _before_table().get(last, ()):
            votes[kind] += weight


def _vote_by_preposition(votes: Votes, preposition: str, previous: str) -> None:
    """Vote by a preposition and the word before it: ``based in X``, ``a stake in X``, ``chief of X``."""
    of_company = previous in words("cues.txt", "company-of")
    if preposition == "in":
        if previous in words("cues.txt", "not-place-in"):
            votes[ORGANISATION] += 1.5
        else:
            votes[PLACE] += 2.0 if previous in words("cues.txt", "place-in") else _IN_VOTES
    elif preposition == "at":
        votes[PLACE] += 1.6 if previous in words("cues.txt", "place-nouns") else 0.6
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
    elif previous in words("cues.txt", "moved"):
        votes[PLACE] += 1.5
    else:
        votes[PLACE] += 0.3


_NEIGHBOUR = re.compile(r"(?:,| and| or|, and|, or| &| /| as well as|,? including) \Z")


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
                if most >= 2.0:
                    shares.append((taker, giver.index(most)))
    for taker, kind in shares:
        taker[kind] += 0.7


def strongest_kind(votes: Votes) -> EntityKind:
    """Return the kind with the most votes; without any clear vote, ``other``."""
    most = max(votes)
    return KINDS[votes.index(most)] if most >= 0.3 else EntityKind.OTHER
