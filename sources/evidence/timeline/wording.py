"""When something happened, in words: the shortest way to write the days that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.evidence.timeline.values import Event, EventMention


def days(first: str | None, last: str | None) -> str:
    """Return the shortest way to write the ISO days from ``first`` to ``last``; None is an open end."""
    if first is None or last is None:
        return f"… {last}" if first is None else f"{first} …"
    if first == last:
        return first
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} … {last[:4]}"
    month_over = last[8:] in {"28", "29", "30", "31"} and first.endswith("-01") and first[:7] == last[:7]
    return first[:7] if month_over else f"{first} … {last}"


def when(mention: EventMention) -> str:
    """Return the days of a mention, or what it says where nobody can tell the days."""
    if mention.first is None and mention.last is None:
        return f"“{' '.join(mention.text.split())}”"
    return days(mention.first, mention.last)


def whens(event: Event) -> tuple[str, ...]:
    """Return when an event was; where dates conflict, the one that most sources give and then the others."""
    said = tuple(dict.fromkeys(when(mention) for mention in event.mentions))
    main = days(event.start, event.end) if event.start or event.end else said[0]
    if str(event.status) != "conflict":
        return (main,)
    return (main, *(other for other in said if other != main))
