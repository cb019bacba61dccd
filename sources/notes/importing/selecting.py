"""The selectors of the Web Annotation model that point into text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.notes.importing.json_values import listed, offset, string
from sources.notes.importing.values import ImportedTarget

if TYPE_CHECKING:
    from collections.abc import Iterator


def select(
    selectors: Any, *, url: str | None, ref: str | None = None, title: str | None = None
) -> ImportedTarget | str:
    """Return the passage that ``selectors`` point at, all of the text where there are none.

    Where none of them quotes text, return why the passage cannot be told, as the rest of a sentence.
    """
    flat = list(_flattened(selectors))
    if not flat:
        return ImportedTarget(url, ref, title)
    quoted = next((each for each in flat if string(each.get("exact"))), None)
    kinds = sorted({string(each.get("type")) or "selector" for each in flat})
    if quoted is None:
        return f"it points at its place by {', '.join(kinds)} alone, without the words there"
    position: dict[str, Any] = next(
        (each for each in flat if string(each.get("type")) == "TextPositionSelector"), {}
    )
    return ImportedTarget(
        url, ref, title, string(quoted["exact"]), string(quoted.get("prefix")), string(quoted.get("suffix")),
        offset(position.get("start")),
    )  # fmt: skip


def _flattened(selectors: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    for each in listed(selectors):
        if isinstance(each, str):
            yield {"type": "a selector that is elsewhere"}
        elif isinstance(each, dict) and depth < 10:
            yield each
            yield from _flattened(each.get("refinedBy"), depth + 1)
