"""``blame`` and ``since``: who said what first in a story, and what changed since a day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode, arg
from tui.cli.console import Column
from tui.cli.where import where
from tui.services.access import evidence_of
from tui.services.changes import changes_since, moment_of
from tui.services.history import blame_story
from tui.services.original_places import places_in
from tui.services.wording import short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.blame import Fact, Saying
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.changes import Change
    from tui.services.original_places import OriginalPlaces


def _blame(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        facts = blame_story(
            evidence_of(library), arguments.story, about=arguments.about, progress=console.progress
        )
        console.end_progress()
        places = places_in(library, {one.ref for fact in facts for one in _sayings(fact)})
    if arguments.kind:
        facts = tuple(fact for fact in facts if fact.kind == arguments.kind)
    document = {"story": arguments.story, "facts": facts}
    show = partial(_show_facts, console, facts, places, every=bool(arguments.about))
    return call.answer(document, facts, show, "Nothing was found", places=places)


def _show_facts(console: Console, facts: Sequence[Fact], places: OriginalPlaces, *, every: bool) -> None:
    shared = [fact for fact in facts if fact.taken_over or every]
    console.table((*_FACTS, *where(places, _sayings)), shared or facts)
    if shared and len(shared) < len(facts):
        console.say(
            f"{len(facts) - len(shared)} more are said by one source alone; --about WORDS or --json has them"
        )
    console.say("?  not known who was first: neither days nor copies prove it  ≠ otherwise  ← stems from")


def _sayings(fact: Fact) -> Iterator[Saying]:
    """Yield who says a fact, with the version in the ref, since each version has its own places."""
    for one in (fact.first, *fact.taken_over):
        yield replace(one, ref=replace(one.ref, version=one.version))


def _first(fact: Fact) -> str:
    return _named(fact.first) if fact.sure else "?"


def _named(one: Saying) -> str:
    return f"{short_number(one.ref)}{f'@{one.version}' if one.version > 1 else ''}"


def _what(fact: Fact) -> str:
    words = " ".join(fact.text.split())
    return f"{fact.subject}: {words}" if fact.subject else words


def _after(fact: Fact) -> str:
    """Return who has it after the first, or where nobody is known to be that, who has it."""
    later = [
        f"{'≠' if one.changed else ''}{_named(one)}"
        f"{f'←{short_number(one.source)}' if one.source is not None else ''}"
        for one in fact.taken_over
    ]
    return " ".join(later if fact.sure else [_named(fact.first), *later])


_FACTS = (
    Column("KIND", "kind"),
    Column("FIRST", _first),
    Column("WHEN", lambda fact: (fact.first.date or "") if fact.sure else ""),
    Column("THEN", _after, 8),
    Column("WHAT", _what, 20),
)


def _since(call: Invocation) -> ExitCode:
    with call.library() as library:
        found = changes_since(evidence_of(library), moment_of(call.arguments.date))
    document = {"from": found.start, "to": found.end, "changes": found.changes}
    return call.answer(document, found.changes, _CHANGES, f"Nothing changed since {found.start}")


def _told(change: Change) -> str:
    was = "new" if change.was is None else str(change.was)
    return f"{was} → {'gone' if change.now is None else change.now}"


_CHANGES = (
    Column("KIND", "kind"),
    Column("STORY", "story", 8),
    Column("WAS → NOW", _told, 10),
    Column("BECAUSE OF", lambda change: " ".join(map(short_number, change.because)), 6),
    Column("WHAT", "subject", 16),
)

COMMANDS = {
    "blame": Command(
        _blame,
        "List the figures, quotes and other statements of a story with who said each first, who took it\n"
        "over, and who changed it on the way. The first is told by the days on which sources came out and\n"
        "by who stems from whom; of two sources of one day both may be the first.",
        ("crossread blame harbour-deal", 'crossread blame harbour-deal --about "4.2 billion"'),
        (
            arg("story STORY", "the story"),
            arg("--about WORDS", "only facts that have these words"),
            arg("--kind KIND", "only: figure, quote, claim", choices=("figure", "quote", "claim")),
        ),
        {"facts": []},
    ),
    "since": Command(
        _since,
        "List what changed since a day: sources that came in or changed, and what follows from them:\n"
        "verdicts of audits, conflicts between sources, the number of independent origins, moved notes.",
        ("crossread since", "crossread since 2026-01-31"),
        (arg("date DATE?", "a day or a moment (default: a week ago)"),),
        {"changes": []},
    ),
}
