"""Rows of a story's boxes: its timeline, quote families and chains of credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sources.text.folding import find_spans
from tui.app.views.pane import blank, rows_of, section
from tui.app.widgets.cells import cells, truncated
from tui.app.widgets.virtual_list import Row
from tui.services.wording import DRIFTS, flat, short_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.credit_chains import ChainLink, CreditChain, Drift
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.evidence.timeline import Event, EventMention
    from sources.model import Ref

_SIGNS = {
    "conflict": ("≠", "bold $error"),
    "agree": ("=", "$success"),
    "single": (" ", ""),
    "open": ("?", "dim"),
}
_MOST_WHEN = 25  # cells of the days


def timeline_rows(events: Sequence[Event]) -> list[Row]:
    """Return the events in their order; under one with conflicting dates a row for each of the dates."""
    rows: list[Row] = []
    dated = [event for event in events if event.start or event.end]
    undated = [event for event in events if not (event.start or event.end)]
    wide = min(_MOST_WHEN, max((cells(event.whens[0]) for event in dated), default=10))
    for event in dated:
        rows += _event_rows(event, wide)
    if undated:
        if dated:
            rows.append(blank("open"))
        rows.append(section("open", "Undated"))
        wide = min(_MOST_WHEN, max(cells(event.whens[0]) for event in undated))
        for event in undated:
            rows += _event_rows(event, wide)
    return rows


def _event_rows(event: Event, wide: int) -> list[Row]:
    sign, style = _SIGNS[str(event.status)]
    first = event.mentions[0]
    disputed = str(event.status) == "conflict"
    told = Content(" ≠ ".join(event.whens) if disputed else event.whens[0])
    cell = Content.assemble(
        (f"{sign} ", style),
        (told if disputed else told.truncate(wide, ellipsis=True, pad=True)).stylize("bold"),
        "  ",
        flat(event.text),
    )
    rows = [Row(_key(first), cell, hint=source_numbers(event.mentions))]
    if disputed:
        groups: dict[str, list[EventMention]] = {}
        for mention in event.mentions:
            groups.setdefault(mention.when, []).append(mention)
        for told_when, mentions in groups.items():
            said = Content.assemble(
                ("    ≠ ", "bold $error"),
                (f"{told_when:<10}", "bold"),
                (f"  “{flat(mentions[0].text)}”", "dim"),
                ("  in ", "dim"),
                source_numbers(mentions),
            )
            rows.append(Row(f"{_key(mentions[0])}:date", said))
    return rows


def _key(mention: EventMention) -> str:
    return f"said:{mention.ref}:{mention.start}"


def source_numbers(mentions: Iterable[EventMention]) -> str:
    """Return the numbers of the sources, each once, copies with their sign."""
    copies: dict[Ref, bool] = {}
    for mention in mentions:
        copies[mention.ref] = copies.get(mention.ref, True) and mention.copied
    return " ".join(f"{'≈' if copied else ''}{short_number(ref)}" for ref, copied in copies.items())


# How families of quotes look as rows: the utterance, and level under it each variant with what it
# alters.

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
            (f"“{flat(family.text)}”", "italic"),
        )
        key = (
            _family_key(family)
            if len(family.variants) > 1
            else f"{_quote_family_rows_key(family.variants[0])}:alone"
        )
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
            rows.append(blank(f"{family.id}"))
        refs = {variant.ref for variant in family.variants}
        said = f"{len(refs)}×" if more else short_number(first.ref)
        speaker = _level(family.speaker or "nobody named", columns)
        lead = Content.assemble((f"“ {said:>{columns.number}} ", "$accent"), (speaker, "bold"))
        words = Content.styled(flat(family.text), "bold italic" if more else "italic")
        key = _family_key(family) if more else f"{_quote_family_rows_key(first)}:alone"
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


def _quote_family_rows_key(variant: QuoteVariant) -> str:
    return f"said:{variant.ref}:{variant.part.start}"


def _family_key(family: QuoteFamily) -> str:
    """Return the key of a family: it stands for its first whole variant."""
    main = next((one for one in family.variants if str(one.kind) == "full"), family.variants[0])
    return f"{_quote_family_rows_key(main)}:family"


def _columns(families: Sequence[QuoteFamily], width: int) -> _Columns:
    """Return columns that are level over all families."""
    variants = [(variant, family) for family in families for variant in family.variants]
    number = max((3, *(len(short_number(variant.ref)) for variant, _ in variants)))
    speakers = (cells(family.speaker or "nobody named") for family in families)
    widest = max((0, *speakers, *(cells(_credit(*one)) for one in variants)))
    return _Columns(number, min(widest, _MOST_CREDIT, width // 3), width)


def _level(text: str, columns: _Columns) -> str:
    cut = truncated(text, columns.credit)
    return cut + " " * (columns.credit - cells(cut) + 2)


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
        (f"{short_number(variant.ref):>{columns.number}} ", "dim"),
        (credit, "bold $warning" if variant.shift else ""),
    )
    return rows_of(
        _quote_family_rows_key(variant), lead, _words(family, variant, text, columns), columns.width
    )


def _words(family: QuoteFamily, variant: QuoteVariant, text: str, columns: _Columns) -> Content:
    said = flat(text[variant.part.start : variant.part.end])
    same = str(variant.kind) == "full" and not variant.altered and not variant.left_out
    if same:
        return Content.styled("the same words", "dim")
    if variant.altered or variant.left_out:
        return _marked(family, variant, text)
    # Words that are in the utterance as they are stand under themselves where there is room.
    stands = find_spans(flat(family.text), said)
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
        parts.append((f"  [-{flat(family.text[start:end])}-]", "$error"))
    return Content.assemble(*parts)


def _line(text: str) -> str:
    return text.replace("\n", " ")


# How chains of credits look as rows: a claim, its origin, and under each voice who leans on it.

DRIFT = "!"


def drift_count(chain: CreditChain) -> int:
    """Return how often a claim grew on its way."""
    return sum(len(link.drifts) for link in chain.root.walk())


def chain_lines(chains: Sequence[CreditChain]) -> list[Row]:
    """Return a row for each chain: its origin, who tells it, what is claimed, and whether it grew."""
    rows = []
    for chain in chains:
        refs = [ref for link in chain.root.walk() for ref in link.refs]
        cell = Content.assemble(
            (f"{chain.root.name}", "bold"),
            (f" ← {_numbers(dict.fromkeys(refs))}  ", "$accent"),
            flat(chain.claim),
        )
        grew = drift_count(chain)
        rows.append(
            Row(
                f"{_credit_rows_key(chain.root)}#{chain.id}.claim",
                cell,
                hint=f"{DRIFT} grew {grew}×" if grew else "",
            )
        )
    return rows


def chain_rows(chains: Sequence[CreditChain], width: int) -> list[Row]:
    """Return every chain as a tree in ``width`` cells, what grew marked under the voice that says more."""
    rows: list[Row] = []
    for chain in chains:
        if rows:
            rows.append(blank(f"{chain.id}"))
        claim = Content.styled(flat(chain.claim), "bold")
        rows += rows_of(
            f"{_credit_rows_key(chain.root)}#{chain.id}.claim", Content(""), claim, width - _POINTER
        )
        rows += _branch(chain.root, chain.id, "  ", "  ", width - _POINTER)
    return rows


def _branch(link: ChainLink, place: str, lead: str, under: str, width: int) -> Iterator[Row]:
    numbers = f" {_numbers(link.refs)}" if link.refs else ""
    own = str(link.kind) == "source"
    said = Content.assemble(
        (f"source{numbers}" if own else link.name, "bold" if own or link.refs else "italic"),
        ("" if own else numbers, "$accent"),
        (f"  {link.cue}" if link.cue else "", "dim"),
    )
    yield from rows_of(f"{_credit_rows_key(link)}#{place}", Content.styled(lead, "dim"), said, width)
    for number, drift in enumerate(link.drifts):
        grown = Content.assemble((f"{DRIFT} {DRIFTS[str(drift.kind)]}: ", "bold $warning"), _drifted(drift))
        key = f"said:{drift.later_ref}:{drift.later_span.start}#{place}.drift{number}"
        yield from rows_of(key, Content.styled(under, "dim"), grown, width)
    for number, follower in enumerate(link.followers):
        last = number == len(link.followers) - 1
        yield from _branch(
            follower,
            f"{place}.{number}",
            f"{under}{'└─' if last else '├─'} ",
            f"{under}{'   ' if last else '│  '}",
            width,
        )


def _drifted(drift: Drift) -> Content:
    later = f"“{flat(drift.later)}”" if drift.later else "nothing of it"
    return Content.assemble(
        f"“{flat(drift.earlier)}”", (f" in {drift.earlier_ref.number} → ", "dim"), (later, "bold underline")
    )


def _credit_rows_key(link: ChainLink) -> str:
    """Return the key of a voice: it names the place where it is credited, or else where it speaks first."""
    stands = link if link.ref is not None else next((one for one in link.walk() if one.ref is not None), link)
    if stands.ref is None or stands.span is None:
        return f"voice:{link.name}"
    start = stands.credit.start if stands.credit is not None else stands.span.start
    return f"said:{stands.ref}:{start}"


def _numbers(refs: Iterable[Ref]) -> str:
    return " ".join(map(short_number, refs))
