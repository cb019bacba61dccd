"""From spans of what was read back to spans of the texts themselves, in any answer.

Evidence is looked for in the view of a text (`sources.text.reading_view`); what is given out is at places of
the text. Which text a span is of is said by the value that holds it: by its ``ref``, by ``a`` and ``b`` of
two texts that are held together, by ``earlier_ref`` beside ``earlier_span``, by the ``refs`` of columns; else
it is the one text that was asked about.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from sources.model import Ref, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.text.reading_view import ReadingView

    Views = Mapping[Ref, ReadingView | None]

_OF_OTHER_WORDS = {"left_out"}  # spans of a quote family's own text, which has no marks
_BESIDE = {"only_a": "a", "only_b": "b"}


class Restoring:
    """What leads from the views of some texts back to these; ``views`` has None for those without one."""

    def __init__(self, views: Views) -> None:
        self._views = views

    def answer(self, value: Any, of: Ref | None) -> Any:
        """Return an answer with the places of the texts; ``of`` is the text of spans that name none."""
        if not any(self._views.values()):
            return value
        return self._restored(value, self._views.get(of) if of is not None else None, {})

    def _restored(self, value: Any, view: ReadingView | None, sides: dict[str, ReadingView | None]) -> Any:
        if value is None or isinstance(value, str | int | float | Enum | Ref):
            return value
        if isinstance(value, Span):
            return view.span(*value) if view is not None else value
        if isinstance(value, tuple):
            parts = [self._restored(part, view, sides) for part in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        return self._of_fields(value, view, sides) if is_dataclass(value) else value

    def _of_fields(self, value: Any, view: ReadingView | None, sides: dict[str, ReadingView | None]) -> Any:
        held = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        if isinstance(held.get("ref"), Ref):
            view = self._views.get(held["ref"])
        if isinstance(held.get("a"), Ref) and isinstance(held.get("b"), Ref):
            sides = {"a": self._views.get(held["a"]), "b": self._views.get(held["b"])}
        if {"refs", "rows"} <= held.keys() and any(hasattr(row, "cells") for row in held["rows"]):
            return replace(value, rows=tuple(self._row(row, held["refs"]) for row in held["rows"]))
        changed = {
            name: self._restored(part, self._view_of(name, held, view, sides), sides)
            for name, part in held.items()
            if name not in _OF_OTHER_WORDS
        }
        if view is not None and isinstance(held.get("start"), int) and isinstance(held.get("end"), int):
            changed["start"], changed["end"] = view.span(held["start"], held["end"])
        return replace(value, **changed)

    def _view_of(
        self,
        name: str,
        held: Mapping[str, Any],
        view: ReadingView | None,
        sides: Mapping[str, ReadingView | None],
    ) -> ReadingView | None:
        beside = held.get(f"{name.removesuffix('_span')}_ref") if name.endswith("_span") else None
        if isinstance(beside, Ref):
            return self._views.get(beside)
        return sides.get(_BESIDE.get(name, name), view)

    def _row(self, row: Any, refs: tuple[Ref, ...]) -> Any:
        """Return a row of columns, in which each cell is held against the first text that has one."""
        first = next(ref for ref, cell in zip(refs, row.cells, strict=True) if cell is not None)
        cells = [
            cell
            if cell is None
            else self._restored(
                cell, self._views.get(ref), {"a": self._views.get(first), "b": self._views.get(ref)}
            )
            for ref, cell in zip(refs, row.cells, strict=True)
        ]
        return replace(row, cells=tuple(cells))


def restored(answer: object, views: Views, of: Ref | None) -> Any:
    """Return ``answer``, found in views, with the places of the texts that they are views of."""
    return cast("Any", Restoring(views).answer(answer, of))
