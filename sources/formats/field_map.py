"""A user's map from the fields of a source to the columns of a table, or to the members of JSON records."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("title", "text", "publisher", "author", "date", "url", "language", "story", "id")
_MOST_NAMES = 40  # that are listed


@dataclass(slots=True)
class FieldMap:
    """Which column each field is in: ``columns`` has pairs of a field and a name, ``a.b`` for nested ones.

    Of a field with several names the first that holds something is taken; a text is all of them together.
    It remembers which of its names it has met, so that `missing` can say what a file lacks.
    """

    columns: tuple[tuple[str, str], ...] = ()
    _met: set[str] = dataclasses.field(default_factory=set)
    _names: dict[str, None] = dataclasses.field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns)

    def fresh(self) -> FieldMap:
        """Return the same map, which has met nothing yet."""
        return FieldMap(self.columns)

    def meet(self, names: Iterable[str | None]) -> None:
        """Note the columns of a table, which may have no row."""
        for name in names:
            self._names.setdefault(name or "")
        self._met.update(name for _, name in self.columns if name in self._names)

    def fields_of(self, record: Mapping[str, object]) -> dict[str, object]:
        """Return what a record holds of the fields that are mapped."""
        found: dict[str, object] = {}
        for known in _names_of(record):
            if len(self._names) < _MOST_NAMES:
                self._names.setdefault(known)
        for name, column in self.columns:
            try:
                value = _at(record, column)
            except LookupError:
                found.setdefault(name, None)
                continue
            self._met.add(column)
            known_value = found.get(name)
            if known_value in (None, ""):
                found[name] = value
            elif name == "text" and isinstance(known_value, str) and isinstance(value, str):
                found[name] = f"{known_value}\n\n{value}".strip()
        return found

    def has(self, name: str) -> bool:
        """Tell whether a field is mapped."""
        return any(field == name for field, _ in self.columns)

    def has_text(self, record: object) -> bool:
        """Tell whether a record has the text where the map says."""
        return any(
            name == "text" and isinstance(_found(record, column), str) for name, column in self.columns
        )

    def missing(self) -> str | None:
        """Return what is to be said of names that nothing has had so far; None where there are none."""
        unmet = [repr(column) for _, column in self.columns if column not in self._met]
        if not unmet:
            return None
        there = ", ".join(self._names) if self._names else "none"
        return f"has no column {' and none '.join(unmet)}; there are: {there}"


NO_MAP = FieldMap()


def field_map(pairs: Iterable[str]) -> FieldMap:
    """Read ``FIELD=COLUMN`` pairs; raises RequestError for what is none."""
    columns = []
    for pair in pairs:
        name, sign, column = (part.strip() for part in pair.partition("="))
        if not sign or not column:
            raise RequestError(f"{pair!r} maps nothing: write FIELD=COLUMN, such as text=body.")
        if name not in FIELDS:
            raise RequestError(f"There is no field {name!r} to map: choose one of {', '.join(FIELDS)}.")
        columns.append((name, column))
    return FieldMap(tuple(columns))


def _at(record: object, path: str) -> object:
    """Return the value at ``a.b`` of a record; a name with a dot in it comes first. Raises LookupError."""
    if isinstance(record, dict):
        if path in record:
            return record[path]
        first, dot, rest = path.partition(".")
        if dot and first in record:
            return _at(record[first], rest)
    if isinstance(record, list):
        first, dot, rest = path.partition(".")
        if first.isascii() and first.isdecimal():
            return _at(record[int(first)], rest) if dot else record[int(first)]
    raise LookupError(path)


def _found(record: object, path: str) -> object:
    try:
        return _at(record, path)
    except LookupError:
        return None


def _names_of(record: Mapping[str, object]) -> Iterable[str]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in value)
        elif isinstance(name, str):
            yield name
