"""Better sources: what else in the library bears out the sentences of a text, cited or not."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from sources.model import Span
from sources.text.cleaning import sha256_of
from sources.text.sentences import split_sentences
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS
from tui.services.audit import described
from tui.services.drafts import read_draft
from tui.services.lint import claims_something
from tui.services.original_places import OriginalPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from index import SearchIndex
    from sources.evidence.audit import Check
    from sources.library import Library
    from sources.model import Ref, Source
    from tui.services.access import Audience
    from tui.services.audit import Audited, SentenceHere

ALL = "all"  # what a text is said to be held against that is held against the whole library
_CANDIDATES = 20  # sources that the index finds for a sentence
_MOST_READ = 160  # sources that are read for a text, the likeliest of each sentence first
_MOST_WORDS = 24  # of a sentence that are searched for
_NAMED = 3  # sources of the library that are named for a sentence
_MARKER = re.compile(r"\[\^?\d[\d,;–\- ]*\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def with_library(
    library: Library,
    index: SearchIndex,
    audited: Audited,
    audience: Audience,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audited | None:
    """Add the sources of the whole library that bear out what a text's own sources do not.

    They are among the ``best`` of each sentence that is not supported: behind those of the text's own sources
    that bear out as much. None when ``cancelled`` became true.
    """
    from sources.evidence_cache import EvidenceCache

    weak = [one for one in audited.sentences if one.verdict != "supported" and claims_something(one.text)]
    if audited.unjudged is not None or not weak:
        return audited
    known = set(audited.texts)
    sources = _candidates(library, index, [one.text for one in weak], known, audience, cancelled)
    spans = [one.sentence.span for one in weak]
    markers = [one.sentence.marker.span for one in weak if one.sentence.marker is not None]
    asked = _with_only(audited.text, spans, markers)
    found = (
        EvidenceCache(library).audit_elsewhere(
            asked, sources, cancelled=_counted(audience, len(weak), len(sources), cancelled)
        )
        if sources
        else None
    )
    audience.end_progress()
    if cancelled():
        return None
    better = {} if found is None else {one.span.start: one.checks for one in found.sentences}
    texts = {source.ref: source.text for source in sources}
    return replace(
        audited,
        sentences=tuple(
            _with_better(one, better.get(one.sentence.span.start, ())) for one in audited.sentences
        ),
        texts={**texts, **audited.texts},
        places=OriginalPlaces.in_sources(sources).beside(audited.places),
    )


def _with_better(one: SentenceHere, checks: Iterable[Check]) -> SentenceHere:
    found = [check for check in checks if check.verdict in ("supported", "partial")][:_NAMED]
    if not found:
        return one
    best = sorted((*one.sentence.best, *found), key=lambda check: check.verdict != "supported")
    return replace(one, sentence=replace(one.sentence, best=tuple(best)))


def audit_against_library(
    library: Library,
    index: SearchIndex,
    name: str,
    written: str,
    audience: Audience,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audited | None:
    """Hold a text against the whole library, whatever it cites; None when ``cancelled`` became true.

    Raises EmptyInput and Malformed.
    """
    from sources.evidence_cache import EvidenceCache

    draft = read_draft(name, written)
    spans = [
        span
        for span in split_sentences(draft.text, draft.zones)
        if not any(zone.kind.muted and zone.start <= span.start < zone.end for zone in draft.zones)
    ]
    sentences = [span.of(draft.text) for span in spans]
    sources = _candidates(library, index, sentences, (), audience, cancelled)
    cache = EvidenceCache(library)
    found = cache.audit_elsewhere(
        _with_only(draft, spans, ()),
        sources,
        cancelled=_counted(audience, len(spans), len(sources), cancelled),
    )
    audience.end_progress()
    return None if found is None else described(cache, name, draft, sources, found)


def _candidates(
    library: Library,
    index: SearchIndex,
    sentences: Sequence[str],
    known: Collection[Ref],
    audience: Audience,
    cancelled: Callable[[], bool],
) -> list[Source]:
    """Return the sources that the index finds for sentences, but those that are known, at most so many."""
    rows: list[list[Ref]] = []
    for number, sentence in enumerate(sentences, start=1):
        if cancelled():
            break
        audience.progress(f"searching the library for sentence {number} of {len(sentences)}")
        query = query_of(sentence)
        hits = index.search(query, limit=_CANDIDATES, cancelled=cancelled).hits if query else ()
        rows.append([hit.ref for hit in hits if hit.ref not in known and hit.ref.number is not None])
    likeliest = dict.fromkeys(ref for rank in zip_longest(*rows) for ref in rank if ref is not None)
    return [library.source(ref) for ref in list(likeliest)[:_MOST_READ]]


def query_of(sentence: str) -> str:
    """Return what the index is asked for a sentence: its words that say something, any of them."""
    words: dict[str, str] = {}
    for token in tokenize(sentence, Span(0, len(sentence))):
        word = sentence[token.start : token.end]
        if token.norm not in STOP_WORDS and re.fullmatch(r"[^\W_]+(?:[.,]\d+)*%?", word):
            words.setdefault(token.norm, word.lower())
    # Names and numbers are rare, and so are long words.
    ranked = sorted(words, key=lambda norm: (not any(map(str.isdigit, norm)), -len(norm)))[:_MOST_WORDS]
    return " ".join(words[norm] for norm in words if norm in ranked)


def _with_only(text: Source, sentences: Sequence[Span], markers: Sequence[Span]) -> Source:
    """Return a text of the same length that has some sentences alone, without their markers."""
    parts: list[str] = []
    at = 0
    for span in sentences:
        parts += (_blank(text.text[at : span.start]), _MARKER.sub(_blanked, span.of(text.text)))
        at = span.end
    left = "".join((*parts, _blank(text.text[at:])))
    for span in markers:
        left = left[: span.start] + _blank(span.of(left)) + left[span.end :]
    return replace(text, text=left, origin=replace(text.origin, sha256=sha256_of(left)))


def _blank(words: str) -> str:
    return re.sub(r"[^\n]", " ", words)


def _blanked(found: re.Match[str]) -> str:
    return _blank(found[0])


def _counted(
    audience: Audience, sentences: int, sources: int, cancelled: Callable[[], bool]
) -> Callable[[], bool]:
    """Return what is asked before each sentence, and tells how far it is."""
    numbers: Iterator[int] = iter(range(1, sentences + 1))

    def ask() -> bool:
        number = next(numbers, sentences)
        audience.progress(
            f"checking sentence {number} of {sentences} against {sources} sources of the library"
        )
        return cancelled()

    return ask
