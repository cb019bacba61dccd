"""The kinds of named things, and what a name by itself tells of its kind, in votes."""

from __future__ import annotations

import re
from functools import lru_cache

from sources.evidence.entities import EntityKind
from sources.evidence.entities.capitalised_words import is_syllabic_given_name
from sources.evidence.outlet_names import is_agency
from sources.evidence.word_lists import (
    function_words,
    given_names,
    heads,
    is_demonym,
    is_plain,
    organisation_names,
    picture_sources,
    place_names,
    words,
)

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
    r"(?:(?:al|el|ad|ul|as)-|(?:[^\W\d_a-z]|Mc|Mac|Fitz|[DL][aeiu]|Van)['’]?(?=[^\W\d_a-z]))?"
    r"[^\W\d_a-z][^\W\d_A-Z]+(?:-[^\W\d_]+)?|de|van|von|der|la|bin|di|da|del"
)
_PARTICLE = re.compile(r" (?:de|da|do|dos|del|della|di|du|van|von|der|den|ter|bin|ibn|al) ")
_STATE_LETTERS = re.compile(r"N\.(?:[CDHJMY]|Mex)\.|S\.[CD]\.|R\.I\.|W\.Va\.")
_VERSION = re.compile(r"(?:^|[^\W\d_])[- ]?\d+(?:\.\d+)?[A-Za-z]?$")
_PLACE_ENDING = re.compile(
    r"(?:ville|burg|burgh|borough|shire|stan|grad|abad|pur|stadt|dorf|wick|mouth|minster|polis|land|ford|side|halle"
    r"|platz|straße|strasse|bury|chester|cester|hampton|thorpe|stead|holm|vik|havn|haven|ingen)$"
)
_FIRM_ENDING = re.compile(r"(?:[a-z]ics|tech|soft|pharma|works|labs|media|ware|sys)$")
_INITIALS = re.compile(r"(?:^| )(?!(?:[DUE]\.[CNKS]|L\.A|A\.C|F\.C)\.)(?:[A-Z]\.){1,3} ")
_ROMAN = re.compile(r"[IVX]+")
_INNER_CAPITAL = re.compile(r"[^\W_][^\W\d_a-z]|[a-z][^\W\d_a-z]")
_PERSON_ENDING = re.compile(
    r"(?:son|sen|ez|ov|ova|ev|sky|ski|stein|berg|escu|vich|ian|elli|etti|opoulos|wala)$"
)
_COMPANY_ENDING = re.compile(
    r"(?:tech|soft|corp|bank|works|net|ware|pharma|gen|com|air|tel|box|labs|media)$", re.IGNORECASE
)


_SHORTEST_DRUG = 7  # letters of the name of a drug
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
    if form.isupper() and parts[-1].title() in heads():
        parts = form.title().split()
    last, first = parts[-1], parts[0]
    listed = form in organisation_names() or (form in picture_sources() and form not in given_names())
    listed = listed or is_agency(form)
    for holds, kind, weight in (
        (form in place_names() or " ".join(parts) in place_names(), PLACE, 5.0),
        (form.isupper() and len(form) > 4 and form.title() in place_names(), PLACE, 5.0),
        (listed, ORGANISATION, 5.0),
        (form in ("North", "South", "East", "West", "Americas", "Midlands", "Balkans"), PLACE, 3.0),
        (
            first in words("name-words.txt", "feasts") and len(parts) < 3 and last not in given_names(),
            EVENT,
            5.0,
        ),
        (listed, PERSON, -2.0),
        (_STATE_LETTERS.fullmatch(form) is not None, PLACE, 4.0),
        (_is_branch(parts), ORGANISATION, 2.0),  # "Statistics Norway"
        (_is_branch(parts), PERSON, -1.0),
        (len(parts) > 1 and not listed and _is_maker(first), PRODUCT, 2.0),
        (first in words("name-words.txt", "index"), OTHER, 5.0),
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
        counted = parts[-2] if len(parts) > 1 else ""
        kinds = (kind for kind, section in _COUNTED if counted in words("name-words.txt", section))
        votes[next(kinds, PRODUCT)] += 2.5  # Gate 3, Channel 4
        votes[PERSON] -= 20.0  # however often it "tells" or "says"
    if len(parts) > 1:
        _vote_by_opening(votes, first)
    return tuple(votes)


_COUNTED = ((PLACE, "place"), (ORGANISATION, "organisation"))


def _vote_by_opening(votes: Votes, first: str) -> None:
    """Vote by the first word of several."""
    if first in words("name-words.txt", "article") and first not in given_names():
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
    half = last.rpartition("-")[2]
    if len(parts) > 1 and half not in words("name-words.txt", "also-surnames"):
        last = half  # "Times-News", but "Ada Moss-Ward"
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
    if _starts_with_place(parts) and parts[0] not in given_names() and last not in ("Jr.", "Sr."):
        votes[PERSON] -= 1.0
        if last.endswith("s") and not last.endswith("is") and last not in heads():
            votes[ORGANISATION] += _TEAM_OF_PLACE  # "Oslo Herons"
    if len(parts) > 1 and is_demonym(last):
        votes[PERSON] -= 2.0  # "Senate Republicans"
    if any(_is_maker(part) for part in parts[1:]) and parts[0] not in given_names():
        votes[PERSON] -= 1.0
        votes[ORGANISATION] += 1.0
    if ("School" in parts and last in ("District", "Board")) or " ".join(parts[-3:]) == "Hall of Fame":
        votes[ORGANISATION] += 6.0
    if len(parts) > 2 and last in _BODIES_OF_COUNTRIES and _country_of(parts):
        votes[ORGANISATION] += 4.0


def _is_branch(parts: list[str]) -> bool:
    """Tell whether a name of two words ends in a place, and begins with what is neither place nor person."""
    first, last = parts[0], parts[-1]
    named = (
        first in place_names() or first in given_names() or first in words("name-words.txt", "place-first")
    )
    return len(parts) == 2 and last in place_names() and not named


def _is_maker(word: str) -> bool:
    """Tell whether a word is a firm known worldwide, and a longer name its product: ``Tesla Roadster``."""
    media = word.isupper() or word in picture_sources() or word in heads()
    return word in organisation_names() and word not in given_names() and not media


_BODIES_OF_COUNTRIES = frozenset({"Survey", "Mint", "Post", "Attorney", "Office"})


def _starts_with_place(parts: list[str]) -> bool:
    return any(" ".join(parts[:length]) in place_names() for length in (1, 2) if length < len(parts))


def _country_of(parts: list[str]) -> bool:
    return parts[0] in place_names() or " ".join(parts[:2]) in place_names() or is_demonym(parts[0])


def _vote_as_person(votes: Votes, form: str, parts: list[str]) -> None:
    """Vote by the shape of a name of several words."""
    last, first = parts[-1], parts[0]
    headed = any(votes[kind] >= 4.0 for kind in (ORGANISATION, PLACE, EVENT, OTHER))
    if (first in given_names() or (form.isupper() and first.title() in given_names())) and "of" not in parts:
        surname = len(parts) == 2 and last in words("name-words.txt", "also-surnames")
        votes[PERSON] += _GIVEN_NAME_IN_TITLE if headed and not surname else _GIVEN_NAME_VOTES
        votes[PERSON] += 0.5 if headed and surname and first not in place_names() else 0.0  # "Ada Woods"
    elif all(_PERSON_WORD.fullmatch(part) and not part.isupper() for part in parts) and not headed:
        if _FIRM_ENDING.search(last):
            votes[ORGANISATION] += 1.0
        elif is_plain(last.casefold()):
            votes[ORGANISATION] += 0.5  # few surnames are plain words, while firms like them
        else:
            votes[PERSON] += 1.0 if len(parts) == 2 else 0.3
    elif any(len(part) > 1 and part.isupper() and part.isalpha() for part in parts[:-1]):
        votes[ORGANISATION] += 0.8  # "SK Hynix"
    if is_syllabic_given_name(last) or is_syllabic_given_name(first):
        votes[PERSON] += _GIVEN_NAME_VOTES
    if _INITIALS.search(form) or last in ("Jr.", "Sr."):
        votes[PERSON] += 3.0
    if _PARTICLE.search(form):
        votes[PERSON] += 1.0
    if _PERSON_ENDING.search(last) and not headed:
        votes[PERSON] += 0.5
    if last in ("II", "III", "IV", "VI", "VII", "VIII", "XIV", "XVI"):
        votes[PERSON] += 1.0
    if last.isupper() and len(last) > 1 and last.isalpha():
        votes[ORGANISATION] += 1.0


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
        votes[PERSON] -= 0.0 if _PERSON_WORD.fullmatch(word) else 1.0
        votes[PRODUCT] += 0.6 if word[0].isupper() and not word.endswith("ds") else 1.6  # iPhone, AirPods
    if _PLACE_ENDING.search(word):
        votes[PLACE] += 0.8
    if is_drug(word):
        votes[PRODUCT] += 2.0
    if _PERSON_ENDING.search(word):
        votes[PERSON] += 0.5
    if _COMPANY_ENDING.search(word):
        votes[ORGANISATION] += 0.8


def strongest_kind(votes: Votes) -> EntityKind:
    """Return the kind with the most votes; without any clear vote, ``other``."""
    most = max(votes)
    return KINDS[votes.index(most)] if most >= 0.3 and votes.count(most) == 1 else EntityKind.OTHER
