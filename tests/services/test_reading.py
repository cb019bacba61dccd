from __future__ import annotations

import pytest

from sources.errors import RequestError
from sources.model import Origin, Ref, Source, Span, Zone, ZoneKind
from tui.services.evidence import sources_numbered
from tui.services.reading import quoted_span, span_between

TEXT = "“We did not look,” she said. They did not look."
SOURCE = Source(
    Ref("a", 1), None, None, None, None, None, None, TEXT,
    (Zone(ZoneKind.BODY, 0, len(TEXT)),), Origin(None, "", "text"),
)  # fmt: skip


def test_a_retyped_quote_is_found_whoever_asks() -> None:
    assert quoted_span(SOURCE, '"We did not look,"') == Span(0, 18)
    assert quoted_span(SOURCE, " did not look ", occurrence=2).of(TEXT) == "did not look"


@pytest.mark.parametrize(
    ("quote", "occurrence", "said"),
    [
        ("nobody", 1, "does not say 'nobody'"),
        (" ", 1, "does not say ''"),
        ("did not look", 3, "only 2 times"),
    ],
)
def test_what_is_not_said_is_refused_in_one_line(quote: str, occurrence: int, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        quoted_span(SOURCE, quote, occurrence)


def test_offsets_have_to_be_in_the_text() -> None:
    assert span_between(SOURCE, 0, len(TEXT)) == Span(0, len(TEXT))
    for start, end in ((0, len(TEXT) + 1), (3, 3), (-1, 3)):
        with pytest.raises(RequestError, match="has no passage"):
            span_between(SOURCE, start, end)


def test_sources_are_named_by_numbers_and_ranges() -> None:
    assert sources_numbered("a", "1, 3-4") == [Ref("a", 1), Ref("a", 3), Ref("a", 4)]
    assert sources_numbered("a", "") == []
    for wrong in ("0", "4-3", "x", "1-", "1234567"):
        with pytest.raises(RequestError, match="names no sources"):
            sources_numbered("a", wrong)
