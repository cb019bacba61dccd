"""The frame stands before what only a question needs is loaded."""

from __future__ import annotations

import subprocess
import sys

# What reads files, finds evidence, searches, or speaks to the web; rooms that only name values may be there.
_LATER = (
    "sources.formats sources.importing sources.library sources.evidence_cache sources.text.boilerplate "
    "sources.text.tokens sources.evidence.entities sources.evidence.figures sources.evidence.dates index "
    "whoosh numpy snowballstemmer rapidfuzz markdown_it yaml jinja2 sqlite3 urllib.request http email xml"
)


def test_the_first_screen_loads_nothing_that_only_a_question_needs() -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tui.app.application import CrossreadApp\n"
        "CrossreadApp(Path('nowhere'))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {
        name
        for name in done.stdout.split()
        if any(f"{name}.".startswith(f"{one}.") for one in _LATER.split())
    }
    assert not loaded
