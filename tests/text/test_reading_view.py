"""What a reader sees of a text, and the way back to the text itself."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Origin, Ref, Source, Zone, ZoneKind
from sources.text.reading_view import reading_view, view_of, words_at

READ = [
    ("The ad\u00admin\u00adis\u00adtra\u00adtion fell.", "The administration fell."),
    ("co\u200buncil", "council"),
    ("O\ufb03ce of Ho\ufb00man", "Office of Hoffman"),
    ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner is a letter here
    ("a trea-\nsurer", "a treasurer"),
    ("a trea-  \n  surer", "a treasurer"),
    ("thirty-\nfour sailors", "thirty-four sailors"),
    ("the Franco-\nPrussian war", "the Franco-Prussian war"),
    ("a 12th-\ncentury bell", "a 12th-century bell"),
    ("a short-\nterm loan is a short-term risk", "a short-term loan is a short-term risk"),
    ("the dash -\nthen more", "the dash -\nthen more"),
    ("Bell &amp; Sons said &quot;no&quot; &#8211; twice", 'Bell & Sons said "no" – twice'),
    ("A&B; C &unknown; D", "A&B; C &unknown; D"),
    ("an &#0; and &#x202e; stay", "an &#0; and &#x202e; stay"),
    ("[Mara Lund](https://a.example/x_(y)) left", "Mara Lund left"),
    ('[Mara](https://a.example "of the board") left', "Mara left"),
    ("![the quay](https://a.example/q.png) It rained.", " It rained."),
    ("[Mara][1] left [2].\n\n[1]: https://a.example\n", "Mara left [2].\n\n"),
    ("he [sic](as they say) left", "he [sic](as they say) left"),
    ("5 * 4 * 3 stays", "5 * 4 * 3 stays"),
]
MARKED = [
    ("**Mara *Lund* left** and `ran`", "Mara Lund left and ran"),
    ("***All*** of _it_ in snake_case_name", "All of it in snake_case_name"),
    ("5 * 4 * 3 and \\*this\\*", "5 * 4 * 3 and *this*"),
    ("## Head\n\n> said\n> so", "Head\n\nsaid\nso"),
    ("one * opened\n\nand* never closed", "one * opened\n\nand* never closed"),
    ("_“No,” said Mara_", "“No,” said Mara"),
]


def _source(text: str, kind: str, zones: tuple[Zone, ...] = ()) -> Source:
    return Source(Ref("s", 1), None, None, None, None, None, None, text, zones, Origin(None, "", kind))


@pytest.mark.parametrize(("text", "seen"), READ)
def test_what_a_reader_does_not_see_is_not_in_the_view(text: str, seen: str) -> None:
    view = view_of(text)
    assert (text if view is None else view.text) == seen


@pytest.mark.parametrize(("text", "seen"), MARKED)
def test_marks_of_markdown_are_left_out_of_markdown_alone(text: str, seen: str) -> None:
    view = view_of(text, markdown=True)
    assert (text if view is None else view.text) == seen
    assert reading_view(_source("**plain**", "text"))[1] is None


@pytest.mark.parametrize(("text", "seen"), [*READ, *MARKED])
def test_what_is_seen_leads_back_to_whole_words(text: str, seen: str) -> None:
    view = view_of(text, markdown=True)
    if view is None:
        return
    for word in re.finditer(r"\w+", view.text):
        place = view.span(*word.span())
        again = view_of(text[place.start : place.end])
        shown = text[place.start : place.end] if again is None else again.text
        assert "".join(filter(str.isalnum, shown)) == "".join(filter(str.isalnum, word[0])), seen


def test_zones_follow_what_is_seen() -> None:
    text = "# Bell &amp; Sons\n\nThe trea-\nsurer left."
    cut = text.index("The")
    source = _source(text, "markdown", (Zone(ZoneKind.HEADING, 0, cut), Zone(ZoneKind.BODY, cut, len(text))))
    seen, view = reading_view(source)
    assert view is not None
    head, body = seen.zones
    assert seen.text[head.start : head.end] == "Bell & Sons\n\n"
    assert seen.text[body.start : body.end] == "The treasurer left."
    assert words_at(source, text.index("trea"), text.index(" left")) == "treasurer"


@given(st.text(alphabet="ab1-\n *_[](): &;#x\u00ad\ufb01\\>`", max_size=60), st.booleans())
def test_every_place_of_the_view_is_in_the_text_in_order(text: str, markdown: bool) -> None:  # noqa: FBT001
    view = view_of(text, markdown=markdown)
    if view is None:
        return
    spans = [view.span(at, at + 1) for at in range(len(view.text))]
    for place, span in enumerate(spans):
        assert 0 <= span.start < span.end <= len(text)
        assert (
            view.text[place] == text[span.start] or span.end - span.start > 1 or text[span.start] == "\ufb01"
        )
    assert all(a.start <= b.start for a, b in pairwise(spans))
    assert [view.place(at) for at in range(len(text))] == sorted(view.place(at) for at in range(len(text)))


def test_a_text_whose_links_are_asked_for_keeps_them_and_loses_its_other_marks() -> None:
    text = "The **mill** [closed](https://mill.example/a)."
    origin = Origin(None, "", "markdown with links")
    source = Source(Ref("story", None), None, None, None, None, None, None, text, (), origin)
    view, _ = reading_view(source)
    assert view.text == "The mill [closed](https://mill.example/a)."
