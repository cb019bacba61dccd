"""What the tabs of the labels screen show, read from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.errors import RequestError
from sources.model import Codebook, LabelChoice, SpanStatus
from tui.app.views.label_rows import (
    agreement_rows,
    codebook_rows,
    company_rows,
    count_rows,
    counted,
    question_rows,
    remark,
    section,
    span_rows,
)

if TYPE_CHECKING:
    from sources.model import LabelSpan, Ref
    from tui.app.widgets.virtual_list import Row
    from tui.services import CodedPassage, Library, UnitKind
    from tui.services.labels import Labelling as LabelQuestions


class Shown(NamedTuple):
    """What one tab shows."""

    rows: list[Row]
    codebook: Codebook
    spans: tuple[LabelSpan, ...] = ()
    questions: tuple[CodedPassage, ...] = ()
    texts: dict[Ref, str] = {}  # noqa: RUF012 - never changed


class Gathering(NamedTuple):
    """Gathers for a coder in a story, or in the library where no story is open."""

    story: str | None
    coder: str
    questions: LabelQuestions

    def of_tab(self, library: Library, tab: str, only: tuple[str, str], unit: UnitKind) -> Shown:
        """Return what a tab shows; spans narrowed to ``only``, as "label" and its name."""
        match tab:
            case "Codebook":
                return self._codebook(library)
            case "Spans":
                return self._spans(library, only)
            case "Counts":
                return self._counts(library)
            case "Together":
                return self._company(library)
            case "Suggested":
                return self._suggested(library)
            case _:
                return self._agreement(library, unit)

    def _choice(self, *statuses: SpanStatus, coder: str | None = None) -> LabelChoice:
        return LabelChoice(story=self.story, coder=coder, statuses=statuses or (SpanStatus.MARKED,))

    def _codebook(self, library: Library) -> Shown:
        codebook = library.codebook()
        return Shown(codebook_rows(codebook, library.label_tallies()), codebook)

    def _spans(self, library: Library, only: tuple[str, str]) -> Shown:
        what, name = only
        spans = tuple(
            span
            for span in library.label_spans(self._choice())
            if not what or str(getattr(span, what)) == name
        )
        return Shown(span_rows(spans, coder=True), library.codebook(), spans)

    def _counts(self, library: Library) -> Shown:
        tallies = library.label_tallies(self._choice())
        return Shown(count_rows(tallies) if tallies else [], library.codebook())

    def _company(self, library: Library) -> Shown:
        story = self.story
        pairs = self.questions.co_occurrences(story) if story is not None else ()
        return Shown(company_rows(pairs), library.codebook())

    def _suggested(self, library: Library) -> Shown:
        spans = library.label_spans(self._choice(SpanStatus.SUGGESTED, coder=self.coder))
        return Shown(span_rows(spans, coder=False), library.codebook(), spans)

    def _agreement(self, library: Library, unit: UnitKind) -> Shown:
        story, questions = self.story, self.questions
        codebook = library.codebook()
        if story is None:
            return Shown([remark("none", "Open a source of the story first.")], codebook)
        try:
            rows = agreement_rows(questions.agreement(story, unit=unit))
            found = questions.disagreements(story)
        except RequestError as error:
            return Shown([remark("none", str(error))], codebook)
        open_ones = sum(passage.settlement is None for passage in found)
        rows.append(section(f"{counted(len(found), 'disagreement')}, {open_ones} open"))
        texts = {source.ref: source.text for source in library.sources(list({each.ref for each in found}))}
        return Shown([*rows, *question_rows(found)], codebook, (), found, texts)
