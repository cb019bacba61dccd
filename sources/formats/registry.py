"""What a file format is, of texts or of bytes, and a table of formats that tells which one a file is in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from sources import logs
from sources.errors import CrossreadError, EmptyInput, Malformed, RequestError, TooLarge
from sources.formats.refusals import refused_as_prose, refused_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from sources.formats.field_map import FieldMap
    from sources.model import ParsedFile

Stream: TypeAlias = "Callable[[Iterable[bytes], Path | None], Iterator[ParsedFile]]"
HEAD = 64 * 1024  # bytes of a file by which its format is told


@dataclass(frozen=True, slots=True)
class Format:
    """A format of texts: ``matches`` tells by a cleaned text and its path, and ``parse`` reads it whole.

    ``stream`` reads a file of any size from its lines, where the format allows that. Files with one of the
    ``suffixes`` are read in folders, and those with one of the ``shared_suffixes``, which files of other
    things have too, where they are in the format. ``records`` says that each of its texts may name its
    story, ``own_story`` that a file is a story by itself, in a folder too, and ``columns`` that both
    ``parse`` and ``stream`` take a `FieldMap` as well. ``prose`` takes what may be anything, and so is not
    asked to read what is known not to be prose.
    """

    name: str
    description: str
    matches: Callable[[str, Path | None], bool]
    parse: Callable[[str, Path | None], ParsedFile]
    stream: Stream | None = None
    suffixes: frozenset[str] = frozenset()
    shared_suffixes: frozenset[str] = frozenset()
    records: bool = False
    own_story: bool = False
    columns: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class BinaryFormat:
    """A format of bytes: ``matches`` tells by the first ``HEAD`` bytes of a file and its path.

    ``read`` is given the file, open at its beginning and seekable, and yields what is in it, in as many
    parcels as it likes; the path only names it. It raises InputError for what cannot be read. ``records``,
    ``own_story`` and ``suffixes`` are as in `Format`.
    """

    name: str
    description: str
    matches: Callable[[bytes, Path | None], bool]
    read: Callable[[BinaryIO, Path | None], Iterable[ParsedFile]]
    suffixes: frozenset[str] = frozenset()
    records: bool = False
    own_story: bool = False


def carefully(read: Callable[[], Iterable[ParsedFile]]) -> Iterator[ParsedFile]:
    """Yield what is read of a file; whatever goes wrong is an InputError, so that other files are read.

    What nobody foresaw is in the log with its traceback.
    """
    try:
        yield from read()
    except CrossreadError:
        raise
    except RecursionError:
        raise Malformed("is nested too deeply to be read") from None
    except MemoryError:
        raise TooLarge("takes more memory than there is") from None
    except Exception as error:
        raise Malformed(f"could not be read: {logs.record(error, 'reading a file')}") from error


def _mapped(given: Format, columns: FieldMap) -> Format:
    parse: Callable[..., ParsedFile] = given.parse
    stream: Callable[..., Iterator[ParsedFile]] | None = given.stream
    return replace(
        given,
        parse=partial(parse, columns=columns),
        stream=None if stream is None else partial(stream, columns=columns),
    )


class Registry:
    """Formats in the order in which they are asked; the first that matches reads the file."""

    def __init__(self, formats: Iterable[Format | BinaryFormat]) -> None:
        self.formats: Mapping[str, Format | BinaryFormat] = {each.name: each for each in formats}
        self._texts = [each for each in self.formats.values() if isinstance(each, Format)]

    def mapped(self, columns: FieldMap) -> Registry:
        """Return the same formats, which take the fields of records from ``columns`` where they can."""
        return Registry(
            _mapped(each, columns) if isinstance(each, Format) and each.columns else each
            for each in self.formats.values()
        )

    @property
    def suffixes(self) -> frozenset[str]:
        """The endings of names, in lower case, of the files that are read in a folder."""
        own = (each.suffixes for each in self.formats.values())
        return self.shared_suffixes.union(*own)

    @property
    def shared_suffixes(self) -> frozenset[str]:
        """Those of them that do not tell what is in a file, which is left out where no format reads it."""
        return frozenset[str]().union(*(each.shared_suffixes for each in self._texts))

    @property
    def apart(self) -> frozenset[str]:
        """The names of the formats whose files do not go with the story of the folder that they are in."""
        return frozenset(each.name for each in self.formats.values() if each.records or each.own_story)

    def find(self, name: str) -> Format | BinaryFormat:
        """Return the format called ``name``; raises RequestError when there is none."""
        found = self.formats.get(name)
        if found is None:
            raise RequestError(f"There is no format {name!r}: choose one of {', '.join(self.formats)}.")
        return found

    def of_bytes(self, head: bytes, path: Path | None, name: str | None = None) -> BinaryFormat | None:
        """Return the format of bytes that a file is in, by its ``head``; None when it may be text."""
        if name is not None:
            chosen = self.find(name)
            return chosen if isinstance(chosen, BinaryFormat) else None
        binary = (each for each in self.formats.values() if isinstance(each, BinaryFormat))
        return next((each for each in binary if each.matches(head, path)), None)

    def of_stream(self, opening: str, path: Path | None, name: str | None = None) -> Format | None:
        """Return the format of a text, by its ``opening``, where it is read line by line; else None."""
        if name is not None:
            chosen = self.find(name)
            return chosen if isinstance(chosen, Format) and chosen.stream is not None else None
        last = max((at for at, each in enumerate(self._texts) if each.stream is not None), default=-1)
        found = next((each for each in self._texts[: last + 1] if each.matches(opening, path)), None)
        return found if found is not None and found.stream is not None else None

    def parse(self, text: str, *, path: Path | None, name: str | None = None) -> ParsedFile:
        """Read a cleaned text in the format called ``name``, or in the first one that matches.

        Raises RequestError for an unknown format, and InputError, with the place, for a text that cannot
        be read; nothing else.
        """
        chosen = self.find(name) if name is not None else None
        if not text.strip():
            raise EmptyInput("holds nothing but white space", path=path)
        if isinstance(chosen, BinaryFormat):
            raise Malformed(f"is a text, and not in the format {chosen.name}", path=path)
        if chosen is not None:
            return chosen.parse(text, path)
        found = next((each for each in self._texts if each.matches(text, path)), None)
        refused = refused_text(text)
        if refused is None and (found is None or found.prose):
            refused = refused_as_prose(text, path)
        if refused is not None or found is None:
            raise Malformed(refused or "is in a format that is not read", path=path)
        return found.parse(text, path)
