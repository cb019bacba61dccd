"""Forms about files: adding sources, exporting, and importing notes, each with a report at the end."""

from __future__ import annotations

import os
import textwrap
from typing import TYPE_CHECKING, TypeAlias

from textual.content import Content

from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.model import Ref
    from tui.services import ImportReport, NoteImport
    from tui.services.adding import Wanted
    from tui.services.exports import Delivered, ExportRequest

    Failed: TypeAlias = Callable[[Exception], None]
    Add: TypeAlias = Callable[[Wanted, Callable[[str], None], Callable[[ImportReport], None], Failed], None]
    Export: TypeAlias = Callable[[ExportRequest, str, Callable[[Delivered], None], Failed], None]
    TakeIn: TypeAlias = Callable[[str, str | None, Callable[[NoteImport], None], Failed], None]

_REPORT_WIDTH = 66  # cells; fits the box on 80 columns


def add_form(add: Add) -> FormDialog[Ref]:
    """Return the form that takes a path, imports it beside the screen, and hands back what to open."""

    def submitted(form: FormDialog[Ref], answers: Answers) -> None:
        if not answers["path"]:
            form.say("Which file or folder?")
            return
        form.say("Reading…")
        from tui.services.adding import Wanted, new_refs

        def report(made: ImportReport) -> None:
            new = new_refs(made)
            added, changed, unchanged = (
                sum(len(getattr(story, what)) for story in made.stories)
                for what in ("added", "changed", "unchanged")
            )
            failed = f"{len(made.failed)} could not be read"
            form.say(f"{added} added, {changed} changed, {unchanged} unchanged, {failed}")
            form.report(import_rows(made), next(iter(new), None), focus=bool(new) and not made.failed)

        expanded = os.path.expanduser(answers["path"])  # noqa: PTH111 - import_paths takes texts
        wanted = Wanted([expanded], answers["story"] or None)
        add(wanted, form.heard(form.say), form.heard(report), form.heard(form.fail))

    lines = (
        Line("path", hint="a file or a folder", is_path=True),
        Line("story", hint="leave empty to let the file say"),
    )
    return FormDialog("Add sources", lines, submitted, keys="enter add   tab complete   esc close")


def import_rows(report: ImportReport) -> list[Row]:
    """Return what an import did: a line a story, then what could not be read and what was odd."""
    rows = []
    for story in report.stories:
        count = len(story.added) + len(story.changed)
        title = Content.assemble((story.title or story.slug, "bold"))
        rows.append(
            Row(f"story:{story.slug}", title, hint=f"{count} new · enter opens" if count else "unchanged")
        )
    for number, item in enumerate(report.failed):
        rows.append(Row(f"failed:{number}", Content.assemble(("✗ ", "$error"), item.path), disabled=True))
        rows += _wrapped(f"reason:{number}", item.reason.removeprefix(f"{item.path}: "))
    for number, warning in enumerate(report.warnings):
        first, *rest = _wrapped(f"warning:{number}", warning)
        rows += [Row(first.key, Content("!") + first.cells[1:], disabled=True), *rest]
    return rows


def _wrapped(key: str, sentence: str) -> list[Row]:
    lines = textwrap.wrap(sentence, _REPORT_WIDTH) or [""]
    return [Row(f"{key}:{place}", Content(f"  {line}"), disabled=True) for place, line in enumerate(lines)]


def export_form(export: Export, story: str, stories: Sequence[str]) -> FormDialog[None]:
    """Return the form that writes an export and says where it is; it stays open for the next one."""
    from tui.services.exports import ExportRequest, What

    def submitted(form: FormDialog[None], answers: Answers) -> None:
        what, _, name = answers["choice"].partition(":")
        form.say("Writing…")

        def done(delivered: Delivered) -> None:
            if delivered.path is None:
                words = "Nothing fits; no file was written."
            else:
                words = f"Wrote {delivered.path} ({delivered.size:,})"
            form.say(f"{words} {delivered.state}".rstrip())

        request = ExportRequest(What(what), name, answers["story"] or None, answers["filter"])
        export(request, answers["path"], form.heard(done), form.heard(form.fail))

    lines = (
        Line("story", story, "all", stories),
        Line("filter", hint="a query; for notes #tag and is:pinned, too"),
        Line("path", hint="a new file or a folder; empty: the library's exports", is_path=True),
    )
    keys = "enter export   tab complete, next line   esc close"
    return FormDialog("Export", lines, submitted, keys=keys, choices=format_rows())


def format_rows() -> list[Row]:
    """Return the formats in which notes, labels, sources and stories can be written."""
    from tui.services.exports import FORMATS_OF

    rows = []
    for what, formats in FORMATS_OF.items():
        for form in formats.values():
            cells = Content.assemble((f"{what:<8}", "dim"), (f" {form.name:<10} ", "bold"), form.description)
            rows.append(Row(f"{what}:{form.name}", cells, hint=form.suffix or "folder"))
    return rows


def note_import_form(take_in: TakeIn) -> FormDialog[None]:
    """Return the form that takes a file of notes in, and lists what was refused or kept aside, and why."""
    from tui.services.note_import import FORMATS

    def submitted(form: FormDialog[None], answers: Answers) -> None:
        name = answers["format"]
        if not answers["path"]:
            form.say("Which file?")
            return
        if name and name not in FORMATS:
            form.say(f"✗ There is no format {name}; there are {', '.join(FORMATS)}.")
            return
        form.say("Reading…")

        def done(found: NoteImport) -> None:
            form.say(
                f"{len(found.added)} notes and {len(found.labelled)} labelled spans added, "
                f"{found.unchanged} unchanged, {len(found.unmatched)} kept aside, "
                f"{len(found.refused)} refused ({found.format})"
            )
            form.report(note_import_rows(found))

        take_in(answers["path"], name or None, form.heard(done), form.heard(form.fail))

    lines = (
        Line("path", hint="a file", is_path=True),
        Line("format", hint=f"empty: what it looks like; {', '.join(FORMATS)}", known=tuple(FORMATS)),
    )
    keys = "enter import   tab complete, next line   esc close"
    return FormDialog("Import notes and labels", lines, submitted, keys=keys)


def note_import_rows(found: NoteImport) -> list[Row]:
    """Return what was refused and what was kept aside, each with its place and the reason."""
    rows = []
    for sign, parts in (("✗", found.refused), ("…", found.unmatched)):
        rows += [
            Row(f"{sign}{number}", Content.assemble((f"{sign} {part.place}: ", "bold"), part.reason))
            for number, part in enumerate(parts)
        ]
    if found.unmatched_path is not None:
        rows.append(Row("aside", Content(f"kept aside in {found.unmatched_path}")))
    return rows
