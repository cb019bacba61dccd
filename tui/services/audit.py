"""The audit: a story's summary, or any draft, held sentence by sentence against sources."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence_cache import MOST_COMPARED
from sources.evidence_cache.answers import choices_of
from sources.evidence_cache.draft_identity import remember_draft
from sources.evidence_cache.questions import DRAFT
from sources.model import AuditChoiceKind, Ref, Span
from sources.text.cleaning import clean_text
from tui.services.original_places import OriginalPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sources.evidence.audit import Audit, AuditedSentence, Check, Marker
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from sources.model import AuditChoice, Source

OVERRULING = ("supported", "partial", "unsupported", "contradicted")  # the verdicts that a user may give


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
    """A sentence that was audited, with the words and what the user decided of it.

    ``number`` counts the sentences of the text from 1. ``origins`` are those of the sources that it cites,
    ``absent`` the numbers that it cites of which there is no source. ``settled`` tells that the user said how
    its marker is read, and ``overruled`` the verdict that the user gave instead.
    """

    number: int
    sentence: AuditedSentence
    text: str
    checks: tuple[CheckHere, ...]
    origins: tuple[str, ...]
    absent: tuple[int, ...]
    settled: bool
    overruled: AuditChoice | None

    @property
    def verdict(self) -> str:
        """The verdict that holds: the user's, else the program's."""
        return self.overruled.value if self.overruled is not None else str(self.sentence.verdict)

    @property
    def unread(self) -> bool:
        """Tell whether its marker can be read in several ways, and the user has not said in which."""
        marker = self.sentence.marker
        return marker is not None and marker.ambiguous and not self.settled


@dataclass(frozen=True, slots=True)
class Audited:
    """A text that was audited: its story's slug or its file's name, and its sentences.

    ``texts`` are those of the sources that it was held against, and ``story`` the one that all of these are
    of, if it is one; ``unjudged`` says why nothing could be judged, else it is None; ``orphans`` are choices
    of the user whose sentence, or reading, is no more; ``places`` tells where passages are in the originals.
    """

    name: str
    text: Source
    sentences: tuple[SentenceHere, ...]
    texts: Mapping[Ref, str]
    unjudged: str | None
    orphans: tuple[AuditChoice, ...]
    story: str | None
    places: OriginalPlaces

    @property
    def is_draft(self) -> bool:
        """Tell whether the text is in no story."""
        return self.text.ref.story == DRAFT


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
    origins: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
) -> Audited | None:
    """Hold a text against the sources of stories and single sources; None when ``cancelled`` became true.

    Numbers in its markers are those of the sources where all are of one story, else their places in the list.
    Without ``origins`` it is not said whether citations are independent, which is quicker. Raises
    UnknownReference, RequestError for too many sources, and InputError for a text that cannot be read.
    """
    from sources.evidence_cache import EvidenceCache
    from tui.services.drafts import read_draft

    draft = read_draft(name, written)
    sources = [library.source(ref) for ref in _refs(library, against)]
    return _audited(EvidenceCache(library), name, draft, sources, cancelled, origins=origins)


def audit_file(
    library: Library, path: str, slug: str, *, cancelled: Callable[[], bool] = lambda: False
) -> Audited | None:
    """Hold a file against a story as `audit_text` does; raises what that raises, and InputError."""
    from tui.services.drafts import draft_at

    name = f"./{path}" if path == "-" else path  # a file, and not standard input
    return audit_text(library, *draft_at(name, sys.stdin.buffer), (slug,), cancelled=cancelled)


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
        raise RequestError("Say what to check it against: --against STORY or REF.")
    if len(found) > MOST_COMPARED:
        raise RequestError(
            f"{len(found)} sources are too many to check a text against; choose {MOST_COMPARED}."
        )
    return list(found)


def _audited(
    cache: EvidenceCache,
    name: str,
    text: Source,
    sources: Sequence[Source],
    cancelled: Callable[[], bool],
    *,
    origins: bool = True,
) -> Audited | None:
    found = cache.audit(text, sources, cancelled=cancelled)
    return None if found is None else described(cache, name, text, sources, found, origins=origins)


def described(
    cache: EvidenceCache,
    name: str,
    text: Source,
    sources: Sequence[Source],
    found: Audit,
    *,
    origins: bool = True,
) -> Audited:
    """Return what was found of a text, with the words, and with what the user decided."""
    from sources.evidence_cache.questions import numbered

    texts = {source.ref: source.text for source in sources}
    stems = _origins(cache, found) if origins else {}
    holding = {(made.sentence, made.marker, made.kind): made for made in cache.audit_choices(text)}
    numbers = set(numbered(sources))
    sentences = tuple(
        _with_words(number, one, text.text, texts, stems, numbers, holding)
        for number, one in enumerate(found.sentences, start=1)
    )
    stories = {source.ref.story for source in sources}
    return Audited(
        name,
        text,
        sentences,
        texts,
        found.unjudged,
        _orphans(found.sentences, tuple(holding.values())) if found.unjudged is None else (),
        stories.pop() if len(stories) == 1 else None,
        OriginalPlaces.in_sources(sources),
    )


def _origins(cache: EvidenceCache, found: Audit) -> dict[Ref, str]:
    """Return the origin of each source that is cited together with another of its story."""
    stories: dict[str, None] = {}
    for one in found.sentences:
        cited = [check.ref.story for check in one.checks]
        stories.update((story, None) for story in cited if cited.count(story) > 1)
    stems: dict[Ref, str] = {}
    for story in stories:
        try:
            lineage = cache.lineage(story)
        except RequestError:  # an archive, of which that would take too long
            continue
        if lineage is not None:
            stems.update((ref, origin.name) for origin in lineage.origins for ref in origin.refs)
    return stems


def _with_words(
    number: int,
    sentence: AuditedSentence,
    text: str,
    texts: Mapping[Ref, str],
    stems: Mapping[Ref, str],
    numbers: set[int],
    holding: Mapping[tuple[str, str, AuditChoiceKind], AuditChoice],
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
    origins = [stems.get(check.ref) for check in sentence.checks]
    marker = sentence.marker
    return SentenceHere(
        number,
        sentence,
        sentence.span.of(text),
        checks,
        tuple(dict.fromkeys(one for one in origins if one)) if all(origins) else (),
        tuple(absent_numbers(marker, numbers)) if marker is not None else (),
        marker is not None
        and (sentence.words, marker.text, AuditChoiceKind.READING) in holding
        and _reading_of(holding[sentence.words, marker.text, AuditChoiceKind.READING]) == marker.chosen,
        holding.get((sentence.words, "", AuditChoiceKind.VERDICT)),
    )


_WRITTEN = re.compile(r"[\[(][^\])]*[\])]|\S+")
_ONLY_NUMBERS = re.compile(r"[\d\s,;()\[\]^⁻–-]+")
_NUMBER = re.compile(r"(\d+)(?:\s?[–-]\s?(\d+))?")
_LONGEST_RANGE = 200  # as far as a marker such as [1-9] is followed
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def absent_numbers(marker: Marker, numbers: set[int]) -> Iterator[int]:
    """Yield the numbers that a marker names of which there is no source."""
    for written in _WRITTEN.findall(marker.text.translate(_RAISED)):
        if not _ONLY_NUMBERS.fullmatch(written) or ("^" in written and marker.readings):
            continue  # a link, or a note that links a source
        if written.isdecimal():
            from sources.evidence.audit.markers import glued_readings

            ways = glued_readings(written, max(numbers, default=0)) or [(int(written),)]
            if not any(numbers.issuperset(way) for way in ways):
                yield from (number for number in ways[0] if number not in numbers)
            continue
        for first, last in _NUMBER.findall(written):
            listed = range(int(first), min(int(last or first), int(first) + _LONGEST_RANGE) + 1)
            yield from (number for number in listed if number not in numbers)


def _reading_of(made: AuditChoice) -> tuple[int, ...]:
    return tuple(map(int, made.value.split(",")))


# What the user decides: how a marker is read, and a verdict instead of the program's.


def _orphans(sentences: Sequence[AuditedSentence], holding: Sequence[AuditChoice]) -> tuple[AuditChoice, ...]:
    """Return the choices of which nothing is left that they are about."""
    known = {one.words for one in sentences}
    readings = {
        (one.words, one.marker.text, reading)
        for one in sentences
        if one.marker
        for reading in one.marker.readings
    }
    return tuple(
        made
        for made in holding
        if made.sentence not in known
        or (
            made.kind is AuditChoiceKind.READING
            and (made.sentence, made.marker, _reading_of(made)) not in readings
        )
    )


def sentence_numbered(audited: Audited, number: int) -> SentenceHere:
    """Return a sentence by its number, from 1; raises RequestError where there is none."""
    if not 1 <= number <= len(audited.sentences):
        raise RequestError(f"{audited.name} has no sentence {number}; it has {len(audited.sentences)}.")
    return audited.sentences[number - 1]


def choose_reading(
    library: Library, audited: Audited, number: int, reading: Sequence[int], note: str = ""
) -> AuditChoice:
    """Keep how the marker of a sentence is read, until the text's next audit and for ever.

    Raises RequestError for a sentence without such a marker, and for what is none of its readings.
    """
    sentence = sentence_numbered(audited, number).sentence
    marker = sentence.marker
    if marker is None or not marker.readings:
        raise RequestError(f"Sentence {number} cites no source.")
    known = next((one for one in marker.readings if sorted(one) == sorted(set(reading))), None)
    if known is None:
        ways = " or ".join(shown_reading(one) for one in marker.readings)
        raise RequestError(f"{marker.text} of sentence {number} can only be read as {ways}.")
    story, draft = _kept_by(library, audited)
    return library.add_audit_choice(
        AuditChoiceKind.READING,
        sentence.words,
        ",".join(map(str, known)),
        marker=marker.text,
        note=_note(note),
        story=story,
        draft=draft,
    )


def shown_reading(reading: Sequence[int]) -> str:
    """Return the numbers of a reading as a person writes them: ``1,4``."""
    return ",".join(map(str, reading))


def overrule(library: Library, audited: Audited, number: int, verdict: str, note: str = "") -> AuditChoice:
    """Keep the user's own verdict on a sentence; raises RequestError for an unknown verdict."""
    sentence = sentence_numbered(audited, number).sentence
    if verdict not in OVERRULING:
        raise RequestError(f"{verdict!r} is not a verdict; choose one of {', '.join(OVERRULING)}.")
    story, draft = _kept_by(library, audited)
    return library.add_audit_choice(
        AuditChoiceKind.VERDICT, sentence.words, verdict, note=_note(note), story=story, draft=draft
    )


def _kept_by(library: Library, audited: Audited) -> tuple[str | None, str | None]:
    """Return by what a choice in a text is kept; a draft is remembered by its sentences."""
    if audited.is_draft:
        return None, remember_draft(library, audited.text)
    return audited.text.ref.story, None


def take_back(library: Library, audited: Audited, number: int | None = None) -> AuditChoice:
    """Take back the last choice in a text, or on one sentence of it; raises RequestError for none."""
    words = None if number is None else sentence_numbered(audited, number).sentence.words
    story, draft = choices_of(library, audited.text)
    return library.undo_audit_choice(story=story, draft=draft, sentence=words)


def told(made: AuditChoice) -> str:
    """Return what a choice does, as a person is told."""
    if made.kind is AuditChoiceKind.READING:
        return f"{made.marker} is read as {made.value}"
    return f"overruled: {made.value}" + (f" ({made.note})" if made.note else "")


def _note(note: str) -> str:
    return " ".join(clean_text(note).split())
