from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest

from sources.json_fields import to_json
from sources.model import Ref, Span


class _Kind(StrEnum):
    SAME = "same"


class _Part(NamedTuple):
    at: Span
    kind: _Kind
    share: float | None = None


class _Whole(NamedTuple):
    ref: Ref
    parts: tuple[_Part, ...]
    first: _Part | None = None
    said: str = ""


FIELDS = {"_Part": "at kind share:2", "_Whole": "ref parts"}
PART = _Part(Span(1, 4), _Kind.SAME, 0.125)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("ref story=ref.story", {"ref": "a/2", "story": "a"}),
        ("parts", {"parts": [{"at": [1, 4], "kind": "same", "share": 0.12}]}),
        ("many=#parts", {"many": 1}),
        ("both=said,ref", {"both": ["", "a/2"]}),
        ("said? first", {"said": None, "first": None}),
        ("kind='word' *ref@Named", {"kind": "word", "number": 2}),
        ("inner=self@Named2", {"inner": {"said": ""}}),
    ],
)
def test_a_line_says_which_fields_are_written(line: str, written: object) -> None:
    fields = FIELDS | {"_Whole": line, "Named": "number", "Named2": "said"}
    assert to_json(_Whole(Ref("a", 2), (PART,)), fields) == written


def test_what_has_no_fields_is_written_as_json_knows_it() -> None:
    assert to_json({"a": (None, True, 1, 1.5, "x"), "b": Path("c")}, {}) == {
        "a": [None, True, 1, 1.5, "x"],
        "b": "c",
    }
    with pytest.raises(TypeError, match="object"):
        to_json(object(), {})


def test_a_line_that_names_no_field_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="names no field"):
        to_json(PART, {"_Part": "at="})
