"""Adding sources to a library and taking them out of it, with what index and evidence make of that."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sources import places, sample
from sources.errors import CrossreadError
from sources.formats import FORMATS, plug_ins
from sources.importing import import_paths
from sources.importing.fetching import Fetching, is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sources.evidence.lineage.retelling_links import NearestKin
    from sources.evidence.lineage.text_reuse import FoundReuse
    from sources.evidence_cache import EvidenceCache
    from sources.importing import ImportProgress, ImportReport
    from sources.importing.report import FileReport
    from sources.library import Library
    from sources.model import Ref
    from tui.services.proposed_stories import ProposedStory

MOST_TAKEN_BACK = 20_000  # sources of one import that one undo takes out again; as many take seconds
SAMPLE = sample.STORY  # the slug of the bundled story


def format_names() -> tuple[str, ...]:
    """Return the names of all formats that are read here, those of plug-ins too."""
    return tuple(sorted({*FORMATS, *plug_ins.names()}))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be added: files and folders, or ``-`` for standard input, and what they do not say."""

    paths: Sequence[str]
    story: str | None = None
    format: str | None = None
    encoding: str | None = None
    publisher: str | None = None
    date: str | None = None
    columns: Sequence[str] = ()
    fetch: bool = False  # whether the pages of the web among the paths may be fetched
    ignore_robots: bool = False
    private: Sequence[str] = ()  # hosts that may be in a private network
    title: str | None = None  # of the story, where it is new

    @classmethod
    def sample(cls) -> Wanted:
        """Return the bundled story with its single article."""
        return cls([str(sample.page_path()), str(sample.article_path())], SAMPLE)


def add(
    library: Library,
    wanted: Wanted,
    *,
    progress: Callable[[ImportProgress], None],
    cancelled: Callable[[], bool] = lambda: False,
    undoable: bool = True,
) -> ImportReport:
    """Put into the library what is wanted and say what became of it; raises InputError and LibraryError.

    With ``undoable`` one undo takes out again what was added; new versions of what was there stay.
    """
    before = {story.slug for story in library.stories()}
    report = import_paths(
        library,
        wanted.paths,
        story=wanted.story,
        format_name=wanted.format,
        encoding=wanted.encoding,
        publisher=wanted.publisher,
        date=wanted.date,
        columns=wanted.columns,
        fetching=_fetching(wanted),
        standard_input=getattr(sys.stdin, "buffer", None),  # it may be closed
        progress=progress,
        cancelled=cancelled,
    )
    new_stories = [story.slug for story in report.stories if story.added and story.slug not in before]
    if wanted.title and wanted.story is not None and wanted.story in new_stories:
        library.name_story(wanted.story, wanted.title)
        report = replace(report, stories=tuple(replace(one, title=wanted.title) for one in report.stories))
    if undoable and is_taken_back(report):
        added = [ref for story in report.stories for ref in story.added]
        library.record_arrival(added, new_stories, arrival_told(report))
    return report


def is_taken_back(report: ImportReport) -> bool:
    """Tell whether one undo takes out again what an import added: there is something, and not too much."""
    return 0 < sum(len(story.added) for story in report.stories) <= MOST_TAKEN_BACK


def arrival_told(report: ImportReport) -> str:
    """Return what came in, as undo names it: ``3 sources added to rail-strike``."""
    stories = [story for story in report.stories if story.added]
    refs = [ref for story in stories for ref in story.added]
    if len(refs) == 1:
        return f"{refs[0]} added"
    count = sum(ref.number is not None for ref in refs)  # a summary is no source
    where = stories[0].slug if len(stories) == 1 else f"{len(stories):,} stories"
    return f"{count:,} source{'s' * (count != 1)} added to {where}"


def _fetching(wanted: Wanted) -> Fetching | None:
    """Return how the addresses among the paths are fetched, where that is wanted or set for all commands."""
    if not any(map(is_address, wanted.paths)):
        return None
    from tui.services.config import read_config

    if not wanted.fetch and not read_config(places.config_file()).network:
        return None
    return Fetching(wanted.ignore_robots, frozenset(host.lower() for host in wanted.private))


def rehearse(
    folder: Path,
    wanted: Wanted,
    *,
    progress: Callable[[ImportProgress], None],
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Say what `add` would put into the library in ``folder``; nothing is written, and no library made."""
    from sources.library.rehearsal import rehearsal

    with rehearsal(folder) as library:
        return add(library, wanted, progress=progress, cancelled=cancelled)


def new_refs(report: ImportReport) -> tuple[Ref, ...]:
    """Return the sources that are new or changed."""
    return tuple(ref for story in report.stories for ref in (*story.added, *story.changed))


def prepare(
    cache: EvidenceCache,
    report: ImportReport,
    *,
    progress: Callable[[str], None] = lambda _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Work out the evidence of the stories that have something new, before somebody asks for it."""
    changed = [story.slug for story in report.stories if story.added or story.changed]
    for place, slug in enumerate(changed, start=1):
        progress(f"reading {slug} for names, quotes and figures ({place} of {len(changed)})")
        cache.prepare(slug, cancelled=cancelled)


@dataclass(frozen=True, slots=True)
class Near:
    """New sources that are for a good part in others, kin of theirs elsewhere, and the stories to be made."""

    reuse: tuple[FoundReuse, ...] = ()
    proposed: tuple[NearestKin, ...] = ()
    groups: tuple[ProposedStory, ...] = ()


def what_is_near(
    cache: EvidenceCache, refs: Sequence[Ref], *, cancelled: Callable[[], bool] = lambda: False
) -> Near:
    """Look for the new sources ``refs`` in the rest of the library, and among each other."""
    if not refs:
        return Near()
    from tui.services.proposed_stories import proposed_stories

    try:
        reuse = cache.reuse_of(refs, cancelled=cancelled)
        kin = cache.stories_for(refs, cancelled=cancelled)
        groups = cache.event_groups(refs, cancelled=cancelled)
        return Near(reuse, kin, proposed_stories(cache.library, groups, kin))
    except CrossreadError:
        return Near()  # what is wrong with the library, whoever reads it next will tell


# What became of a file, in words.


def sources_told(file: FileReport) -> str:
    """Return how many sources a file had, how many of them are unchanged, and what of it was not read."""
    skipped = f", {len(file.unchanged):,} unchanged" if file.unchanged else ""
    failed = f", {file.failures:,} not read" if file.failures else ""
    return f"{len(file.sources):,}{skipped}{failed}" if file.reason is None or file.sources else ""


def guessed_told(file: FileReport) -> str:
    """Return the fields that were guessed, those of several sources with their number."""
    counts = Counter(guess.field for guess in file.guessed)
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counts.items())


def muted_told(file: FileReport) -> str:
    """Return how much of a file never is evidence."""
    if not file.muted_zones:
        return ""
    return f"{file.muted_zones:,} {'zone' if file.muted_zones == 1 else 'zones'}, {file.muted_words:,} words"
