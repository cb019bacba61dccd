"""Chains of credits for people: trees of voices, the origin on top, and under each who leans on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.widths import cell_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.credit_chains import ChainLink, CreditChain, Drift
    from tui.cli.console import Console

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
