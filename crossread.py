"""crossread for Python: the command, and the doors of a library, each loaded when it is first asked for.

``python -m crossread`` is the command itself. What this module names may be relied on; the rooms behind it
(``sources``, ``index``, ``tui``) may be moved about.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder

TYPE_CHECKING = False  # an interruption is heard of from `main` on, and typing takes its time to load
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from typing import Any

    from index import Hit, Results, SearchIndex
    from sources.errors import CrossreadError, InputError
    from sources.evidence_cache import EvidenceCache
    from sources.formats import BinaryFormat, Format
    from sources.importing import import_paths
    from sources.library import Library
    from sources.model import Note, ParsedFile, ParsedSource, Ref, Source, Story, Zone, ZoneKind
    from sources.places import library_folder

    __version__: str

__all__ = [
    "BinaryFormat",
    "CrossreadError",
    "EvidenceCache",
    "Format",
    "Hit",
    "InputError",
    "Library",
    "Note",
    "ParsedFile",
    "ParsedSource",
    "Ref",
    "Results",
    "SearchIndex",
    "Source",
    "Story",
    "Zone",
    "ZoneKind",
    "__version__",
    "import_paths",
    "library_folder",
    "main",
]

_ROOMS = frozenset({"sources", "index", "tui"})
_HOME = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120 - a search should not wait for pathlib
_PLACES = {
    "BinaryFormat": "sources.formats",
    "CrossreadError": "sources.errors",
    "EvidenceCache": "sources.evidence_cache",
    "Format": "sources.formats",
    "InputError": "sources.errors",
    "Hit": "index",
    "Library": "sources.library",
    "Note": "sources.model",
    "ParsedFile": "sources.model",
    "ParsedSource": "sources.model",
    "Ref": "sources.model",
    "Results": "index",
    "SearchIndex": "index",
    "Source": "sources.model",
    "Story": "sources.model",
    "Zone": "sources.model",
    "ZoneKind": "sources.model",
    "import_paths": "sources.importing",
    "library_folder": "sources.places",
}


class _OwnRooms:
    """Finds the rooms beside this module, whatever else of their names is on the path.

    Their names are plain words, which a folder that the command is called in may well have files of. The
    folder of this module is not put at the front of the path, since other packages in it would then come
    before Python's own modules.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, _target: object = None) -> ModuleSpec | None:
        """Return where a room is; None for all other names."""
        return PathFinder.find_spec(name, [_HOME]) if path is None and name in _ROOMS else None


sys.meta_path.insert(0, _OwnRooms)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv``; return the exit status.

    Without ``argv`` it is the command of this process: it takes the words of the process, and SIGINT.
    """

    def run() -> int:
        from tui.cli.main import main as run_words

        return run_words(argv)

    if argv is not None:
        return run()
    try:
        from tui.cli.interruption import as_command

        return as_command(run)
    except KeyboardInterrupt:  # while that was being loaded
        os.write(2, b"crossread: interrupted\n")
        return 130


def __getattr__(name: str) -> Any:
    """Load what is asked for; raises AttributeError for other names."""
    from importlib import import_module

    if name == "__version__":
        return import_module("importlib.metadata").version("crossread")
    if name not in _PLACES:
        raise AttributeError(f"module 'crossread' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_PLACES[name]), name)
    return value


if __name__ == "__main__":
    sys.exit(main())
