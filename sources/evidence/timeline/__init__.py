"""The timeline of a story: what happened when, merged over its sources."""

from __future__ import annotations

from sources.evidence.timeline.building import METHOD_VERSION, timeline
from sources.evidence.timeline.values import Event, EventMention, EventStatus

__all__ = ["METHOD_VERSION", "Event", "EventMention", "EventStatus", "timeline"]
