"""Which forms of a name name the same thing: full names, surnames, short forms, acronyms, misspellings."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sources.evidence.entities import kinds
from sources.evidence.entities.capitalised_words import is_syllabic_given_name
from sources.evidence.word_lists import given_names, is_demonym, place_names, same_names, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


# Not measured: a slip in a shorter surname is as likely another name (Hall, Hale).
_SHORTEST_MISSPELLED = 5  # letters of a surname
_MOST_NAMESAKES = 100  # persons of one given name among whom a slip is looked for


def misspelled_names(persons: Iterable[Form]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a wrong name and the right one, which is named in more texts, or more often."""
    alike: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    for form in persons:
        if len(form.tokens[-1]) >= _SHORTEST_MISSPELLED:
            alike[form.tokens[:-1]].append(form)
    for forms in alike.values():
        if not 1 < len(forms) <= _MOST_NAMESAKES:
            continue
        for form in forms:
            near = [other for other in forms if other is not form and _one_slip(form, other)]
            if len(near) == 1 and _stronger(near[0], form):
                yield form.key, near[0].key


def _one_slip(form: Form, other: Form) -> bool:
    return form.first.keys().isdisjoint(other.first) and _one_letter_apart(form.tokens[-1], other.tokens[-1])


def _stronger(right: Form, wrong: Form) -> bool:
    return (len(right.first), right.count) > (len(wrong.first), wrong.count) and len(wrong.first) == 1


def _one_letter_apart(left: str, right: str) -> bool:
    """Tell whether one letter was changed, added, left out, or changed places with the next."""
    if len(left) > len(right):
        left, right = right, left
    start = 0
    while start < len(left) and left[start] == right[start]:
        start += 1
    if len(left) == len(right):
        swapped = left[start + 1 : start + 2] + left[start : start + 1] + left[start + 2 :]
        return left[start + 1 :] == right[start + 1 :] or swapped == right[start:]
    return len(right) - len(left) == 1 and left[start:] == right[start + 1 :]


# Which forms of a name name the same thing: full names, surnames, short forms, acronyms.
#
# Within one story a surname goes with the full name that ends in it, the short form of an organisation's
# name with the name that it begins, and an acronym with the name whose initials it is. Where two persons
# share a surname, each mention goes with the one named last before it in the same source.

Key = str

_INITIAL = re.compile(r"^\w\.?$")
# Not measured one by one: the names of the eleven labelled articles are linked with all of them together.
_MOST_MEANT = 64  # persons whom one short name may mean; of more, none is meant
_SHORTEST_SPELLED = 6  # letters of forms that are one though they differ in hyphens or spaces
_ACRONYM = range(3, 8)  # letters of an acronym that is linked without a definition
_SHORTEST_GIVEN = 3  # letters of a given name that may be cut short: Ben for Benjamin, not Ed for Edward
_CLEARLY = 1.5  # votes by which one kind leads another, or from which a form has a kind
_PERSON = 1.0  # votes for a person from which a short name goes with a full one,
_PERSON_AGAINST_KIND = 2.0  # where the short one is clearly of another kind
_NO_PERSON = 2.5  # votes for another kind beyond those for a person, from which a name is no person's
_LISTED_PLACE = 5.0  # votes that a place has by the list alone
_COMMONER_THAN_LOOSE = 7  # times that a short name may be commoner than one with a loose word more,
_COMMONER_THAN_LONGER = 4  # and than one with any other word more
_PERSON_LEAD = 3.0  # votes by which a short name is a person's and no firm's
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "on", "de", "&", "in"})


@dataclass(slots=True)
class Form:
    """All mentions of one key: how often, as what, and what was voted."""

    key: Key
    count: int = 0
    spellings: dict[str, int] = field(default_factory=dict)
    votes: list[float] = field(default_factory=kinds.no_votes)
    first: dict[int, int] = field(default_factory=dict)  # source number -> where it stands first

    tokens: tuple[str, ...] = field(init=False)  # the words of the key

    def __post_init__(self) -> None:
        self.tokens = tuple(self.key.split())

    @property
    def kind(self) -> int:
        """Return the number of the kind with the most votes."""
        most = max(self.votes)
        return self.votes.index(most) if most > 0 else kinds.OTHER

    def leans(self, kind: int) -> bool:
        """Tell whether no other kind has clearly more votes."""
        return self.votes[kind] > 0 and all(self.votes[kind] + _CLEARLY >= other for other in self.votes)


@dataclass(slots=True)
class Links:
    """``joined`` leads from a form to the one it goes with; ``open`` to those that a mention may mean."""

    joined: dict[Key, Key] = field(default_factory=dict)
    open: dict[Key, tuple[Key, ...]] = field(default_factory=dict)

    def of(self, key: Key) -> Key:
        """Return the form that stands for the thing ``key`` names."""
        seen = set()
        while key in self.joined and key not in seen:
            seen.add(key)
            key = self.joined[key]
        return key

    def join(self, short: Key, full: Key) -> None:
        """Let ``short`` go with ``full``, unless they already go together."""
        short, full = self.of(short), self.of(full)
        if short != full:
            self.joined[short] = full


@lru_cache(maxsize=50_000)
def key_of(text: str) -> Key:
    """Return what two spellings of one name have in common.

    Not `sources.text.folding.fold`: libraries store these keys with the user's corrections, and accents tell
    names apart (Pena, Peña) until something else links them.
    """
    bare = text.replace("’", "'").replace("\u00a0", " ").replace("‑", "-")
    if bare[:4].lower() == "the " and len(bare) > 4:
        bare = bare[4:]
    parts = bare.split()
    return " ".join(part.replace(".", "") if not part[0].isdigit() else part for part in parts).casefold()


def folded(key: Key) -> Key:
    """Return a key without accents."""
    if key.isascii():
        return key
    return "".join(mark for mark in unicodedata.normalize("NFD", key) if not unicodedata.combining(mark))


def link(forms: Mapping[Key, Form], acronyms: Mapping[str, str]) -> Links:
    """Link the forms of a story; ``acronyms`` are its own definitions, from acronym to full name."""
    links = Links()
    _link_known_places(forms, links)
    _link_spellings(forms, links)
    _link_acronyms(forms, acronyms, links)
    persons = _persons(forms)
    _link_full_persons(persons, links)
    for wrong, right in misspelled_names(persons):
        if links.of(wrong) == wrong:
            links.join(wrong, right)
    _link_short_organisations(forms, persons, links)
    _link_short_persons(forms, persons, links)
    return links


def _link_known_places(forms: Mapping[Key, Form], links: Links) -> None:
    for chosen, others in same_names("places.txt", "same"):
        present = [key for key in map(key_of, (chosen, *others)) if key in forms]
        for key in present[1:]:
            links.join(key, present[0])


def _link_spellings(forms: Mapping[Key, Form], links: Links) -> None:
    """Link forms that differ in hyphens, spaces and accents only, or in how a country is called.

    ``Deep Mind``, ``DeepMind``; ``Peña``, ``Pena``; ``US Navy``, ``United States Navy``.
    """
    by_letters: dict[str, list[Key]] = defaultdict(list)
    for key, form in forms.items():
        first, *rest = form.tokens
        if rest and first in _ship_keys():
            first, *rest = rest
        country = _country_keys().get(first) if rest else None
        letters = "".join((country or first, *rest))
        letters = folded(letters).replace(" ", "").replace("-", "")
        if len(letters) >= _SHORTEST_SPELLED:
            by_letters[letters].append(key)
    for keys in by_letters.values():
        keys.sort(key=lambda key: (-forms[key].count, key))
        for key in keys[1:]:
            links.join(key, keys[0])


@lru_cache(maxsize=1)
def _country_keys() -> dict[Key, Key]:
    """Return the usual key for each other key of a country."""
    rows = same_names("places.txt", "same")
    return {key_of(other): key_of(chosen) for chosen, others in rows for other in others}


@lru_cache(maxsize=1)
def _ship_keys() -> frozenset[Key]:
    return frozenset(map(key_of, words("name-words.txt", "ship")))


def _initials(key: Key) -> str:
    return "".join(token[0] for token in key.split() if token not in _SMALL_WORDS)


def _link_acronyms(forms: Mapping[Key, Form], acronyms: Mapping[str, str], links: Links) -> None:
    by_initials: dict[str, list[Key]] = defaultdict(list)
    for key, form in forms.items():
        if len(form.tokens) > 2 and form.kind != kinds.PERSON:
            by_initials[_initials(key)].append(key)
    for key, form in forms.items():
        defined = acronyms.get(key)
        if defined is not None:  # what it stands for is said: it is no chance acronym of another name
            if defined in forms and defined != key:
                links.join(key, defined)
            continue
        spelled = max(form.spellings, key=lambda text: form.spellings[text]).replace(".", "")
        if not (spelled.isupper() and len(spelled) in _ACRONYM and spelled.isalpha()):
            continue
        full = by_initials.get(key, ())
        if len(full) == 1 and key not in place_keys() and _may_stand_for(form, forms[full[0]]):
            links.join(key, full[0])


def _may_stand_for(short: Form, full: Form) -> bool:
    """Tell whether no text that has both names begins with the acronym, as if it were known by itself."""
    both = short.first.keys() & full.first.keys()
    return not both or any(full.first[source] < short.first[source] for source in both)


@lru_cache(maxsize=1)
def place_keys() -> frozenset[Key]:
    """Return the keys of the places known by name."""
    return frozenset(map(key_of, place_names()))


def _persons(forms: Mapping[Key, Form]) -> list[Form]:
    """Return the forms that are a person's name of several words."""
    return [form for form in forms.values() if len(form.tokens) > 1 and form.kind == kinds.PERSON]


def _link_full_persons(persons: Sequence[Form], links: Links) -> None:
    """Link a person's names that differ in the names between first and last, or in an initial."""
    by_last: dict[str, list[Form]] = defaultdict(list)
    for form in persons:
        by_last[_without_suffix(form.tokens)[-1]].append(form)
    for same in by_last.values():
        if len(same) == 1:
            continue
        same.sort(key=lambda form: (-len(form.tokens), -form.count, form.key))
        by_first: dict[str, list[Form]] = defaultdict(list)
        for short in same:
            fits = _one_person(short, _with_given_name_like(by_first, short.tokens[0]), links)
            if fits is not None:
                links.join(short.key, fits)
            by_first[short.tokens[0]].append(short)


_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def _without_suffix(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a person's name without Jr or III behind it."""
    return tokens[:-1] if tokens[-1] in _GENERATIONS and len(tokens) > 1 else tokens


def surname_first(form: Form) -> bool:
    """Tell whether a person's name begins with the surname, as in China and Korea: ``Kim Jae-won``."""
    return any(is_syllabic_given_name(text.split()[-1]) for text in form.spellings)


def _with_given_name_like(by_first: Mapping[str, list[Form]], first: str) -> Iterator[Form]:
    """Yield the persons of one family who have the given name ``first``, or its initial, or one with it."""
    if _INITIAL.match(first):
        for given, forms in by_first.items():
            if given[0] == first[0]:
                yield from forms
        return
    for given in (first, first[0], f"{first[0]}."):
        yield from by_first.get(given, ())


def _one_person(short: Form, fuller: Iterable[Form], links: Links) -> Key | None:
    """Return the one person whom ``short`` may name; None when there is none or there are several."""
    found: Key | None = None
    meant: set[Key] = set()
    for full in itertools.islice(fuller, _MOST_MEANT):
        if _same_person(short.tokens, full.tokens):
            found = found or full.key
            meant.add(links.of(full.key))
            if len(meant) > 1:
                return None
    return found


def _same_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    first, other = short[0], full[0]
    if first == other:
        middle = [token for token in short[1:-1] if not any(token[0] == name[0] for name in full[1:-1])]
        return not middle
    if _INITIAL.match(first) or _INITIAL.match(other):
        return first[0] == other[0]
    return False


def _link_short_persons(forms: Mapping[Key, Form], persons: Sequence[Form], links: Links) -> None:
    """Link surnames to full names, and given names where the full name stands before in the same source."""
    by_last: dict[str, set[Key]] = defaultdict(set)
    by_first: dict[str, set[Key]] = defaultdict(set)
    for form in persons:
        tokens = _without_suffix(form.tokens)
        full = links.of(form.key)
        if surname_first(form):
            by_last[tokens[0]].add(full)
            by_first[" ".join(tokens[1:])].add(full)
            continue
        by_last[tokens[-1]].add(full)
        for length in range(2, len(tokens)):
            by_last[" ".join(tokens[-length:])].add(full)
        by_first[tokens[0]].add(full)
    firsts = sorted(by_first)
    for key, form in forms.items():
        if links.of(key) != key or len(by_last.get(key, ())) > _MOST_MEANT or key in by_last.get(key, ()):
            continue
        families = {full for full in by_last.get(key, ()) if _may_shorten(form, forms[full])}
        if key in by_first and _is_given(form):  # "Ada" is short for "Ada Moss", not for "Team Ada"
            families = {full for full in families if _begins_with_given_name(forms[full])}
        if families:
            _link_or_leave_open(form, families, links, alone=True)
        elif len(form.tokens) == 1 and (key in by_first or _is_given(form)):
            meant = _with_given_name(key, by_first, firsts)
            if meant:
                _link_or_leave_open(form, meant, links, alone=False)


def _with_given_name(key: Key, by_first: Mapping[str, set[Key]], firsts: Sequence[str]) -> set[Key]:
    """Return the persons whose given name is ``key``, or begins with it: ``Alex`` for Alexandra."""
    meant = set(by_first.get(key, ()))
    if len(key) >= _SHORTEST_GIVEN:
        for place in range(bisect_left(firsts, key), len(firsts)):
            if not firsts[place].startswith(key) or len(meant) > _MOST_MEANT:
                break
            meant |= by_first[firsts[place]]
    return meant


def _may_shorten(short: Form, full: Form) -> bool:
    """Tell whether there is enough to take ``full`` for a person whom ``short`` names."""
    strongest = max(short.votes[kinds.PERSON], full.votes[kinds.PERSON])
    if short.key in place_keys() and not _begins_with_given_name(full):
        strongest = short.votes[kinds.PERSON]  # Norway is no short form of "Statistics Norway"
    return strongest >= (
        _PERSON if max(short.votes) < _CLEARLY or short.kind == kinds.PERSON else _PERSON_AGAINST_KIND
    )


def _begins_with_given_name(form: Form) -> bool:
    return any(text.split()[0] in given_names() for text in form.spellings)


def _is_given(form: Form) -> bool:
    return any(spelling in given_names() for spelling in form.spellings)


def _link_or_leave_open(form: Form, meant: Iterable[Key], links: Links, *, alone: bool) -> None:
    """Link a form to the one name it can mean, or leave the choice to each mention."""
    against = _strongest_but_listed(form) - max(form.votes[kinds.PERSON], 0.0)
    if form.kind != kinds.PERSON and against > _NO_PERSON and not _weak(form):
        return
    meant = tuple(sorted(meant))
    if not meant or len(meant) > _MOST_MEANT:
        return
    if len(meant) == 1 and alone:
        links.join(form.key, meant[0])
    else:
        links.open[form.key] = meant


def _strongest_but_listed(form: Form) -> float:
    """Return the most votes for one kind; that a place is on the list counts only if the story agrees."""
    listed = _LISTED_PLACE if any(text in place_names() for text in form.spellings) else 0.0
    return max(
        number - listed if kind == kinds.PLACE and number < listed + 1.0 else number
        for kind, number in enumerate(form.votes)
    )


def _weak(form: Form) -> bool:
    """Tell whether what speaks against a person is little for so many mentions."""
    against = max(form.votes)
    little = against < 0.5 * form.count + 1.0 and form.votes[kinds.PERSON] * 2 >= against
    return little and not any(text in place_names() for text in form.spellings)


def _link_short_organisations(forms: Mapping[Key, Form], persons: Sequence[Form], links: Links) -> None:
    """Link ``Northport`` to ``Northport plc``, and such: a name to the longer one that it begins."""
    longer: dict[Key, list[Form]] = defaultdict(list)
    for form in forms.values():
        if len(form.tokens) > 1 and form.kind == kinds.ORGANISATION:
            for start in _short_forms(form.tokens):
                if start in forms:
                    longer[start].append(form)
        elif "-" in form.key and form.kind == kinds.ORGANISATION and form.key.partition("-")[0] in forms:
            longer[form.key.partition("-")[0]].append(form)
    surnames = {form.tokens[-1] for form in persons}
    for key in sorted(longer, key=lambda short: (-len(short.split()), short)):
        short = forms[key]
        ranked = sorted((_expansion_rank(short, full), full.count, full.key) for full in longer[key])
        ranked = [row for row in ranked if row[0] > 0]
        if ranked and _means_several(ranked):
            continue
        if ranked and not _names_something_else(short) and not (key in surnames and _leans_to_person(short)):
            links.join(key, ranked[-1][2])


def _means_several(ranked: Sequence[tuple[int, int, Key]]) -> bool:
    """Tell whether longer names of different things explain a short one about as well."""
    best = [key for rank, _, key in ranked if rank == ranked[-1][0]]
    longest = max(best, key=len)
    return ranked[-1][0] < _BY_LEGAL_FORM and not all(longest.startswith(key) for key in best)


_BY_LEGAL_FORM = 3
_TEAM = frozenset({"team", "fc", "ac", "as", "rb", "club", "studio"})


def _short_forms(tokens: tuple[str, ...]) -> Iterator[Key]:
    """Yield what an organisation's name may be shortened to: its beginning, or without ``Team``."""
    for length in range(1, len(tokens)):
        yield " ".join(tokens[:length])
    if tokens[0] in _TEAM:
        yield " ".join(tokens[1:])


def _leans_to_person(short: Form) -> bool:
    """Tell whether a surname that also begins a firm's name is the person's."""
    return short.votes[kinds.PERSON] + 0.5 >= max(short.votes)


@lru_cache(maxsize=1)
def legal_keys() -> frozenset[str]:
    """Return the keys of the words for legal forms of firms."""
    return frozenset(key_of(word) for word in words("name-words.txt", "legal"))


@lru_cache(maxsize=1)
def organisation_keys() -> frozenset[str]:
    """Return the keys of the words that say of a name that it is a body's."""
    return frozenset(key_of(word) for word in words("name-words.txt", "organisation"))


@lru_cache(maxsize=1)
def _part_keys() -> frozenset[str]:
    """Return the keys of what belongs to a body, or is made by it, and is not the body itself."""
    both = words("name-words.txt", "part") | words("name-words.txt", "product")
    return frozenset(key_of(word) for word in both)


@lru_cache(maxsize=1)
def _loose() -> frozenset[str]:
    return frozenset(key_of(word) for word in words("name-words.txt", "loose"))


def _expansion_rank(short: Form, full: Form) -> int:
    """Return how well a longer name explains a short one: 3 by its legal form, 0 not at all."""
    introduced = any(full.first[source] < short.first.get(source, -1) for source in full.first)
    if full.tokens[0] in _TEAM or len(full.tokens) == len(short.tokens):
        return 2 if introduced else 0
    rest = full.tokens[len(short.tokens) :]
    if rest[-1] in legal_keys() and all(token in legal_keys() or token in _loose() for token in rest):
        return 3
    if short.tokens[0] in _SMALL_WORDS or (short.leans(kinds.PLACE) and short.kind == kinds.PLACE):
        return 0
    if all(token in _loose() for token in rest):
        return 2 if introduced or full.count * _COMMONER_THAN_LOOSE >= short.count else 0
    if rest[0] == "&":
        return 2 if introduced else 0
    if any(token in _SMALL_WORDS for token in rest):
        whole_office = len(short.tokens) > 1 and short.tokens[-1] in organisation_keys()
        return 2 if whole_office and rest[0] == "of" else 0
    starts_with_place = len(short.tokens) > 1 and short.tokens[0] in place_keys() | _country_keys().keys()
    if rest[-1] in _part_keys() or starts_with_place:
        return 0  # a council of a body is not the body, nor is what a firm makes the firm
    return 1 if introduced and full.count * _COMMONER_THAN_LONGER >= short.count else 0


def _names_something_else(short: Form) -> bool:
    """Tell whether a short form is a name of its own: a place, a people, a person."""
    if any(text in place_names() or is_demonym(text) for text in short.spellings):
        return short.votes[kinds.ORGANISATION] < short.votes[kinds.PLACE]
    return short.votes[kinds.PERSON] > short.votes[kinds.ORGANISATION] + _PERSON_LEAD
