"""Between evidence and JSON: frozen dataclasses, named tuples, enumerations and tuples of them.

A document is the list of the classes in it, each as ``module:name``, and the value: an array begins with the
number of its class in that list, counted from 1, or with 0 for a plain tuple. Only classes of the evidence
and of the model that hold nothing but values can come back, whatever a file says.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from typing import Any

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
