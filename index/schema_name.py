"""What an index is compatible by; apart from the schema, so that it can be told without the engine."""

from __future__ import annotations

SCHEMA_VERSION = 6  # to be raised whenever what ``schema`` writes changes
# What ``analysis.fingerprint`` returns, as a test makes sure; computing it would take a search's time.
ANALYSIS = "8a4b76b0"
# The versions of the methods that fill the fields of evidence; a test compares these, too.
EVIDENCE_VERSIONS = {"entities": "5", "quotes": "2", "figures": "2"}


def schema_name() -> str:
    """Return the versions of the schema and of the evidence, and the way of taking texts apart."""
    return f"{SCHEMA_VERSION}/{'.'.join(EVIDENCE_VERSIONS.values())}/{ANALYSIS}"
