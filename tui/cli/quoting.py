"""``quotes``: who is quoted in a story, in which variants, and who is credited for what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sources.model import Ref
from sources.text.folding import fold
from sources.workspace import Workspace
from tui.cli import documents
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library, target

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator, Sequence

    from sources.evidence.attributions import Attribution
    from sources.evidence.credit_chains import ChainLink, CreditChain
    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.evidence.quotes import Quote
    from tui.cli.command import Invocation


def _quotes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    wanted = target(arguments.target)
    with open_library(call) as library:
        workspace = Workspace(library)
        if isinstance(wanted, Ref):
            refs = [library.source(wanted).ref]
            families = workspace.quote_families_of(wanted)
        else:
            refs = [entry.ref for entry in library.entries(wanted)]
            families = workspace.quote_families(wanted)
        elsewhere = {family.id: _others(family, refs) for family in families}
        families = tuple(_within(family, refs) for family in families)
        credited = [(ref, one) for ref in refs for one in workspace.attributions(ref)]
        chains = workspace.credit_chains(wanted if isinstance(wanted, str) else wanted.story)
        chains = tuple(chain for chain in chains if _tells(chain, refs))
        scare = [(ref, one) for ref in refs for one in workspace.quotes(ref) if not one.direct]
        texts = {ref: library.source(ref).text for ref in refs}
    if arguments.speaker:
        named = fold(arguments.speaker)
        families = tuple(family for family in families if named in fold(family.speaker or ""))
        credited = [(ref, one) for ref, one in credited if named in fold(one.credited)]
        chains = tuple(
            chain for chain in chains if any(named in fold(link.name) for link in chain.root.walk())
        )
        scare = []  # words in marks that nobody is said to have said
    if console.as_json:
        console.document(
            {
                "families": [_family(family, elsewhere[family.id]) for family in families],
                "attributions": [_attribution(ref, one) for ref, one in credited],
                "chains": [_chain(chain) for chain in chains],
                "scare": [_scare(ref, one, texts[ref]) for ref, one in scare],
            }
        )
    elif arguments.csv:
        from tui.cli.sheets import sheet  # noqa: PLC0415 - only this answer needs it

        console.raw(sheet(_HEADINGS, _cells(families)))
    elif arguments.chains:
        from tui.cli.chain_drawing import show_chains  # noqa: PLC0415 - as above

        show_chains(console, chains)
        return ExitCode.DONE if chains else ExitCode.NOTHING_FOUND
    elif families:
        from tui.cli.quote_drawing import show_families  # noqa: PLC0415 - as above

        show_families(console, families, texts)
    else:
        console.say(f"No quotes found in {wanted}")
    return ExitCode.DONE if families or (credited and console.as_json) else ExitCode.NOTHING_FOUND


def _tells(chain: CreditChain, refs: Sequence[Ref]) -> bool:
    return any(ref in refs for link in chain.root.walk() for ref in link.refs)


def _chain(chain: CreditChain) -> dict[str, Any]:
    return {"id": chain.id, "claim": chain.claim, "root": _link(chain.root)}


def _link(link: ChainLink) -> dict[str, Any]:
    return {
        "name": link.name,
        "kind": str(link.kind),
        "refs": documents.refs(link.refs),
        "ref": str(link.ref) if link.ref is not None else None,
        "span": list(link.span) if link.span is not None else None,
        "credit": list(link.credit) if link.credit is not None else None,
        "cue": link.cue,
        "drifts": [
            {
                "kind": str(drift.kind),
                "earlier": {
                    "ref": str(drift.earlier_ref),
                    "span": list(drift.earlier_span),
                    "text": drift.earlier,
                },
                "later": {"ref": str(drift.later_ref), "span": list(drift.later_span), "text": drift.later},
            }
            for drift in link.drifts
        ],
        "followers": [_link(follower) for follower in link.followers],
    }


def _within(family: QuoteFamily, refs: Sequence[Ref]) -> QuoteFamily:
    return replace(family, variants=tuple(one for one in family.variants if one.ref in refs))


def _others(family: QuoteFamily, refs: Sequence[Ref]) -> list[Ref]:
    return list(dict.fromkeys(one.ref for one in family.variants if one.ref not in refs))


def _family(family: QuoteFamily, elsewhere: Sequence[Ref]) -> dict[str, Any]:
    return {
        "id": family.id,
        "text": family.text,
        "speaker": family.speaker,
        "variants": [_variant(variant) for variant in family.variants],
        "elsewhere": documents.refs(elsewhere),
    }


def _variant(variant: QuoteVariant) -> dict[str, Any]:
    return {
        "ref": str(variant.ref),
        "start": variant.start,
        "end": variant.end,
        "text": variant.text,
        "speaker": variant.speaker,
        "named": variant.named,
        "cue": variant.cue,
        "kind": str(variant.kind),
        "part": list(variant.part),
        "altered": documents.spans(variant.altered),
        "left_out": documents.spans(variant.left_out),
        "shift": variant.shift,
        "copied": variant.copied,
        "credit": list(variant.credit) if variant.credit is not None else None,
    }


def _attribution(ref: Ref, one: Attribution) -> dict[str, Any]:
    return {
        "ref": str(ref),
        "start": one.span.start,
        "end": one.span.end,
        "credited": one.credited,
        "cue": one.cue,
        "citing": one.citing,
        "told": one.told,
    }


def _scare(ref: Ref, quote: Quote, text: str) -> dict[str, Any]:
    start, end = quote.words(text)
    return {"ref": str(ref), "start": start, "end": end, "text": quote.text}


_HEADINGS = (
    "family", "text", "speaker", "ref", "start", "end", "variant", "said by", "named", "cue", "kind",
    "altered", "shift", "copied",
)  # fmt: skip


def _cells(families: Sequence[QuoteFamily]) -> Iterator[tuple[str | int | float, ...]]:
    """Yield a line for each variant."""
    for family in families:
        for one in family.variants:
            altered = "; ".join(
                one.text[max(0, span.start - one.start) : span.end - one.start] for span in one.altered
            )
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
