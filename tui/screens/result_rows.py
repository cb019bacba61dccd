"""How the hits of a search and what they have in common look as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.screens.library_rows import short_publisher
from tui.widgets.line_list import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from index import Hit
    from index.values import Facet
    from sources.model import Ref
    from tui.desk import Search

MORE = "more"
COPIES = "copies:"
FACET = "facet:"
_FACET_TITLES = {
    "story": "Stories",
    "publisher": "Publishers",
    "month": "Months",
    "entity": "Names",
    "tag": "Tags",
}


def result_rows(search: Search, shown_in: Ref | None, width: int) -> list[Row]:
    """Return the rows of a search's hits: a title line, the snippet on up to two lines, near copies."""
    rows = []
    for hit in search.hits:
        hint = short_publisher(hit.publisher)
        rows.append(Row(str(hit.ref), _title(hit.ref, hit.title, shown_in), hint=hint))
        lines = highlighted(hit.snippet, hit.highlights).wrap(max(10, width - 6))
        rows.extend(
            Row(f"{hit.ref}#{number}", Content.assemble("  ", line), disabled=True)
            for number, line in enumerate(_around_first_hit(lines))
        )
        if hit.copies:
            rows.extend(_copy_rows(hit, search, shown_in))
    if search.left:
        rows.append(Row(MORE, Content.styled(f"… {search.left:,} more", "italic")))
    return rows


def _copy_rows(hit: Hit, search: Search, shown_in: Ref | None) -> Iterable[Row]:
    unfolded = hit.ref in search.unfolded
    count = "1 near copy" if len(hit.copies) == 1 else f"{len(hit.copies)} near copies"
    sign = "▾" if unfolded else "▸"
    folded_in = shown_in in hit.copies and not unfolded
    before = ("»" if folded_in else " ", "$accent")
    yield Row(f"{COPIES}{hit.ref}", Content.assemble(before, f" {sign} ", (f"≈ {count}", "italic")))
    if unfolded:
        for ref in hit.copies:
            title, publisher = search.named.get(ref, (None, None))
            cells = _title(ref, title or ("…" if ref not in search.named else None), shown_in, indent=4)
            yield Row(str(ref), cells, hint=f"≈ {short_publisher(publisher)}".strip())


def _title(ref: Ref, title: str | None, shown_in: Ref | None, indent: int = 0) -> Content:
    name = "summary" if ref.number is None else str(ref.number)
    return Content.assemble(
        " " * indent,
        ("»" if ref == shown_in else " ", "$accent"),
        (f"{name} ", "bold"),
        (title or "(no title)", "" if indent else "bold"),
    )


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Content:
    """Return a snippet on one line with its highlights reversed; offsets stay true."""
    content = Content(text.replace("\n", " ").replace("\t", " "))
    for start, end in spans:
        content = content.stylize("reverse", start, end)
    return content


def _around_first_hit(lines: Sequence[Content]) -> list[Content]:
    """Return the two lines of a snippet that show why it was found."""
    first = next((place for place, line in enumerate(lines) if line.spans), 0)
    start = max(0, min(first, len(lines) - 2))
    shown = list(lines[start : start + 2])
    if start:
        shown[0] = Content("…") + shown[0]
    return shown


def facet_rows(facets: Sequence[Facet], chosen: Collection[str]) -> list[Row]:
    """Return the rows of facets, a heading each; ``chosen`` is what the query is narrowed by already."""
    rows: list[Row] = []
    for facet in facets:
        if not facet.values:
            continue
        title = Content.styled(_FACET_TITLES.get(facet.name, facet.name), "underline")
        rows.append(Row(f"heading:{facet.name}", title, disabled=True))
        for value in facet.values:
            on = value.query in chosen
            cells = Content.assemble(("✓ " if on else "  ", "$accent"), (value.value, "bold" if on else ""))
            rows.append(Row(f"{FACET}{value.query}", cells, hint=f"{value.hits:,}"))
    return rows
