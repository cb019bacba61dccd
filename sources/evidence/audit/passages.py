"""Finds the passage of a source that says most of a statement: one to three sentences."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.bearing import Coverage
from sources.evidence.audit.lexicon import opposites, ranks, words_on_scale
from sources.evidence.audit.offices import offices_of
from sources.evidence.entities import EntityKind
from sources.evidence.figure_matrix.values import ranges_overlap, value_range
from sources.evidence.figures import FigureKind
from sources.evidence.figures.units import MEASURE_UNITS
from sources.evidence.thesaurus import bases_of, family_of, related
from sources.evidence.word_kinship import root_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sources.evidence.audit.lexicon import Term
    from sources.evidence.audit.reading import NameHere, ReadText, Sentence
    from sources.evidence.figures import Figure
    from sources.model import Span

FIGURE_WEIGHT = 4.0  # of a figure, as a rare word has
_RIVAL = 0.3  # of it, that another figure of its kind and unit draws the search to a sentence
_TITLE = 0.4  # times the weight of a word that says what a person who is named is
_RAREST, _COMMONEST = 5.0, 1.0  # weights of words
_UNSEEN = 2.5  # of a word that no source has, which may just be the writer's own
# How near words are, 0 to 1, that may stand for each other:
_MEANING = 0.9  # of the short list of what news uses for each other
_FAMILY = 0.9  # of one family, by the thesaurus
_ROOT = 0.7  # that begin alike
_SCALE = 0.6  # of one scale, or opposites
_WIDE = 0.6  # times how near a word of the thesaurus is
STRONG = 0.85  # from which two words are one, in whatever form
_ADDS = 0.14  # share of a statement that a further sentence of a passage has to add
_MOST = 3  # sentences of a passage
_APART = 0.06  # what a sentence that is not beside the others has to add beyond that
_CONTEXT = 0.8  # of a name that is not in the passage, but in the two sentences before, or in the title
_ELSEWHERE = 0.4  # of one that is anywhere in the source
_BEFORE = 2  # sentences in which a name is still what a pronoun stands for
_TRIED = 5  # sentences that have most of a statement, from which passages are put together


class Weights:
    """How much it tells that two sentences share a word, by how few sentences of all sources have it."""

    def __init__(self, texts: Iterable[ReadText]) -> None:
        self._times: Counter[str] = Counter()
        self._sentences = 0
        for text in texts:
            self._sentences += len(text.sentences)
            for key, places in text.places.items():
                self._times[key] += len(places)

    def of(self, key: str) -> float:
        """Return the weight of a form, name (``@id``) or family (``~root``)."""
        if not self._times[key]:
            return _UNSEEN
        rarity = math.log((self._sentences + 1.0) / (self._times[key] + 0.5))
        return min(_RAREST, max(_COMMONEST, rarity))


class Asked(NamedTuple):
    """A statement as it is looked for: its words, names and figures with their weights."""

    span: Span
    terms: tuple[tuple[Term, float], ...]
    names: tuple[tuple[NameHere, float], ...]
    figures: tuple[Figure, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """The weights of its words, figures and names, in this order."""
        return (
            *(weight for _, weight in self.terms),
            *(FIGURE_WEIGHT for _ in self.figures),
            *(weight for _, weight in self.names),
        )

    @property
    def weight(self) -> float:
        """The weight of all that it says."""
        return sum(self.weights)


class Passage(NamedTuple):
    """Sentences of a source, in order, and what they have of a statement.

    ``support`` is the share, 0 to 1, of all that it says, names included; ``wording`` that of its words only.
    """

    sentences: tuple[Sentence, ...]
    support: float
    wording: float
    coverage: Coverage

    @property
    def content(self) -> float:
        """The share of its words and figures, since that a source names the same things says little."""
        return self.coverage.content

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands in the source: one span where its sentences follow each other."""
        found: list[Span] = []
        last = -2
        for sentence in self.sentences:
            if sentence.number == last + 1:
                found[-1] = type(sentence.span)(found[-1].start, sentence.span.end)
            else:
                found.append(sentence.span)
            last = sentence.number
        return tuple(found)


def asked_of(sentence: Sentence, span: Span, weights: Weights) -> Asked:
    """Return what a statement says, by the weights of a story; a thing that is named twice counts once."""
    titles = _title_words(sentence)
    names: dict[str, NameHere] = {}
    for name in sentence.names:
        if span.start <= name.span.start < span.end:
            names.setdefault(name.entity.id, name)
    return Asked(
        span,
        tuple(
            (
                term,
                weights.of(term.form) * (_TITLE if term in titles else 1.0),
            )
            for term in sentence.terms
            if span.start <= term.span.start < span.end
        ),
        tuple((name, weights.of(f"@{name.entity.id}")) for name in names.values()),
        tuple(figure for figure in sentence.figures if span.start <= figure.start < span.end),
    )


def _title_words(sentence: Sentence) -> set[Term]:
    """Return the words that only say what a person who is named is."""
    offices = [
        office.span
        for name in sentence.names
        if name.entity.kind is EntityKind.PERSON
        for office in offices_of(sentence, name.span)
    ]
    return {term for term in sentence.terms if any(one.overlaps(term.span) for one in offices)}


class Reach:
    """Which sources have what, by the numbers under which they are cited: an index over all of them."""

    def __init__(self, texts: Mapping[int, ReadText]) -> None:
        self._having: dict[str, set[int]] = defaultdict(set)
        self._figures: dict[FigureKind, list[tuple[int, Figure]]] = defaultdict(list)
        for number, text in texts.items():
            for key in text.places:
                self._having[key].add(number)
            for entity in text.named:
                self._having[f"@{entity}"].add(number)
            for kind, row in text.figures.items():
                self._figures[kind] += [(number, figure) for _, figure in row]

    def of(self, asked: Sequence[Asked]) -> dict[int, float]:
        """Return the most, 0 to 1, that passages of each source that has any can say, without a search."""
        found: dict[int, float] = defaultdict(float)
        for one in asked:
            for term, weight in one.terms:
                keys = (self._having.get(key, ()) for key, _ in keys_like(term.norm, term.form))
                _add(found, set().union(*keys), weight)
            for figure in one.figures:
                same = {number for number, other in self._figures[figure.kind] if same_figure(figure, other)}
                _add(found, same, FIGURE_WEIGHT)
            for name, weight in one.names:
                _add(found, self._having.get(f"@{name.entity.id}", ()), weight)
        whole = sum(one.weight for one in asked) or 1.0
        return {number: weight / whole for number, weight in found.items()}


def _add(found: dict[int, float], numbers: Iterable[int], weight: float) -> None:
    for number in numbers:
        found[number] += weight


class Searcher:
    """Looks for statements in one source."""

    def __init__(self, text: ReadText) -> None:
        self.text = text

    def passage(self, asked: Asked) -> Passage | None:
        """Return the passage that says most of a statement, None where no sentence says anything of it."""
        shares = self._shares(asked)
        if not shares:
            return None
        weight = asked.weight
        totals = {number: sum(row.values()) / weight for number, row in shares.items()}
        best: Passage | None = None
        worth = 0.0
        for number in sorted(totals, key=lambda one: (-totals[one], one))[:_TRIED]:
            found, cost = self._grown(number, shares, asked)
            if best is None or found.support - cost > worth:
                best, worth = found, found.support - cost
        return best

    def _grown(
        self, first: int, shares: Mapping[int, dict[int, float]], asked: Asked
    ) -> tuple[Passage, float]:
        """Return the passage around a sentence: with those that say most of the rest, and what they cost."""
        weight, weights = asked.weight, asked.weights
        numbers = [first]
        got = dict(shares[first])
        cost = 0.0
        while len(numbers) < _MOST:
            near = set(numbers)
            gains = []
            for number, row in shares.items():
                if number in near or self.text.sentences[number].heading:
                    continue
                apart = 0.0 if near & {number - 1, number + 1} else _APART
                gains_of = (
                    share - got.get(item, 0.0)
                    for item, share in row.items()
                    if not apart
                    or share >= STRONG * weights[item]  # far off, a like word is of another matter
                )
                gain = sum(one for one in gains_of if one > 0.0) / weight
                if gain >= _ADDS + apart:
                    gains.append((gain - apart, -number))
            if not gains:
                break
            number = -max(gains)[1]
            numbers.append(number)
            for item, share in shares[number].items():
                got[item] = max(share, got.get(item, 0.0))
            cost += _ADDS / 2
        told = self._told(asked, [shares[number] for number in numbers])
        sentences = tuple(self.text.sentences[number] for number in sorted(numbers))
        return Passage(sentences, *told), cost

    def _told(self, asked: Asked, rows: Sequence[Mapping[int, float]]) -> tuple[float, float, Coverage]:
        """Return what sentences have of all of a statement, of its words, and what they cover of it."""
        weights = asked.weights
        words = len(asked.terms)
        items = range(words + len(asked.figures))
        figures = range(words, len(items))

        def of(item: int, row: Mapping[int, float]) -> float:
            share = row.get(item, 0.0)
            # another figure was looked at, and says nothing of this one
            return 0.0 if item in figures and share < FIGURE_WEIGHT else share

        got = [max(of(item, row) for row in rows) for item in range(len(weights))]
        strong = [item for item in items if got[item] >= STRONG * weights[item]]
        support = sum(got) / asked.weight
        told = sum(weights[: len(items)])
        wording = sum(weights[:words])
        return (
            support,
            sum(got[:words]) / wording if wording else support,
            Coverage(
                asked.weight,
                sum(got[item] for item in items) / told if told else support,
                sum(got[item] for item in strong) / told if told else support,
                max(sum(of(item, row) for item in items) for row in rows) / told if told else support,
                len(strong),
                self.named(asked),
                sum(1 for item in figures if not got[item]),
            ),
        )

    def named(self, asked: Asked) -> float:
        """Return the share of a statement's names that the source has anywhere."""
        if not asked.names:
            return 1.0
        return sum(name.entity.id in self.text.named for name, _ in asked.names) / len(asked.names)

    def nothing(self, asked: Asked) -> Coverage:
        """Return what a source covers of a statement of which it says nothing."""
        return Coverage(asked.weight, 0.0, 0.0, 0.0, 0, self.named(asked), len(asked.figures))

    def _shares(self, asked: Asked) -> dict[int, dict[int, float]]:
        """Return what each sentence that says anything of a statement says of each item, by weight."""
        shares: dict[int, dict[int, float]] = defaultdict(dict)
        for item, (term, weight) in enumerate(asked.terms):
            for key, nearness in keys_like(term.norm, term.form):
                for number in self.text.places.get(key, ()):
                    row = shares[number]
                    row[item] = max(weight * nearness, row.get(item, 0.0))
        for item, figure in enumerate(asked.figures, start=len(asked.terms)):
            for number, other in self.text.figures.get(figure.kind, ()):
                if same_figure(figure, other):
                    shares[number][item] = FIGURE_WEIGHT
                elif figure.unit == other.unit:
                    shares[number].setdefault(item, _RIVAL * FIGURE_WEIGHT)
        return self._with_names(shares, asked)

    def _with_names(self, shares: dict[int, dict[int, float]], asked: Asked) -> dict[int, dict[int, float]]:
        """Add the names to what sentences say: where each is, and where it is known of what is told."""
        first = len(asked.terms) + len(asked.figures)
        known = [set(self.text.places.get(f"@{name.entity.id}", ())) for name, _ in asked.names]
        for number in set().union(*known):
            shares[number] = shares.get(number, {})
        for number, row in shares.items():
            for item, ((name, weight), here) in enumerate(zip(asked.names, known, strict=True), start=first):
                share = 1.0 if number in here else self._name_share(number, here, name.entity.id)
                row[item] = weight * share
        return {number: row for number, row in shares.items() if any(row.values())}

    def _name_share(self, number: int, here: set[int], entity: str) -> float:
        if entity in self.text.titled or any(number - back in here for back in range(1, _BEFORE + 1)):
            return _CONTEXT
        return _ELSEWHERE if entity in self.text.named else 0.0


@lru_cache(maxsize=1 << 14)
def keys_like(norm: str, form: str) -> tuple[tuple[str, float], ...]:
    """Return the keys of words that may stand for a word, with how near they are, 0 to 1."""
    found = {f"^{base}": nearness * _WIDE for base, nearness in related(norm).items()}
    found.update((f"^{base}", _SCALE) for other in _related(norm) for base in bases_of(other))
    found[f"~{root_of(norm)}"] = _ROOT
    found.update((f"^{base}", _FAMILY) for base in family_of(norm))
    found[form] = _MEANING
    found.update((f"^{base}", 1.0) for base in bases_of(norm))
    return tuple(found.items())


def _related(norm: str) -> frozenset[str]:
    """Return the opposites of a word and the words on a scale with it."""
    near = {other for rank in ranks(norm) for other in words_on_scale(rank.scale)}
    return frozenset((*opposites(norm), *near))


_CONVERTED = 0.03  # share by which durations in two units may differ: sixty days are two months


@lru_cache(maxsize=1 << 14)
def _range_of(figure: Figure) -> tuple[float, float]:
    return value_range(figure)


def same_figure(one: Figure, other: Figure) -> bool:
    """Tell whether two figures may be one: of a kind and unit, within the precision of each."""
    if one.kind is not other.kind or (one.kind in _WITH_UNIT and one.unit != other.unit):
        return False
    mine, theirs = _range_of(one), _range_of(other)
    if one.kind is FigureKind.DURATION and one.unit != other.unit:
        off = _CONVERTED * max(map(abs, (*mine, *theirs)))
        mine = (mine[0] - off, mine[1] + off)
    if one.kind is FigureKind.COUNT and one.unit != other.unit and {one.unit, other.unit} <= MEASURE_UNITS:
        return False  # 61 miles are no 61 kilometres
    if ranges_overlap(mine, theirs):
        return True
    return one.kind is FigureKind.COUNT and one.value == other.value


_WITH_UNIT = frozenset((FigureKind.MONEY, FigureKind.PERCENT))
