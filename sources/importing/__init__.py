"""Imports texts into the library: finds and reads them, recognises the format, places them, and reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sources.errors import EmptyInput, InputError, LibraryError, NotText, RequestError
from sources.formats import json_lines, plug_ins, story_page
from sources.formats.parsing import one_line, parse_date
from sources.formats.registry import HEAD
from sources.importing.files import (
    STANDARD_INPUT,
    Input,
    find_inputs,
    groups,
    opened,
    read_all,
    read_lines,
    read_some,
    rewound,
    shown,
)
from sources.importing.placing import Placing, checked_slug
from sources.library.ingest import IngestResult
from sources.notes.anchoring import find_anchor
from sources.text.cleaning import clean_text, decode, decode_as, known_encoding, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from sources.formats.registry import Registry, Stream
    from sources.library import Library
    from sources.model import ParsedFile, ParsedSource, Ref


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: ``done`` of ``total`` inputs, the one being read, and the sources seen so far."""

    done: int
    total: int
    path: str
    sources: int


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input, or a part of one, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all inputs; ``warnings`` are sentences about what was odd but could be read.

    ``trouble`` is why the library could not be written any more after ``stories`` had been saved; what was
    not read because of it is among ``failed``.
    """

    stories: tuple[IngestResult, ...]
    failed: tuple[FailedInput, ...]
    warnings: tuple[str, ...]
    trouble: LibraryError | None = None


_LISTED = 3
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class _Gathered:
    """What one story has got so far."""

    title: str | None = None
    added: list[Ref] = field(default_factory=list)
    changed: list[Ref] = field(default_factory=list)
    unchanged: list[Ref] = field(default_factory=list)


@dataclass(slots=True)
class _Import:
    """One import while it runs."""

    library: Library
    formats: Registry
    placing: Placing
    format_name: str | None
    encoding: str | None
    publisher: str | None
    date: str | None
    standard_input: BinaryIO | None
    progress: Callable[[ImportProgress], None] | None
    cancelled: Callable[[], bool]
    stories: dict[str, _Gathered] = field(default_factory=dict)
    failed: list[FailedInput] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    done: int = 0
    total: int = 0
    sources: int = 0
    stopped: bool = False

    def stops(self) -> bool:
        """Ask whether to go on, and note it where not."""
        if self.cancelled():
            self.stopped = True
            left = self.total - self.done
            self.warnings.append(
                f"stopped as asked: {left} of {self.total} inputs were not read to their end"
            )
        return self.stopped

    def join(self, other: _Import) -> None:
        """Take over what became of the inputs that ``other`` went on with from here."""
        self.done, self.sources, self.stopped = other.done, other.sources, other.stopped
        self.failed += other.failed
        self.warnings += other.warnings
        for slug, got in other.stories.items():
            self.note(slug, got)

    def note(self, slug: str, got: IngestResult | _Gathered) -> None:
        """Remember what a story got."""
        gathered = self.stories.setdefault(slug, _Gathered())
        gathered.title = got.title
        gathered.added += got.added
        gathered.changed += got.changed
        gathered.unchanged += got.unchanged

    def tell(self, given: Input) -> None:
        if self.progress is not None:
            self.progress(ImportProgress(self.done, self.total, given.shown, self.sources))

    def fail(self, error: InputError, path: str) -> None:
        reason = error.reason if error.line is None else f"line {error.line}: {error.reason}"
        self.failed.append(FailedInput(path, printable(reason)))


def import_paths(  # noqa: PLR0913 - each is an option of its own to whoever adds something
    library: Library,
    paths: Sequence[str],
    *,
    story: str | None = None,
    format_name: str | None = None,
    encoding: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    standard_input: BinaryIO | None = None,
    progress: Callable[[ImportProgress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Put files, folders with all below them, and standard input (``-``) into the library.

    ``story`` puts all of it into one story, story pages first; ``encoding`` is that of all files;
    ``publisher`` and ``date`` hold where a file names none. One input that cannot be read does not stop the
    rest: the report names it. Each file is taken in whole or not at all, small ones some at a time; JSON
    Lines in batches. ``cancelled`` is asked between files and batches; what was taken in stays.

    Raises RequestError for an option that makes no sense and LibraryError when the library cannot be
    written; once something was saved, the report carries that error instead.
    """
    warnings: list[str] = []
    formats = plug_ins.with_plug_ins(warnings.append)
    if format_name is not None:
        formats.find(format_name)
    if encoding is not None and not known_encoding(encoding):
        raise RequestError(
            f"{encoding!r} is not an encoding: write utf-8, cp1252, gb18030, shift_jis or the like."
        )
    if date is not None and (date := parse_date(asked := date)) is None:
        raise RequestError(f"{asked!r} is not a date: write it as 2031-06-12, 2031-06 or 12 June 2031.")
    if STANDARD_INPUT in paths and standard_input is None:
        raise RequestError("There is no standard input to read from.")
    slug = None if story is None else checked_slug(story)
    failed: list[FailedInput] = []
    inputs = _inputs(paths, formats.suffixes, failed, warnings)
    if slug is not None:
        # A page's summary cites its sources by number, so that a page has to come before what has none.
        inputs.sort(key=_turn)
    running = _Import(
        library,
        formats,
        Placing(library, slug, inputs),
        format_name,
        encoding,
        one_line(publisher, "publisher"),
        date,
        standard_input,
        progress,
        cancelled,
        failed=failed,
        warnings=warnings,
        total=len(inputs),
    )
    trouble = _import_all(running, inputs)
    stories = (
        IngestResult(slug, got.title, tuple(got.added), tuple(got.changed), tuple(got.unchanged))
        for slug, got in running.stories.items()
    )
    return ImportReport(tuple(stories), tuple(running.failed), tuple(running.warnings), trouble)


def _import_all(running: _Import, inputs: Sequence[Input]) -> LibraryError | None:
    """Read the inputs in order; return what ended it early after something had been saved."""
    for group in groups(inputs):
        if len(group) == 1 or not _import_group(running, group):
            error = _import_singly(running, group, inputs)
            if error is not None:
                return error
        if running.stopped:
            break
    return None


def _import_group(running: _Import, group: Sequence[Input]) -> bool:
    """Save inputs in one transaction; tell whether that went well, else nothing of it has happened."""
    attempt = replace(running, stories={}, failed=[], warnings=[])
    try:
        with running.library.together():
            for given in group:
                if attempt.stops():
                    break
                attempt.tell(given)
                _import_one(attempt, given)
                attempt.done += 1
    except LibraryError:
        running.placing.forget(group)
        return False
    running.join(attempt)
    return True


def _import_singly(running: _Import, group: Sequence[Input], inputs: Sequence[Input]) -> LibraryError | None:
    """Save one input after the other; return what ended it early after something had been saved."""
    for given in group:
        if running.stops():
            break
        running.tell(given)
        try:
            _import_one(running, given)
        except LibraryError as error:
            if not running.stories:
                raise
            running.failed.append(FailedInput(given.shown, "could not be saved, or not to its end"))
            unread = inputs[running.done + 1 :]
            running.failed += [FailedInput(each.shown, "was not read any more") for each in unread]
            return error
        running.done += 1
    return None


def _inputs(
    paths: Sequence[str], suffixes: Container[str], failed: list[FailedInput], warnings: list[str]
) -> list[Input]:
    """List what is to be read, each file once; what cannot be goes to the other two lists."""
    inputs: dict[str | None, Input] = {}
    for named in paths:
        try:
            found = find_inputs(named, suffixes)
        except InputError as error:
            failed.append(FailedInput(shown(named), error.reason))
            continue
        failed += [FailedInput(path, reason) for path, reason in found.closed]
        if found.left_out:
            names = ", ".join(Path(path).name for path in found.left_out[:_LISTED])
            more = f" and {len(found.left_out) - _LISTED} more" if len(found.left_out) > _LISTED else ""
            warnings.append(f"{shown(named)}: left out what is in no format that is read: {names}{more}")
        for given in found.inputs:
            inputs.setdefault(given.stored, given)
    return [*inputs.values()]


def _turn(given: Input) -> int:
    """Sort story pages before standard input, which cannot be looked at twice, and that before the rest."""
    if given.path is None:
        return 1
    try:
        with opened(given.path) as file:
            text = clean_text(decode(read_some(file, HEAD, given.shown)))
    except InputError:
        return 2  # reading it will tell what is wrong
    return 0 if story_page.matches(text, given.path) else 2


def _import_one(running: _Import, given: Input) -> None:
    try:
        if given.path is not None:
            with opened(given.path) as file:
                _import_file(running, given, file)
        elif running.standard_input is not None:
            _import_file(running, given, running.standard_input)
    except NotText as error:
        if given.folder is not None and given.path is not None and not given.path.suffix:
            running.warnings.append(f"{given.shown}: {error.reason} and was left out")
        else:
            running.fail(error, given.shown)
    except InputError as error:
        running.fail(error, given.shown)


def _import_file(running: _Import, given: Input, file: BinaryIO) -> None:
    head = read_some(file, HEAD, given.shown)
    binary = running.formats.of_bytes(head, given.path, running.format_name)
    if binary is not None:
        for parsed_file in binary.read(rewound(file, given.shown, head), given.path):
            _take_parsed(running, given, parsed_file)
        return
    if running.encoding is None and (stream := _stream(running, given, head)):
        _import_records(
            running, given, stream(read_lines(file, given.shown, json_lines.LONGEST_LINE, head), given.path)
        )
        return
    decoded = decode_as(read_all(file, given.shown, head), running.encoding, path=given.shown)
    if decoded.guess is not None:
        running.warnings.append(
            f"{given.shown}: states no encoding; read as {decoded.guess} (--encoding says another)"
        )
    text = clean_text(decoded.text)
    _take_parsed(running, given, running.formats.parse(text, path=given.path, name=running.format_name))


def _take_parsed(running: _Import, given: Input, parsed_file: ParsedFile) -> None:
    """Find the story of what a file held, and take it in there."""
    _note(running, given, parsed_file)
    if running.formats.find(parsed_file.format).records:
        _take_records(running, given, parsed_file)
        return
    if not parsed_file.sources:
        return  # its failures say why
    parsed_file, slug = running.placing.place(_with_defaults(running, parsed_file), given)
    _take(running, parsed_file, slug, given)


def _stream(running: _Import, given: Input, head: bytes) -> Stream | None:
    """Return what reads a file line by line, told by what can be seen of it.

    A wide encoding has to be read as a whole.
    """
    if head.startswith(_WIDE_MARKS) or b"\x00" in head:
        return None
    opening = head.decode("utf-8", "replace").removeprefix("\ufeff")
    found = running.formats.of_stream(opening, given.path, running.format_name)
    return None if found is None else found.stream


def _import_records(running: _Import, given: Input, parsed_files: Iterator[ParsedFile]) -> None:
    first = next(parsed_files, None)
    if first is None:
        raise EmptyInput("holds no records", path=given.shown)
    for parsed_file in chain([first], parsed_files):
        _take_parsed(running, given, parsed_file)
        running.tell(given)
        if running.cancelled():
            return


def _take_records(running: _Import, given: Input, parsed_file: ParsedFile) -> None:
    """Take records in, those of each story together."""
    by_story: dict[str | None, list[ParsedSource]] = {}
    for parsed in parsed_file.sources:
        by_story.setdefault(parsed.story, []).append(parsed)
    for name, parsed_sources in by_story.items():
        part = replace(parsed_file, sources=tuple(parsed_sources), title=name, warnings=(), failures=())
        slug = running.placing.place_records(name, given, part)
        _take(running, _with_defaults(running, part), slug, given)


def _with_defaults(running: _Import, parsed_file: ParsedFile) -> ParsedFile:
    """Fill in publisher and date where the file names none."""
    if running.publisher is None and running.date is None:
        return parsed_file
    parsed_sources = tuple(
        replace(parsed, publisher=parsed.publisher or running.publisher, date=parsed.date or running.date)
        for parsed in parsed_file.sources
    )
    return replace(parsed_file, sources=parsed_sources)


def _note(running: _Import, given: Input, parsed_file: ParsedFile) -> None:
    running.failed += [FailedInput(given.shown, printable(failure)) for failure in parsed_file.failures]
    running.warnings += [f"{given.shown}: {printable(warning)}" for warning in parsed_file.warnings]


def _take(running: _Import, parsed_file: ParsedFile, slug: str, given: Input) -> None:
    ingested: IngestResult = running.library.ingest(
        parsed_file, slug=slug, path=given.stored, reanchor=find_anchor
    )
    running.note(ingested.slug, ingested)
    running.sources += len(parsed_file.sources)
