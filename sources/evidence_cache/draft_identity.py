"""Which draft a text is: one that was audited before, by what it says, whatever its file is called now."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from sources.text.folding import fold
from sources.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.library import Library
    from sources.model import Source

_KEPT = "draft:"  # begins the name of the setting that has the sentences of a draft
_MOST = 500  # sentences that are kept of one
# Share of the sentences of the shorter that two texts have in common where one is the other, edited. Two
# articles on one event share a quote or two; what is left of a draft after a rewrite is mostly half of it.
_SHARED = 0.4
_ADDRESS = re.compile(r"\]\([^()\s]*\)|<?https?://\S+")


def draft_of(library: Library, text: Source) -> str:
    """Return what a draft is called in the library: the name that it had first, or the one of its file."""
    name = text.origin.path or ""
    own = set(_prints(text))
    known = {
        key.removeprefix(_KEPT): set(json.loads(value)) for key, value in library.settings(_KEPT).items()
    }
    alike = {
        called: len(own & prints) / max(1, min(len(own), len(prints))) for called, prints in known.items()
    }
    best = max(alike, key=lambda called: (alike[called], called == name), default=None)
    if best is not None and alike[best] >= _SHARED:
        return best
    if name not in known:
        return name
    return next(called for called in _further(name) if called not in known)


def remember_draft(library: Library, text: Source) -> str:
    """Keep the sentences of a draft, so that it is known again; return what it is called."""
    called = draft_of(library, text)
    library.set_setting(f"{_KEPT}{called}", json.dumps(list(_prints(text))[:_MOST]))
    return called


def _further(name: str) -> Iterator[str]:
    """Yield names for other drafts whose file is called the same."""
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _prints(text: Source) -> dict[str, None]:
    """Return a print of each sentence by its letters: markers, marks and spaces may change."""
    found: dict[str, None] = {}
    for span in split_sentences(text.text, text.zones):
        words = re.sub(r"[\W\d_]+", "", fold(_ADDRESS.sub("", span.of(text.text))))
        if words:
            found[blake2b(words.encode(), digest_size=5).hexdigest()] = None
    return found
