"""The dossier of a story: all that is known of it in one document, which can be checked elsewhere.

What it shows of a text is a `Place`: where the words are, and the words. A text that it carries is the whole
of what the library has, or a redacted one; places are of the carried text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, cast

from sources.notes.export import ExportFormat, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.evidence.lineage import StoryOrigin
    from sources.evidence.lineage.drawing import HeatMap, OriginTree
    from sources.model import Note, OriginalPlace, Ref, Source
    from sources.notes.export import CitedSource, NoteCollection

SCHEMA = "crossread/dossier/1"
MOST_BYTES = 16_000_000  # of a dossier; a story of a hundred long articles makes three million


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of a carried text, its words, and where it is in the original."""

    ref: Ref
    start: int
    end: int
    words: str
    original: OriginalPlace | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """Where a source says otherwise, or less, than a sentence; ``source`` is None where it lacks a word."""

    kind: str
    said: Place
    source: Place | None


@dataclass(frozen=True, slots=True)
class Held:
    """What a source has on a sentence: passages that bear on it, details it lacks, and where it differs."""

    ref: Ref
    verdict: str
    support: float
    evidence: tuple[Place, ...]
    missing: tuple[Place, ...] = ()
    differs: tuple[Differing, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementHere:
    """A statement of a sentence, and what all cited sources together bear out of it."""

    place: Place
    verdict: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the summary with its verdict, and what each source has that it cites.

    ``readings`` are those of a marker that can be read in several ways, the likeliest first, unless the user
    said which it is; ``better`` are sources that were not cited; ``origins`` those on which the cited ones
    stand, where several are; ``absent`` the numbers that it cites of which there is no source. Where the user
    gave a verdict, ``found`` is that of the program, and ``note`` what the user says to it.
    """

    place: Place
    verdict: str
    marker: str | None
    readings: tuple[tuple[int, ...], ...]
    statements: tuple[StatementHere, ...]
    checks: tuple[Held, ...]
    better: tuple[Held, ...]
    origins: tuple[str, ...]
    absent: tuple[int, ...] = ()
    found: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a figure, and where each source has it."""

    text: str
    before: bool
    dissents: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A thing that is measured, what the sources make of it, and its values, the usual one first."""

    kind: str
    subject: str
    status: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A place where an utterance is quoted: the words that others have not, and those that it leaves out."""

    place: Place
    kind: str
    speaker: str | None
    altered: tuple[Place, ...]
    left_out: tuple[str, ...]
    shift: bool
    copied: bool


@dataclass(frozen=True, slots=True)
class QuoteHere:
    """An utterance in its fullest wording, who said it, and its variants."""

    text: str
    speaker: str | None
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class DriftHere:
    """A claim that grew on the way: what the text leaned on has, and what the later one makes of it."""

    kind: str
    earlier: Place
    later: Place  # without words where something was left out


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice in a chain of credits, and those that lean on it; ``place`` is the sentence that says so."""

    name: str
    kind: str
    refs: tuple[Ref, ...]
    place: Place | None
    cue: str | None
    drifts: tuple[DriftHere, ...]
    followers: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A claim, and the tree of those who tell it."""

    claim: str
    root: Voice


@dataclass(frozen=True, slots=True)
class EventHere:
    """Something that happened: ``when`` in words, the usual day first, and the places that say so."""

    when: tuple[str, ...]
    text: str
    status: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SayingHere:
    """Where something is said, when that came out, and from which text it was taken, if proved."""

    place: Place
    when: str
    changed: bool
    source: Ref | None


@dataclass(frozen=True, slots=True)
class FirstSaid:
    """A figure, quote or claim of several sources, in the order in which they said it, if ``sure``."""

    kind: str
    subject: str
    sure: bool
    sayings: tuple[SayingHere, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A story with its evidence: the texts, summary first and then by number, and what was found in them.

    ``cited`` are the sources that texts and notes speak of, those of other stories too. ``unjudged`` says why
    the summary has no verdicts, ``left_out`` which parts are missing and why; ``redacted`` are the pseudonyms
    that its names were replaced by.
    """

    story: str
    title: str | None
    texts: tuple[Source, ...]
    notes: tuple[Note, ...] = ()
    cited: Mapping[Ref, CitedSource] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    unjudged: str | None = None
    origins: tuple[StoryOrigin, ...] = ()
    overlap: HeatMap | None = None
    trees: tuple[OriginTree, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    firsts: tuple[FirstSaid, ...] = ()
    quotes: tuple[QuoteHere, ...] = ()
    chains: tuple[Chain, ...] = ()
    events: tuple[EventHere, ...] = ()
    left_out: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()

    @property
    def summary(self) -> Source | None:
        """The story's own summary, if it has one."""
        return next((text for text in self.texts if text.ref.number is None), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The texts without the summary."""
        return tuple(text for text in self.texts if text.ref.number is not None)


class DossierFormat(ExportFormat):
    """A format of dossiers; `of` binds the dossier that it writes, whatever collection it is handed."""

    _dossier: Dossier

    def __init__(
        self, name: str, suffix: str, description: str, written_by: str, dossier: Dossier | None = None
    ) -> None:
        super().__init__(name, suffix, description, written_by, Shape.TEXT, texts=True)
        if dossier is not None:
            object.__setattr__(self, "_dossier", dossier)

    def of(self, dossier: Dossier) -> DossierFormat:
        """Return the format as what writes this dossier."""
        return DossierFormat(self.name, self.suffix, self.description, self.written_by, dossier)

    def write(self, collection: NoteCollection) -> str:  # noqa: ARG002 - all that it needs is in the dossier
        """Return the document; raises RequestError where it would be larger than a dossier may be."""
        module, _, function = self.written_by.partition(".")
        written = getattr(import_module(f"{__name__}.{module}"), function)(self._dossier)
        return cast("str", written)


STORY_FORMATS: dict[str, ExportFormat] = {
    form.name: form
    for form in (
        DossierFormat("markdown", ".md", "the dossier of the story as Markdown", "as_markdown.write_dossier"),
        DossierFormat(
            "html", ".html", "the dossier as one page that crossread verify can check", "page.write_dossier"
        ),
        DossierFormat("json", ".json", "the dossier as one JSON document", "as_json.write_dossier"),
    )
}
