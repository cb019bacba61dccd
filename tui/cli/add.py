"""``add``: what comes into the library; one bad file does not stop the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import CrossreadError
from tui.cli import documents
from tui.cli.command import Command, ExitCode, arg
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.services import adding
from tui.services.access import evidence_of, library_in
from tui.services.pace import Pace
from tui.services.search import bring_index_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sources.model import Ref
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import ImportProgress, ImportReport, IngestResult, Library
    from tui.services.proposed_stories import ProposedStory


_FORMATS = adding.format_names()
_SAID = 20  # warnings, and as many failures
_REUSED = 8  # new sources that are like others


def _add(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    wanted = adding.Wanted(
        arguments.paths,
        arguments.story,
        arguments.format,
        arguments.encoding,
        arguments.publisher,
        arguments.date,
        arguments.map,
        fetch=arguments.fetch,
        ignore_robots=arguments.ignore_robots,
        private=arguments.allow_private,
    )
    progress = import_progress(console)
    if arguments.dry_run:
        report = adding.rehearse(call.folder, wanted, progress=progress)
        tell(console, report, dry_run=True)
        if console.as_json:
            console.document(_EMPTY | report_document(report) | {"dry_run": True})
        return _status(report)
    with call.library() as library:
        report = adding.add(library, wanted, progress=progress)
        console.end_progress()
        tell(console, report, files=arguments.report)
        near = {} if report.interrupted else tell_what_is_near(console, library, report)
        if console.as_json:
            console.document(_EMPTY | report_document(report) | near)
        # Who interrupts does not want to wait; the next search brings the index up.
        trouble = not report.interrupted and derive(console, library, report)
    return ExitCode.STORAGE if trouble else _status(report)


def _status(report: ImportReport) -> ExitCode:
    if report.interrupted:
        raise KeyboardInterrupt
    if report.trouble is not None:
        return ExitCode.STORAGE
    return ExitCode.INPUT if report.failed else ExitCode.DONE


def tell_what_is_near(console: Console, library: Library, report: ImportReport) -> dict[str, object]:
    """Say which new sources stand for a good part in others, and which seem to belong to another story.

    Returns the same for a JSON document.
    """
    if refs := adding.new_refs(report):
        console.progress("looking for shared passages")
    near = adding.what_is_near(evidence_of(library), refs)
    console.end_progress()
    copied = [f"{reuse.share:.0%} of {reuse.ref} is in {reuse.holder}" for reuse in near.reuse]
    groups = [_proposal(one) for one in near.groups]
    for sentences in (copied, groups):
        say_some(console, sentences, _REUSED, "and {more} more are like others")
    return {
        "reuse": to_json(near.reuse),
        "proposed": to_json(near.proposed),
        "groups": to_json(near.groups),
    }


def _proposal(one: ProposedStory) -> str:
    """Say what new texts seem to be of one story, why, and what puts them together."""
    if one.kin not in one.refs:
        many = f"{len(one.refs)} of the new texts are near {one.into} ({', '.join(map(str, one.refs))})"
        what = f"{one.refs[0]} says the same as {one.kin}" if len(one.refs) == 1 else many
    else:
        shared = ", ".join((*one.why.names[:3], *one.why.figures[:2]))
        what = f"{len(one.refs)} of the new texts may be one story{f' ({shared})' if shared else ''}"
    return f"{what}: {one.command}"


def say_some(console: Console, sentences: Sequence[str], most: int, rest: str) -> None:
    """Say no more than somebody would read, and how many ``{more}`` there are."""
    for sentence in sentences[:most]:
        console.say(sentence)
    if len(sentences) > most:
        console.say(rest.format(more=f"{len(sentences) - most:,}"))


def derive(console: Console, library: Library, report: ImportReport) -> bool:
    """Bring index and evidence up to what was added; tell whether that failed.

    What was added stays added: both can be made from the library at any time.
    """
    try:
        bring_index_up(console, library)
        adding.prepare(evidence_of(library), report, progress=console.progress)
    except CrossreadError as error:
        console.say(f"crossread: The sources are saved, but {str(error)[:1].lower()}{str(error)[1:]}")
        return True
    finally:
        console.end_progress()
    return False


def tell(console: Console, report: ImportReport, *, files: bool = False, dry_run: bool = False) -> None:
    """Write for people what became of the input; warnings and failures go to standard error."""
    console.end_progress()
    if not console.as_json:
        if (files or dry_run) and report.files:
            console.table(_FILE_COLUMNS, report.files)
            console.line()
        if dry_run:
            console.line(
                "Nothing is added yet; this is what would be:"
                if report.stories
                else "Nothing would be added."
            )
        for story in report.stories:
            console.line(f"{story.slug}: {_counts(story)}" + (f"  {story.title}" if story.title else ""))
    # A file may have a wrong record on each of its lines.
    for sentences in (report.warnings, [f"{failure.path}: {failure.reason}" for failure in report.failed]):
        told = [f"crossread: {sentence}" for sentence in sentences]
        say_some(console, told, _SAID, "crossread: and {more} more like these (--json names them all)")
    if report.trouble is not None:
        console.say(f"crossread: {report.trouble}")


def report_document(report: ImportReport) -> dict[str, object]:
    """Return what became of the input as a JSON document."""
    trouble = {} if report.trouble is None else {"error": documents.error(report.trouble)}
    return {**to_json(report), **trouble}


def import_progress(console: Console) -> Callable[[ImportProgress], None]:
    """Return what shows the progress of importing, once that takes a while."""
    pace = Pace()

    def show(progress: ImportProgress) -> None:
        if words := pace.words(progress):
            console.progress(words)

    return show


# The report file by file: what was found, guessed, muted and skipped, and why a file was not read.


_FILE_COLUMNS = (
    Column("file", "path", 16),
    Column("format", "format"),
    Column("encoding", "encoding"),
    Column("sources", adding.sources_told),
    Column("guessed", adding.guessed_told, 10),
    Column("muted", adding.muted_told),
    Column("not read because it", "reason", 20),
)
_EMPTY: dict[str, object] = {
    "stories": [],
    "failed": [],
    "reuse": [],
    "proposed": [],
    "groups": [],
    "files": [],
    "dry_run": False,
}


def _counts(story: IngestResult) -> str:
    counts = (
        (_counted(story.added), "added"),
        (_counted(story.changed), "changed"),
        (_counted(story.unchanged), "unchanged"),
    )
    return ", ".join(f"{what} {became}" for what, became in counts if what) or "nothing"


def _counted(refs: Sequence[Ref]) -> str:
    """Return ``14 sources and the summary``, or nothing for none."""
    number = sum(ref.number is not None for ref in refs)
    parts = [f"{number} {'source' if number == 1 else 'sources'}"] if number else []
    return " and ".join([*parts, "the summary"] if number < len(refs) else parts)


# Putting the bundled story into a library.


def prepare(console: Console, folder: Path) -> dict[str, Any]:
    """Add the bundled story and its single article to the library in ``folder`` where they are missing.

    Returns the fields ``story``, ``added`` and ``unchanged`` of the JSON document.
    """
    with library_in(folder) as library:
        report = adding.add(
            library, adding.Wanted.sample(), progress=import_progress(console), undoable=False
        )
        console.end_progress()
        derive(console, library, report)
    return {
        "story": adding.SAMPLE,
        "added": to_json([ref for story in report.stories for ref in story.added]),
        "unchanged": to_json([ref for story in report.stories for ref in story.unchanged]),
    }


COMMANDS = {
    "add": Command(
        _add,
        "Put files, folders or standard input into the library. Sources that are there already\n"
        "and have not changed are skipped; changed ones become new versions and keep their notes.",
        (
            "crossread add ~/sources/harbour",
            "crossread add rewrite.txt --story harbour-deal --publisher 'Market Lantern'",
            "pbpaste | crossread add - --story harbour-deal",
            "crossread add table.csv --map title=headline --map text=body",
            "crossread add ~/sources/harbour --dry-run",
            "crossread add --fetch https://example.org/story.html",
        ),
        (
            arg(
                "paths PATH+",
                "a file, a folder (with all below it), - for standard input, or an address (see --fetch)",
            ),
            arg("--story SLUG", "put all of it into this story"),
            arg("--format F", f"read it as: {', '.join(_FORMATS)}", choices=_FORMATS),
            arg("--encoding E", "the encoding of the files, such as cp1250, where they state none"),
            arg("--publisher P", "the publisher, where the file names none"),
            arg("--date D", "the date as YYYY-MM-DD, where the file names none"),
            arg(
                "--map FIELD=COLUMN",
                "the column or JSON member that a field is in, a.b where it is nested; may be repeated",
                many=True,
            ),
            arg("--fetch", "get the pages of the web whose addresses are named, in this one command"),
            arg("--ignore-robots", "get them even where their site asks programs not to (robots.txt)"),
            arg(
                "--allow-private HOST",
                "get them from this host although it is in a private network",
                many=True,
            ),
            arg("--dry-run", "show what would come in, file by file, and write nothing"),
            arg("--report", "list what was found, guessed, muted and skipped in each file"),
        ),
        _EMPTY,
    ),
}
