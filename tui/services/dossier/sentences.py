"""The section of a dossier with each sentence of the summary, its verdict, and what the sources say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.audit import UNSURE, Verdict
from tui.services.dossier.drawing import source_id
from tui.services.dossier.markup import element
from tui.services.dossier.parts import apart, counted, legend, small
from tui.services.dossier.passages import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sources.model import Ref
    from tui.services.dossier import Held, Sentence
    from tui.services.dossier.markup import Child, Markup
    from tui.services.dossier.passages import Passages

SIGNS = {
    Verdict.SUPPORTED: "✓",
    Verdict.PARTIAL: "~",
    Verdict.UNSUPPORTED: "?",
    Verdict.CONTRADICTED: "≠",
    Verdict.UNCITED: "·",
}
_OPEN = {Verdict.PARTIAL, Verdict.UNSUPPORTED, Verdict.CONTRADICTED}
_VERDICTS = "A verdict says what the cited sources bear out, and never whether it is true."


@dataclass(frozen=True, slots=True)
class SentenceSection:
    """Writes the section: ``passages`` takes what is shown, ``name_source`` makes the link to a source."""

    passages: Passages
    name_source: Callable[[Ref], Child]

    def content(self, sentences: Sequence[Sentence]) -> Iterator[Child]:
        """Yield the counts of the verdicts, and a list with an item for each sentence."""
        if not sentences:
            return
        counts = Counter(one.verdict for one in sentences)
        told = ", ".join(
            f"{SIGNS[verdict]} {counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]
        )
        yield legend(f"{counted(len(sentences), 'sentence')}: {told}. {_VERDICTS}")
        yield element(
            "ol",
            {"class": "sentences"},
            (self._sentence(number, one) for number, one in enumerate(sentences, 1)),
        )

    def _sentence(self, number: int, one: Sentence) -> Markup:
        # What one source lacks another may have.
        lacking = one.checks[0].missing if one.checks else ()
        marks = [(place, "lacks") for place in lacking if all(place in each.missing for each in one.checks)]
        marks += [(each.said, "differs") for check in one.checks for each in check.differs]
        return element(
            "li", {"class": f"sentence {one.verdict}", "id": f"sentence-{number}"},
            element("p", None, self.passages.quoted(one.place, "span", marks)),
            element("p", {"class": "verdict"}, self._verdict(one)),
            element("blockquote", {"dir": "auto"}, one.note) if one.note else None,
            self._said(one.checks, "What the sources say", opened=Verdict(one.verdict) in _OPEN),
            self._said(one.better, f"{counted(len(one.better), 'source')} not cited", opened=False),
        )  # fmt: skip

    def _verdict(self, one: Sentence) -> Iterator[Child]:
        yield element("b", None, f"{SIGNS[Verdict(one.verdict)]} {one.verdict}")
        yield [[" ", reference(check.ref, f"#{source_id(check.ref)}")] for check in one.checks]
        if len(one.origins) == 1 and len(one.checks) > 1:
            yield f" · {len(one.checks)} citations, 1 origin: {one.origins[0]}"
        if one.readings:
            either = " or ".join(", ".join(map(str, reading)) for reading in one.readings)
            yield f" · {one.marker} may be {either}"
        if one.absent:
            yield f" · cites {', '.join(map(str, one.absent))}, which is not there"
        if one.found is not None:
            yield f" · overruled by the user: the program found it {one.found}"

    def _said(self, checks: Sequence[Held], told: str, *, opened: bool) -> Markup | None:
        if not checks:
            return None
        return element(
            "details", {"open": "" if opened else None}, element("summary", None, told),
            element("ul", {"class": "held"}, (element("li", None, self._held(check)) for check in checks)),
        )  # fmt: skip

    def _held(self, check: Held) -> Iterator[Child]:
        verdict = element("b", None, f"{SIGNS[Verdict(check.verdict)]} {check.verdict}")
        yield element(
            "p", {"class": f"verdict {check.verdict}"}, verdict, " by ", self.name_source(check.ref)
        )
        for each in check.differs:
            here = self.passages.quoted(each.said, cite=False)
            silent = "is not clear" if each.kind == UNSURE else "has no such word"
            there = silent if each.source is None else self.passages.quoted(each.source)
            yield small(f"{each.kind}: here ", here, ", the source ", there)
        if check.missing:
            lacking = apart(self.passages.quoted(place, cite=False) for place in check.missing)
            yield small("Not there: ", lacking)
        for place in check.evidence:
            yield element("blockquote", None, self.passages.quoted(place))
        if not check.evidence:
            yield small("It does not mention it.")
