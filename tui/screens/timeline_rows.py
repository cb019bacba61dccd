"""How a timeline looks as rows: when, who tells of it, and what; conflicting dates under one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.evidence.timeline.wording import when, whens
from tui.widgets.cells import cells
from tui.widgets.line_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.timeline import Event, EventMention
    from sources.model import Ref

_SIGNS = {
    "conflict": ("≠", "bold $error"),
    "agree": ("=", "$success"),
    "single": (" ", ""),
    "open": ("?", "dim"),
}
_MOST_WHEN = 25  # cells of the days


def timeline_rows(events: Sequence[Event]) -> list[Row]:
    """Return the events in their order; under one with conflicting dates a row for each of the dates."""
    rows: list[Row] = []
    dated = [event for event in events if event.start or event.end]
    undated = [event for event in events if not (event.start or event.end)]
    wide = min(_MOST_WHEN, max((cells(whens(event)[0]) for event in dated), default=10))
    for event in dated:
        rows += _event_rows(event, wide)
    if undated:
        if dated:
            rows.append(Row("blank:open", Content(""), disabled=True))
        rows.append(Row("section:open", Content.styled("When is left open", "bold"), disabled=True))
        wide = min(_MOST_WHEN, max(cells(whens(event)[0]) for event in undated))
        for event in undated:
            rows += _event_rows(event, wide)
    return rows


def _event_rows(event: Event, wide: int) -> list[Row]:
    sign, style = _SIGNS[str(event.status)]
    first = event.mentions[0]
    disputed = str(event.status) == "conflict"
    told = Content(" ≠ ".join(whens(event)) if disputed else whens(event)[0])
    cell = Content.assemble(
        (f"{sign} ", style),
        (told if disputed else told.truncate(wide, ellipsis=True, pad=True)).stylize("bold"),
        "  ",
        " ".join(event.text.split()),
    )
    rows = [Row(_key(first), cell, hint=numbers(event.mentions))]
    if disputed:
        groups: dict[str, list[EventMention]] = {}
        for mention in event.mentions:
            groups.setdefault(when(mention), []).append(mention)
        for told_when, mentions in groups.items():
            said = Content.assemble(
                ("    ≠ ", "bold $error"),
                (f"{told_when:<10}", "bold"),
                (f"  “{' '.join(mentions[0].text.split())}”", "dim"),
                ("  in ", "dim"),
                numbers(mentions),
            )
            rows.append(Row(f"{_key(mentions[0])}:date", said))
    return rows


def _key(mention: EventMention) -> str:
    return f"said:{mention.ref}:{mention.start}"


def numbers(mentions: Iterable[EventMention]) -> str:
    """Return the numbers of the sources, each once, copies with their sign."""
    copies: dict[Ref, bool] = {}
    for mention in mentions:
        copies[mention.ref] = copies.get(mention.ref, True) and mention.copied
    return " ".join(
        f"{'≈' if copied else ''}{'S' if ref.number is None else ref.number}"
        for ref, copied in copies.items()
    )
