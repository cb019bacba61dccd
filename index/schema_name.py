"""What an index is compatible by; apart from the schema, so that it can be told without the engine."""

from __future__ import annotations

SCHEMA_VERSION = 2  # to be raised whenever what ``schema`` writes changes
# What ``analysis.fingerprint`` returns, as a test makes sure; computing it would take a search's time.
ANALYSIS = "5f54563b"


def schema_name() -> str:
    """Return the version of the schema and the way of taking texts apart."""
    return f"{SCHEMA_VERSION}/{ANALYSIS}"
