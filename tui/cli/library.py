"""The library: ``stories``, ``sources``, ``show``; and its care: ``reindex``, ``doctor``, ``backup``."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sources.model import Ref
from tui.cli.command import NO_SOURCES, Command, ExitCode, arg, target
from tui.cli.console import Column, wrapped_runs
from tui.cli.documents import to_json
from tui.services.reading import open_source
from tui.services.related_stories import related_in

if TYPE_CHECKING:
    from sources.model import Source, Story
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library


_STORIES = (
    Column("STORY", "slug"),
    Column("SOURCES", "sources", right=True),
    Column("ADDED", lambda entry: entry.added[:10]),
    Column("TITLE", "title", 10),
)
_SOURCES = (
    Column("REF", "ref"),
    Column("TITLE", lambda entry: entry.title or "(no title)", 10),
    Column("PUBLISHER", "publisher", 8),
    Column("DATE", lambda entry: (entry.date or "")[:10]),
    Column("WORDS", "words", right=True),
    Column("NOTES", lambda entry: entry.notes or "", right=True),
    Column("FILE", lambda entry: "vanished" if entry.vanished else ""),
)
_BINNED = (*_SOURCES[:5], Column("REMOVED", lambda entry: entry.removed[:10]))
_SOURCES_OF_STORY = (
    Column("REF", "ref"),
    Column("TITLE", lambda entry: entry.title or "(no title)", 20),
    Column("PUBLISHER", "publisher", 8),
    Column("WORDS", "words", right=True),
)


def _stories(call: Invocation) -> ExitCode:
    with call.library() as library:
        stories = library.stories()
    return call.answer({"stories": stories}, stories, _STORIES, NO_SOURCES)


def _sources(call: Invocation) -> ExitCode:
    if call.arguments.removed:
        return _binned(call)
    with call.library() as library:
        entries = library.entries(call.arguments.story)
    # A column that says nothing would only take room from the titles.
    columns = [column for column in _SOURCES if any(column.of(entry) for entry in entries)]
    return call.answer({"sources": entries}, entries, columns, NO_SOURCES)


def _binned(call: Invocation) -> ExitCode:
    with call.library() as library:
        found = library.binned_sources(call.arguments.story)
    columns = [column for column in _BINNED if any(column.of(entry) for entry in found)]
    return call.answer({"sources": found}, found, columns, "The bin is empty")


# ``show``: a source with its zones, or a story with its summary and all that its page held.

_SHADE = "░"


def _show(call: Invocation) -> ExitCode:
    wanted = target(call.arguments.target, versions=True)
    with call.library() as library:
        if isinstance(wanted, Ref):
            _show_source(call.console, library, wanted)
        else:
            _show_story(call.console, library, library.story(wanted))
    return ExitCode.DONE


def _show_source(console: Console, library: Library, ref: Ref) -> None:
    opened = open_source(library, ref)
    found, notes = opened.source, opened.notes
    if console.as_json:
        console.document(to_json(opened))
        return
    console.folded(found.title or "(no title)", style="bold")
    byline = [found.publisher, found.author, found.date, found.url]
    console.folded(" · ".join([str(ref), *(part for part in byline if part)]))
    origin = f"read as {found.origin.format} from {found.origin.path or 'standard input'}"
    versions = f", version {found.version}" if found.version > 1 or ref.version is not None else ""
    console.folded(f"{origin}{versions}", style="dim")
    console.line()
    _write_text(console, found)
    if notes:
        console.line()
        listed = replace(ref, version=None)
        console.line(f"{_counted(len(notes), 'note')}: crossread note list --ref {listed}")


def _write_text(console: Console, found: Source) -> None:
    """Write a text with its muted zones between shades, and dim where there is colour."""
    runs: list[tuple[str, bool]] = []
    for zone in found.zones:
        text = found.text[zone.start : zone.end]
        bare = text.strip()
        if zone.kind.muted and bare:
            before, _, after = text.partition(bare)
            runs += [(before, False), (f"{_SHADE} {bare} {_SHADE}", True), (after, False)]
        else:
            runs.append((text, False))
    for line in wrapped_runs(runs, console.width):
        console.write_styled(*(console.styled(run, "dim") if muted else run for run, muted in line))


def _show_story(console: Console, library: Library, found: Story) -> None:
    known = related_in(library, found)
    if console.as_json:
        document = to_json(found)
        for teaser, slug in zip(document["related"], known, strict=True):
            teaser["story"] = slug
        console.document(document)
        return
    console.folded(found.title or found.slug, style="bold")
    console.line(f"{found.slug} · {_counted(len(found.sources), 'source')} · added {found.added[:10]}")
    if found.summary:
        _heading(console, f"Summary ({found.summary.ref})")
        _write_text(console, found.summary)
    if found.sources:
        _heading(console, "Sources")
        console.table(_SOURCES_OF_STORY, found.sources)
    if found.related:
        _heading(console, "Related stories")
        for teaser, slug in zip(found.related, known, strict=True):
            count = _counted(teaser.sources, "source") if teaser.sources is not None else None
            here = f"here as {slug}" if slug is not None else None
            about = " · ".join(part for part in (count, teaser.category, teaser.age, here) if part)
            _paragraph(console, teaser.text + (f" ({about})" if about else ""))
    if found.muted:
        _heading(console, "Muted lines of the page")
        for kind, lines in groupby(found.muted, key=lambda line: line.kind):
            _paragraph(console, f"{kind}: " + " ".join(f"{_SHADE} {line.text} {_SHADE}" for line in lines))
    if found.page:
        kinds = Counter(zone.kind for zone in found.page.zones)
        _heading(console, "Page")
        origin = found.page.origin.path or "standard input"
        _paragraph(console, f"{len(found.page.text)} characters from {origin}")
        _paragraph(console, ", ".join(f"{kind} {count}" for kind, count in kinds.items()))


def _heading(console: Console, text: str) -> None:
    console.line()
    console.write_styled(console.styled(text, "bold"))


def _paragraph(console: Console, text: str) -> None:
    console.folded(text, lead="  ", under="  ")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _reindex(call: Invocation) -> ExitCode:
    from tui.services.search import rebuild

    with call.library() as library:
        indexed = rebuild(call.console, library)
    return call.answer({"indexed": indexed}, show=f"The index was built again: {indexed} texts")


def _doctor(call: Invocation) -> ExitCode:
    from tui.services.maintenance import examine

    console = call.console
    found = examine(call.folder, console, repair=call.arguments.repair)
    document = {
        "library": found.folder,
        "ok": found.well,
        "checks": found.findings,
        "repaired": found.repaired,
        "unread": [to_json(finding, "Unread") for finding in found.findings if finding.ref],
    }

    def show() -> None:
        for line in found.repaired:
            console.line(f"repaired: {line}")
        for item in found.findings:
            console.line(f"{'ok' if item.well else '!!'}  {item.name}: {item.message}")
        wrong = "Something is wrong. Index, cache, lost notes: crossread doctor --repair"
        console.line("All is well." if found.well else wrong)

    call.answer(document, show=show)
    return ExitCode.DONE if found.well else ExitCode.STORAGE


def _backup(call: Invocation) -> ExitCode:
    from tui.services.maintenance import back_up

    with call.library() as library:
        path, size = back_up(library, call.arguments.file)
    return call.answer({"path": path, "bytes": size}, show=f"Wrote {path} ({size:,} bytes)")


COMMANDS = {
    "stories": Command(
        _stories, "List the stories of the library.", ("crossread stories",), empty={"stories": []}
    ),
    "sources": Command(
        _sources,
        "List the sources of a story, or of all stories, or those that were removed in the last 30 days.",
        ("crossread sources harbour-deal", "crossread sources --json"),
        (
            arg("story STORY?", "only those of this story"),
            arg("--removed", "those in the bin; crossread restore brings them back"),
        ),
        {"sources": []},
    ),
    "show": Command(
        _show,
        "Show a source with its muted zones between ░, or a story with its summary,\n"
        "sources, related stories and whatever else its page held.",
        ("crossread show harbour-deal", "crossread show harbour-deal/4 --json"),
        (arg("target REF|STORY", "STORY/N, STORY/summary or STORY"),),
    ),
    "reindex": Command(_reindex, "Build the search index again from the library.", ("crossread reindex",)),
    "doctor": Command(
        _doctor,
        "Check the library, its search index, the cached evidence and the folders' permissions.",
        ("crossread doctor", "crossread doctor --repair"),
        (arg("--repair", "make index and cached evidence again; bring lost notes back"),),
    ),
    "backup": Command(
        _backup,
        "Write a copy of the library's database. To go back to it, put it in the library's\n"
        "folder as library.db; index and cached evidence are made from it again.",
        ("crossread backup ~/crossread-2031-06-12.db",),
        (arg("file FILE", "the file to write; it must not be there yet"),),
    ),
}
