from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence_cache import EvidenceCache
from sources.model import Origin, ParsedFile, ParsedSource, Ref, Source, Zone, ZoneKind

if TYPE_CHECKING:
    from sources.library import Library

TEXT = "The rope mill at Ashby closed in May."
URL = "https://paper.example/mill"


def test_links_of_a_markdown_draft_are_its_citations(library: Library) -> None:
    parsed = ParsedSource(TEXT, (Zone(ZoneKind.BODY, 0, len(TEXT)),), key="1", url=URL)
    library.ingest(ParsedFile("text", (parsed,)), slug="mill", path="mill", reanchor=lambda *_: None)  # type: ignore[arg-type]  # nothing is anchored here
    text = f"**Ashby**'s rope mill closed in May ([Paper]({URL})).\n"
    draft = Source(
        Ref("draft", None), None, None, None, None, None, None, text, (), Origin(None, "1", "markdown")
    )
    cache = EvidenceCache(library)
    found = cache.audit(draft, [library.source(Ref("mill", 1))])
    assert found is not None
    (sentence,) = found.sentences
    assert sentence.marker is not None
    assert sentence.marker.chosen == (1,)
    assert sentence.marker.span.of(text) == f" ([Paper]({URL}))"
    assert [str(check.verdict) for check in sentence.checks] == ["supported"]
