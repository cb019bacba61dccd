"""Text reuse: the passages that texts share, how much of each they are, and where else a passage is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sources.evidence.lineage import Containment, ReuseKind, ReusePair, SharedPassage
from sources.evidence.lineage.frames import framed, without
from sources.evidence.quotation_marks import quoted_spans
from sources.evidence.shared_passages import (
    GUARANTEED,
    PRINT_SHINGLE,
    SharedRun,
    Shingles,
    contained_words,
    fingerprints,
    shared_runs,
)
from sources.model import Span, Zone, ZoneKind
from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.model import Ref, Source


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as a list of words: their places, and whether each stands in quotation marks."""

    source: Source
    starts: list[int]
    ends: list[int]
    quoted: list[bool]
    shingles: Shingles
    fingerprints: frozenset[int]

    @property
    def ref(self) -> Ref:
        """Return the ref of the source."""
        return self.source.ref

    @property
    def outside(self) -> int:
        """Return how many words stand outside quotation marks."""
        return len(self.quoted) - sum(self.quoted)

    def span(self, first: int, count: int) -> Span:
        """Return where ``count`` words from the word ``first`` on stand in the text."""
        return Span(self.starts[first], self.ends[first + count - 1])


def body_spans(source: Source) -> list[Span]:
    """Return the spans in which a source tells something: no headings unless there is nothing else."""
    return [Span(zone.start, zone.end) for zone in _body_zones(source)]


def body_sentences(source: Source) -> tuple[Span, ...]:
    """Return the sentences of those spans."""
    zones = _body_zones(source)
    return split_sentences(source.text, zones) if zones else ()


def _body_zones(source: Source) -> list[Zone]:
    if not source.zones:
        return [Zone(ZoneKind.BODY, 0, len(source.text))]
    shown = [zone for zone in source.zones if not zone.kind.muted]
    return [zone for zone in shown if zone.kind is not ZoneKind.HEADING] or shown


def read_texts(sources: Iterable[Source], *, numbers: dict[str, int] | None = None) -> list[ReadText]:
    """Read the words of several texts, numbered alike, so that they can be compared.

    ``numbers`` are those of words that are known already; new ones are put there too. What an outlet repeats
    in several of the texts is left out.
    """
    numbers = {} if numbers is None else numbers
    read = list(sources)
    frames = framed(read, body_spans)
    return [_read(source, numbers, frames.get(source.ref, ())) for source in read]


def _read(source: Source, numbers: dict[str, int], frame: Sequence[Span]) -> ReadText:
    starts: list[int] = []
    ends: list[int] = []
    quoted: list[bool] = []
    words: list[int] = []
    for span in without(body_spans(source), frame):
        marks = iter(quoted_spans(source.text, span.start, span.end))
        mark = next(marks, None)
        for token in tokenize(source.text, span):
            while mark is not None and mark.end <= token.start:
                mark = next(marks, None)
            starts.append(token.start)
            ends.append(token.end)
            quoted.append(mark is not None and mark.start <= token.start)
            words.append(numbers.setdefault(token.norm, len(numbers)))
    return ReadText(source, starts, ends, quoted, Shingles(words), fingerprints(source))


# Which texts of a story share passages, how much of each that is, and what that makes of the two.
#
# Pairs are found through the fingerprints that texts have in common, so that only texts which share
# something are ever laid side by side.


# In the bundled story copies share 0.90 of the longer text, a part 0.76, and other texts 0.17 at most.
SHORTEST_PASSAGE = 12  # words
COPY = 0.8  # of both texts
SAME_TEXT = 0.5  # of one text, beyond which it is no text of its own
# Not measured: the bundled story comes out the same with a step more or less of these.
_JOINED = 4  # words that may differ inside a passage
_CREDIT = 8  # words: fewer between two quotes are the credit that comes with them
_LEAD = 0.15  # of a text, in which it says what is new
_TOO_COMMON = 50  # texts of a story; what more of them share tells nothing about two of them


def pairs_that_share(texts: Sequence[ReadText], cancelled: Callable[[], bool]) -> Iterator[ReusePair]:
    """Yield the pairs of texts that share passages of at least twelve words, in the story's order."""
    for one, other in _candidates(texts):
        if cancelled():
            return
        pair = shared_by(texts[one], texts[other])
        if pair is not None:
            yield pair


def _candidates(texts: Sequence[ReadText]) -> list[tuple[int, int]]:
    holders: dict[int, list[int]] = {}
    for number, text in enumerate(texts):
        for print_ in text.fingerprints:
            holders.setdefault(print_, []).append(number)
    # Each set of texts only once: forty copies of one report share hundreds of fingerprints.
    together = Counter(tuple(held) for held in holders.values() if len(held) > 1)
    found: set[tuple[int, int]] = set()
    short: dict[tuple[int, ...], list[int]] = {}
    for number, text in enumerate(texts):
        if 0 < len(text.starts) < SHORTEST_PASSAGE:
            short.setdefault(tuple(text.shingles.words), []).append(number)
    for held_by in short.values():
        found.update(combinations(held_by, 2))
    for held in together:
        if len(held) <= _TOO_COMMON or together[held] > SHORTEST_PASSAGE:
            found.update(combinations(held, 2))
    return sorted(found)


def shared_by(a: ReadText, b: ReadText) -> ReusePair | None:
    """Return what two texts share; None when that is no passage of twelve words."""
    if a.shingles.words == b.shingles.words:
        there = back = [SharedRun(0, 0, len(a.starts))] if a.starts else []
    else:
        there, back = _long_runs(a, b), _long_runs(b, a)
    if not there or not back:
        return None
    covered_a, covered_b = _covered(there), _covered(back)
    containment = Containment(len(covered_a) / len(a.starts), len(covered_b) / len(b.starts))
    outside_a, outside_b = _covered_outside_quotes(a, covered_a), _covered_outside_quotes(b, covered_b)
    outside = Containment(outside_a / max(a.outside, 1), outside_b / max(b.outside, 1))
    passages = tuple(
        SharedPassage(
            a.span(group[0].a_start, _last(group).a_start + _last(group).length - group[0].a_start),
            b.span(group[0].b_start, _last(group).b_start + _last(group).length - group[0].b_start),
        )
        for group in _joined(there) or [there]
    )
    quoted = any(a.quoted[word] for word in covered_a)
    if quoted and (outside_a == 0 or outside_b == 0):
        kind = ReuseKind.QUOTES
    else:
        kind = ReuseKind.COPY if containment.smaller >= COPY else ReuseKind.PARTIAL
    background = kind is ReuseKind.PARTIAL and _is_background(a, b, there, containment)
    return ReusePair(a.ref, b.ref, containment, outside, kind, passages, background)


def _last(group: list[SharedRun]) -> SharedRun:
    return group[-1]


def _long_runs(a: ReadText, b: ReadText) -> list[SharedRun]:
    """Return the runs of words that make up passages of twelve words or more."""
    return [run for group in _joined(shared_runs(a.shingles, b.shingles)) for run in group]


def _joined(runs: list[SharedRun]) -> list[list[SharedRun]]:
    """Group the runs between which only a few words differ; groups of too few words are left out."""
    groups: list[list[SharedRun]] = []
    for run in runs:
        if groups:
            before = groups[-1][-1]
            gap = run.a_start - before.a_start - before.length
            gap_b = run.b_start - before.b_start - before.length
            if 0 <= gap <= _JOINED and 0 <= gap_b <= _JOINED:
                groups[-1].append(run)
                continue
        groups.append([run])
    return [group for group in groups if sum(run.length for run in group) >= SHORTEST_PASSAGE]


def _covered(runs: list[SharedRun]) -> list[int]:
    """Return the words of the first text that stand in runs, in order."""
    return sorted({word for run in runs for word in range(run.a_start, run.a_start + run.length)})


def _covered_outside_quotes(text: ReadText, covered: list[int]) -> int:
    """Count the covered words outside quotation marks, without the credits of quotes."""
    total = 0
    stretch = 0
    before = -2
    for word in covered:
        if text.quoted[word]:
            continue
        if word != before + 1:
            total += stretch if stretch >= _CREDIT else 0
            stretch = 0
        stretch += 1
        before = word
    return total + (stretch if stretch >= _CREDIT else 0)


def _is_background(a: ReadText, b: ReadText, runs: list[SharedRun], containment: Containment) -> bool:
    """Tell what one outlet repeats in its texts from what one text took over from another.

    What is repeated stands below the news: it is less than half of either text and of neither one's lead.
    """
    if not of_one_outlet(a, b) or containment.larger > SAME_TEXT:
        return False
    lead_a, lead_b = _LEAD * len(a.starts), _LEAD * len(b.starts)
    return all(run.a_start >= lead_a and run.b_start >= lead_b for run in runs)


def of_one_outlet(a: ReadText, b: ReadText) -> bool:
    """Tell whether two texts say that they are of the same outlet, by publisher or web site."""
    one, other = a.source, b.source
    if one.publisher and other.publisher:
        return fold(one.publisher) == fold(other.publisher)
    site = _site(one.url)
    return site is not None and site == _site(other.url)


def _site(url: str | None) -> str | None:
    if not url or "//" not in url:
        return None
    return url.split("//", 1)[1].split("/", 1)[0].lower().removeprefix("www.") or None


# Where else a passage is found, and how much of a text is in another one.

# Not measured.
_SHARE = 0.5  # of a passage, from which it stands elsewhere
_GAP = 6  # words that may differ within one place
LEAST_REUSE = 0.3  # share of a new text that has to stand in another one for it to be worth telling


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A place where a passage stands: ``share`` is how many of its words, 0 to 1, stand there in runs."""

    ref: Ref
    span: Span
    share: float


@dataclass(frozen=True, slots=True)
class FoundReuse:
    """A text of which ``share``, 0 to 1, stands in the text ``holder``, word for word."""

    ref: Ref
    holder: Ref
    share: float


def is_long_enough(passage: str) -> bool:
    """Tell whether a passage has the five words that it takes to be looked for."""
    return len(tokenize(passage)) >= PRINT_SHINGLE


def is_found_for_sure(passage: str) -> bool:
    """Tell whether every text that holds a passage has one of its fingerprints: it takes ten words."""
    return len(tokenize(passage)) >= GUARANTEED


def places_of(passage: str, sources: Iterable[Source]) -> Iterator[FoundPassage]:
    """Yield where at least half of a passage, or twelve words of it, stands in each of ``sources``."""
    words = [token.norm for token in tokenize(passage)]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    asked = Shingles([numbers[word] for word in words])
    for text in read_texts(sources, numbers=numbers):
        runs = shared_runs(asked, text.shingles, shortest=PRINT_SHINGLE)
        for group in _grouped(runs):
            covered = contained_words(sorted(group))
            if covered >= min(SHORTEST_PASSAGE, _SHARE * len(words)):
                first = min(group, key=lambda run: run.b_start)
                last = max(group, key=lambda run: run.b_start + run.length)
                span = text.span(first.b_start, last.b_start + last.length - first.b_start)
                yield FoundPassage(text.ref, span, round(covered / len(words), 4))


def _grouped(runs: list[SharedRun]) -> list[list[SharedRun]]:
    """Put together the runs that stand close to each other in the second text."""
    groups: list[list[SharedRun]] = []
    for run in sorted(runs, key=lambda run: run.b_start):
        before = groups[-1][-1] if groups else None
        if before is not None and run.b_start - before.b_start - before.length <= _GAP:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def reuse_of(source: Source, others: Iterable[Source]) -> FoundReuse | None:
    """Return in which of ``others`` most of ``source`` stands; None where that is not much.

    What stands in quotation marks only, or an outlet's own background, is no reuse.
    """
    read, *held = read_texts([source, *others])
    found = [reuse for text in held if (reuse := _reuse(read, text)) is not None]
    return max(found, key=lambda one: one.share, default=None)


def _reuse(read: ReadText, text: ReadText) -> FoundReuse | None:
    pair = shared_by(read, text)
    if pair is None or pair.kind is ReuseKind.QUOTES or pair.background:
        return None
    share = pair.containment.a_in_b
    return FoundReuse(read.ref, text.ref, round(share, 4)) if share >= LEAST_REUSE else None
