"""Builds the figure matrix: which figures of a story are about the same thing, and what the row is called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.evidence.context_vectors import (
    Partition,
    cosine,
    names_by_ref,
    pairs_within_reach,
    vector_sum,
    weighted_by_rarity,
)
from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue, Status, measures
from sources.evidence.figure_matrix.extraction import FigureInContext, read_figures
from sources.evidence.figure_matrix.measures import are_compatible, ranges_overlap
from sources.evidence.figures import FigureKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.context_vectors import Vector
    from sources.evidence.entities import Entity
    from sources.model import Ref, Source

_LABELS = {measures.STAKE, measures.SPEND, measures.BUDGET}
_LONGEST = 60
_LINK = {
    "stake": "in",
    "investment": "in",
    "spending": "on",
    "budget": "for",
    "payment": "for",
    "charge": "for",
}


def subject_of(members: Sequence[FigureInContext], names: Mapping[str, str]) -> str:
    """Return the name of a row: its measure, and what most of its sentences have nearest to the figure."""
    measure = _measure(members)
    thing = _thing(members)
    if members[0].kind is FigureKind.COUNT:
        about = _nearest(members, names, 1, without=thing)
        return f"{thing}, {about[0]}"[:_LONGEST] if about else thing
    if members[0].kind is FigureKind.PERCENT and thing:
        link = _LINK.get(measure, "of")
        return f"{measure or 'share'} {link} {thing}"[:_LONGEST]
    if measure and thing:
        return f"{measure} {_LINK.get(measure, 'of')} {thing}"[:_LONGEST]
    cues = {each.cue.word for each in members if each.cue is not None}
    about = _nearest(members, names, 1 if measure else 2, without=" ".join((measure, *cues)))
    if not measure:
        return ", ".join(about)[:_LONGEST] or members[0].figure.unit
    return f"{measure} {_LINK.get(measure, 'of')} {about[0]}"[:_LONGEST] if about else measure


def _measure(members: Sequence[FigureInContext]) -> str:
    """Return the noun that most sentences use for what is measured, else the measure's own name."""
    kinds = Counter(each.measure for each in members if each.measure is not None)
    if not kinds:
        return ""
    measure = kinds.most_common(1)[0][0]
    nouns = Counter(
        each.cue.word
        for each in members
        if each.cue is not None and each.cue.measure == measure and each.cue.is_noun
    )
    if measure in _LABELS or not nouns:
        return str(measure)
    return nouns.most_common(1)[0][0]


def _thing(members: Sequence[FigureInContext]) -> str:
    words = Counter(each.thing_words for each in members if each.thing_words)
    return min(words, key=lambda word: (-words[word], not word[:1].isupper(), len(word))) if words else ""


def _nearest(
    members: Sequence[FigureInContext], names: Mapping[str, str], number: int, *, without: str
) -> list[str]:
    """Return the terms that weigh most over all sentences of a row, as they are written."""
    weights: Counter[str] = Counter()
    for each in members:
        for term, weight in each.terms.items():
            weights[term] += weight * (1.3 if term.startswith("@") else 1.0)  # type: ignore[assignment] # weights
    spelled = {term: spelling for each in members for term, spelling in each.spelling.items()}
    found = []
    for term, _ in weights.most_common(12):
        word = names.get(term[1:], "") if term.startswith("@") else spelled.get(term, term)
        if word and word.lower() not in {without, *without.split()} and word.lower() not in _EMPTY:
            found.append(word)
    return found[:number]


_EMPTY_WORDS = """
    said says according year years also about paid pay cost costs million billion least most almost nearly
    more than since compared including got
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


# The figure matrix: which figures of a story are about the same thing.
#
# First the places where one value is said of one thing become a claim, then claims about the same thing
# become a row. Both steps join the likest first, by the cosine of their terms (weighed by how rare they
# are among the story's figures) and by what they measure; different measures, things or periods, and two
# values in one sentence, never share a row unless the sentence says that one came before the other.
# Equal values need less likeness than different ones, because two sources that differ widely mostly
# speak of different things.

_SAME_VALUE, _COVERED, _DIFFERENT = 0.18, 0.28, 0.3  # likeness needed to be about the same thing
_PARTICULAR = 0.14  # the same for a value that is not round, of figures that measure the same
_SAME_MEASURE = 0.12  # added to the likeness of figures that measure the same
_SAME_THING = 0.3
_BOTH_BEFORE = 0.0  # an old value that is not round is said of one thing
_SAME_PERIOD = 0.1
_MANY, _NEAR_COUNTS = 100, 0.1  # counts from here on that cover one another hardly do so by chance
_NO_MEASURE = 0.2  # more likeness needed by different values of which nothing says what they measure
_WIDEST = 4.0  # times; values further apart are hardly two reports of one thing
_PLAIN = {
    FigureKind.COUNT: 0.1,
    FigureKind.DURATION: 0.2,
    FigureKind.DATE: 0.2,
}  # needed on top by such kinds
_ORDER = (Status.CONFLICT, Status.BEFORE_AFTER, Status.AGREE, Status.SINGLE)
_KINDS = tuple(FigureKind)


def figure_matrix(sources: Sequence[Source], entities: Sequence[Entity] = ()) -> tuple[MatrixRow, ...]:
    """Return the rows of a story: conflicts first, then what changed, what agrees, and what one source says.

    ``entities`` are those of the story; with them a name counts as what it names. Muted zones are left out,
    and so is the story's own summary unless it comes alone, since it only repeats its sources. A sentence
    that stands word for word in an earlier source is a copy: its figures are kept, but do not make the
    sources agree.
    """
    told: list[FigureInContext] = []
    names = names_by_ref(entities)
    for source in [source for source in sources if source.ref.number is not None] or sources:
        told += read_figures(source, names.get(source.ref, []), len(told))
    vectors = weighted_by_rarity([(each.wording, each.terms) for each in told])
    groups: dict[tuple[FigureKind, str], list[int]] = defaultdict(list)
    for place, each in enumerate(told):
        groups[each.kind, _unit(each)].append(place)
    claims: list[list[int]] = []
    for places in groups.values():
        claims += _claims(places, told, vectors)
    rows = _joined_claims(claims, told, vectors)
    return _finished(rows, told, {entity.id: entity.name for entity in entities})


def _unit(told: FigureInContext) -> str:
    if told.kind is FigureKind.COUNT:
        return told.thing or ""
    return "" if told.kind in {FigureKind.DATE, FigureKind.DURATION} else told.figure.unit


def _claims(
    places: Sequence[int], told: Sequence[FigureInContext], vectors: Sequence[Vector]
) -> list[list[int]]:
    """Return the places of one kind and unit by claim: the same value said of the same thing."""
    by_value: dict[object, list[int]] = defaultdict(list)
    for place in places:
        by_value[told[place].value].append(place)
    claims = []
    for same in by_value.values():
        copies: dict[tuple[str, str | None, bool], list[int]] = defaultdict(list)
        for place in same:
            copies[told[place].wording, told[place].measure, told[place].before].append(place)
        groups = list(copies.values())
        claims += _grouped(groups, told, [vectors[group[0]] for group in groups], same_value=True)
    return claims


def _joined_claims(
    claims: list[list[int]], told: Sequence[FigureInContext], vectors: Sequence[Vector]
) -> list[list[int]]:
    """Return the claims by row."""
    claims = _with_equal_pairs(_paired(claims, told), told)
    rows: list[list[int]] = []
    kinds: dict[tuple[FigureKind, str], list[list[int]]] = defaultdict(list)
    for claim in claims:
        kinds[told[claim[0]].kind, _unit(told[claim[0]])].append(claim)
    for same in kinds.values():
        rows += _grouped(
            same, told, [vector_sum(vectors[place] for place in claim) for claim in same], same_value=False
        )
    return rows


def _paired(claims: list[list[int]], told: Sequence[FigureInContext]) -> list[list[int]]:
    """Join the claims of which a sentence says that one was before the other."""
    claim_of = {place: number for number, claim in enumerate(claims) for place in claim}
    parts = Partition(len(claims))
    for place, each in enumerate(told):
        if each.pair is not None:
            parts.join(claim_of[place], claim_of[each.pair])
    return [[place for number in group for place in claims[number]] for group in parts.groups()]


def _with_equal_pairs(claims: list[list[int]], told: Sequence[FigureInContext]) -> list[list[int]]:
    """Join claims of which both what was and what is are equal: two equal values by chance are rare."""
    first_with: dict[tuple[object, ...], list[int]] = {}
    joined = []
    for claim in claims:
        now = {told[place].value for place in claim if not told[place].before}
        was = {told[place].value for place in claim if told[place].before}
        key = (told[claim[0]].kind, _unit(told[claim[0]]), frozenset(now), frozenset(was))
        if now and was and key in first_with:
            first_with[key] += claim
            continue
        first_with.setdefault(key, claim)
        joined.append(claim)
    return joined


def _grouped(
    groups: list[list[int]], told: Sequence[FigureInContext], vectors: Sequence[Vector], *, same_value: bool
) -> list[list[int]]:
    """Join groups of places, the likest first, as long as nothing in them forbids it."""
    speakers = [_speaker(group, told) for group in groups]
    pairs = []
    for one, other in pairs_within_reach(len(groups)):
        alike = cosine(vectors[one], vectors[other])
        spare = alike - _needed(speakers[one], speakers[other], same_value=same_value)
        if spare >= 0:
            pairs.append((-spare, one, other))
    parts = Partition(len(groups))
    for _, one, other in sorted(pairs):
        if parts.group_of(one) == parts.group_of(other):
            continue
        first, second = (
            [place for number in parts.members(each) for place in groups[number]] for each in (one, other)
        )
        if not _forbidden(first, second, told, same_value=same_value):
            parts.join(one, other)
    return [[place for number in group for place in groups[number]] for group in parts.groups()]


def _needed(first: FigureInContext, second: FigureInContext, *, same_value: bool) -> float:
    """Return the cosine from which two groups, for which these speak, are about the same thing."""
    same_measure = first.measure is not None and first.measure == second.measure
    needed = _SAME_VALUE
    if same_value and first.measure is not None and second.measure is not None and _is_particular(first):
        needed = _PARTICULAR
    if not same_value:
        covered = ranges_overlap(first.bounds, second.bounds)
        needed = _COVERED if covered else _DIFFERENT
        needed += _PLAIN.get(first.kind, 0.0)
        if first.measure is None or second.measure is None:
            needed += _NO_MEASURE
        if covered and first.kind is FigureKind.COUNT and first.bounds[0] >= _MANY:
            needed = _NEAR_COUNTS
        low, high = sorted((abs(first.bounds[1]), abs(second.bounds[1])))
        if not covered and first.kind is not FigureKind.DATE and high > _WIDEST * low:
            needed += 1.0
    if same_measure and first.kind is not FigureKind.COUNT:
        needed -= _SAME_MEASURE
    if same_value and first.before and second.before and _is_particular(first):
        needed = _BOTH_BEFORE
    if same_value and same_measure and first.period is not None and first.period == second.period:
        needed -= _SAME_PERIOD
    if same_value and first.ref == second.ref and (first.echoes or second.echoes):
        needed = 0.0
    if first.thing is not None and first.thing == second.thing and first.kind is not FigureKind.COUNT:
        needed -= _SAME_THING
    return needed


def _is_particular(told: FigureInContext) -> bool:
    """Tell whether a value is not so round that two things may well have it: 640, not 100."""
    if told.kind not in {FigureKind.MONEY, FigureKind.PERCENT} or not isinstance(told.value, float):
        return False
    return len(f"{told.value:.12g}".replace(".", "").strip("-0")) > 1


def _speaker(group: list[int], told: Sequence[FigureInContext]) -> FigureInContext:
    """Return the member of a group that says best what is measured: one of now, with a measure."""
    return min((told[place] for place in group), key=lambda each: (each.before, each.measure is None))


def _forbidden(
    one: list[int], other: list[int], told: Sequence[FigureInContext], *, same_value: bool
) -> bool:
    firsts, seconds = _different(one, told), _different(other, told)
    return any(_apart(first, second, same_value=same_value) for first in firsts for second in seconds)


def _different(group: list[int], told: Sequence[FigureInContext]) -> list[FigureInContext]:
    """Return the members of a group of which each can forbid something that the others do not."""
    found = {}
    for place in group:
        each = told[place]
        found[each.value, each.wording, each.measure, each.thing, each.period, each.before] = each
    return list(found.values())


def _apart(one: FigureInContext, other: FigureInContext, *, same_value: bool) -> bool:
    """Tell whether two figures cannot be about the same thing."""
    if one.before != other.before and not same_value:
        return (
            _same_sentence(one, other)
            and one.value != other.value
            and one.pair is None
            and other.pair is None
        )
    if not are_compatible(one.measure, other.measure) or (
        one.thing != other.thing and one.thing is not None and other.thing is not None
    ):
        return True
    if one.value != other.value and _same_sentence(one, other):
        return True
    if one.period is None or other.period is None:
        return False
    return one.period[1] < other.period[0] or other.period[1] < one.period[0]


def _same_sentence(one: FigureInContext, other: FigureInContext) -> bool:
    return one.wording == other.wording


def _finished(
    rows: list[list[int]], told: Sequence[FigureInContext], names: dict[str, str]
) -> tuple[MatrixRow, ...]:
    seen: Counter[str] = Counter()
    finished = []
    for places in sorted(map(sorted, rows)):
        members = _with_befores([told[place] for place in places])
        subject = subject_of(members, names)
        values = _values(members)
        name = re.sub(r"[^a-z0-9]+", "-", f"{members[0].kind}-{subject}".lower()).strip("-")[:60].strip("-")
        seen[name] += 1
        identifier = name if seen[name] == 1 else f"{name}-{seen[name]}"
        finished.append(MatrixRow(identifier, members[0].kind, subject, _status(members), values))
    finished.sort(key=lambda row: (_ORDER.index(row.status), _KINDS.index(row.kind), -len(row.refs)))
    return tuple(finished)


def _with_befores(members: list[FigureInContext]) -> list[FigureInContext]:
    """Mark what one sentence calls the value of before as such in the other sentences, too."""
    was = {each.value for each in members if each.before} - {
        each.value for each in members if not each.before and each.pair is not None
    }
    return [replace(each, before=True) if each.value in was else each for each in members]


def _values(members: Sequence[FigureInContext]) -> tuple[MatrixValue, ...]:
    first_of: dict[tuple[str, object], Ref] = {}
    values: dict[tuple[object, ...], list[FigureInContext]] = defaultdict(list)
    for each in members:
        figure = each.figure
        values[each.value, figure.unit, figure.low, figure.high, figure.hedge, each.before].append(each)
    found: list[tuple[MatrixValue, tuple[float, float]]] = []
    for places in values.values():
        one, mentions = places[0], []
        for each in places:
            earlier = first_of.setdefault((each.wording, each.value), each.ref)
            mentions.append(MatrixMention(each.ref, each.figure.start, each.figure.end, earlier != each.ref))
        figure = one.figure
        value = MatrixValue(
            one.value,
            figure.unit,
            figure.low,
            figure.high,
            figure.hedge,
            figure.text,
            before=one.before,
            dissents=False,
            mentions=tuple(mentions),
        )
        found.append((value, one.bounds))
    found.sort(key=lambda pair: (pair[0].before, -len({mention.ref for mention in pair[0].mentions})))
    main = found[0][1]
    return tuple(
        replace(each, dissents=not each.before and not ranges_overlap(main, bounds)) for each, bounds in found
    )


def _status(members: Sequence[FigureInContext]) -> Status:
    now = list({(each.ref, each.bounds): each for each in members if not each.before}.values())
    if any(
        one.ref != other.ref and not ranges_overlap(one.bounds, other.bounds)
        for place, one in enumerate(now)
        for other in now[place + 1 :]
    ):
        return Status.CONFLICT
    if now and any(each.before for each in members):
        return Status.BEFORE_AFTER
    firsts: dict[str, Ref] = {}
    for each in members:
        firsts.setdefault(each.wording, each.ref)
    return Status.AGREE if len(set(firsts.values())) > 1 else Status.SINGLE
