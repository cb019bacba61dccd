"""Which story a file's sources go to."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import Malformed, RequestError
from sources.model import Ref, ZoneKind, is_slug
from sources.text.cleaning import sha256_of
from sources.text.headlines import make_slug, shortened

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sources.importing.files import Input
    from sources.library import Library
    from sources.model import ParsedFile, ParsedSource, SourceEntry

_WORD = re.compile(r"[^\W\d_]{3,}")
_PART = re.compile(r"[^\W_]+")
_SLUG_PART = re.compile(r"[a-z0-9]+")


def checked_slug(story: str) -> str:
    """Return the story that the user named; raises RequestError when it cannot name one."""
    if is_slug(story):
        return story
    meant = named_slug(story)
    raise RequestError(
        f"{story!r} cannot name a story: use lower-case words joined by hyphens, such as {meant}."
    )


def named_slug(name: str) -> str:
    """Return the slug of a story that somebody gave a name in their own words."""
    if is_slug(name):
        return name
    words = [word for part in _PART.findall(name) for word in _SLUG_PART.findall(make_slug(part))]
    slug = "-".join(words)[:80].strip("-")
    return slug or f"story-{sha256_of(name)[:8]}"


class Placing:
    """Finds stories for parcels; it only reads the library, and only what it needs."""

    def __init__(
        self,
        library: Library,
        story: str | None,
        inputs: Sequence[Input] = (),
        apart: Container[str] = (),
    ) -> None:
        self._library = library
        self._story = story
        self._inputs = inputs
        self._apart = apart
        self._folders: dict[Path, str] = {}
        self._placed: dict[str, set[str | None]] = {}  # slug -> the files of this import that went there
        self._homes: dict[str, str] = {}  # the story of each file of records, which come in parcels

    def place(self, parsed_file: ParsedFile, given: Input) -> tuple[ParsedFile, str]:
        """Return the parcel, with a title for its story if that is new, and the story's slug.

        Raises Malformed for a page that would take numbers which another file's sources have.
        """
        paged = parsed_file.page_text is not None
        slug = self._slug(parsed_file, given)
        self._placed.setdefault(slug, set()).add(given.stored)
        if paged:
            self._refuse_taken_numbers(parsed_file, slug, given)
            return parsed_file, slug
        folder = self._in_folder(parsed_file, given)
        if folder is not None and self._story is None and len(parsed_file.sources) == 1:
            return replace(parsed_file, title=folder.resolve().name), slug
        return replace(parsed_file, title=parsed_file.title or _title_of_body(parsed_file)), slug

    def place_records(self, name: str | None, given: Input, parsed_file: ParsedFile) -> str:
        """Return the story of JSON Lines records: the one they name, else the file's own."""
        if self._story is not None:
            return self._story
        if name is not None:
            return named_slug(name)
        if given.shown in self._homes:
            return self._homes[given.shown]
        # A packed file has the name of what it was before.
        name_of_file = "" if given.path is None else given.path.name.removesuffix(".gz")
        stem = Path(name_of_file).stem or "standard input"
        slug = self._homes[given.shown] = self._own(named_slug(stem), parsed_file, given)
        return slug

    def expect(self, inputs: Sequence[Input]) -> None:
        """Count inputs that were found in an archive among those of the import."""
        self._inputs = [*self._inputs, *inputs]

    def forget(self, inputs: Sequence[Input]) -> None:
        """Forget where files went that could not be saved."""
        for given in inputs:
            self._homes.pop(given.shown, None)
            if given.folder is not None:
                self._folders.pop(given.folder, None)
            for files in self._placed.values():
                files.discard(given.stored)

    def _slug(self, parsed_file: ParsedFile, given: Input) -> str:
        if self._story is not None:
            return self._story
        if given.stored is not None and (known := self._library.story_of_path(given.stored)):
            if folder := self._in_folder(parsed_file, given):
                self._folders.setdefault(folder, known)
            return known
        if folder := self._in_folder(parsed_file, given):
            if folder not in self._folders:
                self._folders[folder] = self._folder_slug(folder, parsed_file, given)
            return self._folders[folder]
        return self._own(_wanted_slug(parsed_file, given), parsed_file, given)

    def _in_folder(self, parsed_file: ParsedFile, given: Input) -> Path | None:
        """Return the folder with whose story a file goes; None for one that is a story by itself."""
        return None if parsed_file.format in self._apart else given.folder

    def _folder_slug(self, folder: Path, parsed_file: ParsedFile, given: Input) -> str:
        """Return the story where other files of the folder are, else one named by the folder."""
        for other in self._inputs:
            if other.folder != folder or other.stored is None:
                continue
            known = self._library.story_of_path(other.stored)
            if known is not None and self._library.format_of_path(other.stored) not in self._apart:
                return known
        return self._own(named_slug(folder.resolve().name or "folder"), parsed_file, given)

    def _own(self, wanted: str, parsed_file: ParsedFile, given: Input) -> str:
        """Return ``wanted``, or it with a number when another story has that name already."""
        slug, number = wanted, 1
        while self._library.has_story(slug) and not self._is_at_home(slug, parsed_file, given):
            number += 1
            slug = f"{wanted[:74]}-{number}"
        return slug

    def _is_at_home(self, slug: str, parsed_file: ParsedFile, given: Input) -> bool:
        """Tell whether a story is the one that this file, or what it says, already is in."""
        if given.stored is not None and given.stored in self._placed.get(slug, ()):
            return True
        entries = self._as_filed(slug)
        if parsed_file.page_text is not None:
            return _alike(parsed_file.sources, entries)
        if entries and given.stored is not None and self._path(slug, entries[0]) == given.stored:
            return True
        texts = {entry.sha256 for entry in entries}
        if any(sha256_of(parsed.text) in texts for parsed in parsed_file.sources[:50]):
            return True
        # A text from standard input has no file to be known by: its title has to do.
        titles = {entry.title for entry in entries if entry.title and self._path(slug, entry) is None}
        return given.stored is None and any(parsed.title in titles for parsed in parsed_file.sources[:50])

    def _as_filed(self, slug: str) -> tuple[SourceEntry, ...]:
        """List the sources of a story, each under the title that its file gives it."""
        said = self._library.stated_titles(slug)
        return tuple(
            replace(entry, title=said[entry.ref]) if entry.ref in said else entry
            for entry in self._library.entries(slug)
        )

    def _path(self, slug: str, entry: SourceEntry) -> str | None:
        return self._library.source(Ref(slug, entry.ref.number)).origin.path

    def _refuse_taken_numbers(self, parsed_file: ParsedFile, slug: str, given: Input) -> None:
        if not self._library.has_story(slug):
            return
        entries = self._as_filed(slug)
        if _alike(parsed_file.sources, entries):
            return
        wanted = {parsed.number for parsed in parsed_file.sources}
        taken = [
            entry
            for entry in entries
            if entry.ref.number in wanted and self._path(slug, entry) != given.stored
        ]
        if taken:
            numbers = ", ".join(str(entry.ref.number) for entry in taken[:5]) + (
                " …" if len(taken) > 5 else ""
            )
            reason = f"is a page whose numbers other files already have in the story {slug} ({numbers})"
            raise Malformed(f"{reason}: add it with another --story, or remove these first", path=given.shown)


def _alike(parsed_sources: tuple[ParsedSource, ...], entries: tuple[SourceEntry, ...]) -> bool:
    """Tell a page that was saved twice from two pages: at least half of what both number is the same."""
    by_number = {entry.ref.number: entry for entry in entries}
    shared = [(parsed, by_number[parsed.number]) for parsed in parsed_sources if parsed.number in by_number]
    same = sum(
        sha256_of(parsed.text) == entry.sha256 or (entry.title is not None and entry.title == parsed.title)
        for parsed, entry in shared
    )
    return bool(shared) and same * 2 >= len(shared)


def _wanted_slug(parsed_file: ParsedFile, given: Input) -> str:
    """Make a slug from the title, else from a file name that has words, else from how the body begins."""
    stem = given.path.stem if given.path is not None else ""
    words = [part for part in _PART.findall(stem) if _WORD.fullmatch(part)]
    body = _body(parsed_file)
    candidates = (
        parsed_file.title or "",
        " ".join(words) if len(words) >= 2 else "",
        " ".join(body.split()[:12]),
        stem,
    )
    return next((slug for text in candidates if (slug := make_slug(text))), f"story-{sha256_of(body)[:8]}")


def _body(parsed_file: ParsedFile) -> str:
    """Return the beginning of the first text's body."""
    parsed = parsed_file.sources[0]
    zone = next((zone for zone in parsed.zones if zone.kind is ZoneKind.BODY), None)
    return parsed.text[zone.start : zone.end][:2000].strip() if zone else parsed.text[:2000].strip()


def _title_of_body(parsed_file: ParsedFile) -> str | None:
    return shortened(_body(parsed_file)) or None if len(parsed_file.sources) == 1 else None
