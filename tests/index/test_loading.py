from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from index import SearchIndex

if TYPE_CHECKING:
    from sources.library import Library


def loaded_by(code: str) -> set[str]:
    """Return the names of all modules that a process has after running ``code``."""
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_reading_a_query_loads_no_search_engine() -> None:
    modules = loaded_by("""import index; from index.query import parse; parse('a OR "b c"')""")
    assert not [name for name in modules if name.startswith(("whoosh", "rapidfuzz", "snowballstemmer"))]


def test_a_search_loads_no_parser_of_the_engine() -> None:
    modules = loaded_by("import index.search, index.reader, index.text_matching")
    assert not [name for name in modules if name.startswith(("whoosh.qparser", "whoosh.query", "rapidfuzz"))]


def test_a_search_from_the_command_line_loads_neither_numpy_nor_the_engine(sample_library: Library) -> None:
    SearchIndex.open(sample_library.folder / "index", sample_library).close()
    modules = loaded_by(
        "from tui.cli.main import main\n"
        f"main(['search', 'harbour', '--library', {str(sample_library.folder)!r}])"
    )
    assert "tui.cli.search" in modules
    assert not [
        name for name in modules if name.startswith(("numpy", "sqlite3.dump", "platformdirs", "whoosh"))
    ]
