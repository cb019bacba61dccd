"""The state that all views share: what is open, marked and searched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, fields
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sources.model import NoteState, Ref, Span, TargetKind, located
from tui.app.registers import Registers, to_keep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from sources.errors import QueryError
    from sources.model import Note, Source, SourceEntry, StoryEntry
    from tui.app.jumps import Named
    from tui.services import Facet, Hit, Results


MOST_MARKED = 50
MOST_COMPARED = 4  # sources side by side
SMALL_STORY = 100  # sources up to which all of a story is worked out without asking


class Sought(StrEnum):
    """What ``n`` and ``N`` go through: the hits of the library search, or those of find in the text."""

    SEARCH = "search"
    FIND = "find"


@dataclass(slots=True)
class SearchState:
    """The search that is on: its query as typed, the last answer, and what is wrong with the query.

    ``unfinished`` tells a query that was typed, whose last word may go on, from one that was put there.
    ``results`` holds the hits of all pages that were asked for; ``unfolded`` are the hits whose near copies
    are listed under them, ``named`` the titles and publishers of these copies.
    """

    query: str = ""
    unfinished: bool = False
    sort: str = "relevance"
    results: Results | None = None
    error: QueryError | None = None
    unfolded: set[Ref] = field(default_factory=set)
    named: dict[Ref, tuple[str | None, str | None]] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    new: frozenset[Ref] = frozenset()  # hits that are new since the saved search was looked at
    reads_hit: bool = False  # whether the text that is read was opened from the results
    followed: bool = False  # whether a hit was: one step back from the results is the end of the search then

    @property
    def spelled_out(self) -> str:
        """Return the query as it has to be written where its last word does not go on."""
        if not self.unfinished:
            return self.query
        from tui.services.queries import spelled_out

        answered = self.results is not None and self.results.query == self.query
        return spelled_out(self.query, begins=answered and self.results is not None and self.results.begins)

    @property
    def on(self) -> bool:
        """Tell whether anything is being searched for."""
        return bool(self.query.strip())

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return the hits of the last answer."""
        return self.results.hits if self.results else ()

    @property
    def left(self) -> int:
        """Return how many hits there are beyond the pages that were asked for."""
        return max(0, self.results.total - len(self.hits)) if self.results else 0

    def refs(self) -> tuple[Ref, ...]:
        """Return the sources in the order of the list, near copies where they are unfolded."""
        return tuple(
            ref for hit in self.hits for ref in (hit.ref, *(hit.copies if hit.ref in self.unfolded else ()))
        )

    def place_of(self, ref: Ref | None) -> int:
        """Return the place of a source among the hits, from 1; copies have that of the best, 0 is none."""
        places = (place for place, hit in enumerate(self.hits, 1) if ref == hit.ref or ref in hit.copies)
        return next(places, 0)

    def passage_of(self, ref: Ref) -> Span | None:
        """Return the best passage of a hit; of its near copies, too, nobody has looked where that is."""
        return next((hit.passage for hit in self.hits if hit.ref == ref), None)

    def step(self, current: Ref | None, direction: int) -> Ref | None:
        """Return the source after or before ``current``, or after or before the best of its copies."""
        refs, place = self.refs(), self.place_of(current)
        if current not in refs and place:
            current = self.hits[place - 1].ref
        return step(refs, current, direction)

    def add_page(self, page: Results, size: int) -> None:
        """Put a further page behind the hits; one of fewer than ``size`` hits is the last."""
        known = set(self.refs()) | {hit.ref for hit in self.hits}
        hits = (*self.hits, *(hit for hit in page.hits if hit.ref not in known))
        last = len(page.hits) < size and page.whole
        total = len(hits) if last else max(page.total, len(hits))
        self.results = page._replace(hits=hits, total=total)


@dataclass(frozen=True, slots=True)
class LibraryListing:
    """What the library pane shows: stories, and the sources of those that are unfolded."""

    stories: tuple[StoryEntry, ...] = ()
    entries: Mapping[str, tuple[SourceEntry, ...]] = field(default_factory=dict)
    summary_notes: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[Ref, str] = field(default_factory=dict)  # first words of sources without a title
    copies: Collection[Ref] = frozenset()
    changed: Collection[str] = frozenset()  # stories in which something changed since it was looked at

    @classmethod
    def of(
        cls,
        stories: Sequence[StoryEntry],
        entries: Mapping[str, tuple[SourceEntry, ...]],
        summary_notes: Mapping[str, int],
        names: Mapping[Ref, str],
        changed: Collection[str] = frozenset(),
    ) -> LibraryListing:
        """Make a listing, and see which of its texts are the same letter by letter."""
        copies = frozenset(ref for known in entries.values() for ref in copies_among(known))
        return cls(tuple(stories), entries, summary_notes, names, copies, changed)

    def refs(self, slug: str) -> tuple[Ref, ...]:
        """Return what can be opened of a story in reading order, its summary last."""
        refs = tuple(entry.ref for entry in self.entries.get(slug, ()))
        has_summary = any(story.slug == slug and story.has_summary for story in self.stories)
        return (*refs, Ref(slug, None)) if has_summary else refs


@dataclass(slots=True)
class AppState:
    """The state that all views share."""

    demo: bool = False  # whether this is the library of the demo story, which is made up
    listing: LibraryListing = field(default_factory=LibraryListing)
    source: Source | None = None
    wanted: Ref | None = None  # what was asked for last; it may still be on its way
    sequence: tuple[Ref, ...] = ()  # the refs of the open story, in reading order
    marked: list[Ref] = field(default_factory=list)
    compared: tuple[Ref, ...] = ()  # side by side, the first of them leading
    side_by_side: tuple[Source, ...] = ()  # what the view that compares shows by now
    read: set[Ref] = field(default_factory=set)
    copies: frozenset[Ref] = frozenset()  # of other sources, in the stories whose lineage is known
    rewrites: frozenset[Ref] = frozenset()
    search: SearchState = field(default_factory=SearchState)
    recent_searches: list[str] = field(default_factory=list)  # the newest first
    spans: tuple[Span, ...] = ()  # the search's hits in the open text
    sought: Sought = Sought.SEARCH
    stepped_to: int | None = None  # the offset of the mark in the open text that was gone to last
    notes: tuple[Note, ...] = ()  # on the open source, in the order of their places
    drafts: dict[str, str] = field(default_factory=dict)  # by story, the file that is audited against it
    registers: Registers = field(default_factory=Registers)  # what was copied
    named: list[Named] = field(default_factory=list)  # places that were given a letter
    labelling: bool = False  # whether the keys of the labels act in the text

    @property
    def ref(self) -> Ref | None:
        """Return what is open."""
        return self.source.ref if self.source else None

    def toggle_mark(self, ref: Ref) -> bool:
        """Mark or unmark a source; False when there is no room for another mark."""
        if ref in self.marked:
            self.marked.remove(ref)
        elif len(self.marked) >= MOST_MARKED:
            return False
        else:
            self.marked.append(ref)
        return True

    def to_compare(self) -> tuple[Ref, ...]:
        """Return what can be compared: the marked sources, or the marked one and the open one."""
        refs = list(self.marked)
        if len(refs) == 1 and self.ref is not None and self.ref not in refs:
            refs.append(self.ref)
        return tuple(refs)

    def selections(self) -> tuple[tuple[Ref, ...], ...]:
        """Return what of these can stand side by side: all of them, as far as they fit, and each pair."""
        refs = self.to_compare()
        pairs = tuple(combinations(refs, 2)) if len(refs) <= MOST_COMPARED else ()
        return (refs, *pairs) if 2 < len(refs) <= MOST_COMPARED else pairs

    def step_selection(self, direction: int) -> tuple[Ref, ...] | None:
        """Return the selection after (1) or before (-1) the one that is compared, round and round."""
        selections = self.selections()
        if not selections:
            return None
        order = [frozenset(refs) for refs in selections]
        current = frozenset(self.compared)
        return (
            selections[(order.index(current) + direction) % len(order)] if current in order else selections[0]
        )

    def follow(self, moved: Mapping[Ref, Ref]) -> None:
        """Let what is marked, read and compared go with sources that are another ref now."""
        self.marked = [moved.get(ref, ref) for ref in self.marked]
        self.read = {moved.get(ref, ref) for ref in self.read}
        self.compared = tuple(moved.get(ref, ref) for ref in self.compared)
        words = {str(before): str(now) for before, now in moved.items()}
        self.named = [one._replace(place=one.place.follows(words)) for one in self.named]

    def forget(self, removed: Iterable[Ref]) -> None:
        """Forget sources that are gone."""
        gone = set(removed)
        self.marked = [ref for ref in self.marked if ref not in gone]
        self.read -= gone
        if gone.intersection(self.compared):
            self.compared = ()


def step(sequence: Sequence[Ref], current: Ref | None, direction: int) -> Ref | None:
    """Return the neighbour of ``current``; the first or last when it is not among them; None at an end."""
    if not sequence:
        return None
    if current not in sequence:
        return sequence[0] if direction > 0 else sequence[-1]
    place = sequence.index(current) + direction
    return sequence[place] if 0 <= place < len(sequence) else None


def hit_from(spans: Sequence[Span], cursor: int, direction: int) -> int | None:
    """Return the index of the hit after or before the cursor; None when there is none that way."""
    starts = [span.start for span in spans]
    if direction > 0:
        place = bisect_right(starts, cursor)
        return place if place < len(starts) else None
    place = bisect_left(starts, cursor) - 1
    return place if place >= 0 else None


def hit_number(spans: Sequence[Span], cursor: int) -> int:
    """Return which hit the cursor stands on or has passed last, from 1; 0 before the first."""
    return bisect_right([span.start for span in spans], cursor)


def sentence_at(sentences: Sequence[Span], offset: int) -> Span | None:
    """Return the sentence at an offset, or the one before it when it stands between two."""
    place = bisect_right([sentence.start for sentence in sentences], offset) - 1
    if place < 0:
        return sentences[0] if sentences else None
    return sentences[place]


def trimmed(text: str, span: Span) -> Span | None:
    """Return the span without white space at its ends; None when nothing is left."""
    start, end = max(0, span.start), min(len(text), span.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def copies_among(entries: Iterable[SourceEntry]) -> frozenset[Ref]:
    """Return the sources whose text another one of them has letter by letter."""
    entries = tuple(entries)
    counts = Counter(entry.sha256 for entry in entries)
    return frozenset(entry.ref for entry in entries if counts[entry.sha256] > 1)


def place_in(note: Note, ref: Ref) -> Span | None:
    """Return the passage of a source that a note stands on; None when there is none, or it is lost."""
    for target in note.targets:
        if target.ref == ref and target.kind is TargetKind.PASSAGE and target.state is not NoteState.ORPHAN:
            return Span(target.anchor.start, target.anchor.end)
    return None


def in_reading_order(notes: Iterable[Note], ref: Ref) -> tuple[Note, ...]:
    """Return the notes of a source by their place in it, orphans last."""

    def key(note: Note) -> tuple[bool, int, int]:
        place = place_in(note, ref)
        return (place is None, place.start if place else 0, note.id)

    return tuple(sorted(notes, key=key))


def tags_of(line: str) -> tuple[str, ...]:
    """Read a line of tags: separated by white space or commas, with or without ``#``, each once."""
    words = (word.strip("#") for word in line.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))


def citation(source: Source, span: Span) -> str:
    """Return a passage with where it is from, as it goes onto the clipboard."""
    place = located(source.locators, *span)
    parts = [source.title, source.publisher, source.author, source.date, place, source.url, source.ref]
    quote = " ".join(span.of(source.text).split())
    return f"“{quote}” — {', '.join(str(part) for part in parts if part)}"


# Where one was: kept per library as JSON, written atomically, read with tolerance for anything odd.


VIEWS = ("read", "compare", "story", "notes", "results")
MOST_READ = 100_000


@dataclass(slots=True)
class Session:
    """What the app needs to come back to where it was; refs are kept as text."""

    view: str = ""  # none before the first time
    source: str = ""
    cursor: int = 0
    marked: list[str] = field(default_factory=list)
    pair: list[str] = field(default_factory=list)
    search: str = ""
    search_unfinished: bool = False
    sort: str = ""
    library_order: str = ""
    searches: list[str] = field(default_factory=list)  # that were run, the newest first
    named: list[str] = field(default_factory=list)  # places with a letter each, as `jumps` writes them
    registers: dict[str, str] = field(default_factory=dict)  # what was copied, by its letters
    facets_shown: bool = False
    unfolded: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)  # widths of the sides, by size class
    right_shown: bool = True
    left_shown: bool = True
    tab: str = "entities"
    hidden_kinds: list[str] = field(default_factory=list)
    theme: str = ""
    tour: int = 0  # steps of the tour that were done


def session_file(state_folder: Path, library_folder: Path) -> Path:
    """Return where the session of a library is kept."""
    name = hashlib.sha256(str(library_folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state_folder / "sessions" / f"{name}.json"


def load_session(path: Path) -> Session:
    """Read a session; whatever is missing, unknown or of the wrong type falls back to its default."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Session()
    session = Session()
    if not isinstance(raw, dict):
        return session
    for known in fields(Session):
        if known.name in raw:
            _take(session, known.name, raw[known.name])
    return session


def save_session(path: Path, session: Session) -> None:
    """Write a session so that a reader finds the old one or the new one, never half of one."""
    values = {known.name: getattr(session, known.name) for known in fields(Session)}
    values["read"] = session.read[-MOST_READ:]
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(values, file, ensure_ascii=True, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _take(session: Session, name: str, value: Any) -> None:
    if name in {"marked", "pair", "read"}:
        if isinstance(value, list):
            setattr(session, name, [text for text in value if isinstance(text, str) and Ref.parse(text)])
    elif name in {"unfolded", "hidden_kinds", "searches", "named"}:
        if isinstance(value, list):
            setattr(session, name, [text for text in value if isinstance(text, str)])
    elif name == "registers":
        session.registers = to_keep(value) if isinstance(value, dict) else {}
    elif name == "shares":
        if isinstance(value, dict):
            session.shares = {
                key: float(share)
                for key, share in value.items()
                if isinstance(share, int | float) and not isinstance(share, bool) and 0 < share < 1
            }
    elif name == "view":
        session.view = value if value in VIEWS else ""
    elif type(value) is type(getattr(session, name)) and not (isinstance(value, int) and value < 0):
        setattr(session, name, value)
