"""Retellings in other words, linked by the figures, names and quotes that survive."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import combinations
from math import fsum, log
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.figures import FigureKind
from sources.evidence.figures.finder import find_figures
from sources.evidence.lineage import SharedEvidence
from sources.evidence.lineage.text_reuse import body_spans
from sources.evidence.quotation_marks import quoted_spans
from sources.text.folding import fold
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sources.model import Ref, Source, Span

LINKED_SCORE = 0.15  # score from which two texts are linked
_FEWEST_TEXTS = 20  # in a story of two texts, what both have is no commoner than in one of twenty
_WEIGHTS = {"figure": 1.0, "number": 0.4, "name": 0.5, "quote": 1.5}
_LEAST_WEIGHT = 5.0  # of all that is shared
_LEAST_TRAITS = 5
_RARE_SHARE = 0.3  # share of the texts up to which a figure tells two of them from the rest
_RARE_FIGURES = 2  # that two texts share which are linked,
_SCORE_WITH_FEW_RARE = 0.3  # unless their score is this high
_QUOTE_WORDS = 4
_SHORTEST_QUOTE = 3  # words
_CONTEXT_REACH = 120  # code points on either side of a figure, in which both texts have to name
_LEAST_SHARED_CONTEXT = 2  # traits that are the same
_TOO_COMMON = 60  # texts; what more of them have is looked at only in pairs that share something rarer
_NUMBER = re.compile(r"(?<![\w.,$€£])\d[\d,.]*\d(?![\w%])")
_CAPITALISED = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w&]*")
_AFTER_STOP = re.compile(r"(?:^|[.!?:;\n])[\"'“”‘’)\]]*\s*[\"'“”‘(\[]*$")


class Trait(NamedTuple):
    """Something in a text that survives retelling; ``key`` is the same wherever it stands."""

    start: int
    end: int
    kind: str  # figure (with a unit), number, name or quote
    key: str


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of a text in order, and where each key stands first."""

    source: Source
    all: tuple[Trait, ...]
    first: dict[str, Trait]

    def context_of(self, key: str) -> set[str]:
        """Return the other traits near any place where a trait stands."""
        near: set[str] = set()
        for place, trait in enumerate(self.all):
            if trait.key != key:
                continue
            begin = bisect_left(self.all, trait.start - _CONTEXT_REACH, hi=place, key=_start)
            for other in self.all[begin:]:
                if other.start > trait.end + _CONTEXT_REACH:
                    break
                near.add(other.key)
        return near - {key}


def _start(trait: Trait) -> int:
    return trait.start


class TraitOverlap(NamedTuple):
    """How near two texts are, by their numbers, 0 to 1, and by what."""

    a: int
    b: int
    score: float
    evidence: SharedEvidence


def read_traits(source: Source) -> Traits:
    """Read the traits of a source outside headings and muted zones."""
    spans = body_spans(source)
    found = [*_figures(source, spans), *names_in(source.text, spans), *_quotes(source.text, spans)]
    found.sort()
    first: dict[str, Trait] = {}
    for trait in found:
        first.setdefault(trait.key, trait)
    return Traits(source, tuple(found), first)


def _figures(source: Source, spans: list[Span]) -> Iterator[Trait]:
    taken: list[tuple[int, int]] = []
    for figure in find_figures(source):
        if (
            figure.is_telling
            and figure.kind is not FigureKind.DURATION
            and any(span.start <= figure.start and figure.end <= span.end for span in spans)
        ):
            taken.append((figure.start, figure.end))
            yield Trait(figure.start, figure.end, "figure", f"{figure.value:.6g} {figure.unit}")
    for span in spans:
        for match in _NUMBER.finditer(source.text, span.start, span.end):
            at = bisect_left(taken, (match.end(), 0))
            if not at or taken[at - 1][1] <= match.start():
                yield Trait(match.start(), match.end(), "number", match[0].replace(",", ""))


def names_in(text: str, spans: list[Span]) -> Iterator[Trait]:
    """Yield the words of names: those with a capital that stand somewhere inside a sentence."""
    found: list[tuple[int, int, str]] = []
    inside: set[str] = set()
    for span in spans:
        for token in tokenize(text, span):
            if not _CAPITALISED.match(text, token.start) or token.norm in STOP_WORDS or len(token.norm) < 2:
                continue
            found.append((token.start, token.end, token.norm))
            before = text[max(span.start, token.start - 4) : token.start]
            if token.start > span.start and not _AFTER_STOP.search(before):
                inside.add(token.norm)
    return (Trait(start, end, "name", f"n {norm}") for start, end, norm in found if norm in inside)


def _quotes(text: str, spans: list[Span]) -> Iterator[Trait]:
    """Yield quotes piece by piece: variants of one utterance share some of their runs of words."""
    for span in spans:
        for quote in quoted_spans(text, span.start, span.end):
            forms = re.findall(r"\w+", fold(text[quote.start : quote.end]))
            pieces = max(1, len(forms) - _QUOTE_WORDS + 1) if len(forms) >= _SHORTEST_QUOTE else 0
            for at in range(pieces):
                key = "q " + " ".join(forms[at : at + _QUOTE_WORDS])
                yield Trait(quote.start, quote.end, "quote", key)


class StoryTraits:
    """The traits of a story's texts, weighed by how few of them have each."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.read = [read_traits(source) for source in sources]
        self._holders: dict[str, list[int]] = {}
        for number, traits in enumerate(self.read):
            for key in traits.first:
                self._holders.setdefault(key, []).append(number)
        self._total = max(_FEWEST_TEXTS, len(self.read))
        self._weight_of = [self._weigh(traits.first) for traits in self.read]

    def holders(self, key: str) -> int:
        """Return how many texts have a trait."""
        return len(self._holders.get(key, ()))

    def linked_pairs(self, cancelled: Callable[[], bool]) -> Iterator[TraitOverlap]:
        """Yield the pairs of texts that are near enough to be linked, in order."""
        met = {
            pair
            for key, held in self._holders.items()
            if 1 < len(held) <= _TOO_COMMON and key[:2] != "n "
            for pair in combinations(held, 2)
        }
        for one, other in sorted(met):
            if cancelled():
                return
            overlap = self.overlap(one, other)
            if overlap.score >= LINKED_SCORE:
                yield overlap

    def overlap(self, one: int, other: int) -> TraitOverlap:
        """Return how near two texts are, by their places among the story's sources."""
        a, b = self.read[one], self.read[other]
        shared = [
            trait
            for key, trait in a.first.items()
            if key in b.first and (trait.kind not in ("figure", "number") or self._in_same_context(a, b, key))
        ]
        evidence = shared_evidence(a, b, shared)
        weight = self._weigh({trait.key: trait for trait in shared})
        traits = len(evidence.figures) + len(evidence.names) + len(evidence.quotes)
        rare = sum(trait.kind == "figure" and self._is_rare(trait.key) for trait in shared)
        if weight < _LEAST_WEIGHT or traits < _LEAST_TRAITS or not rare:
            return TraitOverlap(one, other, 0.0, evidence)
        order = _in_order([b.first[trait.key].start for trait in shared]) / len(shared)
        lighter = min(self._weight_of[one], self._weight_of[other])
        score = weight / lighter * (0.5 + 0.5 * order)
        if rare < _RARE_FIGURES and score < _SCORE_WITH_FEW_RARE:
            score = 0.0
        return TraitOverlap(one, other, round(score, 4), evidence)

    def _is_rare(self, key: str) -> bool:
        return len(self._holders[key]) <= _RARE_SHARE * self._total

    @staticmethod
    def _in_same_context(a: Traits, b: Traits, key: str) -> bool:
        """Tell whether a figure stands beside the same in both texts: a hundred million may be anybody's."""
        return len(a.context_of(key) & b.context_of(key)) >= _LEAST_SHARED_CONTEXT

    def _weigh(self, first: dict[str, Trait]) -> float:
        """Return the weight of traits; the pieces of one quote weigh as much as the heaviest."""
        quotes: dict[int, float] = {}
        weights: list[float] = []
        figures: list[float] = []
        for key, trait in first.items():
            weight = _WEIGHTS[trait.kind] * max(0.0, log(self._total / len(self._holders[key])))
            if trait.kind == "quote":
                quotes[trait.start] = max(quotes.get(trait.start, 0.0), weight)
            else:
                (figures if trait.kind == "figure" else weights).append(weight)
        return fsum(weights) + fsum(figures) + min(fsum(quotes.values()), fsum(figures))


@dataclass(frozen=True, slots=True)
class NearestKin:
    """The text of others that a text is nearest to: ``score`` is that of a link, 0 to 1."""

    ref: Ref
    kin: Ref
    score: float


def nearest_kin(source: Source, others: Sequence[Source]) -> NearestKin | None:
    """Return which of ``others`` says the same as ``source``; None where none is near enough for a link."""
    traits = StoryTraits([*others, source])
    scored = [(traits.overlap(place, len(others)).score, -place) for place in range(len(others))]
    score, place = max(scored, default=(0.0, 0))
    return NearestKin(source.ref, others[-place].ref, score) if score >= LINKED_SCORE else None


def shared_evidence(a: Traits, b: Traits, shared: list[Trait]) -> SharedEvidence:
    """List what is shared as it stands in the first text, names as far as both have their words."""
    text = a.source.text
    keys = a.first.keys() & b.first.keys()
    kept: dict[str, dict[str, None]] = {"figure": {}, "name": {}, "quote": {}}
    for trait in shared:
        if trait.kind in ("figure", "number"):
            kept["figure"][text[trait.start : trait.end]] = None
        elif trait.kind == "quote":
            kept["quote"][text[trait.start : trait.end]] = None
    for start, end in _joined_names(a, keys):
        kept["name"][text[start:end]] = None
    return SharedEvidence(tuple(kept["figure"]), tuple(kept["name"]), tuple(kept["quote"]))


def _joined_names(a: Traits, keys: set[str]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for trait in a.all:
        if trait.kind != "name" or trait.key not in keys:
            continue
        if start >= 0 and a.source.text[end : trait.start] in (" ", " & "):
            end = trait.end
            continue
        if start >= 0:
            yield start, end
        start, end = trait.start, trait.end
    if start >= 0:
        yield start, end


def _in_order(places: list[int]) -> int:
    """Return how many of ``places`` at most stand in growing order when some are left out."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)
