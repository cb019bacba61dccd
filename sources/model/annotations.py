"""What a user adds to texts: notes on passages, corrections of entities, and choices in an audit."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from sources.model.texts import OriginalPlace, Ref, Span

COLOURS = ("yellow", "green", "blue", "pink", "purple", "orange", "red", "grey")  # of notes
BIN_DAYS = 30  # that what was removed stays in the bin
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
    as the user made it, in version ``made_version``: what ``anchor.quote`` was matched with. As read from
    a library it also has the passage's ``place`` in the original, and the ``newest`` version of the source.
    """

    ref: Ref
    anchor: Anchor
    state: NoteState = NoteState.ANCHORED
    confidence: float = 1.0
    version: int = 0
    made: Anchor | None = None
    made_version: int = 0
    place: OriginalPlace | None = None
    newest: int = 0

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
