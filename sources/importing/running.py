"""One import while it runs: what it was asked for, how far it is, and what became of the inputs so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from sources.importing.archives import Budget
from sources.importing.report import FailedInput, FileReport, ImportProgress
from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.errors import InputError
    from sources.formats.registry import Registry
    from sources.importing.fetching import Fetched, Fetching
    from sources.importing.files import Input
    from sources.importing.placing import Placing
    from sources.library import Library
    from sources.library.ingest import IngestResult
    from sources.model import Ref


MOST_TOLD = 1_000  # of what is wrong in one input; a file may have something wrong in each of its lines
_Told = TypeVar("_Told")


@dataclass(slots=True)
class Gathered:
    """What one story has got so far."""

    title: str | None = None
    added: list[Ref] = field(default_factory=list)
    changed: list[Ref] = field(default_factory=list)
    unchanged: list[Ref] = field(default_factory=list)


@dataclass(slots=True)
class Running:
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
    stories: dict[str, Gathered] = field(default_factory=dict)
    failed: list[FailedInput] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)  # of what is unpacked of an archive
    size: int = 0  # bytes of all inputs; 0 where that cannot be told
    read: int = 0  # of them, those of inputs that are done
    done: int = 0
    total: int = 0
    sources: int = 0
    stopped: bool = False
    interrupted: bool = False
    warned: int = 0  # how often, of the input that is read at present
    fetching: Fetching | None = None
    fetched: Fetched | None = None  # the page of the web that is being read

    def stops(self) -> bool:
        """Ask whether to go on, and note it where not."""
        if not self.stopped and (self.interrupted or self.cancelled()):
            self.stopped = True
            left = self.total - self.done
            self.warnings.append(
                f"stopped as asked: {left} of {self.total} inputs were not read to their end"
            )
        return self.stopped

    def join(self, other: Running) -> None:
        """Take over what became of the inputs that ``other`` went on with from here."""
        self.done, self.read, self.sources = other.done, other.read, other.sources
        self.stopped, self.interrupted = other.stopped, other.interrupted
        self.failed += other.failed
        self.files += other.files
        self.warnings += other.warnings
        for slug, got in other.stories.items():
            self.note(slug, got)

    def note(self, slug: str, got: IngestResult | Gathered) -> None:
        """Remember what a story got."""
        gathered = self.stories.setdefault(slug, Gathered())
        gathered.title = got.title
        gathered.added += got.added
        gathered.changed += got.changed
        gathered.unchanged += got.unchanged

    def tell(self, given: Input, within: int = 0) -> None:
        """Say how far it is; ``within`` is how many bytes of ``given`` were read."""
        if self.progress is not None:
            share = min(1.0, (self.read + within) / self.size) if self.size else None
            self.progress(ImportProgress(self.done, self.total, given.shown, self.sources, share))

    def begin(self, given: Input) -> None:
        """Begin with the next input."""
        self.files.append(FileReport(given.shown))
        self.warned = 0
        self.tell(given)

    def end(self, given: Input) -> None:
        """Count an input that was read to its end."""
        if not self.stopped:
            self.read += given.size or 0
            self.done += 1

    @property
    def file(self) -> FileReport:
        """The report of the input that is read at present."""
        return self.files[-1]

    def fail(self, error: InputError, path: str) -> None:
        """Note why the input could not be read."""
        self.file.reason = _why(error)
        self.failed.append(FailedInput(path, self.file.reason))

    def tell_failures(self, failures: Sequence[str], path: str) -> None:
        """Note parts of the input that could not be read: so many by name, and the number of the others."""
        before = self.file.failures
        self.file.failures += len(failures)
        told = [FailedInput(path, printable(failure)) for failure in failures[: max(0, MOST_TOLD - before)]]
        if (more := self.file.failures - MOST_TOLD) > 0:
            told.append(FailedInput(path, f"{more:,} more could not be read"))
        _go_on(self.failed, told, replaces=before > MOST_TOLD)

    def tell_warnings(self, warnings: Sequence[str], path: str) -> None:
        """Note what is to be said of the input, bounded in the same way."""
        before = self.warned
        self.warned += len(warnings)
        told = [f"{path}: {printable(warning)}" for warning in warnings[: max(0, MOST_TOLD - before)]]
        if (more := self.warned - MOST_TOLD) > 0:
            told.append(f"{path}: {more:,} more like these")
        _go_on(self.warnings, told, replaces=before > MOST_TOLD)

    def leave_out(self, error: InputError, path: str) -> None:
        """Note why the input, which nobody asked for by name, is none."""
        self.file.reason = f"{_why(error)}; left out"
        self.warnings.append(f"{path}: {self.file.reason}")


def _go_on(told: list[_Told], more: Sequence[_Told], *, replaces: bool) -> None:
    """Add what is told; its first line ``replaces`` the last one where that is how many more there are."""
    if more:
        told[len(told) - replaces :] = more


def _why(error: InputError) -> str:
    return printable(error.reason if error.line is None else f"line {error.line}: {error.reason}")
