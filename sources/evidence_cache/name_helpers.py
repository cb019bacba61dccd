"""What helps to find names beyond the texts at hand: the library's usage of words, and recognizers.

The usage of words is counted once, and again when the library has grown to twice its size. The counts are
kept beside the evidence, with the texts that they were made from: when one of those goes, they go, too. A
library of any size is counted from at most ``MOST_TEXTS`` of its texts.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from sources.evidence_cache.keys import print_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.entities.casing import WordUsage
    from sources.evidence.entities.recognizers import Recognizer
    from sources.evidence_cache.store import EvidenceStore
    from sources.library import Library
    from sources.model import Ref

WORD_USAGE = "word usage"
MOST_TEXTS = 400
_MOST_LENGTH = 20_000  # code points of one text
_PORTION = 20  # texts that are held at once
_KEY = "library"
_GROWN = 2  # times as many texts as when it was counted
_FEW = 10  # texts more that a small library may have meanwhile

# What is the same as before is told without loading any evidence.


class NameHelpers:
    """The helpers in one library; ``method`` is what its usage of words is kept under. For many threads."""

    def __init__(self, library: Library, store: EvidenceStore) -> None:
        self._library = library
        self._store = store
        self._lock = threading.Lock()
        self._recognizers: tuple[Recognizer, ...] | None = None
        self._usage: tuple[int, str] | None = None
        self._troubles: list[str] = []

    def recognizers(self) -> tuple[Recognizer, ...]:
        """Return the installed recognizers that have not failed."""
        from sources.evidence.entities.recognizers import load_recognizers

        with self._lock:
            if self._recognizers is None:
                self._recognizers, failed = load_recognizers()
                self._troubles += map(str, failed)
            return self._recognizers

    def left_out(self, error: Exception) -> bool:
        """Leave a recognizer out from now on, where ``error`` says that it failed; tell whether it does."""
        from sources.evidence.entities.recognizers import RecognizerTrouble

        if not isinstance(error, RecognizerTrouble):
            return False
        with self._lock:
            left = tuple(helper for helper in self._recognizers or () if helper.name != error.name)
            if left == self._recognizers:
                return False  # it is none of these, so that trying again would go on for ever
            self._recognizers = left
            self._troubles.append(str(error))
        return True

    def new_troubles(self) -> tuple[str, ...]:
        """Return what is to be told of recognizers that failed, a sentence each, every one once."""
        with self._lock:
            told = tuple(self._troubles)
            self._troubles.clear()
        return told

    def word_usage(self, method: str) -> WordUsage:
        """Return how the library writes its words."""
        from sources.evidence.entities.casing import WordUsage

        _, small, capital = json.loads(self._written_usage(method))
        return WordUsage(small, capital)

    def usage_print(self, method: str) -> str:
        """Return what tells whether the library writes its words as before."""
        return print_of(self._written_usage(method))

    def _written_usage(self, method: str) -> str:
        number = self._library.change_number
        with self._lock:
            if self._usage is None or self._usage[0] != number:
                self._usage = (number, self._kept_or_counted(method))
            return self._usage[1]

    def _kept_or_counted(self, method: str) -> str:
        refs = self._library.refs()
        kept = self._store.get(method, _KEY)
        if kept is not None:
            try:
                texts, small, capital = json.loads(kept)
                if (
                    isinstance(small, dict)
                    and isinstance(capital, dict)
                    and len(refs) <= _GROWN * texts + _FEW
                ):
                    return kept
            except (ValueError, TypeError):
                pass  # written by something else: it is replaced below
        chosen = refs[:: max(1, -(-len(refs) // MOST_TEXTS))]
        sums: set[str] = set()
        small, capital = count_words(_beginnings(self._library, chosen, sums))
        written = json.dumps([len(refs), small, capital], ensure_ascii=False)
        self._store.put(method, _KEY, written, sums)
        return written


def count_words(texts: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return how often texts have words in small letters, and with a capital that was a choice."""
    from sources.evidence.entities.casing import count_usage

    usage = count_usage(texts)
    return dict(usage.small), dict(usage.capital)


def _beginnings(library: Library, refs: Sequence[Ref], sums: set[str]) -> Iterator[str]:
    """Yield the beginnings of texts and put their checksums into ``sums``; few are held at once."""
    for start in range(0, len(refs), _PORTION):
        for source in library.sources(refs[start : start + _PORTION]):
            sums.add(source.origin.sha256)
            yield source.text[:_MOST_LENGTH]
