"""Rows of the audit: its sentences, what each source says of one, and the passages beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.evidence.audit import Verdict
from tui.app.views.pane import blank, going_on, rows_of, wrapped
from tui.app.widgets.virtual_list import Row
from tui.services.wording import absent_told, flat, short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.audit import Check, Marker
    from sources.model import Span
    from tui.app.views.pane import Passages
    from tui.services.audit import Audited, CheckHere, SentenceHere

SIGNS = {
    Verdict.SUPPORTED: ("✓", "$success"),
    Verdict.PARTIAL: ("~", "bold $warning"),
    Verdict.UNSUPPORTED: ("?", "bold $warning"),
    Verdict.CONTRADICTED: ("≠", "bold $error"),
    Verdict.UNCITED: ("·", "dim"),
}
DIFFERS, SHARED, MISSING = "bold reverse", "bold", "underline"  # how words of a passage and a sentence look
_POINTER = 2  # cells that the list takes for itself
_IN = "  "
_ROOM = 320  # code points of a passage that is shown beside the list


def sentence_rows(number: int, one: SentenceHere, width: int | None = None) -> list[Row]:
    """Return the row of a sentence: on one line, or in ``width`` cells as it stands, with what is wrong."""
    sign, style = SIGNS[Verdict(one.verdict)]
    marker = one.sentence.marker
    cited = "" if marker is None else " ".join(map(str, marker.chosen))
    hint = f"{cited}?" if one.unread else cited
    if one.overruled is not None:
        sign = f"{sign}!"
    lead, key = Content.styled(f"{sign} ", style), f"sentence:{number}"
    if width is None:
        return [Row(key, Content.assemble(lead, flat(one.text)), hint=hint)]
    return rows_of(key, lead, marked_words(one), width - _POINTER, hint=hint)


def marked_words(one: SentenceHere) -> Content:
    """Return a sentence, its words that no source has underlined, those that one has otherwise reversed."""
    words = Content(one.text.replace("\n", " "))
    start = one.sentence.span.start
    for here in one.checks:
        for missing in here.check.missing:
            words = words.stylize(MISSING, missing.start - start, missing.end - start)
        for differing in here.differs:
            words = words.stylize(DIFFERS, differing.said_span.start - start, differing.said_span.end - start)
    return words


def remarks(one: SentenceHere) -> list[tuple[str, str]]:
    """Return what is to be said of a sentence besides its sources, each with its style."""
    said: list[tuple[str, str]] = []
    marker = one.sentence.marker
    if marker is not None and marker.ambiguous:
        said.append((f"{marker.text} may be {_readings(marker)}", "dim"))
    if one.absent:
        said.append((absent_told(one.absent), "bold $warning"))
    if one.overruled is not None:
        said.append((f"your verdict: {one.overruled.value} {one.overruled.note}".rstrip(), "bold"))
    if len(one.origins) == 1 and len(one.checks) > 1:
        said.append((f"{len(one.checks)} citations, 1 origin: {one.origins[0]}", "dim"))
    return said


def _readings(marker: Marker) -> str:
    return " or ".join(", ".join(map(str, reading)) for reading in marker.readings)


def sentence_of(key: str) -> int:
    """Return the number of the sentence that a row belongs to."""
    kind, _, rest = key.partition(":")
    number = rest if kind == "sentence" else key.partition("#")[2]
    return int(number) if number.isdecimal() else 0


# A line for each source, under its sentence.


def check_rows(number: int, one: SentenceHere, *, cited_only: bool = False) -> list[Row]:
    """Return a row for each source of a sentence: those that it cites, and better ones that it does not."""
    rows = [
        _source_row(number, here.check, *SIGNS[here.check.verdict], _differing(here)) for here in one.checks
    ]
    if cited_only:
        return rows
    told = Content("is not cited, but says it")
    return [*rows, *(_source_row(number, better, "+", "$success", told) for better in one.sentence.best)]


def _source_row(number: int, check: Check, sign: str, style: str, told: Content) -> Row:
    cell = Content.assemble(
        ("    ", ""), (f"{sign} ", style), (f"{short_number(check.ref)}  ", "$accent"), told
    )
    return Row(_key(check, number), cell)


def _key(check: Check, number: int) -> str:
    differing = [one.source.start for one in check.differs if one.source is not None]
    place = differing[0] if differing else check.evidence[0].start if check.evidence else 0
    return f"said:{check.ref}:{place}#{number}"


def _differing(here: CheckHere) -> Content:
    """Return what a source has otherwise or has not, else that it says so."""
    parts = details(here)
    return Content("  ").join(parts) if parts else Content.styled(_PLAIN[here.check.verdict], "dim")


_PLAIN = {
    Verdict.SUPPORTED: "says so",
    Verdict.PARTIAL: "says it in part",
    Verdict.CONTRADICTED: "differs",
    Verdict.UNSUPPORTED: "does not mention it",
    Verdict.UNCITED: "does not mention it",
}


def details(here: CheckHere) -> list[Content]:
    """Return what a source has otherwise, and what it has not, in the words of both."""
    parts = [
        Content.assemble(
            (f"{one.kind}: ", "dim"),
            f"“{flat(one.said)}”",
            *(((" source ", "dim"), f"“{flat(one.source)}”") if one.source else ()),
        )
        for one in here.differs
    ]
    if here.missing:
        parts.append(
            Content.assemble(("not there: ", "dim"), ", ".join(f"“{flat(words)}”" for words in here.missing))
        )
    return parts


# What stands beside a sentence: each source that it cites, with its passage.


def beside_rows(
    audited: Audited, number: int, one: SentenceHere, passages: Passages, width: int
) -> list[Row]:
    """Return the evidence on a sentence in ``width`` cells: remarks, then a passage for each source."""
    room = width - _POINTER
    rows = [
        row
        for place, (words, style) in enumerate(remarks(one))
        for row in _remark(f"remark:{number}.{place}", Content.styled(flat(words), style), room)
    ]
    parts = [
        *((here.check, *SIGNS[here.check.verdict], "", details(here)) for here in one.checks),
        *((better, "+", "$success", "not cited: ", []) for better in one.sentence.best),
    ]
    for check, sign, style, told, more in parts:
        if rows:
            rows.append(blank(f"{check.ref}.{sign}"))
        name = passages.name(check.ref) if check.ref in passages.refs else str(check.ref)
        if check.evidence:
            name += audited.places.behind(check.ref, *check.evidence[0])
        title = Content.assemble((told, "dim"), (name, "bold $accent"))
        key = _key(check, number)
        rows += rows_of(key, Content.styled(f"{sign} ", style), title, room)
        rows += going_on(f"{key}.passage", list(_passage_lines(audited, one, check, room)))
        for line in more:
            rows += going_on(
                f"{key}.{len(rows)}", [_indented(part) for part in wrapped(line, room - len(_IN))]
            )
    if not parts and not one.absent:
        told = "cites nothing" if one.sentence.verdict is Verdict.UNCITED else "no source says it"
        rows += _remark(f"nothing:{number}", Content.styled(told, "dim"), room)
    return rows


def _remark(key: str, words: Content, room: int) -> list[Row]:
    return [Row(f"{key}.{line}", part, disabled=True) for line, part in enumerate(wrapped(words, room))]


def _passage_lines(audited: Audited, one: SentenceHere, check: Check, room: int) -> Iterator[Content]:
    """Yield the passages of a source, their words that are the sentence's bold, what differs reversed."""
    from tui.services.excerpts import excerpts

    found = excerpts(audited, one.text, check, _ROOM)
    if not found:
        yield _indented(Content.styled("does not mention it", "dim"))
    text = audited.texts[check.ref]
    for each in found:
        words = with_marks(text, each.span, each.shared, SHARED)
        for mark in each.marks:
            words = words.stylize(DIFFERS, mark.start - each.span.start, mark.end - each.span.start)
        before = "… " if text[: each.span.start].rstrip(" ")[-1:] not in ("", "\n", *'.!?”"') else ""
        after = " …" if text[each.span.end - 1] not in '.!?”"' else ""
        for line in wrapped(Content.assemble("“", before, words, after, "”"), room - len(_IN)):
            yield _indented(line)


def _indented(line: Content) -> Content:
    return Content.assemble(_IN, line)


def with_marks(text: str, span: Span, marked: Sequence[Span | None], style: str = DIFFERS) -> Content:
    """Return a stretch of a source on one line, the places in it that are marked in ``style``."""
    words = Content(span.of(text).replace("\n", " "))
    for one in marked:
        if one is not None and span.start <= one.start and one.end <= span.end:
            words = words.stylize(style, one.start - span.start, one.end - span.start)
    return words
