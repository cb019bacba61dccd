"""How entities, figures and quotes of a text look as rows, with what the rest of the story says to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.text.folding import fold
from tui.app.views.pane import heat, spark
from tui.app.views.text_evidence import DISSENT, KIND_LETTERS, normalised, rivals_of, short_value
from tui.app.widgets.cells import shown_content
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix import MatrixRow, MatrixValue
    from sources.evidence.figures import Figure
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.evidence.quotes import Quote
    from sources.model import Correction, Ref
    from tui.app.views.text_evidence import StoryContext, TextEvidence

KIND_ORDER = "POLTE·"
KIND_STYLES = {
    "P": "$text-success", "O": "$text-primary", "L": "$text-warning", "T": "$text-secondary",
    "E": "$text-accent", "·": "",
}  # fmt: skip
_KIND_NAMES = {
    "P": "Persons", "O": "Organisations", "L": "Places", "T": "Products", "E": "Events", "·": "Other",
}  # fmt: skip
_ROOMY = 44  # cells from which a row has room for small heat
_MOST_SPARK = 20  # sources that small heat is drawn for in a row
_HEAT = 24  # parts of a text that its heat is drawn in


def entity_rows(
    evidence: TextEvidence, wanted: str, *, isolated: str | None, merging: str | None, width: int
) -> list[Row]:
    """Return the entities that answer to ``wanted``: pinned ones first, then by kind and count."""
    found = [entity for entity in evidence.entities if _answers(entity, wanted)]
    letters = {entity.id: KIND_LETTERS.get(str(entity.kind), "·") for entity in found}
    digits = len(str(max((entity.count for entity in found), default=1)))
    order = sorted(found, key=lambda one: (KIND_ORDER.index(letters[one.id]), -one.count, one.name))
    rows: list[Row] = []
    groups = [("★", "Pinned", [one for one in order if one.pinned])]
    groups += [
        (letter, _KIND_NAMES[letter], [one for one in order if letters[one.id] == letter and not one.pinned])
        for letter in KIND_ORDER
    ]
    for letter, name, members in groups:
        if members:
            head = Content.assemble((f" {letter} ", KIND_STYLES.get(letter, "$accent")), (name, "bold"))
            rows.append(Row(f"kind:{letter}", head, hint=str(len(members)), disabled=True))
        for entity in members:
            sign = "◉" if entity.id == isolated else "⊕" if entity.id == merging else " "
            own = letters[entity.id]
            cells = Content.assemble(
                (sign, "$accent"),
                (f"{own} ", KIND_STYLES[own]),
                (entity.name, "bold" if entity.id == isolated else ""),
            )
            hint = f"{entity.count:>{digits}}"
            refs = evidence.story.refs
            if width >= _ROOMY and 1 < len(refs) <= _MOST_SPARK:
                hint = f"{spark(_by_source(evidence.entity(entity.id) or entity, refs))} {hint}"
            rows.append(Row(f"entity:{entity.id}", cells, hint=hint))
    return rows


def hidden_rows(hidden: Sequence[Correction]) -> list[Row]:
    """Return what the user hid, each by the correction that hid it."""
    if not hidden:
        return []
    head = Row(
        "kind:hidden", Content.assemble(" ░ ", ("Hidden", "bold")), hint=str(len(hidden)), disabled=True
    )
    return [
        head,
        *(
            Row(
                f"hidden:{one.id}",
                Content.styled(f" ░ {one.name}", "dim"),
                hint="" if one.story else "everywhere",
            )
            for one in hidden
        ),
    ]


def entity_words(evidence: TextEvidence, identifier: str) -> Content:
    """Return where in the story and in the text an entity is named, and how else it is called."""
    entity = evidence.entity(identifier)
    here = next((one for one in evidence.entities if one.id == identifier), None)
    if entity is None:
        return Content("")
    refs = tuple(ref for ref in evidence.story.refs if ref.number is not None)
    lines: list[Content] = []
    if refs:
        told = [ref for ref in entity.refs if ref.number is not None]
        places = "1 source" if len(refs) == 1 else f"{len(told)} of {len(refs)} sources"
        lines.append(Content(f"{entity.count}× in {places}"))
        counts = _by_source(entity, refs)
        if 1 < len(refs) <= _HEAT:
            lines.append(
                Content.assemble(("1 ", "dim"), (spark(counts), "$accent"), (f" {len(refs)}", "dim"))
            )
    if here is not None and evidence.length:
        parts = heat((one.start for one in here.mentions), evidence.length, _HEAT)
        lines.append(Content.assemble((spark(parts), "$accent"), (" here", "dim")))
    if entity.aliases:
        lines.append(Content.assemble(("also ", "dim"), ", ".join(entity.aliases)))
    return Content("\n").join(shown_content(line) for line in lines)


def _by_source(entity: Entity, refs: Sequence[Ref]) -> list[int]:
    counts = dict.fromkeys(refs, 0)
    for mention in entity.mentions:
        if mention.ref in counts:
            counts[mention.ref] += 1
    return [counts[ref] for ref in refs if ref.number is not None]


def _answers(entity: Entity, wanted: str) -> bool:
    return _holds(" ".join((entity.name, *entity.aliases, str(entity.kind))), wanted)


def _holds(said: str, wanted: str) -> bool:
    """Tell whether all words typed are in what a row says."""
    said = fold(said)
    return all(word in said for word in fold(wanted).split())


def figure_rows(figures: Sequence[Figure], story: StoryContext, wanted: str) -> list[Row]:
    """Return the rows of figures in the order of the text, under each what other sources say instead."""
    rows = []
    for figure in figures:
        text = " ".join(figure.text.split())
        row, value = story.measured.get(figure.start, (None, None))
        subject = row.subject if row else ""
        if not _holds(f"{text} {subject} {figure.kind}", wanted):
            continue
        rivals = rivals_of(row, value) if row is not None and value is not None else ()
        said = Content.assemble(
            (DISSENT if rivals else " ", "bold $error"), (text, "bold"), (f"  {subject}", "dim")
        )
        key = f"figure:{figure.start}"
        others = _others(value, row) if row is not None and value is not None else 0
        rows.append(Row(key, said, hint=f"+{others}" if others else "" if row else normalised(figure)))
        if row is not None and value is not None:
            lines = [*_rival_lines(rivals), *_before_lines(row, value)]
            rows += [Row(f"{key}+{place}", line, goes_on=True) for place, line in enumerate(lines)]
    return rows


def figure_words(evidence: TextEvidence, start: int) -> Content:
    """Return what is known of the figure at an offset: value, what it measures, who says otherwise."""
    figures = [one for one in evidence.figures if one.start == start]
    return _words_of(figure_rows(figures, evidence.story, ""))


def quote_words(evidence: TextEvidence, start: int) -> Content:
    """Return what is known of the quote at an offset: who is quoted, and who gives it otherwise."""
    quotes = [one for one in evidence.quotes if one.start == start]
    return _words_of(quote_rows(quotes, evidence.story, ""))


def _words_of(rows: Sequence[Row]) -> Content:
    return Content("\n").join(
        Content.assemble(shown_content(row.cells), (f"  {row.hint}" if row.hint else "", "dim"))
        for row in rows
    )


def _others(value: MatrixValue, row: MatrixRow) -> int:
    """Return how many sources beside one give a value that does not contradict this one."""
    against = rivals_of(row, value)
    refs = {
        mention.ref for one in row.values if one not in against and one.before == value.before
        for mention in one.mentions
    }  # fmt: skip
    return len(refs) - 1


def _rival_lines(rivals: Sequence[MatrixValue]) -> list[Content]:
    return [
        Content.assemble(
            (f"   {DISSENT} ", "bold $error"), (short_value(rival), "bold"), f" in {listed(_refs(rival))}"
        )
        for rival in rivals
    ]


def _before_lines(row: MatrixRow, value: MatrixValue) -> list[Content]:
    before = [one for one in row.values if one.before]
    if value.before or not before:
        return [Content.styled("   what it was before", "dim")] if value.before else []
    return [
        Content.styled(f"   ‹ {short_value(one)} before, in {listed(_refs(one))}", "dim") for one in before
    ]


def _refs(value: MatrixValue) -> list[Ref]:
    return list(dict.fromkeys(mention.ref for mention in value.mentions))


def listed(refs: Iterable[Ref]) -> str:
    """Return the numbers of sources as one reads them: ``6``, ``6 and 9``, ``2, 6 and 9``."""
    *more, last = ["the summary" if ref.number is None else str(ref.number) for ref in refs]
    return f"{', '.join(more)} and {last}" if more else last


def quote_rows(quotes: Sequence[Quote], story: StoryContext, wanted: str) -> list[Row]:
    """Return the rows of quotes in the order of the text, under each how other sources give it."""
    rows = []
    for quote in quotes:
        text = " ".join(quote.text.split())
        speaker = f"{quote.speaker}: " if quote.speaker else ""
        if not _holds(f"{speaker}{text}", wanted):
            continue
        cells = Content.assemble(" ", (speaker, "bold"), (f"“{text}”", "italic"))
        key = f"quote:{quote.start}"
        rows.append(Row(key, cells))
        known = _utterance(quote, story)
        lines = _variant_lines(*known) if known else []
        rows += [Row(f"{key}+{place}", line, goes_on=True) for place, line in enumerate(lines)]
    return rows


def _utterance(quote: Quote, story: StoryContext) -> tuple[QuoteFamily, QuoteVariant] | None:
    """Return the family of a quote, whose variants begin behind the opening mark."""
    places = range(quote.start, min(quote.end, quote.start + 3))
    return next((story.uttered[place] for place in places if place in story.uttered), None)


def _variant_lines(family: QuoteFamily, here: QuoteVariant) -> list[Content]:
    """Return who else has the quote, who gives it to another speaker, and who alters it."""
    others = [one for one in family.variants if one.ref != here.ref]
    lines = []
    shifted = {
        one.speaker or "nobody": one.ref for one in others if one.speaker != here.speaker and one.shift
    }
    if here.shift:
        lines.append(Content.styled(f"   ! elsewhere {family.speaker or 'nobody named'}", "bold $warning"))
    for speaker, ref in shifted.items():
        lines.append(Content.styled(f"   ! {speaker} in {listed([ref])}", "bold $warning"))
    altered = dict.fromkeys(one.ref for one in others if one.altered or one.left_out)
    if altered:
        lines.append(Content.assemble(("   ± ", "bold $warning"), f"altered in {listed(altered)}"))
    same = dict.fromkeys(one.ref for one in others if one.ref not in altered)
    if same:
        lines.append(Content.styled(f"   also in {listed(same)}", "dim"))
    return lines
