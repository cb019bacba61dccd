"""The name of a row of the figure matrix: whose figure it is and what it measures, in words of the texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.figures import FigureKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.figure_matrix.extraction import FigureInContext

_LONGEST = 60
_LINK = {
    "stake": "in", "price": "for", "spending": "on", "budget": "for", "payment": "for", "charge": "for",
    "aid": "for", "share": "of", "cost": "of", "fine": "for",
}  # fmt: skip
_EMPTY_WORDS = """
    said says according year years also about paid pay cost costs million billion least most almost nearly
    more than since compared including got
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def subject_of(members: Sequence[FigureInContext], names: Mapping[str, str]) -> str:
    """Return the name of a row: ``Brightwater, net debt``, ``people killed``, ``stake in Northport``."""
    what = _what(members)
    sure = Counter(each.slots.owner for each in members if each.slots.owner_sure)
    carried = {each.slots.owner for each in members if each.slots.owner is not None}
    known = sure.most_common(1)[0][0] if sure else carried.pop() if len(carried) == 1 else None
    owner = names.get(known or "", "")
    thing = _thing(members)
    measure = _measure(members)
    if members[0].kind is FigureKind.COUNT:
        owner = owner if sure and not measure else ""
    elif thing and measure in _LINK and thing.lower() not in what:
        what = f"{what} {_LINK[measure]} {thing}"
        owner = "" if measure in {"stake", "share", "price"} or owner in thing else owner
    if not what:
        about = _nearest(members, names, 1 if owner else 2, without=owner)
        what = ", ".join(about)
    parts = [part for part in (owner, what) if part]
    return ", ".join(parts)[:_LONGEST].rstrip() or members[0].figure.unit


def _what(members: Sequence[FigureInContext]) -> str:
    """Return what is measured in the words that most sentences use for it."""
    measure = _measure(members)
    if members[0].kind is FigureKind.COUNT:
        noun = _thing(members)
        words = Counter(
            each.cue.word
            for each in members
            if each.cue is not None and each.measure == measure and not each.cue.is_noun
        )
        told = words.most_common(1)[0][0] if words else ""
        if told and told != noun and told.endswith(("ed", "en", "dead", "missing", "hurt")):
            return f"{noun} {told}"
        return f"{noun}, {measure}" if measure and measure != noun else noun
    if not measure:
        return ""
    phrases = Counter(
        each.cue.phrase
        for each in members
        if each.cue is not None and each.cue.measure == measure and each.cue.is_noun
    )
    what = min(phrases, key=lambda phrase: (-phrases[phrase], -len(phrase))) if phrases else measure
    if measure in {"stake", "share", "price"}:
        what = measure
    changes = sum(each.slots.role == "change" for each in members)
    return f"{what}, change" if changes * 2 > len(members) else what


def _measure(members: Sequence[FigureInContext]) -> str:
    kinds = Counter(each.measure for each in members if each.measure is not None)
    return str(kinds.most_common(1)[0][0]) if kinds else ""


def _thing(members: Sequence[FigureInContext]) -> str:
    words = Counter(each.thing_words for each in members if each.thing_words)
    return min(words, key=lambda word: (-words[word], not word[:1].isupper(), len(word))) if words else ""


def _nearest(
    members: Sequence[FigureInContext], names: Mapping[str, str], number: int, *, without: str
) -> list[str]:
    """Return the terms that weigh most over all sentences of a row, as they are written."""
    weights: dict[str, float] = {}
    for each in members:
        for term, weight in each.terms.items():
            weights[term] = weights.get(term, 0.0) + weight * (1.3 if term.startswith("@") else 1.0)
    spelled = {term: spelling for each in members for term, spelling in each.spelling.items()}
    found = []
    for term in sorted(weights, key=lambda term: -weights[term])[:12]:
        word = names.get(term[1:], "") if term.startswith("@") else spelled.get(term, term)
        if (
            word
            and word.lower() not in {without.lower(), *without.lower().split()}
            and word.lower() not in _EMPTY
        ):
            found.append(word)
    return found[:number]
