"""``quotes``: who is quoted in a story, in which variants, and who is credited for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode
from tui.cli.console import cell_width, padded, wrapped
from tui.cli.documents import to_json
from tui.cli.opening import open_library, target
from tui.services.evidence import quotes, sheet

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.credit_chains import ChainLink, CreditChain, Drift
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.model import Ref
    from tui.cli.command import Invocation
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


# Chains of credits for people: trees of voices, the origin on top, and under each who leans on it.

_WHAT = {
    "firmer": "firmer",
    "plan-became-fact": "plan became fact",
    "hedge-dropped": "hedge dropped",
    "more-people": "more people",
    "confirmed": "confirmed",
}


def show_chains(console: Console, chains: Sequence[CreditChain]) -> None:
    """Write the chains, a blank line between them; ``!`` marks where a text claims more than it leans on."""
    for number, chain in enumerate(chains):
        if number:
            console.line()
        _lines(console, "", chain.claim, bold=True)
        _link(console, chain.root, "  ", "  ")


def _link(console: Console, link: ChainLink, lead: str, under: str) -> None:
    _lines(console, lead, _named(link), then=under)
    for drift in link.drifts:
        _lines(console, f"{under}! ", _drifted(drift), then=f"{under}  ")
    for place, follower in enumerate(link.followers):
        last = place == len(link.followers) - 1
        _link(console, follower, f"{under}{'└─' if last else '├─'} ", f"{under}{'   ' if last else '│  '}")


def _named(link: ChainLink) -> str:
    numbers = [str(ref.number) if ref.number is not None else "S" for ref in link.refs]
    own = f" [{' '.join(numbers)}]" if numbers else ""
    name = f"source{own}" if str(link.kind) == "source" else f"{link.name}{own}"
    return f"{name}  ({link.cue})" if link.cue else name


def _drifted(drift: Drift) -> str:
    later = f"“{drift.later}”" if drift.later else "nothing of it"
    return f"{_WHAT[str(drift.kind)]}: “{drift.earlier}” -> {later}"


def _lines(console: Console, lead: str, said: str, *, then: str = "", bold: bool = False) -> None:
    flat = console.plain(said)
    lines = [flat] if console.width is None else wrapped(flat, max(20, console.width - cell_width(lead)))
    for number, line in enumerate(lines):
        shown = console.plain(lead + line) if bold else (lead if number == 0 else then) + line
        if bold:
            console.write_styled(console.styled(shown, "bold"))
        else:
            console.line(shown)


# ``quotes``: who is quoted in a story, in which variants, and who is credited for what.


def _quotes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    wanted = target(arguments.target)
    with open_library(call) as library:
        found = quotes(library, wanted, speaker=arguments.speaker)
    families = [here.family for here in found.families]
    if console.as_json:
        console.document(to_json(found))
    elif arguments.csv:
        console.raw(sheet(_HEADINGS, _cells(families, found.texts)))
    elif arguments.chains:
        show_chains(console, found.chains)
        return ExitCode.DONE if found.chains else ExitCode.NOTHING_FOUND
    elif families:
        show_families(console, families, found.texts)
    else:
        console.say(f"No quotes found in {wanted}")
    return ExitCode.DONE if families or (found.attributions and console.as_json) else ExitCode.NOTHING_FOUND


_HEADINGS = (
    "family", "text", "speaker", "ref", "start", "end", "variant", "said by", "named", "cue", "kind",
    "altered", "shift", "copied",
)  # fmt: skip


def _cells(
    families: Sequence[QuoteFamily], texts: Mapping[Ref, str]
) -> Iterator[tuple[str | int | float, ...]]:
    """Yield a line for each variant."""
    for family in families:
        for one in family.variants:
            altered = "; ".join(texts[one.ref][start:end] for start, end in one.altered)
            yield (
                family.id, family.text, family.speaker or "", str(one.ref), one.start, one.end, one.text,
                one.speaker or "", one.named or "", one.cue or "", str(one.kind), altered,
                "yes" if one.shift else "no", "yes" if one.copied else "no",
            )  # fmt: skip


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="STORY|REF", help="STORY, STORY/N or STORY/summary")
    parser.add_argument("--speaker", metavar="NAME", help="only what NAME said; a part of the name will do")
    parser.add_argument("--chains", action="store_true", help="show who leans on whom instead, as trees")
    parser.add_argument("--csv", action="store_true", help="print CSV, a line for each variant")


COMMANDS = {
    "quotes": Command(
        description="List what is quoted in a story or a source, with the variants of each utterance.\n"
        "= the whole of it, … a part, + joined with something else, ≈ in a copied text.\n"
        "Words that a variant changes stand in {+…+}, what it leaves out in [-…-]; ! is another speaker.",
        examples=(
            "crossread quotes harbour-deal",
            "crossread quotes harbour-deal/13",
            "crossread quotes harbour-deal --chains",
            "crossread quotes harbour-deal --speaker Moss --csv",
        ),
        run=_quotes,
        configure=_configure,
        empty={"families": [], "attributions": [], "chains": [], "scare": []},
    ),
}
