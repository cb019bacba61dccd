"""``audit``: a story's summary, or a draft, held sentence by sentence against sources."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sources import places
from sources.errors import RequestError
from sources.evidence.audit import UNSURE, Verdict
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, target
from tui.cli.console import Column, marked_runs, wrapped_runs
from tui.services.audit import (
    OVERRULING,
    audit_story,
    audit_text,
    choose_reading,
    overrule,
    sentence_numbered,
    shown_reading,
    take_back,
    told,
)
from tui.services.better_sources import ALL, audit_against_library, with_library
from tui.services.config import read_config
from tui.services.drafts import draft_at
from tui.services.excerpts import excerpt
from tui.services.lint import CHOOSABLE, level_named, worst_of
from tui.services.search import searchable_index
from tui.services.wording import absent_told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sources.model import Ref
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library
    from tui.services.audit import Audited, CheckHere, SentenceHere
    from tui.services.excerpts import Excerpt

_SIGNS: dict[str, str] = {
    Verdict.SUPPORTED: "✓",
    Verdict.PARTIAL: "~",
    Verdict.UNSUPPORTED: "?",
    Verdict.CONTRADICTED: "≠",
    Verdict.UNCITED: "·",
}
_AMBIGUOUS, _OVERRULED = "ambiguous", "overruled"  # what else sentences can be chosen by
_CHOOSABLE = (*map(str, Verdict), _AMBIGUOUS, _OVERRULED)


def _audit(call: Invocation) -> ExitCode:
    arguments = call.arguments
    changing = [arguments.reading is not None, arguments.verdict is not None, arguments.undo]
    if sum(changing) > 1:
        raise UsageProblem("give one of --reading, --verdict and --undo")
    if arguments.sentence is None and any(changing[:2]):
        raise UsageProblem("--reading and --verdict are about one sentence: --sentence N")
    if arguments.note is not None and not any(changing[:2]):
        raise UsageProblem("--note goes with --reading or --verdict")
    only = _chosen(arguments.only)
    with call.library() as library:
        ask = _asked(call, library)
        found = ask()
        if any(changing):
            _decide(call, library, found)
            found = ask()
    shown = _shown(found, only, arguments.sentence)
    document = {
        "story": found.name,
        "sentences": shown,
        "unjudged": found.unjudged,
        "orphans": found.orphans,
    }
    unjudged = found.unjudged or "There is no sentence to audit"
    nothing = "There is no such sentence" if found.sentences else unjudged
    show = partial(_show, call.console, found, shown)
    status = call.answer(document, shown, show, nothing, places=found.places)
    if arguments.level is None or status is not ExitCode.DONE:
        return status
    levels = {kind: level_named(name) for kind, name in read_config(places.config_file()).lint.items()}
    least = level_named(arguments.level)
    return ExitCode.NOTHING_FOUND if worst_of(found, levels) >= least else ExitCode.DONE


def _asked(call: Invocation, library: Library) -> Callable[[], Audited]:
    """Return what audits the text that is asked about; standard input is read once."""
    arguments = call.arguments
    against = [target(word) for word in arguments.against]
    everything = against == [ALL] and ALL not in {entry.slug for entry in library.stories()}
    named = draft_at(arguments.text, sys.stdin.buffer) if against else None
    slug = "" if against else _story(arguments.text)

    def audited() -> Audited | None:
        if everything and named is not None:
            with searchable_index(call.console, library) as index:
                return audit_against_library(library, index, *named, call.console)
        found = audit_story(library, slug) if named is None else audit_text(library, *named, against)
        if arguments.everywhere and found is not None:
            with searchable_index(call.console, library) as index:
                return with_library(library, index, found, call.console)
        return found

    def ask() -> Audited:
        found = audited()
        if found is None:
            raise AssertionError("nobody cancelled it")
        return found

    return ask


def _story(word: str) -> str:
    """Return the story that a word names; what looks like a file is asked for its sources."""
    if word == "-" or Path(word).suffix or Path(word).is_file():
        raise RequestError(f"Say what to check {word} against: --against STORY or REF.")
    named = target(word)
    return named if isinstance(named, str) else named.story


def _decide(call: Invocation, library: Library, found: Audited) -> None:
    """Keep, or take back, what the user decided of a sentence, and say so."""
    arguments = call.arguments
    number, note = arguments.sentence, arguments.note or ""
    if arguments.undo:
        call.console.say(f"Undone: {told(take_back(library, found, number))}")
    elif arguments.reading is not None:
        made = choose_reading(library, found, number, _numbers(arguments.reading), note)
        call.console.say(f"Sentence {number}: {told(made)}; undo it with --sentence {number} --undo")
    else:
        made = overrule(library, found, number, arguments.verdict, note)
        call.console.say(f"Sentence {number} {told(made)}; undo it with --sentence {number} --undo")


def _numbers(word: str) -> list[int]:
    if not re.fullmatch(r"[0-9]{1,9}(?:,[0-9]{1,9})*", word):
        raise UsageProblem(f"--reading is numbers of sources with commas, such as 1,4, and not {word!r}")
    return [int(part) for part in word.split(",")]


def _chosen(words: str | None) -> frozenset[str]:
    """Return which kinds of sentences are listed; raises UsageProblem for an unknown kind."""
    named = [word.strip() for word in (words or "").split(",") if word.strip()]
    for word in named:
        if word not in _CHOOSABLE:
            raise UsageProblem(f"--only is a list of {', '.join(_CHOOSABLE)}, not {word!r}")
    return frozenset(named)


def _shown(found: Audited, only: frozenset[str], number: int | None) -> tuple[SentenceHere, ...]:
    if number is not None:
        return (sentence_numbered(found, number),)
    return tuple(one for one in found.sentences if not only or not only.isdisjoint(_words_of(one)))


def _words_of(one: SentenceHere) -> set[str]:
    """Return by which words of ``--only`` a sentence is chosen."""
    found = {one.verdict}
    if one.unread:
        found.add(_AMBIGUOUS)
    if one.overruled is not None:
        found.add(_OVERRULED)
    return found


_COUNTS = (
    Column("", lambda row: _SIGNS.get(row[0], "")),
    Column("VERDICT", lambda row: row[0]),
    Column("SENTENCES", lambda row: row[1], right=True),
)


def _show(console: Console, found: Audited, shown: Sequence[SentenceHere]) -> None:
    """Write the audit: how many sentences have which verdict, then each with what its sources say."""
    if found.unjudged is not None:
        console.say(found.unjudged)
    counts = Counter(one.verdict for one in found.sentences)
    counts.update(word for one in found.sentences for word in _words_of(one) - {one.verdict})
    console.table(_COUNTS, [(word, counts[word]) for word in _CHOOSABLE if counts[word]])
    for one in shown:
        console.line()
        _show_sentence(console, found, one)
    if found.orphans:
        console.line()
        console.folded("Decided of sentences that are not there any more:", style="bold")
        for made in found.orphans:
            console.folded(f"{told(made)}: “{made.sentence}”", lead="  ", under="    ")


def _show_sentence(console: Console, found: Audited, one: SentenceHere) -> None:
    lead = f"{one.number} {_SIGNS[one.verdict]} "
    console.folded(one.text, lead=lead, style="bold")
    if one.overruled is not None:
        console.folded(f"{told(one.overruled)}; crossread has {one.sentence.verdict}", lead=_IN, under=_IN)
    marker = one.sentence.marker
    if marker is not None and one.unread:
        readings = " or ".join(map(shown_reading, marker.readings))
        taken = shown_reading(marker.chosen)
        console.folded(f"{marker.text} may be {readings}; read as {taken}", lead=_IN, under=_IN)
    if one.absent:
        console.folded(absent_told(one.absent), lead=_IN, under=_IN)
    for check in one.checks:
        _show_check(console, found, one, check)
    if len(one.origins) == 1 and len(one.checks) > 1:
        console.folded(f"{len(one.checks)} citations, 1 origin: {one.origins[0]}", lead=_IN, under=_IN)
    for wholly, words in ((True, "says it"), (False, "has some of it")):
        better = [check.ref for check in one.sentence.best if (check.verdict == "supported") is wholly]
        if better:
            refs = ", ".join(short(found, ref) for ref in better)
            console.folded(f"not cited, but {words}: {refs}", lead=_IN, under=_IN)


_IN, _DEEP = "    ", "      "


def short(found: Audited, ref: Ref) -> str:
    """Return what a source is called beside others: its number where all are of one story."""
    return f"source {ref.number}" if ref.story == found.story and ref.number is not None else str(ref)


def _show_check(console: Console, found: Audited, one: SentenceHere, here: CheckHere) -> None:
    check = here.check
    name = short(found, check.ref)
    passage = excerpt(found, one.text, check)
    place = "" if passage is None else found.places.behind(check.ref, *passage.span)
    lead = f"{_SIGNS[check.verdict]} {name}{place} "
    if passage is None:
        console.line(f"{_IN}{lead}does not mention it")
        return
    _show_passage(console, f"{lead}“", found.texts[check.ref], passage)
    for each in here.differs:
        if each.source:
            there = f"“{each.said}” here, “{each.source}” there"
        else:
            there = f"“{each.said}”" if each.kind == UNSURE else f"“{each.said}” is not there"
        console.folded(f"{each.kind}: {there}", lead=_DEEP, under=_DEEP)
    if here.missing:
        console.folded(
            f"not there: {', '.join(f'“{words}”' for words in here.missing)}", lead=_DEEP, under=_DEEP
        )


def _show_passage(console: Console, lead: str, text: str, passage: Excerpt) -> None:
    """Write a passage on one line, or below itself on a terminal, with what differs in it marked."""
    start, end = passage.span
    before = "… " if text[:start].rstrip(" ")[-1:] not in ("", "\n", *".!?") else ""
    after = " …" if text[end - 1] not in '.!?”"' else ""
    marks = [mark.shifted(-start) for mark in passage.marks]
    said = marked_runs(passage.span.of(text).replace("\n", " "), marks)
    runs = [
        (f"{lead}{before}", False),
        *((run if console.colour or not marked else f"«{run}»", marked) for run, marked in said),
        (f"{after}”", False),
    ]
    width = None if console.width is None else console.width - len(_DEEP)
    for number, line in enumerate(wrapped_runs(runs, width)):
        parts = [console.styled(run, "reverse") if marked else run for run, marked in line]
        console.write_styled(_DEEP if number else _IN, *parts)


COMMANDS = {
    "audit": Command(
        _audit,
        "Hold each sentence of a story's summary against the sources that it cites, or a text of your own\n"
        "against sources: what bears it out, what is missing, and where a source says otherwise.\n"
        "It shows what sources say, and never whether it is true.",
        (
            "crossread audit harbour-deal",
            "crossread audit draft.md --against harbour-deal --only contradicted,unsupported",
            "crossread audit - --against harbour-deal/1 --against harbour-deal/4 < draft.txt",
            "crossread audit harbour-deal --only uncited --everywhere",
            "crossread audit harbour-deal --sentence 3 --reading 1,2",
            'crossread audit harbour-deal --sentence 3 --verdict supported --note "asked the port"',
        ),
        (
            arg("text STORY|FILE", "a story with a summary, or with --against a file (- is standard input)"),
            arg(
                "--against STORY|REF",
                "what to check the file against; may be repeated; all: the whole library",
                many=True,
            ),
            arg("--everywhere", "look for better sources in the whole library, not only in those"),
            arg("--only KIND,…", f"only sentences that are: {', '.join(_CHOOSABLE)}"),
            arg(
                "--level LEVEL",
                f"the status is 1 where lint finds something of this level: {', '.join(CHOOSABLE)}",
                choices=CHOOSABLE,
            ),
            arg("--sentence N", "only this sentence, counted from 1", least=1),
            arg("--reading N,…", "read the marker of the sentence so, from now on"),
            arg("--verdict VERDICT", f"your own verdict on it: {', '.join(OVERRULING)}", choices=OVERRULING),
            arg("--note TEXT", "why"),
            arg("--undo", "undo what you decided last, of the sentence or of the text"),
        ),
        {"sentences": []},
    ),
}
