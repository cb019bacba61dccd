"""Saved web pages: the article and what the page says of it come in, the rest of the page does not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import EmptyInput, InputError, TooLarge
from sources.formats import html
from sources.formats.visible_text import visible_text
from sources.formats.whole_page import whole_page
from sources.model import ZoneKind
from sources.text.cleaning import clean_text

FILE = Path("page.html")
LONG = "The ferry between Ostwick and Brack will stop on 3 March, the council said, since its engine is old."
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Ferry to close - The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="og:title" content="Ferry to close">
<link rel="canonical" href="https://courier.example/ferry">
<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry to close",
 "datePublished": "2021-02-11T08:30:00+00:00", "author": {{"@type": "Person", "name": "Ida Brook"}},
 "publisher": {{"@type": "Organization", "name": "The Courier"}}}}
</script>
<style>p {{ color: red }}</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-consent"><p>We use cookies. Accept all?</p></div>
<article><h1>Ferry to close</h1>
<p>{LONG}</p>
<h2>What comes next</h2>
<p>A bus will take its place; it needs <b>forty</b> minutes &amp; costs &pound;2.50.
{LONG.replace("3", "4")}</p>
<blockquote>
<p>We shall miss the bell, and so will the gulls that wait for our sandwiches each noon.</p></blockquote>
<ul><li>First bus: 6 am, from the quay in Ostwick</li><li>Last bus: 9 pm, from the church in Brack</li></ul>
<table><tr><th>Year</th><th>Passengers</th></tr><tr><td>2030</td><td>41,000</td></tr></table>
</article>
<aside><h3>Most read</h3><a href="/x">Ten best pies</a></aside>
<script>var tracker = "buy now";</script>
<footer>Copyright 2031 The Courier. All rights reserved.</footer>
</body></html>
"""


def test_a_page_comes_in_as_its_article() -> None:
    (page,) = formats.parse(PAGE, path=FILE).sources
    assert (page.title, page.publisher, page.author, page.date, page.url, page.language) == (
        "Ferry to close",
        "The Courier",
        "Ida Brook",
        "2021-02-11",
        "https://courier.example/ferry",
        "en-GB",
    )
    for said in (LONG, "needs forty minutes & costs £2.50.", "- First bus: 6 am", "2030 | 41,000"):
        assert said in page.text
    for left_out in ("cookies", "Sport", "tracker", "Ten best pies", "color", "rights reserved", "<"):
        assert left_out not in page.text
    of_kind = {
        kind: [page.text[z.start : z.end].strip() for z in page.zones if z.kind is kind] for kind in ZoneKind
    }
    assert "What comes next" in of_kind[ZoneKind.HEADING]
    assert of_kind[ZoneKind.BLOCK_QUOTE][0].startswith("We shall miss the bell")
    assert "".join(page.text[zone.start : zone.end] for zone in page.zones) == page.text


def test_a_page_without_an_article_comes_in_whole_and_says_so() -> None:
    found = formats.parse("<p>Port shut.</p><script>x()</script><h2>Why</h2>A <i>strike</i>.<p>", path=FILE)
    assert found.sources[0].text == "Port shut.\n\nWhy\n\nA strike."
    assert [zone.kind for zone in found.sources[0].zones] == [ZoneKind.BODY, ZoneKind.HEADING, ZoneKind.BODY]
    assert found.warnings == ("no article was found in the page: all of its text was taken",)


@pytest.mark.parametrize("page", ["<html><body><script>x()</script></body></html>", "<html></html>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(EmptyInput):
        formats.parse(page, path=FILE)


@pytest.mark.parametrize(
    ("text", "path", "is_page"),
    [
        ("<!-- saved from x -->\n<!DOCTYPE HTML><title>a</title>", None, True),
        ('<?xml version="1.0"?>\n<html xmlns="x">', Path("a.txt"), True),
        ("<p>Port shut.", Path("a.htm"), True),
        ("<p>Port shut.", Path("a.txt"), False),
        ("Port shut.", FILE, False),
        ("The tag <html> begins a page.", None, False),
    ],
)
def test_a_page_is_told_by_how_it_begins(text: str, path: Path | None, is_page: bool) -> None:  # noqa: FBT001
    assert html.matches(text, path) is is_page


def test_many_nested_tags_do_no_harm_and_too_many_are_refused() -> None:
    depth = html.MOST_TAGS // 2
    page = f"<html>{'<div>' * (depth - 1)}{LONG}{'</div>' * depth}"
    assert formats.parse(page, path=FILE).sources[0].text == LONG
    with pytest.raises(TooLarge, match="100,000 tags"):
        formats.parse(f"{page}<br>", path=FILE)


@pytest.mark.long
@given(
    st.lists(
        st.sampled_from([*"<>/\"'=&;p a\n", "<p>", "<script>", "<!--", "&#0;", "\x1b[2J", "<td>", "é"]),
        max_size=60,
    )
)
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    text = clean_text("<html>" + "".join(pieces))
    try:
        (page,) = formats.parse(text, path=FILE).sources
    except InputError:
        return
    assert clean_text(page.text) == page.text
    assert "".join(page.text[zone.start : zone.end] for zone in page.zones) == page.text


def test_of_a_page_with_very_many_tags_all_that_is_seen_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_TAGS_OF_ARTICLE", PAGE.count("<"))
    assert not formats.parse(PAGE, path=FILE).warnings
    monkeypatch.setattr(html, "MOST_TAGS_OF_ARTICLE", PAGE.count("<") - 1)
    found = formats.parse(PAGE, path=FILE)
    assert found.warnings == ("no article was found in the page: all of its text was taken",)
    (page,) = found.sources
    assert (page.title, page.publisher, page.author) == ("Ferry to close", "The Courier", "Ida Brook")
    assert LONG in page.text
    assert "Sport" not in page.text


def test_a_tag_of_very_many_attributes_is_refused() -> None:
    few, many = (
        "".join(f' a{number}="<b c>"' for number in range(count))
        for count in (html.MOST_ATTRIBUTES - 1, html.MOST_ATTRIBUTES)
    )
    assert formats.parse(f"<html><p{few}>{LONG}</p>", path=FILE).sources
    with pytest.raises(TooLarge, match="10,000 attributes"):
        formats.parse(f"<html><p{many}>{LONG}</p>", path=FILE)
    drawing = f'<html><path d="{"1 " * 3 * html.MOST_ATTRIBUTES}"><p>{LONG}</p>'  # one, however long
    assert formats.parse(drawing, path=FILE).sources


@pytest.mark.parametrize(
    "end",
    ["<!--", "<a ", "<a b='", '<a b="x>', "<![CDATA[", "<![if ", "</", "<?", "</h2>"],
)
def test_what_begins_and_never_ends_takes_no_longer_for_it(end: str) -> None:
    began = time.process_time()
    for opened in ("<p>The quay.</p>", "<p>The quay.</p><nav>" + "<h1>" * 10_000):
        visible_text(opened + end * 10_000, bare=True)
        assert whole_page(opened + end * 10_000)[0].text == "The quay."
    assert time.process_time() - began < 10  # one that looks for each end takes a minute
