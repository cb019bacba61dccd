"""Persons whose name a text gets wrong by one letter, as rewritten texts do: ``Jonah Vence`` for Jonah Vance.

Two names are taken for one only where nothing speaks for two persons: the given names are the same, no text
has both, the surnames are long and differ by one letter, and no third name comes as near.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.entities.linking import Form

# Not measured: a slip in a shorter surname is as likely another name (Hall, Hale).
_SHORTEST = 5  # letters of a surname
_MOST_ALIKE = 100  # persons of one given name among whom a slip is looked for


def misspelt(persons: Iterable[Form]) -> Iterator[tuple[str, str]]:
    """Yield the keys of a wrong name and the right one, which is named in more texts, or more often."""
    alike: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    for form in persons:
        if len(form.tokens[-1]) >= _SHORTEST:
            alike[form.tokens[:-1]].append(form)
    for forms in alike.values():
        if not 1 < len(forms) <= _MOST_ALIKE:
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
