"""How labels, labelled spans and the agreement of coders look as rows of a list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sources.errors import RequestError
from sources.model import Codebook, LabelChoice, NoteState, SpanStatus
from tui.app.views.pane import remark, section
from tui.app.widgets.virtual_list import Row
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.model import Codebook, Label, LabelSpan, LabelTally, Ref
    from tui.services import (
        Agreement,
        CodedPassage,
        CoderSpans,
        CoOccurrence,
        LabelAgreement,
        Library,
        UnitKind,
    )
    from tui.services.labels import Labelling as LabelQuestions


def code_row(codebook: Codebook, label: Label, spans: Mapping[str, int]) -> Row:
    """Return the row of a label: key, name under its parent, colour, meaning, number of spans."""
    count = spans.get(label.name, 0)
    cells = Content.assemble(
        (f" {label.key or ' '} ", "reverse" if label.key else ""),
        f" {'  ' * codebook.depth(label)}",
        (label.name, "bold"),
        (f"  ■ {label.colour}" if label.colour else "", "$accent"),
        (f"  {' '.join(label.meaning.split())}" if label.meaning else "", "dim"),
    )
    return Row(f"label:{label.name}", cells, hint=counted(count, "span") if count else "")


def codebook_rows(codebook: Codebook, tallies: Sequence[LabelTally]) -> list[Row]:
    """Return the rows of the codebook as a tree."""
    spans: Counter[str] = Counter()
    for tally in tallies:
        spans[tally.label] += tally.spans
    return [code_row(codebook, label, spans) for label in codebook]


def span_rows(spans: Sequence[LabelSpan], *, coder: bool) -> list[Row]:
    """Return the rows of labelled spans, with their ``coder`` or with where a suggestion comes from."""
    rows = []
    for span in spans:
        lost = span.target.state is NoteState.ORPHAN
        cells = Content.assemble(
            (f"{span.label:<14} ", "bold"),
            (f"{span.ref}  ", "dim"),
            f"“{' '.join(span.target.anchor.quote.split())}”",
        )
        hint = "orphan " * lost + (span.coder if coder else span.origin)
        rows.append(Row(f"span:{span.id}", cells, hint=hint))
    return rows


def count_rows(tallies: Sequence[LabelTally]) -> list[Row]:
    """Return how many spans there are by label, by coder and by source."""
    from tui.services.labels import summed  # the evidence is loaded beside the screen

    rows = []
    for by, what in (("label", "label"), ("coder", "coder"), ("source", "ref")):
        sums = summed(tallies, by)
        rows.append(section(f"By {by}", f"By {by}"))
        most = max((spans for _, spans, _ in sums), default=1)
        for name, spans, letters in sums:
            bar = "█" * max(1, round(20 * spans / most))
            cells = Content.assemble((f"  {name:<20} ", "bold"), (f"{bar:<20} ", "$accent"), f"{spans:>5}")
            rows.append(Row(f"count:{what}:{name}", cells, hint=counted(letters, "character")))
    return rows


def company_rows(pairs: Sequence[CoOccurrence]) -> list[Row]:
    """Return which labels are together, and how often."""
    return [
        Row(
            f"pair:{number}",
            Content.assemble((f"{pair.first} + {pair.second}", "bold")),
            hint=f"overlap {pair.overlaps:,}×   same sentence {pair.sentences:,}×",
        )
        for number, pair in enumerate(pairs)
    ]


def agreement_rows(found: Agreement) -> list[Row]:
    """Return how far coders agree: over all labels, then label by label."""
    about = (
        f"{', '.join(found.coders)} on {counted(found.units, str(found.unit).removesuffix('s'))} "
        f"of {counted(len(found.refs), 'text')}"
    )
    return [remark("about", about), *(_measures(each) for each in (found.overall, *found.labels))]


def _measures(found: LabelAgreement) -> Row:
    pairs = "   ".join(
        f"{pair.first}–{pair.second} κ {_number(pair.kappa)} F1 {_number(pair.exact.f1)}"
        f" overlap {_number(pair.overlapping.f1)}"
        for pair in found.pairs
    )
    cells = Content.assemble(
        (f"{found.label or 'all labels':<14} ", "bold"), (f"α {_number(found.alpha)}   ", "$accent"), pairs
    )
    return Row(f"agreement:{found.label or ''}", cells, disabled=True)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def question_rows(questions: Sequence[CodedPassage]) -> list[Row]:
    """Return the disagreements: each with what every coder says, and that nothing holds, to choose from."""
    rows = []
    for passage in questions:
        settlement = passage.settlement
        heading = Content.assemble((f"{passage.ref} ", "bold"), (f"on {passage.kind}", "dim"))
        hint = "open"
        if settlement is not None:
            holds = ", ".join(span.label for span in settlement.spans) or "nothing"
            hint = f"✓ settled by {settlement.by}: {holds}"
        rows.append(Row(f"question:{passage.id}", heading, hint=hint, disabled=True))
        rows += [
            Row(
                f"side:{passage.id}:{given.coder}",
                Content.assemble((f"  {given.coder:<12} ", "bold"), side_words(given)),
            )
            for given in passage.coder_spans
        ]
        rows.append(Row(f"nothing:{passage.id}", Content.styled("  (no label)", "dim")))
    return rows


def side_words(given: CoderSpans) -> str:
    """Return what a coder says of a passage."""
    said = (f"{span.label} “{' '.join(span.target.anchor.quote.split())}”" for span in given.spans)
    return "; ".join(said) or "nothing"


def side_content(given: CoderSpans, text: str, low: int, high: int) -> Content:
    """Return a passage as one coder labelled it, from ``low`` to ``high``: what is labelled in brackets."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for span in given.spans:
        opening[span.span.start] = f"{opening.get(span.span.start, '')}[{span.label}: "
        closing[span.span.end] = f"{closing.get(span.span.end, '')}]"
    heading = ", ".join(span.label for span in given.spans) or "nothing"
    parts: list[tuple[str, str]] = [(f"{given.coder}: {heading}\n", "bold")]
    places = sorted({low, high, *(place for place in (*opening, *closing) if low <= place <= high)})
    for start, end in zip(places, [*places[1:], high], strict=True):
        parts.append((closing.get(start, "") + opening.get(start, ""), "bold $accent"))
        inside = any(span.span.start <= start < span.span.end for span in given.spans)
        parts.append((" ".join(text[start:end].split("\n")), "underline" if inside else "dim"))
    return Content.assemble(*parts)


# What the tabs of the labels screen show, read from the library.


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
            case "Co-occurrence":
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
        rows.append(section("open", f"{counted(len(found), 'disagreement')}, {open_ones} open"))
        texts = {source.ref: source.text for source in library.sources(list({each.ref for each in found}))}
        return Shown([*rows, *question_rows(found)], codebook, (), found, texts)
