"""Whose labels are made: named by the call, else by the environment, else in the settings, else "me"."""

from __future__ import annotations

import os

from sources import places
from sources.model import DEFAULT_CODER

CODER = "CROSSREAD_CODER"


def coder_name(named: str | None = None) -> str:
    """Return the name of the coder who is at work; ``named`` is what ``--coder`` says."""
    wanted = named or os.environ.get(CODER, "").strip()
    if wanted:
        return wanted
    # Only here, because reading the settings loads all keys.
    from tui.services.config import read_config

    return read_config(places.config_file()).coder or DEFAULT_CODER
