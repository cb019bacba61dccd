"""Values as JSON: a table says which fields of a class are written, under which names.

The fields of a class are one line of words: ``name`` writes the attribute of that name, ``name=path`` the
one at a dotted path, ``name=one,two`` an array of several, ``name=#path`` how many it has, ``name='word'``
the word itself; the path ``self`` is the value. ``:4`` behind it rounds, ``?`` writes null for what is empty,
``@Class`` writes the value as if it were of that class, and ``*path`` writes the fields of that value there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELD = re.compile(
    r"(?P<spread>\*)?(?P<name>[\w.]+)(?:=(?:'(?P<word>[^']*)'|(?P<count>#)?(?P<path>[\w.,]+)))?"
    r"(?::(?P<digits>\d+))?(?P<empty>\?)?(?:@(?P<like>\w+))?"
)

# Notes are written alike by the command line and by the exports.
NOTE_FIELDS: dict[str, str] = {
    "Note": "id *first text tags labels created modified targets uid version colour pinned relation"
    " coder draft removed",
    "Target": "ref start=anchor.start end=anchor.end quote=anchor.quote prefix=anchor.prefix"
    " suffix=anchor.suffix state confidence on=kind place source_version=version newest_version=newest"
    " made=as_made@Made",
    "Made": "source_version=version start=anchor.start end=anchor.end quote=anchor.quote"
    " prefix=anchor.prefix suffix=anchor.suffix",
    "CitedSource": "ref title publisher author date url",
}


class _Field(NamedTuple):
    name: str  # empty where the value's own fields are written in its place
    get: Callable[[Any], Any]
    counted: bool
    digits: int | None
    empty: bool
    like: str | None


def to_json(value: Any, fields: Mapping[str, str], like: str | None = None) -> Any:
    """Return ``value`` as JSON knows it, by the ``fields`` of the classes in it.

    A ref is written as ``STORY/N``, a place in an original as ``p. 4``, an enumeration as its value, a path
    as text, what can be gone through as an array. ``like`` names another class by whose fields it is
    written. Raises TypeError for a class that has none.
    """
    name = like or type(value).__name__
    if value is not None and name in fields:
        return _written(value, fields, name)
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    from sources.model import OriginalPlace, Ref  # a call for help writes no values

    if isinstance(value, Ref | OriginalPlace | Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_json(each, fields) for key, each in value.items()}
    if isinstance(value, Iterable):
        return [to_json(each, fields) for each in value]
    raise TypeError(f"no fields of {name} are written as JSON")


def _written(value: Any, fields: Mapping[str, str], name: str) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for field in _read(fields[name]):
        part = field.get(value)
        if field.counted:
            part = len(part)
        elif field.digits is not None and part is not None:
            part = round(part, field.digits)
        elif field.empty:
            part = part or None
        plain = to_json(part, fields, field.like)
        if field.name:
            written[field.name] = plain
        else:
            written |= plain
    return written


@cache
def _read(line: str) -> tuple[_Field, ...]:
    return tuple(map(_field, line.split()))


def _field(word: str) -> _Field:
    found = _FIELD.fullmatch(word)
    if found is None:
        raise ValueError(f"{word!r} names no field")
    literal, path = found["word"], found["path"] or found["name"]
    get: Callable[[Any], Any]
    if literal is not None:
        get = partial(_first, literal)
    elif path == "self":
        get = _first
    else:
        get = attrgetter(*path.split(","))
    return _Field(
        "" if found["spread"] else found["name"],
        get,
        bool(found["count"]),
        None if found["digits"] is None else int(found["digits"]),
        bool(found["empty"]),
        found["like"],
    )


def _first(value: Any, *_: Any) -> Any:
    return value
