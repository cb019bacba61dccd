"""The names in a library's texts: found with all that helps, and then as the user wants them."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING, Protocol, TypeVar

from sources.evidence import entities
from sources.evidence.entities.recognizers import RecognizerTrouble, load_recognizers, recognized_by
from sources.model import Ref, Span
from sources.workspace.codec import Codec
from sources.workspace.word_usage import known_usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.entities import Entity
    from sources.evidence.entities.casing import WordUsage
    from sources.evidence.entities.recognizers import Recognizer
    from sources.library import Library
    from sources.model import Source
    from sources.workspace.cache import Cache

_Found = TypeVar("_Found")
_CODEC = Codec(entities.Entity, entities.EntityKind, entities.Mention, Ref, Span)


class Finder(Protocol):
    """What works evidence out, or remembers it, by the method and the texts."""

    def __call__(
        self, method: str, sources: list[Source], codec: Codec, find: Callable[[list[Source]], _Found]
    ) -> _Found:
        """Return what ``find`` finds in ``sources``."""


class Naming:
    """Finds the entities in texts of ``library``, with its word usage and with the installed recognizers."""

    def __init__(self, library: Library, cache: Cache, found: Finder) -> None:
        self._library = library
        self._cache = cache
        self._found = found
        self._lock = threading.Lock()
        self._recognizers: tuple[Recognizer, ...] | None = None
        self._usage: tuple[int, WordUsage, str] | None = None
        self._troubles: list[RecognizerTrouble] = []

    def entities(self, texts: list[Source]) -> tuple[Entity, ...]:
        """Return the entities in texts that are read together, as they were found."""
        usage, fingerprint = self._word_usage()
        while True:
            helpers = self._helpers()
            names = [f"{helper.name} {helper.version}" for helper in helpers]
            method = " ".join(["entities", entities.METHOD_VERSION, fingerprint, *names])

            def find(read: list[Source], helpers: tuple[Recognizer, ...] = helpers) -> tuple[Entity, ...]:
                written = [source.text for source in read]
                spans = [span for helper in helpers for span in recognized_by(helper, written)]
                return entities.find_entities(read, usage, spans)

            try:
                return self._found(method, texts, _CODEC, find)
            except RecognizerTrouble as trouble:
                self._leave_out(trouble)

    def new_troubles(self) -> tuple[str, ...]:
        """Return what is to be told of recognizers that failed, a sentence each, every one once."""
        with self._lock:
            told = tuple(str(trouble) for trouble in self._troubles)
            self._troubles.clear()
        return told

    def _helpers(self) -> tuple[Recognizer, ...]:
        with self._lock:
            if self._recognizers is None:
                self._recognizers, failed = load_recognizers()
                self._troubles += failed
            return self._recognizers

    def _leave_out(self, trouble: RecognizerTrouble) -> None:
        with self._lock:
            left = tuple(helper for helper in self._recognizers or () if helper.name != trouble.name)
            if left == self._recognizers:
                raise trouble  # it is none of these, so that trying again would go on for ever
            self._recognizers = left
            self._troubles.append(trouble)

    def _word_usage(self) -> tuple[WordUsage, str]:
        number = self._library.change_number
        with self._lock:
            if self._usage is None or self._usage[0] != number:
                usage, written = known_usage(self._library, self._cache)
                self._usage = (number, usage, hashlib.sha256(written.encode()).hexdigest()[:12])
            return self._usage[1], self._usage[2]
