"""How far from a fact each word of a sentence is, by the verb that governs it and by what doubts it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.lexicon import listed
from sources.model import Span
from sources.text.tokens import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.clause_words import Clause

_MAY = frozenset(("may", "might", "could"))
_WILL = frozenset(("will", "shall", "would", "should"))
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_TO_COME = frozenset(("expected", "due", "set", "scheduled", "slated", "forecast", "going", "poised"))
_NOBODY = frozenset(("no", "nobody", "none", "not"))
_ARTICLES = (["a"], ["an"], ["the"], ["its"], ["their"], ["his"], ["her"])
_BREAKS = ';:.!"-('
_VERBS = "vyxib"
_NO_VERB = tuple("dgNPOLEqnpc")  # kinds of words that are no infinitive
_LINKS = frozenset(("to", "about", "of", "on", "for", "over", "that", "into"))
_NEAR = 4  # words from what governs a "to" to it: "urged the council to"


class Level(IntEnum):
    """How far from a fact something is."""

    FACT = 0
    TO_COME = 1
    PLANNED = 2
    CONSIDERED = 3
    POSSIBLE = 4


class Standing(NamedTuple):
    """How far from a fact a word is, and the word that says so, None where it is one."""

    level: Level
    why: Span | None


AS_IT_IS = Standing(Level.FACT, None)


def standings_of(clause: Clause) -> tuple[Standing, ...]:
    """Return how far from a fact each word of a sentence is, in order."""
    found: list[Standing] = []
    before = AS_IT_IS
    waiting = 0  # words of parts without a verb, at the beginning, that stand as the first part with one
    for first, last in _parts(clause):
        here = _in_part(clause, first, last, before if clause.kinds[first - 1 : first] != "," else None)
        if here is None:
            waiting += not found and last - first
            found.extend([before] * (last - first) if found else [])
            continue
        found[:0] = [here[0]] * waiting
        waiting = 0
        found.extend(here)
        before = here[-1]
    return tuple(found) + (AS_IT_IS,) * (len(clause.words) - len(found))


def _parts(clause: Clause) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a sentence begin and end: at marks, relatives, subordinators, and joints."""
    kinds = clause.kinds
    first = 0
    for at in range(1, len(kinds)):
        if kinds[at] in "crs," or kinds[at] in _BREAKS or kinds[at - 1] in _BREAKS:
            if kinds[at] == "c" and not _new_subject(kinds[at + 1 :]):
                continue
            yield first, at
            first = at
    if kinds:
        yield first, len(kinds)


def _new_subject(ahead: str) -> bool:
    """Tell whether what follows a joint has a verb of its own before the next mark."""
    for kind in ahead:
        if kind in ",crs" or kind in _BREAKS:
            return False
        if kind in "vyx":
            return True
    return False


def _in_part(clause: Clause, first: int, last: int, before: Standing | None) -> list[Standing] | None:
    """Return how the words of a part stand, None where it has no verb.

    ``before`` is how the part before ended, which what it only introduces shares: "hopes that it will".
    """
    part = _Part([normalised(clause.words[at].text) for at in range(first, last)], clause.kinds[first:last])
    governing = [_level_at(part, at, clause.words[first + at].text) for at in range(last - first)]
    if not any(governing) and not any(kind in _VERBS for kind in part.kinds):
        return None
    now = AS_IT_IS
    if before is not None and part.norms[0] in ("that", "whether") and before.level >= Level.PLANNED:
        now = before
    doubted = next((at for at in range(last - first) if _doubts(part, at)), None)
    if doubted is not None:
        now = _higher(now, Level.POSSIBLE, clause, first + doubted)
    found: list[Standing] = []
    seen = False  # whether the first verb of the part, which its subject stands by, has come
    for at, level in enumerate(governing):
        if level is not None and level.governs_itself:
            now = _higher(now, level.level, clause, first + at)
        found.append(now)
        if level is not None and not level.governs_itself:
            now = _higher(now, level.level, clause, first + at)
        if not seen and (part.kinds[at] in _VERBS or level is not None):
            seen = True
            found = [max(one, found[-1], key=lambda each: each.level) for one in found]
    return found


class _Part(NamedTuple):
    """The words of a part of a sentence, normalised, and the letters of their kinds."""

    norms: list[str]
    kinds: str


class _Governing(NamedTuple):
    level: Level
    governs_itself: bool


def _level_at(part: _Part, at: int, written: str) -> _Governing | None:
    """Return what a word makes of what follows it in its part, None where it makes nothing of it."""
    norms, kinds = part
    norm = norms[at]
    behind = [norms[each] for each in range(at + 1, len(norms)) if kinds[each] != "a"]
    following = behind[0] if behind else ""
    if norm in _MAY and written.islower() and not _NOBODY.intersection(norms[:at]):
        return _Governing(Level.POSSIBLE, governs_itself=True)
    if norm in _WILL and written.islower():
        return _Governing(Level.TO_COME, governs_itself=True)
    if following == "to" and (norm in _TO_COME or norm in _BE):
        return _Governing(Level.TO_COME, governs_itself=True)
    noun = norms[at - 1 : at] in _ARTICLES
    verb = kinds[at] in _VERBS or norm.endswith("ing")
    if verb and not noun and following != "by":
        if norm in listed("considered"):
            return _Governing(Level.CONSIDERED, governs_itself=False)
        if norm in listed("meant"):
            return _Governing(Level.PLANNED, governs_itself=False)
    reach = 1 if noun or kinds[at] == "w" else _NEAR
    if norm in listed("planned") - _TO_COME and "to" in behind[:reach] and _is_infinitive(part, at):
        return _Governing(Level.PLANNED, governs_itself=False)
    if norm in ("thinking", "talks") and following in _LINKS:
        return _Governing(Level.CONSIDERED, governs_itself=False)
    return None


def _is_infinitive(part: _Part, at: int) -> bool:
    """Tell whether a verb follows the next "to": "calls to resign", not "calls to its office"."""
    to = part.norms.index("to", at)
    return part.kinds[to + 1 : to + 2] not in _NO_VERB


def _doubts(part: _Part, at: int) -> bool:
    """Tell whether a word says that it may be so; "they alleged" only says who says it."""
    norm = part.norms[at]
    if norm in listed("reported") or norm.endswith("ed") or norm == "thought":
        passive = part.kinds[at] not in "vb" or not _BE.isdisjoint(part.norms[:at])
        return passive and norm in listed("reported") | listed("possible")
    return norm in listed("possible") - _MAY


def _higher(now: Standing, level: Level, clause: Clause, at: int) -> Standing:
    if level <= now.level:
        return now
    word = clause.words[at]
    return Standing(level, Span(word.start, word.end))
