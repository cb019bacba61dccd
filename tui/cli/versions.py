"""``versions``: what a publisher changed in a text, and when that was seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode, arg, source_ref
from tui.cli.compare import edited_words, write_paragraph
from tui.services.access import evidence_of
from tui.services.versions import versions_of
from tui.services.wording import counted_changes, flat, replaced_words

if TYPE_CHECKING:
    from sources.evidence.version_changes import SentenceChange, VersionChanges
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.versions import Versions


def _versions(call: Invocation) -> ExitCode:
    ref = source_ref(call.arguments.ref)
    with call.library() as library:
        found = versions_of(evidence_of(library), ref)
    document = {"ref": str(found.ref), "versions": found.versions}
    return call.answer(document, show=partial(_show, call.console, found))


def _show(console: Console, found: Versions) -> None:
    for place, one in enumerate(found.versions):
        if place:
            console.line()
        told = f"{one.words:,} words" if one.changed is None else counted_changes(one.changed)
        seen = one.added[:16].replace("T", " ")
        console.folded(f"{found.ref}@{one.number}  seen {seen}  {told}", style="bold")
        if one.changed is not None:
            _show_changes(console, one.changed, found.texts[one.number - 1], found.texts[one.number])


def _show_changes(console: Console, changed: VersionChanges, was: str, now: str) -> None:
    for name, replaced in (("figure", changed.figures), ("quote", changed.quotes)):
        for each in replaced:
            console.folded(replaced_words(each), lead=f"  {name:<8}", under=" " * 10)
    for sentence in changed.sentences:
        write_paragraph(console, *_sentence(sentence, was, now))


def _sentence(change: SentenceChange, was: str, now: str) -> tuple[str, str]:
    """Return the sign of a change and its words."""
    if change.now is None:
        return "-", flat(change.was.of(was)) if change.was is not None else ""
    if change.was is None:
        return "+", flat(change.now.of(now))
    return "~", edited_words(change.edits, was, now) if change.edits else flat(change.now.of(now))


COMMANDS = {
    "versions": Command(
        _versions,
        "List the versions of a source with what its publisher changed from one to the next: figures and\n"
        "quotes first, then the sentences, ~ edited, + new, - gone. A version is seen when it is added.\n"
        "STORY/N@2 names version 2 in show, compare, figures, quotes and entities.",
        ("crossread versions harbour-deal/4", "crossread compare harbour-deal/4 harbour-deal/4@1"),
        (arg("ref REF", "STORY/N or STORY/summary"),),
        {"versions": []},
    )
}
