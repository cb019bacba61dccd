"""``edit``: puts right what is said of sources and stories, whatever their files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import IndexTrouble
from sources.model import Ref
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, target
from tui.cli.documents import to_json
from tui.services.editing import FACTS, checked_facts, edit_sources, edit_story
from tui.services.search import bring_index_up, rebuild

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library
    from tui.services.editing import Edited

_NAMED = 5  # sources that are named


def _edit(call: Invocation) -> ExitCode:
    arguments = call.arguments
    wanted = [target(word) for word in arguments.targets]
    given = {name: getattr(arguments, name) for name in FACTS if getattr(arguments, name) is not None}
    if not given and arguments.slug is None:
        raise UsageProblem("edit needs a detail to change: " + ", ".join(f"--{name}" for name in FACTS))
    stories = [one for one in wanted if isinstance(one, str)]
    refs = [one for one in wanted if isinstance(one, Ref)]
    if stories:
        return _edit_story(call, wanted, given)
    if arguments.slug is not None:
        raise UsageProblem("a slug is a story's: name a story, not a source")
    facts = checked_facts(given)
    with call.library() as library:
        edited = edit_sources(library, refs, facts, same_domain=arguments.same_domain)
        entries = [entry for entry in library.entries() if entry.ref in edited.changed]
        call.answer(
            {**to_json(edited), "sources": to_json(entries)}, show=lambda: _tell(call.console, edited)
        )
        return follow(call, library) if edited.changed else ExitCode.DONE


def _tell(console: Console, edited: Edited) -> None:
    for refs, became in ((edited.changed, "changed"), (edited.unchanged, "unchanged")):
        if refs:
            console.folded(f"{became}: {_some(refs)}")
    if edited.kin is not None:
        count = len(edited.kin.others)
        has = "other source of {} has" if count == 1 else "other sources of {} have"
        console.say(
            f"{count} {has.format(edited.kin.domain)} another publisher or none "
            f"({_some([entry.ref for entry in edited.kin.others])}); --same-domain sets it for all"
        )


def _some(refs: Sequence[Ref]) -> str:
    more = f" and {len(refs) - _NAMED} more" if len(refs) > _NAMED else ""
    return ", ".join(map(str, refs[:_NAMED])) + more


def _edit_story(call: Invocation, wanted: Sequence[Ref | str], given: Mapping[str, str]) -> ExitCode:
    if len(wanted) > 1:
        raise UsageProblem("edit takes one story, or any number of sources")
    slug = str(wanted[0])
    if foreign := [name for name in given if name != "title"]:
        raise UsageProblem(f"{' and '.join(foreign)}: these are details of sources; name them as {slug}/N")
    new = call.arguments.slug
    with call.library() as library:
        before = library.refs(slug)
        changed = edit_story(library, slug, title=given.get("title"), new_slug=new)
        moved = [(ref, Ref(new, ref.number)) for ref in before] if changed and new not in (None, slug) else []
        name = new if moved else slug
        document = {
            "changed": [name] if changed else [],
            "unchanged": [] if changed else [name],
            "sources": [],
            "moved": [{"from": str(ref), "to": str(home)} for ref, home in moved],
        }
        told = f"{'changed' if changed else 'unchanged'}: {slug}"
        call.answer(document, show=f"{told} is {new} now" if moved else told)
        return follow(call, library) if changed else ExitCode.DONE


def follow(call: Invocation, library: Library, *, rebuilt: bool = False) -> ExitCode:
    """Let the index follow a change that is saved, or rebuild it; say so where that fails."""
    try:
        (rebuild if rebuilt else bring_index_up)(call.console, library)
    except IndexTrouble as error:
        call.console.say(f"crossread: It is done, but {str(error)[:1].lower()}{str(error)[1:]}")
        return ExitCode.STORAGE
    return ExitCode.DONE


COMMANDS = {
    "edit": Command(
        _edit,
        "Edit the details of sources: an edit holds whatever their files say, now and when they are added\n"
        "again. An empty value takes it away. A story has a title and a slug; with another slug, all that\n"
        "is on it goes along. crossread undo undoes it.",
        (
            "crossread edit harbour-deal/4 --publisher 'The Courier' --date 2031-06-12",
            "crossread edit harbour-deal/4 harbour-deal/9 --author ''",
            "crossread edit harbour-deal/4 --url https://a.example/4 --publisher Courier --same-domain",
            "crossread edit harbour-deal --title 'The harbour deal' --slug northport",
        ),
        (
            arg("targets REF|STORY+", "sources (STORY/N, STORY/summary), or one story"),
            arg("--title T", "the title"),
            arg("--publisher P", "the publisher"),
            arg("--author A", "the author"),
            arg("--date D", "the day: 2031-06-12, 2031-06 or 12 June 2031"),
            arg("--url U", "the address"),
            arg("--language L", "the language, as en, de or pt-BR"),
            arg("--slug S", "another slug for a story"),
            arg("--same-domain", "set the publisher of all other sources of the same domain, too"),
        ),
        {"changed": [], "unchanged": [], "sources": []},
    ),
}
