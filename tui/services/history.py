"""What happened to a story: who said what first, and what changed in the evidence since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.errors import RequestError
from sources.evidence.figure_matrix import Status
from sources.evidence_cache import MOST_COMPARED, WHOLE_STORIES
from sources.evidence_cache import questions as asked
from sources.model import NoteState, Span
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sources.evidence.blame import Fact, Place
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from sources.model import Ref, Source, SourceVersion

# Blame


def blame_story(
    cache: EvidenceCache,
    slug: str,
    *,
    about: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Fact, ...]:
    """Return what is said in a story with who said it first, or those facts whose words have ``about``.

    Raises UnknownReference, and RequestError for more sources than can be laid side by side.
    """
    from sources.evidence.blame import trace

    library = cache.library
    refs = [entry.ref for entry in library.entries(slug)]
    if len(refs) > MOST_COMPARED:
        raise RequestError(f"{slug} has {len(refs)} sources; who said what first is told of {MOST_COMPARED}.")
    lineage = cache.lineage(slug, progress=progress)
    if lineage is None:
        raise AssertionError("nobody cancelled it")
    origin = _Origins(cache)
    facts = trace(
        cache.figure_matrix(slug),
        cache.quote_families(slug),
        cache.columns(refs) if len(refs) > 1 else None,
        lineage,
        {ref: library.source(ref).text for ref in refs},
        origin,
    )
    wanted = fold(about or "")
    return tuple(fact for fact in facts if wanted in fold(fact.text))


def facts_at(cache: EvidenceCache, ref: Ref, span: Span) -> tuple[Fact, ...]:
    """Return the facts of a story that a source states at a passage, the shortest first."""
    found = [
        fact
        for fact in blame_story(cache, ref.story)
        if any(
            one.ref == ref and span.overlaps(Span(one.start, one.end))
            for one in (fact.first, *fact.taken_over)
        )
    ]
    return tuple(sorted(found, key=lambda fact: len(fact.text)))


class _Origins:
    """When each source began to say something: its first version that has the words."""

    def __init__(self, cache: EvidenceCache) -> None:
        self._cache = cache
        self._versions: dict[Ref, tuple[SourceVersion, ...]] = {}
        self._texts: dict[tuple[Ref, int], str] = {}
        self._days: dict[Ref, str | None] = {}

    def began(self, place: Place) -> tuple[int, str | None]:
        """Return the earliest version that says what a place says, and the day on which that came out."""
        versions = self._versions_of(place.ref)
        words = _plain(place.text)
        for version in versions[:-1]:
            if words in self._text_of(place.ref, version.number):
                return version.number, self._day_of(place.ref, version)
        return versions[-1].number, self._day_of(place.ref, versions[-1])

    def _versions_of(self, ref: Ref) -> tuple[SourceVersion, ...]:
        if ref not in self._versions:
            self._versions[ref] = self._cache.library.versions(ref)
        return self._versions[ref]

    def _text_of(self, ref: Ref, number: int) -> str:
        if (ref, number) not in self._texts:
            self._texts[ref, number] = _plain(self._cache.library.source(ref, version=number).text)
        return self._texts[ref, number]

    def _day_of(self, ref: Ref, version: SourceVersion) -> str | None:
        if version.number > 1:
            return version.added[:10]  # what a publisher changed is told by when it was seen
        if ref not in self._days:
            published = self._cache.publication(ref)
            self._days[ref] = None if published is None else published.first.isoformat()
        return self._days[ref]


def _plain(words: str) -> str:
    return " ".join(fold(words).split())


# Since

ChangeKind = Literal["verdict", "conflict", "origin", "version", "note"]
_DAYS_BACK = 7  # that are looked back where no day is named


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than it was: ``subject`` in words, what it was and is, and the sources that did it.

    ``was`` and ``now`` are None where there was or is nothing.
    """

    kind: ChangeKind
    story: str
    subject: str
    was: str | int | None
    now: str | int | None
    because: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What changed between two ISO 8601 moments in UTC."""

    start: str
    end: str
    changes: tuple[Change, ...]


def moment_of(day: str | None, now: datetime | None = None) -> str:
    """Read a day or a moment (ISO 8601), none as a week ago; return a moment in UTC; raises RequestError."""
    if day is None:
        return ((now or datetime.now(UTC)) - timedelta(days=_DAYS_BACK)).isoformat(timespec="seconds")
    try:
        read = datetime.fromisoformat(day)
    except ValueError as error:
        raise RequestError(f"{day!r} is no day; write it as 2031-06-12 or 2031-06-12T18:00.") from error
    return read.astimezone(UTC).isoformat(timespec="seconds")


class _State(NamedTuple):
    """The sources of a story as they are and as they were, and which came in or changed."""

    now: list[Source]
    was: list[Source]
    summary: tuple[Source | None, Source | None]  # as it was, and as it is
    changed: tuple[Ref, ...]


def changes_since(cache: EvidenceCache, start: str, *, now: datetime | None = None) -> Since:
    """Return what changed since a moment: sources, and what follows for verdicts, conflicts and origins.

    Nothing is kept for this: what was is worked out again from the texts that were there. What was removed
    is not known any more.
    """
    library = cache.library
    changes: list[Change] = []
    for story in library.stories():
        state = _state(library, story.slug, start)
        if not state.changed:
            continue
        if not state.was:
            changes.append(Change("version", story.slug, story.slug, None, len(state.now), state.changed))
            continue
        changes += _of_versions(library, story.slug, state, start)
        if len(state.now) <= WHOLE_STORIES:
            changes += _of_conflicts(cache, story.slug, state)
            changes += _of_origins(cache, story.slug, state)
            changes += _of_verdicts(cache, story.slug, state)
        changes += _of_notes(library, story.slug, state)
    end = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return Since(start, end, tuple(changes))


def _state(library: Library, slug: str, start: str) -> _State:
    now, was, changed = [], [], []
    summaries: list[Source | None] = [None, None]
    for ref in library.refs(slug):
        known = library.versions(ref)
        before = [version.number for version in known if _at(version.added) <= _at(start)]
        newest = library.source(ref)
        older = None if not before else library.source(ref, version=before[-1])
        if not before or before[-1] != newest.version:
            changed.append(ref)
        if ref.number is None:
            summaries = [older, newest]
            continue
        now.append(newest)
        was += [older] if older is not None else []
    return _State(now, was, (summaries[0], summaries[1]), tuple(changed))


def _at(moment: str) -> datetime:
    read = datetime.fromisoformat(moment)
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def _of_versions(library: Library, slug: str, state: _State, start: str) -> Iterator[Change]:
    for ref in state.changed:
        known = library.versions(ref)
        before = [version.number for version in known if _at(version.added) <= _at(start)]
        yield Change("version", slug, str(ref), before[-1] if before else None, known[-1].number, (ref,))


def _of_conflicts(cache: EvidenceCache, slug: str, state: _State) -> Iterator[Change]:
    was, now = (
        {_told(row): row for row in cache.ask(asked.FIGURE_MATRIX, texts) if row.status is Status.CONFLICT}
        for texts in (state.was, state.now)
    )
    for told, row in now.items():
        if told not in was:
            yield Change("conflict", slug, row.subject, None, told, _those(row.refs, state))
    for told, row in was.items():
        if told not in now:
            yield Change("conflict", slug, row.subject, told, None, state.changed)


def _told(row: MatrixRow) -> str:
    """Return the values of a conflict, as the texts put them."""
    return " ≠ ".join(dict.fromkeys(value.text for value in row.values if not value.before))


def _those(refs: Sequence[Ref], state: _State) -> tuple[Ref, ...]:
    return tuple(ref for ref in refs if ref in state.changed) or state.changed


def _of_origins(cache: EvidenceCache, slug: str, state: _State) -> Iterator[Change]:
    was, now = (cache.ask(asked.LINEAGE, texts) for texts in (state.was, state.now))
    if was is not None and now is not None and len(was.origins) != len(now.origins):
        yield Change("origin", slug, "independent origins", len(was.origins), len(now.origins), state.changed)


def _of_verdicts(cache: EvidenceCache, slug: str, state: _State) -> Iterator[Change]:
    before, after = state.summary
    if before is None or after is None:
        return
    was, now = cache.audit(before, state.was), cache.audit(after, state.now)
    if was is None or now is None:
        return
    known = {_plain(one.span.of(before.text)): one.verdict for one in was.sentences}
    for one in now.sentences:
        words = one.span.of(after.text)
        verdict = known.get(_plain(words))
        if verdict is not None and verdict is not one.verdict:
            refs = tuple(check.ref for check in one.checks)
            yield Change(
                "verdict", slug, " ".join(words.split()), str(verdict), str(one.verdict), _those(refs, state)
            )


def _of_notes(library: Library, slug: str, state: _State) -> Iterator[Change]:
    for note in library.notes(story=slug):
        moved = [
            one for one in note.targets if one.ref in state.changed and one.state is not NoteState.ANCHORED
        ]
        if moved:
            refs = tuple(dict.fromkeys(one.ref for one in moved))
            yield Change("note", slug, f"note {note.id}", "anchored", str(moved[0].state), refs)
