"""Imports texts into the library: finds and reads them, recognises the format, places them, and reports."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from sources.errors import EmptyInput, InputError, LibraryError, Malformed, NotText, RequestError
from sources.formats import json_lines, plug_ins
from sources.formats.field_map import field_map
from sources.formats.parsing import one_line, parse_date
from sources.formats.refusals import refused_bytes
from sources.formats.registry import HEAD, carefully
from sources.importing.archives import DEEPEST, Budget, inputs_in, is_archive
from sources.importing.fetching import Fetched, Fetching, fetch, is_address, refused_unasked
from sources.importing.files import (
    STANDARD_INPUT,
    Input,
    groups,
    opened,
    read_all,
    read_lines,
    read_some,
    rewound,
)
from sources.importing.listing import inputs_of, known_suffixes, turn, warn_left_out
from sources.importing.placing import Placing, checked_slug
from sources.importing.report import FailedInput as FailedInput
from sources.importing.report import FileReport, Guess
from sources.importing.report import ImportProgress as ImportProgress
from sources.importing.report import ImportReport as ImportReport
from sources.importing.running import Running
from sources.library.ingest import IngestResult
from sources.notes.anchoring import find_anchor
from sources.text.cleaning import clean_text, decode_as, known_encoding, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from sources.formats.registry import Stream
    from sources.library import Library
    from sources.model import ParsedFile, ParsedSource


_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def import_paths(  # noqa: PLR0913 - each is an option of its own to whoever adds something
    library: Library,
    paths: Sequence[str],
    *,
    story: str | None = None,
    format_name: str | None = None,
    encoding: str | None = None,
    publisher: str | None = None,
    date: str | None = None,
    columns: Sequence[str] = (),
    only: Container[str] | None = None,
    fetching: Fetching | None = None,
    standard_input: BinaryIO | None = None,
    progress: Callable[[ImportProgress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Put files, folders with all below them, and standard input (``-``) into the library.

    ``story`` puts all of it into one story, story pages first; ``encoding`` is that of all files;
    ``publisher`` and ``date`` hold where a file names none; ``columns`` are pairs as `field_map` reads
    them. Of files that are found, ``only`` those with these absolute paths are read; the others still tell
    which story the folder has. One input that cannot be read does not stop the
    rest: the report names it. Each file is taken in whole or not at all, small ones some at a time; JSON
    Lines in batches. ``cancelled`` is asked between files and batches; what was taken in stays, and so it
    does after a KeyboardInterrupt, of which the report tells once something was saved.

    Raises RequestError for an option that makes no sense and LibraryError when the library cannot be
    written; once something was saved, the report carries that error instead.
    """
    warnings: list[str] = []
    formats = plug_ins.with_plug_ins(warnings.append)
    if columns:
        formats = formats.mapped(field_map(columns))
    if format_name is not None:
        formats.find(format_name)
    if encoding is not None and not known_encoding(encoding):
        raise RequestError(
            f"{encoding!r} is not an encoding: write utf-8, cp1252, gb18030, shift_jis or the like."
        )
    if date is not None and (date := parse_date(asked := date)) is None:
        raise RequestError(f"{asked!r} is not a date: write it as 2031-06-12, 2031-06 or 12 June 2031.")
    if fetching is None and (asked_for := next(filter(is_address, paths), None)) is not None:
        raise refused_unasked(asked_for)
    if STANDARD_INPUT in paths and standard_input is None:
        raise RequestError("There is no standard input to read from.")
    slug = None if story is None else checked_slug(story)
    failed: list[FailedInput] = []
    # Whoever watches a folder does not want to hear of the same files again and again.
    inputs = inputs_of(paths, known_suffixes(formats), failed, warnings if only is None else [])
    if slug is not None:
        # A page's summary cites its sources by number, so that a page has to come before what has none.
        inputs.sort(key=turn)
    placing = Placing(library, slug, inputs, formats.apart)
    if only is not None:
        inputs = [given for given in inputs if given.stored in only]
    running = Running(
        library,
        formats,
        placing,
        format_name,
        encoding,
        one_line(publisher, "publisher"),
        date,
        standard_input,
        progress,
        cancelled,
        failed=failed,
        fetching=fetching,
        warnings=warnings,
        files=[FileReport(failure.path, reason=failure.reason) for failure in failed],
        size=sum(given.size or 0 for given in inputs) if all(given.size for given in inputs) else 0,
        total=len(inputs),
    )
    trouble = _import_all(running, inputs)
    if columns and not any(_is_table(running, file) for file in running.files):
        warnings.append("--map is for tables, JSON and JSON Lines, and nothing here is one")
    if running.interrupted and not running.stories:
        raise KeyboardInterrupt
    stories = (
        IngestResult(slug, got.title, tuple(got.added), tuple(got.changed), tuple(got.unchanged))
        for slug, got in running.stories.items()
    )
    return ImportReport(
        tuple(stories),
        tuple(running.failed),
        tuple(running.warnings),
        trouble,
        tuple(running.files),
        running.interrupted,
    )


def _is_table(running: Running, file: FileReport) -> bool:
    if file.format is None:
        return file.reason is not None  # which says what was wrong
    return getattr(running.formats.find(file.format), "columns", False)


def _import_all(running: Running, inputs: Sequence[Input]) -> LibraryError | None:
    """Read the inputs in order; return what ended it early after something had been saved."""
    for group in groups(inputs):
        if len(group) == 1 or not _import_group(running, group):
            error = _import_singly(running, group, inputs)
            if error is not None:
                return error
        if running.stopped:
            break
    return None


def _import_group(running: Running, group: Sequence[Input]) -> bool:
    """Save inputs in one transaction; tell whether that went well, else nothing of it has happened."""
    attempt = replace(running, stories={}, failed=[], warnings=[], files=[])
    try:
        with running.library.together():
            try:
                for given in group:
                    if attempt.stops():
                        break
                    attempt.begin(given)
                    _import_one(attempt, given)
                    attempt.end(given)
            except KeyboardInterrupt:
                _interrupt(attempt)
    except LibraryError:
        running.placing.forget(group)
        return False
    running.join(attempt)
    return True


def _import_singly(running: Running, group: Sequence[Input], inputs: Sequence[Input]) -> LibraryError | None:
    """Save one input after the other; return what ended it early after something had been saved."""
    for given in group:
        if running.stops():
            break
        try:
            running.begin(given)
            _import_one(running, given)
            running.end(given)
        except KeyboardInterrupt:
            _interrupt(running)
        except LibraryError as error:
            if not running.stories:
                raise
            running.files.pop()
            unread = [(each.shown, "was not read any more") for each in inputs[running.done + 1 :]]
            for path, reason in ((given.shown, "could not be saved, or not to its end"), *unread):
                running.failed.append(FailedInput(path, reason))
                running.files.append(FileReport(path, reason=reason))
            return error
    return None


def _interrupt(running: Running) -> None:
    """Stop, and keep what is complete."""
    running.interrupted = True
    running.stops()
    if running.files and running.done < len(running.files) and not running.file.sources:
        running.file.reason = "was not read to its end"


def _import_one(running: Running, given: Input) -> None:
    with _named(running, given):
        if given.path is not None:
            with opened(given.path) as file:
                _import_file(running, given, file)
        elif given.address is not None:
            _import_page(running, given, given.address)
        elif running.standard_input is not None:
            _import_file(running, given, running.standard_input)


def _import_page(running: Running, given: Input, address: str) -> None:
    """Read a page of the web, and note where it really came from and when."""
    page = fetch(address, running.fetching or Fetching())
    if page.redirects:
        running.warnings.append(f"{given.shown}: came from {printable(page.address)}")
    running.fetched = page
    try:
        _import_file(running, replace(given, address=page.address), io.BytesIO(page.data))
    finally:
        running.fetched = None


@contextmanager
def _named(running: Running, given: Input) -> Iterator[None]:
    """Note why an input could not be read, so that the others are."""
    try:
        yield
    except InputError as error:
        if _is_left_out(running, given, error):
            running.leave_out(error, given.shown)
        else:
            running.fail(error, given.shown)


def _is_left_out(running: Running, given: Input, error: InputError) -> bool:
    """Tell whether a file that nobody named is of another kind than its name may have promised."""
    if given.folder is None or given.path is None or running.file.sources:
        return False
    suffix = given.path.suffix.lower()
    if not suffix:
        return isinstance(error, NotText)
    may_be_anything = running.format_name is None and suffix in running.formats.shared_suffixes
    was_decoded = running.file.encoding is not None  # so that a damaged archive is none of its reasons
    return may_be_anything and was_decoded and isinstance(error, Malformed | EmptyInput)


def _import_file(running: Running, given: Input, file: BinaryIO) -> None:
    head = read_some(file, HEAD, given.shown)
    format_name = given.format_name or running.format_name
    binary = running.formats.of_bytes(head, given.path, format_name)
    if binary is not None:
        rest = rewound(file, given.shown, head)
        for parsed_file in carefully(lambda: binary.read(rest, given.path)):
            _take_parsed(running, given, parsed_file)
        return
    if is_archive(head, given.path):
        _import_archive(running, given, rewound(file, given.shown, head))
        return
    if running.format_name is None and (refused := refused_bytes(head)) is not None:
        raise NotText(refused, path=given.shown)
    if running.encoding is None and (stream := _stream(running, given, head)):
        running.file.encoding = "utf-8"
        lines = read_lines(file, given.shown, json_lines.LONGEST_LINE, head)
        _import_records(running, given, carefully(lambda: stream(lines, given.path)), file)
        return
    decoded = decode_as(read_all(file, given.shown, head), running.encoding, path=given.shown)
    running.file.encoding = decoded.encoding
    if decoded.guessed:
        running.file.guessed.append(Guess("encoding", decoded.encoding))
        running.warnings.append(
            f"{given.shown}: states no encoding; read as {decoded.encoding} (--encoding says another)"
        )
    text = clean_text(decoded.text)
    parse = running.formats.parse
    for parsed_file in carefully(lambda: [parse(text, path=given.path, name=format_name)]):
        _take_parsed(running, given, parsed_file)


def _import_archive(running: Running, given: Input, file: BinaryIO) -> None:
    """Read what is in an archive as if it was in a folder of the archive's name."""
    if given.path is None:
        raise Malformed("is an archive: name its file instead of -")
    if given.within == DEEPEST:
        raise Malformed("is an archive in an archive in another: unpack it first")
    if not given.within:
        running.budget = Budget()
    wanted, left_out, ended = inputs_in(given, file, known_suffixes(running.formats), running.budget)
    running.placing.expect([inside for inside, _ in wanted])
    warn_left_out(running.warnings, given.shown, left_out)
    own = running.files.pop()  # what is in it is told of instead
    for inside, member in wanted:
        running.begin(inside)
        with _named(running, inside):
            _import_file(running, inside, io.BytesIO(member.read()))
        if running.stops():
            return
    if ended is not None or not wanted:
        running.files.append(own)
        raise ended or EmptyInput("is an archive that holds no file that is read")


def _take_parsed(running: Running, given: Input, parsed_file: ParsedFile) -> None:
    """Find the story of what a file held, and take it in there."""
    _note(running, given, parsed_file)
    if running.formats.find(parsed_file.format).records:
        _take_records(running, given, parsed_file)
        return
    if not parsed_file.sources:
        return  # its failures say why
    parsed_file, slug = running.placing.place(_with_defaults(running, parsed_file), given)
    _take(running, parsed_file, slug, given)


def _stream(running: Running, given: Input, head: bytes) -> Stream | None:
    """Return what reads a file line by line, told by what can be seen of it.

    A wide encoding has to be read as a whole.
    """
    if head.startswith(_WIDE_MARKS) or b"\x00" in head:
        return None
    opening = head.decode("utf-8", "replace").removeprefix("\ufeff")
    found = running.formats.of_stream(opening, given.path, given.format_name or running.format_name)
    return None if found is None else found.stream


def _import_records(
    running: Running, given: Input, parsed_files: Iterator[ParsedFile], file: BinaryIO
) -> None:
    first = next(parsed_files, None)
    if first is None:
        raise EmptyInput("holds no records", path=given.shown)
    for parsed_file in chain([first], parsed_files):
        _take_parsed(running, given, parsed_file)
        running.tell(given, file.tell() if given.size else 0)
        if running.stops():
            return


def _take_records(running: Running, given: Input, parsed_file: ParsedFile) -> None:
    """Take records in, those of each story together."""
    by_story: dict[str | None, list[ParsedSource]] = {}
    for parsed in parsed_file.sources:
        by_story.setdefault(parsed.story, []).append(parsed)
    for name, parsed_sources in by_story.items():
        part = replace(parsed_file, sources=tuple(parsed_sources), title=name, warnings=(), failures=())
        slug = running.placing.place_records(name, given, part)
        _take(running, _with_defaults(running, part), slug, given)


def _with_defaults(running: Running, parsed_file: ParsedFile) -> ParsedFile:
    """Fill in publisher and date where the file names none."""
    if running.publisher is None and running.date is None:
        return parsed_file
    parsed_sources = tuple(
        replace(parsed, publisher=parsed.publisher or running.publisher, date=parsed.date or running.date)
        for parsed in parsed_file.sources
    )
    return replace(parsed_file, sources=parsed_sources)


def _from_the_web(parsed_file: ParsedFile, page: Fetched) -> ParsedFile:
    """Fill in when a page was fetched, and its address where it is one text that names none."""
    single = page.address if len(parsed_file.sources) == 1 and parsed_file.page_text is None else None
    parsed_sources = (
        replace(parsed, url=parsed.url or single, accessed=parsed.accessed or page.moment)
        for parsed in parsed_file.sources
    )
    return replace(parsed_file, sources=tuple(parsed_sources))


def _note(running: Running, given: Input, parsed_file: ParsedFile) -> None:
    running.tell_failures(parsed_file.failures, given.shown)
    running.tell_warnings(parsed_file.warnings, given.shown)


def _take(running: Running, parsed_file: ParsedFile, slug: str, given: Input) -> None:
    if running.fetched is not None:
        parsed_file = _from_the_web(parsed_file, running.fetched)
    ingested: IngestResult = running.library.ingest(
        parsed_file, slug=slug, path=given.stored, reanchor=find_anchor
    )
    running.note(ingested.slug, ingested)
    running.file.take(parsed_file, ingested)
    running.sources += len(parsed_file.sources)
