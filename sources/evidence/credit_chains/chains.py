"""On whom the sources of a story rely for each claim, and where a claim grew on the way."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sources.evidence.credit_chains import ChainLink, CreditChain, Drift, DriftKind, VoiceKind
from sources.evidence.credit_chains.statements import Statement, read_statements
from sources.evidence.credit_chains.strengths import (
    DONE,
    PLANNED,
    Strength,
    count_of_people,
    figures_of,
    hedges_of,
    is_confirming,
    strength_of,
)
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.credit_chains.statements import TextVoices, Voice
    from sources.evidence.entities import Entity
    from sources.model import Ref, Source

_CONTEXT = 48  # characters on either side of the shared words that still belong to what is stated


def drifts_between(earlier: Statement, later: Statement) -> tuple[Drift, ...]:
    """Return how ``later`` claims more than ``earlier``, on which it leans."""
    shared = earlier.words.keys() & later.words.keys()
    before, after = _shared_part(earlier, shared), _shared_part(later, shared)
    return tuple(
        Drift(kind, earlier.text[a.start : a.end], later.text[b.start : b.end] if b != later.span else "",
              earlier.ref, a, later.ref, b)
        for kind, a, b in _found(earlier, later, before, after)
    )  # fmt: skip


def _shared_part(one: Statement, shared: set[str]) -> Span:
    """Return the part of a statement that is about what both say."""
    places = [one.words[word] for word in shared]
    if not places:
        return one.span
    start = max(one.span.start, min(start for start, _ in places) - _CONTEXT)
    return Span(start, min(one.span.end, max(end for _, end in places) + _CONTEXT))


def _found(
    earlier: Statement, later: Statement, before: Span, after: Span
) -> Iterator[tuple[DriftKind, Span, Span]]:
    was = strength_of(earlier.text, before, earlier.credit.span)
    now = strength_of(later.text, after, later.credit.span)
    hedges = hedges_of(earlier.text, before, earlier.credit.span)
    kept = hedges_of(later.text, after, later.credit.span)
    if was is not None and now is not None and now.level > was.level and not kept:
        yield _kind(was, now), was.span, now.span
    elif hedges and not kept:
        yield DriftKind.HEDGE, hedges[0], later.span
    figures = figures_of(later.text, later.span, later.credit.span)
    for figure, (hedged, span) in figures_of(earlier.text, earlier.span, earlier.credit.span).items():
        if hedged and figure in figures and not figures[figure][0]:
            yield DriftKind.HEDGE, span, figures[figure][1]
    people = _people(earlier), _people(later)
    if people[0] is not None and people[1] is not None and people[1] > people[0]:
        yield DriftKind.PEOPLE, earlier.credit.span, later.credit.span
    if is_confirming(later.credit.cue) and not is_confirming(earlier.credit.cue):
        yield DriftKind.CONFIRMED, earlier.credit.span, later.credit.span


def _kind(was: Strength, now: Strength) -> DriftKind:
    return DriftKind.FACT if now.level == DONE and was.level <= PLANNED else DriftKind.FIRMER


def _people(one: Statement) -> int | None:
    """Return how many people a statement's text says it stands on."""
    return count_of_people(one.voices[-1].name)


# On whom the sources of a story lean for each claim, as trees with the origin at the root.
#
# Credited sentences that say the same on one authority are one claim: they share an outlet among their
# voices and most of the words that are rare in the story. The voices of all of them together make the
# tree, so that a text which credits an outlet without saying on whom that leans hangs where the outlet's
# own text does. Each text is then held against the nearest one that it leans on and whose own words are
# in the story.

_SIMILAR = 0.4  # of the weight of the shorter statement's words, from which two state the same
_SHARED = 3  # words at least
_TOO_COMMON = 60  # statements that hold a word, from which it tells nothing
_DEEPEST = 12  # voices


def find_chains(
    sources: Sequence[Source],
    entities: Sequence[Entity] = (),
    groups: Sequence[Sequence[Ref]] = (),
) -> tuple[CreditChain, ...]:
    """Find the chains of credits in some sources of a story, those with most voices first.

    ``entities`` tell persons from outlets; ``groups`` are sources that are one text, with one voice.
    A chain has an outlet or a body that another text leans on; what a text heard from a person is none.
    """
    first_of = {ref: group[0] for group in groups for ref in group}
    statements, told = read_statements(sources, entities)
    said = {(one.ref, one.voices) for one in statements}

    def is_copy(one: Statement) -> bool:
        """Tell whether a statement is of a copy that has no outlet, or of one whose first text has it too."""
        first, own = first_of.get(one.ref, one.ref), one.voices[0]
        return first != one.ref and (own.kind is not VoiceKind.OUTLET or (first, one.voices) in said)

    statements = [one for one in statements if not is_copy(one)]
    copies: dict[Ref, list[Ref]] = defaultdict(list)
    for source in sources:
        copies[first_of.get(source.ref, source.ref)].append(source.ref)
    chains = []
    for cluster in _clusters(statements):
        if any(_names_an_outlet(one, told) or _leans_on_a_body(one, told) for one in cluster):
            chains += list(_Tree(cluster, copies).chains())
    chains.sort(
        key=lambda pair: (
            -sum(len(link.refs) or 1 for link in pair[1].walk()),
            str(pair[0].ref),
            pair[0].span,
        )
    )
    return tuple(
        CreditChain(f"c{number}", one.text[one.span.start : one.span.end], root)
        for number, (one, root) in enumerate(chains, 1)
    )


def _clusters(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Put together the statements that say the same on one authority."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        for word in one.words:
            holders[word].append(number)
    weights = {word: math.log(1 + len(statements) / len(held)) for word, held in holders.items()}
    parent = list(range(len(statements)))

    def top(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, one in enumerate(statements):
        together: Counter[int] = Counter()
        for word in one.words:
            held = holders[word]
            if 1 < len(held) <= _TOO_COMMON:
                together.update(other for other in held if other > number)
        for other, shared in together.items():
            if (
                shared >= _SHARED
                and _share_an_outlet(one, statements[other])
                and _are_similar(one, statements[other], weights)
            ):
                parent[top(other)] = top(number)
    found: dict[int, list[Statement]] = defaultdict(list)
    for number, one in enumerate(statements):
        found[top(number)].append(one)
    return list(found.values())


def _share_an_outlet(a: Statement, b: Statement) -> bool:
    """Tell whether two statements have an outlet in common on which at least one of them leans."""
    mine = {voice.key for voice in a.voices if voice.kind is VoiceKind.OUTLET}
    theirs = {voice.key for voice in b.voices if voice.kind is VoiceKind.OUTLET}
    return a.ref != b.ref and bool(mine & theirs)


def _are_similar(a: Statement, b: Statement, weights: Mapping[str, float]) -> bool:
    shared = sum(weights[word] for word in a.words.keys() & b.words.keys())
    shorter = min(sum(weights[word] for word in one.words) for one in (a, b))
    return shared >= _SIMILAR * shorter


def _names_an_outlet(one: Statement, told: TextVoices) -> bool:
    """Tell whether a statement leans on an outlet, or says that somebody told its own."""
    heard = told.is_heard_by(one.ref, one.credit, one.text)
    return heard or any(voice.kind is VoiceKind.OUTLET for voice in one.voices[1:])


def _leans_on_a_body(one: Statement, told: TextVoices) -> bool:
    """Tell whether a statement of an outlet says according to which body, not person, it is made."""
    far = one.voices[-1]
    named = far.kind is VoiceKind.NAMED and one.credit.credited.removeprefix("the ")[:1].isupper()
    said = one.credit.cue.lower() == "according to" and told.outlets.person(far.name) is None
    return named and said and one.voices[0].kind is VoiceKind.OUTLET


def _fullness(one: Statement) -> tuple[int, bool, int]:
    """Return by what a text's statements of one claim are ranked: a heading says less than a sentence."""
    return len(one.voices), count_of_people(one.voices[-1].name) is None, -len(one.words)


class _Tree:
    """The voices of one claim and who leans on whom."""

    def __init__(self, cluster: Sequence[Statement], copies: Mapping[Ref, Sequence[Ref]]) -> None:
        self._copies = copies
        self._voices: dict[str, Voice] = {}
        self._own_statements: dict[str, Statement] = {}  # what a voice says in its own text
        self._crediting: dict[
            tuple[str, str], Statement
        ] = {}  # which statement says that one leans on the other
        self._behind: dict[str, list[str]] = defaultdict(list)
        self._refs: dict[str, dict[Ref, None]] = defaultdict(dict)
        self._first = cluster[0]
        # A text's own words about its voice come first: "three people" before what others make of them.
        for one in sorted(cluster, key=_fullness):
            self._add(one)

    def _add(self, one: Statement) -> None:
        own = one.voices[0]
        self._own_statements.setdefault(own.key, one)
        self._refs[own.key].update(dict.fromkeys(self._copies.get(one.ref, (one.ref,))))
        for voice in one.voices:
            self._voices.setdefault(voice.key, voice)
        for near, far in zip(one.voices, one.voices[1:], strict=False):
            if far.key not in self._behind[near.key] and not self._leans(far.key, near.key):
                self._behind[near.key].append(far.key)
                self._crediting[near.key, far.key] = one

    def _leans(self, key: str, on: str) -> bool:
        """Tell whether a voice leans on another already, at any distance."""
        seen, waiting = {key}, [key]
        while waiting:
            for far in self._behind.get(waiting.pop(), ()):
                if far == on:
                    return True
                if far not in seen:
                    seen.add(far)
                    waiting.append(far)
        return key == on

    def chains(self) -> Iterator[tuple[Statement, ChainLink]]:
        """Yield the trees, each with a statement of its claim."""
        before: dict[str, list[str]] = defaultdict(list)
        for near, fars in self._behind.items():
            # Where a voice leans on an outlet and on whom that heard, it leans on the outlet.
            for far in fars:
                if not any(other != far and self._leans(other, far) for other in fars):
                    before[far].append(near)
        for key in self._voices:
            if not self._behind.get(key) and before[key]:
                link = self._link(key, None, before, ())
                if any(one.kind is VoiceKind.OUTLET and (one.followers or one.ref) for one in link.walk()):
                    yield self._claim(link), link

    def _claim(self, root: ChainLink) -> Statement:
        """Return the statement nearest to the origin."""
        keyed = {voice.name: key for key, voice in self._voices.items()}
        for link in root.walk():
            own = self._own_statements.get(keyed.get(link.name, ""))
            if own is not None:
                return own
        return self._first

    def _link(
        self, key: str, far: str | None, before: Mapping[str, Sequence[str]], path: tuple[str, ...]
    ) -> ChainLink:
        voice = self._voices[key]
        one = self._crediting.get((key, far)) if far is not None else None
        here = (*path, key)
        near = [other for other in before[key] if other not in here] if len(here) < _DEEPEST else []
        followers = tuple(self._link(other, key, before, here) for other in near)
        refs = tuple(self._refs.get(key, ()))
        if one is None:
            return ChainLink(voice.name, voice.kind, refs, followers=followers)
        return ChainLink(
            voice.name, voice.kind, refs, one.ref, one.span, one.credit.span, one.credit.cue,
            self._drifts(key, path), followers,
        )  # fmt: skip

    def _drifts(self, key: str, path: tuple[str, ...]) -> tuple[Drift, ...]:
        later = self._own_statements.get(key)
        if later is None:
            return ()
        earlier = next(
            (self._own_statements[far] for far in reversed(path) if far in self._own_statements), None
        )
        return drifts_between(earlier, later) if earlier is not None else ()
