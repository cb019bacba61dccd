from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from sources.evidence.entities.casing import LETTER, LOWER, UPPER

_ACCENTS = set(range(0x300, 0x370))


@pytest.mark.parametrize(
    ("characters", "categories", "more"),
    [
        (UPPER, {"Lu", "Lt"}, set[int]()),
        (LOWER, {"Ll"}, set[int]()),
        (LETTER, {"Lu", "Lt", "Ll"}, _ACCENTS),
    ],
    ids=["capitals", "small letters", "letters"],
)
def test_the_letters_of_a_pattern_are_those_with_a_case(
    characters: str, categories: set[str], more: set[int]
) -> None:
    pattern = re.compile(f"[{characters}]")
    meant = {code for code in range(0x2000) if unicodedata.category(chr(code)) in categories}
    matched = {code for code in range(sys.maxunicode + 1) if pattern.match(chr(code))}
    assert matched == meant | more
