"""The registry of evidence questions: what each needs, and the work that answers it.

A question is about texts that are read together, perhaps in the light of others beside them. Its work imports
the evidence that it takes, so that a command loads no more than that, and the version of its answers comes
from these very imports (`keys`). Whatever else changes an answer is declared here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sources.evidence.alignment import Alignment
    from sources.evidence.attributions import Attribution
    from sources.evidence.audit import Audit
    from sources.evidence.credit_chains import CreditChain
    from sources.evidence.dates import DateMention
    from sources.evidence.entities import Entity
    from sources.evidence.entities.casing import WordUsage
    from sources.evidence.entities.recognizers import Recognizer
    from sources.evidence.figure_matrix import MatrixRow
    from sources.evidence.figures import Figure
    from sources.evidence.lineage import Lineage
    from sources.evidence.lineage.finder import LineageStory
    from sources.evidence.multi_alignment import Columns
    from sources.evidence.quote_families import QuoteFamily
    from sources.evidence.quotes import Quote
    from sources.evidence.said_alone import UniqueSentences
    from sources.evidence.timeline import Event
    from sources.model import Correction, Ref, Source, Span


Answer = TypeVar("Answer")
_Answer_co = TypeVar("_Answer_co", covariant=True)
DRAFT = "(draft)"  # the story that a text is said to be of which is in none; no slug is written so
_OF_ALL = (
    "sources.text.sentences",
    "sources.text.reading_view",
    "sources.evidence_cache.answer_values",
)  # each answer goes through these


def never() -> bool:
    """Tell that an answer is still wanted."""
    return False


class Outside(Enum):
    """What an answer may depend on besides texts and code."""

    WORD_USAGE = "how the library writes its words"
    RECOGNIZERS = "the installed recognizers"
    CORRECTIONS = "how the user corrected the names of the story"
    READINGS = "how the user read the markers of the text"


@dataclass(frozen=True, eq=False)
class Question(Generic[_Answer_co]):
    """A question, the work that answers it, and what the answer depends on besides the texts.

    ``given`` are questions about the same texts whose answers are part of the key; ``each`` are questions
    that the work asks of some or all of them. What is not ``kept`` is quicker worked out than read from a
    file. ``of_first`` tells that the answer is about the first text, held against the others. Work that was
    cancelled answers None, which is never kept.
    """

    name: str
    work: Callable[[Reading], _Answer_co]
    given: tuple[Question[Any], ...] = ()
    each: tuple[Question[Any], ...] = ()
    outside: tuple[Outside, ...] = ()
    kept: bool = True
    of_first: bool = False

    @property
    def code(self) -> tuple[str, ...]:
        """The modules and functions that answer it, as `keys.Codebase.version` takes them."""
        return tuple(dict.fromkeys((*_OF_ALL, *self._works())))

    def _works(self) -> Iterator[str]:
        yield f"{__name__}:{self.work.__name__}"
        for question in (*self.each, *(one for one in self.given if not one.kept)):
            yield from question._works()  # noqa: SLF001 - of its own class


class Ask(Protocol):
    """What works an answer out, or remembers it."""

    def __call__(
        self, question: Question[Answer], texts: Sequence[Source], *, beside: Sequence[Source] = ()
    ) -> Answer:
        """Return the answer to a question about texts, read in the light of those ``beside`` them."""


@dataclass(frozen=True)
class Reading:
    """Texts that are read to answer a question: ``ask`` answers others, the rest is what is outside."""

    texts: list[Source]
    beside: list[Source]
    ask: Ask
    word_usage: Callable[[], WordUsage]
    recognizers: Callable[[], Sequence[Recognizer]]
    corrections: Callable[[], Sequence[Correction]]
    readings: Callable[[], Mapping[str, tuple[int, ...]]]
    cancelled: Callable[[], bool] = never
    progress: Callable[[str], None] | None = field(default=None)


def _sentences(reading: Reading) -> tuple[Span, ...]:
    from sources.text.sentences import split_sentences

    (text,) = reading.texts
    return tuple(split_sentences(text.text, text.zones))


def _figures(reading: Reading) -> tuple[Figure, ...]:
    from sources.evidence.figures.finder import find_figures

    (text,) = reading.texts
    return find_figures(text)


def _dates(reading: Reading) -> tuple[DateMention, ...]:
    from sources.evidence.dates.finder import find_dates
    from sources.evidence.dates.publication import publication_of, with_days

    (text,) = reading.texts
    return find_dates(text if text.date else with_days(text, publication_of(text, reading.beside)))


def _quotes(reading: Reading) -> tuple[Quote, ...]:
    from sources.evidence import quotes

    (text,) = reading.texts
    return quotes.find_quotes(text, reading.ask(FOUND_ENTITIES, reading.beside or reading.texts))


def _attributions(reading: Reading) -> tuple[Attribution, ...]:
    from sources.evidence import attributions

    (text,) = reading.texts
    return attributions.find_attributions(text)


def _found_entities(reading: Reading) -> tuple[Entity, ...]:
    from sources.evidence.entities.finder import find_entities
    from sources.evidence.entities.recognizers import recognized_by

    written = [text.text for text in reading.texts]
    spans = [span for helper in reading.recognizers() for span in recognized_by(helper, written)]
    return find_entities(reading.texts, reading.word_usage(), spans)


def _entities(reading: Reading) -> tuple[Entity, ...]:
    from sources.evidence.entities.corrections import corrected

    return corrected(reading.ask(FOUND_ENTITIES, reading.texts), reading.corrections())


def _text_groups(reading: Reading) -> tuple[tuple[Ref, ...], ...]:
    from sources.evidence.lineage.finder import text_groups

    return text_groups(reading.texts)


def _figure_matrix(reading: Reading) -> tuple[MatrixRow, ...]:
    from sources.evidence.figure_matrix.matrix import figure_matrix

    named = reading.ask(ENTITIES, reading.texts)
    return figure_matrix(reading.texts, named, reading.ask(TEXT_GROUPS, reading.texts))


def _timeline(reading: Reading) -> tuple[Event, ...]:
    from sources.evidence import timeline
    from sources.evidence.dates.publication import dated

    return timeline.timeline(dated(reading.texts), reading.ask(ENTITIES, reading.texts))


def _quote_families(reading: Reading) -> tuple[QuoteFamily, ...]:
    from sources.evidence.quote_families.families import find_families

    quoted = [(text, reading.ask(QUOTES, [text], beside=reading.texts)) for text in reading.texts]
    return find_families(
        quoted, reading.ask(ENTITIES, reading.texts), reading.ask(TEXT_GROUPS, reading.texts)
    )


def _credit_chains(reading: Reading) -> tuple[CreditChain, ...]:
    from sources.evidence.credit_chains.chains import find_chains

    named = reading.ask(ENTITIES, reading.texts)
    return find_chains(reading.texts, named, reading.ask(TEXT_GROUPS, reading.texts))


def _alignment(reading: Reading) -> Alignment:
    from sources.evidence import alignment

    a, b = reading.texts
    return alignment.align(a, b, context=reading.beside)


def _columns(reading: Reading) -> Columns | None:
    from sources.evidence import multi_alignment

    return multi_alignment.align_many(reading.texts, context=reading.beside, cancelled=reading.cancelled)


def _said_alone(reading: Reading) -> UniqueSentences | None:
    from sources.evidence import said_alone

    (text,) = reading.texts
    others = [other for other in reading.beside if other.ref != text.ref]
    return said_alone.unique_sentences(text, others, context=reading.beside, cancelled=reading.cancelled)


def _lineage(reading: Reading) -> Lineage | None:
    from sources.evidence.lineage.finder import find_lineage

    found = find_lineage(
        lineage_story(reading.texts, reading.ask), cancelled=reading.cancelled, progress=reading.progress
    )
    return None if reading.cancelled() else found


def _audit(reading: Reading) -> Audit | None:
    from sources.evidence.audit.finder import audit

    text, *sources = reading.texts
    return audit(
        text,
        numbered(sources),
        reading.ask(ENTITIES, reading.texts),
        chosen=reading.readings(),
        cancelled=reading.cancelled,
    )


_UNCITED = 10**9  # numbers from here on are in no text, so that none is read as a marker


def _audit_elsewhere(reading: Reading) -> Audit | None:
    from sources.evidence.audit.finder import audit

    text, *sources = reading.texts
    # Nor is a link to one of them: what the text cites is known, and others are asked for.
    unnamed = {number: replace(source, url=None) for number, source in enumerate(sources, start=_UNCITED)}
    return audit(text, unnamed, reading.ask(ENTITIES, reading.texts), cancelled=reading.cancelled)


def numbered(sources: Sequence[Source]) -> dict[int, Source]:
    """Return sources by the numbers under which a text cites them: their own, or their places in the list."""
    found = {source.ref.number or 0: source for source in sources}
    return found if len(found) == len(sources) else dict(enumerate(sources, start=1))


def lineage_story(texts: Sequence[Source], ask: Ask) -> LineageStory:
    """Return texts as the lineage takes them, with the names and quotes that were found in them."""
    from sources.evidence.lineage.finder import LineageStory

    return LineageStory(
        tuple(texts),
        find_entities=lambda: ask(FOUND_ENTITIES, texts),
        quotes_of=lambda text: ask(QUOTES, [text], beside=texts),
    )


SENTENCES = Question("sentences", _sentences, kept=False)
FIGURES = Question("figures", _figures)
DATES = Question("dates", _dates)
ATTRIBUTIONS = Question("attributions", _attributions)
FOUND_ENTITIES = Question(
    "entities", _found_entities, outside=(Outside.WORD_USAGE, Outside.RECOGNIZERS)
)  # fmt: skip
QUOTES = Question(
    "quotes", _quotes, each=(FOUND_ENTITIES,), outside=(Outside.WORD_USAGE, Outside.RECOGNIZERS)
)  # fmt: skip
ENTITIES = Question(
    "corrected entities", _entities, given=(FOUND_ENTITIES,), outside=(Outside.CORRECTIONS,), kept=False
)
TEXT_GROUPS = Question("text groups", _text_groups)
FIGURE_MATRIX = Question("figure matrix", _figure_matrix, given=(ENTITIES,), each=(TEXT_GROUPS,))
TIMELINE = Question("timeline", _timeline, given=(ENTITIES,))
QUOTE_FAMILIES = Question(
    "quote families", _quote_families, given=(ENTITIES,), each=(QUOTES, TEXT_GROUPS)
)  # fmt: skip
CREDIT_CHAINS = Question("credit chains", _credit_chains, given=(ENTITIES,), each=(TEXT_GROUPS,))
ALIGNMENT = Question("alignment", _alignment)
COLUMNS = Question("columns", _columns)
SAID_ALONE = Question("said alone", _said_alone)
AUDIT = Question("audit", _audit, given=(ENTITIES,), outside=(Outside.READINGS,), of_first=True)
AUDIT_ELSEWHERE = Question("audit elsewhere", _audit_elsewhere, given=(ENTITIES,), of_first=True)
LINEAGE = Question("lineage", _lineage, given=(FOUND_ENTITIES,), each=(QUOTES,))

QUESTIONS: tuple[Question[Any], ...] = (
    SENTENCES, FIGURES, DATES, QUOTES, ATTRIBUTIONS, FOUND_ENTITIES, ENTITIES, TEXT_GROUPS, FIGURE_MATRIX,
    TIMELINE, QUOTE_FAMILIES, CREDIT_CHAINS, ALIGNMENT, COLUMNS, SAID_ALONE, LINEAGE,
    AUDIT, AUDIT_ELSEWHERE,
)  # fmt: skip
