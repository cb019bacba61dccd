"""The audit: does each source say what a sentence cites it for? Values of the answer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from sources.model import Ref, Span

__all__ = [
    "UNSURE",
    "Audit",
    "AuditedSentence",
    "Check",
    "Difference",
    "Marker",
    "StatementCheck",
    "StatementVerdict",
    "Verdict",
    "choice_key",
]

Reading = tuple[int, ...]  # the numbers of sources that a marker names


class Verdict(StrEnum):
    """What sources bear out of a statement or a sentence; never whether it is true."""

    SUPPORTED = "supported"
    PARTIAL = "partial"  # the core of it, but a detail is not in the source, or is weaker there
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"  # the source says otherwise about the same
    UNCITED = "uncited"  # of a sentence or its statements: it cites nothing in a text that cites


@frozen
class Marker:
    """A citation: where it stands, its readings as numbers of sources, and the one that is taken.

    ``readings`` has the likeliest first; ``chosen`` is empty where the marker names no source that there is.
    """

    span: Span
    text: str
    readings: tuple[Reading, ...]
    chosen: Reading

    @property
    def ambiguous(self) -> bool:
        """Tell whether it can be read in more than one way."""
        return len(self.readings) > 1


@frozen
class Difference:
    """Where a source says otherwise, or less, than a sentence: the places in both.

    ``kind`` is figure, unit, date, role, speaker or negation, which contradict; name, quote, hedge, strength,
    quantifier or attribution, which only weaken: two names may be of two who did the same. A word is
    ``unsure`` where it cannot be made out whether the source says it of the same. ``source`` is None where
    the source just lacks a word, as a sentence has "all" where its source has none.
    """

    kind: str
    said: Span
    source: Span | None

    @property
    def contradicts(self) -> bool:
        """Tell whether the source excludes what the sentence says."""
        return self.kind in CONTRADICTING


UNSURE = "unsure"
CONTRADICTING = frozenset(("figure", "unit", "date", "role", "speaker", "negation"))


@frozen
class StatementCheck:
    """What a source has on one statement of a sentence.

    ``support`` is the share of what it says, 0 to 1, that the passage ``evidence`` says too; ``missing`` are
    the details, places in the sentence's text, that the source does not have.
    """

    statement: Span
    verdict: Verdict
    support: float
    evidence: tuple[Span, ...]
    missing: tuple[Span, ...]
    differs: tuple[Difference, ...]


@frozen
class Check:
    """What a source has on a sentence; ``evidence`` are passages of one to three sentences of the source."""

    ref: Ref
    verdict: Verdict
    support: float
    statements: tuple[StatementCheck, ...]

    @property
    def evidence(self) -> tuple[Span, ...]:
        """Return the passages that bear on the sentence, each once, in order."""
        return tuple(sorted({span for one in self.statements for span in one.evidence}))

    @property
    def missing(self) -> tuple[Span, ...]:
        """Return the details that the source does not have, each once, in order."""
        return tuple(sorted({span for one in self.statements for span in one.missing}))

    @property
    def differs(self) -> tuple[Difference, ...]:
        """Return where the source says otherwise, each once, in the order of the sentence."""
        found = {difference for one in self.statements for difference in one.differs}
        return tuple(sorted(found, key=lambda one: (one.said, one.kind, one.source or one.said)))


@frozen
class StatementVerdict:
    """A statement of a sentence, and what all cited sources together bear out of it."""

    span: Span
    verdict: Verdict


@frozen
class AuditedSentence:
    """A sentence of a summary or draft, held against its sources.

    ``statements`` are its parts, each with what all cited sources together bear out of it. ``best`` are
    sources that were not cited and bear out more, the best first. ``words`` are its words, folded and without
    markers, by which it is the same when its text comes again.
    """

    span: Span
    words: str
    marker: Marker | None
    verdict: Verdict
    statements: tuple[StatementVerdict, ...]
    checks: tuple[Check, ...]
    best: tuple[Check, ...]


@frozen
class Audit:
    """A text held against sources; ``judged`` is None, or why it cannot be judged."""

    sentences: tuple[AuditedSentence, ...]
    unjudged: str | None = None

    def count(self, verdict: Verdict) -> int:
        """Return how many sentences have a verdict."""
        return sum(1 for one in self.sentences if one.verdict is verdict)


def choice_key(words: str, marker: str) -> str:
    """Return by what a chosen reading is found again: the words of the sentence, and its marker."""
    return f"{words} {marker}"
