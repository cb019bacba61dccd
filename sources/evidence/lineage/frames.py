"""Finds what is repeated from issue to issue, such as the head and foot of a newsletter.

A paragraph is part of the frame when three texts of one outlet have it and tell something else beside it.
Copies of one report share their paragraphs too, but have nothing else to tell, or tell the same in it. Two
texts, or texts of nobody knows whom, need more proof, since a copy may begin otherwise: what they repeat is
at the same place in both, speaks to its readers, and is not about what each text has to itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.quotation_marks import quoted_spans
from sources.model import Span
from sources.text.folding import loose
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sources.model import Ref, Source

# Not measured: two texts may be two versions of one; from three on it is a habit.
LEAST_TEXTS = 3
_LEAST_OWN = 5  # words that a text has to tell beside its frame
_ALIKE = 0.3  # share of their words that two tellings have in common, from which they tell the same
_MOST_TEXTS = 60  # held against each other; what more of them have is compared in part
_LONGEST_FRAME = 400  # words of what two texts repeat; a report that speaks to its readers is longer
_TO_READERS = re.compile(r"\b(?:[Yy]ou(?:rs?)?|[Ww]e|[Uu]s|[Oo]urs?|(?:[Uu]n)?[Ss]ubscri(?:be|ption)\w*)\b")


class _Paragraph(NamedTuple):
    span: Span
    words: str


_Frames = dict["Ref", set[str]]  # the paragraphs of each text that are part of a frame, by their words


def framed(
    sources: Iterable[Source], body: Callable[[Source], Sequence[Span]]
) -> Mapping[Ref, tuple[Span, ...]]:
    """Return the spans of frames in each of some texts; ``body`` gives where a text tells."""
    read = {source.ref: source for source in sources}
    texts = {ref: _paragraphs(source, body(source)) for ref, source in read.items()}
    by_outlet: dict[str, list[Ref]] = defaultdict(list)
    for ref, source in read.items():
        if outlet := loose(source.publisher or ""):
            by_outlet[outlet].append(ref)
    frames: _Frames = defaultdict(set)
    for refs in by_outlet.values():
        if len(refs) >= LEAST_TEXTS:
            _add_habits({ref: texts[ref] for ref in refs}, frames)
    _add_issues(read, texts, frames)
    return {
        ref: tuple(paragraph.span for paragraph in texts[ref] if paragraph.words in frame)
        for ref, frame in frames.items()
    }


def without(spans: Sequence[Span], frame: Sequence[Span]) -> list[Span]:
    """Return the parts of ``spans`` that no span of ``frame`` covers; both are in order."""
    left = []
    for start, end in spans:
        at = start
        for cut in frame:
            if at < cut.end and cut.start < end:
                if at < cut.start:
                    left.append(Span(at, cut.start))
                at = max(at, cut.end)
        if at < end:
            left.append(Span(at, end))
    return left


def _paragraphs(source: Source, spans: Sequence[Span]) -> list[_Paragraph]:
    paragraphs = []
    for start, end in spans:
        at = start
        for line in source.text[start:end].splitlines(keepends=True):
            if words := loose(line):
                paragraphs.append(_Paragraph(Span(at, at + len(line)), words))
            at += len(line)
    return paragraphs


def _holders(texts: Mapping[Ref, Sequence[_Paragraph]], least: int) -> dict[str, list[Ref]]:
    """Return which texts have each of the paragraphs that at least so many have."""
    found: dict[str, dict[Ref, None]] = defaultdict(dict)
    for ref, paragraphs in texts.items():
        for paragraph in paragraphs:
            found[paragraph.words][ref] = None
    return {words: list(refs) for words, refs in found.items() if len(refs) >= least}


def _add_habits(texts: Mapping[Ref, Sequence[_Paragraph]], frames: _Frames) -> None:
    """Add what several texts of one outlet have, each beside something else."""
    holders = _holders(texts, LEAST_TEXTS)
    own = {ref: _told(paragraphs, holders.keys()) for ref, paragraphs in texts.items()} if holders else {}
    for words, refs in holders.items():
        if _tell_otherwise([own[ref] for ref in sorted(refs)]):
            for ref in refs:
                frames[ref].add(words)


def _add_issues(
    read: Mapping[Ref, Source], texts: Mapping[Ref, Sequence[_Paragraph]], frames: _Frames
) -> None:
    """Add what two texts, of no two outlets, have if they are issues that put it around something else."""
    holders = _holders(texts, 2)
    spoken = {words for words, refs in holders.items() if _speaks_to_readers(read[refs[0]], texts, words)}
    pairs = {pair for words in spoken for pair in combinations(holders[words][:_MOST_TEXTS], 2)}
    for one, other in sorted(pairs):
        if len({outlet for ref in (one, other) if (outlet := loose(read[ref].publisher or ""))}) > 1:
            continue
        shared = {each.words for each in texts[one]} & {each.words for each in texts[other]}
        length = _length(shared)
        if length > _LONGEST_FRAME or _length(shared & spoken) * 2 < length:
            continue
        about = _content(shared)
        own = [_told(texts[ref], shared) for ref in (one, other)]
        if (
            _places(texts[one], shared) == _places(texts[other], shared)
            and _tell_otherwise(own)
            and not any(_are_alike(words, about, len(words)) for words in own)
        ):
            frames[one] |= shared
            frames[other] |= shared


def _length(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _places(paragraphs: Sequence[_Paragraph], shared: set[str]) -> list[str]:
    """Return the paragraphs in order, with nothing but a gap for what is not shared."""
    found: list[str] = []
    for paragraph in paragraphs:
        words = paragraph.words if paragraph.words in shared else ""
        if words or not found or found[-1]:
            found.append(words)
    return found


def _speaks_to_readers(source: Source, texts: Mapping[Ref, Sequence[_Paragraph]], words: str) -> bool:
    """Tell whether a paragraph of a source, with what is muted in it, speaks to readers outside quotes."""
    span = next(paragraph.span for paragraph in texts[source.ref] if paragraph.words == words)
    start = source.text.rfind("\n", 0, span.start) + 1
    end = source.text.find("\n", span.end - 1)
    line = Span(start, len(source.text) if end < 0 else end)
    found = list(_TO_READERS.finditer(source.text, *line))
    quotes = list(quoted_spans(source.text, *line)) if found else []
    return any(not any(quote.start <= match.start() < quote.end for quote in quotes) for match in found)


def _told(paragraphs: Iterable[_Paragraph], shared: Iterable[str]) -> frozenset[str]:
    """Return the words of a text beside what is shared, without those that every text has."""
    left_out = frozenset(shared)
    return _content(one.words for one in paragraphs if one.words not in left_out)


def _content(lines: Iterable[str]) -> frozenset[str]:
    bare = (word.strip(".,;:!?\"'()") for line in lines for word in line.split())
    return frozenset(stem(word) for word in bare if word and word not in STOP_WORDS)


def _tell_otherwise(told: Sequence[frozenset[str]]) -> bool:
    """Tell whether texts have something to tell beside what they share, each something else."""
    if any(len(words) < _LEAST_OWN for words in told):
        return False
    return not any(
        _are_alike(one, other, min(len(one), len(other)))
        for one, other in combinations(told[:_MOST_TEXTS], 2)
    )


def _are_alike(one: frozenset[str], other: frozenset[str], of: int) -> bool:
    return len(one & other) >= _ALIKE * of
