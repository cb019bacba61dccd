"""Labels: the codebook, the passages that have its labels, and what coders settled about them.

A label goes by its name, written like a tag: no white space, and alike in capitals and small letters. Spans
may overlap, and several coders may label one text without seeing each other's spans in their own.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.frozen import frozen
from sources.model.texts import Ref, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.model.annotations import Target


DEFAULT_CODER = "me"
LONGEST_NAME = 80  # code points of a label's name
LONGEST_MEANING = 10_000  # code points
_IN_NAMES = frozenset("-_.'’&+\u200c\u200d")  # beside letters, marks, numbers and pictures


def fold_label(name: str) -> str:
    """Return what a label's name has in common with its other spellings.

    Not `sources.text.folding.fold`: this is the key by which libraries store labels, and a codebook may well
    hold both ``resume`` and ``résumé``.
    """
    return unicodedata.normalize("NFKC", name).casefold()


def name_fault(name: str) -> str | None:
    """Say why a tidied name cannot be a label's; None when it can.

    A name goes into files' names, queries and tables of other programs, so none may mean a path, a command
    or a formula there.
    """
    if not name:
        return "is empty"
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    if unicodedata.category(name[0])[0] not in {"L", "N"} and unicodedata.category(name[0]) != "So":
        return "has to begin with a letter or a number"
    for character in name:
        kind = unicodedata.category(character)
        if kind[0] not in {"L", "M", "N"} and kind not in {"So", "Sk"} and character not in _IN_NAMES:
            return f"may not hold {character!r}"
    return None


@frozen
class LabelFields:
    """What a user says of a label.

    ``colour`` is one of `sources.model.COLOURS`, ``key`` the one character that gives the label in the app.
    """

    name: str
    meaning: str = ""
    colour: str | None = None
    key: str | None = None


@frozen
class Label:
    """A label of the codebook; ``parent`` is the id of the label that it stands under."""

    id: int
    uid: str
    name: str
    meaning: str
    colour: str | None
    key: str | None
    parent: int | None
    created: str
    modified: str

    @property
    def fields(self) -> LabelFields:
        """What the user said of it."""
        return LabelFields(self.name, self.meaning, self.colour, self.key)


@frozen
class Codebook:
    """The labels in the order of the tree: each before those that stand under it."""

    labels: tuple[Label, ...]

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __len__(self) -> int:
        return len(self.labels)

    def named(self, name: str) -> Label | None:
        """Return the label of that name, however it is spelled; None when there is none."""
        wanted = fold_label(name)
        return next((label for label in self.labels if fold_label(label.name) == wanted), None)

    def parent_of(self, label: Label) -> Label | None:
        """Return the label that ``label`` stands under; None for one at the top."""
        return next((other for other in self.labels if other.id == label.parent), None)

    def depth(self, label: Label) -> int:
        """Return how many labels ``label`` stands under."""
        above = self.parent_of(label)
        return 0 if above is None else 1 + self.depth(above)

    def path(self, label: Label) -> tuple[str, ...]:
        """Return the names from the top down to ``label``."""
        above = self.parent_of(label)
        return (*(self.path(above) if above is not None else ()), label.name)

    def family(self, labels: Iterable[Label]) -> tuple[Label, ...]:
        """Return ``labels`` and all that stand under them, in the order of the tree."""
        wanted = {label.id for label in labels}
        found = []
        for label in self.labels:
            if label.id in wanted or label.parent in wanted:
                wanted.add(label.id)
                found.append(label)
        return tuple(found)


class SpanStatus(StrEnum):
    """What a labelled span is: a coder's, a proposal that waits or was turned down, or what was settled."""

    MARKED = "marked"
    SUGGESTED = "suggested"
    DISMISSED = "dismissed"
    SETTLED = "settled"


@frozen
class LabelSpan:
    """A passage with a label.

    ``coder`` gave it: whose span it is, who settled it, or who asked for the suggestion. ``origin`` says in
    words where it comes from ("search: …"), and nothing where it was marked by hand. ``settlement`` is the
    id of the settlement that it belongs to. Moments are ISO 8601 in UTC.
    """

    id: int
    uid: str
    label_id: int
    label: str
    coder: str
    target: Target
    status: SpanStatus
    origin: str
    settlement: int | None
    created: str
    modified: str

    @property
    def ref(self) -> Ref:
        """The source that it is in."""
        return self.target.ref

    @property
    def span(self) -> Span:
        """Where it stands now; for an orphan where it stood last."""
        return Span(self.target.anchor.start, self.target.anchor.end)


@frozen
class LabelChoice:
    """Which labelled spans are meant: those that fit all that is given.

    ``labels`` are ids, and none of them means all.
    """

    story: str | None = None
    ref: Ref | None = None
    labels: tuple[int, ...] = ()
    coder: str | None = None
    statuses: tuple[SpanStatus, ...] = (SpanStatus.MARKED,)


@frozen
class LabelTally:
    """How many spans a coder gave a label in a source."""

    label: str
    ref: Ref
    coder: str
    spans: int
    characters: int


@frozen
class Settlement:
    """What was decided about spans on which coders disagreed.

    ``about`` are the ids of those spans, ``spans`` those that hold instead: none where nothing does. It
    no longer counts once one of the spans that it is about was changed after ``made``.
    """

    id: int
    uid: str
    ref: Ref
    by: str
    made: str
    about: tuple[int, ...]
    spans: tuple[LabelSpan, ...]
