"""Merges another library into this one: its sources, notes, labels, corrections and decisions, nothing twice.

A source is the same in both where one of its texts is among those that the other has or had, or where both
have its address; a story is the same where one of its sources is. Of two texts of one source the later
version holds; where each library has one that the other never had, ours stays and a conflict is told, as it
is for fields and words that differ. So merging again changes nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import InputError, LibraryError
from sources.frozen import frozen
from sources.library import DATABASE, Library
from sources.library.label_repository import Mark
from sources.library.migrations import back_up
from sources.library.note_repository import NewNote
from sources.model import (
    DEFAULT_CODER,
    LabelFields,
    LabelSpan,
    ParsedFile,
    ParsedSource,
    Ref,
    SpanStatus,
)
from sources.notes.anchoring import find_anchor
from sources.text.addresses import plain_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sources.model import Anchor, Note, Source, Story

_FACTS = ("title", "publisher", "author", "date", "url", "language")
_COUNTED = ("notes", "spans", "labels", "corrections", "decisions")
_AT_ONCE = 200  # sources that are held in memory together


@frozen
class MergeConflict:
    """What the two libraries have differently, of which ours stays.

    ``kind`` is text, title, publisher, author, date, url, language, note, label, correction or decision;
    ``subject`` is the ref or name here.
    """

    kind: str
    subject: str
    ours: str
    theirs: str


@frozen
class MergedStory:
    """What came into one story; ``theirs`` is its slug in the other library."""

    story: str
    theirs: str
    title: str | None
    added: tuple[Ref, ...]
    changed: tuple[Ref, ...]
    unchanged: tuple[Ref, ...]


@frozen
class Merged:
    """What a merge took over; notes, spans, labels, corrections and decisions are counts of new ones.

    ``left_out`` says in sentences what could not be taken over, and why.
    """

    stories: tuple[MergedStory, ...]
    notes: int
    spans: int
    labels: int
    corrections: int
    decisions: int
    conflicts: tuple[MergeConflict, ...]
    left_out: tuple[str, ...]


@contextmanager
def opened_library(place: Path) -> Iterator[Library]:
    """Give the library in folder ``place``, or in a copy of its database, without changing anything there.

    It is read from a copy, which is brought to the form of this version. Raises InputError where there is
    none, and the errors of LibraryError.
    """
    database = place / DATABASE if place.is_dir() else place
    if not database.is_file():
        raise InputError("holds no library" if place.is_dir() else "is not there", path=place)
    with tempfile.TemporaryDirectory(prefix="crossread-") as folder:
        copy = Path(folder) / DATABASE
        try:
            back_up(database, copy)
        except (OSError, LibraryError):
            shutil.copyfile(database, copy)
        with Library.open(Path(folder)) as library:
            yield library


def merge(
    library: Library,
    other: Library,
    *,
    coder: str | None = None,
    progress: Callable[[str], None] = lambda _words: None,
) -> Merged:
    """Take over what ``other`` has and ``library`` has not, all of it or nothing, and say what that was.

    ``coder`` is what whoever the other library calls "me" is called here; None for the same person.
    """
    with library.together():
        merging = _Merge(library, other, coder)
        for entry in other.stories():
            progress(f"merging {entry.slug}")
            merging.story(other.story(entry.slug))
        merging.notes()
        merging.labels()
        merging.corrections()
        return merging.report()


@dataclass(slots=True)
class _Merge:
    """A merge under way: what of the other library is called how here, and what came of it so far."""

    library: Library
    other: Library
    coder: str | None
    refs: dict[Ref, Ref] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    stories: list[MergedStory] = field(default_factory=list)
    conflicts: list[MergeConflict] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    def report(self) -> Merged:
        """Return what was done."""
        return Merged(
            tuple(self.stories),
            conflicts=tuple(self.conflicts),
            left_out=tuple(self.left_out),
            **{name: self.taken[name] for name in _COUNTED},
        )

    # Stories and their sources

    def story(self, story: Story) -> None:
        """Take over a story's sources, summary and page."""
        slug, matched = self._home(story)
        is_new = not self.library.has_story(slug)
        before = {entry.ref for entry in self.library.entries(slug)} if not is_new else set()
        done: dict[str, list[Ref]] = {"added": [], "changed": [], "unchanged": []}
        fresh = [entry.ref for entry in story.sources if entry.ref not in matched]
        if fresh or is_new:
            self._take_new(story, slug, fresh, whole=is_new)
        for theirs, ours in matched.items():
            self.refs[theirs] = ours
            done[self._bring_up(theirs, ours)].append(ours)
        if story.summary is not None:
            done[self._summary(story.summary, slug, is_new=is_new)].append(Ref(slug, None))
        now = self.library.entries(slug)
        done["added"][:0] = [entry.ref for entry in now if entry.ref not in before]
        self.slugs[story.slug] = slug
        told = (tuple(done["added"]), tuple(done["changed"]), tuple(done["unchanged"]))
        self.stories.append(MergedStory(slug, story.slug, self.library.story(slug).title, *told))
        self._decisions(story.slug, slug)

    def _home(self, story: Story) -> tuple[str, dict[Ref, Ref]]:
        """Return the slug that the story has here or gets, and which of its sources are here already."""
        slug, number = story.slug, 1
        while self.library.has_story(slug):
            matched = self._matched(story, slug)
            if matched or not story.sources:
                return slug, matched
            number += 1
            slug = f"{story.slug[:70]}-{number}"
        return slug, {}

    def _matched(self, story: Story, slug: str) -> dict[Ref, Ref]:
        """Pair the sources of the other story with those of story ``slug``: by texts, else by addresses."""
        ours = {entry.ref: entry for entry in self.library.entries(slug)}
        by_text: defaultdict[str, list[Ref]] = defaultdict(list)
        by_address: defaultdict[str, list[Ref]] = defaultdict(list)
        for ref, entry in ours.items():
            for digest in _digests(self.library, ref):
                by_text[digest].append(ref)
            if entry.url:
                by_address[plain_address(entry.url)].append(ref)
        found: dict[Ref, Ref] = {}
        taken: set[Ref] = set()
        for entry in story.sources:
            alike = {ref for digest in _digests(self.other, entry.ref) for ref in by_text.get(digest, ())}
            named = set(by_address.get(plain_address(entry.url), ())) if entry.url else set()
            # A text that several publishers brought word for word is several sources.
            same_publisher = {ref for ref in alike if ours[ref].publisher == entry.publisher}
            for candidates in (alike & named, same_publisher, named, alike):
                if free := candidates - taken:
                    found[entry.ref] = min(free)
                    taken.add(found[entry.ref])
                    break
        return found

    def _take_new(self, story: Story, slug: str, fresh: Sequence[Ref], *, whole: bool) -> None:
        """Take over sources that are not here, each with all its versions, and the page of a new story."""
        page = story.page if whole else None
        if page is not None:
            on_page = ParsedFile(
                page.origin.format, (), story.title, None, story.related, story.muted, page.text, page.zones
            )
            of_page = [ref for ref in fresh if self.other.source(ref).origin.path == page.origin.path]
            self._take(of_page, on_page, slug, page.origin.path)
            gone = set(of_page)
            fresh = [ref for ref in fresh if ref not in gone]
        elif whole:
            rest = ParsedFile("text", (), story.title, None, story.related, story.muted)
            fresh, first = fresh[1:], fresh[:1]
            self._take(first, rest, slug, self.other.source(first[0]).origin.path if first else None)
        for start in range(0, len(fresh), _AT_ONCE):
            some = fresh[start : start + _AT_ONCE]
            for (path, form), refs in groupby(some, self._origin):
                self._take(list(refs), ParsedFile(form, ()), slug, path)

    def _origin(self, theirs: Ref) -> tuple[str | None, str]:
        origin = self.other.source(theirs).origin
        return origin.path, origin.format

    def _take(self, fresh: Sequence[Ref], parsed: ParsedFile, slug: str, path: str | None) -> None:
        first = tuple(_parsed(self.other.source(ref, version=1)) for ref in fresh)
        result = self._ingest(replace(parsed, sources=first), slug, path, recognised={})
        for theirs, ours in zip(fresh, result, strict=True):
            self.refs[theirs] = ours
            self._later_versions(theirs, ours, after=1)

    def _later_versions(self, theirs: Ref, ours: Ref, *, after: int) -> None:
        """Take over the versions of a source that come after one of them."""
        for version in self.other.versions(theirs):
            if version.number > after:
                source = self.other.source(theirs, version=version.number)
                parsed = ParsedFile(format=source.origin.format, sources=(_parsed(source),))
                self._ingest(parsed, ours.story, source.origin.path, recognised={0: ours})

    def _ingest(
        self, parsed: ParsedFile, slug: str, path: str | None, *, recognised: Mapping[int, Ref]
    ) -> tuple[Ref, ...]:
        done = self.library.ingest(parsed, slug=slug, path=path, reanchor=find_anchor, recognised=recognised)
        return done.refs

    def _bring_up(self, theirs: Ref, ours: Ref) -> str:
        """Bring a source that both have to the later of the two texts; return what became of ours."""
        here, there = self.library.source(ours), self.other.source(theirs)
        for name in _FACTS:
            mine, other = getattr(here, name), getattr(there, name)
            if mine and other and mine != other:
                self.conflicts.append(MergeConflict(name, str(ours), mine, other))
        if there.origin.sha256 in _digests(self.library, ours):
            return "unchanged"
        known = [each for each in self.other.versions(theirs) if each.sha256 == here.origin.sha256]
        if not known:
            self.conflicts.append(MergeConflict("text", str(ours), _told(here), _told(there)))
            return "unchanged"
        self._later_versions(theirs, ours, after=known[-1].number)
        return "changed"

    def _summary(self, theirs: Source, slug: str, *, is_new: bool) -> str:
        """Take over a summary where there is none here; return what became of ours."""
        self.refs[theirs.ref] = ours = Ref(slug, None)
        here = self.library.story(slug).summary if self.library.has_story(slug) else None
        if here is None:
            parsed = ParsedFile(format=theirs.origin.format, sources=(), summary=_parsed(theirs))
            self._ingest(parsed, slug, theirs.origin.path, recognised={})
            return "added"
        known = _digests(self.library, ours) | ({here.origin.sha256} if is_new else set())
        if theirs.origin.sha256 not in known:
            self.conflicts.append(MergeConflict("text", str(ours), _told(here), _told(theirs)))
        return "unchanged"

    # What the user wrote and decided

    def notes(self) -> None:
        """Take over the notes that were never here, with the places that their sources have here."""
        known = self.library.known_note_uids()
        here = {note.uid: note for note in self.library.notes()}
        fresh = []
        for note in self.other.notes():
            if note.uid in known:
                mine = here.get(note.uid)
                if mine is not None and mine.fields != note.fields:
                    self.conflicts.append(MergeConflict("note", f"note {mine.id}", mine.text, note.text))
            elif (new := self._note(note)) is not None:
                fresh.append(new)
        self.taken["notes"] = len(self.library.ingest_notes(fresh, f"{len(fresh)} notes merged"))

    def _note(self, note: Note) -> NewNote | None:
        places: dict[tuple[Ref, Anchor], None] = {}
        for target in note.targets:
            ref = self._ref(target.ref)
            if ref is not None:
                places[ref, target.anchor] = None
        if not places:
            self.left_out.append(
                f"note {note.id} of the other library is about {note.targets[0].ref}, which is not in it"
            )
            return None
        return NewNote(note.uid, note.fields, tuple(places), note.created, note.modified)

    def _ref(self, theirs: Ref) -> Ref | None:
        """Return what a source or story of the other library is here; None for one that is not there."""
        if theirs.is_story:
            slug = self.slugs.get(theirs.story)
            return None if slug is None else Ref.of_story(slug)
        return self.refs.get(theirs)

    def labels(self) -> None:
        """Take over the labels and what coders marked with them; what waits as a suggestion stays behind."""
        theirs, ours = self.other.codebook(), self.library.codebook()
        for label in theirs:
            mine = ours.named(label.name)
            if mine is None:
                self._label(label.fields, None if (above := theirs.parent_of(label)) is None else above.name)
            elif label.meaning and mine.meaning and mine.meaning != label.meaning:
                self.conflicts.append(MergeConflict("label", mine.name, mine.meaning, label.meaning))
        wanted: dict[str, list[Mark]] = {}
        for span in self.other.label_spans():
            ref = self.refs.get(span.ref)
            if span.status is SpanStatus.MARKED and ref is not None:
                wanted.setdefault(self._coder(span), []).append(Mark(span.label, ref, span.target.anchor))
        before = {span.id for span in self.library.label_spans()}
        for coder, marks in wanted.items():
            marked = self.library.mark_all(marks, coder=coder, origin="merged")
            self.taken["spans"] += len({span.id for span in marked} - before)
        settled = len(self.other.settlements())
        if settled:
            self.left_out.append(f"settled disagreements of coders were not taken over ({settled})")

    def _label(self, fields: LabelFields, parent: str | None) -> None:
        keys = {label.key for label in self.library.codebook()}
        key = None if fields.key in keys else fields.key
        made = LabelFields(fields.name, fields.meaning, fields.colour, key)
        self.library.add_label(made, parent=parent)
        self.taken["labels"] += 1

    def _coder(self, span: LabelSpan) -> str:
        return self.coder if self.coder and span.coder == DEFAULT_CODER else span.coder

    def corrections(self) -> None:
        """Take over the corrections of entities that do not contradict ours."""
        here = {(one.story, one.act, frozenset(one.names)): one for one in self.library.corrections()}
        for one in self.other.corrections():
            story = None if one.story is None else self.slugs.get(one.story)
            if one.story is not None and story is None:
                continue
            mine = here.get((story, one.act, frozenset(one.names)))
            if mine is None:
                self.library.add_correction(one.act, one.names, one.value, story=story)
                self.taken["corrections"] += 1
            elif mine.value != one.value:
                self.conflicts.append(
                    MergeConflict("correction", f"{one.act} {one.name}", mine.value, one.value)
                )

    def _decisions(self, theirs: str, slug: str) -> None:
        """Take over what was decided in the audit of a story's summary."""
        here = {(one.kind, one.sentence, one.marker): one for one in self.library.audit_choices(story=slug)}
        for one in self.other.audit_choices(story=theirs):
            mine = here.get((one.kind, one.sentence, one.marker))
            value = self._value(one.value, theirs, slug)
            if value is None:
                self.left_out.append(f"{theirs}: “{one.sentence}” is read with a source that is not there")
            elif mine is None:
                self.library.add_audit_choice(
                    one.kind, one.sentence, value, marker=one.marker, note=one.note, story=slug
                )
                self.taken["decisions"] += 1
            elif mine.value != value:
                self.conflicts.append(MergeConflict("decision", f"{slug}: {one.sentence}", mine.value, value))

    def _value(self, value: str, theirs: str, slug: str) -> str | None:
        """Return a decision with the numbers that sources have here; None where one of them is not here."""
        if not value[:1].isdigit():
            return value
        refs = [self.refs.get(Ref(theirs, int(number))) for number in value.split(",")]
        if any(ref is None or ref.story != slug for ref in refs):
            return None
        return ",".join(str(ref.number) for ref in refs if ref is not None)


def _digests(library: Library, ref: Ref) -> frozenset[str]:
    """Return the SHA-256 sums of the texts that a source has or had."""
    return frozenset(version.sha256 for version in library.versions(ref))


def _parsed(source: Source) -> ParsedSource:
    facts = {name: getattr(source, name) for name in _FACTS}
    return ParsedSource(
        source.text,
        source.zones,
        key=str(source.ref),
        number=source.ref.number,
        locators=source.locators,
        pieces=source.pieces,
        **facts,
    )


def _told(source: Source) -> str:
    return f"{source.title or 'without a title'}, {len(source.text):,} characters"
