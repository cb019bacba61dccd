"""How families of quotes look as rows: the utterance, and level under it each variant with what it alters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sources.text.finding import find_spans
from tui.screens.wrapping import rows_of
from tui.widgets.cells import cells, truncated
from tui.widgets.line_list import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.model import Ref

SIGNS = {"full": "=", "fragment": "…", "merged": "+"}
COPY, SHIFT = "≈", "!"
_MOST_CREDIT = 26  # cells of who is credited
_POINTER = 2  # cells that the list takes for itself


class _Columns(NamedTuple):
    """Cells of a variant's number, of its credit, and of a whole row."""

    number: int
    credit: int
    width: int


def family_lines(families: Sequence[QuoteFamily]) -> list[Row]:
    """Return a row for each family: in how many sources, who said it, what, and what is odd about it."""
    rows = []
    for family in families:
        refs = {variant.ref for variant in family.variants}
        cells_ = Content.assemble(
            (f"{len(refs):>2} ", "$accent"),
            (f"{family.speaker or 'nobody named'} ", "bold"),
            (f"“{_flat(family.text)}”", "italic"),
        )
        key = _family_key(family) if len(family.variants) > 1 else f"{_key(family.variants[0])}:alone"
        rows.append(Row(key, cells_, hint=" ".join(oddities(family))))
    return rows


def oddities(family: QuoteFamily) -> list[str]:
    """Return what is to be noticed of a family in a few signs and words."""
    shifted = sum(variant.shift for variant in family.variants)
    altered = sum(bool(variant.altered or variant.left_out) for variant in family.variants)
    said = [f"{SHIFT} other speaker"] if shifted else []
    return [*said, f"{altered} altered"] if altered else said


def family_rows(families: Sequence[QuoteFamily], texts: Mapping[Ref, str], width: int) -> list[Row]:
    """Return every family with its variants, in ``width`` cells; ``texts`` are those of the sources."""
    rows: list[Row] = []
    columns = _columns(families, width - _POINTER)
    for family in families:
        first, *more = family.variants
        if rows and (more or not rows[-1].key.endswith(":alone")):
            rows.append(Row(f"blank:{family.id}", Content(""), disabled=True))
        refs = {variant.ref for variant in family.variants}
        said = f"{len(refs)}×" if more else _number(first)
        speaker = _level(family.speaker or "nobody named", columns)
        lead = Content.assemble((f"“ {said:>{columns.number}} ", "$accent"), (speaker, "bold"))
        words = Content.styled(_flat(family.text), "bold italic" if more else "italic")
        key = _family_key(family) if more else f"{_key(first)}:alone"
        rows += rows_of(key, lead, words, columns.width)
        for variant in family.variants if more else ():
            rows += _variant_rows(family, variant, texts[variant.ref], columns)
    return rows


def place_of(key: str) -> tuple[str, int] | None:
    """Return the ref and offset that a row's key names."""
    kind, _, rest = key.partition(":")
    rest = rest.partition("#")[0]
    ref, _, start = rest.removesuffix(":family").removesuffix(":alone").removesuffix(":date").rpartition(":")
    return (ref, int(start)) if kind == "said" and start.isdigit() else None


def _key(variant: QuoteVariant) -> str:
    return f"said:{variant.ref}:{variant.part.start}"


def _family_key(family: QuoteFamily) -> str:
    """Return the key of a family: it stands for its first whole variant."""
    main = next((one for one in family.variants if str(one.kind) == "full"), family.variants[0])
    return f"{_key(main)}:family"


def _columns(families: Sequence[QuoteFamily], width: int) -> _Columns:
    """Return columns that are level over all families."""
    variants = [(variant, family) for family in families for variant in family.variants]
    number = max((3, *(len(_number(variant)) for variant, _ in variants)))
    speakers = (cells(family.speaker or "nobody named") for family in families)
    widest = max((0, *speakers, *(cells(_credit(*one)) for one in variants)))
    return _Columns(number, min(widest, _MOST_CREDIT, width // 3), width)


def _level(text: str, columns: _Columns) -> str:
    cut = truncated(text, columns.credit)
    return cut + " " * (columns.credit - cells(cut) + 2)


def _number(variant: QuoteVariant) -> str:
    return "S" if variant.ref.number is None else str(variant.ref.number)


def _credit(variant: QuoteVariant, family: QuoteFamily) -> str:
    """Return who is credited where it is not the family's speaker, and the word that credits."""
    other = variant.speaker if variant.speaker != family.speaker else None
    told = [f"{SHIFT} {other or 'nobody'}"] if variant.shift or other else []
    return " ".join([*told, variant.cue or ""])


def _variant_rows(family: QuoteFamily, variant: QuoteVariant, text: str, columns: _Columns) -> list[Row]:
    sign = COPY if variant.copied else SIGNS[str(variant.kind)]
    credit = _level(_credit(variant, family), columns)
    lead = Content.assemble(
        f"{sign} ",
        (f"{_number(variant):>{columns.number}} ", "dim"),
        (credit, "bold $warning" if variant.shift else ""),
    )
    return rows_of(_key(variant), lead, _words(family, variant, text, columns), columns.width)


def _words(family: QuoteFamily, variant: QuoteVariant, text: str, columns: _Columns) -> Content:
    said = _flat(text[variant.part.start : variant.part.end])
    same = str(variant.kind) == "full" and not variant.altered and not variant.left_out
    if same:
        return Content.styled("the same words", "dim")
    if variant.altered or variant.left_out:
        return _marked(family, variant, text)
    # Words that stand in the utterance as they are stand under themselves where there is room.
    stands = find_spans(_flat(family.text), said)
    place = stands[0].start if stands else -1
    room = columns.width - columns.number - columns.credit - 5
    if place > 0 and cells(family.text) <= room:
        return Content.assemble(("·" * (place - 1) + "…", "dim"), said)
    return Content.assemble(("…" if place else "", "dim"), said)


def _marked(family: QuoteFamily, variant: QuoteVariant, text: str) -> Content:
    """Return the words of a variant, what it alters in ``{+…+}``, and what it leaves out in ``[-…-]``."""
    parts: list[tuple[str, str] | str] = []
    place = variant.part.start
    for start, end in variant.altered:
        parts += [_line(text[place:start]), (f"{{+{_line(text[start:end])}+}}", "bold underline $warning")]
        place = end
    parts.append(_line(text[place : variant.part.end]))
    for start, end in variant.left_out:
        parts.append((f"  [-{_flat(family.text[start:end])}-]", "$error"))
    return Content.assemble(*parts)


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _flat(text: str) -> str:
    return " ".join(text.split())
