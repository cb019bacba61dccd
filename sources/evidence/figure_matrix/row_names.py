"""The name of a row of the figure matrix: whose figure it is and what it measures, in words of the texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figures import FigureKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sources.evidence.figure_matrix.figure_in_context import FigureInContext

_LONGEST = 60
_LINK = {
    "stake": "in", "price": "for", "spending": "on", "budget": "for", "payment": "for", "charge": "for",
    "aid": "for", "share": "of", "cost": "of", "fine": "for",
}  # fmt: skip
_PLAIN = {
    FigureKind.MONEY: "amount", FigureKind.PERCENT: "share", FigureKind.DURATION: "time",
    FigureKind.DATE: "date",
}  # fmt: skip
_OF_THE_THING = {"stake", "share", "price"}  # whose it is says less than what it is in
_OF_A_THING = {"value", "cost"}  # "values the harbour at"


def subject_of(members: Sequence[FigureInContext], names: Mapping[str, str]) -> str:
    """Return the name of a row: ``Brightwater, net debt``, ``people killed``, ``stake in Northport``."""
    measure = _usual(each.measure for each in members)
    thing = _usual((each.thing_words for each in members), longer=False)
    is_count = members[0].kind is FigureKind.COUNT
    what = _counted(members, measure, thing) if is_count else _measured(members, measure, thing)
    owner = _owner(members, names)
    if is_count and measure in measures.STATES:
        owner = ""  # whose dead they are is not said by whom the sentence is about
    elif not is_count and thing and measure in _LINK and thing.lower() not in what.lower():
        what = f"{what} {_LINK[measure]} {thing}"
        owner = "" if measure in _OF_THE_THING or owner in thing else owner
    if owner and owner.lower() in what.lower():
        owner = ""
    what = what or _PLAIN.get(members[0].kind, members[0].figure.unit)
    return _cut(", ".join(part for part in (owner, what) if part))


def _owner(members: Sequence[FigureInContext], names: Mapping[str, str]) -> str:
    """Return whose figure it is: the entity that the clauses name, else that they take up or describe."""
    for sure in (True, False):
        owner = _usual(each.slots.owner for each in members if each.slots.owner_sure is sure)
        if owner:
            return names.get(owner, "")
    return _usual(each.slots.owner_words for each in members)


def _counted(members: Sequence[FigureInContext], measure: str, thing: str) -> str:
    """Return what is counted, and what befell it."""
    said = _usual((each.slots.label for each in members), longer=False)
    if members[0].figure.unit.lower() in measures.UNITS:
        noun = _usual(each.slots.noun for each in members)
        return (
            ", ".join(part for part in (noun, measure if measure not in noun else "") if part)
            or said
            or thing
        )
    noun = said or thing
    told = _usual(
        each.cue.word
        for each in members
        if each.cue is not None and each.measure == measure and not each.cue.is_noun
    )
    if told and told != noun and told.endswith(("ed", "en", "dead", "missing", "hurt")):
        return f"{thing or noun} {told}"
    return f"{noun}, {measure}" if measure and measure not in noun else noun


def _measured(members: Sequence[FigureInContext], measure: str, thing: str) -> str:
    """Return what is measured in the words that most clauses use for it."""
    cues = [each.cue for each in members if each.cue is not None and each.cue.measure == measure]
    what = (
        ""
        if measure == "stake" or (thing and measure == "price")
        else _usual(each.slots.noun for each in members)
    )
    named = _usual(cue.phrase for cue in cues if cue.is_noun)
    if what and measure == measures.TIME:
        what = f"{what}, {measure}"
    elif what and measure and not any(map(measures.measure_of, what.lower().split())):
        what = f"{measure} of {what}" if measure in _OF_A_THING else named or what
    elif not what and measure:
        what = measure if measure in _OF_THE_THING or not named else named
    what = what or _usual(each.slots.label for each in members)
    changes = sum(each.slots.role == "change" for each in members)
    return f"{what}, change" if what and changes * 2 > len(members) else what


def _usual(words: Iterable[str | None], *, longer: bool = True) -> str:
    """Return the words that most give; of those that as many give the longer, or the shorter."""
    given = [word for word in words if word]
    if len(given) < 2:
        return given[0] if given else ""
    found = Counter(given)
    return min(found, key=lambda word: (-found[word], -len(word) if longer else len(word)), default="")


def _cut(name: str) -> str:
    """Return a name that is not too long, cut between two words."""
    return name if len(name) <= _LONGEST else name[: name.rfind(" ", 0, _LONGEST)].rstrip(" ,")
