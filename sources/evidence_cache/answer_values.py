"""Answers as values: written as JSON and read back, and brought from the view of a text to the text itself.

A document is the list of the classes in it, each as ``module:name``, and the value: an array begins with the
number of its class in that list, counted from 1, or with 0 for a plain tuple. Only classes of the evidence
and of the model that hold nothing but values can come back, whatever a file says.

Evidence is looked for in the view of a text (`sources.text.reading_view`); what is given out is at places of
the text. Which text a span is of is said by the value that holds it: by its ``ref``, by ``a`` and ``b`` of
two texts that are held together, by ``earlier_ref`` beside ``earlier_span``, by the ``refs`` of columns; else
it is the one text that was asked about, or that was held against the others.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from sources.model import Ref, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.text.reading_view import ReadingView

    Views = Mapping[Ref, ReadingView | None]


_ROOMS = ("sources.evidence.", "sources.model.")


def encode(value: object) -> str:
    """Return ``value`` as JSON; raises TypeError for what evidence cannot hold."""
    numbers: dict[type, int] = {}
    plain = _to_plain(value, numbers)
    names = [f"{each.__module__}:{each.__qualname__}" for each in numbers]
    return json.dumps([names, plain], ensure_ascii=False, separators=(",", ":"))


def decode(written: str) -> Any:
    """Return what `encode` wrote; raises ValueError or TypeError for anything else."""
    names, plain = json.loads(written)
    return _from_plain(plain, [tuple, *map(_class_named, names)])


def _to_plain(value: object, numbers: dict[type, int]) -> object:
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
        return value
    kind = type(value)
    parts: list[Any]
    if isinstance(value, Enum):
        parts = [value.value]
    elif isinstance(value, tuple):
        parts = list(value)
    elif is_dataclass(value):
        parts = [getattr(value, each.name) for each in fields(value)]
    else:
        raise TypeError(f"evidence cannot hold a {kind.__name__}")
    number = 0 if kind is tuple else numbers.setdefault(kind, len(numbers) + 1)
    return [number, *(_to_plain(part, numbers) for part in parts)]


def _from_plain(plain: object, classes: list[type]) -> object:
    if not isinstance(plain, list):
        if isinstance(plain, dict):
            raise TypeError("evidence holds no JSON objects")
        return plain
    if not plain or not isinstance(plain[0], int) or not 0 <= plain[0] < len(classes):
        raise ValueError("an array of evidence begins with the number of a class")
    values = tuple([_from_plain(part, classes) for part in plain[1:]])
    return values if not plain[0] else classes[plain[0]](*values)


def _class_named(name: object) -> type:
    if not isinstance(name, str) or not name.startswith(_ROOMS):
        raise TypeError(f"{name!r} is no class of evidence")
    module, _, own = name.partition(":")
    try:
        found = getattr(import_module(module), own)
    except (ImportError, AttributeError) as error:
        raise TypeError(f"{name} is not there") from error
    if isinstance(found, type) and (
        is_dataclass(found)
        or issubclass(found, Enum)
        or (issubclass(found, tuple) and hasattr(found, "_fields"))
    ):
        return found
    raise TypeError(f"{name} is no class of evidence")


_OF_OTHER_WORDS = {"left_out"}  # spans of a quote family's own text, which has no marks
_BESIDE = {"only_a": "a", "only_b": "b"}
_OF_ASKED = {
    "statement",
    "missing",
    "said",
}  # spans of the text that was held against others, beside their ref


class Restoring:
    """What leads from the views of some texts back to these; ``views`` has None for those without one."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._asked: ReadingView | None = None

    def answer(self, value: Any, of: Ref | None) -> Any:
        """Return an answer with the places of the texts; ``of`` is the text of spans that name none."""
        if not any(self._views.values()):
            return value
        self._asked = self._views.get(of) if of is not None else None
        return self._restored(value, self._asked, {})

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
        if name in _OF_ASKED:
            return self._asked
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
