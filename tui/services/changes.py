"""What changed in the library since a moment: texts, and what follows for verdicts, conflicts and origins."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sources.errors import CrossreadError, RequestError
from sources.evidence.figure_matrix import Status
from sources.evidence.lineage.drawing import Relation, lineage_trees
from sources.evidence_cache import WHOLE_STORIES
from sources.evidence_cache import questions as asked
from sources.model import NoteState, Ref
from sources.text.folding import fold
from tui.services.wording import short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.lineage import Lineage
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from sources.model import Source

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
        raise RequestError(f"{day!r} is not a day; write it as 2031-06-12 or 2031-06-12T18:00.") from error
    return read.astimezone(UTC).isoformat(timespec="seconds")


class _State(NamedTuple):
    """The sources of a story as they are and as they were, and which came in, changed or went."""

    now: list[Source]
    was: list[Source]
    summary: tuple[Source | None, Source | None]  # as it was, and as it is
    changed: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What is compared of a story at two moments: conflicts, verdicts by sentence, the number of origins.

    ``conflicts`` have what is measured by the values that are told, ``verdicts`` what holds of a sentence by
    its words; ``refs`` are the sources behind either, where these are known.
    """

    conflicts: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    origins: int | None = None
    refs: dict[str, tuple[Ref, ...]] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)  # as they are written, by their words
    lineage: Lineage | None = None


def changes_since(
    cache: EvidenceCache, start: str, *, story: str | None = None, now: datetime | None = None
) -> Since:
    """Return what changed since a moment in one or all stories: sources, and what follows for the evidence.

    What was is worked out again from the texts that were there. Of what was removed only its name is kept,
    and what was known of its story right before.
    """
    library = cache.library
    removals = [one for one in removals_in(library) if _at(one.moment) > _at(start)]
    there = [entry.slug for entry in library.stories()]
    changes: list[Change] = []
    for slug in there:
        gone = [one for one in removals if one.ref.story == slug]
        if story in (None, slug):
            changes += _of_story(cache, slug, _state(library, slug, start), gone)
    for slug in dict.fromkeys(one.ref.story for one in removals if one.ref.story not in there):
        refs = tuple(one.ref for one in removals if one.ref.story == slug)
        numbered = sum(ref.number is not None for ref in refs)
        if story in (None, slug):
            changes.append(Change("version", slug, slug, numbered, None, refs))
    end = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    return Since(start, end, tuple(changes))


def _of_story(
    cache: EvidenceCache, slug: str, state: _State, removals: Sequence[Removed]
) -> Iterator[Change]:
    library = cache.library
    gone = [one for one in removals if one.ref not in library.refs(slug)]
    if not state.changed and not removals:
        return
    if not state.was and not removals:
        yield Change("version", slug, slug, None, len(state.now), state.changed)
        return
    yield from _of_versions(library, slug, state)
    for one in gone:
        yield Change("version", slug, f"{one.ref} {one.title}".rstrip(), one.version, None, (one.ref,))
    if len(state.now) <= WHOLE_STORIES:
        before, after = state.summary
        now = _evidence(cache, state.now, after)
        known = next((one.before for one in removals if one.before is not None), None)
        was = _evidence(cache, state.was, before) if not removals else known
        because = (*state.changed, *(one.ref for one in gone))
        if was is not None:
            yield from _of_conflicts(slug, was, now, because)
            yield from _of_origins(slug, was, now, because)
            yield from _of_verdicts(slug, was, now, because)
        if after is not None:
            yield from _of_citations(cache, slug, after, state.now, gone)
    yield from _of_notes(library, slug, (*state.changed, *(one.ref for one in gone)))


def _evidence(cache: EvidenceCache, sources: Sequence[Source], summary: Source | None) -> _Evidence:
    """Work out what is compared of the texts of a story."""
    if not sources:
        return _Evidence()
    rows = [row for row in cache.ask(asked.FIGURE_MATRIX, sources) if row.status is Status.CONFLICT]
    refs = {_told(row): row.refs for row in rows}
    lineage = cache.ask(asked.LINEAGE, sources)
    audited = None if summary is None else cache.audit(summary, sources)
    text = "" if summary is None else summary.text
    verdicts, sentences = {}, {}
    for one in audited.sentences if audited is not None else ():
        words = one.span.of(text)
        verdicts[_plain(words)] = str(one.verdict)
        sentences[_plain(words)] = " ".join(words.split())
        refs[_plain(words)] = tuple(check.ref for check in one.checks)
    return _Evidence(
        {_told(row): row.subject for row in rows},
        verdicts,
        None if lineage is None else len(lineage.origins),
        refs,
        sentences,
        lineage,
    )


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


def _of_versions(library: Library, slug: str, state: _State) -> Iterator[Change]:
    was = {source.ref: source.version for source in (*state.was, state.summary[0]) if source is not None}
    for ref in state.changed:
        yield Change("version", slug, str(ref), was.get(ref), library.versions(ref)[-1].number, (ref,))


def _of_conflicts(slug: str, was: _Evidence, now: _Evidence, because: tuple[Ref, ...]) -> Iterator[Change]:
    for told, subject in now.conflicts.items():
        if told not in was.conflicts:
            yield Change("conflict", slug, subject, None, told, _those(now.refs[told], because))
    for told, subject in was.conflicts.items():
        if told not in now.conflicts:
            yield Change("conflict", slug, subject, told, None, because)


def _told(row: MatrixRow) -> str:
    """Return the values of a conflict, as the texts put them."""
    return " ≠ ".join(dict.fromkeys(value.text for value in row.values if not value.before))


def _those(refs: Sequence[Ref], because: tuple[Ref, ...]) -> tuple[Ref, ...]:
    return tuple(ref for ref in refs if ref in because) or because


def _of_origins(slug: str, was: _Evidence, now: _Evidence, because: tuple[Ref, ...]) -> Iterator[Change]:
    if was.origins is None or now.origins is None or was.origins == now.origins:
        return
    stems = "" if now.lineage is None else "; ".join(_stemming(now.lineage, because))
    subject = f"independent origins: {stems}" if stems else "independent origins"
    yield Change("origin", slug, subject, was.origins, now.origins, because)


_STEMS = {Relation.COPY: "a copy", Relation.PARTIAL: "in part a copy", Relation.REWRITE: "a rewrite"}


def _stemming(lineage: Lineage, refs: Sequence[Ref]) -> Iterator[str]:
    """Yield what sources are that stem from others: ``source 9 is a rewrite of 2``."""
    nodes = [
        (node, child) for tree in lineage_trees(lineage) for node in tree.children for child in node.children
    ]
    while nodes:
        above, node = nodes.pop(0)
        nodes += [(node, child) for child in node.children]
        if node.ref in refs and node.relation in _STEMS:
            told = _STEMS[node.relation]
            yield f"source {short_number(node.ref)} is {told} of {short_number(above.ref)}"


def _of_verdicts(slug: str, was: _Evidence, now: _Evidence, because: tuple[Ref, ...]) -> Iterator[Change]:
    for words, verdict in now.verdicts.items():
        before = was.verdicts.get(words)
        if before is not None and before != verdict:
            refs = _those(now.refs[words], because)
            yield Change("verdict", slug, now.sentences[words], before, verdict, refs)


def _of_citations(
    cache: EvidenceCache, slug: str, summary: Source, sources: Sequence[Source], gone: Sequence[Removed]
) -> Iterator[Change]:
    """Yield the sentences of a summary that cite a source which was removed."""
    from tui.services.audit import absent_numbers

    there = {source.ref.number or 0 for source in sources}
    numbers = {one.ref.number: one.ref for one in gone if one.ref.number is not None}
    audited = cache.audit(summary, sources) if numbers and sources else None
    for one in audited.sentences if audited is not None else ():
        absent = absent_numbers(one.marker, there) if one.marker is not None else ()
        for number in dict.fromkeys(absent):
            if number in numbers:
                words = " ".join(one.span.of(summary.text).split())
                yield Change("verdict", slug, words, f"cites {number}", "removed", (numbers[number],))


def _of_notes(library: Library, slug: str, changed: Sequence[Ref]) -> Iterator[Change]:
    for note in library.notes(story=slug):
        moved = [one for one in note.targets if one.ref in changed and one.state is not NoteState.ANCHORED]
        if moved:
            refs = tuple(dict.fromkeys(one.ref for one in moved))
            yield Change("note", slug, f"note {note.id}", "anchored", str(moved[0].state), refs)


def _plain(words: str) -> str:
    return " ".join(fold(words).split())


# What is kept of a source that is removed: its name, when, and what was known of its story right before.

_REMOVED = "removed:"  # begins the names of the settings that tell of removals
_MOST_KEPT = 200  # removals that are remembered


@dataclass(frozen=True, slots=True)
class Removed:
    """A source that was removed at a moment; ``before`` is what was known of its story, if it was asked."""

    ref: Ref
    title: str
    version: int
    moment: str
    before: _Evidence | None


def remember_removal(cache: EvidenceCache, target: Ref | str) -> None:
    """Keep what is told later of a source or a story that is about to be removed; raises UnknownReference."""
    library = cache.library
    moment = library.moment()
    story = target if isinstance(target, str) else target.story
    refs = library.refs(story) if isinstance(target, str) else (library.source(target).ref,)
    before = None if isinstance(target, str) else _known_of(cache, story)
    if isinstance(target, str):  # of a story that goes as a whole no more than the names
        for one in library.settings(_REMOVED):
            if one.rpartition(":")[2].startswith(f"{story}/"):
                library.drop_setting(one)
    for place, ref in enumerate(refs):
        source = library.source(ref)
        kept: dict[str, Any] = {"title": source.title or "", "version": source.version}
        if before is not None:
            kept["before"] = {
                "conflicts": before.conflicts,
                "verdicts": before.verdicts,
                "origins": before.origins,
            }
        library.set_setting(f"{_REMOVED}{moment}:{place:05}:{ref}", json.dumps(kept))
    for name in list(library.settings(_REMOVED))[:-_MOST_KEPT]:
        library.drop_setting(name)


def forget_removal(library: Library, refs: Sequence[Ref]) -> None:
    """Forget what is kept of sources that were removed and are deleted for good."""
    gone = {str(ref) for ref in refs}
    for name in library.settings(_REMOVED):
        if name.rpartition(":")[2] in gone:
            library.drop_setting(name)


def _known_of(cache: EvidenceCache, story: str) -> _Evidence | None:
    """Return what is known of a story; None where it is too large, or cannot be read."""
    try:
        state = _state(cache.library, story, cache.library.moment())
        return _evidence(cache, state.now, state.summary[1]) if len(state.now) <= WHOLE_STORIES else None
    except CrossreadError:  # a damaged text can be removed all the same
        return None


def removals_in(library: Library) -> tuple[Removed, ...]:
    """Return what was removed from a library, the oldest first."""
    found = []
    for name, value in library.settings(_REMOVED).items():
        moment, _, rest = name.removeprefix(_REMOVED).rpartition(":")
        ref = Ref.parse(rest)
        moment = moment.rpartition(":")[0]
        if ref is None:
            continue
        kept = json.loads(value)
        before = _Evidence(**kept["before"]) if "before" in kept else None
        found.append(Removed(ref, kept["title"], kept["version"], moment, before))
    return tuple(found)


# Which stories changed since somebody looked.

_SEEN = "seen:"


def seen_at(library: Library, story: str) -> str | None:
    """Return when the changes of a story were looked at last, a moment in UTC."""
    return library.setting(f"{_SEEN}{story}")


def look_at(library: Library, story: str) -> None:
    """Keep that the changes of a story are looked at now."""
    library.set_setting(f"{_SEEN}{story}", library.moment())


def changed_stories(library: Library) -> frozenset[str]:
    """Return the stories in which a source came in, changed or went since they were looked at."""
    seen = {name.removeprefix(_SEEN): moment for name, moment in library.settings(_SEEN).items()}
    last = library.last_changes(tuple(seen))
    for one in removals_in(library) if seen else ():
        last[one.ref.story] = max(last.get(one.ref.story, one.moment), one.moment, key=_at)
    there = {entry.slug for entry in library.stories()} & seen.keys() & last.keys()
    return frozenset(story for story in there if _at(last[story]) > _at(seen[story]))


def follow_story(library: Library, slug: str, new: str) -> None:
    """Let what is kept of a story, and of what was removed from it, follow it to another slug."""
    names = {f"{_SEEN}{slug}": f"{_SEEN}{new}"}
    for name in library.settings(_REMOVED):
        before, _, ref = name.rpartition(":")
        if ref.startswith(f"{slug}/"):
            names[name] = f"{before}:{new}{ref.removeprefix(slug)}"
    for name, home in names.items():
        value = library.setting(name)
        if value is not None:
            library.drop_setting(name)
            library.set_setting(home, value)
