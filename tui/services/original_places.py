"""Places in originals: on which page, or at which time, a passage of a source is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sources.model import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sources.library import Library
    from sources.model import Locator, OriginalPlace, Ref, Source


@dataclass(frozen=True, slots=True)
class OriginalPlaces:
    """Tells where passages are in the originals of some texts; ``locators`` of those that have any."""

    locators: Mapping[Ref, tuple[Locator, ...]] = field(default_factory=dict)

    @classmethod
    def in_sources(cls, sources: Iterable[Source]) -> OriginalPlaces:
        """Return the places of sources that were read."""
        return cls({source.ref: source.locators for source in sources if source.locators})

    def beside(self, other: OriginalPlaces) -> OriginalPlaces:
        """Return these places and those of other texts."""
        return OriginalPlaces({**self.locators, **other.locators})

    def of(self, ref: Ref, start: int, end: int) -> OriginalPlace | None:
        """Return where a passage is; None where its text has no pages or times, or is not known."""
        return located(self.locators.get(ref, ()), start, end)

    def behind(self, ref: Ref, start: int, end: int) -> str:
        """Return where a passage is, to be written behind the name of its source, or nothing."""
        place = self.of(ref, start, end)
        return "" if place is None else f", {place}"

    def named_in(self, document: Any) -> Any:
        """Return a JSON document in which each passage, ``ref, start, end``, has its ``place`` too."""
        by_name = {str(ref): each for ref, each in self.locators.items()}
        return _named(document, by_name) if by_name else document


def _named(document: Any, locators: Mapping[str, tuple[Locator, ...]]) -> Any:
    if isinstance(document, list):
        return [_named(each, locators) for each in document]
    if not isinstance(document, dict):
        return document
    named = {name: _named(each, locators) for name, each in document.items()}
    ref, start, end = (document.get(name) for name in ("ref", "start", "end"))
    if isinstance(start, int) and isinstance(end, int) and "place" not in document:
        known = locators.get(f"{ref}@{document.get('version')}") or locators.get(str(ref), ())
        if place := located(known, start, end):
            named["place"] = str(place)
    return named


def places_in(library: Library, refs: Iterable[Ref]) -> OriginalPlaces:
    """Return the places of the texts ``refs``, of a version where one is named."""
    return OriginalPlaces(library.locators(refs))
