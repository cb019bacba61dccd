"""Builds the figure matrix: which figures of a story are about the same thing, and what they say of it.

The places where one value is said of one thing become a claim, then claims about the same thing become a row.
Both steps join the likest first, as long as nothing in two groups forbids it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.context_vectors import (
    SAME_MEANING,
    Partition,
    kin_among,
    names_by_ref,
    pairs_within_reach,
    rarity_weighted,
    soft_dot,
    union,
)
from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue, Status
from sources.evidence.figure_matrix.exclusion import are_apart, are_told_apart
from sources.evidence.figure_matrix.extraction import read_figures
from sources.evidence.figure_matrix.joining import (
    Claim,
    Tie,
    are_slips,
    odds_of_slots,
    odds_of_values,
    tie,
)
from sources.evidence.figure_matrix.owners import Named
from sources.evidence.figure_matrix.proof import is_proved
from sources.evidence.figure_matrix.row_names import subject_of
from sources.evidence.figure_matrix.two_values import is_moving, is_slip
from sources.evidence.figure_matrix.values import ranges_overlap
from sources.evidence.figure_matrix.voices import are_two_voices
from sources.evidence.figures import FigureKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.context_vectors import Kin, Vector
    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext
    from sources.model import Ref, Source

_ORDER = tuple(Status)
_KINDS = tuple(FigureKind)
_BESIDE = 20  # sentences that a story is taken to have beside its own, or no word of a short one is rare
_NEAR_COPY = 0.8  # share of the words of two sentences that both have, from which one is taken from the other


def figure_matrix(
    sources: Sequence[Source], entities: Sequence[Entity] = (), texts: Iterable[Iterable[Ref]] = ()
) -> tuple[MatrixRow, ...]:
    """Return the rows of a story: conflicts first, then what changed, what agrees, and what one source says.

    ``entities`` are those of the story; with them a name counts as what it names. ``texts`` are groups of
    sources that are one text. Muted zones are left out, and so is the story's own summary unless it comes
    alone, since it only repeats its sources. What is copied is kept, but does not make the sources agree.
    """
    told: list[FigureInContext] = []
    names = names_by_ref(entities)
    kinds = {each.id: each.kind for each in entities}
    for source in [source for source in sources if source.ref.number is not None] or sources:
        told += read_figures(source, Named(names.get(source.ref, []), kinds), len(told))
    vectors = rarity_weighted([(each.wording, each.terms) for each in told], beside=_BESIDE)
    groups: dict[tuple[FigureKind, str], list[int]] = defaultdict(list)
    for place, each in enumerate(told):
        groups[each.kind, _unit(each)].append(place)
    kin = kin_among({term: written for each in told for term, written in each.spelling.items()})
    joiner = _Joiner(told, vectors, kin)
    rows = [row for places in groups.values() for row in joiner.rows_of(places)]
    one_text = {ref: number for number, refs in enumerate(texts) for ref in refs}
    return _finished(rows, told, vectors, kin, {entity.id: entity.name for entity in entities}, one_text)


def _unit(told: FigureInContext) -> str:
    """Return what figures that can share a row have in common beside their kind."""
    return told.figure.unit if told.kind in {FigureKind.MONEY, FigureKind.PERCENT} else ""


@dataclass(slots=True)
class _Group:
    """Figures about one thing, as places in the list of all; ``nearby`` where that is not proved."""

    places: list[int]
    nearby: bool = False


class _Reading(NamedTuple):
    """A group with what its figures say; ``lone`` tells that they are one value of one source."""

    group: _Group
    claim: Claim
    vector: Vector
    lone: bool


class _Joiner:
    """Joins the figures of a story into rows."""

    def __init__(self, told: Sequence[FigureInContext], vectors: Sequence[Vector], kin: Kin) -> None:
        self._kin = kin
        self._told = told
        self._vectors = vectors
        # What is known of groups, and of pairs of them, until they are joined to greater ones: by identity,
        # so that each group that may come again is kept here.
        self._read: dict[int, _Reading] = {}
        self._odds: dict[tuple[int, int], float | None] = {}

    def rows_of(self, places: Sequence[int]) -> list[_Group]:
        """Return the rows of figures of one kind and unit."""
        self._read.clear()
        self._odds.clear()
        by_value: dict[object, list[int]] = defaultdict(list)
        for place in places:
            told = self._told[place]
            by_value[told.value, told.figure.unit if told.kind is FigureKind.DURATION else ""].append(place)
        claims = [
            claim
            for same in by_value.values()
            for claim in self._joined([_Group([each]) for each in same], Tie.SURE)
        ]
        claims = self._with_equal_pairs(self._paired(claims))
        rows = self._joined(claims, Tie.LIKELY)
        return self._joined(rows, Tie.NEARBY)  # what is joined says more than each did

    def _paired(self, claims: list[_Group]) -> list[_Group]:
        """Join the claims of which a text says that one was before the other, or takes the other up."""
        claim_of = {place: number for number, claim in enumerate(claims) for place in claim.places}
        of_figure = {id(self._told[place].figure): number for place, number in claim_of.items()}
        parts = Partition(len(claims))
        for place, number in claim_of.items():
            pair = self._told[place].pair
            if pair is not None and pair in claim_of:
                parts.join(number, claim_of[pair])
            taken = self._told[place].taken_up
            if taken is not None and id(taken) in of_figure:
                parts.join(number, of_figure[id(taken)])
        return [
            _Group([place for number in group for place in claims[number].places]) for group in parts.groups()
        ]

    def _with_equal_pairs(self, claims: list[_Group]) -> list[_Group]:
        """Join claims of which both what was and what is are equal: two equal values by chance are rare."""
        first_with: dict[tuple[object, ...], _Group] = {}
        joined = []
        for claim in claims:
            members = [self._told[place] for place in claim.places]
            now = frozenset(each.value for each in members if not each.before)
            was = frozenset(each.value for each in members if each.before)
            if now and was and (now, was) in first_with:
                first_with[now, was].places += claim.places
                continue
            first_with.setdefault((now, was), claim)
            joined.append(claim)
        return joined

    def _joined(self, groups: list[_Group], least: Tie) -> list[_Group]:
        """Join groups of which some figures are tied at least so surely, the likest first."""
        if len(groups) < 2:
            return groups
        read = [self._reading(group) for group in groups]
        claims = [each.claim for each in read]
        pairs = []
        for one, other in pairs_within_reach(len(groups)):
            odds = self._odds_of(read[one], read[other])
            if odds is not None and tie(odds) >= (
                Tie.SURE if claims[one].values == claims[other].values else least
            ):
                pairs.append((-odds, one, other))
        parts = Partition(len(groups))
        nearby: set[int] = set()
        firm: set[int] = set()
        for negative, one, other in sorted(pairs):
            if parts.group_of(one) == parts.group_of(other):
                continue
            faint = tie(-negative) == Tie.NEARBY
            if faint and not (read[one].lone and read[other].lone and firm.isdisjoint((one, other))):
                continue
            members = [
                [figure for number in parts.members(each) for figure in claims[number].distinct]
                for each in (one, other)
            ]
            if not self._forbidden(*members, slip=are_slips(claims[one], claims[other])):
                parts.join(one, other)
                (nearby if faint else firm).update((one, other))
        return [
            groups[group[0]]
            if len(group) == 1
            else _Group(
                [place for number in group for place in groups[number].places],
                nearby=not nearby.isdisjoint(group),
            )
            for group in parts.groups()
        ]

    def _reading(self, group: _Group) -> _Reading:
        """Return what is known of a group."""
        found = self._read.get(id(group))
        if found is None:
            claim = Claim(self._told[place] for place in group.places)
            vector = union(self._vectors[place] for place in group.places)
            found = self._read[id(group)] = _Reading(group, claim, vector, self._is_lone(group.places))
        return found

    def _odds_of(self, one: _Reading, other: _Reading) -> float | None:
        """Return the odds that two groups are about the same, None where they cannot be."""
        pair = id(one.group), id(other.group)
        if pair in self._odds:
            return self._odds[pair]
        odds = odds_of_values(one.claim, other.claim)
        if odds is not None:
            equal = one.claim.values == other.claim.values
            least = SAME_MEANING if equal else 0.0  # what is equal by chance is told of in words of a kind
            common = sqrt(soft_dot(one.vector, other.vector, self._kin, least))
            odds += odds_of_slots(one.claim, other.claim, common, equal=equal)
        self._odds[pair] = odds
        return odds

    def _forbidden(
        self, one: Sequence[FigureInContext], other: Sequence[FigureInContext], *, slip: bool
    ) -> bool:
        """Tell whether something in two groups says that they are of different things.

        A text may tell of a slip of another as well ("one paper said 48, the files say 84"), where each of
        the values has a source that gives no other.
        """
        both = {first.ref for first, second in product(one, other) if are_told_apart(first, second)}
        alone = all(any(each.ref not in both for each in group) for group in (one, other))
        if both and not (slip and len(both) == 1 and alone):
            return True
        return any(are_apart(*pair) for pair in product(one, other))

    def _is_lone(self, places: Iterable[int]) -> bool:
        """Tell whether figures are one value of one source, and none of before."""
        members = [self._told[place] for place in places]
        return (
            not any(each.before for each in members)
            and len({(each.ref, each.value) for each in members}) == 1
        )


def _finished(
    rows: list[_Group],
    told: Sequence[FigureInContext],
    vectors: Sequence[Vector],
    kin: Kin,
    names: dict[str, str],
    one_text: dict[Ref, int],
) -> tuple[MatrixRow, ...]:
    seen: Counter[str] = Counter()
    finished = []
    context = {id(each): vector for each, vector in zip(told, vectors, strict=True)}
    for row in sorted(rows, key=lambda each: min(each.places)):
        members = _with_befores([told[place] for place in sorted(row.places)])
        subject = subject_of(members, names)
        verdict = _Verdict([told[place] for place in sorted(row.places)], members, context, kin)
        values, voices = _values(members, verdict.dissenting, one_text)
        status = (
            Status.NEARBY if row.nearby else verdict.status or (Status.AGREE if voices > 1 else Status.SINGLE)
        )
        name = re.sub(r"[^a-z0-9]+", "-", f"{members[0].kind}-{subject}".lower()).strip("-")[:60].strip("-")
        seen[name] += 1
        identifier = name if seen[name] == 1 else f"{name}-{seen[name]}"
        finished.append(MatrixRow(identifier, members[0].kind, subject, status, values))
    finished.sort(key=lambda row: (_ORDER.index(row.status), _KINDS.index(row.kind), -len(row.refs)))
    return tuple(finished)


def _with_befores(members: list[FigureInContext]) -> list[FigureInContext]:
    """Mark what one sentence calls the value of before as such in the other sentences, too.

    What most of them call the value of now is none of before, save where a sentence says what it has become.
    """
    was = Counter(each.value for each in members if each.before)
    now = Counter(each.value for each in members if not each.before)
    paired = {each.value for each in members if not each.before and each.pair is not None}
    befores = {value for value, times in was.items() if times >= now[value] and value not in paired}
    return [
        replace(each, before=each.value in befores or (each.before and each.pair is not None))
        if each.value in was
        else each
        for each in members
    ]


class _Verdict:
    """What the figures of a row make of one another; ``status`` is None where they exclude nothing."""

    def __init__(
        self,
        told: Sequence[FigureInContext],
        members: Sequence[FigureInContext],
        context: dict[int, Vector],
        kin: Kin,
    ) -> None:
        now = [(one, context[id(first)]) for first, one in zip(told, members, strict=True) if not one.before]
        found: set[Status] = set()
        voices = Counter(value for value, _ in {(one.value, one.ref) for one, _ in now})
        # Of two values that as many sources give, the one that is told first stands, in whatever order
        # they are compared.
        place_of: dict[float | str, int] = {}
        for place, (one, _) in enumerate(now):
            place_of.setdefault(one.value, place)
        standing = {value: (voices[value], -place) for value, place in place_of.items()}
        self.dissenting: set[object] = set()
        apart = [
            (one, other, sqrt(soft_dot(here, there, kin)))
            for place, (one, here) in enumerate(now)
            for other, there in now[place + 1 :]
            if not ranges_overlap(one.bounds, other.bounds)
        ]
        # What one pair of sentences leaves out another tells: the likest two of the values tie them all.
        alike: dict[frozenset[object], float] = defaultdict(float)
        for one, other, near in apart:
            values = frozenset((one.value, other.value))
            alike[values] = max(alike[values], near)
        # A text that gives both, and says of neither that another gives it, means two things or times.
        both = {
            frozenset((one.value, other.value))
            for one, other in combinations(members, 2)
            if one.ref == other.ref and one.quoted == other.quoted and not are_two_voices(one, other)
        }
        for one, other, _ in apart:
            status = _relation(one, other, alike[frozenset((one.value, other.value))])
            if (
                status is Status.CONFLICT
                and not is_slip(one, other)
                and frozenset((one.value, other.value)) in both
            ):
                status = Status.POSSIBLE
            found.add(status)
            if status is Status.CONFLICT:
                self.dissenting.add(min(one.value, other.value, key=lambda value: standing[value]))
        self.status = next((status for status in _FIRST if status in found), None)
        if self.status is None and now and len(now) < len(members):
            self.status = Status.BEFORE_AFTER


_FIRST = (Status.CONFLICT, Status.POSSIBLE, Status.UPDATED)


def _relation(one: FigureInContext, other: FigureInContext, alike: float) -> Status:
    """Return what two values that do not cover one another are: a conflict only where it is proved."""
    voiced = are_two_voices(one, other)
    if one.ref == other.ref and not voiced:
        return Status.UPDATED if is_moving(one) else Status.NEARBY
    first, second = sorted((one, other), key=lambda each: each.date or "")
    in_order = bool(first.date and second.date and first.date[:10] < second.date[:10])
    slip = is_slip(one, other)
    same_day = bool(first.date and second.date and first.date[:10] == second.date[:10])
    if is_moving(one) and one.ref != other.ref:
        if in_order and not slip:
            return Status.UPDATED
        if not (slip and same_day):
            return Status.POSSIBLE
    if in_order and second.slots.moved and not slip:
        return Status.UPDATED
    if ranges_overlap(one.widest, other.widest):
        return Status.POSSIBLE
    return Status.CONFLICT if is_proved(one, other, alike) else Status.POSSIBLE


def _values(
    members: Sequence[FigureInContext], dissenting: set[object], one_text: dict[Ref, int]
) -> tuple[tuple[MatrixValue, ...], int]:
    """Return the values of a row, that of most sources first, and how many voices of their own it has."""
    values: dict[tuple[object, ...], list[FigureInContext]] = defaultdict(list)
    for each in members:
        figure = each.figure
        values[each.value, figure.unit, figure.low, figure.high, figure.hedge, each.before].append(each)
    firsts: dict[object, list[FigureInContext]] = defaultdict(list)
    voices: set[object] = set()
    found: list[MatrixValue] = []
    for places in values.values():
        mentions = []
        for each in places:
            copied = any(_is_copy(each, earlier, one_text) for earlier in firsts[each.value])
            if not copied:
                firsts[each.value].append(each)
                if not each.before:
                    voices.add(one_text.get(each.ref, each.ref))
            mentions.append(MatrixMention(each.ref, each.figure.start, each.figure.end, copied))
        one = places[0]
        figure = one.figure
        found.append(
            MatrixValue(
                one.value,
                figure.unit,
                figure.low,
                figure.high,
                figure.hedge,
                figure.text,
                before=one.before,
                dissents=not one.before and one.value in dissenting,
                mentions=tuple(mentions),
            )
        )
    found.sort(key=lambda each: (each.before, -len({mention.ref for mention in each.mentions})))
    return tuple(found), len(voices)


def _is_copy(one: FigureInContext, earlier: FigureInContext, one_text: dict[Ref, int]) -> bool:
    """Tell whether a figure stands in words that an earlier source has."""
    if one.ref == earlier.ref:
        return False
    if one.wording == earlier.wording or one_text.get(one.ref, one.ref) == one_text.get(
        earlier.ref, earlier.ref
    ):
        return True
    here, there = set(one.wording.split()), set(earlier.wording.split())
    return len(here & there) >= _NEAR_COPY * len(here | there)
