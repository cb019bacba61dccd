"""``lineage``: who stems from whom in a story, and on how many independent origins it or a claim stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.model import Ref
from sources.workspace import Workspace
from tui.cli import documents
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library, source_ref

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from sources.evidence.lineage import (
        ClaimOrigins,
        Containment,
        Direction,
        KinLink,
        Lineage,
        Place,
        ReusePair,
        StoryOrigin,
        Suspicion,
    )
    from sources.library import Library
    from tui.cli.command import Invocation


def _lineage(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.claim is not None and arguments.sentence is not None:
        raise RequestError("Ask about a claim or about a sentence, not about both.")
    with open_library(call) as library:
        workspace = Workspace(library)
        entries = library.entries(arguments.story)
        refs = _chosen(arguments.story, arguments.sources)
        lineage = workspace.lineage(arguments.story, refs, progress=console.progress)
        console.end_progress()
        claim = _claim(arguments, library, workspace)
        found = workspace.claim_origins(arguments.story, claim, refs) if claim is not None else None
        texts = {ref: library.source(ref).text for ref in lineage.listed} if found and lineage else {}
    if lineage is None:
        return ExitCode.INTERRUPTED
    titles = {entry.ref: entry.title or "" for entry in entries}
    if arguments.svg is not None:
        _write_picture(call, lineage, titles)
    if console.as_json:
        document = lineage_document(arguments.story, lineage)
        if found is not None:
            document |= claim_document(found, texts)
        console.document(document)
    elif found is not None:
        from tui.cli.lineage_drawing import show_claim  # noqa: PLC0415 - JSON needs no drawing

        show_claim(console, found, texts)
    else:
        from tui.cli.lineage_drawing import show_lineage  # noqa: PLC0415 - as above

        show_lineage(console, arguments.story, lineage, titles)
    nothing = not lineage.listed if found is None else not found.stated
    return ExitCode.NOTHING_FOUND if nothing else ExitCode.DONE


def _chosen(slug: str, numbers: str | None) -> list[Ref]:
    """Read ``1,3-9``: the sources of a story that are to be compared; none means all."""
    chosen: list[Ref] = []
    for part in (numbers or "").replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not part:
            continue
        if not _is_number(first) or (dash and (not _is_number(last) or int(last) < int(first))):
            raise RequestError(f"{part!r} names no sources; write their numbers as in 1,3-9.")
        chosen += [Ref(slug, number) for number in range(int(first), int(last or first) + 1)]
    return chosen


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and int(word[:9]) > 0 and len(word) < 7


def _claim(arguments: Any, library: Library, workspace: Workspace) -> str | None:
    """Return the claim that was asked about, or the sentence at the place that was named."""
    if arguments.claim is not None:
        claim: str = arguments.claim
        if not claim.strip():
            raise RequestError("The claim is empty.")
        return claim
    if arguments.sentence is None:
        return None
    word, start = arguments.sentence
    ref = source_ref(word)
    if ref.story != arguments.story:
        raise RequestError(f"{ref} is not in {arguments.story}.")
    if not (start.isascii() and start.isdigit()):
        raise RequestError(f"{start!r} is no offset: write how many characters stand before the sentence.")
    source = library.source(ref)
    for span in workspace.sentences(ref):
        if span.start <= int(start) < span.end:
            return span.of(source.text)
    raise RequestError(f"There is no sentence at {start} in {ref}.")


def _write_picture(call: Invocation, lineage: Lineage, titles: dict[Ref, str]) -> None:
    from sources.evidence.lineage.svg import lineage_svg  # noqa: PLC0415 - few calls want a picture
    from sources.notes.export.files import write_new  # noqa: PLC0415 - as above

    picture = lineage_svg(lineage, heading=call.arguments.story, titles=titles)
    path = write_new(Path(call.arguments.svg).expanduser(), picture)
    call.console.say(f"Wrote {path}")


def lineage_document(slug: str, lineage: Lineage) -> dict[str, Any]:
    """Return the lineage of a story as a JSON document."""
    return {
        "story": slug,
        "listed": len(lineage.listed),
        "texts": len(lineage.groups),
        "groups": [documents.refs(group) for group in lineage.groups],
        "pairs": [_pair(pair) for pair in lineage.pairs],
        "links": [_link(link) for link in lineage.links],
        "origins": [_origin(origin) for origin in lineage.origins],
    }


def claim_document(found: ClaimOrigins, texts: dict[Ref, str]) -> dict[str, Any]:
    """Return what a document about a claim has beside the lineage; its origins stand for the story's."""
    return {
        "claim": {
            "text": found.claim,
            "sentences": [
                {
                    "ref": str(stated.sentence.ref),
                    "start": stated.sentence.span.start,
                    "end": stated.sentence.span.end,
                    "text": stated.sentence.span.of(texts[stated.sentence.ref]),
                    "score": stated.sentence.score,
                    "origin": stated.origin,
                    "basis": stated.basis,
                }
                for stated in found.stated
            ],
        },
        "origins": [_origin(origin) for origin in found.origins],
    }


def _origin(origin: StoryOrigin) -> dict[str, Any]:
    return {"name": origin.name, "refs": documents.refs(origin.refs), "basis": origin.basis}


def _shares(containment: Containment) -> dict[str, float]:
    return {"a_in_b": round(containment.a_in_b, 4), "b_in_a": round(containment.b_in_a, 4)}


def _direction(direction: Direction | None) -> dict[str, str] | None:
    if direction is None:
        return None
    return {"from": str(direction.earlier), "to": str(direction.later), "basis": direction.basis}


def _pair(pair: ReusePair) -> dict[str, Any]:
    return {
        "a": str(pair.a),
        "b": str(pair.b),
        **_shares(pair.containment),
        "outside_quotes": _shares(pair.outside_quotes),
        "kind": str(pair.kind),
        "passages": [{"a": list(passage.a), "b": list(passage.b)} for passage in pair.passages],
        "background": pair.background,
        "direction": _direction(pair.direction),
    }


def _link(link: KinLink) -> dict[str, Any]:
    evidence = link.evidence
    return {
        "a": str(link.a),
        "b": str(link.b),
        "kind": "common-origin",
        "score": link.score,
        "evidence": {
            "figures": list(evidence.figures),
            "names": list(evidence.names),
            "quotes": list(evidence.quotes),
        },
        "rewrite": link.rewrite,
        "passages": [{"a": list(passage.a), "b": list(passage.b)} for passage in link.passages],
        "suspicions": [_suspicion(suspicion) for suspicion in link.suspicions],
        "direction": _direction(link.direction),
    }


def _suspicion(suspicion: Suspicion) -> dict[str, Any]:
    return {**_place(suspicion.place), "kin": _place(suspicion.kin)}


def _place(place: Place) -> dict[str, Any]:
    return {"ref": str(place.ref), "start": place.start, "end": place.end, "text": place.text}


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story")
    parser.add_argument("--claim", metavar="TEXT", help="ask who states this, and on whom it stands")
    parser.add_argument(
        "--sentence",
        nargs=2,
        metavar=("REF", "START"),
        help="ask the same about the sentence of a source at an offset",
    )
    parser.add_argument("--sources", metavar="NUMBERS", help="only these sources of the story, as in 1,3-9")
    parser.add_argument("--svg", metavar="FILE", help="also draw heat map and trees into a new SVG file")


COMMANDS = {
    "lineage": Command(
        description="Show who stems from whom: which sources are copies, parts or rewrites of others, and\n"
        "on how many independent origins they stand.",
        examples=(
            "crossread lineage harbour-deal",
            "crossread lineage harbour-deal --claim 'Blackfen moves its ships to Greywater'",
            "crossread lineage harbour-deal --svg harbour-deal.svg",
        ),
        run=_lineage,
        configure=_configure,
        empty={"groups": [], "pairs": [], "links": [], "origins": []},
    ),
}
