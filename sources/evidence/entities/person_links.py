"""Links the forms of a person's name: full names, surnames, given names, initials and slips."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from sources.evidence.entities import kinds
from sources.evidence.entities.capitalised_words import is_syllabic_given_name
from sources.evidence.entities.forms import CLEARLY, MOST_MEANT, Form, Key, Links, place_keys
from sources.evidence.word_lists import given_names, place_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


# Not measured: a slip in a shorter surname is as likely another name (Hall, Hale).
_SHORTEST_MISSPELLED = 5  # letters of a surname
_SHORTEST_SPELLED = 5  # letters of a given name that has another spelling: Mohammed, Mohamed
_MOST_NAMESAKES = 100  # persons of one given name among whom a slip is looked for


def misspelled_names(persons: Iterable[Form]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a wrong name and the right one, which is named in more texts, or more often."""
    alike: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    spelled: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    for form in persons:
        if len(form.tokens[-1]) >= _SHORTEST_MISSPELLED:
            alike[form.tokens[:-1]].append(form)
        if len(form.tokens) > 1 and len(form.tokens[0]) >= _SHORTEST_SPELLED:
            spelled[form.tokens[1:]].append(form)
    for rows, is_slip in ((alike, _one_slip), (spelled, _two_spellings)):
        for forms in rows.values():
            if not 1 < len(forms) <= _MOST_NAMESAKES:
                continue
            for form in forms:
                near = [other for other in forms if other is not form and is_slip(form, other)]
                if len(near) == 1 and (_stronger(near[0], form) or is_slip is _two_spellings):
                    yield form.key, near[0].key


def _one_slip(form: Form, other: Form) -> bool:
    return form.first.keys().isdisjoint(other.first) and _one_letter_apart(form.tokens[-1], other.tokens[-1])


def _two_spellings(form: Form, other: Form) -> bool:
    """Tell whether two given names are one but for a letter within: not "Daniel" and "Daniela"."""
    one, another = form.tokens[0], other.tokens[0]
    ends = (one[0], one[-1]) == (another[0], another[-1])
    lengths = len(one) != len(another)  # a letter more, as in "Mohammed": "Maria" and "Marta" are two
    apart = form.first.keys().isdisjoint(other.first)
    return ends and lengths and apart and _one_letter_apart(one, another)


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


_INITIAL = re.compile(r"^\w\.?$")
_SHORTEST_GIVEN = 3  # letters of a given name that may be cut short: Ben for Benjamin, not Ed for Edward
_PERSON = 1.0  # votes for a person from which a short name goes with a full one,
_PERSON_AGAINST_KIND = 2.0  # where the short one is clearly of another kind
_NO_PERSON = 2.5  # votes for another kind beyond those for a person, from which a name is no person's
_LISTED_PLACE = 5.0  # votes that a place has by the list alone


def full_persons(forms: Mapping[Key, Form]) -> list[Form]:
    """Return the forms that are a person's name of several words."""
    return [form for form in forms.values() if len(form.tokens) > 1 and form.kind == kinds.PERSON]


def link_full_persons(persons: Sequence[Form], links: Links) -> None:
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
    for full in itertools.islice(fuller, MOST_MEANT):
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


def link_short_persons(forms: Mapping[Key, Form], persons: Sequence[Form], links: Links) -> None:
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
        if links.of(key) != key or len(by_last.get(key, ())) > MOST_MEANT or key in by_last.get(key, ()):
            continue
        families = set(by_last.get(key, ()))
        if not any(_may_shorten(form, forms[full]) for full in families):
            families = set()  # else any of one family may be meant
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
            if not firsts[place].startswith(key) or len(meant) > MOST_MEANT:
                break
            meant |= by_first[firsts[place]]
    return meant


def _may_shorten(short: Form, full: Form) -> bool:
    """Tell whether there is enough to take ``full`` for a person whom ``short`` names."""
    strongest = max(short.votes[kinds.PERSON], full.votes[kinds.PERSON])
    if short.key in place_keys() and not _begins_with_given_name(full):
        strongest = short.votes[kinds.PERSON]  # Norway is no short form of "Statistics Norway"
    return strongest >= (
        _PERSON if max(short.votes) < CLEARLY or short.kind == kinds.PERSON else _PERSON_AGAINST_KIND
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
    if not meant or len(meant) > MOST_MEANT:
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
