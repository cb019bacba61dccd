"""What an index is compatible by; apart from the schema, so that it can be told without the engine."""

from __future__ import annotations

from functools import lru_cache

from index.analysis import fingerprint

SCHEMA_VERSION = 2  # to be raised whenever what ``schema`` writes changes


@lru_cache(maxsize=1)
def schema_name() -> str:
    """Return the version of the schema and the way of taking texts apart."""
    return f"{SCHEMA_VERSION}/{fingerprint()}"
