"""Between evidence and JSON: frozen dataclasses, named tuples, enumerations and tuples of them.

A value of a class is written as an array that begins with the class's name, a tuple as one that begins
with an empty name. Only classes that the codec was made with can come back, whatever a file says.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


class Codec:
    """Writes and reads values made of ``classes``, of tuples, and of what JSON knows."""

    def __init__(self, *classes: type) -> None:
        self._classes = {each.__name__: each for each in classes}

    def encode(self, value: object) -> str:
        """Return ``value`` as JSON; raises TypeError for a class that the codec does not know."""
        return json.dumps(self._to_plain(value), ensure_ascii=False, separators=(",", ":"))

    def decode(self, written: str) -> Any:
        """Return what `encode` wrote; raises ValueError or TypeError for anything else."""
        return self._from_plain(json.loads(written))

    def _to_plain(self, value: object) -> object:
        name = type(value).__name__
        if isinstance(value, Enum):
            self._require(name)
            return [name, value.value]
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            self._require(name)
            return [name, *map(self._to_plain, value)]
        if isinstance(value, tuple):
            return ["", *map(self._to_plain, value)]
        if is_dataclass(value):
            self._require(name)
            return [name, *(self._to_plain(getattr(value, each.name)) for each in fields(value))]
        raise TypeError(f"evidence cannot hold a {name}")

    def _from_plain(self, plain: object) -> object:
        if not isinstance(plain, list):
            if isinstance(plain, dict):
                raise TypeError("evidence holds no JSON objects")
            return plain
        if not plain or not isinstance(plain[0], str):
            raise ValueError("an array of evidence begins with a name")
        name, *parts = plain
        values = tuple(map(self._from_plain, parts))
        if not name:
            return values
        self._require(name)
        return self._classes[name](*values)

    def _require(self, name: str) -> None:
        if name not in self._classes:
            raise TypeError(f"evidence of class {name} is not known here")
