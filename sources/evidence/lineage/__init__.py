"""Who stems from whom: shared passages, rewrites, and the independent origins behind a story or a claim."""

from sources.evidence.lineage.elsewhere import FoundPassage, FoundReuse
from sources.evidence.lineage.finding import (
    METHOD_VERSION,
    LineageStory,
    find_claim_origins,
    find_lineage,
    text_groups,
)
from sources.evidence.lineage.origins import ClaimOrigins, StatedClaim
from sources.evidence.lineage.values import (
    Containment,
    Direction,
    KinLink,
    Lineage,
    Place,
    ReuseKind,
    ReusePair,
    SharedEvidence,
    SharedPassage,
    StoryOrigin,
    Suspicion,
)

# What a kept lineage is made of.
VALUES = (
    Containment, Direction, KinLink, Lineage, Place, ReuseKind, ReusePair, SharedEvidence, SharedPassage,
    StoryOrigin, Suspicion,
)  # fmt: skip

__all__ = [
    "METHOD_VERSION",
    "VALUES",
    "ClaimOrigins",
    "Containment",
    "Direction",
    "FoundPassage",
    "FoundReuse",
    "KinLink",
    "Lineage",
    "LineageStory",
    "Place",
    "ReuseKind",
    "ReusePair",
    "SharedEvidence",
    "SharedPassage",
    "StatedClaim",
    "StoryOrigin",
    "Suspicion",
    "find_claim_origins",
    "find_lineage",
    "text_groups",
]
