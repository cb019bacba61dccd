"""The frame stands before what only a question needs is loaded."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What reads files, finds evidence, searches, or speaks to the web; rooms that only name values may be there.
_LATER = (
    "sources.formats sources.importing sources.library sources.evidence_cache sources.text.boilerplate "
    "sources.text.tokens sources.evidence.entities sources.evidence.figures sources.evidence.dates index "
    "whoosh numpy snowballstemmer rapidfuzz markdown_it yaml jinja2 sqlite3 urllib.request http email xml"
)
# What only new evidence, a draft or a file takes.
_ONLY_NEW = "sources.formats sources.importing numpy rapidfuzz markdown_it yaml urllib.request"


def loaded(program: str, *words: str) -> set[str]:
    """Return what a process has loaded in the end."""
    whole = f"import sys\nfrom pathlib import Path\n{program}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", whole, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def within(names: set[str], rooms: str) -> set[str]:
    return {name for name in names if any(f"{name}.".startswith(f"{one}.") for one in rooms.split())}


def test_the_first_screen_loads_nothing_that_only_a_question_needs() -> None:
    program = "from tui.app.application import CrossreadApp\nCrossreadApp(Path('nowhere'))"
    assert not within(loaded(program), _LATER)


def test_what_is_known_of_a_story_is_shown_without_loading_what_finds_it_or_reads_files(folder: Path) -> None:
    program = (
        "from tui.services.access import evidence_of, library_in\n"
        "from tui.services.audit import audit_story\n"
        "from tui.services.opening import watches\n"
        "with library_in(Path(sys.argv[1])) as library:\n"
        "    assert not watches(library)\n"
        "    cache, slug = evidence_of(library), library.stories()[0].slug\n"
        "    cache.entities(slug), audit_story(library, slug)"
    )
    assert not within(loaded(program, str(folder)), _ONLY_NEW)
