"""What an import says of itself: how far it is, and what became of each file, each story, and all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.text.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.errors import LibraryError
    from sources.library.ingest import IngestResult
    from sources.model import ParsedFile, ParsedSource, Ref


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: ``done`` of ``total`` inputs, the one being read, and the sources seen so far.

    ``share`` is how much of all bytes was read, 0 to 1; None where that is not known.
    """

    done: int
    total: int
    path: str
    sources: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input, or a part of one, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that a file does not state and that was taken from how it looks: of it, or of a source.

    ``field`` is encoding, title, publisher, author, date or language.
    """

    field: str
    value: str
    ref: Ref | None = None


@dataclass(slots=True)
class FileReport:
    """What became of one input; ``sources`` has those in ``unchanged`` too.

    ``muted_zones`` and ``muted_words`` count what of the texts never is evidence; ``failures`` are parts
    that could not be read, and ``reason`` is why nothing could.
    """

    path: str
    format: str | None = None
    encoding: str | None = None
    guessed: list[Guess] = field(default_factory=list)
    sources: list[Ref] = field(default_factory=list)
    unchanged: list[Ref] = field(default_factory=list)
    muted_zones: int = 0
    muted_words: int = 0
    failures: int = 0
    reason: str | None = None

    def take(self, parsed_file: ParsedFile, ingested: IngestResult) -> None:
        """Note what the file held, or a part of it, and what became of that."""
        self.format = parsed_file.format
        self.sources += sorted((*ingested.added, *ingested.changed, *ingested.unchanged), key=_place)
        self.unchanged += ingested.unchanged
        parsed_sources = [*parsed_file.sources, *([parsed_file.summary] if parsed_file.summary else [])]
        for parsed in parsed_sources:
            muted = [zone for zone in parsed.zones if zone.kind.muted]
            self.muted_zones += len(muted)
            self.muted_words += sum(count_words(parsed.text[zone.start : zone.end]) for zone in muted)
        self.guessed += _guesses(parsed_sources, ingested)


def _place(ref: Ref) -> tuple[str, int]:
    return ref.story, -1 if ref.number is None else ref.number


def _guesses(parsed_sources: Iterable[ParsedSource], ingested: IngestResult) -> Iterable[Guess]:
    """Return what was guessed of new and changed sources; of others it was said when they came."""
    for parsed, ref in zip(parsed_sources, ingested.refs, strict=True):
        if ref not in ingested.unchanged:
            for name in parsed.guessed:
                if value := getattr(parsed, name):
                    yield Guess(name, value, ref)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all inputs; ``warnings`` are sentences about what was odd but could be read.

    ``trouble`` is why the library could not be written any more after ``stories`` had been saved; what was
    not read because of it is among ``failed``. ``interrupted`` tells that it was stopped before its end.
    """

    stories: tuple[IngestResult, ...]
    failed: tuple[FailedInput, ...]
    warnings: tuple[str, ...]
    trouble: LibraryError | None = None
    files: tuple[FileReport, ...] = ()
    interrupted: bool = False
