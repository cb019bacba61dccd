"""Feed files of all kinds, whole and broken."""

from __future__ import annotations

import json

import pytest

from sources.errors import EmptyInput, InputError, Malformed
from sources.formats import BUILT_IN, feed
from sources.model import ZoneKind

RSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Quay Herald</title><link>https://quay.example/</link><language>en-gb</language>
<item><title>Crane falls &amp;amp; nobody is hurt</title><link>/crane?x=1</link>
<guid isPermaLink="false">crane-1</guid><pubDate>Thu, 12 Jun 2031 10:00:00 +0200</pubDate>
<dc:creator>Ada Moss</dc:creator><media:title>another</media:title><description>Short.</description>
<content:encoded><![CDATA[<p>A crane fell, the <b>harbour office</b> said.</p>
<blockquote>Nobody was hurt.</blockquote>
<p>The post <a href="x">Crane</a> appeared first on <a>The Quay Herald</a>.</p>
<script>x()</script>]]></content:encoded>
</item>
<item><title>Pier painted</title><guid>https://quay.example/pier</guid>
<author>l@quay.example (Lin Okafor)</author>
<source url="https://wire.example/rss">The Wire</source>
<description>Tom &amp;lt; Lin.&lt;br/&gt;It is green.</description></item>
<item><title>Only a title</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title type="html">Der &lt;b&gt;Bote&lt;/b&gt;</title>
<link rel="self" href="https://bote.example/feed"/><link href="https://bote.example/"/>
<author><name>Redaktion</name></author>
<entry><id>tag:1</id><title>Erste</title><link rel="alternate" href="1"/>
<published>2031-06-12T10:00:00Z</published>
<updated>2031-06-13T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Kopf</h2>
<p>Ein <b>Satz</b> &lt; zwei.</p></div></content>
</entry>
<entry><id>tag:2</id><title>Zweite</title><updated>2031-06-13</updated><summary>Kurz &amp; gut.</summary>
<author><name>Lin</name></author></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example"><title>Old</title></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link><description>A.</description>
<dc:date>2031-06-12</dc:date><dc:creator>Moss</dc:creator></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blog",
        "authors": [{"name": "House"}],
        "items": [
            {
                "id": 1,
                "content_text": "One.\n\nTwo.",
                "url": "https://b.example/1",
                "authors": [{"name": "Moss"}],
            },
            {
                "id": "2",
                "content_html": "<h3>Head</h3><p>Text.</p>",
                "date_published": "2031-06-12T10:00:00Z",
            },
        ],
    }
)


def test_rss_gives_a_source_an_entry() -> None:
    found = feed.parse(RSS, None)
    assert found.title == "The Quay Herald"
    first, second, third = found.sources
    assert (first.title, first.publisher, first.author, first.date, first.url, first.language, first.key) == (
        "Crane falls & nobody is hurt",
        "The Quay Herald",
        "Ada Moss",
        "2031-06-12T10:00:00+02:00",
        "https://quay.example/crane?x=1",
        "en-gb",
        "crane-1",
    )
    assert first.text.split("\n\n") == [
        "A crane fell, the harbour office said.",
        "Nobody was hurt.",
        "The post Crane appeared first on The Quay Herald.",
    ]
    assert [zone.kind for zone in first.zones] == [ZoneKind.BODY, ZoneKind.BLOCK_QUOTE, ZoneKind.BOILERPLATE]
    assert first.guessed == ("publisher",)
    assert (second.publisher, second.author, second.url, second.guessed) == (
        "The Wire",
        "Lin Okafor",
        "https://quay.example/pier",
        (),
    )
    assert second.text == "Tom < Lin.\nIt is green."
    assert (third.text, third.title) == ("Only a title", "Only a title")
    assert found.warnings == ("2 of 3 entries hold a summary or a title only; their pages have the rest",)


def test_atom_rdf_and_json_feed_are_read() -> None:
    atom = feed.parse(ATOM, None)
    assert atom.title == "Der Bote"
    assert [(each.text, each.author, each.date, each.url) for each in atom.sources] == [
        ("Kopf\n\nEin Satz < zwei.", "Redaktion", "2031-06-12T10:00:00+00:00", "https://bote.example/1"),
        ("Kurz & gut.", "Lin", "2031-06-13", None),
    ]
    assert atom.sources[0].zones[0].kind is ZoneKind.HEADING
    (old,) = feed.parse(RDF, None).sources
    assert (old.text, old.date, old.author, old.url) == ("A.", "2031-06-12", "Moss", "https://a.example/1")
    blog = feed.parse(JSON, None)
    assert [(each.key, each.text, each.author) for each in blog.sources] == [
        ("1", "One.\n\nTwo.", "Moss"),
        ("2", "Head\n\nText.", "House"),
    ]
    assert blog.warnings == ()


@pytest.mark.parametrize("text", [RSS, ATOM, RDF, JSON])
def test_a_feed_is_told_by_its_content(text: str) -> None:
    assert BUILT_IN.parse(text, path=None).format == "feed"


def test_other_xml_and_json_is_no_feed() -> None:
    for text in (
        '<rdf:RDF xmlns:rdf="x"><a/></rdf:RDF>',
        "<feedback>a</feedback>",
        '{"version": "1", "items": []}',
        "rss",
    ):
        assert not feed.matches(text, None)
    with pytest.raises(Malformed, match="its outermost element is <feedback>"):
        feed.parse("<feedback><item/></feedback>", None)


def test_what_broken_feeds_have_wrong_most_often_is_mended_and_said() -> None:
    broken = RSS.replace("Only a title", "Tom & Lin&nbsp;&mdash; & more")
    found = feed.parse(broken, None)
    assert found.sources[2].title == "Tom & Lin — & more"
    assert "is not quite XML" in found.warnings[0]
    with pytest.raises(Malformed, match="is not XML"):
        feed.parse(RSS[:-40], None)


def test_an_entry_twice_is_one_and_two_under_one_id_are_two() -> None:
    item = "<item><guid>a</guid><title>{}</title><description>{}</description></item>"
    both = item.format("A", "One.") * 2 + item.format("B", "Two.")
    found = feed.parse(f"<rss><channel><title>F</title>{both}</channel></rss>", None)
    assert [(each.key, each.text) for each in found.sources] == [("a", "One."), ("a~2", "Two.")]


def test_fields_that_cannot_be_read_are_left_empty_and_said() -> None:
    item = "<item><title>A</title><link>javascript:x()</link><pubDate>soon</pubDate></item>"
    found = feed.parse(f"<rss><channel><title>F</title>{item}</channel></rss>", None)
    assert (found.sources[0].url, found.sources[0].date) == (None, None)
    assert [warning.partition(":")[0] for warning in found.warnings[:2]] == ["entry 1", "entry 1"]


def test_entries_in_each_other_come_once() -> None:
    nested = "<item><description>One <b>quay</b> " * 20 + "</description></item>" * 20
    found = feed.parse(f"<rss><channel><title>F</title>{nested}</channel></rss>", None)
    assert [each.text.count("quay") for each in found.sources] == [20]


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><title>F</title></channel></rss>",
        "<rss><channel><item/></channel></rss>",
        '{"version": "https://jsonfeed.org/version/1", "items": "x"}',
        '{"version": "https://jsonfeed.org/version/1", "items": [{}]}',
        '{"version": "https://jsonfeed.org/version/1"',
        '<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>',
        "<rss><channel>" + "<item>" * 500,
    ],
)
def test_hostile_and_empty_feeds_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        feed.parse(text, None)


def test_an_empty_feed_says_so() -> None:
    with pytest.raises(EmptyInput, match="without entries"):
        feed.parse("<rss><channel><title>F</title></channel></rss>", None)
