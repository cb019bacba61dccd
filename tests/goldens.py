"""Expected outputs and screens in files, which one variable writes again.

When a change of them is meant, write them and read the difference:

    CROSSREAD_GOLDENS=write .venv/bin/python -m pytest tests/cli/test_golden.py && git diff tests
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def check_golden(file: Path, shown: str) -> None:
    """Hold what is shown against the file, or write it there where ``CROSSREAD_GOLDENS=write`` is set."""
    if os.environ.get("CROSSREAD_GOLDENS") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
