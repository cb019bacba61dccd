"""``lineage`` and ``elsewhere``: who stems from whom in a story, and where else a passage is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence.lineage import origins_told
from sources.evidence.lineage.drawing import Relation, block_of, heat_map, lineage_trees
from tui.cli.command import Command, ExitCode, arg, source_ref
from tui.cli.console import Column, fitted
from tui.cli.documents import to_json
from tui.services.access import evidence_of
from tui.services.evidence import Passage, claim_origins, elsewhere, lineage, sentence_at, sources_numbered
from tui.services.original_places import places_in
from tui.services.reading import quoted_span, span_between

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.lineage import Lineage
    from sources.evidence.lineage.drawing import TreeNode
    from sources.evidence.lineage.origins import ClaimOrigins
    from sources.model import Ref
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library
    from tui.services.evidence import Statement


_MOST_MAPPED = 60  # texts; a larger map fits no terminal
_SIGNS = (
    'share of the row in the column: ░ <30% ▒ <60% ▓ <90% █ more, " only quotes, R rewrite, ~ same origin'
)


def show_lineage(console: Console, slug: str, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
    """Write the lineage of a story."""
    counts = (
        f"{len(lineage.listed)} listed",
        f"{len(lineage.groups)} distinct {'text' if len(lineage.groups) == 1 else 'texts'}",
        origins_told(lineage.origins),
    )
    console.write_styled(console.styled(f"{slug}: {', '.join(counts)}", "bold"))
    if 1 < len(lineage.listed) <= _MOST_MAPPED:
        console.line()
        for line in _map_lines(lineage):
            console.line(line)
        console.folded(_SIGNS)
    console.line()
    for tree in lineage_trees(lineage):
        console.write_styled(console.styled(tree.name, "bold"), f" ({console.plain(tree.basis)})")
        for line in _branches(tree.children, "", titles):
            # Not folded: a line is a branch of the drawing.
            console.line(line if console.width is None else fitted(line, console.width))
    _show_pairs(console, lineage)
    _show_name_mismatches(console, lineage)


def show_claim(console: Console, found: ClaimOrigins, stated: Sequence[Statement]) -> None:
    """Write who states a claim and on which origins that stands."""
    refs = {one.ref for one in stated}
    console.folded(f"“{found.claim}”", under="", style="bold")
    console.line(
        f"stated in {len(refs)} {'source' if len(refs) == 1 else 'sources'}, {origins_told(found.origins)}"
    )
    for origin in found.origins:
        console.folded(f"{origin.name} ({origin.basis}): {', '.join(map(str, origin.refs))}", lead="  ")
    if stated:
        console.line()
        console.table(_STATEMENTS, stated)


def _map_lines(lineage: Lineage) -> Iterator[str]:
    drawn = heat_map(lineage)
    names = [str(ref.number) for ref in drawn.refs]
    wide = max(map(len, names)) + 1
    yield " " * wide + "".join(name.rjust(wide) for name in names)
    for name, cells in zip(names, drawn.cells, strict=True):
        yield name.rjust(wide) + "".join(block_of(cell).rjust(wide) for cell in cells).rstrip()


def _branches(nodes: tuple[TreeNode, ...], lead: str, titles: Mapping[Ref, str]) -> Iterator[str]:
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        told = "" if node.relation is Relation.STANDS_ON else f" ({node.relation}, {node.share:.0%})"
        yield f"{lead}{'└─' if last else '├─'} {node.ref}{told}  {titles.get(node.ref, '')}".rstrip()
        yield from _branches(node.children, lead + ("   " if last else "│  "), titles)


def _show_pairs(console: Console, lineage: Lineage) -> None:
    if not lineage.pairs:
        return
    console.line()
    console.table(_PAIRS, lineage.pairs)
    for pair in lineage.pairs:
        many = sum(one.kind == "reworked" for one in pair.passages)
        if many and pair.kind != "rewrite":
            console.folded(f"{pair.a} ~ {pair.b}  {many} reworked {'passage' if many == 1 else 'passages'}")
    for link in lineage.links:
        evidence = ", ".join((*link.evidence.figures, *link.evidence.names)[:8])
        console.folded(f"{link.a} ~ {link.b}  common origin, {link.score:.2f}: {evidence}")


def _show_name_mismatches(console: Console, lineage: Lineage) -> None:
    odd = [mismatch for link in lineage.links for mismatch in link.name_mismatches]
    if odd:
        console.line()
        console.table(_MISMATCHES, odd)


_STATEMENTS = (
    Column("REF", "ref"),
    Column("STANDS ON", "origin", 12),
    Column("BASIS", "basis"),
    Column("SENTENCE", "text", 24),
)
_PAIRS = (
    Column("A", "a"),
    Column("B", "b"),
    Column("A IN B", lambda pair: f"{pair.containment.a_in_b:.0%}", right=True),
    Column("B IN A", lambda pair: f"{pair.containment.b_in_a:.0%}", right=True),
    Column(
        "OUTSIDE QUOTES",
        lambda pair: f"{pair.outside_quotes.a_in_b:.0%}, {pair.outside_quotes.b_in_a:.0%}",
        right=True,
    ),
    Column("KIND", lambda pair: f"{pair.kind}, background" if pair.background else pair.kind),
)
_MISMATCHES = (
    Column("REF", "place.ref"),
    Column("SAYS", "place.text", 10),
    Column("KIN", lambda odd: odd.counterpart.ref if odd.counterpart else ""),
    Column("SAYS INSTEAD", "usual", 10),
)

# ``lineage``: who stems from whom in a story, and on how many independent origins it or a claim stands.


def _lineage(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.claim is not None and arguments.sentence is not None:
        raise RequestError("Ask about a claim or about a sentence, not about both.")
    slug = arguments.story
    with call.library() as library:
        entries = library.entries(slug)
        refs = sources_numbered(slug, arguments.sources or "")
        found = lineage(library, slug, refs, progress=console.progress)
        console.end_progress()
        claim = _claim(arguments, library)
        origins, stated = (
            (None, ()) if claim is None else claim_origins(evidence_of(library), slug, claim, refs)
        )
        places = places_in(library, [entry.ref for entry in entries])
    titles = {entry.ref: entry.title or "" for entry in entries}
    if arguments.svg is not None:
        _write_picture(call, found, titles)
    document = {"story": slug} | to_json(found)
    if origins is None:
        show = partial(show_lineage, console, slug, found, titles)
    else:
        show = partial(show_claim, console, origins, stated)
        # The claim's origins take the place of the story's.
        document["claim"] = {"text": origins.claim, "sentences": to_json(stated)}
        document["origins"] = to_json(origins.origins)
    call.answer(document, show=show, places=places)
    nothing = not found.listed if origins is None else not stated
    return ExitCode.NOTHING_FOUND if nothing else ExitCode.DONE


def _claim(arguments: Namespace, library: Library) -> str | None:
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
        raise RequestError(f"{start!r} is not an offset: write how many characters are before the sentence.")
    return sentence_at(library, ref, int(start))


def _write_picture(call: Invocation, lineage: Lineage, titles: dict[Ref, str]) -> None:
    from sources.evidence.lineage.drawing import lineage_svg
    from tui.services.exports import write_file

    picture = lineage_svg(lineage, heading=call.arguments.story, titles=titles)
    path = write_file(call.arguments.svg, picture)
    call.console.say(f"Wrote {path}")


# ``elsewhere``: where else in the library a passage is.


_WHAT = "Say what to look for: REF START END, or --quote TEXT."


def _elsewhere(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with call.library() as library:
        asked = _passage(arguments, library)
        found = elsewhere(evidence_of(library), asked.text, ref=asked.ref, span=asked.span)
        places = places_in(library, {place.ref for place in found})
    start, end = (None, None) if asked.span is None else asked.span
    passage = {"ref": asked.ref, "start": start, "end": end, "text": asked.text}
    columns = (
        Column("REF", lambda place: f"{place.ref}{places.behind(place.ref, *place.span)}"),
        Column("SHARE", lambda place: f"{place.share:.0%}", right=True),
        Column("PASSAGE", "words", 24),
    )
    document = {"passage": passage, "places": found}
    return call.answer(document, found, columns, "Not found elsewhere in the library", places=places)


def _passage(arguments: Namespace, library: Library) -> Passage:
    """Return what is looked for, and where it was taken from if that was said."""
    quote: str | None = arguments.quote
    if arguments.ref is None:
        if quote is None:
            raise RequestError(_WHAT)
        return Passage(None, None, quote)
    source = library.source(source_ref(arguments.ref))
    if quote is not None:
        if arguments.start is not None:
            raise RequestError("Say what to look for by --quote or by START and END, not by both.")
        span = quoted_span(source, quote)
    elif arguments.start is None or arguments.end is None:
        raise RequestError(_WHAT)
    else:
        span = span_between(source, arguments.start, arguments.end)
    return Passage(source.ref, span, span.of(source.text))


COMMANDS = {
    "lineage": Command(
        _lineage,
        "Show who copied whom: which sources are copies, parts or rewrites of others, and\n"
        "how many independent origins they rest on.",
        (
            "crossread lineage harbour-deal",
            "crossread lineage harbour-deal --claim 'Blackfen moves its ships to Greywater'",
            "crossread lineage harbour-deal --svg harbour-deal.svg",
        ),
        (
            arg("story STORY", "the story"),
            arg("--claim TEXT", "ask who states this, and which origins it rests on"),
            arg("--sentence REF START", "ask the same about the sentence of a source at an offset"),
            arg("--sources NUMBERS", "only these sources of the story, as in 1,3-9"),
            arg("--svg FILE", "also draw heat map and trees into a new SVG file"),
        ),
        {"groups": [], "pairs": [], "links": [], "origins": []},
    ),
    "elsewhere": Command(
        _elsewhere,
        "Find where else in the library a sentence or a passage is, word for word or with a\n"
        "few words changed.",
        (
            "crossread elsewhere harbour-deal/2 --quote 'The promise has not settled nerves along the quay'",
            "crossread elsewhere harbour-deal/2 820 935 --json",
            "crossread elsewhere --quote 'we did not look for a buyer'",
        ),
        (
            arg("ref REF?", "the source it is in, STORY/N"),
            arg("start START?", "where it begins there", least=0),
            arg("end END?", "where it ends there", least=1),
            arg("--quote TEXT", "the passage itself, of five words or more"),
        ),
        {"passage": None, "places": []},
    ),
}
