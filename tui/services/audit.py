"""The audit: a story's summary, or any draft, held sentence by sentence against sources."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence_cache import MOST_COMPARED
from sources.model import Origin, Ref, Source, Span
from sources.text.cleaning import clean_text
from sources.text.reading_view import MARKDOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sources.evidence.audit import Audit, AuditedSentence, Check
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library

DRAFT = "draft"  # the story that a text is said to be of which is in none


@dataclass(frozen=True, slots=True)
class Differing:
    """Where a source says otherwise than a sentence, in the words of both."""

    kind: str
    said: str
    source: str | None
    said_span: Span
    source_span: Span | None


@dataclass(frozen=True, slots=True)
class CheckHere:
    """What a source has on a sentence, with the words."""

    check: Check
    missing: tuple[str, ...]
    differs: tuple[Differing, ...]


@dataclass(frozen=True, slots=True)
class SentenceHere:
    """A sentence that was audited, with the words; ``origins`` are those of the sources that it cites."""

    sentence: AuditedSentence
    text: str
    checks: tuple[CheckHere, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audited:
    """A text that was audited: its story's slug or its file's name, and its sentences.

    ``texts`` are those of the sources; ``unjudged`` says why nothing could be judged, else it is None.
    """

    name: str
    text: Source
    sentences: tuple[SentenceHere, ...]
    texts: Mapping[Ref, str]
    unjudged: str | None


def audit_story(
    library: Library, slug: str, *, cancelled: Callable[[], bool] = lambda: False
) -> Audited | None:
    """Hold the summary of a story against the story's sources; None when ``cancelled`` became true.

    Raises UnknownReference for a story that is not there, and RequestError for one without a summary.
    """
    from sources.evidence_cache import EvidenceCache

    story = library.story(slug)
    if story.summary is None:
        raise RequestError(
            f"{slug} has no summary to audit; give a text of your own: crossread audit FILE --against {slug}"
        )
    sources = [library.source(entry.ref) for entry in story.sources]
    return _audited(EvidenceCache(library), slug, story.summary, sources, cancelled)


def audit_text(
    library: Library,
    name: str,
    written: str,
    against: Sequence[Ref | str],
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audited | None:
    """Hold a text against the sources of stories and single sources; None when ``cancelled`` became true.

    Numbers in its markers are those of the sources where all are of one story, else their places in the list.
    Raises UnknownReference, and RequestError for an empty text or too many sources.
    """
    from sources.evidence_cache import EvidenceCache

    refs = _refs(library, against)
    text = clean_text(written)
    if not text.strip():
        raise RequestError(f"{name} is empty.")
    kind = MARKDOWN if name.endswith((".md", ".markdown")) else "text"
    digest = hashlib.sha256(text.encode()).hexdigest()
    draft = Source(Ref(DRAFT, None), None, None, None, None, None, None, text, (), Origin(name, digest, kind))
    sources = [library.source(ref) for ref in refs]
    return _audited(EvidenceCache(library), name, draft, sources, cancelled)


def _refs(library: Library, against: Sequence[Ref | str]) -> list[Ref]:
    found: dict[Ref, None] = {}
    for named in against:
        if isinstance(named, Ref):
            found[library.source(named).ref] = None
        else:
            found.update(
                (entry.ref, None) for entry in library.entries(named) if entry.ref.number is not None
            )
    if not found:
        raise RequestError("Say what to hold it against: --against STORY or REF.")
    if len(found) > MOST_COMPARED:
        raise RequestError(
            f"{len(found)} sources are too many to hold a text against; choose {MOST_COMPARED}."
        )
    return list(found)


def _audited(
    cache: EvidenceCache,
    name: str,
    text: Source,
    sources: Sequence[Source],
    cancelled: Callable[[], bool],
) -> Audited | None:
    found = cache.audit(text, sources, cancelled=cancelled)
    if found is None:
        return None
    texts = {source.ref: source.text for source in sources}
    stems = _origins(cache, text.ref.story, found) if text.ref.story != DRAFT else {}
    return Audited(
        name,
        text,
        tuple(_with_words(one, text.text, texts, stems) for one in found.sentences),
        texts,
        found.unjudged,
    )


def _origins(cache: EvidenceCache, slug: str, found: Audit) -> dict[Ref, str]:
    """Return the origin of each source, where sentences cite several."""
    if not any(len(one.checks) > 1 for one in found.sentences):
        return {}
    lineage = cache.lineage(slug)
    return {ref: origin.name for origin in lineage.origins for ref in origin.refs} if lineage else {}


def _with_words(
    sentence: AuditedSentence, text: str, texts: Mapping[Ref, str], stems: Mapping[Ref, str]
) -> SentenceHere:
    checks = tuple(
        CheckHere(
            check,
            tuple(span.of(text) for span in check.missing),
            tuple(
                Differing(
                    one.kind,
                    one.said.of(text),
                    one.source.of(texts[check.ref]) if one.source else None,
                    one.said,
                    one.source,
                )
                for one in check.differs
            ),
        )
        for check in sentence.checks
    )
    origins = dict.fromkeys(stems[check.ref] for check in sentence.checks if check.ref in stems)
    return SentenceHere(sentence, sentence.span.of(text), checks, tuple(origins))
