"""Places in originals: on which page, or at which time, a passage of a source is."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sources.model import located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sources.library import Library
    from sources.model import Locator, OriginalPlace, Ref, Source

# Fields of JSON documents that are a span or several: which field names their text, that of the object itself
# or, of two texts beside each other, of one around it; and the field that their places are written to.
_OF_SPANS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "span": ("ref", "place"),
        "spans": ("ref", "places"),
        "evidence": ("ref", "places"),
        "a": ("a", "a_place"),
        "b": ("b", "b_place"),
        "only_a": ("a", "only_a_places"),
        "only_b": ("b", "only_b_places"),
    }
)
_OF_PARTS = "edits"  # pieces of a passage, which has its place already
_NONE: Mapping[str, str] = MappingProxyType({})


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

    def listed(self, passages: Iterable[tuple[Ref, int, int]], name: Callable[[Ref], object] = str) -> str:
        """Return the passages that have a place as ``1, p. 4; 3, 00:03:15``, each place once."""
        found = ((ref, self.of(ref, start, end)) for ref, start, end in passages)
        return "; ".join(dict.fromkeys(f"{name(ref)}, {place}" for ref, place in found if place))

    def cited(self, *passages: tuple[Ref, int, int]) -> str:
        """Return where passages are, to be written behind their words, or nothing."""
        listed = self.listed(passages)
        return f" — {listed}" if listed else ""

    def named_in(self, document: Any) -> Any:
        """Return a JSON document in which each passage of a text that has pages or times has its place too.

        It is the ``place`` of ``ref, start, end`` and of ``ref, span``; of several spans ``places``, one for
        each or null; of texts beside each other ``a_place`` and the like.
        """
        by_name = {str(ref): each for ref, each in self.locators.items()}
        return _named(document, by_name, _NONE) if by_name else document


def _named(document: Any, locators: Mapping[str, tuple[Locator, ...]], around: Mapping[str, str]) -> Any:
    """Return ``document`` with its places; ``around`` are the texts that the objects around it name."""
    if isinstance(document, list):
        return [_named(each, locators, around) for each in document]
    if not isinstance(document, dict):
        return document
    sides = {side: document[side] for side in ("a", "b") if isinstance(document.get(side), str)}
    around = {**around, **sides}
    named = {
        name: each if name == _OF_PARTS else _named(each, locators, around) for name, each in document.items()
    }
    ref, version, start, end = (document.get(name) for name in ("ref", "version", "start", "end"))
    texts = {**around, "ref": f"{ref}@{version}" if f"{ref}@{version}" in locators else str(ref)}
    spans = {**document, "span": [start, end]} if "start" in document else document
    for name, (side, target) in _OF_SPANS.items():
        known = locators.get(texts.get(side, ""))
        if known and (written := _places(spans.get(name), known)) is not None:
            named.setdefault(target, written)
    return named


def _places(spans: Any, locators: tuple[Locator, ...]) -> str | list[str | None] | None:
    """Return the place of a span, or those of a list of spans; None where it is something else."""
    if _is_span(spans):
        place = located(locators, *spans)
        return None if place is None else str(place)
    if isinstance(spans, list) and all(map(_is_span, spans)):
        return [None if place is None else str(place) for place in (located(locators, *one) for one in spans)]
    return None


def _is_span(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)


def places_in(library: Library, refs: Iterable[Ref]) -> OriginalPlaces:
    """Return the places of the texts ``refs``, of a version where one is named."""
    return OriginalPlaces(library.locators(refs))
