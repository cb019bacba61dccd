"""What two versions of a text differ in: figures and quotes first, then the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.evidence.figures import FigureKind
from sources.model import Span
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from sources.evidence.alignment import Alignment
    from sources.evidence.dates import DateMention
    from sources.evidence.edits import Edit
    from sources.evidence.figures import Figure
    from sources.evidence.quotes import Quote


class Said(NamedTuple):
    """What one version has: a span of it, its words, and the speaker of a quote."""

    start: int
    end: int
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A figure or quote that one version has and the other has not; both where one took the other's place."""

    was: Said | None
    now: Said | None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A passage that was edited, added or removed; ``edits`` are of the words of an edited one."""

    kind: Literal["edited", "added", "removed"]
    was: Span | None
    now: Span | None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What a version of a text has otherwise than the one before: spans are of either text."""

    figures: tuple[Replaced, ...]
    quotes: tuple[Replaced, ...]
    sentences: tuple[SentenceChange, ...]


class Version(NamedTuple):
    """What was found in a version of a text."""

    figures: Sequence[Figure]
    dates: Sequence[DateMention]
    quotes: Sequence[Quote]


class _Found(NamedTuple):
    """Something found, and what it is compared by: ``sort`` tells what can take its place."""

    said: Said
    sort: Hashable
    value: Hashable


def changes_between(was: Version, now: Version, alignment: Alignment) -> VersionChanges:
    """Return what differs between two versions, which ``alignment`` lays side by side.

    A figure or quote is no change where the other version has it anywhere, be it written otherwise. One takes
    the place of another where each is the only one of its kind that is new or gone in a pair of sentences.
    """
    pairs = [(row.a, row.b) for row in alignment.rows]
    return VersionChanges(
        _replaced([*_figures(was), *_dates(was)], [*_figures(now), *_dates(now)], pairs),
        (*_replaced(_quotes(was), _quotes(now), pairs), *_other_speakers(_quotes(was), _quotes(now))),
        tuple(_sentences(alignment)),
    )


def _sentences(alignment: Alignment) -> Iterable[SentenceChange]:
    changes = [
        SentenceChange("edited", row.a, row.b, row.edits) for row in alignment.rows if row.kind != "same"
    ]
    changes += [SentenceChange("removed", span, None) for span in alignment.only_a]
    changes += [SentenceChange("added", None, span) for span in alignment.only_b]
    return sorted(changes, key=lambda one: (one.now or one.was or Span(0, 0)).start)


def _figures(version: Version) -> list[_Found]:
    found = []
    for one in version.figures:
        # What is counted may be called otherwise, 40 workers for 40 staff, without being another figure.
        measured = one.kind if one.kind is FigureKind.COUNT else (one.kind, one.unit)
        value = (measured, one.value, one.low, one.high)
        found.append(_Found(Said(one.start, one.end, one.text), measured, value))
    # "12 people" says more than the "12" of a headline.
    return sorted(found, key=lambda each: -len(each.said.text))


def _dates(version: Version) -> list[_Found]:
    found = []
    for one in version.dates:
        value = (one.first, one.last) if one.resolved else fold(one.text)
        found.append(_Found(Said(one.start, one.end, one.text), "date", value))
    return found


def _quotes(version: Version) -> list[_Found]:
    found = []
    for one in version.quotes:
        if one.direct:
            words = " ".join(fold(one.text).split())
            said = Said(one.start, one.end, one.text, one.speaker)
            found.append(_Found(said, "quote", words.strip(" .,;:!?")))
    return found


def _replaced(
    was: Sequence[_Found], now: Sequence[_Found], pairs: Sequence[tuple[Span, Span]]
) -> tuple[Replaced, ...]:
    gone = _missing(was, now)
    new = _missing(now, was)
    found: list[Replaced] = []
    for before, after in pairs:
        for sort in dict.fromkeys(one.sort for one in gone):
            here = [one for one in gone if one.sort == sort and _within(one, before)]
            there = [one for one in new if one.sort == sort and _within(one, after)]
            if len(here) == len(there) == 1:
                found.append(Replaced(here[0].said, there[0].said))
                gone.remove(here[0])
                new.remove(there[0])
    found += [Replaced(one.said, None) for one in gone]
    found += [Replaced(None, one.said) for one in new]
    return tuple(sorted(found, key=lambda one: (one.now or one.was or Said(0, 0, "")).start))


def _other_speakers(was: Sequence[_Found], now: Sequence[_Found]) -> Iterator[Replaced]:
    """Yield quotes of the same words that somebody else is said to have said; a fuller name is the same."""
    before = {one.value: one.said for one in was if one.said.speaker}
    for one in now:
        other = before.get(one.value)
        if other is not None and one.said.speaker and not _names(other) & _names(one.said):
            yield Replaced(other, one.said)


def _names(said: Said) -> set[str]:
    return {fold(word) for word in (said.speaker or "").split()}


def _missing(these: Sequence[_Found], those: Sequence[_Found]) -> list[_Found]:
    """Return what is in one version and not in the other, each once."""
    known = {one.value for one in those}
    first: dict[Hashable, _Found] = {}
    for one in these:
        if one.value not in known:
            first.setdefault(one.value, one)
    return list(first.values())


def _within(one: _Found, span: Span) -> bool:
    return span.start <= one.said.start < span.end
