"""Where things of a user are: the library, the configuration, the state, the log.

`platformdirs` knows what is usual on the system; ``--library`` and ``CROSSREAD_LIBRARY`` move the library.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

APPLICATION = "crossread"
LIBRARY_VARIABLE = "CROSSREAD_LIBRARY"


def library_folder(explicit: str | None = None) -> Path:
    """Return the library's folder: the one asked for, else the environment's, else the usual one."""
    chosen = explicit or os.environ.get(LIBRARY_VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else usual_library()


def usual_library() -> Path:
    """Return the library's folder where nobody asks for another."""
    return _data() / "library"


def demo_library() -> Path:
    """Return the folder of the demo's own library, which may be thrown away at any time."""
    return _data() / "demo"


def config_file() -> Path:
    """Return the path of the user's configuration, which need not be there."""
    return _usual().user_config_path / "config.toml"


def state_folder() -> Path:
    """Return the folder of what one session leaves for the next."""
    return _usual().user_state_path


def log_folder() -> Path:
    """Return the folder of the log."""
    return _usual().user_log_path


def log_file() -> Path:
    """Return the path of the log, which need not be there."""
    return log_folder() / "crossread.log"


def exports_folder(library: Path) -> Path:
    """Return the folder in which exports of the library in ``library`` land unless told otherwise."""
    return library / "exports"


def _data() -> Path:
    return _usual().user_data_path


def _usual() -> PlatformDirsABC:
    # A command that is told where the library is should not wait for this to be loaded.
    from platformdirs import PlatformDirs

    return PlatformDirs(APPLICATION, appauthor=False)
