"""How chains of credits look as rows: a claim, its origin, and under each voice who leans on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.screens.wrapping import rows_of
from tui.widgets.line_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.credit_chains import ChainLink, CreditChain, Drift
    from sources.model import Ref

DRIFTS = {
    "firmer": "firmer",
    "plan-became-fact": "plan became fact",
    "hedge-dropped": "hedge dropped",
    "more-people": "more people",
    "confirmed": "confirmed",
}
DRIFT = "!"
_POINTER = 2  # cells that the list takes for itself


def drift_count(chain: CreditChain) -> int:
    """Return how often a claim grew on its way."""
    return sum(len(link.drifts) for link in chain.root.walk())


def chain_lines(chains: Sequence[CreditChain]) -> list[Row]:
    """Return a row for each chain: whom it stems from, who tells it, what is claimed, and whether it grew."""
    rows = []
    for chain in chains:
        refs = [ref for link in chain.root.walk() for ref in link.refs]
        cell = Content.assemble(
            (f"{chain.root.name}", "bold"),
            (f" ← {_numbers(dict.fromkeys(refs))}  ", "$accent"),
            _flat(chain.claim),
        )
        grew = drift_count(chain)
        rows.append(
            Row(f"{_key(chain.root)}#{chain.id}.claim", cell, hint=f"{DRIFT} grew {grew}×" if grew else "")
        )
    return rows


def chain_rows(chains: Sequence[CreditChain], width: int) -> list[Row]:
    """Return every chain as a tree in ``width`` cells, what grew marked under the voice that says more."""
    rows: list[Row] = []
    for chain in chains:
        if rows:
            rows.append(Row(f"blank:{chain.id}", Content(""), disabled=True))
        claim = Content.styled(_flat(chain.claim), "bold")
        rows += rows_of(f"{_key(chain.root)}#{chain.id}.claim", Content(""), claim, width - _POINTER)
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
    yield from rows_of(f"{_key(link)}#{place}", Content.styled(lead, "dim"), said, width)
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
    later = f"“{_flat(drift.later)}”" if drift.later else "nothing of it"
    return Content.assemble(
        f"“{_flat(drift.earlier)}”", (f" in {drift.earlier_ref.number} → ", "dim"), (later, "bold underline")
    )


def _key(link: ChainLink) -> str:
    """Return the key of a voice: it names the place where it is credited, or else where it speaks first."""
    stands = link if link.ref is not None else next((one for one in link.walk() if one.ref is not None), link)
    if stands.ref is None or stands.span is None:
        return f"voice:{link.name}"
    start = stands.credit.start if stands.credit is not None else stands.span.start
    return f"said:{stands.ref}:{start}"


def _numbers(refs: Sequence[Ref] | dict[Ref, None]) -> str:
    return " ".join("S" if ref.number is None else str(ref.number) for ref in refs)


def _flat(text: str) -> str:
    return " ".join(text.split())
