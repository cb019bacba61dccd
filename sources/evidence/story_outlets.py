"""The outlets of a story, and the persons in it, by whatever names its texts credit them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.credited_phrases import Persons, is_name
from sources.evidence.outlet_names import OutletNames, is_outlet, plain_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.attributions import Attribution
    from sources.evidence.entities import Entity

_REPORTING = frozenset(("reported", "reports"))


class StoryOutlets:
    """The outlets of a story: those that its texts are of, and those that they credit.

    A name is an outlet's if a general list or its words say so, or if the story does: it reported something,
    perhaps citing somebody, or is called a newspaper.
    """

    def __init__(self, given: Sequence[Attribution], own: Sequence[str], entities: Iterable[Entity]) -> None:
        """Take all credits of a story, and the outlets that its texts are of by what they say themselves."""
        self._persons = Persons(entities)
        told = {plain_name(one.told) for one in given if one.told}
        self._known = frozenset(
            {plain_name(name) for name in own}
            | {plain_name(one.medium) for one in given if one.medium}
            | {plain_name(one.credited) for one in given if self._reports(one, told)}
        )
        used: Counter[str] = Counter(shown(name) for name in own)
        self._forms: dict[str, Counter[str]] = {}
        for name in (name for one in given for name in (one.credited, one.told) if name):
            self._forms.setdefault(plain_name(name), Counter())[shown(name)] += 1
            if is_outlet(name, self._known):
                used[shown(name)] += 1
        self._names = OutletNames(used, own)
        self._keys = frozenset(map(self._names.key, used))

    def _reports(self, credit: Attribution, told: set[str]) -> bool:
        name = credit.credited
        if self.person(name) is not None or not is_name(name) or not name.removeprefix("the ")[:1].isupper():
            return False
        called = name.lower().startswith("the ") or plain_name(name) in told
        return credit.citing is not None or (credit.cue in _REPORTING and called)

    def person(self, phrase: str) -> str | None:
        """Return the person whom a phrase names, whatever office stands before the name."""
        return self._persons.named(phrase)

    def is_outlet(self, name: str) -> bool:
        """Tell whether a name is an outlet's."""
        return is_outlet(name, self._known) or (name[:1].isupper() and self.key(name) in self._keys)

    def key(self, name: str) -> str:
        """Return under which key the names of one outlet meet in the story."""
        return self._names.key(shown(name))

    def best(self, name: str) -> str:
        """Return an outlet's name as the story uses it most."""
        return self._names.best(shown(name))

    def form(self, name: str) -> str:
        """Return the name of somebody who is no outlet in the form that the story uses most."""
        counted = self._forms.get(plain_name(name))
        return min(counted, key=lambda form: (-counted[form], form)) if counted else shown(name)
