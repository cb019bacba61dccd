"""Parcels as the formats would make them, in as few words as a test needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import PageZone, ParsedFile, ParsedSource, RelatedStory, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from sources.library import Library
    from sources.library.ingest import IngestResult

FERRY = "The ferry to Saltmarsh was late again. Nobody at the pier could say why."
BRIDGE = "The old bridge will close in May. Repairs cost 3 million, the council said."
MARKET = "Stallholders want the fish market back. The council has heard that before."


def body(text: str) -> tuple[Zone, ...]:
    return (Zone(ZoneKind.BODY, 0, len(text)),)


def article(text: str, *, title: str | None = None, publisher: str | None = None) -> ParsedFile:
    return ParsedFile(
        "article", (ParsedSource(text=text, zones=body(text), title=title, publisher=publisher),)
    )


def records(*texts: str, **keyed: str) -> ParsedFile:
    named = {f"line-{number}": text for number, text in enumerate(texts, start=1)} | keyed
    return ParsedFile("jsonl", tuple(ParsedSource(text, body(text), key=key) for key, text in named.items()))


def page(
    *texts: str, title: str = "Saltmarsh", summary: str | None = None, teaser: str = "Rail strike"
) -> ParsedFile:
    """Return a story page with one source a text, named by its first word, and perhaps a summary."""
    zones: list[PageZone] = []
    written = ""
    parsed_sources = []
    for number, text in enumerate(texts, start=1):
        zones += [
            PageZone("number", len(written), len(written) + 4, number),
            PageZone("source", len(written) + 4, len(written) + 5 + len(text), number),
        ]
        written += f"[{number}]\n{text}\n"
        parsed_sources.append(
            ParsedSource(text, body(text), key=f"page#{number}", number=number, title=f"On {text.split()[1]}")
        )
    if summary is not None:
        zones.append(PageZone("summary", len(written), len(written) + len(summary)))
        written += summary
    return ParsedFile(
        "story-page",
        tuple(parsed_sources),
        title=title,
        summary=None if summary is None else ParsedSource(summary, body(summary), key="summary"),
        related=(RelatedStory(teaser, 6, "Business", "2d"),),
        page_text=written,
        page_zones=tuple(zones),
    )


def put(
    library: Library, parsed_file: ParsedFile, slug: str = "saltmarsh", path: str | None = "/in/page.txt"
) -> IngestResult:
    return library.ingest(parsed_file, slug=slug, path=path, reanchor=find_anchor)
