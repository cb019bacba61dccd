"""What a user adds to texts: notes and labels on passages, the codebook, corrections, choices in an audit.

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


COLOURS = ("yellow", "green", "blue", "pink", "purple", "orange", "red", "grey")  # of notes
CONTEXT = 32  # code points of an anchor's prefix and suffix


class NoteState(StrEnum):
    """Whether a note's passage is where it was, elsewhere, or gone."""

    ANCHORED = "anchored"
    MOVED = "moved"
    ORPHAN = "orphan"


@frozen
class Anchor:
    """How a span is found again: its quote, up to 32 code points on each side, and its position.

    An anchor without a quote, `whole`, stands for all of a source or story.
    """

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str

    @classmethod
    def at(cls, text: str, span: Span) -> Anchor:
        """Make the anchor of ``span`` in ``text``."""
        start, end = span
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return cls(start, end, text[start:end], before, after)

    @classmethod
    def whole(cls) -> Anchor:
        """Make the anchor of a note on a whole source, or on a story."""
        return cls(0, 0, "", "", "")


@frozen
class FoundAnchor:
    """Where an anchor is in a text: its span, None for an orphan, and a confidence of 0 to 1."""

    span: Span | None
    state: NoteState
    confidence: float


class TargetKind(StrEnum):
    """What a note speaks of."""

    PASSAGE = "passage"
    SOURCE = "source"
    STORY = "story"


@frozen
class Target:
    """What a note speaks of: a passage, a whole source or summary, or a story (see `kind`).

    ``anchor`` is where it stands now, in version ``version`` of the source's text (0: not known);
    ``confidence`` is 0 to 1, 0 for an orphan. Where the passage moved or changed, ``made`` is the anchor
    as the user made it, in version ``made_version``: what ``anchor.quote`` was matched with.
    """

    ref: Ref
    anchor: Anchor
    state: NoteState = NoteState.ANCHORED
    confidence: float = 1.0
    version: int = 0
    made: Anchor | None = None
    made_version: int = 0

    @property
    def kind(self) -> TargetKind:
        """What it is that the note speaks of."""
        if self.ref.is_story:
            return TargetKind.STORY
        return TargetKind.PASSAGE if self.anchor.quote else TargetKind.SOURCE

    @property
    def as_made(self) -> Target | None:
        """The target as the user made it; None where it did not move since."""
        return None if self.made is None else Target(self.ref, self.made, version=self.made_version)


@frozen
class NoteFields:
    """What a user writes of a note, apart from where it stands.

    ``text`` is Markdown; ``colour`` is one of COLOURS; ``relation`` says in a word what several passages
    have to do with each other ("contradicts": the first contradicts the others); ``coder`` is who wrote it.
    """

    text: str = ""
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    colour: str | None = None
    pinned: bool = False
    relation: str | None = None
    coder: str | None = None

    @property
    def says_something(self) -> bool:
        """Tell whether there is anything in it that makes a note worth keeping."""
        return bool(self.text.strip() or self.tags or self.labels or self.relation)


@frozen
class Note:
    """The user's words, tags and labels on one or more targets; moments are ISO 8601 in UTC.

    ``version`` counts the changes of what `fields` holds and of the targets that the user chose; ``uid``
    names the note wherever it goes; ``draft`` is the moment of words typed since but not saved, if any.
    """

    id: int
    text: str
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    created: str
    modified: str
    targets: tuple[Target, ...] = ()
    colour: str | None = None
    pinned: bool = False
    relation: str | None = None
    coder: str | None = None
    version: int = 1
    uid: str = ""
    draft: str | None = None
    removed: str | None = None  # the moment it went to the bin

    @property
    def fields(self) -> NoteFields:
        """What the user wrote, to be changed and saved again with `Library.save_note`."""
        return NoteFields(
            self.text, self.tags, self.labels, self.colour, self.pinned, self.relation, self.coder
        )

    @property
    def first(self) -> Target:
        """The target that the note is listed by."""
        return self.targets[0]

    @property
    def is_orphan(self) -> bool:
        """Tell whether the note lost one of its targets."""
        return any(target.state is NoteState.ORPHAN for target in self.targets)


@frozen
class NoteDraft:
    """Words as they are typed, kept within a second, until they are saved or dropped.

    ``key`` is what the editor calls it; it holds one draft a key. ``note_id`` is the note that is edited,
    None for a new one on ``places``; ``base`` and ``base_version`` are what its note said when editing began.
    """

    key: str
    fields: NoteFields
    note_id: int | None = None
    places: tuple[tuple[Ref, Anchor], ...] = ()
    base: NoteFields | None = None
    base_version: int = 0
    modified: str = ""

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Where a new note is to be."""
        return tuple(ref for ref, _ in self.places)


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


class CorrectionAct(StrEnum):
    """What the user did to an entity."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    TYPE = "type"
    HIDE = "hide"
    PIN = "pin"


@frozen
class Correction:
    """What the user said of an entity, by its names, so that new imports obey as well.

    ``story`` is None for one that holds in the whole library. ``names`` are the name that the entity had and
    its aliases. ``value`` is the name of the entity that it goes with (merge), the form that is taken out of
    it (split), its new name (rename) or its kind (type), and empty else. ``made`` is an ISO 8601 moment.
    """

    id: int
    story: str | None
    act: CorrectionAct
    names: tuple[str, ...]
    value: str
    made: str

    @property
    def name(self) -> str:
        """Return the name that the entity had."""
        return self.names[0]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return its other names."""
        return self.names[1:]


class AuditChoiceKind(StrEnum):
    """What the user decided of a sentence that was audited."""

    READING = "reading"  # which sources its marker names
    VERDICT = "verdict"  # what its sources bear out of it


@frozen
class AuditChoice:
    """What the user decided of a sentence of a story's summary, or of a draft, by the words of the sentence.

    ``story`` is None for a draft, whose name is ``draft``. ``sentence`` has its words, folded and without
    markers, and ``marker`` the marker that is read so, empty for a verdict. ``value`` is the numbers of
    sources with commas (reading), or a verdict. ``made`` is an ISO 8601 moment.
    """

    id: int
    story: str | None
    draft: str | None
    sentence: str
    marker: str
    kind: AuditChoiceKind
    value: str
    note: str
    made: str
