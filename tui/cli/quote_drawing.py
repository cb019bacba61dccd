"""Quote families for people: the utterance, and under it a line for each variant, level with the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.widths import cell_width, padded, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.model import Ref
    from tui.cli.console import Console

_SIGNS = {"full": "=", "fragment": "…", "merged": "+"}
_SHORTEST = 24  # columns below which a variant gets lines of its own


def show_families(console: Console, families: Sequence[QuoteFamily], texts: Mapping[Ref, str]) -> None:
    """Write the families, a blank line between them."""
    for number, family in enumerate(families):
        if number:
            console.line()
        _wrapped(console, "", f"“{family.text}”", bold=True)
        console.line(f"  {family.speaker or 'nobody named'}")
        rows = [(_place(variant), _credit(variant, family)) for variant in family.variants]
        places = max(cell_width(place) for place, _ in rows)
        widest = max(cell_width(credit) for _, credit in rows)
        for variant, (place, credit) in zip(family.variants, rows, strict=True):
            sign = "≈" if variant.copied else _SIGNS[str(variant.kind)]
            lead = f"  {sign} {padded(place, places)}  {padded(credit, widest)}  "
            _wrapped(console, lead, _said(variant, family, texts[variant.ref]))


def _place(variant: QuoteVariant) -> str:
    return "S" if variant.ref.number is None else str(variant.ref.number)


def _credit(variant: QuoteVariant, family: QuoteFamily) -> str:
    """Return the cue, and the speaker where it is not the family's or is named otherwise."""
    other = variant.speaker if variant.speaker != family.speaker else None
    mark = "! " if variant.shift else ""
    named = f" ({variant.named})" if other is None and _is_phrase(variant) else ""
    return f"{mark}{other or ''}{' ' if other else ''}{variant.cue or '-'}{named}"


def _is_phrase(variant: QuoteVariant) -> bool:
    """Tell whether the source names the speaker by an office, not by a name."""
    named = variant.named or ""
    return (
        " " in named
        and named != variant.speaker
        and named.partition(" ")[0].lower() in ("the", "its", "his", "her")
    )


def _said(variant: QuoteVariant, family: QuoteFamily, text: str) -> str:
    """Return the words of a variant that are of the family, with what it changes and leaves out marked."""
    if not variant.altered and not variant.left_out:
        return "" if str(variant.kind) == "full" else _marked(variant, text)
    left_out = [family.text[start:end] for start, end in variant.left_out]
    tail = f"  [-{'-] [-'.join(left_out)}-]" if left_out else ""
    return _marked(variant, text) + tail


def _marked(variant: QuoteVariant, text: str) -> str:
    place, out = variant.part.start, ""
    for start, end in variant.altered:
        out += f"{text[place:start]}{{+{text[start:end]}+}}"
        place = end
    return out + text[place : variant.part.end]


def _wrapped(console: Console, lead: str, said: str, *, bold: bool = False) -> None:
    flat = console.plain(said)
    room = None if console.width is None else console.width - cell_width(lead)
    if room is not None and room < _SHORTEST and console.width is not None:
        console.line(lead.rstrip())
        lead, room = "      ", max(10, console.width - 6)
    lines = [flat] if room is None else wrapped(flat, room) or [""]
    for number, line in enumerate(lines):
        shown = (lead if number == 0 else " " * cell_width(lead)) + line
        if bold:
            console.write_styled(console.styled(shown.rstrip(), "bold"))
        else:
            console.line(shown.rstrip())
