"""The evidence in the texts shown, figures in a few cells, and what the rest of the story says to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sources.model import CorrectionAct
from tui.app.widgets.matrix import ValueCell, ValueRow
from tui.app.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.entities import Entity, Mention
    from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue
    from sources.evidence.figures import Figure
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.evidence.quotes import Quote
    from sources.model import Correction, Ref
    from tui.services import EvidenceCache


_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪"}
_SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
STATUS_SIGNS = {
    "conflict": "≠", "possible": "?", "updated": "→", "before-after": "→", "agree": "=", "nearby": "~",
    "single": " ",
}  # fmt: skip
_ORDER = tuple(STATUS_SIGNS)
_PARTS = {
    "conflict": "dissent", "possible": "value", "updated": "change", "before-after": "change",
    "agree": "value", "nearby": "lone", "single": "lone",
}  # fmt: skip
DISSENT, CHANGE, COPY, BEFORE = "≠", " → ", "≈", "‹"


def digits(value: float) -> str:
    """Return a number in few digits, such as ``4.2bn`` or ``3,900``."""
    for size, letters in _SIZES:
        if abs(value) >= size:
            return f"{value / size:.4g}{letters}"
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def normalised(figure: Figure) -> str:
    """Return a figure's value in plain digits, with its range when it has one."""
    return _amount(figure.value, figure.low, figure.high, figure.unit, figure.hedge)


def short_value(value: MatrixValue) -> str:
    """Return a value for a column: ``$4.2bn``, ``~49%``, ``≥120``; the row says what is counted."""
    if isinstance(value.value, str):
        return value.text
    low = None if isinstance(value.low, str) else value.low
    high = None if isinstance(value.high, str) else value.high
    return _amount(value.value, low, high, value.unit, value.hedge)


def _amount(value: float, low: float | None, high: float | None, unit: str, hedge: str | None) -> str:
    if low is not None and high is not None and low != high:
        number, sign = f"{digits(low)}–{digits(high)}", ""
    else:
        sign = "≥" if low is not None else "≤" if high is not None else "~" if hedge else ""
        number = digits(value)
    if unit in _CURRENCIES:
        return f"{sign}{_CURRENCIES[unit]}{number}"
    if unit == "percent":
        return f"{sign}{number}%"
    if unit == "percentage points":
        return f"{sign}{number}pp"
    if len(unit) == 3 and unit.isupper():
        return f"{sign}{unit} {number}"
    return f"{sign}{number}"


def in_order_of_note(rows: Sequence[MatrixRow]) -> tuple[MatrixRow, ...]:
    """Return the rows with what is disputed first, then what changed, what agrees, what one source says."""
    return tuple(sorted(rows, key=lambda row: _ORDER.index(str(row.status))))


def label_of(row: MatrixRow) -> str:
    """Return what a row measures, with the unit that its cells leave out."""
    unit = row.values[0].unit
    bare = str(row.kind) == "duration" or (str(row.kind) == "count" and unit not in row.subject.split())
    return f"{row.subject} ({unit})" if bare and unit not in row.subject else row.subject


def value_rows(rows: Sequence[MatrixRow], refs: Sequence[Ref]) -> list[ValueRow]:
    """Return the rows of the matrix, a cell for each of ``refs``."""
    return [
        ValueRow(
            STATUS_SIGNS[str(row.status)],
            label_of(row),
            _PARTS[str(row.status)],
            tuple(_cell(row, ref) for ref in refs),
        )
        for row in rows
    ]


def _cell(row: MatrixRow, ref: Ref) -> ValueCell | None:
    said = said_by(row, ref)
    if not said:
        return None
    now = [value for value, _ in said if not value.before]
    before = [value for value, _ in said if value.before]
    dissents = any(value.dissents for value in now)
    text = "/".join(dict.fromkeys(map(short_value, now)))
    if before and now:
        text = changed(short_value(before[0]), text)
    elif before:
        text = f"{BEFORE}{short_value(before[0])}"
    copied = all(mention.copied for _, mention in said)
    text = f"{DISSENT if dissents else COPY if copied else ''}{text}"
    part = "dissent" if dissents else "change" if before else "copied" if copied else "value"
    return ValueCell(text, "lone" if part == "value" and _PARTS[str(row.status)] == "lone" else part)


def changed(before: str, now: str) -> str:
    """Return ``before → now``; what both say at the same end is said once: ``$5.1 → 8.6bn``."""
    sign = before[0] if before[:1] == now[:1] and not before[:1].isalnum() else ""
    unit = next((letters for letters in ("tn", "bn", "m", "%") if before.endswith(letters)), "")
    if not now.endswith(unit):
        unit = ""
    return f"{before.removesuffix(unit)}{CHANGE}{now.removeprefix(sign)}"


def said_by(row: MatrixRow, ref: Ref) -> list[tuple[MatrixValue, MatrixMention]]:
    """Return what a source gives for a row: its values, each with the first place where it stands."""
    found = []
    for value in row.values:
        mention = next((mention for mention in value.mentions if mention.ref == ref), None)
        if mention is not None:
            found.append((value, mention))
    return found


def rivals_of(row: MatrixRow, value: MatrixValue) -> tuple[MatrixValue, ...]:
    """Return the values of a row that contradict one of them; what was before contradicts nothing."""
    if value.before or str(row.status) != "conflict":
        return ()
    return tuple(
        other
        for other in row.values
        if other is not value and not other.before and (other.dissents or value.dissents)
    )


# The evidence in the texts that are shown, and what the rest of their story says to it.


KIND_LETTERS = {"person": "P", "organisation": "O", "place": "L", "product": "T", "event": "E", "other": "·"}


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What the whole story has to say of a text's evidence; empty for a story too large to be read at once.

    ``measured`` and ``uttered`` are by the place of the figure or quote in the text; ``hidden`` are the
    corrections by which the user hid entities.
    """

    refs: tuple[Ref, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    measured: Mapping[int, tuple[MatrixRow, MatrixValue]] = field(default_factory=dict)
    uttered: Mapping[int, tuple[QuoteFamily, QuoteVariant]] = field(default_factory=dict)
    hidden: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """What is known from one text, or from those that are compared; ``length`` is that of the one text."""

    refs: tuple[Ref, ...] = ()
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    length: int = 0
    story: StoryContext = field(default_factory=StoryContext)

    def entity_marks(self, ref: Ref, isolated: str | None) -> list[Mark]:
        """Return the marks of all entities in a text, or of one alone."""
        return [
            Mark(mention.start, mention.end, MarkKind.ENTITY, KIND_LETTERS.get(str(entity.kind), "·"))
            for entity in self.entities
            if isolated is None or entity.id == isolated
            for mention in entity.mentions
            if mention.ref == ref
        ]

    def figure_marks(self) -> list[Mark]:
        """Return the marks of the figures."""
        return [Mark(figure.start, figure.end, MarkKind.FIGURE) for figure in self.figures]

    def dissent_marks(self) -> list[Mark]:
        """Return the marks of the figures that another source contradicts."""
        return [
            Mark(figure.start, figure.end, MarkKind.DISSENT, DISSENT)
            for figure in self.figures
            if (known := self.story.measured.get(figure.start)) and rivals_of(*known)
        ]

    def quote_marks(self) -> list[Mark]:
        """Return the marks of the quotes."""
        return [Mark(quote.start, quote.end, MarkKind.QUOTE) for quote in self.quotes]

    def entity(self, identifier: str) -> Entity | None:
        """Return the entity with this id, with all its mentions in the story where these are known."""
        known = self.story.entities.get(identifier)
        return known or next((entity for entity in self.entities if entity.id == identifier), None)

    def order_of(self, entity: Entity) -> list[Mention]:
        """Return the mentions of an entity in the order of the story, or of the texts that are shown."""
        order = {ref: place for place, ref in enumerate(self.story.refs or self.refs)}
        mentions = [one for one in entity.mentions if one.ref in order]
        return sorted(mentions, key=lambda one: (order[one.ref], one.start))

    def count_at(self, ref: Ref, offset: int, *, named: bool) -> str:
        """Return which mention of an entity is at an offset, as ``5/36 in the story``, or nothing.

        It begins with the name of the entity where that is to be ``named``.
        """
        here = self.entity_at(ref, offset)
        entity = None if here is None else self.entity(here.id)
        if entity is None:
            return ""
        mentions = self.order_of(entity)
        at = [one.ref == ref and one.start <= offset < one.end for one in mentions]
        where = " in the story" if len(self.story.refs) > 1 else ""
        name = f"{entity.name} " if named else ""
        return f"{name}{at.index(True) + 1}/{len(at)}{where}" if any(at) else ""

    def entity_at(self, ref: Ref, offset: int) -> Entity | None:
        """Return the entity with a mention at an offset."""
        for entity in self.entities:
            if any(one.ref == ref and one.start <= offset < one.end for one in entity.mentions):
                return entity
        return None


def text_evidence(cache: EvidenceCache, refs: tuple[Ref, ...]) -> TextEvidence:
    """Return the evidence of one text, or the entities of several with their mentions in these."""
    by_id: dict[tuple[str, str], Entity] = {}
    for ref in refs:
        for entity in cache.entities_of(ref):
            known = by_id.get((ref.story, entity.id))
            by_id[ref.story, entity.id] = (
                replace(known, mentions=(*known.mentions, *entity.mentions)) if known else entity
            )
    entities = tuple(by_id.values())
    if len(refs) != 1:
        return TextEvidence(refs, entities)
    ref = refs[0]
    length = len(cache.library.source(ref).text)
    return TextEvidence(refs, entities, cache.figures(ref), cache.quotes(ref), length)


def story_context(cache: EvidenceCache, ref: Ref) -> StoryContext:
    """Return what the story of a text has to say of its evidence."""
    from tui.services.evidence import WHOLE_STORIES

    library, slug = cache.library, ref.story
    hidden = tuple(one for one in library.corrections(slug) if one.act is CorrectionAct.HIDE)
    refs = library.refs(slug)
    if len(refs) > WHOLE_STORIES:
        return StoryContext(hidden=hidden)
    measured = {
        mention.start: (row, value)
        for row in cache.figure_matrix(slug)
        for value in row.values
        for mention in value.mentions
        if mention.ref == ref
    }
    uttered = {
        variant.start: (family, variant)
        for family in cache.quote_families(slug)
        for variant in family.variants
        if variant.ref == ref
    }
    entities = {entity.id: entity for entity in cache.entities(slug)}
    return StoryContext(refs, entities, measured, uttered, hidden)
