"""``story …``, ``remove`` and ``restore``: where sources are, and what goes to the bin and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import BIN_DAYS, Ref
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, source_ref, target
from tui.cli.documents import to_json
from tui.cli.edit import follow
from tui.services import stories
from tui.services.access import evidence_of
from tui.services.editing import edit_story
from tui.services.wording import counted, short_number

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.services import Library
    from tui.services.stories import Moved

_NAMED = 30  # sources that are named
_EMPTY: dict[str, object] = {"story": None, "moved": [], "binned": []}


def _slug(word: str) -> str:
    found = target(word)
    if isinstance(found, Ref):
        raise UsageProblem(f"{word} is a source; name a story")
    return found


def _rename(call: Invocation) -> ExitCode:
    old, new = _slug(call.arguments.old), call.arguments.new
    with call.library() as library:
        before = library.refs(old)
        changed = edit_story(library, old, new_slug=new)
        moved = [stories.MovedSource(ref, Ref(new, ref.number)) for ref in before if changed]
        return _answer(call, library, stories.Moved(new, tuple(moved)))


def _merge(call: Invocation) -> ExitCode:
    slugs = [_slug(word) for word in call.arguments.stories]
    if len(slugs) < 2:
        raise UsageProblem("story merge needs the stories that are merged, and the one that they go into")
    with call.library() as library:
        return _answer(call, library, stories.merge_stories(evidence_of(library), slugs[:-1], slugs[-1]))


def _split(call: Invocation) -> ExitCode:
    slug = _slug(call.arguments.story)
    refs = [source_ref(word) for word in call.arguments.refs]
    with call.library() as library:
        moved = stories.split_story(evidence_of(library), slug, refs, call.arguments.into)
        return _answer(call, library, moved)


def _move(call: Invocation) -> ExitCode:
    *words, last = call.arguments.refs
    if not words:
        raise UsageProblem("story move needs sources, and the story that they go to")
    refs, slug = [source_ref(word) for word in words], _slug(last)
    with call.library() as library:
        return _answer(call, library, stories.move_sources(evidence_of(library), refs, slug))


def _answer(call: Invocation, library: Library, moved: Moved) -> ExitCode:
    """Tell what is where now, and let the index follow."""

    def show() -> None:
        for one in moved.moved[:_NAMED]:
            call.console.line(f"{one.old} is {one.new} now")
        if len(moved.moved) > _NAMED:
            call.console.line(f"and {len(moved.moved) - _NAMED:,} more")

    call.answer(to_json(moved), show=show if moved.moved else f"unchanged: {moved.story}")
    for ref in moved.binned:
        call.console.say(f"{ref} went to the bin, since a story has one summary")
    if moved.cited:
        numbers = ", ".join(map(short_number, moved.cited))
        call.console.say(f"the summary of {moved.cited[0].story} cites {numbers}, which it has no longer")
    return follow(call, library)


def _remove(call: Invocation) -> ExitCode:
    wanted, forever = target(call.arguments.target), call.arguments.forever
    console = call.console
    with call.library() as library:
        removal = stories.remove(evidence_of(library), wanted, forever=forever)
        told = "deleted for good" if forever else "removed"
        call.answer(to_json(removal), show=f"{told}: {', '.join(map(str, removal.refs)) or wanted}")
        if not forever:
            console.say(f"it is in the bin for {BIN_DAYS} days: crossread restore {wanted}")
        if removal.orphaned_notes:
            notes = counted(removal.orphaned_notes, "note")
            console.say(f"{notes} without a passage now, kept as orphans with what was quoted")
        if forever:
            copies = [*map(str, stories.copies_beside(library)), "backups of yours"]
            console.say(f"copies made before still hold it: {', '.join(copies)}")
        return follow(call, library, rebuilt=forever)


def _restore(call: Invocation) -> ExitCode:
    wanted = target(call.arguments.target)
    with call.library() as library:
        refs = stories.restore(evidence_of(library), wanted)
        call.answer({"restored": refs}, show=f"restored: {', '.join(map(str, refs))}")
        return follow(call, library)


COMMANDS = {
    "story rename": Command(
        _rename,
        "Give a story another name; all that is on it goes along.",
        ("crossread story rename harbour-deal northport",),
        (arg("old STORY", "the story"), arg("new NAME", "its new name: lower-case words joined by hyphens")),
        _EMPTY,
    ),
    "story merge": Command(
        _merge,
        "Move all sources of stories into another story, with notes, labels and corrections. They get the\n"
        "numbers after those that are there; the new ref of each is listed.",
        ("crossread story merge rail-strike harbour-deal",),
        (arg("stories STORY+", "the stories that are merged, then the one that they go into"),),
        _EMPTY,
    ),
    "story split": Command(
        _split,
        "Move sources of a story into a new one, with all that is on them.",
        ("crossread story split harbour-deal harbour-deal/8 harbour-deal/9 --into dredging",),
        (
            arg("story STORY", "the story"),
            arg("refs REF+", "sources of it"),
            arg("--into NAME", "the name of the new story", required=True),
        ),
        _EMPTY,
    ),
    "story move": Command(
        _move,
        "Move sources to another story, with all that is on them.",
        ("crossread story move harbour-deal/8 rail-strike",),
        (arg("refs REF|STORY+", "the sources, then the story that they go to"),),
        _EMPTY,
    ),
    "remove": Command(
        _remove,
        "Take a source or a whole story out of the library. It is in the bin for 30 days with all that is\n"
        "on it: crossread restore or undo bring it back, and so does adding its file again. Notes on it\n"
        "stay, as orphans, and find their passage again. With --forever it is deleted at once, from the bin\n"
        "as well, and its words are wiped from the database and the index; copies made before keep them.",
        ("crossread remove harbour-deal/14", "crossread remove harbour-deal --forever"),
        (
            arg("target REF|STORY", "STORY/N, STORY/summary or STORY"),
            arg("--forever", "delete it for good; this cannot be undone"),
        ),
        {"removed": [], "orphaned_notes": 0},
    ),
    "restore": Command(
        _restore,
        "Bring a removed source, or all of a removed story, back from the bin.",
        ("crossread restore harbour-deal/14",),
        (arg("target REF|STORY", "STORY/N, STORY/summary or STORY"),),
        {"restored": []},
    ),
}
