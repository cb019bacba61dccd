"""Where else a passage is found, and how much of a text is in another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.lineage.model import ReuseKind
from sources.evidence.lineage.sharing import SHORTEST_PASSAGE, read_texts, shared_by
from sources.evidence.shared_passages import (
    GUARANTEED,
    PRINT_SHINGLE,
    SharedRun,
    Shingles,
    contained_words,
    shared_runs,
)
from sources.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.lineage.sharing import ReadText
    from sources.model import Ref, Source, Span

# Not measured.
_SHARE = 0.5  # of a passage, from which it stands elsewhere
_GAP = 6  # words that may differ within one place
TOLD = 0.3  # share of a new text that has to stand in another one for it to be worth telling


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
    return FoundReuse(read.ref, text.ref, round(share, 4)) if share >= TOLD else None
