"""``audit``: a story's summary, or a draft, held sentence by sentence against sources."""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import InputError
from sources.evidence.audit import Verdict
from tui.cli.command import Command, ExitCode, arg, target
from tui.services.audit import audit_story, audit_text

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.audit import Audited, CheckHere, SentenceHere

_SIGNS = {
    Verdict.SUPPORTED: "✓",
    Verdict.PARTIAL: "~",
    Verdict.UNSUPPORTED: "?",
    Verdict.CONTRADICTED: "≠",
    Verdict.UNCITED: "·",
}


def _audit(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        if arguments.against:
            against = [target(word) for word in arguments.against]
            name, text = _read(arguments.text)
            found = audit_text(library, name, text, against)
        else:
            named = target(arguments.text)
            slug = named if isinstance(named, str) else named.story
            found = audit_story(library, slug)
    if found is None:
        raise AssertionError("nobody cancelled it")
    document = {"story": found.name, "sentences": found.sentences, "unjudged": found.unjudged}
    return call.answer(
        document, found.sentences, partial(_show, console, found), "There is no sentence to audit"
    )


def _read(path: str) -> tuple[str, str]:
    """Return the name and the text of a file, ``-`` being standard input; raises InputError."""
    if path == "-":
        return "standard input", sys.stdin.read()
    try:
        return path, Path(path).read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text") from error


def _show(console: Console, found: Audited) -> None:
    """Write the audit: how many sentences have which verdict, then each with what its sources say."""
    if found.unjudged is not None:
        console.say(found.unjudged)
    counts = Counter(one.sentence.verdict for one in found.sentences)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    console.write_styled(console.styled(f"{found.name}: {told}", "bold"))
    for one in found.sentences:
        console.line()
        _show_sentence(console, found, one)


def _show_sentence(console: Console, found: Audited, one: SentenceHere) -> None:
    verdict = one.sentence.verdict
    console.folded(" ".join(one.text.split()), lead=f"{_SIGNS[verdict]} ", style="bold")
    marker = one.sentence.marker
    if marker is not None and marker.ambiguous:
        readings = " or ".join(", ".join(map(str, reading)) for reading in marker.readings)
        console.folded(f"{marker.text} may be {readings}", lead="    ")
    for check in one.checks:
        _show_check(console, found, check)
    if len(one.origins) == 1 and len(one.checks) > 1:
        console.folded(f"{len(one.checks)} citations, 1 origin: {one.origins[0]}", lead="    ")
    for better in one.sentence.best:
        text = found.texts[better.ref]
        words = " … ".join(" ".join(span.of(text).split()) for span in better.evidence)
        console.folded(f"not cited: {better.ref} says “{words}”", lead="    ")


def _show_check(console: Console, found: Audited, here: CheckHere) -> None:
    check = here.check
    text = found.texts[check.ref]
    words = " … ".join(" ".join(span.of(text).split()) for span in check.evidence)
    said = f"says “{words}”" if words else "says nothing of it"
    console.folded(f"{_SIGNS[check.verdict]} {check.ref} {said}", lead="    ")
    for one in here.differs:
        console.folded(f"{one.kind}: “{one.said}”, source “{one.source}”", lead="      ")
    if here.missing:
        console.folded(f"not there: {', '.join(f'“{words}”' for words in here.missing)}", lead="      ")


COMMANDS = {
    "audit": Command(
        _audit,
        "Hold each sentence of a story's summary against the sources that it cites, or a text of your own\n"
        "against sources: what bears it out, what is missing, and where a source says otherwise.\n"
        "It shows what sources say, and never whether it is true.",
        (
            "crossread audit harbour-deal",
            "crossread audit draft.md --against harbour-deal",
            "crossread audit - --against harbour-deal/1 --against harbour-deal/4 < draft.txt",
        ),
        (
            arg("text STORY|FILE", "a story with a summary, or with --against a file (- is standard input)"),
            arg("--against STORY|REF", "what to hold the file against; may be repeated", many=True),
        ),
        {"sentences": []},
    ),
}
