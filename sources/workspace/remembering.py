"""Answers that are worked out once: kept in memory, and beside the library by the texts they came from."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sources.workspace.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.library import Library
    from sources.model import Ref, Source, Span
    from sources.workspace.codec import Codec

CACHE = "cache.db"
AHEAD = 100  # texts of a story up to which it is read as a whole before it is asked for
_REMEMBERED = 256  # answers kept in memory
_Found = TypeVar("_Found")


def never() -> bool:
    """Tell that an answer is still wanted."""
    return False


class Remembering:
    """A library whose evidence is worked out when it is first asked for, and then kept.

    What is kept is in ``cache.db`` beside the library, by the texts it was found in and the version of the
    method; without that file everything works, only slower. May be used by several threads.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._cache = Cache(library.folder / CACHE)
        self._answers: OrderedDict[tuple[str, str], object] = OrderedDict()
        self._lock = threading.Lock()

    def sentences(self, ref: Ref) -> tuple[Span, ...]:
        """Return the sentences of a source."""
        from sources.text.sentences import split_sentences  # noqa: PLC0415 - most questions need none

        source = self.library.source(ref)
        return self._remembered(
            "sentences", _fingerprint([source]), lambda: tuple(split_sentences(source.text, source.zones))
        )

    def _is_small(self, slug: str) -> bool:
        return self.library.count(slug) <= AHEAD

    def _found(
        self,
        method: str,
        sources: list[Source],
        codec: Codec,
        find: Callable[[list[Source]], _Found],
    ) -> _Found:
        """Return what ``find`` finds in ``sources``, from memory or the cache where it is there."""
        key = _fingerprint(sources)

        def from_cache_or_anew() -> _Found:
            written = self._cache.get(method, key)
            if written is not None:
                try:
                    return cast("_Found", codec.decode(written))
                except (ValueError, TypeError):
                    pass  # written by another version of the class: it is replaced below
            found = find(sources)
            if found is not None:  # what was cancelled is not known
                self._cache.put(
                    method, key, codec.encode(found), {source.origin.sha256 for source in sources}
                )
            return found

        return self._remembered(method, key, from_cache_or_anew)

    def _remembered(self, method: str, key: str, make: Callable[[], _Found]) -> _Found:
        place = (method, key)
        with self._lock:
            if place in self._answers:
                self._answers.move_to_end(place)
                return cast("_Found", self._answers[place])
        made = make()
        if made is None:
            return made
        with self._lock:
            self._answers[place] = made
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return made


def _fingerprint(sources: Sequence[Source]) -> str:
    """Return a key that changes with anything that evidence in ``sources`` may depend on."""
    digest = hashlib.sha256()
    for source in sources:
        facts: tuple[Any, ...] = (
            str(source.ref),
            source.origin.sha256,
            source.title,
            source.publisher,
            source.author,
            source.date,
            source.language,
            [(zone.kind.value, zone.start, zone.end) for zone in source.zones],
        )
        digest.update(repr(facts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
