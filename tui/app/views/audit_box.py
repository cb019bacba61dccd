"""The box of the audit: each sentence of the summary, and what the sources that it cites say of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content

from sources.evidence.audit import Verdict
from tui.app.views.evidence_boxes import EvidenceBox
from tui.app.views.pane import bindings_for
from tui.app.views.story_rows import place_of
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.wording import flat, short_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from sources.evidence.audit import Check, Marker
    from sources.model import Span
    from tui.app.views.pane import Hints, Passages
    from tui.services.audit import Audited, CheckHere, SentenceHere

_SIGNS = {
    Verdict.SUPPORTED: ("✓", "$success"),
    Verdict.PARTIAL: ("~", "bold $warning"),
    Verdict.UNSUPPORTED: ("?", "bold $warning"),
    Verdict.CONTRADICTED: ("≠", "bold $error"),
    Verdict.UNCITED: ("·", "dim"),
}
AUDIT_LEGEND = (
    "✓ supported  ~ in part  ? not found  ≠ says otherwise  · cites none  + not cited but says it  ! yours"
)


class AuditBox(EvidenceBox):
    """The audit of the summary: a line a sentence; at full size under it what each source says."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("audit")
    pane_title: ClassVar[str] = "Audit"
    full_hints: ClassVar[Hints] = (
        ("enter", "passage"), ("n N", "next weak"), ("r", "reading"), ("v", "verdict"), ("esc", "page"),
    )  # fmt: skip
    list_id = "audit-list"
    legend = AUDIT_LEGEND
    nothing = "This story has no summary to audit."
    _found: Sequence[SentenceHere] = ()
    audited: Audited | None = None

    def show_audit(self, audited: Audited | None, passages: Passages) -> None:
        """Show an audit, the highlight staying where it was; None where there is no summary."""
        here = self.listing.highlighted_key
        self.audited = audited
        self.show(audited.sentences if audited is not None else (), passages)
        if here is not None:
            self.listing.highlight(here)

    @property
    def sentence(self) -> SentenceHere | None:
        """The sentence that is highlighted, or whose source is."""
        number = _number(self.listing.highlighted_key or "")
        return self._found[number] if number < len(self._found) else None

    def told(self) -> str:
        """Return how many sentences have which verdict."""
        counts = Counter(one.verdict for one in self._found)
        return ", ".join(f"{counts[verdict]} {_SIGNS[verdict][0]}" for verdict in Verdict if counts[verdict])

    def rows_for(self, width: int) -> list[Row]:
        """Return the sentences, at full size with what each source says."""
        del width
        rows: list[Row] = []
        for number, one in enumerate(self._found):
            rows.append(_sentence_row(number, one))
            if self.full:
                rows += check_rows(number, one)
        return rows

    def step(self, direction: int) -> None:
        """Go to the next sentence that its sources do not bear out, or whose marker is ambiguous."""
        weak = [f"sentence:{number}" for number, one in enumerate(self._found) if _is_weak(one)]
        here = self.listing.highlighted_key or ""
        at = _number(here)
        ahead = [key for key in weak if (_number(key) - at) * direction > 0]
        if ahead:
            self.listing.highlight(min(ahead, key=lambda key: abs(_number(key) - at)))

    def choose(self, key: str) -> None:
        """Open the passage of a row; that of a sentence is its first."""
        if place_of(key) is None:
            number = _number(key)
            shown = [row.key for row in check_rows(number, self._found[number])] if self._found else []
            key = next((each for each in shown if place_of(each)), key)
        super().choose(key)

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        self._describe()

    def draw_again(self) -> None:
        """Draw what is to be shown by now."""
        super().draw_again()
        self._describe()

    def _describe(self) -> None:
        """Show the whole sentence, or the passage of the highlighted row with what differs marked."""
        key = self.listing.highlighted_key or ""
        number = _number(key)
        if not self._found or number >= len(self._found):
            return
        one = self._found[number]
        place = place_of(key)
        if place is None:
            self.say_more(_marked_sentence(one))
            return
        for check in (*(here.check for here in one.checks), *one.sentence.best):
            if str(check.ref) == place[0]:
                self.say_more(self._passage_of(check))
                return

    def _passage_of(self, check: Check) -> Content:
        text = self.passages.texts.get(check.ref, "")
        parts = [_with_marks(text, span, [one.source for one in check.differs]) for span in check.evidence]
        words = Content(" … ").join(parts) if parts else Content("says nothing of it")
        return Content.assemble((f"{self.passages.name(check.ref)}: ", "$accent"), words)


def _with_marks(text: str, span: Span, marked: Sequence[Span | None]) -> Content:
    words = Content(span.of(text).replace("\n", " "))
    for one in marked:
        if one is not None and span.start <= one.start and one.end <= span.end:
            words = words.stylize("bold reverse", one.start - span.start, one.end - span.start)
    return words


def _marked_sentence(one: SentenceHere) -> Content:
    words = Content(one.text.replace("\n", " "))
    start = one.sentence.span.start
    for here in one.checks:
        for missing in here.check.missing:
            words = words.stylize("underline", missing.start - start, missing.end - start)
        for differing in here.differs:
            words = words.stylize(
                "bold reverse", differing.said_span.start - start, differing.said_span.end - start
            )
    marker = one.sentence.marker
    if marker is not None and marker.ambiguous:
        words = words.append(Content.styled(f"  {marker.text} may be {_readings(marker)}", "dim"))
    if one.overruled is not None:
        words = words.append(
            Content.styled(f"  your verdict: {one.overruled.value} {one.overruled.note}", "bold")
        )
    if len(one.origins) == 1 and len(one.checks) > 1:
        words = words.append(
            Content.styled(f"  {len(one.checks)} citations, 1 origin: {one.origins[0]}", "dim")
        )
    return words


def _readings(marker: Marker) -> str:
    return " or ".join(", ".join(map(str, reading)) for reading in marker.readings)


def _is_weak(one: SentenceHere) -> bool:
    return one.verdict != Verdict.SUPPORTED or one.unread


def _number(key: str) -> int:
    """Return the number of the sentence that a row belongs to."""
    kind, _, rest = key.partition(":")
    number = rest if kind == "sentence" else key.partition("#")[2]
    return int(number) if number.isdecimal() else 0


def _sentence_row(number: int, one: SentenceHere) -> Row:
    sign, style = _SIGNS[Verdict(one.verdict)]
    marker = one.sentence.marker
    cited = "" if marker is None else " ".join(map(str, marker.chosen))
    hint = f"{cited}?" if one.unread else cited
    if one.overruled is not None:
        sign = f"{sign}!"
    return Row(f"sentence:{number}", Content.assemble((f"{sign} ", style), flat(one.text)), hint=hint)


def check_rows(number: int, one: SentenceHere, *, cited_only: bool = False) -> list[Row]:
    """Return a row for each source of a sentence: those that it cites, and better ones that it does not."""
    rows = [
        _source_row(number, here.check, *_SIGNS[here.check.verdict], _differing(here)) for here in one.checks
    ]
    if cited_only:
        return rows
    told = Content("is not cited, but says it")
    return [*rows, *(_source_row(number, better, "+", "$success", told) for better in one.sentence.best)]


def _source_row(number: int, check: Check, sign: str, style: str, told: Content) -> Row:
    cell = Content.assemble(
        ("    ", ""), (f"{sign} ", style), (f"{short_number(check.ref)}  ", "$accent"), told
    )
    return Row(f"said:{check.ref}:{_place(check)}#{number}", cell)


def _place(check: Check) -> int:
    differing = [one.source.start for one in check.differs if one.source is not None]
    return differing[0] if differing else check.evidence[0].start if check.evidence else 0


def _differing(here: CheckHere) -> Content:
    """Return what a source has otherwise or has not, else that it says so."""
    parts = [
        Content.assemble(
            (f"{one.kind}: ", "dim"),
            f"“{flat(one.said)}”",
            (" source ", "dim"),
            f"“{flat(one.source or '')}”",
        )
        for one in here.differs
    ]
    if here.missing:
        parts.append(
            Content.assemble(("not there: ", "dim"), ", ".join(f"“{flat(words)}”" for words in here.missing))
        )
    if parts:
        return Content("  ").join(parts)
    plain = {
        Verdict.SUPPORTED: "says so",
        Verdict.PARTIAL: "says it in part",
        Verdict.CONTRADICTED: "says otherwise",
    }
    return Content.styled(plain.get(here.check.verdict, "says nothing of it"), "dim")
