"""``compare``: sources side by side, sentence against sentence, with the edits between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, source_ref
from tui.cli.documents import to_json
from tui.services.evidence import compare
from tui.services.original_places import places_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.alignment import AlignedRow, Alignment
    from sources.evidence.edits import Edit
    from sources.model import Ref, Span
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.evidence import Comparison
    from tui.services.original_places import OriginalPlaces

_SIGNS = {"same": "=", "edited": "~", "paraphrase": "≈", "partial": "∩"}
_ALONE = "!"  # nobody else in the story says it


def _compare(call: Invocation) -> ExitCode:
    refs = [source_ref(word, versions=True) for word in call.arguments.refs]
    story = call.arguments.against
    if len(set(refs)) != len(refs) or (story is None and len(refs) < 2):
        raise UsageProblem("compare needs at least two different sources")
    if story is not None and len(refs) > 1:
        raise UsageProblem("compare --against takes one source")
    with call.library() as library:
        found = compare(library, refs, against=story)
        others = {one.ref for alone in found.said_alone for one in alone.others}
        places = places_in(library, {*found.refs, *others})
    shown = partial(_show_only, named=refs) if call.arguments.only else _show
    return call.answer(to_json(found), show=partial(shown, call.console, found, places), places=places)


def _show_only(console: Console, found: Comparison, places: OriginalPlaces, named: Sequence[Ref]) -> None:
    """Show what none of the other sources compared has."""
    for number, ref in enumerate(named):
        lonely = [set(one.only_a) for one in found.pairs if one.a == ref]
        lonely += [set(one.only_b) for one in found.pairs if one.b == ref]
        if number:
            console.line()
        console.write_styled(console.styled(f"Only in {ref}", "bold"))
        spans = sorted(set.intersection(*lonely))
        if not spans:
            console.line("    nothing")
        _only(console, found, places, ref, spans)


def _show(console: Console, found: Comparison, places: OriginalPlaces) -> None:
    for number, alignment in enumerate(found.pairs):
        if number:
            console.line()
        _show_pair(console, found, places, alignment)


def _show_pair(console: Console, found: Comparison, places: OriginalPlaces, alignment: Alignment) -> None:
    a, b = alignment.a, alignment.b
    console.folded(f"{a} and {b}", style="bold")
    console.folded(f"{alignment.a_in_b:.0%} of {a} is in {b}")
    console.folded(f"{alignment.b_in_a:.0%} of {b} is in {a}")
    if not alignment.rows:
        console.line("No sentence of one says the same as one of the other.")
    for row in alignment.rows:
        said = _edited(row, found.texts[a], found.texts[b]) + places.cited((a, *row.a), (b, *row.b))
        write_paragraph(console, _SIGNS.get(str(row.kind), "≈"), said)
    for ref, spans in ((a, alignment.only_a), (b, alignment.only_b)):
        if spans:
            console.line()
            console.line(f"Only in {ref}:")
            _only(console, found, places, ref, spans)


def _only(
    console: Console, found: Comparison, places: OriginalPlaces, ref: Ref, spans: Iterable[Span]
) -> None:
    alone = next((one for one in found.said_alone if one.ref == ref), None)
    for span in spans:
        said = span.of(found.texts[ref]) + places.cited((ref, *span))
        write_paragraph(console, _ALONE if alone and span in alone.spans else " ", said)
        if alone and (figures := alone.other_figures(span)):
            console.line(f"    others: {console.plain(figures)}")


def _edited(row: AlignedRow, text_a: str, text_b: str) -> str:
    """Return the row as one text, with what only one side has as ``[-…-]`` and ``{+…+}``."""
    if str(row.kind) in {"paraphrase", "partial"} or not row.edits:
        there = text_b[row.b.start : row.b.end]
        here = text_a[row.a.start : row.a.end]
        return here if here == there else f"{here}\n{there}"
    return edited_words(row.edits, text_a, text_b)


def edited_words(edits: Iterable[Edit], text_a: str, text_b: str) -> str:
    """Return one text for two, with what only one of them has as ``[-…-]`` and ``{+…+}``."""
    parts = []
    for edit in edits:
        here, there = text_a[edit.a.start : edit.a.end], text_b[edit.b.start : edit.b.end]
        if edit.op == "equal":
            parts.append(there)
            continue
        parts += [f"[-{here.strip()}-]"] if here.strip() else []
        parts += [f"{{+{there.strip()}+}}"] if there.strip() else []
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    out = ""
    for part in parts:
        glue = " " if out and not out[-1].isspace() and part[0] in "[{" and part[0:2] in {"[-", "{+"} else ""
        out += glue + part
    return out


def write_paragraph(console: Console, sign: str, text: str) -> None:
    """Write a text behind a sign, its lines below each other."""
    for place, piece in enumerate(text.split("\n")):
        console.folded(piece, lead=f"  {sign} " if place == 0 else "    ")


COMMANDS = {
    "compare": Command(
        _compare,
        "Compare sources, sentence by sentence: = the same sentence, ~ edited, ≈ put differently,\n"
        "∩ partly the same. "
        "What only the first has is in [-…-], what only the second has in {+…+}.\n"
        'A ! marks what no other source of the story says in any form; "others:" tells what these\n'
        "have instead of its figures.",
        (
            "crossread compare harbour-deal/2 harbour-deal/10",
            "crossread compare --only harbour-deal/2 harbour-deal/9",
            "crossread compare --against harbour-deal harbour-deal/9",
        ),
        (
            arg("refs REF+", "two or more of STORY/N, STORY/summary, and their versions: STORY/N@2"),
            arg("--only", "show only what each of them alone says"),
            arg("--against STORY", "compare the one source named with each other source of STORY"),
        ),
        {"refs": [], "pairs": [], "said_alone": []},
    )
}
