"""Formats of other packages: found by their entry points when something is imported, and never trusted.

A package offers one under the entry-point group ``crossread.formats``: a `Format` or a `BinaryFormat` that
has the entry point's name. It is asked before the built-in formats, since it knows something narrower.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from sources import logs
from sources.errors import EmptyInput, InputError, Malformed
from sources.formats import BUILT_IN
from sources.formats.parsing import FieldError, address_field, date_field, one_line, partition
from sources.formats.registry import BinaryFormat, Format, Registry, Stream
from sources.text.cleaning import clean_text, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO, TypeVar

    from sources.model import ParsedFile, ParsedSource

    _Known = TypeVar("_Known", str, bytes)

GROUP = "crossread.formats"
_LINES = ("title", "publisher", "author", "story", "language", "key")  # fields of one line


def names() -> tuple[str, ...]:
    """Return what the formats of other packages are called, without loading any of them."""
    return tuple(point.name for point in _installed())


def with_plug_ins(tell: Callable[[str], None]) -> Registry:
    """Return the registry with all formats that are installed here.

    ``tell`` is given one sentence for each that could not be loaded, now, and the first time that one fails
    to say what it can read, later.
    """
    return Registry([*_loaded(tell), *BUILT_IN.formats.values()])


@cache
def _installed() -> tuple[EntryPoint, ...]:
    # Looking through all that is installed takes milliseconds, and does not change while the program runs.
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def _loaded(tell: Callable[[str], None]) -> Iterator[Format | BinaryFormat]:
    taken = set(BUILT_IN.formats)
    for point in _installed():
        try:
            offered = point.load()
            if not isinstance(offered, Format | BinaryFormat):
                raise TypeError("it is no Format")  # noqa: TRY301 - one way to say that it was left out
            if offered.name != point.name or offered.name in taken:
                raise ValueError("its name is another's")  # noqa: TRY301 - as above
            suffixes = frozenset(f"{suffix}".lower() for suffix in offered.suffixes)
        except Exception as error:
            said = logs.record(error, f"loading the format {point.name}")
            tell(f"the format {printable(point.name)} ({printable(point.value)}) was left out: {said}")
            continue
        taken.add(offered.name)
        yield _guarded(replace(offered, suffixes=suffixes), tell)


def _guarded(offered: Format | BinaryFormat, tell: Callable[[str], None]) -> Format | BinaryFormat:
    """Return the format so that nothing it raises gets further than the file it was given."""
    name = offered.name
    if isinstance(offered, Format):
        return replace(
            offered,
            matches=_asked(name, offered.matches, tell),
            parse=lambda text, path: next(_read(name, lambda: [offered.parse(text, path)], path)),
            stream=offered.stream and _streamed(name, offered.stream),
        )
    return replace(
        offered,
        matches=_asked(name, offered.matches, tell),
        read=lambda file, path: _read_file(offered, file, path),
    )


def _read_file(offered: BinaryFormat, file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    return _read(offered.name, lambda: offered.read(file, path), path)


def _streamed(name: str, stream: Stream) -> Stream:
    return lambda lines, path: _read(name, lambda: stream(lines, path), path)


def _asked(
    name: str, matches: Callable[[_Known, Path | None], bool], tell: Callable[[str], None]
) -> Callable[[_Known, Path | None], bool]:
    failed: list[Exception] = []

    def ask(given: _Known, path: Path | None) -> bool:
        if failed:
            return False
        try:
            return bool(matches(given, path))
        except Exception as error:
            failed.append(error)
            tell(f"the format {name} was left out: {logs.record(error, f'asking the format {name}')}")
            return False

    return ask


def _read(name: str, read: Callable[[], Iterable[ParsedFile]], path: Path | None) -> Iterator[ParsedFile]:
    """Yield what a plug-in reads, each parcel put into the form that all others rely on."""
    try:
        for parsed_file in read():
            yield _tidied(name, parsed_file, path)
    except InputError:
        raise
    except Exception as error:  # whatever other people's code raises
        said = logs.record(error, f"reading a file in the format {name}")
        raise Malformed(f"could not be read by the format {name}: {said}", path=path) from error


def _tidied(name: str, parsed_file: ParsedFile, path: Path | None) -> ParsedFile:
    warnings = list(parsed_file.warnings)
    tidied = replace(
        parsed_file,
        format=name,
        title=one_line(parsed_file.title, "title"),
        sources=tuple(
            _tidied_source(parsed, warnings) for parsed in parsed_file.sources if parsed.text.strip()
        ),
        summary=parsed_file.summary and _tidied_source(parsed_file.summary, warnings),
    )
    if not (tidied.sources or tidied.failures):
        raise EmptyInput("holds no text", path=path)
    return replace(tidied, warnings=tuple(warnings))


def _tidied_source(parsed: ParsedSource, warnings: list[str]) -> ParsedSource:
    text = clean_text(parsed.text)
    fields: dict[str, str | None] = {field: one_line(getattr(parsed, field), field) for field in _LINES}
    for field, read in (("date", date_field), ("url", address_field)):
        try:
            fields[field] = read(getattr(parsed, field))
        except FieldError as error:
            fields[field] = None
            warnings.append(f"{error} and was left empty")
    fields["key"] = fields["key"] or ""
    # Zones are of the text that came; of another they would say what is not so.
    zones = partition(text, parsed.zones) if text == parsed.text else ()
    return replace(parsed, text=text, zones=zones, **fields)  # type: ignore[arg-type]  # each by its name
