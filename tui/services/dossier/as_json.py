"""The dossier as one JSON document: the story as an export always had it, and what was found in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.json_fields import NOTE_FIELDS, to_json

if TYPE_CHECKING:
    from tui.services.dossier import Dossier

STORY_SCHEMA = "crossread/export-story/1"
_FIELDS = NOTE_FIELDS | {
    "Source": "ref number=ref.number title publisher author date url language sha256=origin.sha256"
    " text zones",
    "Zone": "kind start end",
    "Place": "ref start end text=words place=original",
    "Sentence": "start=place.start end=place.end text=place.words verdict marker readings statements checks"
    " better origins absent found note",
    "StatementHere": "start=place.start end=place.end verdict",
    "Held": "ref verdict support evidence missing differs",
    "Differing": "kind said source",
    "StoryOrigin": "name refs basis proved",
    "HeatMap": "refs cells",
    "HeatCell": "share:4 kind",
    "OriginTree": "name basis children",
    "TreeNode": "ref relation share:4 children",
    "FigureRow": "kind subject status values",
    "FirstSaid": "kind subject sure sayings",
    "SayingHere": "place when changed source",
    "Value": "text before dissents places",
    "QuoteHere": "text speaker variants",
    "Variant": "place kind speaker altered left_out shift copied",
    "Chain": "claim root",
    "Voice": "name kind refs place cue drifts followers",
    "DriftHere": "kind earlier later",
    "EventHere": "when text status places",
}


def write_dossier(dossier: Dossier) -> str:
    """Return the document; text as it is and not as escapes, the same dossier always as the same bytes."""
    parts = {
        "summary": dossier.summary,
        "sources": dossier.sources,
        "notes": dossier.notes,
        "sentences": dossier.sentences,
        "unjudged": dossier.unjudged,
        "origins": dossier.origins,
        "overlap": dossier.overlap,
        "lineage": dossier.trees,
        "figures": dossier.figures,
        "first": dossier.firsts,
        "quotes": dossier.quotes,
        "chains": dossier.chains,
        "timeline": dossier.events,
        "left_out": dossier.left_out,
        "redacted": dossier.redacted,
    }
    document = {"schema": STORY_SCHEMA, "story": dossier.story, "title": dossier.title}
    return json.dumps(document | to_json(parts, _FIELDS), ensure_ascii=False, indent=2) + "\n"
