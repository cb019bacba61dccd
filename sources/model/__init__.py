"""The plain values that all rooms share: texts, parsed files, notes, labels and corrections.

Offsets are Unicode code points into the text they belong to, half-open.
"""

from __future__ import annotations

from sources.model.annotations import (
    BIN_DAYS,
    COLOURS,
    CONTEXT,
    Anchor,
    AuditChoice,
    AuditChoiceKind,
    Correction,
    CorrectionAct,
    FoundAnchor,
    Note,
    NoteDraft,
    NoteFields,
    NoteState,
    Target,
    TargetKind,
)
from sources.model.labels import (
    DEFAULT_CODER,
    LONGEST_MEANING,
    LONGEST_NAME,
    Codebook,
    Label,
    LabelChoice,
    LabelFields,
    LabelSpan,
    LabelTally,
    Settlement,
    SpanStatus,
    fold_label,
    name_fault,
)
from sources.model.structure import Piece, PieceKind
from sources.model.texts import (
    SORTS,
    SUMMARY,
    WHOLE_STORY,
    Locator,
    LocatorKind,
    MutedText,
    Origin,
    OriginalPlace,
    Page,
    PageZone,
    ParsedFile,
    ParsedSource,
    Ref,
    RelatedStory,
    Source,
    SourceEntry,
    SourceVersion,
    Span,
    Story,
    StoryEntry,
    Zone,
    ZoneKind,
    is_slug,
    located,
)
