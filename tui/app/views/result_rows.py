"""How the hits of a search, and what they have in common, look as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.views.library import short_publisher, short_ref
from tui.app.widgets.cells import cells
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sources.model import Ref
    from tui.app.state import SearchState
    from tui.services import Facet, Hit

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


_LONGEST_STORY = 24  # cells of a story's name beside a number
_INDENT = 4  # cells before a snippet, the sign of the highlight and what scrolls at the end among them


def result_rows(search: SearchState, shown_in: Ref | None, width: int, lines: int) -> list[Row]:
    """Return the rows of a search's hits: a title line, the snippet on up to ``lines`` lines, near copies."""
    rows = []
    # A number says which source it is only where all are of one story.
    several = len({hit.ref.story for hit in search.hits}) > 1
    names = {hit.ref: _name(hit.ref, several=several, width=width) for hit in search.hits}
    column = max(map(cells, names.values()), default=0)
    for hit in search.hits:
        new = "new" if not search.new.isdisjoint((hit.ref, *hit.copies)) else ""
        name = " " * (column - cells(names[hit.ref])) + names[hit.ref]
        rows.append(
            Row(
                str(hit.ref),
                _title(name, hit.title, opened=hit.ref == shown_in),
                hint=_about(hit, new, width, several=several),
            )
        )
        place = Content.styled(f"{hit.place}  ", "dim") if hit.place else Content("")
        room = max(10, width - _INDENT - 2 - cells(place.plain))
        snippet = _around_first_hit(highlighted(hit.snippet, hit.highlights), room, lines)
        rows.extend(
            Row(
                f"{hit.ref}#{number}",
                Content.assemble(" " * (_INDENT - 2), "" if number else place, line),
                goes_on=True,
            )
            for number, line in enumerate(snippet)
        )
        if hit.copies:
            rows.extend(_copy_rows(hit, search, shown_in))
    if search.left:
        rows.append(Row(MORE, Content.styled(f"… {search.left:,} more", "italic")))
    return rows


def _about(hit: Hit, new: str, width: int, *, several: bool) -> str:
    """Return what stands at the end of a title line: story, publisher and date, as far as there is room.

    The story stands before the number already where hits are of ``several``.
    """
    said = (
        ("" if several else hit.ref.story, hit.publisher, hit.date),
        (hit.publisher, hit.date),
        (short_publisher(hit.publisher), hit.date),
        (short_publisher(hit.publisher),),
    )
    ways = [f"{new} {' · '.join(part for part in parts if part)}".strip() for parts in said]
    return next((way for way in ways if cells(way) <= width // 3), new)


def _copy_rows(hit: Hit, search: SearchState, shown_in: Ref | None) -> Iterable[Row]:
    unfolded = hit.ref in search.unfolded
    count = "1 near copy" if len(hit.copies) == 1 else f"{len(hit.copies)} near copies"
    sign = "▾" if unfolded else "▸"
    folded_in = shown_in in hit.copies and not unfolded
    before = ("»" if folded_in else " ", "$accent")
    yield Row(f"{COPIES}{hit.ref}", Content.assemble(before, f" {sign} ", (f"≈ {count}", "italic")))
    if unfolded:
        for ref in hit.copies:
            title, publisher = search.named.get(ref, (None, None))
            name = _name(ref, several=ref.story != hit.ref.story, width=_LONGEST_STORY * 4)
            words = title or ("…" if ref not in search.named else None)
            cells = _title(name, words, opened=ref == shown_in, indent=4)
            yield Row(str(ref), cells, hint=f"≈ {short_publisher(publisher)}".strip())


def _name(ref: Ref, *, several: bool, width: int) -> str:
    if several:
        return short_ref(str(ref), min(_LONGEST_STORY, width // 4))
    return "summary" if ref.number is None else str(ref.number)


def _title(name: str, title: str | None, *, opened: bool, indent: int = 0) -> Content:
    return Content.assemble(
        " " * indent,
        ("»" if opened else " ", "$accent"),
        (f"{name} ", "bold"),
        (title or "(no title)", "" if indent else "bold"),
    )


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Content:
    """Return a snippet on one line with its highlights reversed; offsets stay true."""
    content = Content(text.replace("\n", " ").replace("\t", " "))
    for start, end in spans:
        content = content.stylize("reverse", start, end)
    return content


def _around_first_hit(snippet: Content, width: int, lines: int) -> list[Content]:
    """Return the lines of a snippet that show why it was found."""
    if lines == 1 and cells(snippet.plain) > width:
        first = min((span.start for span in snippet.spans), default=0)
        start = snippet.plain.rfind(" ", 0, max(1, first - width // 4)) + 1
        if start:
            snippet = Content("…") + snippet[start:]
        line, *rest = snippet.wrap(width - 2)
        return [line + Content(" …") if rest else line]
    wrapped = snippet.wrap(width)
    first = next((place for place, line in enumerate(wrapped) if line.spans), 0)
    start = max(0, min(first, len(wrapped) - lines))
    shown = list(wrapped[start : start + lines])
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
