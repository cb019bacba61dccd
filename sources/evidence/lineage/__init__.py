"""Who stems from whom: shared passages, rewrites, and the independent origins behind a story or a claim."""

from sources.evidence.lineage.finder import (
    LineageStory,
    find_claim_origins,
    find_lineage,
    text_groups,
)
from sources.evidence.lineage.model import (
    Containment,
    Direction,
    KinLink,
    Lineage,
    NameMismatch,
    Place,
    ReuseKind,
    ReusePair,
    SharedEvidence,
    SharedPassage,
    StoryOrigin,
)
from sources.evidence.lineage.origins import ClaimOrigins, StatedClaim
from sources.evidence.lineage.reuse_lookup import FoundPassage, FoundReuse

__all__ = [
    "ClaimOrigins",
    "Containment",
    "Direction",
    "FoundPassage",
    "FoundReuse",
    "KinLink",
    "Lineage",
    "LineageStory",
    "NameMismatch",
    "Place",
    "ReuseKind",
    "ReusePair",
    "SharedEvidence",
    "SharedPassage",
    "StatedClaim",
    "StoryOrigin",
    "find_claim_origins",
    "find_lineage",
    "text_groups",
]
