"""Chains of credits over a story: on whom each source leans for a claim, and where it grew on the way."""

from sources.evidence.credit_chains.chains import find_chains
from sources.evidence.credit_chains.model import ChainLink, CreditChain, Drift, DriftKind, VoiceKind

__all__ = [
    "ChainLink",
    "CreditChain",
    "Drift",
    "DriftKind",
    "VoiceKind",
    "find_chains",
]
