"""Words that both front ends use: counts, numbers of sources, and how a claim grew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model import Ref

# How a claim grew from one voice to the next.
DRIFTS = {
    "firmer": "firmer",
    "plan-became-fact": "plan became fact",
    "hedge-dropped": "hedge dropped",
    "more-people": "more people",
    "confirmed": "confirmed",
}


def counted(number: int, noun: str) -> str:
    """Return ``1 text`` or ``12 texts``."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def short_number(ref: Ref) -> str:
    """Return the number of a source, and S for a summary."""
    return "S" if ref.number is None else str(ref.number)


def flat(text: str) -> str:
    """Return a text on one line, every run of white space a blank."""
    return " ".join(text.split())


def share_words(share: float) -> str:
    """Return a share in percent; one that is not nothing is never 0%."""
    return f"{round(100 * share)}%" if share >= 0.005 or not share else "<1%"


def numbers_of(refs: Sequence[Ref]) -> str:
    """Return the numbers of sources, runs of them in short: ``2, 7-10``."""
    numbers = sorted(ref.number for ref in refs if ref.number is not None)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
