"""The fields of values in JSON documents: a line a class, read by `sources.json_fields`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources import json_fields
from sources.errors import QueryError

if TYPE_CHECKING:
    from sources.errors import CrossreadError

_FIELDS = {
    **json_fields.NOTE_FIELDS,
    # the library
    "StoryEntry": "story=slug title sources added summary=has_summary",
    "SourceEntry": "ref story=ref.story number=ref.number title publisher author date url words version"
    " notes vanished",
    "OpenSource": "*source@Heading sentences outline links *source@Provenance notes=#notes",
    "TextHeading": "level start end text=words",
    "Link": "number start end text=words address",
    "Heading": "ref story=ref.story number=ref.number title publisher author date url language accessed text"
    " zones locators",
    "Locator": "start kind name",
    "Provenance": "origin version",
    "Zone": "kind start end muted=kind.muted",
    "Origin": "path sha256 format",
    # The page's text is in the file, so only its zones are written.
    "Story": "story=slug title added summary@Summary sources related muted page",
    "Summary": "ref title text",
    "RelatedStory": "text sources category age",
    "MutedText": "text kind",
    "Page": "path=origin.path sha256=origin.sha256 length=#text zones",
    "PageZone": "kind start end number",
    "ImportReport": "stories failed warnings files interrupted",
    "FileReport": "path format encoding guessed sources muted=self@Muted skipped=unchanged failures reason",
    "Muted": "zones=muted_zones words=muted_words",
    "Guess": "field value ref",
    "IngestResult": "story=slug title added changed unchanged",
    "FailedInput": "path reason",
    "WatchedFolder": "folder story files vanished there",
    "FileChange": "kind path refs from=former reason",
    "FoundReuse": "ref in=holder share",
    "NearestKin": "ref story=kin.story kin score",
    "ProposedStory": "refs stories into title kin why command",
    "Why": "names figures quotes reuse",
    "VersionHere": "number added sha256 words changed",
    "VersionChanges": "figures quotes sentences",
    "Replaced": "was now",
    "Said": "start end text speaker?",
    "SentenceChange": "kind was now edits",
    "Edited": "changed unchanged same_domain=kin",
    "SameDomain": "domain publisher others",
    "Moved": "story moved binned cited",
    "MovedSource": "from=old to=new",
    "Binned": "ref story=ref.story number=ref.number title publisher date words removed",
    "Removal": "removed=refs orphaned_notes",
    "Finding": "name ok=well message",
    "Unread": "ref message",
    "Action": "id keys title help group where",
    # searching
    "Results": "query total hits suggestion state whole facets",
    "Hit": "ref story=ref.story number=ref.number title publisher date url score:4 snippet highlights copies"
    " passage place",
    "Facet": "name values",
    "FacetValue": "value count=hits query",
    "SavedSearch": "name query story sort",
    # evidence
    "Comparison": "refs pairs said_alone",
    "SaidAlone": "ref spans others",
    "OtherFigure": "span ref start=place.start end=place.end text",
    "Alignment": "a b a_in_b:4 b_in_a:4 rows only_a only_b",
    "AlignedRow": "a b score:4 kind edits",
    "Edit": "op a b",
    "Lineage": "listed=#listed texts=#groups groups pairs links origins",
    "ReusePair": "a b *containment outside_quotes kind passages background direction",
    "Containment": "a_in_b:4 b_in_a:4",
    "SharedPassage": "a b kind",
    "Direction": "from=earlier to=later basis",
    "RetellingLink": "a b kind='common-origin' score evidence rewrite suspicions=name_mismatches direction",
    "SharedEvidence": "figures names quotes",
    "NameMismatch": "*place kin=counterpart usual",
    "SourcePlace": "ref start end text",
    "StoryOrigin": "name refs basis",
    "Statement": "ref start end text score origin basis",
    "PlaceElsewhere": "ref start=span.start end=span.end text=words share",
    "Passage": "ref start=span.start end=span.end text",
    "Entity": "id name kind aliases count sources=refs mentions pinned",
    "Mention": "ref start end text",
    "Correction": "id story act name aliases value? made",
    "MatrixRow": "id kind subject status values",
    "MatrixValue": "value unit low high hedge text before dissents mentions",
    "MatrixMention": "ref start end copied",
    "QuotesFound": "families attributions chains scare",
    "FamilyHere": "*family elsewhere",
    "QuoteFamily": "id text speaker variants",
    "QuoteVariant": "ref start end text speaker named cue kind part altered left_out shift copied credit",
    "Credited": "ref *attribution",
    "Attribution": "start=span.start end=span.end credited cue citing told",
    "CreditChain": "id claim root",
    "ChainLink": "name kind refs ref span credit cue drifts followers",
    "Drift": "kind earlier=self@Earlier later=self@Later",
    "Earlier": "ref=earlier_ref span=earlier_span text=earlier",
    "Later": "ref=later_ref span=later_span text=later",
    "Event": "id start end precision text status mentions",
    "EventMention": "ref start end text sentence first last copied open_because",
    # the audit
    "SentenceHere": "start=sentence.span.start end=sentence.span.end text verdict=sentence.verdict"
    " marker=sentence.marker checks statements=sentence.statements best=sentence.best origins number absent"
    " settled overruled@Overruled",
    "Overruled": "verdict=value note",
    "LintFinding": "line=place.line column=place.column end_line=place.end_line end_column=place.end_column"
    " level=level.word kind message ref start end",
    "AuditChoice": "id kind sentence marker value note made",
    "Marker": "start=span.start end=span.end text readings chosen ambiguous",
    "CheckHere": "ref=check.ref support=check.support verdict=check.verdict evidence=check.evidence missing"
    " differs",
    "Differing": "kind said source",
    "StatementVerdict": "start=span.start end=span.end verdict",
    "Check": "ref support verdict evidence",
    "Fact": "id kind subject text first taken_over sure",
    "Saying": "ref version date start end text changed from=source",
    "Change": "kind story subject was now because",
    "Failure": "ref reason",
    # two libraries
    "Merged": "stories notes spans labels corrections decisions conflicts left_out",
    "MergedStory": "story theirs title added changed unchanged",
    "MergeConflict": "kind subject ours theirs",
    # notes and labels
    "NoteDraft": "key note=note_id text=fields.text tags=fields.tags labels=fields.labels refs modified",
    "Entry": "id moment what undone",
    "LabelEntry": "id moment what",
    "Refused": "place reason",
    "ListedLabel": "*label parent path *label@LabelMoments spans",
    "Label": "id name meaning colour key",
    "LabelMoments": "created modified",
    "LabelSpan": "id ref start=target.anchor.start end=target.anchor.end quote=target.anchor.quote"
    " prefix=target.anchor.prefix suffix=target.anchor.suffix label coder status origin? settlement"
    " state=target.state confidence=target.confidence place=target.place version=target.version"
    " newest_version=target.newest created modified",
    "CoOccurrence": "labels=first,second overlaps sentences",
    "Agreement": "unit units sources=refs coders overall labels",
    "LabelAgreement": "label alpha pairs",
    "PairAgreement": "coders=first,second kappa exact overlapping",
    "SpanMatch": "f1 matched=first_matched,second_matched spans=first_spans,second_spans",
    "CodedPassage": "id ref start=span.start end=span.end kind sides=coder_spans settled=settlement",
    "CoderSpans": "coder spans",
    "Settlement": "id ref by made about spans",
}


def to_json(value: Any, like: str | None = None) -> Any:
    """Return a value as it is in JSON documents; ``like`` names other fields than those of its class."""
    return json_fields.to_json(value, _FIELDS, like)


def error(problem: CrossreadError) -> dict[str, Any]:
    """Return what went wrong; for a query also where in it."""
    body: dict[str, Any] = {"message": str(problem), "kind": type(problem).__name__}
    if isinstance(problem, QueryError):
        body |= {"position": problem.position, "hint": problem.hint}
    return body
