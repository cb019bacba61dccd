"""``quotes``: who is quoted in a story, in which variants, and who is credited for what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.cli.command import TARGET, Command, ExitCode, arg, target
from tui.cli.console import cell_width, padded
from tui.cli.documents import to_json
from tui.services.evidence import quotes, sheet
from tui.services.original_places import places_in
from tui.services.wording import DRIFTS, short_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.credit_chains import ChainLink, CreditChain, Drift
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.model import Ref
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.original_places import OriginalPlaces

_SIGNS = {"full": "=", "fragment": "…", "merged": "+"}
_SHORTEST = 24  # columns below which a variant gets lines of its own


def show_families(
    console: Console, families: Sequence[QuoteFamily], texts: Mapping[Ref, str], places: OriginalPlaces
) -> None:
    """Write the families, a blank line between them."""
    for number, family in enumerate(families):
        if number:
            console.line()
        console.folded(f"“{family.text}”", under="", style="bold")
        console.line(f"  {family.speaker or 'nobody named'}")
        rows = [
            (
                short_number(variant.ref) + places.behind(variant.ref, variant.start, variant.end),
                _credit(variant, family),
            )
            for variant in family.variants
        ]
        room = max(cell_width(place) for place, _ in rows)
        widest = max(cell_width(credit) for _, credit in rows)
        for variant, (place, credit) in zip(family.variants, rows, strict=True):
            sign = "≈" if variant.copied else _SIGNS[str(variant.kind)]
            lead = f"  {sign} {padded(place, room)}  {padded(credit, widest)}  "
            said = _said(variant, family, texts[variant.ref])
            if not said or (console.width is not None and console.width - cell_width(lead) < _SHORTEST):
                console.line(lead.rstrip())
                lead = "      "
            if said:
                console.folded(said, lead=lead, under=" " * cell_width(lead))


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


# Chains of credits for people: trees of voices, the origin on top, and under each who leans on it.


def show_chains(console: Console, chains: Sequence[CreditChain]) -> None:
    """Write the chains, a blank line between them; ``!`` marks where a text claims more than it leans on."""
    for number, chain in enumerate(chains):
        if number:
            console.line()
        console.folded(chain.claim, under="", style="bold")
        _link(console, chain.root, "  ", "  ")


def _link(console: Console, link: ChainLink, lead: str, under: str) -> None:
    console.folded(_named(link), lead=lead, under=under)
    for drift in link.drifts:
        console.folded(_drifted(drift), lead=f"{under}! ", under=f"{under}  ")
    for place, follower in enumerate(link.followers):
        last = place == len(link.followers) - 1
        _link(console, follower, f"{under}{'└─' if last else '├─'} ", f"{under}{'   ' if last else '│  '}")


def _named(link: ChainLink) -> str:
    own = f" [{' '.join(map(short_number, link.refs))}]" if link.refs else ""
    name = f"source{own}" if str(link.kind) == "source" else f"{link.name}{own}"
    return f"{name}  ({link.cue})" if link.cue else name


def _drifted(drift: Drift) -> str:
    later = f"“{drift.later}”" if drift.later else "nothing of it"
    return f"{DRIFTS[str(drift.kind)]}: “{drift.earlier}” -> {later}"


# ``quotes``: who is quoted in a story, in which variants, and who is credited for what.


def _quotes(call: Invocation) -> ExitCode:
    arguments = call.arguments
    wanted = target(arguments.target, versions=True)
    with call.library() as library:
        found = quotes(library, wanted, speaker=arguments.speaker)
        places = places_in(library, found.texts)
    families = [here.family for here in found.families]
    if arguments.chains and not (arguments.csv or call.console.as_json):
        show_chains(call.console, found.chains)
        return ExitCode.DONE if found.chains else ExitCode.NOTHING_FOUND
    show = partial(show_families, call.console, families, found.texts, places)
    spread = partial(sheet, _HEADINGS, _cells(families, found.texts, places)) if arguments.csv else None
    status = call.answer(to_json(found), families, show, f"No quotes found in {wanted}", spread, places)
    return ExitCode.DONE if found.attributions and call.console.as_json else status


_HEADINGS = (
    "family", "text", "speaker", "ref", "start", "end", "variant", "said by", "named", "cue", "kind",
    "altered", "shift", "copied", "place",
)  # fmt: skip


def _cells(
    families: Sequence[QuoteFamily], texts: Mapping[Ref, str], places: OriginalPlaces
) -> Iterator[tuple[str | int | float, ...]]:
    """Yield a line for each variant."""
    for family in families:
        for one in family.variants:
            altered = "; ".join(texts[one.ref][start:end] for start, end in one.altered)
            yield (
                family.id, family.text, family.speaker or "", str(one.ref), one.start, one.end, one.text,
                one.speaker or "", one.named or "", one.cue or "", str(one.kind), altered,
                "yes" if one.shift else "no", "yes" if one.copied else "no",
                str(places.of(one.ref, one.start, one.end) or ""),
            )  # fmt: skip


COMMANDS = {
    "quotes": Command(
        _quotes,
        "List what is quoted in a story or a source, with the variants of each utterance.\n"
        "= the whole of it, … a part, + joined with something else, ≈ in a copied text.\n"
        "Words that a variant changes are in {+…+}, what it leaves out in [-…-]; ! is another speaker.",
        (
            "crossread quotes harbour-deal",
            "crossread quotes harbour-deal/13",
            "crossread quotes harbour-deal --chains",
            "crossread quotes harbour-deal --speaker Moss --csv",
        ),
        (
            TARGET,
            arg("--speaker NAME", "only what NAME said; a part of the name will do"),
            arg("--chains", "show who cites whom instead, as trees"),
            arg("--csv", "print CSV, a line for each variant"),
        ),
        {"families": [], "attributions": [], "chains": [], "scare": []},
    )
}
