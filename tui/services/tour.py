"""The tour: ten steps that are done, not read; as data, with what shows that one was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST_QUERY = 4  # letters of a search: the hits of fewer change with each key


@dataclass(frozen=True, slots=True)
class Seen:
    """What the screen shows: the view, the focused pane, and what was found, opened, compared and done.

    ``hit`` is the source and the number of the hit that is read, None where none is. ``full`` is the box that
    has the whole screen. ``happened`` is what was written, exported, opened: ``note``, ``export``, ``help``.
    """

    view: str = "read"
    pane: str = ""
    query: str = ""
    hits: int = 0
    hit: tuple[str, int] | None = None
    full: str = ""
    compared: int = 0
    happened: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, what to press (``{action}`` is that action's key), why, and when it is done.

    ``done`` is given what was seen since the step began, the first of it when it began.
    """

    name: str
    press: str
    why: str
    done: Callable[[Sequence[Seen]], bool]


def _search(seen: Sequence[Seen]) -> bool:
    return seen[-1].hits > 0 and len(seen[-1].query.strip()) >= _LEAST_QUERY


def _hit(seen: Sequence[Seen]) -> bool:
    return seen[-1].view == "read" and seen[-1].hit is not None


def _next_hit(seen: Sequence[Seen]) -> bool:
    return _hit(seen) and seen[-1].hit != next((one.hit for one in seen if one.hit), None)


def _conflict(seen: Sequence[Seen]) -> bool:
    return seen[-1].view == "read" and any(one.full == "figures" for one in seen)


def _happened(what: str) -> Callable[[Sequence[Seen]], bool]:
    return lambda seen: any(one.happened == what for one in seen[1:])


STEPS: tuple[Step, ...] = (
    Step(
        "Search",
        "Press {search} and type: harbour",
        "Hits come while you type, from all sources of the library.",
        _search,
    ),
    Step(
        "Open a hit",
        "Press enter to go to the results, enter to open one",
        "The text opens at the place that was found.",
        _hit,
    ),
    Step(
        "Next hit",
        "Press {next-hit}",
        "{next-hit} goes from hit to hit, on into the next source; {previous-hit} goes back.",
        _next_hit,
    ),
    Step(
        "Evidence",
        "Press {next-pane} until Evidence is lit; on a narrow screen {evidence}",
        "Names, figures and quotes of this text, and what other sources say instead.",
        lambda seen: seen[-1].pane == "evidence",
    ),
    Step(
        "The story",
        "Press {view-story}",
        "All sources as one: who copied whom, how many are independent, what they disagree on.",
        lambda seen: seen[-1].view == "story",
    ),
    Step(
        "Compare",
        "Press j down to 2, {mark} to mark it, j down to 7, {mark}, then {compare}",
        "Both side by side: = same, ~ edited, ≈ in other words, nothing: only here.",
        lambda seen: seen[-1].view == "compare" and seen[-1].compared > 1,
    ),
    Step(
        "A disagreement",
        "Press {box-figures} for Figures, then enter on a value with ≠ to read it",
        "Each row is one thing that is measured; ≠ stands where the sources differ.",
        _conflict,
    ),
    Step(
        "Write a note",
        "Press {note}, type what you think of this passage, then {save-note} saves it",
        "A note keeps its passage, even when the text changes later.",
        _happened("note"),
    ),
    Step(
        "Export",
        "Press {export}, choose a format with the arrows, then enter; esc closes",
        "Your notes, or the whole story, as a file for others.",
        _happened("export"),
    ),
    Step(
        "Help",
        "Press {help}; esc closes it",
        "The keys of the place that you are in, and every sign on the screen.",
        _happened("help"),
    ),
)
END = (
    "That was the tour",
    "{open-library} opens your own library, {add} adds sources to it; esc closes this",
)


@dataclass(slots=True)
class Tour:
    """How far somebody is: ``place`` counts the steps that are done."""

    place: int = 0
    _seen: list[Seen] = field(default_factory=list)

    @property
    def step(self) -> Step | None:
        """The step to be done now; None when all are."""
        return STEPS[self.place] if self.place < len(STEPS) else None

    def look(self, seen: Seen) -> bool:
        """Take notice of what is seen; tell whether the step was done by it."""
        step = self.step
        if step is None or (self._seen and self._seen[-1] == seen and not seen.happened):
            return False
        self._seen.append(seen)
        if not step.done(self._seen):
            return False
        self.skip()
        # What comes next begins with what is there now.
        self._seen = [Seen(seen.view, seen.pane, seen.query, seen.hits, seen.hit, "", seen.compared)]
        return True

    def skip(self) -> None:
        """Go on to the next step, whether this one was done or not."""
        self.place = min(self.place + 1, len(STEPS))
        self._seen = []
