"""Frozen values are what frozen dataclasses with slots are, to all who use them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, fields, is_dataclass, replace
from typing import Any

import pytest

from sources.frozen import frozen


@frozen
class Ours:
    """A value."""

    name: str
    size: int = 3
    parts: tuple[Any, ...] = ()

    @property
    def doubled(self) -> int:
        """Twice the size."""
        return 2 * self.size


@frozen
class Empty:
    """A value without fields."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same by the standard library."""

    name: str
    size: int = 3
    parts: tuple[Any, ...] = ()


def test_they_are_made_shown_compared_and_hashed_alike() -> None:
    for wishes in ({"name": "a"}, {"name": "a", "size": 4}, {"name": "b", "parts": (1,)}):
        ours, theirs = Ours(**wishes), Theirs(**wishes)
        assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
        assert hash(ours) == hash(theirs)
        assert asdict(ours) == asdict(theirs)
        assert ours == Ours(**wishes)
    other: Any = Theirs("a")
    assert Ours("a") != other
    assert Ours("a") != Ours("b")
    assert Ours("a", 5).doubled == 10
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1
    assert repr(Empty()) == "Empty()"


def test_they_are_taken_for_dataclasses() -> None:
    kind: Any = Ours
    assert is_dataclass(kind)
    assert [field.name for field in fields(Ours)] == ["name", "size", "parts"]
    assert replace(Ours("a", 4), name="b") == Ours("b", 4)
    match Ours("a", 4):
        case Ours(name, size):
            assert (name, size) == ("a", 4)


def test_they_are_frozen_and_have_no_other_attributes() -> None:
    value = Ours("a")
    with pytest.raises(AttributeError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        value.other = "b"  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del value.name
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]
    assert issubclass(FrozenInstanceError, AttributeError)  # so who catches that catches both


def test_they_can_be_copied_and_sent_to_other_processes() -> None:
    value = Ours("a", 4, (Ours("b"),))
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - made in the line before
    assert copy.deepcopy(value) == value == copy.copy(value)
