"""Words that both front ends use: counts, numbers of sources, and how a claim grew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.version_changes import Replaced, Said, VersionChanges
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
    """Return the number of a source, S for a summary, and the version behind it where one is named."""
    version = "" if ref.version is None else f"@{ref.version}"
    return f"{'S' if ref.number is None else ref.number}{version}"


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


# What a publisher changed.


def counted_changes(changed: VersionChanges) -> str:
    """Return how much changed, such as ``1 figure, 2 sentences``; "no word of the text" for nothing."""
    parts = ((changed.figures, "figure"), (changed.quotes, "quote"), (changed.sentences, "sentence"))
    told = [counted(len(found), noun) for found, noun in parts if found]
    return f"changed {', '.join(told)}" if told else "changed no sentence"


def replaced_words(one: Replaced) -> str:
    """Return what was said and what is said instead, such as ``12 people → 15 people``."""
    was = _said(one.was, one.now) if one.was is not None else "new"
    return f"{was} → {_said(one.now, one.was) if one.now is not None else 'gone'}"


def _said(said: Said, other: Said | None) -> str:
    """Return the words, with who says them where that is what differs."""
    words = flat(said.text)
    same = other is not None and other.text == said.text
    return f"{words} ({said.speaker})" if same and said.speaker else words


def absent_told(numbers: Iterable[int]) -> str:
    """Return that a sentence cites numbers of which there is no source."""
    written = list(map(str, numbers))
    return f"cites {', '.join(written)}, which {'is' if len(written) == 1 else 'are'} not there"
