"""How a library writes its words, counted once and again when it has grown to twice its size.

The counts are kept beside the evidence, with the texts that they were made from: when one of those goes,
they go, too. A library of any size is counted from at most ``MOST_TEXTS`` of its texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.evidence.entities.casing import WordUsage, count_usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.library import Library
    from sources.model import Ref
    from sources.workspace.cache import Cache

MOST_TEXTS = 400
_MOST_LENGTH = 20_000  # code points of one text
_PORTION = 20  # texts that are held at once
_METHOD, _KEY = "word usage 1", "library"
_GROWN = 2  # times as many texts as when it was counted
_FEW = 10  # texts more that a small library may have meanwhile


def known_usage(library: Library, cache: Cache) -> tuple[WordUsage, str]:
    """Return the word usage of a library, and it in writing, from the cache where that is still good."""
    refs = library.refs()
    kept = cache.get(_METHOD, _KEY)
    if kept is not None:
        try:
            texts, small, capital = json.loads(kept)
            if len(refs) <= _GROWN * texts + _FEW:
                return WordUsage(dict(small), dict(capital)), kept
        except (ValueError, TypeError):
            pass  # written by something else: it is replaced below
    chosen = refs[:: max(1, -(-len(refs) // MOST_TEXTS))]
    sums: set[str] = set()
    usage = count_usage(_beginnings(library, chosen, sums))
    written = json.dumps([len(refs), dict(usage.small), dict(usage.capital)], ensure_ascii=False)
    cache.put(_METHOD, _KEY, written, sums)
    return usage, written


def _beginnings(library: Library, refs: Sequence[Ref], sums: set[str]) -> Iterator[str]:
    """Yield the beginnings of texts and put their checksums into ``sums``; few are held at once."""
    for start in range(0, len(refs), _PORTION):
        for source in library.sources(refs[start : start + _PORTION]):
            sums.add(source.origin.sha256)
            yield source.text[:_MOST_LENGTH]
