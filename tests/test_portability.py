"""What newer interpreters forgive and older supported ones do not."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_no_expression_repeats_a_group_possessively() -> None:
    """Python 3.11 before 3.11.5 matches ``(...)*+`` wrongly; ``(?>(...)*)`` says the same and works."""
    found = []
    for room in ("sources", "index", "tui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
            found += [
                f"{path.relative_to(ROOT)}:{token.start[0]}"
                for token in tokens
                if token.type == tokenize.STRING and POSSESSIVE_GROUP.search(token.string)
            ]
    assert found == []
