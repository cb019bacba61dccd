"""Frozen values like ``dataclass(frozen=True, slots=True)``, made in a tenth of its time.

A command that only looks something up spends longer on making dataclasses than on its work: the standard
library writes and compiles six methods a class. Here only the constructor is compiled; comparing, hashing
and showing are shared. ``dataclasses.replace``, ``fields`` and ``is_dataclass`` take these values as they
take any other, and what they need for it is made when they are called.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import Field

_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[_Value]) -> type[_Value]:
    """Return the class with a constructor, slots and the methods of a value; its fields are its annotations.

    A default is given as with dataclasses, and has to be immutable.
    """
    annotations = cls.__annotations__
    names = tuple(annotations)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    body = {name: value for name, value in cls.__dict__.items() if name not in defaults}
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    for name, method in _METHODS.items():
        body.setdefault(name, method)
    body |= {
        "__slots__": names,
        "__match_args__": names,
        "__init__": _constructor(names, defaults),
        "__dataclass_fields__": _Fields(annotations, defaults),
        "_values": staticmethod(_getter(names)),
    }
    made: Any = type(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made  # type: ignore[no-any-return]  # the same class, made again with slots


def _constructor(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    parameters = ", ".join(f"{name}=_defaults[{name!r}]" if name in defaults else name for name in names)
    lines = "".join(f"\n    _set(self, {name!r}, {name})" for name in names)
    made: dict[str, Any] = {"_set": object.__setattr__, "_defaults": defaults}
    exec(f"def __init__(self, {parameters}):{lines or ' pass'}", made)  # noqa: S102 - of names in our own code
    return made["__init__"]


def _getter(names: tuple[str, ...]) -> Any:
    if not names:
        return lambda _value: ()
    if len(names) == 1:
        only = attrgetter(names[0])
        return lambda value: (only(value),)
    return attrgetter(*names)


class _Fields:
    """The fields of a class as dataclasses keeps them, worked out when somebody asks."""

    def __init__(self, annotations: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._annotations = annotations
        self._defaults = defaults
        self._known: dict[str, Field[Any]] | None = None

    def __get__(self, value: object, owner: type[Any]) -> dict[str, Field[Any]]:
        if self._known is None:
            from dataclasses import dataclass

            like = type(owner.__name__, (), {"__annotations__": self._annotations, **self._defaults})
            self._known = dataclass(like).__dataclass_fields__  # type: ignore[attr-defined]  # made just now
        return self._known


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._values(self) == self._values(other)


def _hash(self: Any) -> int:
    return hash(self._values(self))


def _shown(self: Any) -> str:
    pairs = zip(self.__slots__, self._values(self), strict=True)
    return f"{self.__class__.__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"


def _reduced(self: Any) -> tuple[Any, ...]:
    return self.__class__, self._values(self)


def _refuse(self: Any, name: str, *_: object) -> None:
    raise AttributeError(f"{self.__class__.__name__} is frozen: {name} cannot be changed")


_METHODS = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__reduce__": _reduced,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
