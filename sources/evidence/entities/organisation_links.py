"""Links the short form of an organisation's name to the longer one that it begins."""

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
    legal_keys,
    loose,
    organisation_keys,
    part_keys,
    place_keys,
)
from sources.evidence.word_lists import is_demonym, place_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_COMMONER_THAN_LOOSE = 7  # times that a short name may be commoner than one with a loose word more,
_COMMONER_THAN_LONGER = 4  # and than one with any other word more
_PERSON_LEAD = 3.0  # votes by which a short name is a person's and no firm's


def link_short_organisations(forms: Mapping[Key, Form], persons: Sequence[Form], links: Links) -> None:
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


def _expansion_rank(short: Form, full: Form) -> int:
    """Return how well a longer name explains a short one: 3 by its legal form, 0 not at all."""
    introduced = any(full.first[source] < short.first.get(source, -1) for source in full.first)
    if full.tokens[0] in _TEAM or len(full.tokens) == len(short.tokens):
        return 2 if introduced else 0
    rest = full.tokens[len(short.tokens) :]
    if rest[-1] in legal_keys() and all(token in legal_keys() or token in loose() for token in rest):
        return 3
    if short.tokens[0] in SMALL_WORDS or (short.leans(kinds.PLACE) and short.kind == kinds.PLACE):
        return 0
    if all(token in loose() for token in rest):
        return 2 if introduced or full.count * _COMMONER_THAN_LOOSE >= short.count else 0
    if rest[0] == "&":
        return 2 if introduced else 0
    if any(token in SMALL_WORDS for token in rest):
        whole_office = len(short.tokens) > 1 and short.tokens[-1] in organisation_keys()
        return 2 if whole_office and rest[0] == "of" else 0
    starts_with_place = len(short.tokens) > 1 and short.tokens[0] in place_keys() | country_keys().keys()
    if rest[-1] in part_keys() or starts_with_place:
        return 0  # a council of a body is not the body, nor is what a firm makes the firm
    return 1 if introduced and full.count * _COMMONER_THAN_LONGER >= short.count else 0


def _names_something_else(short: Form) -> bool:
    """Tell whether a short form is a name of its own: a place, a people, a person."""
    if any(text in place_names() or is_demonym(text) for text in short.spellings):
        return short.votes[kinds.ORGANISATION] < short.votes[kinds.PLACE]
    return short.votes[kinds.PERSON] > short.votes[kinds.ORGANISATION] + _PERSON_LEAD
