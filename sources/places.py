"""Where things of a user are: the library, the configuration, the state, the log.

`platformdirs` knows what is usual on the system; ``--library`` and ``CROSSREAD_LIBRARY`` move the library.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APPLICATION = "crossread"
LIBRARY_VARIABLE = "CROSSREAD_LIBRARY"


def library_folder(explicit: str | None = None) -> Path:
    """Return the library's folder: the one asked for, else the environment's, else the usual one."""
    chosen = explicit or os.environ.get(LIBRARY_VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else _data() / "library"


def demo_library() -> Path:
    """Return the folder of the demo's own library, which may be thrown away at any time."""
    return _data() / "demo"


def config_file() -> Path:
    """Return the path of the user's configuration, which need not be there."""
    return platformdirs.user_config_path(APPLICATION, appauthor=False) / "config.toml"


def state_folder() -> Path:
    """Return the folder of what one session leaves for the next."""
    return platformdirs.user_state_path(APPLICATION, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log."""
    return platformdirs.user_log_path(APPLICATION, appauthor=False)


def exports_folder(library: Path) -> Path:
    """Return the folder in which exports of the library in ``library`` land unless told otherwise."""
    return library / "exports"


def _data() -> Path:
    return platformdirs.user_data_path(APPLICATION, appauthor=False)
