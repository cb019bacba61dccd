"""Dates: absolute and relative ones, resolved against the day on which their source was published."""

from __future__ import annotations

from sources.evidence.dates.finder import find_dates, published_on
from sources.evidence.dates.model import DateMention, Precision

__all__ = ["DateMention", "Precision", "find_dates", "published_on"]
