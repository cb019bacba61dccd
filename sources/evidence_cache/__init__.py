"""The evidence in a library's texts: the questions that can be asked, and what was worked out before."""

from __future__ import annotations

from sources.evidence_cache.cache import EvidenceCache

__all__ = ["EvidenceCache"]
