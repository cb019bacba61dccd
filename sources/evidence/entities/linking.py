"""Which forms of a name name the same thing: full names, surnames, short forms, acronyms, misspellings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sources.evidence.entities import kinds
from sources.evidence.entities.forms import (
    SMALL_WORDS,
    Form,
    Key,
    Links,
    country_keys,
    folded,
    key_of,
    place_keys,
    ship_keys,
)
from sources.evidence.entities.organisation_links import link_short_organisations
from sources.evidence.entities.person_links import (
    full_persons,
    link_full_persons,
    link_short_persons,
    misspelled_names,
)
from sources.evidence.word_lists import same_names

if TYPE_CHECKING:
    from collections.abc import Mapping


_SHORTEST_SPELLED = 6  # letters of forms that are one though they differ in hyphens or spaces
_SHORTEST_OFFICE = 3  # words of an office's name that only one country is likely to have
_ACRONYM = range(3, 8)  # letters of an acronym that is linked without a definition


def link(forms: Mapping[Key, Form], acronyms: Mapping[str, str]) -> Links:
    """Link the forms of a story; ``acronyms`` are its own definitions, from acronym to full name."""
    links = Links()
    _link_known_places(forms, links)
    _link_spellings(forms, links)
    _link_rivers(forms, links)
    _link_offices_of_a_country(forms, links)
    _link_acronyms(forms, acronyms, links)
    persons = full_persons(forms)
    link_full_persons(persons, links)
    for wrong, right in misspelled_names(persons):
        if links.of(wrong) == wrong:
            links.join(wrong, right)
    link_short_organisations(forms, persons, links)
    link_short_persons(forms, persons, links)
    return links


def _countries() -> frozenset[Key]:
    return frozenset(country_keys()) | frozenset(country_keys().values())


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
        if rest and first in ship_keys():
            first, *rest = rest
        country = country_keys().get(first) if rest else None
        letters = "".join((country or first, *rest))
        letters = folded(letters).replace(" ", "").replace("-", "")
        if len(letters) >= _SHORTEST_SPELLED:
            by_letters[letters].append(key)
    for keys in by_letters.values():
        keys.sort(key=lambda key: (-forms[key].count, key))
        for key in keys[1:]:
            links.join(key, keys[0])


def _link_rivers(forms: Mapping[Key, Form], links: Links) -> None:
    """Link ``the Tave`` to ``River Tave``, unless that is known as another place."""
    for key, form in forms.items():
        first, _, short = key.partition(" ")
        named = first == "river" and short in forms and short not in place_keys()
        if named and form.kind == kinds.PLACE and not forms[short].leans(kinds.PERSON):
            links.join(short, key)


def _link_offices_of_a_country(forms: Mapping[Key, Form], links: Links) -> None:
    """Link ``US Food and Drug Administration`` to the office without the country, if one has it."""
    by_rest: dict[Key, list[Key]] = defaultdict(list)
    for key, form in forms.items():
        rest = key.partition(" ")[2]
        if rest in forms and len(form.tokens) > _SHORTEST_OFFICE and form.tokens[0] in _countries():
            by_rest[rest].append(key)
    for rest, keys in by_rest.items():
        if len(keys) == 1 and forms[rest].kind == kinds.ORGANISATION:
            links.join(keys[0], rest)


def _initials(key: Key) -> str:
    return "".join(token[0] for token in key.split() if token not in SMALL_WORDS)


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
